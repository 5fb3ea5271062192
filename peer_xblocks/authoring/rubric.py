"""A rubric and the list of critical errors: one YAML file each."""

from peer_xblocks.authoring import keyed
from peer_xblocks.authoring.attempt import Attempt, of_model
from peer_xblocks.authoring.source import value_of
from peer_xblocks.core.rubric import CriticalErrors, Rubric


def attempt(text: str, file: str) -> Attempt[Rubric]:
    """An attempt at the rubric that a text holds; its key is the name of the file."""
    return keyed.attempt(text, file, lambda written: value_of(Rubric, written))


def load(text: str, file: str) -> Rubric:
    """The rubric that a text holds; its key is the name of the file. Raises ProblemsError."""
    return attempt(text, file).whole()


def attempt_errors(text: str, file: str) -> Attempt[CriticalErrors]:
    """An attempt at the critical errors that a text holds."""
    return of_model(CriticalErrors, text, file)


def load_errors(text: str, file: str) -> CriticalErrors:
    """The critical errors that a text holds. Raises ProblemsError."""
    return attempt_errors(text, file).whole()
