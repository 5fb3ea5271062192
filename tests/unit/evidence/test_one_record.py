"""The proof of one record, as an auditor downloads it: it holds alone, and no altered one does."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from peer_xblocks.cli import app
from peer_xblocks.evidence import merkle
from peer_xblocks.evidence.errors import KeyFormatError
from peer_xblocks.evidence.one_record import verify_record_proof, write_record_proof
from peer_xblocks.evidence.tlog_proof import write_proof

from . import packs

LOG = packs.sample_log()


def proof_of(index: int, /, **changes: Any) -> bytes:
    """The proof of a record of the log, with some of its parts exchanged."""
    row = LOG.rows[index]
    parts = {
        "index": index,
        "hashes": merkle.inclusion_proof(index, len(LOG.leaves), merkle.nodes_of(LOG.leaves)),
        "checkpoint": LOG.checkpoint(cosigned=True),
        "record": row.data,
        "salt": row.salt,
    }
    return write_record_proof(**{**parts, **changes})


def verified(proof: bytes, *keys: str) -> str:
    """Every problem with a proof, as one text."""
    return "\n".join(map(str, verify_record_proof(proof, keys or [packs.LOG_KEY]).problems))


@pytest.mark.parametrize("index", sorted(LOG.rows))
def test_the_proof_of_a_record_holds_alone(index: int) -> None:
    """Record, salt, path and signature are all that is needed."""
    report = verify_record_proof(proof_of(index), [packs.LOG_KEY, packs.BODY_KEY])
    assert (report.problems, report.exit_code, len(report.signed_by)) == ((), 0, 2)
    assert (report.origin, report.size, report.index) == (packs.ORIGIN, 13, index)
    assert report.record["id"] == LOG.rows[index].value["id"]


def test_without_a_key_nobody_vouched_for_it() -> None:
    """All else holds, and the exit code says so."""
    report = verify_record_proof(proof_of(3))
    assert (report.problems, report.exit_code) == ((), 3)
    assert "the key inside this proof" in report.signature_sentence


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"record": LOG.rows[4].data}, "altered"),
        ({"salt": bytes(32)}, "altered"),
        ({"index": 4}, "altered"),
        ({"index": 13}, "altered"),
        ({"hashes": ()}, "altered"),
        ({"record": b"{}"}, "altered"),
        ({"record": b"no record"}, "not canonical"),
        ({"salt": b"short"}, "does not hold the record"),
        ({"checkpoint": LOG.checkpoint(size=5)}, "altered"),
        ({"checkpoint": b"nothing"}, "not a signed note"),
    ],
)
def test_what_does_not_belong_together_is_told(changes: dict[str, Any], told: str) -> None:
    """Each part of the proof counts."""
    assert told in verified(proof_of(3, **changes))


def test_a_record_that_is_none_of_ours_is_told() -> None:
    """An entry that is in the log says so only of a record that has the form of one."""
    log = packs.sample_log()
    row = log.append("rating", packs.ANA, drop=["actor"])
    path = merkle.inclusion_proof(row.index, len(log.leaves), merkle.nodes_of(log.leaves))
    proof = write_record_proof(row.index, path, log.checkpoint(), row.data, row.salt)
    assert verified(proof).startswith(f'the record of entry {row.index}: member "actor"')


def test_a_key_that_has_not_signed_is_told() -> None:
    """A cosigner who is asked for must be there; a text that is no key is the caller's error."""
    alone = proof_of(3, checkpoint=LOG.checkpoint())
    assert "body.example/log" in verified(alone, packs.BODY_KEY)
    with pytest.raises(KeyFormatError):
        verify_record_proof(alone, ["no key"])


def test_a_bare_proof_proves_no_record() -> None:
    """A proof of another tool has no record in it, so there is nothing to show."""
    path = merkle.inclusion_proof(3, len(LOG.leaves), merkle.nodes_of(LOG.leaves))
    bare = write_proof(3, path, LOG.checkpoint())
    assert verified(bare) == "it does not hold the record that it is the proof of"


@given(st.integers(0, len(proof_of(6)) - 1), st.integers(1, 255))
def test_a_proof_with_any_byte_altered_does_not_hold(position: int, change: int) -> None:
    """Of record, salt, index, path and checkpoint nothing can be exchanged unseen."""
    altered = packs.flipped(proof_of(6), position, change)
    keys = [packs.LOG_KEY, packs.BODY_KEY]
    assert verify_record_proof(altered, keys).exit_code == 1


@pytest.fixture
def command(tmp_path: Path) -> Any:
    """Verifies a proof by the command, with more words after it."""

    def verify(proof: bytes, *words: str) -> Result:
        file = tmp_path / "7.tlog-proof"
        file.write_bytes(proof)
        return CliRunner().invoke(app, ["verify", str(file), *words])

    return verify


def test_the_command_takes_a_proof(command: Any) -> None:
    """It says which record is proved, of which log, and by whom."""
    done = command(proof_of(3), "--key", packs.LOG_KEY)
    record = LOG.rows[3].value
    assert done.exit_code == 0
    assert f"log: {packs.ORIGIN}\n" in done.stdout
    assert f"entry: 3, rating {record['id']}\n" in done.stdout
    assert f"about: {packs.ANA}, at {record['at']}\n" in done.stdout
    assert done.stdout.endswith("What is in this proof holds.\n")


def test_the_command_names_what_is_wrong_with_a_proof(command: Any) -> None:
    """An altered proof is told with its entry, exit 1; a wrong key or --since with it, exit 2."""
    done = command(proof_of(3, salt=bytes(32)), "--key", packs.LOG_KEY)
    assert done.exit_code == 1
    assert "problem: entry 3: record, salt or proof was altered" in done.stdout
    assert done.stdout.endswith("This does not hold: 1 problem.\n")
    assert command(proof_of(3)).exit_code == 3
    assert command(proof_of(3), "--key", "no key").exit_code == 2
    assert command(proof_of(3), "--since", __file__).exit_code == 2
    assert command(b"c2sp.org/tlog-proof@v1\n").exit_code == 1
