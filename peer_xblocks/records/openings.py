"""Which trails are open to which body: derived from the consents whenever one of them changes.

All of it happens under the log's lock, in the transaction of the change itself, so that nobody ever
reads by a consent that is withdrawn.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from peer_xblocks.records.models import Consent, Log, Opening, Record, Trail

_BATCH = 500

Trails = dict[tuple[str, str], int]
"""The keys of trails, by subject and root."""


class Word(NamedTuple):
    """What one consent said on one body; `root` is empty for the whole programme."""

    subject: str
    body: str
    root: str
    until: datetime | None
    withdrawn: bool


def join(log: Log, records: Sequence[Record], known: Trails) -> set[str]:
    """Put rows that are about to be inserted on their trails; the subjects that have new ones.

    `known` are the trails of what the records are about. A submission begins a trail.
    """
    wanted = {(one.subject, one.root) for one in records if one.subject}
    trails = dict(known)
    without = sorted({subject for subject, root in wanted - trails.keys() if not root})
    for begin in range(0, len(without), _BATCH):
        some = Trail.objects.filter(log=log, root="", subject__in=without[begin : begin + _BATCH])
        trails.update({(subject, ""): key for key, subject in some.values_list("pk", "subject")})
    new = sorted(wanted - trails.keys())
    trails.update(_begun(log, new))
    for one in records:
        if one.subject:
            one.trail_id = trails[one.subject, one.root]
    return {subject for subject, _root in new}


def settle(log: Log, subjects: Collection[str]) -> None:
    """Make the openings of these subjects what their consents say. Requires the log's lock."""
    wanted = sorted(subjects)
    for begin in range(0, len(wanted), _BATCH):
        _settle(log, wanted[begin : begin + _BATCH])


def openings_of(
    words: Iterable[Word], trails: Iterable[tuple[int, str, str]]
) -> dict[tuple[int, str], datetime | None]:
    """Until when each of these trails (key, subject, root) is open, by trail and body.

    The latest word decides, on the submission or on the programme, whichever came later. Requires
    the words in the order of the log.
    """
    latest: dict[tuple[str, str], dict[str, tuple[int, Word]]] = {}
    for at, word in enumerate(words):
        latest.setdefault((word.subject, word.root), {})[word.body] = (at, word)
    found: dict[tuple[int, str], datetime | None] = {}
    for key, subject, root in trails:
        said = [*latest.get((subject, ""), {}).values()]
        said += latest.get((subject, root), {}).values() if root else ()
        for _at, word in sorted(said):
            found.pop((key, word.body), None)
            if not word.withdrawn:
                found[key, word.body] = word.until
    return found


def _begun(log: Log, new: Sequence[tuple[str, str]]) -> Trails:
    """Insert these trails; their keys."""
    rows = [Trail(log=log, subject=subject, root=root) for subject, root in new]
    made = Trail.objects.bulk_create(rows, batch_size=_BATCH)
    if all(one.pk for one in made):
        return {(one.subject, one.root): one.pk for one in made}
    found: Trails = {}  # MySQL does not tell the keys of several rows
    subjects = sorted({subject for subject, _root in new})
    for begin in range(0, len(subjects), _BATCH):
        some = Trail.objects.filter(log=log, subject__in=subjects[begin : begin + _BATCH])
        found.update(
            {(row[1], row[2]): row[0] for row in some.values_list("pk", "subject", "root")}
        )
    return found


def _settle(log: Log, subjects: Sequence[str]) -> None:
    said = Consent.objects.filter(log=log, subject__in=subjects).order_by("index")
    words = [Word(*row) for row in said.values_list(*Word._fields)]
    trails = Trail.objects.filter(log=log, subject__in=subjects)
    old = Opening.objects.filter(trail__in=trails)
    before = {(one.trail_id, one.body): one for one in old}
    now = openings_of(words, trails.values_list("pk", "subject", "root")) if words else {}
    stale = [one.pk for key, one in before.items() if key not in now or now[key] != one.until]
    if stale:
        Opening.objects.filter(pk__in=stale).delete()
    Opening.objects.bulk_create(
        [
            Opening(trail_id=trail, body=body, until=until)
            for (trail, body), until in now.items()
            if (trail, body) not in before or before[trail, body].until != until
        ],
        batch_size=_BATCH,
    )
