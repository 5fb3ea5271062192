"""Who rates what, and what comes of it: seats, drafts, ratings, resolutions, releases.

Rules stand in `core`.
"""
