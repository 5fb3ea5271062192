"""The application that the commands are added to, and its version."""

import os
import sys
from typing import Annotated, Any

import typer

from peer_xblocks.cli.saying import FAULTY, say

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
            say(f"Something went wrong that we did not foresee ({type(error).__name__}: {error}).")
            say(f"Set {SHOW_TRACEBACK}=1 and try again to see where, and please report it.")
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
