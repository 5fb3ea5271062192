"""All ratings of a programme for its leads: what they find, what they never see, what it costs."""

import tracemalloc
import uuid
from collections import deque

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from peer_xblocks.assessment.api import all_ratings, resolutions, seats
from peer_xblocks.assessment.listed import RatingsWanted
from peer_xblocks.assessment.models import CaseRecord
from peer_xblocks.core.errors import ForbiddenError, NotFoundError
from peer_xblocks.core.record import Role
from peer_xblocks.core.resolution import Signed
from peer_xblocks.records.api import grants, people, programmes
from tests.db.assessment import many
from tests.db.assessment.rating import rate, release
from tests.db.work.scene import PROGRAMME, person, submitted

ALL = RatingsWanted()


def listed(user, names=False, **wanted):
    """The first page and the whole export, which always agree on what is in them."""
    asked = RatingsWanted(**wanted)
    page = all_ratings.page(user, PROGRAMME, asked, names=names).rows
    whole = list(all_ratings.export(user, PROGRAMME, asked, names=names))
    assert {one.record_id for one in page} == {one.record_id for one in whole}
    return whole


def test_a_row_holds_what_was_judged_and_what_came_of_it(ana, ann, ben, lea):
    """Levels, ticks and times of each rating, with the result on each criterion."""
    info = submitted(ana)
    first, second = rate(ann, (3, 3, 4), overall_impression=2), rate(ben, (3, 3, 3))
    release(lea, info.id)
    one, other = listed(lea)
    assert (one.submission_id, one.record_id) == (info.id, first.record_id)
    assert (one.letter, other.letter) == ("A", "B")
    assert [c.level for c in one.criteria] == [3, 3, 4]
    assert [c.result for c in one.criteria] == [3, 3, 3]
    assert [c.how for c in one.criteria] == ["same", "same", "lower"]
    assert one.criteria[2].behaviours == ("last-b1", "last-b2", "last-a1")
    assert (one.state, one.basis, one.passed) == ("released", "two", True)
    assert one.overall_impression == 2
    assert one.handed_in_at <= one.started_at <= one.rated_at <= one.settled_at <= one.released_at
    assert other.rated_at == second.submitted_at


def test_people_stand_under_ids_unless_names_are_asked_for(ana, ann, ben, lea):
    """Pairwise ids by default; names only when asked."""
    submitted(ana)
    rate(ann)
    rate(ben)
    one, _other = listed(lea)
    assert one.rater == people.known_urn(ann, PROGRAMME)
    assert (one.rater_name, one.trainee_name) == ("", "")
    named, _other = listed(lea, names=True)
    assert (named.rater_name, named.trainee_name) == ("Ann-Assessor", "Ana-Trainee")


def test_nothing_is_listed_until_every_rating_is_in(ana, bea, ann, ben, lea):
    """With one rating of two, a lead finds neither, in no list and no file."""
    submitted(ana)
    rate(ann)
    assert listed(lea) == []
    rate(ben)
    submitted(bea)
    rate(ann)
    assert len(listed(lea)) == 2


def test_an_open_seat_hides_the_case_whatever_its_state(ana, ann, ben, lea):
    """A case that is shown and gets another seat is being rated again: neither rating is shown.

    A seat that was taken back, on which nobody rates any more, hides nothing and has no row.
    """
    submitted(ana)
    rate(ann)
    rate(ben)
    third = many.seat(CaseRecord.objects.get(), 3)
    third.save()
    assert listed(lea) == []
    third.assessor = lea
    third.save()
    assert len(listed(lea)) == 2
    third.holder = lea
    third.save()
    assert listed(lea) == []


def test_a_lead_who_holds_a_seat_sees_nothing_of_that_case(ana, ann, lea, leo):
    """Who rates is blind, a lead too; another lead is no further before the rating is in."""
    submitted(ana)
    rate(ann)
    seats.take_next(lea, PROGRAMME)
    assert listed(lea) == listed(leo) == []


def test_a_lead_never_finds_an_own_submission(ana, ann, ben, leo):
    """A lead who takes the course sees the own result as any trainee does."""
    lea = person("lea", Role.LEAD, Role.TRAINEE)
    submitted(lea)
    rate(ann)
    rate(ben)
    assert listed(lea) == []
    assert len(listed(leo)) == 2


def test_impressions_show_after_release_alone(ana, ann, ben, lea):
    """The overall impression is for setting the standard; nobody sees it before release."""
    info = submitted(ana)
    rate(ann, overall_impression=1)
    rate(ben, overall_impression=4)
    assert [one.overall_impression for one in listed(lea)] == [None, None]
    release(lea, info.id)
    assert [one.overall_impression for one in listed(lea)] == [1, 4]


def test_a_disputed_case_waits_for_its_settlement(ana, ann, ben, lea):
    """Somebody may still rate it blind, and that may be this lead: neither rating is listed."""
    info = submitted(ana)
    rate(ann, (3, 1, 3))
    rate(ben, (3, 3, 3))
    assert listed(lea) == []
    signed = Signed(choices={"other": 1}, reason="I listened to it.")
    resolutions.settle(lea, info.id, signed, "k")
    one, _other = listed(lea)
    assert (one.state, one.basis) == ("to_release", "third_not_held")
    assert one.criteria[1].how == "lead"


@pytest.mark.parametrize("who", ["ana", "ann", "olga", "author", "operator", "stranger"])
def test_only_a_lead_of_the_programme_finds_anything(who, ana, ann, ben, olga, lea):
    """Nobody else, whatever their role; and the refusal comes before the first row is asked for."""
    submitted(ana)
    rate(ann)
    rate(ben)
    others = {"ana": ana, "ann": ann, "olga": olga}
    user = others.get(who) or person(who, *([Role.AUTHOR] if who == "author" else []))
    if who == "operator":
        user.is_superuser = True
    for act in (all_ratings.page, all_ratings.export):
        with pytest.raises(ForbiddenError):
            act(user, PROGRAMME, ALL)
        with pytest.raises(NotFoundError):
            act(user, "no-such-programme", ALL)
    with pytest.raises(ForbiddenError):
        all_ratings.assessors(user, PROGRAMME)


def test_a_lead_of_another_programme_is_no_lead_here(ana, ann, ben, lea):
    """Neither the list nor a submission to begin after reaches across programmes."""
    info = submitted(ana)
    rate(ann)
    rate(ben)
    programmes.create(None, "other", "Other", "course-v1:Other+O+1", {})
    lou = person("lou")
    grants.give(None, lou, "other", Role.LEAD)
    with pytest.raises(ForbiddenError):
        all_ratings.page(lou, PROGRAMME, ALL)
    assert all_ratings.page(lou, "other", ALL).rows == ()
    here = listed(lea)[0].rating_id
    for after in (here, info.id, uuid.uuid4(), "nothing"):
        with pytest.raises(NotFoundError):
            all_ratings.page(lou, "other", ALL, after=after)


def test_filters_leave_what_fits(ana, bea, ann, ben, cleo, lea):
    """Scenario, rubric, state, assessor and the time of handing in."""
    first = submitted(ana)
    rate(ann)
    rate(ben)
    release(lea, first.id)
    second = submitted(bea)
    rate(cleo)
    rate(ann)
    for wanted, ids in (
        ({"scenario": "first"}, {first.id, second.id}),
        ({"scenario": "second"}, set()),
        ({"rubric": "small"}, {first.id, second.id}),
        ({"rubric": "smaller"}, set()),
        ({"state": "released"}, {first.id}),
        ({"state": "to_release"}, {second.id}),
        ({"since": second.submitted_at}, {second.id}),
        ({"until": second.submitted_at}, {first.id}),
        ({"assessor": people.known_urn(cleo, PROGRAMME)}, {second.id}),
        ({"assessor": "urn:uuid:nobody"}, set()),
    ):
        assert {one.submission_id for one in listed(lea, **wanted)} == ids, wanted
    by_ann = listed(lea, assessor=people.known_urn(ann, PROGRAMME))
    assert [one.letter for one in by_ann] == ["A", "B"]
    known = {one.name for one in all_ratings.assessors(lea, PROGRAMME)}
    assert known == {"Ann-Assessor", "Ben-Assessor", "Cleo-Assessor"}


@pytest.fixture
def thousands(ana, bea, ann, ben, cleo, lea):
    """Makes so many rated and released submissions."""
    made = 0

    def make(count):
        nonlocal made
        many.rated([ana, bea], [ann, ben, cleo], made, count)
        made = count

    return make


def test_pages_go_through_all_and_end(lea, thousands):
    """Page after page, each submission comes once, the newest first, and the last page says so."""
    thousands(60)
    seen, after = [], None
    while True:
        page = all_ratings.page(lea, PROGRAMME, ALL, after=after)
        seen += [one.submission_id for one in page.rows]
        after = page.after
        if after is None:
            break
    assert len(seen) == 120
    assert list(dict.fromkeys(seen)) == sorted(set(seen), reverse=True)


def test_equal_times_of_handing_in_leave_nobody_out(lea, thousands):
    """Many were handed in at the same moment; each still comes once, in pages and in a file."""
    thousands(60)
    CaseRecord.objects.update(submitted_at=many.BEGIN)
    first = all_ratings.page(lea, PROGRAMME, ALL)
    second = all_ratings.page(lea, PROGRAMME, ALL, after=first.after)
    assert not {one.record_id for one in first.rows} & {one.record_id for one in second.rows}
    assert len({one.record_id for one in all_ratings.export(lea, PROGRAMME, ALL)}) == 120


def test_a_page_and_a_thousand_rows_cost_a_fixed_number_of_queries(lea, thousands):
    """However many ratings there are, with names and every filter."""
    costs = []
    wanted = RatingsWanted(scenario="first", rubric="small", state="released", since=many.BEGIN)
    for count in (30, 1_500):
        thousands(count)
        with CaptureQueriesContext(connection) as queries:
            all_ratings.page(lea, PROGRAMME, wanted, names=True)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 8
    with CaptureQueriesContext(connection) as queries:
        assert len(list(all_ratings.export(lea, PROGRAMME, wanted, names=True))) == 3_000
    assert len(queries) <= 4 + 4 * 4


def test_an_export_keeps_no_row(lea, thousands):
    """Ten times as many ratings take no more memory while they are written."""

    def peak():
        tracemalloc.start()
        deque(all_ratings.export(lea, PROGRAMME, ALL, names=True), maxlen=0)
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    thousands(1_000)
    few = peak()
    thousands(10_000)
    assert peak() < 1.25 * few


def test_what_is_handed_in_while_it_is_written_comes_at_the_end(lea, ana, thousands):
    """An export that is under way repeats nothing and leaves nothing out."""
    thousands(700)
    stream = all_ratings.export(lea, PROGRAMME, ALL)
    seen = [next(stream) for _ in range(10)]
    thousands(720)
    CaseRecord.objects.filter(submission=seen[0].submission_id).update(state="to_release")
    seen += stream
    assert len(seen) == len({one.record_id for one in seen}) == 1_440
