"""What is kept for good: entries, records, checkpoints, grants, consents, reads, erasure.

Other rooms come in through `records.api` alone. Nothing here knows a rubric.
"""
