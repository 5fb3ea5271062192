"""A rubric and the list of critical errors: one YAML file each."""

from peer_xblocks.authoring.keyed import with_key
from peer_xblocks.authoring.source import parse, value_of
from peer_xblocks.core.rubric import CriticalErrors, Rubric


def load(text: str, file: str) -> Rubric:
    """The rubric that a text holds; its key is the name of the file. Raises ProblemsError."""
    return value_of(Rubric, with_key(parse(text, file)))


def load_errors(text: str, file: str) -> CriticalErrors:
    """The critical errors that a text holds. Raises ProblemsError."""
    return value_of(CriticalErrors, parse(text, file))
