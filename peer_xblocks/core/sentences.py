"""Sentences of the rules that a person may read, in the language of whoever reads them.

Nothing here knows a framework: a site that speaks more than English puts in its translator once,
and the catalogue finds these sentences by the names of the functions.
"""

from collections.abc import Callable

_translators: list[Callable[[str], str]] = []


def translate_with(translator: Callable[[str], str]) -> None:
    """From now on sentences are said through this; it must leave what it does not know as it is."""
    _translators[:] = [translator]


def gettext(sentence: str) -> str:
    """The sentence in the language of the moment; "" stays ""."""
    return _translators[0](sentence) if sentence and _translators else sentence


def gettext_noop(sentence: str) -> str:
    """The sentence as it stands, for the catalogue to find; it is translated when it is said."""
    return sentence
