"""The public files of the log."""

from typing import Any

import pytest
from django.urls import reverse
from world import PROGRAMME, World

from peer_xblocks.records.api import checkpoints


def file(client: Any, path: str, programme: str = PROGRAMME) -> Any:
    """One file of the log."""
    return client.get(reverse("peer_xblocks:log", args=[programme, path]))


def test_anyone_reads_the_checkpoint_as_it_was_signed(world: World, browse: Any) -> None:
    """The checkpoint is public, of any origin, and asked for anew each time."""
    world.released()
    answer = file(browse(), "checkpoint")
    assert answer.content.decode() == checkpoints.latest(PROGRAMME).note
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_tiles_never_change(world: World, browse: Any) -> None:
    """A tile holds 32 bytes for each entry and may be kept for good."""
    world.released()
    answer = file(browse(), "tile/0/000.p/7")
    assert len(answer.content) == 7 * 32
    assert "immutable" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["tile/0/001", "../log-key", "tile/../../log-key", "tile/0/000.p/0", "x", "%00"]
)
def test_no_other_path_is_answered(path: str, world: World, browse: Any) -> None:
    """A path that is no file of the log is not found, whatever it points to."""
    world.released()
    assert file(browse(), path).status_code == 404


def test_a_log_of_no_programme(world: World, browse: Any) -> None:
    """An unknown programme has no log."""
    assert file(browse(), "checkpoint", "nothing").status_code == 404
