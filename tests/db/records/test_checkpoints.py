"""Checkpoints: a roster, a signature, and public files that lead to the signed root."""

import io
import json
import threading
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from peer_xblocks.core.errors import NotFoundError
from peer_xblocks.evidence import tiles
from peer_xblocks.evidence.checkpoint import open_checkpoint
from peer_xblocks.evidence.merkle import leaf_hash, root, verify_consistency
from peer_xblocks.evidence.tiles import Tile
from peer_xblocks.records.api import checkpoints
from peer_xblocks.records.models import Checkpoint, Entry, Log, Record
from peer_xblocks.records.signing import KeyFileError
from tests.db.records.conftest import appended, hours


def read(programme: str):
    """Reads tiles as a stranger does: through the public files."""
    return lambda tile: checkpoints.file(programme, tile.path)


def leaves() -> list[bytes]:
    """The leaf hashes of the whole log."""
    return [bytes(leaf) for leaf in Entry.objects.order_by("index").values_list("leaf", flat=True)]


def test_a_checkpoint_is_signed_over_all_entries(programme, subject):
    """Size and root are those of the log with its roster, and the key vouches for them."""
    appended(programme, hours(subject), hours(subject))
    made = checkpoints.publish(programme)
    statement = open_checkpoint(made.note.encode(), [made.vkey])
    assert (statement.origin, statement.size) == ("log.example/peer-xblocks/pss-2026", 3)
    assert statement.root == made.root == root(leaves())


def test_the_last_entry_below_a_checkpoint_is_a_roster(programme, subject):
    """The roster names where each chain ends."""
    _first, last = appended(programme, hours(subject), hours(subject))
    made = checkpoints.publish(programme)
    record = Record.objects.get(index=made.size - 1)
    body = json.loads(bytes(record.canonical))["body"]
    assert record.kind == "roster"
    assert body == {"size": 2, "subjects": {subject: {"commitment": last.commitment, "last": 2}}}


def test_without_anything_new_the_log_does_not_grow(programme, subject):
    """A second call gives the same checkpoint; an empty log gets one too."""
    first = checkpoints.publish(programme)
    assert (first.size, checkpoints.publish(programme)) == (1, first)
    appended(programme, hours(subject))
    assert checkpoints.publish(programme).size == 3
    assert checkpoints.latest(programme).size == 3


def test_the_public_files_lead_to_each_signed_root(programme, subject):
    """The tiles and bundles of a log that grows give leaves, roots and consistency."""
    made = []
    for number in (3, 251, 1, 300, 255):
        appended(programme, *(hours(subject) for _ in range(number)))
        made.append(checkpoints.publish(programme))
    assert checkpoints.file(programme, "checkpoint").decode() == made[-1].note
    for one in made:
        assert tiles.root_from_tiles(one.size, read(programme)) == one.root
    for old, new in pairwise(made):
        proof = tiles.consistency_from_tiles(old.size, new.size, read(programme))
        verify_consistency(old.size, new.size, old.root, new.root, proof)
    entries: list[bytes] = []
    for tile in tiles.tiles_of(made[-1].size):
        if tile.level == 0:
            path = tile.entries_path
            entries += tiles.parse_bundle(checkpoints.file(programme, path))
    assert [leaf_hash(entry) for entry in entries] == leaves()


def test_files_that_were_lost_are_made_again(programme, subject, log_files):
    """A new checkpoint believes no tile that does not lead to the root that was signed."""
    appended(programme, *(hours(subject) for _ in range(300)))
    checkpoints.publish(programme)
    folder = log_files / "peer-xblocks" / programme
    (folder / "tile/0/001.p/45").write_bytes(b"\0" * 32 * 45)
    (folder / "tile/0/000").unlink()
    appended(programme, hours(subject))
    made = checkpoints.publish(programme)
    assert tiles.root_from_tiles(made.size, read(programme)) == made.root == root(leaves())
    assert checkpoints.file(programme, "tile/0/000") == b"".join(leaves()[:256])


def test_a_checkpoint_that_was_signed_and_not_shown_is_shown_next_time(
    programme, subject, log_files
):
    """A process killed between commit and files loses nothing."""
    appended(programme, hours(subject))
    first = checkpoints.publish(programme)
    appended(programme, hours(subject))
    second = checkpoints.publish(programme)
    folder = log_files / "peer-xblocks" / programme
    Checkpoint.objects.filter(size=second.size).update(published_at=None)
    (folder / "checkpoint").write_text(first.note)
    (folder / Tile(0, 0, second.size).path).write_bytes(b"cut short")
    assert checkpoints.latest(programme) == first
    assert checkpoints.publish(programme) == second
    assert checkpoints.file(programme, "checkpoint").decode() == second.note
    assert tiles.root_from_tiles(second.size, read(programme)) == second.root


@pytest.mark.parametrize(
    "path", ["", "checkpoints", "../../log.pem", "tile/0/000/../../x", "tile/0/001", "tile/x/000"]
)
def test_only_files_of_the_log_are_given(programme, path):
    """Any other path, and a tile that is not there, finds nothing."""
    checkpoints.publish(programme)
    for name in (programme, "nowhere"):
        with pytest.raises(NotFoundError):
            checkpoints.file(name, path)


def test_without_a_key_nothing_is_appended(programme, subject, settings):
    """A log that cannot be signed does not grow by trying."""
    settings.PEER_XBLOCKS_KEYS = {}
    appended(programme, hours(subject))
    with pytest.raises(KeyFileError):
        checkpoints.publish(programme)
    assert Entry.objects.count() == 1


def test_the_command_publishes_and_tells_the_key(programme, subject):
    """`peer_checkpoint` says what it signed, and one sentence when it cannot."""
    appended(programme, hours(subject))
    out = io.StringIO()
    call_command("peer_checkpoint", programme, stdout=out)
    made = checkpoints.latest(programme)
    assert f"{made.origin}: 2 entries" in out.getvalue()
    assert made.vkey in out.getvalue()
    with pytest.raises(CommandError, match="nowhere"):
        call_command("peer_checkpoint", "nowhere")


@pytest.mark.django_db(transaction=True)
def test_checkpoints_made_while_others_append_all_hold(programme, subject):
    """With two publishers and two writers at once, every checkpoint fits the log."""
    failed: list[BaseException] = []

    def work(act) -> None:
        try:
            for _ in range(8):
                act()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    acts = [lambda: checkpoints.publish(programme)] * 2
    acts += [lambda: appended(programme, hours(subject))] * 2
    threads = [threading.Thread(target=work, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    final = checkpoints.publish(programme)
    assert final.size == Log.objects.get().size
    assert checkpoints.file(programme, "checkpoint").decode() == final.note
    hashes = leaves()
    for made in Checkpoint.objects.all():
        assert bytes(made.root) == root(hashes[: made.size])
        assert Record.objects.get(index=made.size - 1).kind == "roster"
        assert made.published_at is not None
