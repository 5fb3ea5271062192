"""The `.tar.gz` that Studio imports: the same bytes each time, and read with suspicion."""

import gzip
import io
import tarfile
from pathlib import Path, PurePosixPath

from peer_xblocks.core.problem import Problem, ProblemsError

MAX_MEMBERS = 20_000
MAX_BYTES = 512 * 1024 * 1024
MAX_STATIC_BYTES = 64 * 1024 * 1024
MAX_TEXT_BYTES = 16 * 1024 * 1024

_TEXTS = (".xml", ".html", ".json", ".htm")


def pack(folder: Path, archive: Path) -> None:
    """Writes a folder as an archive.

    The same files give the same bytes: no times, no owners, sorted names.
    """
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path in sorted([folder, *folder.rglob("*")], key=lambda p: p.as_posix()):
            name = (PurePosixPath(folder.name) / path.relative_to(folder).as_posix()).as_posix()
            member = tarfile.TarInfo(name)
            if path.is_dir():
                member.type, member.mode = tarfile.DIRTYPE, 0o755
                tar.addfile(member)
            else:
                data = path.read_bytes()
                member.size, member.mode = len(data), 0o644
                tar.addfile(member, io.BytesIO(data))
    partial = archive.with_name(archive.name + ".part")
    # No file name and time in the header, and a fixed level, so that only the content counts.
    with partial.open("wb") as file, gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
        packed.write(buffer.getvalue())
    partial.replace(archive)


def unpack(archive: Path) -> dict[str, bytes]:
    """The texts of an archive by path below the folder of its course.xml. Raises ProblemsError.

    Only XML, HTML and JSON are kept; of other files nothing but the name is looked at. Nothing is
    written anywhere.
    """
    try:
        with archive.open("rb") as file, gzip.open(file) as plain:
            bounded = _Bounded(plain, archive.name)
            with tarfile.open(fileobj=bounded, mode="r|") as tar:
                texts = _texts(tar, archive.name)
    except (tarfile.TarError, gzip.BadGzipFile, EOFError, OSError, ValueError) as error:
        sentence = "This is not an archive of a course (.tar.gz), or it is damaged."
        if isinstance(error, FileNotFoundError):
            sentence = "This file is missing."
        raise ProblemsError(
            [Problem(file=archive.name, code="not-an-archive", sentence=sentence)]
        ) from None
    return below_course(texts, archive.name)


def static_files(archive: Path) -> dict[str, bytes]:
    """The pictures and handouts of a course by path below its folder `static`.

    No more is taken than fits in memory; an archive that cannot be read has none, and `unpack` says
    why.
    """
    found: dict[str, bytes] = {}
    left = MAX_STATIC_BYTES
    try:
        with tarfile.open(archive, mode="r:gz") as tar:
            for member in tar:
                parts = PurePosixPath(member.name).parts
                if not member.isreg() or "static" not in parts[:2]:
                    continue
                left -= member.size
                opened = tar.extractfile(member)
                if left < 0 or opened is None:
                    break
                found["/".join(parts[parts.index("static") + 1 :])] = opened.read()
    except (tarfile.TarError, gzip.BadGzipFile, EOFError, OSError):
        return {}
    return found


def read_folder(folder: Path) -> dict[str, bytes]:
    """The texts of a folder, as `unpack` gives them. Raises ProblemsError."""
    texts = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            raise _refused(
                folder.name, "archive-path", f'"{path.name}" is a link, which is refused.'
            )
        if path.is_file() and path.suffix in _TEXTS:
            name = path.relative_to(folder).as_posix()
            if path.stat().st_size > MAX_TEXT_BYTES:
                raise _refused(
                    folder.name, "too-big", f'"{name}" is too big to be part of a course.'
                )
            texts[name] = path.read_bytes()
    return below_course(texts, folder.name)


def below_course(texts: dict[str, bytes], file: str) -> dict[str, bytes]:
    """The same texts by path from the folder that holds course.xml.

    Raises ProblemsError without one.
    """
    roots = sorted(
        (
            str(PurePosixPath(name).parent)
            for name in texts
            if PurePosixPath(name).name == "course.xml"
        ),
        key=lambda root: (root.count("/"), root != ".", root),
    )
    if not roots:
        raise _refused(file, "missing-file", "There is no course.xml in it.")
    root = PurePosixPath(roots[0])
    return {
        PurePosixPath(name).relative_to(root).as_posix(): data
        for name, data in texts.items()
        if PurePosixPath(name).is_relative_to(root)
    }


def _texts(tar: tarfile.TarFile, file: str) -> dict[str, bytes]:
    texts = {}
    for number, member in enumerate(tar):
        if number >= MAX_MEMBERS:
            raise _refused(file, "too-big", f"It has more than {MAX_MEMBERS} files.")
        path = PurePosixPath(member.name)
        if path.is_absolute() or ".." in path.parts or "\\" in member.name or "\0" in member.name:
            sentence = f'"{member.name}" would lead out of its folder.'
            raise _refused(file, "archive-path", sentence)
        if member.isdir():
            continue
        if member.type not in (tarfile.REGTYPE, tarfile.AREGTYPE):
            raise _refused(file, "archive-path", f'"{member.name}" is a link or a device.')
        if path.suffix not in _TEXTS:
            continue
        if member.size > MAX_TEXT_BYTES:
            sentence = f'"{member.name}" is too big to be part of a course.'
            raise _refused(file, "too-big", sentence)
        opened = tar.extractfile(member)
        texts[path.as_posix()] = opened.read() if opened else b""
    return texts


class _Bounded(io.RawIOBase):
    """A stream that gives up in time: a small archive can unpack to terabytes."""

    def __init__(self, stream: gzip.GzipFile, file: str) -> None:
        super().__init__()
        self._stream = stream
        self._file = file
        self._left = MAX_BYTES

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1) -> bytes:
        """The next bytes. Raises ProblemsError beyond the bound."""
        data = self._stream.read(min(size, self._left + 1) if size >= 0 else self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise _refused(self._file, "too-big", "It is too big to be a course.")
        return data


def _refused(file: str, code: str, sentence: str) -> ProblemsError:
    return ProblemsError([Problem(file=file, code=code, sentence=sentence)])
