"""Logs whose operator signs what is not honest, or not complete, with the right key."""

from collections.abc import Callable
from typing import Any

import pytest

from peer_xblocks.evidence import merkle, tiles
from peer_xblocks.evidence.commitment import encode_base64url
from peer_xblocks.evidence.report import Report

from . import packs

Verify = Callable[..., Report]
ANA, BEN = packs.ANA, packs.BEN


def log_of(*subjects: str) -> packs.Log:
    """Return a log with one submission for each name given, and no roster yet."""
    log = packs.Log()
    for subject in subjects:
        log.append("submission", subject)
    return log


def told(report: Report) -> list[str]:
    """Return the sentences of the problems."""
    return [problem.sentence for problem in report.problems]


def test_an_honest_log_holds(verify: Verify) -> None:
    """The log that the others are variations of has no problem."""
    log = log_of(ANA, BEN, ANA)
    log.roster()
    report = verify(log.pack())
    assert (report.problems, report.summary) == ((), "opened 4 of 4, withheld 0, erased 0")


def test_a_record_that_the_log_never_had_is_missed(verify: Verify) -> None:
    """A number that was skipped is named, and so is the chain that does not join."""
    log = log_of(ANA)
    log.append("rating", ANA, seq=3)
    log.roster()
    assert told(verify(log.pack())) == [f"subject {ANA}: record 2 of 3 is missing"]


def test_a_missing_tail_is_named_by_the_roster(verify: Verify) -> None:
    """Leaving out the last records of a person shows against the roster."""
    log = log_of(ANA, ANA, ANA)
    log.roster()
    report = verify(log.pack(left_out=[1, 2]))
    assert told(report) == [f"subject {ANA}: records 2 to 3 of 3 are missing"]
    assert report.summary == "opened 2 of 4, withheld 0, erased 0, missing 2"
    assert report.problems[0].subject == ANA


def test_a_cut_roster_is_named(verify: Verify) -> None:
    """A last roster that knows less than an earlier one contradicts the records."""
    log = log_of(ANA, ANA, ANA)
    ends = log.ends()
    ends[ANA] = {"last": 2, "commitment": encode_base64url(log.rows[1].commitment)}
    log.roster(ends)
    sentences = told(verify(log.pack()))
    assert f"subject {ANA}: entry 2 is record 3, the last roster knows 2" in sentences
    assert f"the roster at entry 3 leaves out record 3 of subject {ANA}, entry 2" in sentences


def test_a_roster_that_does_not_name_a_subject_is_named(verify: Verify) -> None:
    """Everyone with a record is in the roster."""
    log = log_of(ANA, BEN)
    ends = log.ends()
    del ends[BEN]
    log.roster(ends)
    assert told(verify(log.pack())) == [f"the roster at entry 2 does not name subject {BEN}"]


def test_a_roster_with_another_commitment_is_named(verify: Verify) -> None:
    """The roster holds the last record of a chain, also a withheld one."""
    log = log_of(ANA, ANA)
    ends = log.ends()
    ends[ANA]["commitment"] = encode_base64url(bytes(32))
    log.roster(ends)
    wanted = [f"the roster at entry 2 has another record 2 of subject {ANA} than entry 1"]
    assert told(verify(log.pack())) == wanted
    assert told(verify(log.pack(withheld=[1]))) == wanted


def test_a_withheld_line_about_another_record_is_named(verify: Verify) -> None:
    """Another entry of the log cannot stand in for a withheld record."""
    log = log_of(ANA, ANA, ANA, BEN)
    log.roster()
    members = log.pack(withheld=[1], left_out=[3])
    stand_in = log.rows[3].hidden_line.replace(BEN.encode() + b" 1", ANA.encode() + b" 2")
    assert told(verify({**members, "withheld": stand_in})) == [
        "record 3, entry 2, stands before record 2",
        "entry 2 commits to another record before it than entry 3",
    ]


def test_an_earlier_roster_is_checked_when_it_is_opened(verify: Verify) -> None:
    """A roster in the middle is held against the records before and after it."""
    log = log_of(ANA)
    log.roster({})
    log.append("rating", ANA)
    log.roster()
    assert told(verify(log.pack())) == [f"the roster at entry 1 does not name subject {ANA}"]
    assert "entry 1 is about nobody, so it must be opened" in told(verify(log.pack(withheld=[1])))


def test_an_earlier_roster_that_is_left_out_is_missed(verify: Verify) -> None:
    """The records without a subject are a chain like any other."""
    log = log_of(ANA)
    log.roster()
    log.append("rating", ANA)
    log.roster()
    report = verify(log.pack(left_out=[1]))
    assert told(report) == ["records without a subject: record 1 of 2 is missing"]


def published() -> tuple[packs.Log, bytes]:
    """Return a log of two people and the checkpoint that an auditor kept of it."""
    log = log_of(ANA, BEN)
    log.append("rating", ANA, body={"level": 1})
    log.roster()
    return log, log.checkpoint()


def forget(log: packs.Log, subject: str | None, number: int) -> None:
    """Take a chain back to before a number: the leaves stay, the rows are as if never made."""
    for row in log.chain(subject)[number - 1 :]:
        del log.rows[row.index]


def test_a_record_that_was_replaced_after_a_checkpoint_is_named(verify: Verify) -> None:
    """Whoever runs the site cannot let another rating take the place of one that was known."""
    log, kept = published()
    forget(log, ANA, 2)
    log.append("rating", ANA, body={"level": 4})
    log.roster()
    report = verify(log.pack(), since=kept)
    assert f"the roster at entry 5 forgets what entry 3 has of {ANA}" in told(report)
    assert verify(log.pack(withheld=[3]), since=kept).exit_code == 1
    log.erase([3])
    log.roster()
    report = verify(log.pack(erased=[3]), since=kept)
    assert "entry 3 is about nobody, so it must be opened" in told(report)


def test_a_chain_of_rosters_that_began_anew_does_not_continue(verify: Verify) -> None:
    """The roster under an earlier checkpoint must be in the pack, not only its entry."""
    log, kept = published()
    forget(log, ANA, 2)
    forget(log, None, 1)
    log.append("rating", ANA, body={"level": 4})
    log.roster()
    told_since = verify(log.pack(left_out=[1]), since=kept)
    assert told(told_since) == ["entry 3, its last, must be an opened roster in this pack"]


def test_a_forgotten_tail_and_a_forgotten_person_are_named(verify: Verify) -> None:
    """A later roster knows at least what an earlier one knew, also of people left out here."""
    log, _kept = published()
    forget(log, ANA, 2)
    forget(log, BEN, 1)
    log.roster()
    sentences = told(verify(log.pack()))
    for subject in (ANA, BEN):
        assert f"the roster at entry 4 forgets what entry 3 has of {subject}" in sentences


def test_an_entry_that_belongs_to_nobody_is_named(verify: Verify) -> None:
    """Where everybody is in the pack, no entry is left over for a second version of a record."""
    log, _kept = published()
    forget(log, ANA, 2)
    forget(log, None, 1)
    log.append("rating", ANA, body={"level": 4})
    log.roster()
    assert told(verify(log.pack())) == [
        "entries that belong to nobody whom the last roster names: 2, the first of them entry 2"
    ]
    assert verify(log.pack(left_out=[1])).exit_code == 0


def test_a_roster_that_counts_other_entries_is_named(verify: Verify) -> None:
    """The size in a roster is its own index."""
    log = log_of(ANA)
    log.roster(body={"subjects": log.ends(), "size": 2})
    assert told(verify(log.pack())) == ["the roster at entry 1 counts other entries before it"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"subjects": {}},
        {"subjects": [], "size": 1},
        {"subjects": {}, "size": 1, "more": 1},
        {"subjects": {}, "size": "1"},
        {"subjects": {"ana": {"last": 1, "commitment": "A" * 43}}, "size": 1},
        {"subjects": {ANA: {"last": 0, "commitment": "A" * 43}}, "size": 1},
        {"subjects": {ANA: {"last": 1, "commitment": "A"}}, "size": 1},
        {"subjects": {ANA: {"last": 1}}, "size": 1},
        {"subjects": {ANA: 1}, "size": 1},
    ],
)
def test_a_roster_that_cannot_be_read_is_named(verify: Verify, body: dict[str, Any]) -> None:
    """A roster of another form is a problem of its entry."""
    log = log_of(ANA)
    log.roster(body=body)
    report = verify(log.pack())
    assert report.exit_code == 1
    assert 1 in {problem.index for problem in report.problems}


def test_a_log_that_does_not_end_in_a_roster_is_named(verify: Verify) -> None:
    """The last entry below a checkpoint is a roster, and it is opened."""
    log = log_of(ANA)
    assert (
        "entry 0, the last, must be an opened roster: it is in records"
        in told(verify(log.pack()))[0]
    )
    log.roster()
    assert (
        "entry 1, the last, must be an opened roster: it is in withheld"
        in told(verify(log.pack(withheld=[1])))[0]
    )


def test_a_broken_chain_is_named(verify: Verify) -> None:
    """A record that commits to another one before it is a problem of its entry."""
    log = log_of(ANA)
    log.append("rating", ANA, previous=encode_base64url(bytes(32)))
    log.roster()
    report = verify(log.pack())
    assert told(report) == ["entry 1 commits to another record before it than entry 0"]
    assert (report.problems[0].index, report.problems[0].subject) == (1, ANA)


def test_two_records_of_one_number_are_named(verify: Verify) -> None:
    """A fork in a chain shows."""
    log = log_of(ANA, ANA)
    fork = log.rows[1].value["previous"]
    log.append("rating", ANA, seq=2, previous=fork)
    log.roster()
    assert "entry 2 is record 2, as entry 1 is" in told(verify(log.pack()))


def test_records_in_another_order_than_their_numbers_are_named(verify: Verify) -> None:
    """A later record of a person stands later in the log."""
    log = packs.Log()
    log.append("rating", ANA, seq=2, previous=encode_base64url(bytes(32)))
    log.append("submission", ANA, seq=1, previous=None)
    log.roster()
    assert "record 2, entry 0, stands before record 1" in told(verify(log.pack()))


def test_an_id_that_is_given_twice_is_named(verify: Verify) -> None:
    """Two records with one id are a problem of the second."""
    log = log_of(ANA)
    log.append("rating", ANA, id=log.rows[0].value["id"])
    log.roster()
    assert told(verify(log.pack())) == ["entry 1 has the id of entry 0"]


def test_a_record_about_nothing_that_exists_is_named(verify: Verify) -> None:
    """With all records of a person opened, each speaks of records that are there."""
    log = log_of(ANA)
    nowhere = packs.urn(0xDEAD)
    log.append("rating", ANA, about=[nowhere])
    log.append("rating", ANA)
    log.roster()
    sentence = f"entry 1 is about {nowhere}, which is nowhere in the pack"
    assert told(verify(log.pack())) == [sentence]
    assert verify(log.pack(withheld=[2])).exit_code == 0


def test_an_erased_record_that_is_shown_is_named(verify: Verify) -> None:
    """What was said to be erased is neither opened nor withheld."""
    log = log_of(ANA, ANA)
    log.erase([0])
    log.roster()
    assert told(verify(log.pack())) == ["entry 2 says that entry 0 was erased"]
    assert told(verify(log.pack(withheld=[0]))) == ["entry 2 says that entry 0 was erased"]
    assert verify(log.pack(erased=[0])).summary == "opened 2 of 3, withheld 0, erased 1"


def test_an_erasure_of_what_comes_later_is_named(verify: Verify) -> None:
    """Nobody erases an entry before it is there."""
    log = log_of(ANA)
    log.erase([2])
    log.roster()
    assert "entry 1 says that entry 2, which comes later, was erased" in told(verify(log.pack()))


def test_an_erasure_that_is_not_in_the_log_is_named(verify: Verify) -> None:
    """An erasure counts only as a leaf of the tree."""
    log = log_of(ANA, ANA)
    log.erase([0])
    log.roster()
    members = {**log.pack(erased=[0]), "erasures": b'2 {"erased":[0,1],"v":1}\n'}
    assert "entry 2 is another in the log" in told(verify(members))
    members["erasures"] = b"2 " + log.entries[1] + b"\n"
    assert "entry 2 is not an erasure" in told(verify(members))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"v": 2}, 'member "v" is not 1'),
        ({"v": True}, 'member "v" is not 1'),
        ({"kind": "party"}, 'member "kind" is not a kind of record'),
        ({"kind": ["rating"]}, 'member "kind" is not a kind of record'),
        ({"kind": "framework"}, "a framework has no subject"),
        ({"id": "urn:uuid:1"}, 'member "id" is not a urn:uuid'),
        ({"id": packs.urn(0xABC).upper()}, 'member "id" is not a urn:uuid'),
        ({"programme": "Other Programme"}, 'member "programme" is not a programme\'s name'),
        ({"programme": "other"}, 'its programme is "other", not the log\'s "pss-2026"'),
        ({"subject": 5}, 'member "subject" is not a urn:uuid or null'),
        ({"seq": 0}, 'member "seq" is not a number from 1 on'),
        ({"seq": "1"}, 'member "seq" is not a number from 1 on'),
        ({"previous": "A" * 42 + "B"}, 'member "previous" is not a commitment or null'),
        ({"previous": None}, "the first record of a subject, and no other, has no previous one"),
        ({"at": "2026-11-22T10:15:30Z"}, 'member "at" is not a time with six decimals in UTC'),
        ({"at": "2026-02-30T10:15:30.000000Z"}, 'member "at" is not a time with six decimals'),
        ({"actor": "ana"}, 'member "actor" is not a urn:uuid or "system"'),
        ({"acting_as": "friend"}, 'member "acting_as" is not a role'),
        ({"about": "urn"}, 'member "about" is not a list of urn:uuid'),
        ({"about": [1]}, 'member "about" is not a list of urn:uuid'),
        ({"documents": {"a": "b"}}, 'member "documents" is not an object of SHA-256 digests'),
        ({"documents": []}, 'member "documents" is not an object of SHA-256 digests'),
        ({"body": []}, 'member "body" is not an object'),
        ({"drop": ["at"]}, 'member "at" is not a time with six decimals in UTC'),
        ({"note": 1}, "member 'note' is unknown"),
        ({"n\u202ete": 1}, "member 'n\\u202ete' is unknown"),
    ],
)
def test_a_wrong_envelope_is_named(verify: Verify, changes: dict[str, Any], sentence: str) -> None:
    """Each member of the envelope is there, of its type, and no other is."""
    log = log_of(ANA)
    row = log.append("rating", ANA, **changes)
    row.value = {**row.value, "subject": ANA, "seq": 2}
    log.roster()
    report = verify(log.pack())
    assert any(f"the record of entry 1: {sentence}" in problem for problem in told(report))
    assert 1 in {problem.index for problem in report.problems}


@pytest.mark.parametrize(
    "data", [b"[]", b'{"v": 1}', b'{"v":1.0}', b"\xff", b"[" * 100_000, b'{"a":1,"a":2}']
)
def test_a_record_that_is_not_canonical_is_named(verify: Verify, data: bytes) -> None:
    """What was committed to in another form is still refused, though its leaf is right."""
    log = log_of(ANA)
    log.append_bytes(data, {"subject": ANA, "seq": 2})
    log.roster()
    report = verify(log.pack())
    assert any("the record of entry 1 is not" in sentence for sentence in told(report))


def test_a_large_log_holds_and_an_altered_tile_is_found(verify: Verify) -> None:
    """With tiles on two levels, an altered tile is named with the one it does not fit."""
    log = packs.Log()
    for number in range(519):
        if number == 299:
            log.roster()
        log.append("submission", packs.urn(number))
    log.roster()
    members = log.pack()
    assert [name for name in members if name.startswith("tile/")] == [
        "tile/0/000",
        "tile/0/001",
        "tile/0/002.p/9",
        "tile/1/000.p/2",
    ]
    assert verify(members, since=log.checkpoint(300)).since == 300
    altered = {**members, "tile/0/001": packs.flipped(members["tile/0/001"], 40)}
    sentences = [str(problem) for problem in verify(altered).problems]
    assert "tile/1/000.p/2: hash 1, of tile/0/001, does not fit the tile below" in sentences
    assert any("records: entry 257 has another commitment" in text for text in sentences)
    short = {**members, "tile/0/001": members["tile/0/001"][:-1]}
    assert "it has 8191 bytes, not 8192" in str(verify(short).problems[0])


def test_a_tile_that_no_such_log_has_is_named(verify: Verify) -> None:
    """A tile beside those of the tree is refused."""
    log = log_of(ANA)
    log.roster()
    extra = next(tiles.build_tiles([merkle.leaf_hash(log.entries[0])]))
    report = verify({**log.pack(), extra[0].path: extra[1]})
    assert str(report.problems[0]) == "tile/0/000.p/1: a log of size 2 has no such tile"
