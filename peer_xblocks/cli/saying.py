"""What every command says alike: sentences beside its output, progress, counts, and how it ends."""

from contextlib import AbstractContextManager
from typing import NoReturn

import typer

FAULTY = 1
USAGE = 2


def say(sentence: str) -> None:
    """Say something beside the output, on standard error."""
    typer.echo(sentence, err=True)


def stop(sentence: str, code: int) -> NoReturn:
    """Say why the command cannot go on, and end it with this code."""
    say(sentence)
    raise typer.Exit(code)


def progress(sentence: str) -> AbstractContextManager[object]:
    """Say what is being done while it lasts, on standard error, where a person is looking on."""
    from rich.console import Console

    return Console(stderr=True).status(sentence)


def count(number: int, what: str) -> str:
    """So many of something, in words."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
