"""Whether a COE goes the agreed way: what its status needs, who approves, and what a change may change.

Source: docs/how-to/workflow.md, which says where the defaults come from.
"""
