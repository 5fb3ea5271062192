"""The words that plans are looked through for: `plan-words.yaml` of the curriculum."""

from functools import cache

from peer_xblocks.authoring import library
from peer_xblocks.authoring.attempt import Attempt, of_model
from peer_xblocks.core.plan_words import PlanWords

FILE = "plan-words.yaml"


def attempt(text: str, file: str) -> Attempt[PlanWords]:
    """An attempt at the words that a text holds."""
    return of_model(PlanWords, text, file)


@cache
def known() -> PlanWords:
    """The words of the curriculum, read once in the life of a process; none without the file."""
    path = library.curriculum() / FILE
    if not path.is_file():
        return PlanWords()
    return attempt(path.read_text(encoding="utf-8"), FILE).whole()
