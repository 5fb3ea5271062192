"""Finds the sources of the course: in a checkout, in a wheel, or where someone says."""

import os
from importlib.resources import files
from pathlib import Path

VARIABLE = "PEER_XBLOCKS_CONTENT"


def curriculum(content: Path | str | None = None) -> Path:
    """The folder of the curriculum.

    `content` or the environment may name a folder that holds another.
    """
    return _folder("curriculum", content)


def rubrics(content: Path | str | None = None) -> Path:
    """The folder of the rubrics.

    `content` or the environment may name a folder that holds another.
    """
    return _folder("rubrics", content)


def _folder(name: str, content: Path | str | None) -> Path:
    chosen = content or os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen) / name
    return Path(str(files("peer_xblocks.authoring"))) / "data" / name
