"""A way through the first dialogue of the course, for the suites that play it."""

GOOD_WAY = (
    "name-and-no",
    "bed-to-sewing-room",
    "how-do-you-read",
    "read-it-twice",
    "have-you-got-it",
    "say-the-coffee",
    "sisters-couch",
    "let-me-ask",
    "reading-it-twice",
)
"""The choices, by id, that lead to a good ending of "I just read the mail"."""
