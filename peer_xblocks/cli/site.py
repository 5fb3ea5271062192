"""The command that starts the embedded site."""

import importlib
import importlib.util
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from peer_xblocks.cli.application import app
from peer_xblocks.cli.saying import FAULTY, stop

SDK = "workbench"
"""What xblock-sdk brings, and with it only the extra."""


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
    if importlib.util.find_spec(SDK) is None:  # asked before the data folder is made
        _missing(SDK)
    try:
        serve = importlib.import_module("peer_xblocks.standalone.serve")
        serve.main(host=host, port=port, data=data)
    except ModuleNotFoundError as error:
        _missing(error.name or "a part of it")


def _missing(name: str) -> NoReturn:
    stop(
        f'The embedded site cannot start, because "{name}" is not installed. '
        'Install it with: pip install "peer-xblocks[standalone]"',
        FAULTY,
    )
