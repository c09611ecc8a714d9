"""What is wrong with the form of a document: encoding, YAML, and the types of its fields.

Source: docs/reference/front-matter.md, the fields and their types; YAML 1.2, RFC 3339, ISO 8601 and ISO 4217, how they
are written.
"""
