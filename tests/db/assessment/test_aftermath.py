"""What may follow a result: voids, corrections, appeals. Each is a record; nothing is removed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from peer_xblocks.assessment.api import (
    appeals,
    assignments,
    corrections,
    feedback,
    resolutions,
    seats,
    ties,
    voids,
)
from peer_xblocks.assessment.models import CaseRecord, RatingRecord, ReleaseRecord, Seat
from peer_xblocks.assessment.signals import set_aside
from peer_xblocks.core.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    SeatLostError,
)
from peer_xblocks.core.record import Change, Role
from peer_xblocks.core.standing import Standing
from peer_xblocks.records.api import grants
from peer_xblocks.work.api import submissions
from peer_xblocks.work.values import Status
from tests.db.assessment.rating import rate, release
from tests.db.assessment.test_results import records
from tests.db.work.scene import COURSE, PROGRAMME, person, place, submitted

CHANGE = (Change(member="goals", was="Leave a pause.", now="Ask before you tell."),)
CANARY = "what-the-trainee-wrote-CANARY"


def released(ana, ann, ben, lea, **how):
    """A submission with a released result."""
    info = submitted(ana, **how)
    rate(ann)
    rate(ben)
    release(lea, info.id)
    return info


def test_a_voided_result_counts_no_more_and_stays(ana, ann, ben, lea):
    """The record names all that it voids; standing and status follow; another attempt is open."""
    info = released(ana, ann, ben, lea)
    assert dict(feedback.standings(ana, PROGRAMME))["I.1"] == Standing.DEVELOPING
    voids.void(lea, info.id, "technical", "The sound broke off.", "v")
    (record,) = records("void")
    about = [
        one["id"]
        for kind in ("submission", "rating", "resolution", "release")
        for one in records(kind)
    ]
    assert record["about"] == about
    assert record["body"] == {"reason": "The sound broke off.", "cause": "technical"}
    assert feedback.standings(ana, PROGRAMME) == ()
    assert submissions.get(ana, info.id).status == Status.VOIDED
    assert feedback.void(ana, info.id).reason == "The sound broke off."
    with pytest.raises(ConflictError):
        feedback.result(ana, info.id)
    assert submitted(ana, key="again").attempt == 2
    assert RatingRecord.objects.count() == 2 and ReleaseRecord.objects.count() == 1


def test_voiding_twice_is_once(ana, ann, ben, lea, leo):
    """The same press again answers the same; another comes too late."""
    info = released(ana, ann, ben, lea)
    once = voids.void(lea, info.id, "error", "Wrong file.", "v")
    assert voids.void(lea, info.id, "error", "Wrong file.", "v") == once
    with pytest.raises(ConflictError):
        voids.void(leo, info.id, "error", "Wrong file.", "w")
    assert len(records("void")) == 1


def test_who_rated_voids_nothing_and_a_reason_is_needed(ana, ann, ben, lea):
    """Not on what one rated; not without saying why; not for a cause that is none."""
    grants.give(None, ann, PROGRAMME, Role.LEAD)
    info = released(ana, ann, ben, lea)
    with pytest.raises(ForbiddenError):
        voids.void(ann, info.id, "error", "No.", "v")
    with pytest.raises(InvalidError) as refused:
        voids.void(lea, info.id, "reset", " ", "v")
    assert set(refused.value.problems) == {"cause", "void_reason"}
    assert records("void") == []


def test_voiding_takes_the_seats_back(ana, ann, ben, cleo, lea):
    """Nobody rates what counts no more; what was noted stays with who noted it."""
    info = submitted(ana)
    seat = seats.take_next(ann, PROGRAMME)
    seats.desk(ann, seat.id)
    voids.void(lea, info.id, "request", "Asked for by the trainee.", "v")
    with pytest.raises(SeatLostError):
        seats.desk(ann, seat.id)
    assert seats.take_next(cleo, PROGRAMME) is None
    assert Seat.objects.filter(holder__isnull=False).count() == 0
    (case,) = resolutions.waiting(lea, PROGRAMME)
    assert case.state == "voided"
    assert resolutions.case(lea, info.id).void.cause == "request"


@pytest.mark.django_db(transaction=True)
def test_the_grade_follows_what_is_left(ana, ann, ben, cleo, lea):
    """When the better of two results is voided, whoever keeps grades hears of the other."""
    heard = []

    def hear(**told):
        heard.append(told["best"])

    first = released(ana, ann, ben, lea)
    second = submitted(ana, key="second")
    rate(ann, (2, 3, 3))
    rate(cleo, (2, 3, 3))
    release(lea, second.id)
    set_aside.connect(hear)
    try:
        voids.void(lea, first.id, "error", "Wrong file.", "v")
        voids.void(lea, second.id, "error", "Wrong file.", "w")
    finally:
        set_aside.disconnect(hear)
    assert [one and (one.submission_id, one.earned) for one in heard] == [(second.id, 0), None]


def test_a_reset_by_the_platform_voids_what_was_handed_in(ana, ann, ben, lea, olga):
    """It appends one void for each submission, in the platform's transaction; a second is none."""
    released(ana, ann, ben, lea)
    submitted(ana, key="open")
    where = place()
    for user in (ana, ann, olga):
        with pytest.raises(ForbiddenError):
            voids.reset(user, ana, COURSE, where.activity)
    assert voids.reset(lea, ana, COURSE, where.activity) == 2
    assert voids.reset(lea, ana, COURSE, where.activity) == 0
    assert [one["body"]["cause"] for one in records("void")] == ["reset", "reset"]
    assert {one.status for one in submissions.mine(ana, PROGRAMME)} == {Status.VOIDED}


def test_a_correction_stands_beside_what_it_corrects(ana, ann, ben, lea):
    """It names the record, what was and what is; the trainee reads it without a lead's name."""
    info = released(ana, ann, ben, lea)
    (shown,) = records("release")
    made = corrections.correct(lea, info.id, shown["id"], "Copied from another.", CHANGE, "c")
    assert (
        corrections.correct(lea, info.id, shown["id"], "Copied from another.", CHANGE, "c") == made
    )
    (record,) = records("correction")
    assert record["about"] == [shown["id"], info.record_id]
    assert record["body"]["changes"] == [CHANGE[0].model_dump()]
    assert records("release") == [shown]
    (read,) = feedback.result(ana, info.id).corrections
    assert (read.what, read.corrected_by) == ("The release", "")


def test_a_correction_needs_a_record_a_reason_and_a_difference(ana, ann, ben, lea):
    """Each missing part is named at once, and nothing is recorded."""
    info = released(ana, ann, ben, lea)
    same = (Change(member="goals", was="a", now="a"),)
    with pytest.raises(InvalidError) as refused:
        corrections.correct(lea, info.id, "urn:uuid:none", " ", same, "c")
    assert set(refused.value.problems) == {"about", "correction_reason", "changes"}
    assert records("correction") == []


def test_an_appeal_is_heard_by_a_lead_who_did_not_rate(ana, ann, ben, lea):
    """Dismissed: the decision is in the record and the trainee reads it; their words are not."""
    grants.give(None, ann, PROGRAMME, Role.LEAD)
    info = released(ana, ann, ben, lea)
    made = appeals.make(ana, info.id, "bias", CANARY, "a")
    assert appeals.make(ana, info.id, "bias", CANARY, "a") == made
    (waits,) = appeals.waiting(lea, PROGRAMME)
    assert waits.may_hear and not appeals.waiting(ann, PROGRAMME)[0].may_hear
    with pytest.raises(ForbiddenError):
        appeals.decide(ann, info.id, "dismissed", "No.", "d")
    heard = appeals.decide(lea, info.id, "dismissed", "Nobody was tied.", "d")
    assert heard.heard_by_signer
    assert appeals.decide(lea, info.id, "dismissed", "Nobody was tied.", "d") == heard
    (record,) = records("attestation")
    assert record["body"]["type"] == "appeal_decision"
    assert "Nobody was tied." in record["body"]["statement"]
    assert "had signed or released" in record["body"]["statement"]
    assert CANARY not in str([records(kind) for kind in ("attestation", "release", "void")])
    assert feedback.result(ana, info.id).appeal.decision == "dismissed"
    assert appeals.waiting(lea, PROGRAMME) == ()


def test_an_appeal_that_is_upheld_lets_two_others_rate_anew(ana, ann, ben, cleo, lea, leo):
    """The ratings are set aside; who rated or saw them is not offered it; a new result follows."""
    dee = person("dee-assessor", Role.ASSESSOR)
    info = released(ana, ann, ben, lea)
    appeals.make(ana, info.id, "rule", CANARY, "a")
    appeals.decide(lea, info.id, "rated_anew", "A rater was the own trainer's wife.", "d")
    (record,) = records("void")
    assert info.record_id not in record["about"] and len(record["about"]) == 4
    assert submissions.get(ana, info.id).status == Status.WAITING
    assert feedback.appeal(ana, info.id).decision == "rated_anew"
    with pytest.raises(ConflictError):
        feedback.result(ana, info.id)
    assert [seats.take_next(one, PROGRAMME) for one in (ann, ben, lea, leo)] == [None] * 4
    for user in (cleo, dee):
        rate(user, (3, 3, 4))
    with pytest.raises(ForbiddenError):
        grants.give(None, ann, PROGRAMME, Role.LEAD)
        release(ann, info.id)
    release(leo, info.id, key="second")
    assert feedback.result(ana, info.id).criteria[2].level == 4
    assert CaseRecord.objects.filter(submission=info.id).count() == 2


def test_nobody_is_left_to_rate_anew(ana, ann, ben, cleo, lea, leo):
    """It is refused with the reasons while fewer than two may, and nothing is decided."""
    dee, eva = (person(f"{name}-assessor", Role.ASSESSOR) for name in ("dee", "eva"))
    info = submitted(ana)
    passed_on = seats.take_next(cleo, PROGRAMME)
    seats.skip(cleo, passed_on.id)
    rate(ann)
    rate(ben)
    release(lea, info.id)
    appeals.make(ana, info.id, "rule", "x", "a")
    for tied in (dee, eva):
        ties.declare(ana, tied, ana, PROGRAMME, "friend")
    with pytest.raises(InvalidError) as refused:
        appeals.decide(lea, info.id, "rated_anew", "y", "d")
    said = refused.value.problems["decision"]
    assert "there are 1" in said and "know its ratings: 5" in said and "may rate: 1" in said
    assert len(appeals.waiting(lea, PROGRAMME)) == 1 and not records("void")
    fay = person("fay-assessor", Role.ASSESSOR)
    made = appeals.decide(lea, info.id, "rated_anew", "y", "d")
    assert (made.decision, records("void") == []) == ("rated_anew", False)
    (aside,) = [one for one in resolutions.waiting(lea, PROGRAMME) if one.state == "voided"]
    assert aside.rated_anew
    rate(dee)
    (one,) = assignments.in_progress(lea, PROGRAMME)
    assert [seat.for_nobody for seat in one.seats] == [False, False]
    ties.declare(ana, fay, ana, PROGRAMME, "family")
    (one,) = assignments.in_progress(lea, PROGRAMME)
    assert [seat.for_nobody for seat in one.seats] == [False, True]
    assert all(seats.take_next(user, PROGRAMME) is None for user in (cleo, eva, fay, lea, leo))


def test_an_appeal_has_its_time_and_its_owner(ana, bea, ann, ben, lea, settings):
    """Not before a result, not by another, not twice, not after the window, not without words."""
    info = submitted(ana)
    with pytest.raises(ConflictError):
        appeals.make(ana, info.id, "rule", "Too early.", "a")
    rate(ann)
    rate(ben)
    release(lea, info.id)
    with pytest.raises(NotFoundError):
        appeals.make(bea, info.id, "rule", "Not mine.", "a")
    with pytest.raises(InvalidError) as refused:
        appeals.make(ana, info.id, "mood", " ", "a")
    assert set(refused.value.problems) == {"ground", "words"}
    assert feedback.result(ana, info.id).appeal_until is not None
    ReleaseRecord.objects.update(released_at=timezone.now() - timedelta(days=31))
    assert feedback.result(ana, info.id).appeal_until is None
    with pytest.raises(ConflictError):
        appeals.make(ana, info.id, "rule", "Too late.", "a")
    settings.PEER_XBLOCKS_APPEAL_DAYS = 60
    appeals.make(ana, info.id, "rule", "In time.", "a")
    with pytest.raises(ConflictError):
        appeals.make(ana, info.id, "rule", "Again.", "b")


def test_what_was_corrected_is_corrected_first(ana, ann, ben, lea):
    """An appeal is not closed as corrected before there is a correction."""
    info = released(ana, ann, ben, lea)
    appeals.make(ana, info.id, "technical", "Wrong goal.", "a")
    with pytest.raises(InvalidError):
        appeals.decide(lea, info.id, "corrected", "Done.", "d")
    (shown,) = records("release")
    corrections.correct(lea, info.id, shown["id"], "Copied.", CHANGE, "c")
    assert appeals.decide(lea, info.id, "corrected", "Done.", "d").decision == "corrected"


def test_a_third_rater_of_the_first_round_signs_nothing_in_the_second(ana, ann, ben, cleo, lea):
    """Who rated in any round is a rater of the submission for good."""
    grants.give(None, ben, PROGRAMME, Role.LEAD)
    person("dee-assessor", Role.ASSESSOR)
    info = released(ana, ann, ben, lea)
    appeals.make(ana, info.id, "rule", "x", "a")
    appeals.decide(lea, info.id, "rated_anew", "y", "d")
    with pytest.raises(ForbiddenError):
        voids.void(ben, info.id, "error", "No.", "v")
