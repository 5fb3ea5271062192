"""Every source is cited, and every citation has its source."""

import re
from collections.abc import Iterator
from typing import Any

from peer_xblocks.authoring.lesson import CITATION
from peer_xblocks.authoring.refusals import did_you_mean
from peer_xblocks.core import lesson
from peer_xblocks.core.problem import Problem
from peer_xblocks.course.files import Source
from peer_xblocks.course.sources import Sources


def cited_and_known(sources: Sources) -> Iterator[Problem]:
    """Citations and sources of each lesson and each scenario match, and nothing else cites."""
    for one in sources.lessons:
        yield from _matched(one, one.value.sources)
    for scenario in sources.scenarios:
        yield from _matched(scenario, scenario.value.scenario.sources)
    without = [sources.course, sources.errors, *sources.rubrics.values()]
    for source in [*without, *(module.about for module in sources.modules)]:
        if source is not None:
            yield from _matched(source, ())


def _matched(source: Source[Any], listed: tuple[lesson.Source, ...]) -> Iterator[Problem]:
    known = {one.id for one in listed}
    cited = set()
    for number, line in enumerate(source.text.split("\n"), start=1):
        for name in re.findall(CITATION, line):
            cited.add(name)
            if name not in known:
                sentence = f'"[@{name}]" cites a source that is not listed in this file.'
                hint = did_you_mean(name, known) or 'Add it to "sources".'
                yield source.problem(number, "unknown-source", sentence, hint)
    for position, one in enumerate(listed):
        if one.id not in cited:
            sentence = f'The source "{one.id}" is never cited.'
            hint = f"Write [@{one.id}] where it is used, or remove it."
            yield source.problem(("sources", position, "id"), "uncited-source", sentence, hint)
        if one.id in [other.id for other in listed[:position]]:
            sentence = f'The source "{one.id}" stands twice.'
            yield source.problem(("sources", position, "id"), "stands-twice", sentence)
