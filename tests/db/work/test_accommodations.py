"""More time for one trainee: who asks, who grants, who reads why, and what limits follow."""

import io

import pytest

from peer_xblocks.core.errors import ForbiddenError, InvalidError, NotFoundError
from peer_xblocks.core.record import Role
from peer_xblocks.records.models import Record
from peer_xblocks.work import limits
from peer_xblocks.work.api import accommodations, for_assessment, recordings, submissions, uploads
from peer_xblocks.work.models import Accommodation
from peer_xblocks.work.values import Condition
from tests.db.work import scene
from tests.db.work.scene import PROGRAMME, place
from tests.db.work.uploading import begun, digest, send

WHY = "canary-of-the-reason"


@pytest.fixture
def lea(programme):
    """A lead."""
    return scene.person("lea", Role.LEAD)


@pytest.fixture
def leo(programme):
    """Another lead, who takes the course as well."""
    return scene.person("leo", Role.LEAD, Role.TRAINEE)


def time_of(lead, trainee):
    """What a lead sees of a trainee."""
    found = accommodations.of_programme(lead, PROGRAMME)
    return next(one.time for one in found if one.id == trainee.pk)


def test_a_trainee_asks_without_a_reason_and_a_lead_grants(ana, lea):
    """Asked twice is asked once; granting answers it."""
    first = accommodations.ask(ana, PROGRAMME)
    assert accommodations.ask(ana, PROGRAMME) == first
    assert time_of(lea, ana).asked_at == first.asked_at
    accommodations.grant(lea, ana.pk, PROGRAMME, 50, "")
    mine = accommodations.mine(ana, PROGRAMME)
    assert (mine.extra_percent, mine.granted_by, mine.asked_at) == (50, "Lea", None)
    assert Accommodation.objects.count() == 1


def test_who_asks_can_ask_no_longer(ana, lea):
    """Nothing is left of it."""
    accommodations.ask(ana, PROGRAMME)
    assert accommodations.take_back(ana, PROGRAMME) == accommodations.NOTHING
    assert time_of(lea, ana).asked_at is None


def test_a_reason_is_for_the_trainee_and_the_lead_who_granted(ana, lea, leo):
    """Another lead sees how much, and not why."""
    accommodations.grant(lea, ana.pk, PROGRAMME, 25, f" {WHY} ")
    assert accommodations.mine(ana, PROGRAMME).reason == WHY
    assert time_of(lea, ana).reason == WHY
    assert time_of(leo, ana).reason == ""
    assert time_of(leo, ana).extra_percent == 25
    assert WHY not in repr(accommodations.of_programme(leo, PROGRAMME))


def test_another_lead_takes_over_and_reads_nothing_of_before(ana, lea, leo):
    """Granted anew, the earlier reason is gone for everybody."""
    accommodations.grant(lea, ana.pk, PROGRAMME, 25, WHY)
    accommodations.grant(leo, ana.pk, PROGRAMME, 100, "")
    assert time_of(leo, ana).reason == time_of(lea, ana).reason == ""
    assert accommodations.mine(ana, PROGRAMME).extra_percent == 100


def test_what_ends_leaves_nothing(ana, lea, leo):
    """Any lead ends it; amount, reason and who granted are deleted."""
    accommodations.grant(lea, ana.pk, PROGRAMME, 25, WHY)
    accommodations.end(leo, ana.pk, PROGRAMME)
    assert accommodations.mine(ana, PROGRAMME) == accommodations.NOTHING
    row = Accommodation.objects.get()
    assert (row.reason, row.granted_by, row.extra_percent) == ("", None, 0)


def test_assessors_auditors_and_trainees_reach_nothing(ana, bea, ann, olga, lea):
    """Neither the list, nor granting, nor what is another's."""
    accommodations.grant(lea, ana.pk, PROGRAMME, 25, WHY)
    for other in (ann, olga, bea, ana):
        with pytest.raises(ForbiddenError):
            accommodations.of_programme(other, PROGRAMME)
        with pytest.raises(ForbiddenError):
            accommodations.grant(other, bea.pk, PROGRAMME, 25, "")
        with pytest.raises(ForbiddenError):
            accommodations.end(other, ana.pk, PROGRAMME)
    for other in (ann, olga, lea):
        with pytest.raises(ForbiddenError):
            accommodations.mine(other, PROGRAMME)
        with pytest.raises(ForbiddenError):
            accommodations.ask(other, PROGRAMME)
    assert accommodations.mine(bea, PROGRAMME) == accommodations.NOTHING
    assert time_of(lea, ana).extra_percent == 25


def test_nobody_grants_themselves_anything(leo, lea):
    """A lead who takes the course asks another lead, and is not in the own list."""
    accommodations.ask(leo, PROGRAMME)
    assert leo.pk not in {one.id for one in accommodations.of_programme(leo, PROGRAMME)}
    for act in (
        lambda: accommodations.grant(leo, leo.pk, PROGRAMME, 100, ""),
        lambda: accommodations.end(leo, leo.pk, PROGRAMME),
    ):
        with pytest.raises(ForbiddenError):
            act()
    accommodations.grant(lea, leo.pk, PROGRAMME, 25, "")
    assert accommodations.mine(leo, PROGRAMME).extra_percent == 25


@pytest.mark.parametrize("percent", [None, 0, -25, 30, 5000])
def test_how_much_is_one_of_the_choices(ana, lea, percent):
    """Any other amount is refused, and nothing is granted."""
    with pytest.raises(InvalidError) as refused:
        accommodations.grant(lea, ana.pk, PROGRAMME, percent, "")
    assert set(refused.value.problems) == {"percent"}
    assert accommodations.mine(ana, PROGRAMME) == accommodations.NOTHING


def test_only_trainees_of_the_programme_are_granted_time(ann, lea):
    """An assessor, nobody, and an unknown number are refused."""
    for other in (ann.pk, None, 987654):
        with pytest.raises(InvalidError) as refused:
            accommodations.grant(lea, other, PROGRAMME, 25, "")
        assert set(refused.value.problems) == {"trainee"}
    with pytest.raises(InvalidError):
        accommodations.grant(lea, ann.pk, PROGRAMME, 25, "x" * 2_001)
    with pytest.raises((ForbiddenError, NotFoundError)):
        accommodations.of_programme(lea, "another")


def test_more_time_raises_both_limits_for_this_person_alone(ana, bea, lea, settings):
    """Minutes and bytes grow together, so that a longer recording fits."""
    settings.PEER_XBLOCKS_RECORDING_MAX_MINUTES = 15
    settings.PEER_XBLOCKS_UPLOAD_MAX_BYTES = 1001
    accommodations.grant(lea, ana.pk, PROGRAMME, 50, "")
    hers, theirs = (recordings.limits_of(one, PROGRAMME) for one in (ana, bea))
    assert (hers.minutes, hers.bytes, hers.extra_percent) == (23, 1502, 50)
    assert (theirs.minutes, theirs.bytes, theirs.extra_percent) == (15, 1001, 0)
    assert limits.is_too_long(20 * 60_000, theirs)
    assert not limits.is_too_long(20 * 60_000, hers)


def test_a_larger_recording_is_taken_in_both_ways(ana, lea, settings):
    """At once, and in parts."""
    settings.PEER_XBLOCKS_UPLOAD_MAX_BYTES = 10_000
    whole = b"Me: hello. " * 1_200
    with pytest.raises(InvalidError):
        recordings.receive(ana, place(), "talk.txt", io.BytesIO(whole), "text/plain")
    accommodations.grant(lea, ana.pk, PROGRAMME, 50, "")
    assert recordings.receive(ana, place(), "talk.txt", io.BytesIO(whole), "text/plain").bytes
    upload = begun(ana)
    send(ana, upload.id, 1, bytes(10_000))
    assert len(send(ana, upload.id, 2, bytes(5_000)).parts) == 2
    with pytest.raises(InvalidError):
        uploads.put(ana, upload.id, 3, b"x", digest(b"x"))


def test_conditions_are_told_to_raters_and_are_in_no_record(ana, lea):
    """Signed, with notes: beside the performance, and neither there nor the time in the log."""
    accommodations.grant(lea, ana.pk, PROGRAMME, 50, WHY)
    given = scene.hand_in(conditions=(Condition.SIGNED, Condition.NOTES, Condition.NOTES))
    made = submissions.submit(ana, place(), given, "key-1")
    told = for_assessment.performance(made.id)
    assert told.conditions == (Condition.NOTES, Condition.SIGNED)
    assert WHY not in repr(told) + repr(for_assessment.submission(made.id))
    for record in Record.objects.all():
        body = bytes(record.canonical)
        assert not any(word in body for word in (b"notes", b"signed", b"percent", WHY.encode()))
