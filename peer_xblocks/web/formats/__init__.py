"""How pages and blocks write a day and a moment, as a module for Django's FORMAT_MODULE_PATH."""

from django.utils.translation import get_language

CLOCK = "H:i e"
DAYS = {"en": "j F Y", "es": r"j \d\e F \d\e Y"}
"""A day, by language; a language that is not here writes it as English does."""


def day(language: str = "") -> str:
    """The format of a day, in a language or in that of the page."""
    code = (language or get_language() or "en").partition("-")[0]
    return DAYS.get(code, DAYS["en"])


def moment(language: str = "") -> str:
    """The format of a day with its time and zone."""
    return f"{day(language)}, {CLOCK}"
