"""Certification profiles: every number and statement rests on a listed source, and none is idle."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from peer_xblocks.authoring.refusals import Place, did_you_mean
from peer_xblocks.core.fact import is_old
from peer_xblocks.core.problem import Problem
from peer_xblocks.course.files import Source
from peer_xblocks.course.sources import Sources


def profiles_rest_on_sources(sources: Sources) -> Iterator[Problem]:
    """Each source that a profile names is listed in it, once, and each listed one is named."""
    for profile in sources.profiles.values():
        listed = [profile.word("sources", n, "id") for n, _item in profile.items("sources")]
        named = set()
        for place, name in _named(profile.written.data, ()):
            named.add(name)
            if name not in listed:
                sentence = f'The source "{name}" is not listed in this file.'
                hint = did_you_mean(name, filter(None, listed))
                yield profile.problem(place, "unknown-source", sentence, hint)
        for number, name in enumerate(listed):
            place = ("sources", number, "id")
            if name in listed[:number]:
                sentence = f'The source "{name}" stands twice.'
                yield profile.problem(place, "stands-twice", sentence)
            elif name and name not in named:
                sentence = f'The source "{name}" is never named.'
                hint = "Name it where it is used, or remove it."
                yield profile.problem(place, "uncited-source", sentence, hint)


def profiles_still_fresh(sources: Sources, today: date) -> Iterator[Problem]:
    """Profiles of which a source was read over a year ago."""
    for profile in sources.profiles.values():
        if not isinstance(profile, Source):
            continue
        for number, one in enumerate(profile.value.sources):
            if is_old(one.as_of, today):
                sentence = f'The source "{one.id}" was read more than a year ago.'
                hint = "Read it again, mend what changed, then change as_of."
                place = ("sources", number, "as_of")
                yield profile.problem(place, "profile-old", sentence, hint)
                break  # one line a profile is enough to send somebody there


def _named(data: Any, place: Place) -> Iterator[tuple[Place, str]]:
    """Every source that is named below the top, with its place."""
    if isinstance(data, dict):
        for name, member in data.items():
            if place and name == "sources" and isinstance(member, list):
                for number, one in enumerate(member):
                    if isinstance(one, str):
                        yield (*place, name, number), one
            elif place or name != "sources":
                yield from _named(member, (*place, name))
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from _named(item, (*place, number))
