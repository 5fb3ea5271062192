"""The command `peer-xblocks`: for authors, operators and auditors. It carries; the rooms decide.

Everything heavy is imported inside the command that needs it, so that help comes at once. What a
person sees is a sentence, never a traceback.
"""

# ruff: noqa: PLC0415 - imports inside commands are the point here

import importlib
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from peer_xblocks.evidence.report import Report

FAULTY = 1
USAGE = 2
INTERRUPTED = 130
SHOW_TRACEBACK = "PEER_XBLOCKS_TRACEBACK"


class _App(typer.Typer):
    """The application; what nobody foresaw is said in a sentence, too."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().__call__(*args, **kwargs)
        except BrokenPipeError:  # whoever read our output has read enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(FAULTY)
        except KeyboardInterrupt:
            sys.exit(INTERRUPTED)
        except Exception as error:
            if os.environ.get(SHOW_TRACEBACK):
                raise
            _say(f"Something went wrong that we did not foresee ({type(error).__name__}: {error}).")
            _say(f"Set {SHOW_TRACEBACK}=1 and try again to see where, and please report it.")
            sys.exit(FAULTY)


app = _App(
    name="peer-xblocks",
    help="Train peer support specialists, and verify the record of how they were assessed.",
    epilog="Start with:  peer-xblocks run",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)

CurriculumOption = Annotated[
    Path | None,
    typer.Option(
        help="Folder of the course as people write it, for example ./curriculum. "
        "Without it, the course that came with peer-xblocks.",
        show_default=False,
    ),
]
RubricsOption = Annotated[
    Path | None,
    typer.Option(
        help="Folder of the rubrics, for example ./rubrics. "
        "Without it, those that came with peer-xblocks.",
        show_default=False,
    ),
]


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"peer-xblocks {version('peer-xblocks')}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_version,
            is_eager=True,
            help="Show the version, as in: peer-xblocks --version",
        ),
    ] = False,
) -> None:
    """Train peer support specialists, and verify the record of how they were assessed."""


@app.command(epilog="Example:  peer-xblocks check --curriculum ./curriculum --rubrics ./rubrics")
def check(
    curriculum: CurriculumOption = None,
    rubrics: RubricsOption = None,
    today: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="The day that dated facts are compared with, for example 2027-01-31. "
            "Without it, today.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Look for faults in a course and its rubrics, all at once.

    Says nothing and exits with 0 when all is well. Otherwise each problem has a line of its own:
    file:line, a code, what is wrong and how to mend it; the exit code is 1. What is only worth
    another look, such as a fact that was looked up over a year ago, is said as a warning and does
    not count.
    """
    from peer_xblocks import course

    folders = _folders(curriculum, rubrics)
    found = course.check(*folders, (today or datetime.now()).date())
    for problem in found.problems:
        typer.echo(str(problem))
    for warning in found.warnings:
        _say(f"warning: {warning}")
    if found.problems:
        raise typer.Exit(FAULTY)


@app.command(epilog="Example:  peer-xblocks build --out var/course")
def build(
    out: Annotated[
        Path,
        typer.Option(help="Folder to write into, for example var/course."),
    ] = Path("var/course"),
    curriculum: CurriculumOption = None,
    rubrics: RubricsOption = None,
) -> None:
    """Build the course that Open edX imports.

    Writes a folder and an archive, course.tar.gz, to be imported in Studio under Tools, Import. The
    same sources always give the same bytes. A course with faults is not built.
    """
    from peer_xblocks import course
    from peer_xblocks.core.problem import ProblemsError

    of_curriculum, of_rubrics = _folders(curriculum, rubrics)
    try:
        made = course.read_sources(of_curriculum, of_rubrics)
        archive = course.build(made, out, of_curriculum / "static")
    except ProblemsError as error:
        for problem in error.problems:
            typer.echo(str(problem))
        raise typer.Exit(FAULTY) from None
    except OSError as error:
        _stop(f'"{error.filename or out}" cannot be written: {error.strerror}.', FAULTY)
    counts = [
        _count(len(made.modules), "module"),
        _count(sum(len(module.lessons) for module in made.modules), "lesson"),
        _count(sum(len(module.role_plays) for module in made.modules), "role play"),
    ]
    typer.echo(f"{archive}: {made.title} ({', '.join(counts)})")


@app.command(epilog="Example:  peer-xblocks pages --out docs/reference")
def pages(
    out: Annotated[
        Path,
        typer.Option(help="Folder to write into, for example docs/reference."),
    ] = Path("docs/reference"),
    curriculum: CurriculumOption = None,
    rubrics: RubricsOption = None,
) -> None:
    """Write the pages of the manual that are made of the course: blueprint, hours, sources.

    Names each page that changed, and says nothing when all are as they were. A course with faults
    has no pages.
    """
    from peer_xblocks import course
    from peer_xblocks.core.problem import ProblemsError

    try:
        changed = course.write_pages(course.read_pages(*_folders(curriculum, rubrics)), out)
    except ProblemsError as error:
        for problem in error.problems:
            typer.echo(str(problem))
        raise typer.Exit(FAULTY) from None
    except OSError as error:
        _stop(f'"{error.filename or out}" cannot be written: {error.strerror}.', FAULTY)
    for name in changed:
        typer.echo(f"{out / name}")


@app.command(epilog="Example:  peer-xblocks run --port 8080 --data ~/peer-data")
def run(
    host: Annotated[
        str,
        typer.Option(
            help="Address to listen on, for example 127.0.0.1. The site has one-click sign-in: "
            "never give it an address that others can reach."
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(envvar="PORT", min=0, max=65535, help="Port, for example 8080.")
    ] = 8000,
    data: Annotated[
        Path,
        typer.Option(
            envvar="PEER_XBLOCKS_DATA",
            help="Folder for the database, recordings and keys, for example var.",
        ),
    ] = Path("var"),
) -> None:
    """Run the embedded site on this machine: the same course, blocks, rating and audit, on SQLite.

    Needs the extra "standalone". Made for trying and for demonstrations; Open edX is for courses
    with real trainees.
    """
    try:
        serve = importlib.import_module("peer_xblocks.standalone.serve")
        serve.main(host=host, port=port, data=data)
    except ModuleNotFoundError as error:
        missing = error.name or "a part of it"
        _stop(
            f'The embedded site cannot start, because "{missing}" is not installed. '
            'Install it with: pip install "peer-xblocks[standalone]"',
            FAULTY,
        )


@app.command(
    epilog="Example:  peer-xblocks verify pack.zip --key 'example.org/log+3f9a…' --since old.txt"
)
def verify(
    pack: Annotated[
        Path,
        typer.Argument(help="The pack: a zip or its unpacked folder, for example pack.zip."),
    ],
    key: Annotated[
        list[str] | None,
        typer.Option(
            help="A verifier key that you were given by someone you trust, of the log or of a "
            "cosigner, as name+hex+base64. May stand several times; each must have signed.",
            show_default=False,
        ),
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option(
            help="An earlier checkpoint of the same log that you kept, for example old.txt: shows "
            "that nothing from before it was changed or removed.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Verify a pack of evidence, offline, trusting nobody but the keys you give.

    Exits with 0 when everything holds, 1 when something is missing, altered or badly signed, 2 when
    the command cannot be carried out, and 3 when all holds but no key was given to compare with.
    """
    from rich.console import Console

    from peer_xblocks.evidence.errors import KeyFormatError
    from peer_xblocks.evidence.verify import verify_pack

    _readable(pack)
    earlier = _bytes_of(since) if since else None
    try:
        with Console(stderr=True).status("Checking every record …"):
            report = verify_pack(pack, keys=key or [], since=earlier)
    except KeyFormatError as error:
        _stop(str(error), USAGE)
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
        typer.echo(f"This does not hold: {_count(len(report.problems), 'problem')}.")
    elif report.key_given:
        typer.echo("What is in this pack holds.")
    else:
        typer.echo("Everything in this pack agrees with itself. Give --key to know who signed it.")


def _folders(curriculum: Path | None, rubrics: Path | None) -> tuple[Path, Path]:
    from peer_xblocks.authoring import library

    folders = curriculum or library.curriculum(), rubrics or library.rubrics()
    for folder in folders:
        if not folder.is_dir():
            _stop(f'There is no folder "{folder}".', USAGE)
    return folders


def _readable(path: Path) -> None:
    if not path.exists():
        _stop(f'There is no "{path}".', USAGE)
    if not os.access(path, os.R_OK):
        _stop(f'"{path}" may not be read by you.', USAGE)


def _bytes_of(path: Path) -> bytes:
    _readable(path)
    try:
        return path.read_bytes()
    except OSError as error:
        _stop(f'"{path}" cannot be read: {error.strerror}.', USAGE)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _say(sentence: str) -> None:
    typer.echo(sentence, err=True)


def _stop(sentence: str, code: int) -> NoReturn:
    _say(sentence)
    raise typer.Exit(code)


if __name__ == "__main__":
    app()
