"""Headers of every page, and what a page may load."""

import re
from typing import Any

import pytest
from django.urls import reverse
from world import PROGRAMME, World

PAGES = [("ivo", "queue"), ("lena", "lead"), ("ada", "own-record"), ("otto", "audit")]


@pytest.mark.parametrize(("who", "name"), PAGES)
def test_a_page_is_private_and_loads_only_our_own(
    who: str, name: str, world: World, browse: Any
) -> None:
    """No cache keeps a page, no site frames it, and nothing inline runs or styles."""
    world.released()
    args = [PROGRAMME] if name in ("own-record", "audit") else []
    answer = browse(who).get(reverse(f"peer_xblocks:{name}", args=args))
    page = answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script>|https?://(?!example)", page)


def test_a_redirect_to_sign_in_says_where_to_come_back(world: World, browse: Any) -> None:
    """Who is not signed in comes back to the page they wanted."""
    answer = browse().get(reverse("peer_xblocks:queue"))
    assert answer.url.endswith("?next=/peer_xblocks/assess/")


def test_the_page_s_own_module_is_told_that_the_session_ended(world: World, browse: Any) -> None:
    """A save without a session is refused in JSON, so that the page keeps what was written."""
    world.hand_in()
    address = reverse("peer_xblocks:desk", args=[world.seat("ivo").id])
    answer = browse().post(address, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (403, "signed_out")
