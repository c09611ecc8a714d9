"""Why it could happen: causes, whys and lessons that lead somewhere.

Source: docs/explanation/what-a-coe-is.md, what a cause is and how it differs from a trigger.
"""
