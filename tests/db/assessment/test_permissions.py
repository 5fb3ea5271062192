"""Who may do what, as a table: each forbidden thing, tried by each who may not."""

import uuid

import pytest

from peer_xblocks.assessment.api import (
    assessors,
    drafts,
    feedback,
    queue,
    ratings,
    releases,
    resolutions,
    seats,
    ties,
)
from peer_xblocks.core.errors import ForbiddenError, NotFoundError
from peer_xblocks.core.record import Role
from peer_xblocks.core.resolution import Signed
from peer_xblocks.records.api import grants
from peer_xblocks.records.models import Record
from peer_xblocks.work.api import recordings
from tests.db.assessment.rating import GOALS, rate, release
from tests.db.work.scene import PROGRAMME, RUBRIC, deposit, person, place, submitted
from tests.db.work.test_recordings import WAV
from tests.unit.core.performances import rating

SIGNED = Signed(choices={"other": 0}, reason="I listened to it.")
WHOLE = rating((3, 3, 3))

ON_A_SEAT = {
    "desk": seats.desk,
    "recording": seats.open_recording,
    "skip": seats.skip,
    "draft": lambda user, seat: drafts.save(user, seat, 0, WHOLE),
    "kept drafts": drafts.kept,
    "submit": lambda user, seat: ratings.submit(user, seat, WHOLE, "k"),
}
ON_A_CASE = {
    "case": resolutions.case,
    "recording": resolutions.open_recording,
    "settle": lambda user, case: resolutions.settle(user, case, SIGNED, "k"),
    "release": lambda user, case: releases.release(user, case, GOALS, "", "k"),
}
IN_THE_PROGRAMME = {
    "queue": queue.waiting,
    "held": queue.held,
    "next": seats.take_next,
    "own ratings": ratings.mine,
}


def answer(act, *args):
    """What a person is told: the kind of error and its sentence."""
    with pytest.raises((NotFoundError, ForbiddenError)) as refused:
        act(*args)
    return type(refused.value), str(refused.value)


@pytest.fixture
def everyone(ana, bea, ann, ben, cleo, lea, leo, olga):
    """One person of each role, and two without any."""
    operator = person("operator")
    operator.is_superuser = True
    operator.save()
    return {
        "trainee": bea,
        "owner": ana,
        "assessor": cleo,
        "lead": lea,
        "auditor": olga,
        "author": person("author", Role.AUTHOR),
        "operator": operator,
        "stranger": person("stranger"),
    }


@pytest.mark.parametrize("name", ON_A_SEAT)
def test_nobody_reaches_a_seat_of_another(everyone, ann, name):
    """For everyone but its holder a seat does not exist: the same answer as for a random id."""
    submitted(everyone["owner"])
    seat = seats.take_next(ann, PROGRAMME)
    answers = {
        answer(ON_A_SEAT[name], user, wanted)
        for user in everyone.values()
        for wanted in (seat.id, uuid.uuid4(), "nothing")
    }
    assert len(answers) == 1
    assert answers.pop()[0] is NotFoundError


@pytest.mark.parametrize("name", ON_A_CASE)
def test_only_leads_reach_a_case(everyone, ann, ben, name):
    """For everyone but a lead of the programme a case does not exist, the owner included."""
    info = submitted(everyone["owner"])
    rate(ann, (3, 2, 3))
    rate(ben, (3, 4, 3))
    everyone |= {"first rater": ann, "second rater": ben}
    lead = everyone.pop("lead")
    answers = {
        answer(ON_A_CASE[name], user, wanted)
        for user in everyone.values()
        for wanted in (info.id, uuid.uuid4(), "nothing")
    }
    answers.add(answer(ON_A_CASE[name], lead, uuid.uuid4()))
    assert len(answers) == 1
    assert answers.pop()[0] is NotFoundError


@pytest.mark.parametrize("name", IN_THE_PROGRAMME)
def test_only_assessors_and_leads_rate(everyone, name):
    """Trainees, auditors, authors, operators and strangers have no queue and no seat."""
    submitted(everyone["owner"])
    for role, user in everyone.items():
        if role in ("assessor", "lead"):
            IN_THE_PROGRAMME[name](user, PROGRAMME)
        else:
            assert answer(IN_THE_PROGRAMME[name], user, PROGRAMME)[0] is ForbiddenError
        assert answer(IN_THE_PROGRAMME[name], user, "another")[0] is NotFoundError


def test_only_leads_list_cases_qualify_and_tie(everyone, ann, ana):
    """The list of cases, qualifications of others and their ties are for leads."""
    for role, user in everyone.items():
        if role != "lead":
            assert answer(resolutions.waiting, user, PROGRAMME)[0] is ForbiddenError
            assert answer(assessors.qualify, user, ann, PROGRAMME, RUBRIC.key)[0] is ForbiddenError
            if role != "owner":  # who may say whom they know
                tie = answer(ties.declare, user, ann, ana, PROGRAMME, "other")
                assert tie[0] is ForbiddenError


def test_a_result_is_for_its_owner_alone(everyone, ann, ben):
    """For everyone else, leads and raters included, a result does not exist."""
    info = submitted(everyone["owner"])
    rate(ann)
    rate(ben)
    release(everyone["lead"], info.id)
    everyone |= {"first rater": ann, "second rater": ben}
    owner = everyone.pop("owner")
    for act in (feedback.result, feedback.status):
        answers = {
            answer(act, user, wanted)
            for user in everyone.values()
            for wanted in (info.id, uuid.uuid4(), "nothing")
        }
        assert len(answers) == 1
    assert feedback.result(owner, info.id).passed
    assert all(feedback.standings(user, PROGRAMME) == () for user in everyone.values())


def test_a_lead_of_another_programme_reaches_nothing(ana, ann, ben, lea, log_files):
    """A grant holds in one programme and in no other."""
    from peer_xblocks.records.api import programmes

    programmes.create(None, "other-2026", "Other", "course-v1:Other+1+1", {})
    outsider = person("outsider")
    for role in (Role.LEAD, Role.ASSESSOR):
        grants.give(None, outsider, "other-2026", role)
    info = submitted(ana)
    rate(ann)
    rate(ben)
    for act in ON_A_CASE.values():
        assert answer(act, outsider, info.id)[0] is NotFoundError
    assert answer(seats.take_next, outsider, PROGRAMME)[0] is ForbiddenError
    assert seats.take_next(outsider, "other-2026") is None


@pytest.mark.parametrize("name", ON_A_SEAT)
def test_a_revoked_assessor_keeps_no_seat(everyone, ann, name):
    """When the grant has ended, the seat that was held opens no door any more."""
    submitted(everyone["owner"])
    seat = seats.take_next(ann, PROGRAMME)
    revoke(everyone["operator"], ann)
    assert answer(ON_A_SEAT[name], ann, seat.id)[0] is ForbiddenError
    assert not Record.objects.filter(kind="rating").exists()


@pytest.mark.parametrize("name", ON_A_CASE)
def test_a_revoked_lead_signs_nothing(everyone, ann, ben, name):
    """When the grant has ended, a lead finds no case any more."""
    info = submitted(everyone["owner"])
    rate(ann, (3, 2, 3))
    rate(ben, (3, 4, 3))
    revoke(everyone["operator"], everyone["lead"])
    assert answer(ON_A_CASE[name], everyone["lead"], info.id)[0] is NotFoundError


def revoke(operator, user):
    """End every grant of somebody."""
    for grant in grants.of_programme(operator, PROGRAMME):
        if grant.user_id == user.pk:
            grants.revoke(operator, grant.id)


@pytest.mark.parametrize("name", ["settle", "release"])
def test_a_lead_signs_nothing_they_rated(ana, ann, lea, leo, name):
    """A lead who rated sees the case once both are in, and another one has to sign."""
    info = submitted(ana)
    rate(lea, (3, 2, 3))
    rate(ann, (3, 4, 3))
    assert resolutions.case(lea, info.id).may_sign is False
    assert [case.may_sign for case in resolutions.waiting(lea, PROGRAMME)] == [False]
    assert [case.may_sign for case in resolutions.waiting(leo, PROGRAMME)] == [True]
    assert answer(ON_A_CASE["settle"], lea, info.id)[0] is ForbiddenError
    resolutions.settle(leo, info.id, SIGNED, "k")
    assert answer(ON_A_CASE[name], lea, info.id)[0] is ForbiddenError
    releases.release(leo, info.id, GOALS, "", "k")


@pytest.mark.parametrize("name", ON_A_CASE)
def test_a_lead_who_takes_the_course_signs_nothing_of_their_own(everyone, ann, ben, leo, name):
    """A lead who is enrolled too sees own results as trainees do: when another released them."""
    deposit()
    both = person("both", Role.LEAD, Role.TRAINEE)
    info = submitted(both)
    rate(ann, (3, 2, 3))
    rate(ben, (3, 4, 3))
    assert resolutions.waiting(both, PROGRAMME) == ()
    assert answer(ON_A_CASE[name], both, info.id)[0] is ForbiddenError
    resolutions.settle(leo, info.id, SIGNED, "k")
    assert answer(ON_A_CASE[name], both, info.id)[0] is ForbiddenError


def test_the_recording_opens_for_holder_and_lead_under_a_plain_name(ana, ann, ben, lea):
    """Who rates or signs hears the recording, and its name does not say whose it is."""
    info = recordings.receive(ana, place(), "ana-trainee.wav", iter([WAV]), "audio/wav")
    made = submitted(ana, text=None, recording_id=info.id, mode="with_partner")
    seat = seats.take_next(ann, PROGRAMME)
    shown, file = seats.open_recording(ann, seat.id)
    with file:
        assert (shown.filename, file.read()) == ("performance.wav", WAV)
    assert seats.desk(ann, seat.id).recording.filename == "performance.wav"
    ratings.submit(ann, seat.id, WHOLE, "k")
    rate(ben)
    shown, file = resolutions.open_recording(lea, made.id)
    file.close()
    assert shown.filename == resolutions.case(lea, made.id).recording.filename == "performance.wav"
