"""Commands for authors: check the course, build what Open edX imports, write the manual's pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from peer_xblocks.cli.application import app
from peer_xblocks.cli.saying import FAULTY, USAGE, count, progress, say, stop

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
TodayOption = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        help="The day that dated facts are compared with, for example 2027-01-31. "
        "Without it, today.",
        show_default=False,
    ),
]


@app.command(epilog="Example:  peer-xblocks check --curriculum ./curriculum --rubrics ./rubrics")
def check(
    curriculum: CurriculumOption = None,
    rubrics: RubricsOption = None,
    today: TodayOption = None,
) -> None:
    """Look for faults in a course and its rubrics, all at once.

    Says nothing and exits with 0 when all is well. Otherwise each problem has a line of its own:
    file:line, a code, what is wrong and how to mend it; the exit code is 1. What is only worth
    another look, such as a fact that was looked up over a year ago, is said as a warning and does
    not count.
    """
    folders = _folders(curriculum, rubrics)
    with progress("Checking the course …"):
        from peer_xblocks import course

        found = course.check(*folders, (today or datetime.now()).date())
    for problem in found.problems:
        typer.echo(str(problem))
    for warning in found.warnings:
        say(f"warning: {warning}")
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
    folders = _folders(curriculum, rubrics)
    with _told(out), progress("Building the course …"):
        from peer_xblocks import course

        made = course.read_sources(*folders)
        archive = course.build(made, out, folders[0] / "static")
    counts = [
        count(len(made.modules), "module"),
        count(sum(len(module.lessons) for module in made.modules), "lesson"),
        count(sum(len(module.role_plays) for module in made.modules), "role play"),
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
    folders = _folders(curriculum, rubrics)
    with _told(out), progress("Reading the course …"):
        from peer_xblocks import course

        changed = course.write_pages(course.read_pages(*folders), out)
    for name in changed:
        typer.echo(f"{out / name}")


@contextmanager
def _told(out: Path) -> Iterator[None]:
    """End the command with every problem of the course, or with what cannot be written."""
    from peer_xblocks.core.problem import ProblemsError

    try:
        yield
    except ProblemsError as error:
        for problem in error.problems:
            typer.echo(str(problem))
        raise typer.Exit(FAULTY) from None
    except OSError as error:
        stop(f'"{error.filename or out}" cannot be written: {error.strerror}.', FAULTY)


def _folders(curriculum: Path | None, rubrics: Path | None) -> tuple[Path, Path]:
    from peer_xblocks.authoring import library

    folders = curriculum or library.curriculum(), rubrics or library.rubrics()
    for folder in folders:
        if not folder.is_dir():
            stop(f'There is no folder "{folder}".', USAGE)
    return folders
