"""The page that says what went wrong: in people's words, whoever reads it."""

import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation
from world import World

from peer_xblocks.core.errors import InvalidError
from peer_xblocks.web import errors, words


@pytest.mark.parametrize(
    ("place", "label"),
    [("what_was_done", "What was done"), ("hold_reason", "Reason"), ("c-hears-x", "")],
)
def test_a_field_is_called_as_people_call_it(place: str, label: str) -> None:
    """A name that only the form knows is never shown."""
    answer = errors.answer(RequestFactory().post("/"), InvalidError({place: "Too long."}))
    page = answer.content.decode()
    assert place not in page
    (item,) = re.findall(r"<li>(.*Too long\.)</li>", page)
    assert item == (f"<strong>{label}</strong>: Too long." if label else "Too long.")


def test_a_page_without_a_place_for_it_names_the_field(world: World, browse: Any) -> None:
    """As it comes through a real refusal: no raw name, and a sentence."""
    answer = browse("lena").post(reverse("peer_xblocks:mail-notices"), {"how": "by pigeon"})
    assert answer.status_code == 422
    assert "<strong>Mail</strong>: Choose how you want mail." in answer.content.decode()


def test_the_player_writes_its_numbers_in_the_language_of_the_page() -> None:
    """The value stays what a browser takes."""
    with translation.override("de"):
        assert words.player_speeds()[0] == ("0.5", "0,5×")
    player = render_to_string(
        "peer_xblocks/_player.html",
        {"recording": {"media_type": "audio/webm"}, "recording_url": "/r", "pins_here": True},
    )
    assert '<option value="1" selected>1×</option>' in player
    assert "<bdi data-pin-time>" in player
