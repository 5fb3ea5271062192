"""Packs as files: reading a folder or a zip safely (docs/reference/record.md, section 5).

What the members say is checked elsewhere; here a pack has only members that a pack can have, each
once and not larger than it may be, and reading one gives its bytes or a `PackError`.
"""

import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from peer_xblocks.evidence.errors import PackError, TileError
from peer_xblocks.evidence.note import NOTE_BYTES_MAX
from peer_xblocks.evidence.tiles import TILE_BYTES, parse_path

CHECKPOINT = "checkpoint"
RECORDS = "records"
WITHHELD = "withheld"
ERASED = "erased"
ERASURES = "erasures"
DOCUMENTS = "documents/"
TILES = "tile/"

CHUNK_BYTES = 1 << 20
LINE_BYTES_MAX = 64 << 20
MEMBER_BYTES_MAX = 64 << 30
_LISTS = (RECORDS, WITHHELD, ERASED, ERASURES)
_DOCUMENT = re.compile(r"documents/[0-9a-f]{64}", re.ASCII)
_FOLDER = re.compile(r"documents/|tile/(?:[0-9]{1,2}/(?:x[0-9]{3}/)*(?:[0-9]{3}\.p/)?)?", re.ASCII)
_ENCRYPTED = 0x1
_LOCAL, _END, _END_BYTES = b"PK\x03\x04", b"PK\x05\x06", 22
# Everything that zipfile and the decompressor are known to raise on damaged input.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    IndexError,
)


@dataclass(frozen=True, slots=True)
class Pack:
    """An open pack: the sizes in bytes of its members and what else was found beside them.

    `faults` are members that no pack has, or that are there twice or too large; they cannot be
    read through this value.
    """

    sizes: dict[str, int]
    faults: tuple[PackError, ...]
    _open: Callable[[str], IO[bytes]]

    def read(self, name: str) -> bytes:
        """Return the bytes of a small member; raises PackError."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a member in pieces of at most 1 MiB; raises PackError."""
        if name not in self.sizes:
            raise PackError(name, "is missing")
        with _reading(name), self._open(name) as stream:
            left = self.sizes[name]
            while chunk := stream.read(CHUNK_BYTES):
                left -= len(chunk)
                if left < 0:
                    raise PackError(name, "grew while it was read")
                yield chunk

    def line_batches(self, name: str) -> Iterator[list[bytes]]:
        """Yield the lines of a member, without their newlines, some at a time.

        Raises PackError, after the whole lines, when the last one does not end in a newline.
        """
        rest = b""
        for chunk in self.chunks(name):
            *lines, rest = (rest + chunk).split(b"\n")
            if len(rest) > LINE_BYTES_MAX:
                raise PackError(name, "has a line of more than 64 MiB")
            if lines:
                yield lines
        if rest:
            raise PackError(name, "does not end in a newline")


@contextmanager
def open_pack(path: Path) -> Iterator[Pack]:
    """Open a folder or a zip as a pack; raises PackError when it is neither or is damaged."""
    if path.is_dir():
        yield _folder(path)
    elif path.is_file():
        with _reading(None):
            archive = zipfile.ZipFile(path)
        with archive:
            with _reading(None):
                found = _archive(archive, path)
            yield found
    else:
        raise PackError(None, "is not there, as a folder or a zip")


def is_member(name: str) -> bool:
    """Say whether a pack may have a member of this name."""
    if name == CHECKPOINT or name in _LISTS or _DOCUMENT.fullmatch(name):
        return True
    try:
        parse_path(name)
    except TileError:
        return False
    return True


def printable(name: str) -> str:
    """Return a name from outside in a form that is safe to print."""
    text = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text[:200])


def _folder(path: Path) -> Pack:
    """List a folder without following links out of it."""
    sizes: dict[str, int] = {}
    faults: list[PackError] = []
    with _reading(None):
        for place, folders, files in os.walk(path, onerror=_raise):
            for name in [*files, *(f for f in folders if (Path(place) / f).is_symlink())]:
                full = Path(place) / name
                status = full.lstat()
                member = full.relative_to(path).as_posix()
                if not stat.S_ISREG(status.st_mode):
                    faults.append(PackError(printable(member), "is not a plain file"))
                else:
                    _take(member, status.st_size, sizes, faults)
    return Pack(sizes, tuple(faults), lambda name: (path / name).open("rb"))


def _archive(archive: zipfile.ZipFile, path: Path) -> Pack:
    """List a zip; its members are never unpacked to disk, so a name leads nowhere."""
    sizes: dict[str, int] = {}
    faults: list[PackError] = []
    if archive.comment:
        faults.append(PackError(None, "has a comment, which nothing vouches for"))
    elif not _is_bare(archive, path):
        faults.append(PackError(None, "has bytes around the zip, which nothing vouches for"))
    for info in archive.infolist():
        if _FOLDER.fullmatch(info.filename) and info.file_size == 0:
            continue
        if info.flag_bits & _ENCRYPTED or info.compress_type not in (
            zipfile.ZIP_STORED,
            zipfile.ZIP_DEFLATED,
        ):
            faults.append(
                PackError(printable(info.filename), "is encrypted or packed in an unusual way")
            )
        elif info.comment:
            faults.append(
                PackError(printable(info.filename), "has a comment, which nothing vouches for")
            )
        elif stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
            faults.append(PackError(printable(info.filename), "is not a plain file"))
        elif info.orig_filename != info.filename:
            faults.append(PackError(printable(info.orig_filename), "is not a member of a pack"))
        else:
            _take(info.filename, info.file_size, sizes, faults)
    return Pack(sizes, tuple(faults), partial(_open_packed, archive))


def _is_bare(archive: zipfile.ZipFile, path: Path) -> bool:
    """Say whether a zip without a comment begins and ends with the file that it is in."""
    with path.open("rb") as file:
        starts = file.read(4)
        file.seek(-_END_BYTES, os.SEEK_END)
        ends = file.read(4)
    first = min((info.header_offset for info in archive.infolist()), default=0)
    return first == 0 and starts in (_LOCAL, _END) and ends == _END


def _open_packed(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """Open one member of a zip for reading."""
    return archive.open(name)


def _take(name: str, size: int, sizes: dict[str, int], faults: list[PackError]) -> None:
    """Note a member, or the reason why it is none."""
    if not is_member(name):
        faults.append(PackError(printable(name), "is not a member of a pack"))
    elif name in sizes:
        faults.append(PackError(name, "is there twice"))
    elif size > _largest(name):
        faults.append(PackError(name, f"has {size} bytes, which is too large"))
    else:
        sizes[name] = size


def _largest(name: str) -> int:
    """Return how many bytes a member of this name may have."""
    if name == CHECKPOINT:
        return NOTE_BYTES_MAX
    return TILE_BYTES if name.startswith(TILES) else MEMBER_BYTES_MAX


@contextmanager
def _reading(name: str | None) -> Iterator[None]:
    """Turn whatever damaged bytes make the readers raise into a PackError."""
    try:
        yield
    except PackError:
        raise
    except _DAMAGE as error:
        reason = "cannot be read: it is damaged or was cut short"
        raise PackError(name, reason) from error


def _raise(error: OSError) -> None:
    """Let a folder that cannot be listed be an error, which os.walk would pass over."""
    raise error
