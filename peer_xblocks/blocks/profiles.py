"""The certification profiles that come with the package, for a person to choose one."""

from functools import cache

from peer_xblocks.authoring import certification, library
from peer_xblocks.core.certification import Profile

FOLDER = "certification"


@cache
def known() -> tuple[Profile, ...]:
    """Every profile by name, read once in the life of a process: they change with the package."""
    paths = sorted((library.curriculum() / FOLDER).glob("*.yaml"))
    found = [
        certification.attempt(one.read_text(encoding="utf-8"), one.name).whole() for one in paths
    ]
    return tuple(sorted(found, key=lambda one: one.name))


def of(key: str) -> Profile | None:
    """The profile with this key, or None."""
    return next((one for one in known() if one.key == key), None)
