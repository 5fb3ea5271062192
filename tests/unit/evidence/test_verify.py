"""Packs that were tampered with after an honest log signed them."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_xblocks.evidence import note
from peer_xblocks.evidence.canonical import canonical_bytes
from peer_xblocks.evidence.errors import KeyFormatError
from peer_xblocks.evidence.report import Report

from . import packs

Verify = Callable[..., Report]
LOG = packs.sample_log()
MEMBERS = packs.sample_pack(LOG)
COSIGNED = {**MEMBERS, "checkpoint": LOG.checkpoint(cosigned=True)}
OPENED = (0, 1, 3, 5, 6, 9, 11, 12)


def sentences(report: Report) -> str:
    """Return all problems of a report as one text, after checking that there are any."""
    assert report.exit_code == 1
    return "\n".join(map(str, report.problems))


def with_line(members: packs.Members, member: str, number: int, line: bytes) -> packs.Members:
    """Return members in which one line of one of them is another, or none."""
    lines = members[member].splitlines(keepends=True)
    lines[number] = line
    return {**members, member: b"".join(lines)}


def test_a_good_pack_holds(verify: Verify) -> None:
    """An honest pack has no problem, and its report counts what is in it."""
    report = verify(MEMBERS)
    assert (report.problems, report.exit_code) == ((), 0)
    assert report.summary == "opened 8 of 11, withheld 2, erased 1"
    assert (report.origin, report.size, report.missing) == (packs.ORIGIN, 13, 0)
    assert report.subjects == (packs.ANA, packs.BEN)
    assert (report.documents_present, report.documents_absent) == (2, 1)
    assert report.signature_sentence.startswith(f"signed by {packs.ORIGIN}+")


def test_without_a_key_the_reader_is_told_to_compare(verify: Verify) -> None:
    """All else holds, and the exit code says that nobody vouched for the checkpoint."""
    report = verify(MEMBERS, keys=())
    assert (report.problems, report.exit_code, report.key_given) == ((), 3, False)
    assert report.signature_sentence.startswith(
        "signed by the key inside this pack: compare it with the one you were given"
    )


def test_a_problem_outweighs_a_missing_key(verify: Verify) -> None:
    """Without a key, an altered record is still a problem."""
    altered = with_line(MEMBERS, "records", 1, MEMBERS["records"].splitlines()[1][:-1] + b"\n")
    assert verify(altered, keys=()).exit_code == 1


def test_a_checkpoint_that_its_log_has_not_signed_is_a_problem(verify: Verify) -> None:
    """Without a key, a checkpoint that only others signed is no checkpoint of that log."""
    other = note.parse(COSIGNED["checkpoint"])
    alone = note.Note(other.text, other.signatures[1:]).to_bytes()
    assert "has not signed it" in sentences(verify({**MEMBERS, "checkpoint": alone}, keys=()))


def test_every_given_key_must_have_signed(verify: Verify) -> None:
    """A cosigner who is asked for must be there; both are named when they are."""
    both = [packs.LOG_KEY, packs.BODY_KEY]
    assert "body.example/log" in sentences(verify(MEMBERS, keys=both))
    report = verify(COSIGNED, keys=both)
    assert (report.exit_code, len(report.signed_by)) == (0, 2)


def test_a_misspelled_key_is_an_error_of_the_caller(verify: Verify) -> None:
    """A text that is no key is not a problem of the pack."""
    with pytest.raises(KeyFormatError):
        verify(MEMBERS, keys=["nonsense"])


def test_another_key_is_refused(verify: Verify) -> None:
    """A key of another log, and another key under the log's own name, have not signed."""
    other = str(packs.keys.public_key("example.org/peer-xblocks/other", packs.LOG_SECRET))
    assert "the key is of example.org/peer-xblocks/other" in sentences(
        verify(MEMBERS, keys=[other])
    )
    same_name = str(packs.keys.public_key(packs.ORIGIN, packs.BODY_SECRET))
    assert "is missing" in sentences(verify(MEMBERS, keys=[same_name]))


def test_a_replaced_signature_is_refused(verify: Verify) -> None:
    """A signature made by another key, or over another text, is wrong."""
    parsed = note.parse(MEMBERS["checkpoint"])
    line = parsed.signatures[0]
    forged = packs.BODY_SECRET.sign(parsed.text.encode())
    replaced = note.Note(parsed.text, (note.Signature(line.name, line.key_id, forged),))
    assert "is wrong" in sentences(verify({**MEMBERS, "checkpoint": replaced.to_bytes()}))


def test_the_checkpoint_of_another_state_is_refused(verify: Verify) -> None:
    """A good checkpoint of a smaller log does not fit the tiles."""
    report = verify({**MEMBERS, "checkpoint": LOG.checkpoint(6)})
    assert "a log of size 6 has no such tile" in sentences(report)


def test_a_checkpoint_of_another_log_is_refused(verify: Verify) -> None:
    """A checkpoint with another root does not fit the tiles, although it is signed."""
    other = packs.sample_log()
    other.entries[0] = other.entries[1]
    report = verify({**MEMBERS, "checkpoint": other.checkpoint()})
    assert "the tiles lead to the root" in sentences(report)


@pytest.mark.parametrize("member", sorted(MEMBERS))
def test_one_altered_byte_in_any_member_is_named(verify: Verify, member: str) -> None:
    """Each byte of each member counts: altering it in two ways is a problem each time."""
    data = MEMBERS[member]
    step = max(1, len(data) // 150)
    for position in range(0, len(data), step):
        for change in (0x01, 0x80):
            report = verify({**MEMBERS, member: packs.flipped(data, position, change)})
            assert report.exit_code == 1, (position, change)


@given(st.data())
@settings(max_examples=400)
def test_flipping_any_byte_is_never_passed_over(verify: Verify, data: st.DataObject) -> None:
    """No altered byte in any member gives exit code 0, and none is a crash."""
    member = data.draw(st.sampled_from(sorted(MEMBERS)))
    position = data.draw(st.integers(0, len(MEMBERS[member]) - 1))
    change = data.draw(st.integers(1, 255))
    altered = {**MEMBERS, member: packs.flipped(MEMBERS[member], position, change)}
    assert verify(altered).exit_code == 1


@given(st.data())
@settings(max_examples=200)
def test_garbage_in_any_member_is_a_problem(verify: Verify, data: st.DataObject) -> None:
    """Random bytes instead of a member, or inside it, never pass and never crash."""
    member = data.draw(st.sampled_from(sorted(MEMBERS)))
    garbage = data.draw(st.binary(min_size=1, max_size=80))
    position = data.draw(st.integers(0, len(MEMBERS[member])))
    whole = data.draw(st.booleans())
    old = MEMBERS[member]
    altered = garbage if whole else old[:position] + garbage + old[position:]
    if altered != old:
        assert verify({**MEMBERS, member: altered}).exit_code == 1


@pytest.mark.parametrize(
    "member",
    sorted(
        set(MEMBERS)
        - {
            f"documents/{packs.digest(packs.SCENARIO)}",
            f"documents/{packs.digest(packs.FRAMEWORK)}",
        }
    ),
)
def test_a_missing_member_is_a_problem(verify: Verify, member: str) -> None:
    """Nothing but a document can be left out of a pack unseen."""
    report = verify({name: data for name, data in MEMBERS.items() if name != member})
    assert report.exit_code == 1


def test_a_missing_document_is_counted(verify: Verify) -> None:
    """A document that is left out is not a problem, and the report says so."""
    left = {name: data for name, data in MEMBERS.items() if not name.startswith("documents/")}
    report = verify(left)
    assert (report.exit_code, report.documents_present, report.documents_absent) == (0, 0, 3)


@pytest.mark.parametrize("number", range(len(OPENED)))
def test_leaving_out_an_opened_record_shows_as_a_gap(verify: Verify, number: int) -> None:
    """Each record that is taken out is missed by its subject and number."""
    row = LOG.rows[OPENED[number]]
    subject, seq = row.value["subject"], row.value["seq"]
    report = verify(with_line(MEMBERS, "records", number, b""))
    if row.index == 12:
        assert "entry 12, the last, must be an opened roster" in sentences(report)
    else:
        assert f"record {seq} of " in sentences(report)
        assert "is missing" in sentences(report)
        assert any(problem.subject == subject for problem in report.problems)
        assert report.missing == 1


@pytest.mark.parametrize(("number", "index"), list(enumerate((4, 7))))
def test_leaving_out_a_withheld_record_shows_as_a_gap(
    verify: Verify, number: int, index: int
) -> None:
    """A record may be withheld, but not in silence."""
    row = LOG.rows[index]
    report = verify(with_line(MEMBERS, "withheld", number, b""))
    assert f"record {row.value['seq']} of " in sentences(report)
    assert report.problems[0].subject == row.value["subject"]


def test_leaving_out_an_erased_record_shows_as_a_gap(verify: Verify) -> None:
    """An erased record keeps its place in the chain."""
    left = {name: data for name, data in MEMBERS.items() if name != "erased"}
    assert f"subject {packs.BEN}: record 1 of 3 is missing" in sentences(verify(left))


def test_leaving_out_the_erasure_shows(verify: Verify) -> None:
    """A record is erased only if an entry of the log says so."""
    left = {name: data for name, data in MEMBERS.items() if name != "erasures"}
    report = verify(left)
    assert "erased: no erasure entry of the pack names entry 2" in sentences(report)
    assert report.problems[0].index == 2


@pytest.mark.parametrize("number", range(len(OPENED)))
@pytest.mark.parametrize(
    "change",
    [
        ("kind", "hours"),
        ("id", packs.urn(0xFFFF)),
        ("programme", "other"),
        ("subject", packs.EVE),
        ("seq", 9),
        ("previous", "A" * 43),
        ("at", "2020-01-01T00:00:00.000000Z"),
        ("actor", packs.urn(2)),
        ("acting_as", "operator"),
        ("about", [packs.urn(0xFFFE)]),
        ("documents", {"scenario": "0" * 64}),
        ("body", {"passed": True}),
        ("v", 2),
    ],
    ids=lambda change: change[0],
)
def test_each_altered_member_of_a_record_is_named(
    verify: Verify, number: int, change: tuple[str, Any]
) -> None:
    """Altering any fact of any opened record names its entry."""
    row = LOG.rows[OPENED[number]]
    data = canonical_bytes({**row.value, change[0]: change[1]})
    line = row.line.replace(row.data, data)
    report = verify(with_line(MEMBERS, "records", number, line))
    assert f"entry {row.index} has another commitment" in sentences(report)
    assert row.index in {problem.index for problem in report.problems}


def test_swapped_salts_are_named(verify: Verify) -> None:
    """The salt of one record does not open another."""
    one, other = LOG.rows[1], LOG.rows[3]
    swapped = with_line(MEMBERS, "records", 1, _salted(one, other.salt))
    swapped = with_line(swapped, "records", 2, _salted(other, one.salt))
    found = {problem.index for problem in verify(swapped).problems}
    assert {1, 3} <= found


def _salted(row: packs.Row, salt: bytes) -> bytes:
    """Return the line of a record with another salt."""
    return packs.Row(row.index, row.value, row.data, salt, row.commitment).line


def test_swapped_records_are_named(verify: Verify) -> None:
    """A record under the index of another is named, and so is the wrong order."""
    lines = MEMBERS["records"].splitlines(keepends=True)
    lines[1], lines[2] = lines[2], lines[1]
    assert "entry 1 stands after entry 3" in sentences(
        verify({**MEMBERS, "records": b"".join(lines)})
    )
    moved = LOG.rows[3].line.replace(b"3 ", b"1 ", 1)
    assert "entry 1 has another commitment" in sentences(
        verify(with_line(MEMBERS, "records", 1, moved))
    )


@pytest.mark.parametrize("member", ["records", "withheld", "erased", "erasures"])
def test_a_line_that_is_there_twice_is_named(verify: Verify, member: str) -> None:
    """An entry is listed once, over all lists."""
    line = MEMBERS[member].splitlines(keepends=True)[-1]
    index = int(line.split(b" ")[0])
    report = verify({**MEMBERS, member: MEMBERS[member] + line})
    assert f"{member}: entry {index} is listed in {member} already" in sentences(report)


def test_an_entry_in_two_lists_is_named(verify: Verify) -> None:
    """A record is opened or withheld, not both."""
    hidden = LOG.rows[1].hidden_line
    report = verify({**MEMBERS, "withheld": hidden + MEMBERS["withheld"]})
    assert "withheld: entry 1 is listed in records already" in sentences(report)


def test_an_entry_beyond_the_log_is_named(verify: Verify) -> None:
    """There is nothing at or above the size."""
    line = LOG.rows[1].line.replace(b"1 ", b"13 ", 1)
    report = verify({**MEMBERS, "records": MEMBERS["records"] + line})
    assert "entry 13 is not below the size 13" in sentences(report)


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"1\n",
        b"01 " + b"A" * 43 + b" {}\n",
        b"1  " + b"A" * 43 + b" {}\n",
        b"1 " + b"A" * 43 + b"= {}\n",
        b"1 " + b"A" * 42 + b"B {}\n",
        b"1 " + b"+" * 43 + b" {}\n",
        b"-1 " + b"A" * 43 + b" {}\n",
        b"99999999999999999999 " + b"A" * 43 + b" {}\n",
        b"\x00\xff\n",
    ],
)
def test_a_misspelled_line_is_a_problem(verify: Verify, line: bytes) -> None:
    """A line that has not the form of its member is a problem in each list."""
    for member in ("records", "withheld", "erased", "erasures"):
        report = verify({**MEMBERS, member: MEMBERS[member] + line})
        assert f"{member}: " in sentences(report)


def test_a_last_line_without_newline_is_a_problem(verify: Verify) -> None:
    """A list that was cut in its last line is a problem."""
    report = verify({**MEMBERS, "records": MEMBERS["records"][:-1]})
    assert "records: does not end in a newline" in sentences(report)


@pytest.mark.parametrize(
    "garbage",
    [
        b"\xff\xfe",
        b"[" * 200_000,
        b'{"a":' * 900 + b"1" + b"}" * 900,
        b"9" * 10_000,
        b'{"a":1e999}',
        b"NaN",
        b'"\x00"',
        b'"\\ud800"',
        b"null",
        b"[]",
        b"{}",
        b"",
        '{"v":1}'.encode("utf-16"),
    ],
)
def test_garbage_as_a_record_is_a_problem_and_not_a_crash(verify: Verify, garbage: bytes) -> None:
    """Whatever stands for a record, the report names its entry."""
    row = LOG.rows[3]
    line = row.line.replace(row.data, garbage)
    report = verify(with_line(MEMBERS, "records", 2, line))
    assert 3 in {problem.index for problem in report.problems} or b"\n" in garbage
    assert json.dumps(sentences(report))


def test_a_document_of_other_bytes_is_named(verify: Verify) -> None:
    """A document is held by its name."""
    name = f"documents/{packs.digest(packs.SCENARIO)}"
    report = verify({**MEMBERS, name: b"other"})
    assert f"{name}: its bytes have another digest than its name" in sentences(report)


def test_a_document_that_no_record_names_is_refused(verify: Verify) -> None:
    """Nothing comes along that no record rests on."""
    name = f"documents/{packs.digest(b'advertisement')}"
    report = verify({**MEMBERS, name: b"advertisement"})
    assert f"{name}: no opened record names this document" in sentences(report)


def test_an_absurd_size_is_refused_without_counting_to_it(verify: Verify) -> None:
    """A checkpoint that claims more entries than there can be is a problem at once."""
    text = f"{packs.ORIGIN}\n9007199254740991\n{packs.base64_root(bytes(32))}\n"
    report = verify({**MEMBERS, "checkpoint": note.sign(text, packs.ORIGIN, packs.LOG_SECRET)})
    assert "has more tiles than these 1" in sentences(report)


@pytest.mark.parametrize("size", [0, 6, 13])
def test_an_earlier_checkpoint_is_continued(verify: Verify, size: int) -> None:
    """A pack proves by itself that the log begins with any earlier state of it."""
    report = verify(MEMBERS, since=LOG.checkpoint(size))
    assert (report.problems, report.exit_code, report.since) == ((), 0, size)


@pytest.mark.parametrize("size", [1, 2, 5, 11, 12])
def test_an_earlier_checkpoint_ends_in_a_roster(verify: Verify, size: int) -> None:
    """What its roster told must be told again, or the log could go on without it."""
    report = verify(MEMBERS, since=LOG.checkpoint(size))
    wanted = f"the earlier checkpoint: entry {size - 1}, its last, must be an opened roster"
    assert wanted in sentences(report)
    assert (report.exit_code, report.since) == (1, None)


def test_a_rebuilt_log_does_not_continue_an_earlier_checkpoint(verify: Verify) -> None:
    """A log that was signed anew over an altered past shows against the old checkpoint."""
    other = packs.sample_log()
    other.entries[0] = other.entries[1]
    report = verify(MEMBERS, since=other.checkpoint(6))
    assert "the first 6 entries of this log are not those it signed then" in sentences(report)
    assert report.since is None


def test_an_earlier_checkpoint_may_not_be_larger(verify: Verify) -> None:
    """A log that lost entries shows."""
    longer = packs.sample_log()
    longer.roster()
    report = verify(MEMBERS, since=longer.checkpoint())
    assert "it has 14 entries, more than the pack's 13" in sentences(report)


def test_a_checkpoint_of_another_log_cannot_be_continued(verify: Verify) -> None:
    """Comparing with the checkpoint of another log is said as what it is."""
    text = note.parse(LOG.checkpoint(6)).text.replace("pss-2026", "pss-2027")
    other = note.sign(text, "example.org/peer-xblocks/pss-2027", packs.LOG_SECRET)
    report = verify(MEMBERS, since=other)
    assert "this checkpoint is of another log: example.org/peer-xblocks/pss-2027" in sentences(
        report
    )


def test_an_earlier_checkpoint_must_be_signed_too(verify: Verify) -> None:
    """A text that somebody wrote is no checkpoint to compare with."""
    forged = note.sign(note.parse(LOG.checkpoint(6)).text, packs.ORIGIN, packs.BODY_SECRET)
    assert "the earlier checkpoint: " in sentences(verify(MEMBERS, since=forged))
    assert "the earlier checkpoint: " in sentences(verify(MEMBERS, since=b"\xff garbage"))


def test_an_earlier_checkpoint_cannot_be_compared_without_tiles(verify: Verify) -> None:
    """Where a tile is missing, nothing is claimed about the past."""
    left = {name: data for name, data in MEMBERS.items() if not name.startswith("tile/")}
    report = verify(left, since=LOG.checkpoint(6))
    assert "it cannot be compared, because tiles are missing" in sentences(report)
