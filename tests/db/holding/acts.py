"""What a process of a crew can be told to do: each yields what a step came to, once it is done."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from peer_xblocks.assessment.api import (
    appeals,
    corrections,
    ratings,
    releases,
    resolutions,
    seats,
    voids,
)
from peer_xblocks.assessment.models import CaseRecord, ReleaseRecord
from peer_xblocks.core.errors import ConflictError
from peer_xblocks.core.record import Change
from peer_xblocks.records.api import append as append_records
from peer_xblocks.records.api import checkpoints
from peer_xblocks.records.transactions import run
from tests.db.assessment.rating import GOALS
from tests.db.records.conftest import hours
from tests.db.work.scene import COURSE, PROGRAMME, place, submitted
from tests.unit.core.performances import rating

Steps = Iterator[Any]
SAME, APART, SECOND_TIME = (3, 3, 3), (3, 4, 3), (3, 2, 3)
BATCHES = (1, 2, 7, 1, 24)


def user(name: str) -> User:
    """Somebody by name."""
    return User.objects.get(username=name)


def wake() -> Steps:
    """Nothing but being there."""
    yield from ()


def hand_in(who: str, activity: str, key: str) -> Steps:
    """Hand in a performance: the record's id."""
    yield submitted(user(who), activity, key).record_id


def press(who: str) -> Steps:
    """Take the next seat: its id, None for none."""
    seat = seats.take_next(user(who), PROGRAMME)
    yield seat and str(seat.id)


def rate(who: str, seat_id: str, key: str, levels: tuple[int, ...] = SAME) -> Steps:
    """Submit a rating: the record's id."""
    yield ratings.submit(user(who), seat_id, rating(tuple(levels)), key).record_id


def sign(who: str, submission_id: str, key: str) -> Steps:
    """Sign what three ratings came to: on what it rests."""
    yield resolutions.sign(user(who), submission_id, "", key).basis


def release(who: str, submission_id: str, key: str) -> Steps:
    """Show a result: whether it is passed."""
    yield releases.release(user(who), submission_id, GOALS, "Well begun.", key).passed


def void(who: str, submission_id: str, key: str) -> Steps:
    """Let a submission count no more: the cause."""
    yield voids.void(user(who), submission_id, "technical", "The sound was lost.", key).cause


def correct(who: str, submission_id: str, about: str, key: str) -> Steps:
    """Correct a record: what is right."""
    changes = (Change(member="mode", was="written", now="with_partner"),)
    made = corrections.correct(user(who), submission_id, about, "Noted wrongly.", changes, key)
    yield made.changes[0].now


def appeal(who: str, submission_id: str, key: str) -> Steps:
    """Appeal on a result: on what ground."""
    yield appeals.make(user(who), submission_id, "technical", "My line was cut.", key).ground


def decide(who: str, submission_id: str, decision: str, key: str) -> Steps:
    """Decide an appeal: how."""
    made = appeals.decide(user(who), submission_id, decision, "It was as said.", key)
    yield made.decision


def reset(who: str, trainee: str, activity: str) -> Steps:
    """Delete a learner's state, inside the platform's own transaction: how many were voided."""
    with transaction.atomic():
        voided = voids.reset(user(who), user(trainee), COURSE, place(activity).activity)
    yield voided


def append(programme: str, count: int, subjects: list[str]) -> Steps:
    """Append this many records, few or many at once, about each subject in turn."""
    turn, sizes = cycle(subjects), cycle(BATCHES)
    while count:
        facts = [hours(next(turn)) for _ in range(min(count, next(sizes)))]
        made = run(lambda facts=facts: append_records(programme, *facts))
        count -= len(facts)
        yield [[one.index, one.commitment] for one in made]


def publish(programme: str, subjects: list[str], times: int = 1) -> Steps:
    """Append and publish a checkpoint, so many times: each note."""
    for subject in (subjects * times)[:times]:
        run(lambda subject=subject: append_records(programme, hours(subject)))
        yield checkpoints.publish(programme).note


def live(trainee: str, raters: list[str], lead: str, times: int) -> Steps:
    """Hand in, rate twice and release, again and again: the record of each step."""
    for number in range(times):
        key = f"{trainee} {number}"
        yield submitted(user(trainee), f"scene-{number}", key).record_id
        for name in raters:
            if seat := seats.take_next(user(name), PROGRAMME):
                made = ratings.submit(user(name), seat.id, rating(SAME), f"rates {seat.id}")
                yield made.record_id
        for case in resolutions.waiting(user(lead), PROGRAMME):
            if case.state == CaseRecord.State.TO_RELEASE:
                with suppress(ConflictError):  # another lead was first
                    one = case.submission_id
                    releases.release(user(lead), one, GOALS, "Well begun.", f"shows {one}")
                    yield ReleaseRecord.objects.get(case__submission=one).record_id
