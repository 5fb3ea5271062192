"""Next, pressed twice where one seat waits: by page and by REST, both presses open it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from world import PROGRAMME, World

from peer_xblocks.assessment import handing
from tests.twice import pressed_twice


def by_page(client: Any) -> str:
    """Where the button on the queue leads."""
    return client.post(reverse("peer_xblocks:next-seat"), {"programme": PROGRAMME}).url


def by_rest(client: Any) -> str:
    """Where the seat that REST answers is rated."""
    asked = {"programme": PROGRAMME}
    seat = client.post(reverse("peer_xblocks:v1:next-seat"), asked, "application/json")
    assert seat.status_code == 200
    return reverse("peer_xblocks:desk", args=[seat.json()["id"]])


@pytest.mark.parametrize("press", [by_page, by_rest])
def test_a_second_press_in_the_middle_of_the_first_opens_the_same_seat(
    world: World, browse: Any, press: Callable[[Any], str]
) -> None:
    """Nobody who got the last seat is told that nothing waits."""
    world.hand_in()
    world.seat("ivo")
    client = browse("mia")
    moments = 0
    for pressed in pressed_twice(lambda: press(client)):
        held = handing.held(world.mia, PROGRAMME)
        assert pressed == (reverse("peer_xblocks:desk", args=[held.uuid]),) * 2
        assert handing.give_up(held)
        moments += 1
    assert moments > 8
