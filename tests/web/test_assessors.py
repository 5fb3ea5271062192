"""Who is qualified to rate by what: the page of leads, and REST."""

import re
from typing import Any

import pytest
from django.urls import reverse
from world import PROGRAMME, World, the_role_play

from peer_xblocks.assessment.api import assessors

PAGE = reverse("peer_xblocks:assessors", args=[PROGRAMME])
QUALIFY = reverse("peer_xblocks:qualify", args=[PROGRAMME])
REST = reverse("peer_xblocks:v1:assessors", args=[PROGRAMME])
RUBRIC = the_role_play().rubric


def at_rest(user: Any) -> str:
    """The address of one assessor."""
    return reverse("peer_xblocks:v1:assessor", args=[PROGRAMME, user.pk])


def text_of(answer: Any) -> str:
    """The words of a page, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def test_a_lead_reads_who_is_qualified_for_what(world: World, browse: Any) -> None:
    """Everybody who rates, by name, with the rubrics of each state; the list of results leads
    there.
    """
    assessors.qualify(world.lena, world.noor, PROGRAMME, RUBRIC.key, "paused")
    lead = browse("lena")
    assert PAGE in lead.get(reverse("peer_xblocks:lead")).content.decode()
    told = text_of(lead.get(PAGE))
    assert re.search(r"Ivo Assessor Qualified: 1 rubric " + re.escape(RUBRIC.title), told)
    assert re.search(r"Noor Assessor Paused: 1 rubric does not rate by them", told)
    assert re.search(r"Lena Lead you Nothing is said yet", told)
    assert "Ada" not in told


def test_a_lead_qualifies_by_several_rubrics_at_once(world: World, browse: Any) -> None:
    """What is ticked counts from then on, and the page says it."""
    form = {
        "assessor": world.noor.pk,
        "state": "probation",
        "rubric": [RUBRIC.key, "a-hard-hour", "at-the-table"],
    }
    answer = browse("lena").post(QUALIFY, form, follow=True)
    assert "Noted." in text_of(answer)
    assert "Noor Assessor On probation: 3 rubrics A " in text_of(answer)
    held = assessors.qualifications(world.noor, world.noor, PROGRAMME)
    assert held == dict.fromkeys(form["rubric"], "probation")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"assessor": ""}, "Choose a person from the list."),
        ({"assessor": "999999"}, "Choose a person from the list."),
        ({"assessor": "ada"}, "This person is no assessor in this programme."),
        ({"state": "genius"}, "There is no such state of qualification."),
        ({"rubric": []}, "Choose rubrics from the list."),
        ({"rubric": ["no-such", "\x00"]}, "Choose rubrics from the list."),
    ],
)
def test_what_cannot_be_noted_is_told_and_kept(
    changed: dict, told: str, world: World, browse: Any
) -> None:
    """The form comes back as it was, with a sentence, and nobody is qualified by it."""
    form = {"assessor": world.noor.pk, "state": "active", "rubric": ["a-hard-hour"], **changed}
    if form["assessor"] == "ada":
        form["assessor"] = world.ada.pk
    answer = browse("lena").post(QUALIFY, form)
    assert answer.status_code == 422
    assert told in text_of(answer)
    held = assessors.qualifications(world.noor, world.noor, PROGRAMME)
    assert held == {RUBRIC.key: "qualified"}
    if "state" not in changed:
        assert 'value="active" required checked' in answer.content.decode()


def test_nobody_qualifies_themselves(world: World, browse: Any) -> None:
    """Neither by the page nor by REST, whatever is sent."""
    form = {"assessor": world.lena.pk, "state": "qualified", "rubric": [RUBRIC.key]}
    assert browse("lena").post(QUALIFY, form).status_code == 403
    body = {"rubrics": [RUBRIC.key], "state": "qualified"}
    answer = browse("lena").put(at_rest(world.lena), body, "application/json")
    assert answer.status_code == 403
    assert assessors.qualifications(world.lena, world.lena, PROGRAMME) == {}


@pytest.mark.parametrize("who", ["ada", "ivo", "otto"])
def test_only_a_lead_qualifies(who: str, world: World, browse: Any) -> None:
    """A trainee, an assessor and an auditor neither see nor change it."""
    client = browse(who)
    form = {"assessor": world.noor.pk, "state": "lapsed", "rubric": [RUBRIC.key]}
    body = {"rubrics": [RUBRIC.key], "state": "lapsed"}
    assert client.get(PAGE).status_code == 403
    assert client.post(QUALIFY, form).status_code == 403
    assert client.get(REST).status_code == 403
    assert client.put(at_rest(world.noor), body, "application/json").status_code == 403
    held = assessors.qualifications(world.noor, world.noor, PROGRAMME)
    assert held == {RUBRIC.key: "qualified"}


def test_the_same_by_rest(world: World, browse: Any) -> None:
    """Listed and said; who does not rate here is not found, a wrong body is told."""
    lead = browse("lena")
    body = {"rubrics": ["a-hard-hour"], "state": "training"}
    said = lead.put(at_rest(world.noor), body, "application/json")
    assert said.status_code == 200
    listed = {one["name"]: one for one in lead.get(REST).json()}
    assert listed["Noor Assessor"] == said.json()
    states = {one["rubric"]: one["state"] for one in said.json()["qualifications"]}
    assert states == {RUBRIC.key: "qualified", "a-hard-hour": "training"}
    assert {one["said_by"] for one in said.json()["qualifications"]} == {"Lena Lead"}
    assert lead.put(at_rest(world.ada), body, "application/json").status_code == 404
    wrong = lead.put(at_rest(world.noor), {"rubrics": [], "state": "?"}, "application/json")
    assert wrong.status_code == 422
    assert wrong.json()["problems"]["rubrics"] == "Give at least 1."


def test_the_page_costs_as_much_for_many(
    world: World, browse: Any, django_assert_max_num_queries: Any
) -> None:
    """A fixed number of queries, however much is said."""
    lead = browse("lena")
    lead.get(PAGE)
    for name in ("ivo", "mia", "noor"):
        keys = [f"rubric-{n}" for n in range(40)]
        assessors.qualify_for(world.lena, world.people[name], PROGRAMME, keys)
    with django_assert_max_num_queries(30):
        told = text_of(lead.get(PAGE))
    assert told.count("Qualified: 41 rubrics") == 3
