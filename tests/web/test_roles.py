"""Each page and each address of the API, for each role: what is open and what is not."""

from typing import Any

import pytest
from django.urls import reverse
from world import PROGRAMME, World

OPEN, SHUT, SIGN_IN, NOT_THERE, NOT_NOW = 200, 403, 302, 404, 409
ROLES = ("ada", "ivo", "lena", "otto", "")

PAGES = {
    # page: trainee, assessor, lead, auditor, nobody signed in
    "queue": (SHUT, OPEN, OPEN, SHUT, SIGN_IN),
    "lead": (SHUT, SHUT, OPEN, SHUT, SIGN_IN),
    "own-record": (OPEN, SHUT, SHUT, SHUT, SIGN_IN),
    "audit": (SHUT, SHUT, SHUT, OPEN, SIGN_IN),
    "audit-pack": (SHUT, SHUT, SHUT, OPEN, SIGN_IN),
}
API = {
    "submissions": (OPEN, OPEN, OPEN, OPEN, SHUT),
    "seats": (SHUT, OPEN, OPEN, SHUT, SHUT),
    "ratings": (SHUT, OPEN, OPEN, SHUT, SHUT),
    "cases": (SHUT, SHUT, OPEN, SHUT, SHUT),
    "own-record": (OPEN, SHUT, SHUT, SHUT, SHUT),
    "readers": (OPEN, SHUT, SHUT, SHUT, SHUT),
    "standings": (OPEN, SHUT, SHUT, SHUT, SHUT),
    "records": (SHUT, SHUT, SHUT, OPEN, SHUT),
    "pack": (SHUT, SHUT, SHUT, OPEN, SHUT),
}
OF_PROGRAMME = {"own-record", "audit", "audit-pack", "readers", "standings", "records", "pack"}


def statuses(browse: Any, address: str) -> tuple[int, ...]:
    """What each role is answered under an address."""
    found = []
    for name in ROLES:
        response = browse(name).get(address, {"programme": PROGRAMME})
        found.append(response.status_code)
        response.close()
    return tuple(found)


def address_of(name: str) -> str:
    """The address of a page or an endpoint, with the programme where it belongs into the path."""
    return reverse(
        f"peer_xblocks:{name}",
        args=[PROGRAMME] if name.rpartition(":")[2] in OF_PROGRAMME else [],
    )


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_open_to_its_role_alone(name: str, world: World, browse: Any) -> None:
    """A page answers its own role and refuses every other."""
    world.released()
    assert statuses(browse, address_of(name)) == PAGES[name]


@pytest.mark.parametrize("name", API)
def test_an_endpoint_is_open_to_its_role_alone(name: str, world: World, browse: Any) -> None:
    """An endpoint answers its own role and refuses every other."""
    world.released()
    assert statuses(browse, address_of(f"v1:{name}")) == API[name]


def test_a_refusal_is_a_kind_page_without_a_traceback(world: World, browse: Any) -> None:
    """Who may not do something is told so in a sentence."""
    page = browse("ada").get(reverse("peer_xblocks:lead"))
    assert "Your role here does not allow this." in page.content.decode()
    assert "Traceback" not in page.content.decode()


def test_only_a_lead_settles_and_releases(world: World, browse: Any) -> None:
    """Neither the trainee, nor a rater, nor an auditor may post a lead's forms."""
    submission = world.rated(disputed=True)
    for act in ("settle", "release"):
        address = reverse(f"peer_xblocks:{act}", args=[submission.id])
        posted = {"choice-hears": "0", "reason": "x", "goal": "y", "then": "release"}
        for name in ("ada", "ivo", "noor", "otto"):
            assert browse(name).post(address, posted).status_code == NOT_THERE
            rest = reverse(f"peer_xblocks:v1:{act}", args=[submission.id])
            answer = browse(name).post(
                rest, {"reason": "x"}, "application/json", headers={"Idempotency-Key": "k"}
            )
            assert answer.status_code in (NOT_THERE, 422)


def test_a_lead_who_rated_signs_nothing_about_it(world: World, browse: Any) -> None:
    """A lead may rate, and then another lead has to settle and release."""
    submission = world.hand_in()
    world.rate("lena")
    world.rate("ivo")
    page = browse("lena").get(reverse("peer_xblocks:case", args=[submission.id]))
    assert "another lead signs and releases it" in page.content.decode()
    goal = {"goal": "Try again", "then": "release"}
    address = reverse("peer_xblocks:release", args=[submission.id])
    assert browse("lena").post(address, goal).status_code == SHUT


def test_an_auditor_takes_no_seat(world: World, browse: Any) -> None:
    """Auditing excludes rating, by page and by API."""
    world.hand_in()
    page = browse("otto").post(reverse("peer_xblocks:next-seat"), {"programme": PROGRAMME})
    assert page.status_code == SHUT
    address = reverse("peer_xblocks:v1:next-seat")
    answer = browse("otto").post(address, {"programme": PROGRAMME}, "application/json")
    assert (answer.status_code, answer.json()["code"]) == (SHUT, "forbidden")


def test_a_trainee_reads_no_result_before_its_release(world: World, browse: Any) -> None:
    """A settled result waits for its release, by page and by API."""
    submission = world.rated()
    for name in ("result", "v1:result"):
        answer = browse("ada").get(reverse(f"peer_xblocks:{name}", args=[submission.id]))
        assert answer.status_code == NOT_NOW


def test_the_frame_says_who_is_signed_in_and_where_they_may_go(world: World, browse: Any) -> None:
    """The header names the person and the role, and offers the pages of that role alone."""
    page = browse("lena").get(reverse("peer_xblocks:queue")).content.decode()
    assert "Lena Lead" in page
    assert reverse("peer_xblocks:lead") in page
    assert reverse("peer_xblocks:audit", args=[PROGRAMME]) not in page
    assert "Only a certifying body certifies" in page
