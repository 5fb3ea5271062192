"""What auditors see: search, one record with its proof, packs."""

import base64
import hashlib
import hmac
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from typer.testing import CliRunner
from world import PROGRAMME, World

from peer_xblocks.cli import app
from peer_xblocks.records.api import checkpoints, people

SEARCH = "peer_xblocks:audit"


def found(client: Any, **asked: Any) -> Any:
    """The answer of the API to a search."""
    return client.get(reverse("peer_xblocks:v1:records", args=[PROGRAMME]), asked).json()


def test_what_is_withheld_is_counted_and_not_shown(world: World, browse: Any) -> None:
    """Without consent an auditor sees that there is something, and nothing of it."""
    world.released("ada")
    world.hand_in("ben", consent=False)
    page = browse("otto").get(reverse(SEARCH, args=[PROGRAMME])).content.decode()
    assert "1 more is withheld" in page
    assert "Ada Trainee" in page
    assert "Ben" not in page


@pytest.mark.parametrize(
    ("asked", "total"),
    [
        ({}, 7),
        ({"kind": "rating"}, 2),
        ({"scenario": "nothing"}, 6),
        ({"scenario": "Nothing I am"}, 6),
        ({"scenario": "another"}, 0),
        ({"since": "2000-01-01", "until": "2000-02-01"}, 0),
        ({"since": "2000-01-01"}, 7),
    ],
)
def test_search_filters(asked: dict, total: int, world: World, browse: Any) -> None:
    """Kind, scenario and days narrow what is found."""
    world.released()
    assert found(browse("otto"), **asked)["total"] == total


def test_search_by_person(world: World, browse: Any) -> None:
    """A pairwise id finds the records of one person."""
    world.released("ada")
    world.hand_in("ben")
    urn = people.urn(world.ben, PROGRAMME)
    rows = found(browse("otto"), subject=urn)["rows"]
    assert {row["subject_name"] for row in rows} == {"Ben Trainee"}


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "nonsense"},
        {"since": "yesterday"},
        {"until": "9999-12-31"},
        {"page": "-3"},
        {"page": "9" * 30},
        {"subject": "\x00", "scenario": "%"},
    ],
)
def test_garbage_in_a_search_is_never_a_500(asked: dict, world: World, browse: Any) -> None:
    """A wrong filter is told, or finds nothing."""
    world.released()
    for address in (SEARCH, "peer_xblocks:v1:records", "peer_xblocks:audit-pack"):
        answer = browse("otto").get(reverse(address, args=[PROGRAMME]), asked)
        assert answer.status_code in (200, 404, 422)
        answer.close()


def test_a_record_opens_with_all_that_proves_it(world: World, browse: Any) -> None:
    """The page tells the rating in words, and its commitment is that of the bytes shown."""
    world.released()
    row = found(browse("otto"), kind="rating")["rows"][0]
    address = reverse("peer_xblocks:audit-record", args=[PROGRAMME, row["id"]])
    page = browse("otto").get(address).content.decode()
    opened = (
        browse("otto").get(reverse("peer_xblocks:v1:record", args=[PROGRAMME, row["id"]])).json()
    )
    salt = base64.urlsafe_b64decode(opened["salt"] + "=")
    digest = hmac.new(salt, opened["canonical"].encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64encode(digest).decode().rstrip("=") in page
    assert "Hears what hurts before anything else" in page
    assert "What this proves" in page


def test_the_proof_is_a_file(world: World, browse: Any, tmp_path: Path) -> None:
    """The inclusion proof comes as a `.tlog-proof` in the C2SP form, which the command verifies
    with the key of the log, on its own.
    """
    world.released()
    row = found(browse("otto"), kind="submission")["rows"][0]
    answer = browse("otto").get(reverse("peer_xblocks:audit-proof", args=[PROGRAMME, row["id"]]))
    assert answer["Content-Disposition"] == 'attachment; filename="0.tlog-proof"'
    assert answer.content.startswith(b"c2sp.org/tlog-proof@v1\n")
    file = tmp_path / "0.tlog-proof"
    file.write_bytes(answer.content)
    done = CliRunner().invoke(
        app, ["verify", str(file), "--key", str(checkpoints.latest(PROGRAMME).vkey)]
    )
    assert (done.exit_code, row["id"] in done.stdout) == (0, True)


def test_a_withheld_record_is_refused(world: World, browse: Any) -> None:
    """A record that its subject withholds is said to be withheld, by page and by API."""
    submission = world.hand_in(consent=False)
    for name in ("audit-record", "v1:record", "audit-proof"):
        address = reverse(f"peer_xblocks:{name}", args=[PROGRAMME, submission.record_id])
        assert browse("otto").get(address).status_code == 403


def test_an_unknown_record_is_not_found(world: World, browse: Any) -> None:
    """An id of nothing, or no id at all, is not found."""
    for unknown in ("urn:uuid:00000000-0000-4000-8000-000000000000", "x", "%00"):
        for name in ("audit-record", "v1:record"):
            address = reverse(f"peer_xblocks:{name}", args=[PROGRAMME, unknown])
            assert browse("otto").get(address).status_code == 404


def test_a_pack_is_a_zip_with_the_signed_checkpoint(world: World, browse: Any) -> None:
    """The page offers the pack with the command and the key that verify it."""
    world.released()
    page = browse("otto").get(reverse(SEARCH, args=[PROGRAMME])).content.decode()
    checkpoint = checkpoints.latest(PROGRAMME)
    assert f"peer-xblocks verify {PROGRAMME}-pack.zip --key" in page
    assert checkpoint.vkey in page
    answer = browse("otto").get(reverse("peer_xblocks:audit-pack", args=[PROGRAMME]))
    pack = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert pack.read("checkpoint").decode() == checkpoint.note


def test_before_the_first_checkpoint_there_is_no_pack(world: World, browse: Any) -> None:
    """The page says why there is nothing to take along, and the address answers a conflict."""
    world.hand_in()
    page = browse("otto").get(reverse(SEARCH, args=[PROGRAMME])).content.decode()
    assert "There is no checkpoint yet" in page
    address = reverse("peer_xblocks:v1:pack", args=[PROGRAMME])
    assert browse("otto").get(address).status_code == 409
