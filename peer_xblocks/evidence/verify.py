"""Checking a pack offline: everything is derived again, and every problem is reported."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from peer_xblocks.evidence import chains, envelope, lines
from peer_xblocks.evidence import checkpoint as checkpoints
from peer_xblocks.evidence import note as notes
from peer_xblocks.evidence.checkpoint import Checkpoint
from peer_xblocks.evidence.errors import CheckpointError, EvidenceError, NoteError, PackError
from peer_xblocks.evidence.findings import Findings
from peer_xblocks.evidence.keys import VerifierKey, parse_key
from peer_xblocks.evidence.note import Note
from peer_xblocks.evidence.pack import (
    CHECKPOINT,
    DOCUMENTS,
    ERASED,
    ERASURES,
    RECORDS,
    WITHHELD,
    Pack,
    open_pack,
)
from peer_xblocks.evidence.report import Problem, Report
from peer_xblocks.evidence.signatures import check_signatures, of_member
from peer_xblocks.evidence.tree import Tree

Check = Callable[[Sequence[bytes], int], int]
"""Checks some lines of a member, given the index on the line before; returns the last one."""

_SINCE = "the earlier checkpoint"


def verify_pack(path: Path | str, keys: Sequence[str] = (), since: bytes | None = None) -> Report:
    """Check a pack, a folder or a zip, and report every problem in it.

    Each of `keys`, verifier key strings of the log or of cosigners, must have signed its
    checkpoint. `since` is an earlier signed checkpoint of the same log, which this one must
    continue. Raises KeyFormatError for a text that is no key, and nothing else: whatever is
    wrong with the pack is a problem in the report.
    """
    wanted = [parse_key(key) for key in keys]
    try:
        with open_pack(Path(path)) as pack:
            return _check(pack, wanted, since)
    except PackError as error:
        return Report(key_given=bool(wanted), problems=(_problem(error),))


def _check(pack: Pack, keys: Sequence[VerifierKey], since: bytes | None) -> Report:
    """Check an open pack part by part."""
    faults = tuple(map(_problem, pack.faults))
    try:
        note, checkpoint = _checkpoint(pack)
    except PackError as error:
        return Report(key_given=bool(keys), problems=(*faults, _problem(error)))
    except (NoteError, CheckpointError) as error:
        return Report(key_given=bool(keys), problems=(*faults, of_member(error, CHECKPOINT)))
    signed_by, badly_signed = check_signatures(note, checkpoint, keys, CHECKPOINT)
    tree = Tree(pack, checkpoint)
    findings = Findings(checkpoint.size, checkpoint.origin.rpartition("/")[2], tree.leaves)
    report = replace(
        _counted(pack, findings),
        origin=checkpoint.origin,
        size=checkpoint.size,
        root=checkpoint.root,
        signed_by=signed_by,
        key_given=bool(keys),
    )
    continued, broken = _check_since(since, keys, checkpoint, tree, findings)
    problems = (*faults, *badly_signed, *tree.problems, *findings.problems, *broken)
    return replace(report, since=continued, problems=problems)


def _checkpoint(pack: Pack) -> tuple[Note, Checkpoint]:
    """Read the checkpoint; raises PackError, NoteError or CheckpointError."""
    note = notes.parse(pack.read(CHECKPOINT))
    return note, checkpoints.parse(note.text)


def _counted(pack: Pack, findings: Findings) -> Report:
    """Check everything that the pack lists, and count it; what is wrong is in the findings."""
    _check_lists(pack, findings)
    total = chains.check_chains(findings)
    chains.check_erasures(findings)
    chains.check_ids(findings)
    present, absent = _check_documents(pack, findings)
    return Report(
        opened=findings.counts.get(RECORDS, 0),
        withheld=findings.counts.get(WITHHELD, 0),
        erased=findings.counts.get(ERASED, 0),
        total=total,
        subjects=tuple(sorted(subject for subject in findings.chains if subject is not None)),
        people=len(findings.rosters.get(findings.size - 1, {})),
        documents_present=present,
        documents_absent=absent,
    )


def _check_lists(pack: Pack, findings: Findings) -> None:
    """Check the lines of `records`, `withheld`, `erased` and `erasures`."""

    def check_records(batch: Sequence[bytes], after: int) -> int:
        found, misspelled = lines.rederive(batch, findings.leaves)
        for line in misspelled:
            envelope.note_misspelled(line, findings)
        return envelope.check_records(found, after, findings)

    def check_unopened(member: str) -> Check:
        return lambda batch, after: lines.check_unopened(batch, member, after, findings)

    def check_erasures(batch: Sequence[bytes], after: int) -> int:
        return lines.check_erasures(batch, after, findings)

    _check_list(pack, RECORDS, check_records, findings)
    _check_list(pack, WITHHELD, check_unopened(WITHHELD), findings)
    _check_list(pack, ERASED, check_unopened(ERASED), findings)
    _check_list(pack, ERASURES, check_erasures, findings)


def _check_list(pack: Pack, member: str, check: Check, findings: Findings) -> None:
    """Check the lines of one member, some at a time; only `records` must be there."""
    if member != RECORDS and member not in pack.sizes:
        return
    after = -1
    try:
        for batch in pack.line_batches(member):
            after = check(batch, after)
    except PackError as error:
        findings.problems.append(_problem(error))


def _check_documents(pack: Pack, findings: Findings) -> tuple[int, int]:
    """Check the documents against their names; returns how many are there and how many not."""
    present = {name for name in pack.sizes if name.startswith(DOCUMENTS)}
    for name in sorted(present):
        digest = hashlib.sha256()
        try:
            for chunk in pack.chunks(name):
                digest.update(chunk)
        except PackError as error:
            findings.problems.append(_problem(error))
            continue
        if DOCUMENTS + digest.hexdigest() != name:
            findings.add("its bytes have another digest than its name", member=name)
        if name.removeprefix(DOCUMENTS) not in findings.documents:
            findings.add("no opened record names this document", member=name)
    return len(present), len(findings.documents - {n.removeprefix(DOCUMENTS) for n in present})


def _check_since(
    since: bytes | None,
    keys: Sequence[VerifierKey],
    checkpoint: Checkpoint,
    tree: Tree,
    findings: Findings,
) -> tuple[int | None, list[Problem]]:
    """Return the size of the earlier checkpoint that the log continues, or what is wrong."""
    if since is None:
        return None, []
    try:
        note = notes.parse(since)
        old = checkpoints.parse(note.text)
    except EvidenceError as error:
        return None, [of_member(error, _SINCE)]
    if old.origin != checkpoint.origin:
        return None, [Problem(f"this checkpoint is of another log: {old.origin}", _SINCE)]
    _, problems = check_signatures(note, old, keys, _SINCE)
    if old.size > checkpoint.size:
        sentence = f"it has {old.size} entries, more than the pack's {checkpoint.size}"
        problems.append(Problem(sentence, _SINCE))
    else:
        root = tree.root_at(old.size)
        if root is None:
            problems.append(Problem("it cannot be compared, because tiles are missing", _SINCE))
        elif root != old.root:
            sentence = f"the first {old.size} entries of this log are not those it signed then"
            problems.append(Problem(sentence, _SINCE))
        else:
            told = chains.check_earlier_roster(old.size, findings)
            problems.extend(Problem(sentence, _SINCE) for sentence in told)
    return (None if problems else old.size), problems


def _problem(error: PackError) -> Problem:
    """Return what is wrong with a member, as a problem of it."""
    if error.member is None:
        return Problem(str(error))
    return Problem(error.reason, error.member)
