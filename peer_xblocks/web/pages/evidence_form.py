"""What the desk posts of evidence and markers: times as people write them, words, behaviours."""

import re
from itertools import zip_longest

from django.http import QueryDict
from django.utils.translation import gettext as _
from pydantic import ValidationError

from peer_xblocks.core.errors import InvalidError
from peer_xblocks.core.rating import MOST_MARKERS, Evidence, Marker, Markers
from peer_xblocks.core.rubric import Criterion
from peer_xblocks.web.pages.posted import line

LONGEST_MS = 86_400_000
_CLOCK = re.compile(r"^(?:([0-9]{1,2}):)?([0-9]{1,3}):([0-5][0-9])(?:[.,]([0-9]{1,3}))?$")
_MARKER = re.compile(r"^([0-9]{1,8}) (\S{1,64}) (.{1,60})$")


def evidence(posted: QueryDict, name: str, criterion: Criterion) -> tuple[Evidence, ...]:
    """The rows of evidence that hold anything: a quote, a time, or both, which is a pin."""
    columns = (posted.getlist(f"{name}-{part}") for part in ("quote", "time", "end", "about"))
    known = {behaviour.id for behaviour in criterion.behaviours}
    pieces = (_piece(*row, known) for row in zip_longest(*columns, fillvalue=""))
    return tuple(piece for piece in pieces if piece)


def markers(posted: QueryDict) -> Markers:
    """The markers as posted. Raises InvalidError when there are more than anyone can use."""
    found = tuple(marker for marker in map(_marker, posted.getlist("marker")) if marker)
    if len(found) > MOST_MARKERS:
        sentence = _("These are more than %(most)s markers; please remove some.")
        raise InvalidError({"": sentence % {"most": MOST_MARKERS}})
    return tuple(sorted(found, key=lambda marker: marker.at_ms))


def milliseconds(clock: str) -> int | None:
    """A time written `4:05`, `1:02:03` or `4:05.5`, in milliseconds; None for anything else."""
    match = _CLOCK.match(clock.strip())
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups()[:3])
    thousandths = int((match[4] or "").ljust(3, "0"))
    found = ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths
    return found if found <= LONGEST_MS else None


def _piece(quote: str, time: str, end: str, about: str, known: set[str]) -> Evidence | None:
    """One row. A time that is none stays with the words: nothing that was typed is dropped."""
    start_ms, end_ms = milliseconds(time), milliseconds(end)
    unread = [line(t) for t, found in ((time, start_ms), (end, end_ms)) if found is None]
    text = " ".join(part for part in (*unread, line(quote)) if part)
    if start_ms is None and end_ms is None and not text:
        return None
    behaviour = about if about in known else None
    kind = "quote" if start_ms is None else "time"
    if kind == "time" and (text or behaviour or end_ms is not None):
        kind = "pin"
    return Evidence(kind=kind, text=text, start_ms=start_ms, end_ms=end_ms, behaviour=behaviour)


def _marker(sent: str) -> Marker | None:
    """A marker as the page writes it, `83000 hears-b1 2.3`; None for anything else."""
    match = _MARKER.match(line(sent))
    if match is None:
        return None
    at_ms, behaviour, mark = match.groups()
    try:
        return Marker(
            at_ms=int(at_ms), mark=mark, behaviour=None if behaviour == "-" else behaviour
        )
    except ValidationError:
        return None
