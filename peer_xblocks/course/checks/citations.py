"""Every source is cited, and every citation has its source."""

import re
from collections.abc import Iterator

from peer_xblocks.authoring.lesson import CITATION
from peer_xblocks.authoring.refusals import did_you_mean
from peer_xblocks.core.problem import Problem
from peer_xblocks.course.files import Document
from peer_xblocks.course.sources import Sources


def cited_and_known(sources: Sources) -> Iterator[Problem]:
    """Citations and sources of each lesson and each scenario match, and nothing else cites."""
    for document in sources.files:
        if document.members != {"parts"}:  # a lesson whose facts could not be read
            yield from _matched(document)


def _matched(document: Document) -> Iterator[Problem]:
    listed = [document.word("sources", n, "id") for n, _item in document.items("sources")]
    known = set(listed)
    cited = set()
    for number, line in enumerate(document.text.split("\n"), start=1):
        for name in re.findall(CITATION, line):
            cited.add(name)
            if name not in known:
                sentence = f'"[@{name}]" cites a source that is not listed in this file.'
                hint = did_you_mean(name, known) or 'Add it to "sources".'
                yield document.problem(number, "unknown-source", sentence, hint)
    for position, name in enumerate(listed):
        if name and name not in cited:
            sentence = f'The source "{name}" is never cited.'
            hint = f"Write [@{name}] where it is used, or remove it."
            yield document.problem(("sources", position, "id"), "uncited-source", sentence, hint)
        if name and name in listed[:position]:
            sentence = f'The source "{name}" stands twice.'
            yield document.problem(("sources", position, "id"), "stands-twice", sentence)
