"""The command for auditors: verify a pack of evidence, or the proof of one record."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from peer_xblocks.cli.application import app
from peer_xblocks.cli.saying import USAGE, count, progress, stop

if TYPE_CHECKING:
    from peer_xblocks.evidence.report import Checked

PackArgument = Annotated[
    Path,
    typer.Argument(
        help="The pack: a zip or its unpacked folder, for example pack.zip. Or the proof of one "
        "record, for example 7.tlog-proof."
    ),
]
KeyOption = Annotated[
    list[str] | None,
    typer.Option(
        help="A verifier key that you were given by someone you trust, of the log or of a "
        "cosigner, as name+hex+base64. May stand several times; each must have signed.",
        show_default=False,
    ),
]
SinceOption = Annotated[
    Path | None,
    typer.Option(
        help="An earlier checkpoint of the same log that you kept, for example old.txt: shows "
        "that nothing from before it was changed or removed.",
        show_default=False,
    ),
]


@app.command(
    epilog="Example:  peer-xblocks verify pack.zip --key 'example.org/log+3f9a…' --since old.txt"
)
def verify(pack: PackArgument, key: KeyOption = None, since: SinceOption = None) -> None:
    """Verify a pack of evidence, or the proof of one record, offline.

    Trusts nobody but the keys you give. Exits with 0 when everything holds, 1 when something is
    missing, altered or badly signed, 2 when the command cannot be carried out, and 3 when all holds
    but no key was given to compare with.
    """
    from peer_xblocks.evidence.errors import KeyFormatError

    _readable(pack)
    earlier = _bytes_of(since) if since else None
    proof = _proof_in(pack)
    if proof is not None and earlier is not None:
        stop(
            "The proof of one record cannot tell what came before it: --since needs a pack.", USAGE
        )
    try:
        if proof is not None:
            _end(_proof_told(proof, key or []))
        _end(_pack_told(pack, key or [], earlier))
    except KeyFormatError as error:
        stop(str(error), USAGE)


def _pack_told(pack: Path, keys: list[str], since: bytes | None) -> "Checked":
    """Verify a pack and say what was checked."""
    from peer_xblocks.evidence.verify import verify_pack

    with progress("Checking every record …"):
        report = verify_pack(pack, keys, since)
    _tell_signed(report)
    if report.since is not None:
        typer.echo(f"since: continues the earlier checkpoint of {report.since} entries")
    if report.origin is not None:
        named = max(report.people, len(report.subjects))
        typer.echo(f"people: {len(report.subjects)} of the {named} whom the last roster names")
        typer.echo(f"records: {report.summary}")
        absent = f"{report.documents_absent} named but not in this pack"
        typer.echo(f"documents: {report.documents_present} present, {absent}")
    return report


def _proof_told(proof: bytes, keys: list[str]) -> "Checked":
    """Verify the proof of one record and say what that record is."""
    from peer_xblocks.evidence.one_record import verify_record_proof

    report = verify_record_proof(proof, keys)
    _tell_signed(report)
    if report.record is not None:
        said = {"kind": "a record", **report.record}
        typer.echo(f"entry: {report.index}, {said['kind']} {said.get('id', 'without an id')}")
        typer.echo(f"about: {said.get('subject', 'nobody')}, at {said.get('at', 'no time')}")
    return report


def _tell_signed(report: "Checked") -> None:
    """Say of which log the checkpoint is, and who signed it."""
    if report.origin is not None:
        typer.echo(f"log: {report.origin}")
    if report.root is not None:
        typer.echo(f"checkpoint: {report.size} entries, root {report.root.hex()}")
        typer.echo(f"signature: {report.signature_sentence}")


def _end(report: "Checked") -> NoReturn:
    """Say every problem and what it comes to, and end with the exit code."""
    for problem in report.problems:
        place = f"entry {problem.index}: " if problem.index is not None else ""
        typer.echo(f"problem: {place}{problem}")
    what = report.what
    if report.problems:
        typer.echo(f"This does not hold: {count(len(report.problems), 'problem')}.")
    elif report.key_given:
        typer.echo(f"What is in this {what} holds.")
    else:
        typer.echo(
            f"Everything in this {what} agrees with itself. Give --key to know who signed it."
        )
    raise typer.Exit(report.exit_code)


def _proof_in(path: Path) -> bytes | None:
    """The bytes of a file that is the proof of one record, None for anything else."""
    from peer_xblocks.evidence.one_record import PROOF_BYTES_MAX, is_proof

    if not path.is_file():
        return None
    with path.open("rb") as file:
        if not is_proof(file.read(64)):
            return None
        file.seek(0)
        return file.read(PROOF_BYTES_MAX)


def _readable(path: Path) -> None:
    if not path.exists():
        stop(f'There is no "{path}".', USAGE)
    if not os.access(path, os.R_OK):
        stop(f'"{path}" may not be read by you.', USAGE)


def _bytes_of(path: Path) -> bytes:
    _readable(path)
    try:
        return path.read_bytes()
    except OSError as error:
        stop(f'"{path}" cannot be read: {error.strerror}.', USAGE)
