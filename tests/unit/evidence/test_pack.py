"""Reading and writing packs as files."""

import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peer_xblocks.evidence.errors import PackError
from peer_xblocks.evidence.pack import is_member, open_pack
from peer_xblocks.evidence.packing import write_pack
from peer_xblocks.evidence.verify import verify_pack

from . import packs

MEMBERS = packs.sample_pack()


def zipped(members: packs.Members) -> bytes:
    """Return the bytes of a zip of these members."""
    stream = io.BytesIO()
    write_pack(stream, members.items())
    return stream.getvalue()


ZIPPED = zipped(MEMBERS)


@pytest.mark.parametrize("name", ["pack.zip", "pack"])
def test_a_pack_gives_back_its_members(tmp_path: Path, name: str) -> None:
    """A folder and a zip hold the bytes that were written."""
    with open_pack(packs.write(tmp_path / name, MEMBERS)) as pack:
        assert {member: pack.read(member) for member in pack.sizes} == MEMBERS
        assert pack.faults == ()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_the_same_members_give_the_same_bytes() -> None:
    """A zip carries no time and no trace of the machine."""
    assert zipped(MEMBERS) == ZIPPED


def test_a_pack_can_be_written_in_pieces_to_a_pipe(tmp_path: Path) -> None:
    """A member may come piece by piece, and the stream need not be seekable."""
    target = tmp_path / "piped.zip"
    reader, writer = os.pipe()
    with os.fdopen(writer, "wb") as stream:
        pieces = ((name, (data[:10], data[10:])) for name, data in MEMBERS.items())
        write_pack(stream, pieces)
    with os.fdopen(reader, "rb") as received:
        target.write_bytes(received.read())
    assert verify_pack(target, [packs.LOG_KEY]).exit_code == 0


@pytest.mark.parametrize("name", ["notes.txt", "../checkpoint", "/checkpoint", "tile/entries/000"])
def test_a_name_that_no_member_has_is_not_written(tmp_path: Path, name: str) -> None:
    """The writer refuses what the reader would refuse, and leaves nothing behind."""
    with pytest.raises(PackError):
        write_pack(tmp_path / "bad.zip", [(name, b"")])
    assert list(tmp_path.iterdir()) == []


def test_a_member_is_not_written_twice(tmp_path: Path) -> None:
    """The writer refuses a name that it had already."""
    with pytest.raises(PackError, match="twice"):
        write_pack(tmp_path / "bad.zip", [("records", b""), ("records", b"")])


def test_a_folder_is_not_written_over(tmp_path: Path) -> None:
    """An existing folder is left as it is."""
    with pytest.raises(PackError, match="exists"):
        write_pack(tmp_path, MEMBERS.items())


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Checkpoint",
        "records\n",
        "documents/",
        "documents/" + "A" * 64,
        "documents/../records",
        "tile/0/000.p/256",
        "tile/0/0",
        "records/x",
        "./records",
        "tile\\0\\000",
        "tile/64/000",
    ],
)
def test_other_names_are_no_members(name: str) -> None:
    """A pack has the members of the page and no other."""
    assert not is_member(name)


@pytest.mark.parametrize("length", [0, 1, 4, 21, 22, 23, 30, 100, 500])
def test_a_zip_that_was_cut_short_is_a_clear_problem(tmp_path: Path, length: int) -> None:
    """Losing the end of a zip is said in one sentence."""
    target = tmp_path / "cut.zip"
    target.write_bytes(ZIPPED[:-length] if length else b"")
    report = verify_pack(target, [packs.LOG_KEY])
    assert report.exit_code == 1
    assert "cut short" in str(report.problems[0])


@given(st.integers(0, len(ZIPPED) - 1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_length_of_a_zip_passes_or_crashes(tmp_path: Path, length: int) -> None:
    """However much of a zip arrived, less than all of it never holds."""
    target = tmp_path / "cut.zip"
    target.write_bytes(ZIPPED[:length])
    assert verify_pack(target, [packs.LOG_KEY]).exit_code == 1


@given(st.integers(0, len(ZIPPED) - 1), st.integers(1, 255))
@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damage_to_a_zip_never_crashes(tmp_path: Path, position: int, change: int) -> None:
    """Whatever byte of the file is damaged, there is a report."""
    target = tmp_path / "damaged.zip"
    target.write_bytes(packs.flipped(ZIPPED, position, change))
    verify_pack(target, [packs.LOG_KEY])


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_file_at_all_gives_a_report(tmp_path: Path, data: bytes) -> None:
    """A file that is no zip is a problem, not a crash."""
    target = tmp_path / "any.zip"
    target.write_bytes(data)
    assert verify_pack(target).exit_code == 1


def test_a_pack_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    """A wrong path is said as what it is."""
    report = verify_pack(tmp_path / "nowhere")
    assert [str(problem) for problem in report.problems] == [
        "The pack is not there, as a folder or a zip."
    ]


def append(tmp_path: Path, name: str, data: bytes = b"x") -> Path:
    """Return a good zip with one more member, which our writer would refuse."""
    target = tmp_path / "more.zip"
    target.write_bytes(ZIPPED)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(name, data)
    return target


@pytest.mark.parametrize(
    "name", ["notes.txt", "../records", "/etc/passwd", "documents/x", "a\x1bb"]
)
def test_an_extra_member_is_refused_by_name(tmp_path: Path, name: str) -> None:
    """Another member is a problem that names it, and nothing is unpacked."""
    report = verify_pack(append(tmp_path, name), [packs.LOG_KEY])
    assert report.exit_code == 1
    assert "\x1b" not in str(report.problems[0])
    assert report.problems[0].sentence == "is not a member of a pack"
    assert [path.name for path in tmp_path.iterdir()] == ["more.zip"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", sorted(MEMBERS))
def test_a_member_that_is_there_twice_is_refused(tmp_path: Path, name: str) -> None:
    """Two members of one name are a problem, even when they are equal."""
    report = verify_pack(append(tmp_path, name, MEMBERS[name]), [packs.LOG_KEY])
    assert (report.exit_code, str(report.problems[0])) == (1, f"{name}: is there twice")


def test_a_comment_in_a_zip_is_refused(tmp_path: Path) -> None:
    """Bytes that nothing vouches for have no place in a pack."""
    target = tmp_path / "comment.zip"
    target.write_bytes(ZIPPED)
    with zipfile.ZipFile(target, "a") as archive:
        archive.comment = b"trust me"
    assert verify_pack(target, [packs.LOG_KEY]).exit_code == 1


@pytest.mark.parametrize(("before", "after"), [(b"<html>", b""), (b"", b"<html>")])
def test_bytes_around_a_zip_are_refused(tmp_path: Path, before: bytes, after: bytes) -> None:
    """A file that is a zip and something else as well is no pack."""
    target = tmp_path / "both.zip"
    target.write_bytes(before + ZIPPED + after)
    assert verify_pack(target, [packs.LOG_KEY]).exit_code == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"comment": b"passed"}, "records: has a comment, which nothing vouches for"),
        ({"external_attr": 0o120777 << 16}, "records: is not a plain file"),
    ],
)
def test_a_member_with_more_than_bytes_is_refused(
    tmp_path: Path, changes: dict[str, object], sentence: str
) -> None:
    """Nothing is read into a pack, or made of it when unpacked, that no digest holds."""
    target = tmp_path / "more.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in MEMBERS.items():
            info = zipfile.ZipInfo(name)
            for fact, value in changes.items() if name == "records" else ():
                setattr(info, fact, value)
            archive.writestr(info, data)
    report = verify_pack(target, [packs.LOG_KEY])
    assert (report.exit_code, str(report.problems[0])) == (1, sentence)


def test_a_pack_of_wrong_lines_does_not_fill_the_memory(tmp_path: Path) -> None:
    """After very many problems only that there are more is told."""
    target = packs.write(tmp_path / "wrong.zip", {**MEMBERS, "records": b"\n" * 50_000})
    problems = [str(problem) for problem in verify_pack(target, [packs.LOG_KEY]).problems]
    assert len(problems) == 10_001
    assert "there are more problems than can be listed" in problems


def test_a_large_member_is_refused_before_it_is_read(tmp_path: Path) -> None:
    """A tile that would unpack to megabytes is not unpacked."""
    target = tmp_path / "bomb.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tile/0/000.p/13", bytes(10_000_000))
    report = verify_pack(target, [packs.LOG_KEY])
    assert "too large" in str(report.problems[0])


def test_a_zip_packed_in_an_unusual_way_is_refused(tmp_path: Path) -> None:
    """Only stored and deflated members are read."""
    target = tmp_path / "lzma.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("records", b"")
    assert "unusual way" in str(verify_pack(target).problems[0])


def test_folders_inside_a_zip_do_no_harm(tmp_path: Path) -> None:
    """A pack that was zipped again by another tool still holds."""
    target = tmp_path / "again.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for name in ("documents/", "tile/", "tile/0/", "tile/0/000.p/"):
            archive.writestr(name, b"")
        for name, data in MEMBERS.items():
            archive.writestr(name, data)
    assert verify_pack(target, [packs.LOG_KEY]).exit_code == 0


def test_links_in_a_folder_are_refused(tmp_path: Path) -> None:
    """A folder is not read through links, neither of a file nor of a folder."""
    target = packs.write(tmp_path / "pack", MEMBERS)
    (target / "records").rename(tmp_path / "records")
    (target / "records").symlink_to(tmp_path / "records")
    (target / "more").symlink_to(tmp_path)
    problems = [str(problem) for problem in verify_pack(target, [packs.LOG_KEY]).problems]
    assert "records: is not a plain file" in problems
    assert "more: is not a plain file" in problems


def test_extra_files_in_a_folder_are_refused(tmp_path: Path) -> None:
    """A folder has no other members either, also none whose name is not text."""
    target = packs.write(tmp_path / "pack", MEMBERS)
    (target / "thumbs.db").write_bytes(b"")
    with open(os.fsencode(target) + b"/\xff\xfe", "wb"):
        pass
    report = verify_pack(target, [packs.LOG_KEY])
    assert len(report.problems) == 2
    for problem in report.problems:
        str(problem).encode()
