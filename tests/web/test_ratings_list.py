"""All ratings of a programme: the page for leads, REST, and the files."""

import csv
import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from world import PROGRAMME, World, rating_of, the_role_play, ticks

from peer_xblocks.records.api import people

PAGE = ("peer_xblocks:ratings", [PROGRAMME], {})
FILE = ("peer_xblocks:ratings-export", [PROGRAMME], {})
REST = ("peer_xblocks:v1:all-ratings", [], {"programme": PROGRAMME})
REST_FILE = ("peer_xblocks:v1:export-ratings", [], {"programme": PROGRAMME})
DOORS = [PAGE, FILE, REST, REST_FILE]


def ask(client: Any, door: tuple, **asked: Any) -> Any:
    """Come in by one of the four doors."""
    name, args, given = door
    return client.get(reverse(name, args=args), {**given, **asked})


def written(answer: Any) -> str:
    """The whole of an answer, streamed or not."""
    return b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode()


def table(answer: Any) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    text = written(answer)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(text[1:].splitlines()))


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("who", ["ada", "ivo", "otto", ""])
def test_only_leads_come_in(who: str, door: tuple, world: World, browse: Any) -> None:
    """Trainee, assessor, auditor and nobody find no rating, by no door."""
    submission = world.released()
    answer = ask(browse(who), door)
    assert answer.status_code in (302, 403)
    assert str(submission.id) not in written(answer)


@pytest.mark.parametrize("door", DOORS)
def test_nothing_shows_before_it_is_settled(door: tuple, world: World, browse: Any) -> None:
    """With one of two in, or a dispute, the submission stands on no page and in no file."""
    disputed = world.rated("ben", disputed=True)
    submission = world.hand_in()
    world.rate("ivo")
    answer = ask(browse("lena"), door)
    assert answer.status_code == 200
    assert str(submission.id) not in written(answer)
    world.rate("mia")
    told = written(ask(browse("lena"), door))
    assert str(submission.id) in told
    assert str(disputed.id) not in told


@pytest.mark.parametrize("door", DOORS)
def test_names_only_when_asked(door: tuple, world: World, browse: Any) -> None:
    """A file or list names nobody by itself."""
    world.released("ben")
    plain = written(ask(browse("lena"), door))
    assert "Ben Trainee" not in plain
    if door is not PAGE:  # whose filter offers the assessors
        assert "Ivo Assessor" not in plain
    named = written(ask(browse("lena"), door, names="1"))
    assert "Ben Trainee" in named
    assert "Ivo Assessor" in named


def test_a_table_has_a_row_for_each_criterion(world: World, browse: Any) -> None:
    """Levels, ticks, times, resolution and release, under ids and letters."""
    submission = world.released()
    answer = ask(browse("lena"), FILE, form="csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="{PROGRAMME}-ratings.csv"'
    assert answer["Cache-Control"] == "private, no-store"
    rows = table(answer)
    criteria = [one.id for one in the_role_play().rubric.criteria]
    assert [row["criterion"] for row in rows] == criteria * 2
    assert {row["letter"] for row in rows} == {"A", "B"}
    assert "rater_name" not in rows[0]
    for row in rows:
        ticked = ticks().get(row["criterion"], [])
        assert set(row["behaviours"].split()) == set(ticked)
        assert row["level"] == row["result_level"]
    first = rows[0]
    assert first["submission"] == str(submission.id)
    assert first["trainee"] == people.known_urn(world.ada, PROGRAMME)
    assert (first["state"], first["basis"], first["passed"]) == ("released", "two", "false")
    assert first["released_at"].endswith("Z")


def test_lines_are_what_rest_lists(world: World, browse: Any) -> None:
    """A line is a rating in the shape of the API; without names it has no member for them."""
    world.released()
    lena = browse("lena")
    answer = ask(lena, REST_FILE, form="jsonl", names="true")
    assert answer["Content-Type"] == "application/jsonl"
    lines = [json.loads(line) for line in written(answer).splitlines()]
    assert lines == ask(lena, REST, names="true").json()["rows"]
    plain = json.loads(written(ask(lena, REST_FILE, form="jsonl")).splitlines()[0])
    assert not {"rater_name", "trainee_name"} & set(plain)


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@sum", "\t=1", "＝1"])
def test_no_cell_is_a_formula(name: str, world: World, browse: Any) -> None:
    """A name that a table program would compute is written as text."""
    world.released()
    world.ivo.first_name, world.ivo.last_name = name, ""
    world.ivo.save()
    rows = table(ask(browse("lena"), FILE, names="1"))
    assert rows[0]["rater_name"] == "'" + world.ivo.get_full_name()


def test_what_was_written_stays_on_the_site(world: World, browse: Any) -> None:
    """Comments, quotes, observations and the performance itself are in no list and no file."""
    words = "She waited for him here."
    world.hand_in(text="Me: I will wait with you.", answers={"noticed": "My own hands."})
    for who in ("ivo", "mia"):
        world.rate(who, rating_of(ticks(), note=words, overall_comment=words))
    for door in DOORS:
        told = written(ask(browse("lena"), door, names="1"))
        assert words not in told
        assert "I will wait" not in told
        assert "My own hands" not in told


def test_the_overall_impression_waits_for_release(world: World, browse: Any) -> None:
    """It is in no file before, and in every one after."""
    world.hand_in()
    for who in ("ivo", "mia"):
        world.rate(who, rating_of(ticks(), overall_impression=4))
    assert {row["overall_impression"] for row in table(ask(browse("lena"), FILE))} == {""}
    assert ask(browse("lena"), REST).json()["rows"][0]["overall_impression"] is None


def test_filters_narrow_page_and_file_alike(world: World, browse: Any) -> None:
    """What the form asks for is what the buttons below it bring."""
    released, settled = world.released("ada"), world.rated("ben")
    lena = browse("lena")
    page = written(ask(lena, PAGE, state="released"))
    assert str(released.id) in page
    assert str(settled.id) not in page
    assert "?state=released&amp;form=csv" in page
    assert {row["submission"] for row in table(ask(lena, FILE, state="released"))} == {
        str(released.id)
    }
    title = the_role_play().scenario.title
    for wanted in ({"scenario": title}, {"rubric": "first-conversation"}, {"since": "2026-01-01"}):
        assert str(released.id) in written(ask(lena, PAGE, **wanted)), wanted
    for wanted in ({"scenario": "none"}, {"until": "2026-01-01"}, {"assessor": "urn:uuid:x"}):
        assert "Nothing fits." in written(ask(lena, PAGE, **wanted)), wanted


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    "garbage",
    [
        {"since": "never"},
        {"until": "9999-12-31"},
        {"state": "needs_lead"},
        {"after": "x", "form": "xls"},
        {"after": "00000000-0000-4000-8000-000000000000", "form": "pdf"},
        {"scenario": "\x00'%_", "rubric": "x" * 500, "assessor": "\x00"},
    ],
)
def test_garbage_is_never_a_500(garbage: dict, door: tuple, world: World, browse: Any) -> None:
    """Whatever an address carries is answered with words."""
    world.released()
    answer = ask(browse("lena"), door, **garbage)
    assert answer.status_code in (200, 404, 422)
    written(answer)


def test_a_page_costs_the_same_for_one_and_for_many(world: World, browse: Any) -> None:
    """The number of queries does not grow with what is listed."""
    costs = []
    for _ in range(2):
        world.released("ada")
        world.released("ben")
        lena = browse("lena")
        ask(lena, PAGE)
        with CaptureQueriesContext(connection) as queries:
            assert ask(lena, PAGE, names="1").status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_results_lead_to_all_ratings(world: World, browse: Any) -> None:
    """A lead finds the list from the page of results, and each case from the list."""
    submission = world.released()
    results = browse("lena").get(reverse("peer_xblocks:lead")).content.decode()
    assert reverse("peer_xblocks:ratings", args=[PROGRAMME]) in results
    page = written(ask(browse("lena"), PAGE))
    assert reverse("peer_xblocks:case", args=[submission.id]) in page
