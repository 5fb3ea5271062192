"""From two ratings to a released result: settled by the rule or a lead, shown by a lead."""

import json

import pytest
from django.core.management import call_command

from peer_xblocks.assessment import resolving
from peer_xblocks.assessment.api import feedback, ratings, releases, resolutions, seats
from peer_xblocks.assessment.models import CaseRecord, Seat
from peer_xblocks.assessment.signals import released
from peer_xblocks.assessment.submitting import submit_rating
from peer_xblocks.core.errors import ConflictError, InvalidError
from peer_xblocks.core.record import Goal, Named
from peer_xblocks.core.resolution import Signed
from peer_xblocks.core.standing import Standing
from peer_xblocks.records.api import documents, people
from peer_xblocks.records.models import Record
from peer_xblocks.work.values import Status
from tests.db.assessment.rating import GOALS, rate, release
from tests.db.work.scene import BOARD, PROGRAMME, RUBRIC, SCENARIO, submitted
from tests.unit.core.performances import PLAIN_RUBRIC, rating

LOWER = {"choices": {"other": 0}, "reason": "The pause is there at 02:10."}


def records(kind):
    """The records of one kind, as plain data."""
    rows = Record.objects.filter(kind=kind).order_by("index")
    return [json.loads(bytes(row.canonical)) for row in rows]


def settled(user, submission_id, key="settle", **members):
    """Settle as a lead."""
    return resolutions.settle(user, submission_id, Signed(**{**LOWER, **members}), key)


def test_two_that_agree_settle_at_once(ana, ann, ben, lea):
    """The rule settles it right after the second rating; the system acts, and says by what rule."""
    info = submitted(ana)
    first, second = rate(ann, (3, 3, 4)), rate(ben, (3, 3, 3))
    (record,) = records("resolution")
    assert (record["actor"], record["acting_as"]) == ("system", "system")
    assert record["about"] == [info.record_id, first.record_id, second.record_id]
    body = record["body"]
    assert (body["rule"], body["basis"], body["passed"]) == ("resolve/1", "two", True)
    assert body["criteria"][2] == {
        "criterion": "last",
        "state": "rated",
        "level": 3,
        "levels": [4, 3],
        "how": "lower",
    }
    (case,) = resolutions.waiting(lea, PROGRAMME)
    assert (case.state, case.reasons, case.may_sign) == ("to_release", (), True)


def test_two_that_differ_wait_for_a_lead(ana, ann, ben, lea):
    """When a third rating is due, nothing is settled, and a lead sees why."""
    info = submitted(ana)
    rate(ann, (3, 2, 3))
    rate(ben, (3, 4, 3))
    assert records("resolution") == []
    (case,) = resolutions.waiting(lea, PROGRAMME)
    assert (case.state, case.reasons, case.blind) == ("needs_third", (), True)
    detail = resolutions.case(lea, info.id)
    (case,) = resolutions.waiting(lea, PROGRAMME)
    assert ([str(r.why) for r in case.reasons], case.blind) == (["two_apart"], False)
    assert detail.disputed == ("other",)
    assert [one.letter for one in detail.ratings] == ["A", "B"]
    assert [one.assessor for one in detail.ratings] == ["Ann-Assessor", "Ben-Assessor"]
    assert [one.levels["other"] for one in detail.ratings] == [2, 4]
    assert (detail.resolution, detail.trainee) == (None, "")


def test_a_lead_settles_with_a_reason(ana, ann, ben, lea):
    """A lead's decision is recorded as theirs, with the reason and that no third was held."""
    info = submitted(ana)
    rate(ann, (3, 2, 3))
    rate(ben, (3, 4, 3))
    resolution = settled(lea, info.id)
    (record,) = records("resolution")
    assert record["actor"] == people.urn(lea, PROGRAMME)
    assert record["acting_as"] == "lead"
    assert record["body"]["basis"] == "third_not_held"
    assert record["body"]["reason"] == LOWER["reason"]
    assert [r["why"] for r in record["body"]["third_because"]] == ["two_apart"]
    assert resolution.criteria[1].level == 2
    assert resolutions.case(lea, info.id).trainee == "Ana-Trainee"


def test_settling_twice_is_once(ana, ann, ben, lea, leo):
    """The same press again answers what was settled; another lead comes too late."""
    info = submitted(ana)
    rate(ann, (3, 2, 3))
    rate(ben, (3, 4, 3))
    assert settled(lea, info.id) == settled(lea, info.id)
    for user, key in ((lea, "another"), (leo, "settle")):
        with pytest.raises(ConflictError):
            settled(user, info.id, key)
    assert len(records("resolution")) == 1


def test_what_is_disputed_must_be_decided(ana, ann, ben, lea):
    """An open dispute or a missing reason is named, and nothing is settled."""
    info = submitted(ana)
    rate(ann, (3, 2, 3))
    rate(ben, (3, 4, 3))
    with pytest.raises(InvalidError) as refused:
        settled(lea, info.id, choices={}, reason=" ")
    assert set(refused.value.problems) == {"other", "reason"}
    assert records("resolution") == []


def test_the_trainee_reads_why_a_lead_decided(ana, ann, ben, lea):
    """A released result gives the reason of the lead who settled it."""
    info = submitted(ana)
    rate(ann, (3, 2, 3))
    rate(ben, (3, 4, 3))
    settled(lea, info.id)
    release(lea, info.id)
    assert feedback.result(ana, info.id).reason == LOWER["reason"]


def test_what_the_rule_settled_no_lead_settles_again(ana, ann, ben, lea):
    """Where two ratings settle it, there is nothing for a lead to decide."""
    info = submitted(ana)
    rate(ann)
    rate(ben)
    with pytest.raises(ConflictError):
        settled(lea, info.id)


def rate_and_die(user):
    """Submit a rating as a process does that dies before the rule is applied."""
    seat = seats.take_next(user, PROGRAMME)
    row = Seat.objects.select_related("case").get(uuid=seat.id)
    submit_rating(user, row, RUBRIC, rating((3, 3, 3)), f"key {seat.id}")


def test_a_process_that_died_in_between_leaves_nothing_stuck(ana, ann, ben, lea):
    """Both ratings in and no resolution: whoever looks next, or the command, carries on."""
    info = submitted(ana)
    rate(ann)
    rate_and_die(ben)
    assert CaseRecord.objects.get().state == "due"
    assert resolutions.waiting(lea, PROGRAMME)[0].state == "to_release"
    assert len(records("resolution")) == 1
    assert resolutions.case(lea, info.id).resolution is not None


def test_the_case_and_the_command_carry_on_as_well(ana, ann, ben, lea, capsys):
    """Opening the case settles what is due; the command does so for all, once."""
    info = submitted(ana, "one", "k1")
    rate(ann)
    rate_and_die(ben)
    assert resolutions.case(lea, info.id).state == "to_release"
    submitted(ana, "two", "k2")
    rate(ann)
    rate_and_die(ben)
    call_command("peer_resolve")
    call_command("peer_resolve", PROGRAMME)
    assert "1 submissions" in capsys.readouterr().out
    assert len(records("resolution")) == 2
    assert resolving.resolve_due() == 0


def test_a_release_shows_the_result(ana, ann, ben, lea):
    """The owner sees levels, ticks, words, goals and standings, with raters by letter."""
    info = submitted(ana)
    rate(ann, (4, 3, 3), overall_comment="I felt welcome.")
    rate(ben, (3, 3, 2))
    outcome = release(lea, info.id)
    assert (outcome.passed, outcome.earned, outcome.possible) == (True, 1, 1)
    result = feedback.result(ana, info.id)
    assert (result.passed, result.basis, result.attempt) == (True, "two", 1)
    assert result.reason == ""
    assert [c.level for c in result.criteria] == [3, 3, 2]
    assert [c.how for c in result.criteria] == ["lower", "same", "lower"]
    assert [s.letter for s in result.criteria[0].seen] == ["A", "B"]
    assert [s.level for s in result.criteria[0].seen] == [4, 3]
    assert result.overall_comments[0].text == "I felt welcome."
    assert (result.goals, result.message) == (GOALS, "Well begun.")
    assert feedback.status(ana, info.id) is Status.RELEASED
    changes = {c.competency: (c.before, c.after) for c in result.competencies}
    assert changes["I.1"] == (Standing.NOT_YET, Standing.DEVELOPING)
    assert changes["IX.2"] == (Standing.NOT_YET, Standing.NOT_YET)


def test_a_release_is_recorded(ana, ann, ben, lea):
    """The record of a release names result and submission, and each competency of the rubric."""
    info = submitted(ana)
    rate(ann)
    rate(ben)
    release(lea, info.id)
    (record,) = records("release")
    assert record["about"] == [records("resolution")[0]["id"], info.record_id]
    assert record["actor"] == people.urn(lea, PROGRAMME)
    assert record["body"] == {
        "passed": True,
        "goals": [{"criterion": "other", "text": GOALS[0].text}],
        "message": "Well begun.",
        "competencies": [
            {"competency": name, "standing": "developing"} for name in ("I.1", "I.2", "IX.2")
        ],
    }


def test_only_confirmed_errors_are_shown_and_they_count(ana, ann, ben, lea):
    """A confirmed critical error is shown with both observations; nothing is shown for a
    competency.
    """
    info = submitted(ana)
    rate(ann, errors=("CE-1",))
    rate(ben, errors=("CE-1",))
    assert release(lea, info.id).earned == 0
    result = feedback.result(ana, info.id)
    assert not result.passed
    assert [e.error.code for e in result.critical_errors] == ["CE-1"]
    assert [o.letter for o in result.critical_errors[0].observations] == ["A", "B"]
    assert feedback.standings(ana, PROGRAMME)[0] == ("I.1", Standing.NOT_YET)


def test_an_error_that_was_not_upheld_is_not_held_up(ana, ann, ben, lea):
    """What one rater alone ticked and no lead upheld is not shown to the trainee."""
    info = submitted(ana)
    rate(ann, errors=("CE-1",))
    rate(ben)
    settled(lea, info.id, choices={})
    release(lea, info.id)
    assert feedback.result(ana, info.id).critical_errors == ()


@pytest.mark.parametrize(
    ("goals", "message", "at"),
    [
        ((), "", "goals"),
        ((Goal(text="One."), Goal(text="Two."), Goal(text="Three.")), "", "goals"),
        ((Goal(text=" "),), "", "goals"),
        ((Goal(text="One.", criterion="elsewhere"),), "", "goals"),
        ((Goal(text="One."),), "x" * 4001, "message"),
    ],
)
def test_a_release_has_one_or_two_goals(ana, ann, ben, lea, *, goals, message, at):
    """Goals are one or two, have words, and name criteria of the rubric, or nothing is released."""
    info = submitted(ana)
    rate(ann)
    rate(ben)
    with pytest.raises(InvalidError) as refused:
        releases.release(lea, info.id, goals, message, "k")
    assert set(refused.value.problems) == {at}
    assert records("release") == []


def test_releasing_twice_is_once(ana, ann, ben, lea, leo):
    """The same press again answers what was released; another one comes too late."""
    info = submitted(ana)
    rate(ann)
    rate(ben)
    assert release(lea, info.id) == release(lea, info.id)
    for user, key in ((lea, "another"), (leo, "release")):
        with pytest.raises(ConflictError):
            release(user, info.id, key)
    assert len(records("release")) == 1


def test_nothing_is_released_before_it_is_settled(ana, ann, ben, lea):
    """Neither a submission in rating nor one that needs a lead can be released."""
    info = submitted(ana)
    with pytest.raises(ConflictError):
        release(lea, info.id)
    rate(ann, (3, 2, 3))
    rate(ben, (3, 4, 3))
    with pytest.raises(ConflictError):
        release(lea, info.id)


def test_a_competency_is_shown_in_two_scenarios(ana, ann, ben, lea):
    """Once is developing, the same scene again too; another scene makes it shown."""
    other = SCENARIO.model_copy(update={"key": "second-talk"})
    documents.put(other.canonical_bytes())
    members = {"scenario": Named(key=other.key, edition=1), "scenario_sha256": other.digest}
    for key, scene, expected in (
        ("k1", {}, Standing.DEVELOPING),
        ("k2", {}, Standing.DEVELOPING),
        ("k3", members, Standing.SHOWN),
    ):
        info = submitted(ana, key=key, **scene)
        rate(ann)
        rate(ben)
        release(lea, info.id)
        assert dict(feedback.standings(ana, PROGRAMME))["I.1"] is expected


def test_formative_work_never_counts(ana, ann, ben, lea):
    """A formative performance gets a result and feedback, and shows no competency."""
    info = submitted(ana, formative=True)
    rate(ann)
    rate(ben)
    release(lea, info.id)
    assert feedback.result(ana, info.id).passed
    assert feedback.standings(ana, PROGRAMME) == ()


def test_points_of_a_rubric_of_plain_levels(ana, ann, ben, lea):
    """A rubric of plain levels gives its points to the gradebook."""
    documents.put(PLAIN_RUBRIC.canonical_bytes())
    info = submitted(ana, rubric_sha256=PLAIN_RUBRIC.digest)
    for user in (ann, ben):
        seat = seats.take_next(user, PROGRAMME)
        one = rating((3, None, 4), rubric=PLAIN_RUBRIC)
        ratings.submit(user, seat.id, one, "k")
    outcome = release(lea, info.id)
    assert (outcome.earned, outcome.possible) == (30, 40)
    assert feedback.result(ana, info.id).points == (30, 40)


@pytest.mark.django_db(transaction=True)
def test_those_above_hear_of_a_release_once_it_is_certain(ana, ann, ben, lea):
    """The signal comes after the commit, with what a grade needs; a failing listener undoes
    nothing.
    """
    heard = []

    def fail(**_):
        raise RuntimeError("the gradebook is away")

    def listen(result, **_):
        heard.append((result, CaseRecord.objects.get().state))

    released.connect(fail)
    released.connect(listen)
    try:
        info = submitted(ana)
        rate(ann)
        rate(ben)
        outcome = release(lea, info.id)
    finally:
        released.disconnect(fail)
        released.disconnect(listen)
    assert heard == [(outcome, "released")]
    assert (outcome.trainee_id, outcome.activity) == (ana.pk, info.activity)
    assert feedback.status(ana, info.id) is Status.RELEASED


def test_a_whole_way_makes_one_whole_chain(ana, ann, ben, lea):
    """What is recorded of one submission stands in one chain, in the order in which it was done."""
    info = submitted(ana, consent_bodies=(BOARD,), consent_statement="The board may see this.")
    rate(ann)
    rate(ben)
    release(lea, info.id)
    kinds = Record.objects.filter(subject=people.urn(ana, PROGRAMME)).order_by("seq")
    assert [row.kind for row in kinds] == [
        "submission",
        "consent",
        "rating",
        "rating",
        "resolution",
        "release",
    ]
    assert {row.root for row in kinds} == {info.record_id}
