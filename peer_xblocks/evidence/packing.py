"""Writing a pack, as a zip or a folder, so that the same members give the same bytes."""

import os
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from peer_xblocks.evidence.errors import PackError
from peer_xblocks.evidence.pack import DOCUMENTS, TILES, is_member, printable

Content = bytes | Iterable[bytes]
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_MODE = 0o644 << 16


def write_pack(target: Path | BinaryIO, members: Iterable[tuple[str, Content]]) -> None:
    """Write a pack: a zip into a stream or a path that ends in `.zip`, else a new folder.

    Members are written one after another as they come, each from its bytes or from pieces, so
    nothing larger than a piece is held in memory and the stream need not be seekable. A path is
    complete or not there at all. Raises PackError for a name that is no member's or comes twice,
    and when the folder exists already.
    """
    if not isinstance(target, Path):
        _write_zip(target, members)
    elif target.suffix == ".zip":
        _write_zip_file(target, members)
    else:
        _write_folder(target, members)


def _write_zip_file(target: Path, members: Iterable[tuple[str, Content]]) -> None:
    """Write a zip beside its place, then move it there."""
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        with partial.open("xb") as stream:
            _write_zip(stream, members)
        partial.replace(target)
    finally:
        with suppress(FileNotFoundError):
            partial.unlink()


def _write_zip(stream: BinaryIO, members: Iterable[tuple[str, Content]]) -> None:
    """Write a zip whose bytes depend on the members and their order alone."""
    seen: set[str] = set()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members:
            _check_name(name, seen)
            info = zipfile.ZipInfo(name, _EARLIEST)
            info.create_system = _UNIX
            info.external_attr = _MODE
            # Hashes and recordings do not get smaller; lines of records do.
            dense = name.startswith((TILES, DOCUMENTS))
            info.compress_type = zipfile.ZIP_STORED if dense else zipfile.ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=not isinstance(content, bytes)) as member:
                for piece in _pieces(content):
                    member.write(piece)


def _write_folder(target: Path, members: Iterable[tuple[str, Content]]) -> None:
    """Write a folder beside its place, then move it there."""
    if target.exists():
        raise PackError(None, f"cannot be written: {target} exists already")
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    partial.mkdir(parents=True)
    seen: set[str] = set()
    for name, content in members:
        _check_name(name, seen)
        place = partial / name
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as stream:
            for piece in _pieces(content):
                stream.write(piece)
    partial.rename(target)


def _pieces(content: Content) -> Iterable[bytes]:
    return (content,) if isinstance(content, bytes) else content


def _check_name(name: str, seen: set[str]) -> None:
    """Raise PackError for a name that no member has or that was written already."""
    if not is_member(name):
        raise PackError(printable(name), "is not a member of a pack")
    if name in seen:
        raise PackError(name, "is given twice")
    seen.add(name)
