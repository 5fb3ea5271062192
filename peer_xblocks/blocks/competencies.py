"""What a competency is called, from the framework that comes with the package."""

from functools import cache

from peer_xblocks.authoring import framework, library
from peer_xblocks.core.framework import Framework

FILE = "competencies.yaml"


@cache
def known() -> Framework:
    """The framework, read once in the life of a process: it changes with the package alone."""
    path = library.curriculum() / FILE
    return framework.load(path.read_text(encoding="utf-8"), FILE)


def label(competency_id: str) -> str:
    """A competency by its number and its label; by its number alone when it is unknown."""
    found = known().competency(str(competency_id))
    return f"{competency_id} {found.label}" if found else str(competency_id)
