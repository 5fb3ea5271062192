"""What each rubric is called, from those that come with the package."""

from collections.abc import Iterable
from functools import cache

from peer_xblocks.authoring import library, rubric
from peer_xblocks.web import words

BESIDE = "critical-errors"


@cache
def _library() -> dict[str, str]:
    """Titles by key, read once in the life of a process: they change with the package alone."""
    found = {}
    for path in sorted(library.rubrics().glob("*.yaml")):
        read = rubric.attempt(path.read_text(encoding="utf-8"), path.name).value
        if path.stem != BESIDE and read is not None:
            found[read.key] = read.title
    return found


def titles(known: Iterable[str] = ()) -> dict[str, str]:
    """The titles of the package's rubrics and of those with these keys, by key, in the order of the
    titles. A rubric of somebody else's is called by its key in words.
    """
    found = {key: words.spelled(key) for key in known} | _library()
    return dict(sorted(found.items(), key=lambda one: (one[1].casefold(), one[0])))
