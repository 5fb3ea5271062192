"""The public files of the log, and how the API describes them."""

import json
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


def api(name: str, *args: Any) -> str:
    """The address of an endpoint of REST."""
    return reverse(f"peer_xblocks:v1:{name}", args=args)


def test_the_description_names_the_files_of_the_log(world: World, browse: Any) -> None:
    """Checkpoint and tiles: their paths, that nobody signs in, and the media types they come in."""
    world.released()
    answer = browse("ivo").get(
        api("schema"), headers={"Accept": "application/vnd.oai.openapi+json"}
    )
    paths = json.loads(answer.content)["paths"]
    found = {path: one["get"] for path, one in paths.items() if "/log/" in path}
    checkpoint, tile = sorted(found)
    assert checkpoint.endswith("programmes/{programme}/log/checkpoint")
    assert tile.endswith("programmes/{programme}/log/tile/{level}/{tile}")
    files = {
        checkpoint: [api("checkpoint", PROGRAMME)],
        tile: [api("tile", PROGRAMME, of, "000.p/7") for of in ("0", "entries")],
    }
    for path, addresses in files.items():
        assert found[path]["security"] == [{}]
        (media_type,) = found[path]["responses"]["200"]["content"]
        for address in addresses:
            served = browse().get(address, headers={"Accept": media_type})
            assert (served.status_code, served["Content-Type"].split(";")[0]) == (200, media_type)
            assert served["Access-Control-Allow-Origin"] == "*"
            path_of_page = address.split("/log/")[1]
            page = reverse("peer_xblocks:log", args=[PROGRAMME, path_of_page])
            assert served.content == browse().get(page).content


@pytest.mark.parametrize("tile", ["001", "000.p/0", "../../../log-key", "%00", "x"])
def test_no_other_tile_is_answered(tile: str, world: World, browse: Any) -> None:
    """What is no file of the log is not found, and says so as every refusal does."""
    world.released()
    answer = browse().get(api("tile", PROGRAMME, "0", "000.p/7").replace("000.p/7", tile))
    assert answer.status_code == 404
    assert browse().get(api("checkpoint", "nothing")).json()["code"] == "not_found"
