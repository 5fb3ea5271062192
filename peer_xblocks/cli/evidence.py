"""The command for auditors: verify a pack of evidence."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from peer_xblocks.cli.application import app
from peer_xblocks.cli.saying import USAGE, count, progress, stop

if TYPE_CHECKING:
    from peer_xblocks.evidence.report import Report

PackArgument = Annotated[
    Path,
    typer.Argument(help="The pack: a zip or its unpacked folder, for example pack.zip."),
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
    """Verify a pack of evidence, offline, trusting nobody but the keys you give.

    Exits with 0 when everything holds, 1 when something is missing, altered or badly signed, 2 when
    the command cannot be carried out, and 3 when all holds but no key was given to compare with.
    """
    from peer_xblocks.evidence.errors import KeyFormatError
    from peer_xblocks.evidence.verify import verify_pack

    _readable(pack)
    earlier = _bytes_of(since) if since else None
    try:
        with progress("Checking every record …"):
            report = verify_pack(pack, keys=key or [], since=earlier)
    except KeyFormatError as error:
        stop(str(error), USAGE)
    _tell(report)
    raise typer.Exit(report.exit_code)


def _tell(report: "Report") -> None:
    """Say what was checked, line by line, then every problem."""
    if report.origin is not None:
        typer.echo(f"log: {report.origin}")
    if report.root is not None:
        typer.echo(f"checkpoint: {report.size} entries, root {report.root.hex()}")
        typer.echo(f"signature: {report.signature_sentence}")
    if report.since is not None:
        typer.echo(f"since: continues the earlier checkpoint of {report.since} entries")
    if report.origin is not None:
        named = max(report.people, len(report.subjects))
        typer.echo(f"people: {len(report.subjects)} of the {named} whom the last roster names")
        typer.echo(f"records: {report.summary}")
        absent = f"{report.documents_absent} named but not in this pack"
        typer.echo(f"documents: {report.documents_present} present, {absent}")
    for problem in report.problems:
        place = f"entry {problem.index}: " if problem.index is not None else ""
        typer.echo(f"problem: {place}{problem}")
    if report.problems:
        typer.echo(f"This does not hold: {count(len(report.problems), 'problem')}.")
    elif report.key_given:
        typer.echo("What is in this pack holds.")
    else:
        typer.echo("Everything in this pack agrees with itself. Give --key to know who signed it.")


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
