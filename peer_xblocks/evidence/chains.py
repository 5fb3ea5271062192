"""The chain of each subject: that no record is left out, in the middle or at the end.

The numbers of a subject's records ascend from 1, each opened record commits to the one before,
and the rosters say where a chain ended when they were made (record.md, sections 1 and 5).
"""

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from peer_xblocks.evidence.envelope import ROSTER
from peer_xblocks.evidence.findings import Findings, Listed, RosterLine
from peer_xblocks.evidence.pack import ERASED, ERASURES, RECORDS

Chain = dict[int, Listed]


def check_chains(findings: Findings) -> int:
    """Check the chain of every subject that the pack touches, and of the records without one.

    Returns how many records the pack should list.
    """
    last_roster = findings.rosters.get(findings.size - 1)
    if findings.size and last_roster is None:
        _note_no_roster(findings)
    _check_rosters(findings)
    _check_nobodys(findings)
    total = 0
    for subject, rows in sorted(findings.chains.items(), key=lambda item: item[0] or ""):
        chain = _chain(rows, findings)
        end = _end(subject, chain, last_roster, findings)
        _check_gaps(subject, chain, end, findings)
        _check_links(chain, findings)
        if subject is not None:
            for index, roster in findings.rosters.items():
                _check_roster(index, roster.get(subject), subject, chain, findings)
        total += max(end, len(chain))
    _check_strays(total, last_roster, findings)
    return total


def check_earlier_roster(size: int, findings: Findings) -> list[str]:
    """Return what is wrong with the roster that an earlier checkpoint of this size ended in.

    Whoever holds that checkpoint holds the state that its roster tells, so it must be told again:
    otherwise the log could go on as if it had never been.
    """
    if size and size - 1 not in findings.rosters:
        return [f"entry {size - 1}, its last, must be an opened roster in this pack"]
    return []


def check_erasures(findings: Findings) -> None:
    """Check that what is erased was said to be, and that what was said to be is not shown."""
    said = {erased for indexes in findings.erasures.values() for erased in indexes}
    for index, member in findings.members.items():
        if member == ERASED and index not in said:
            sentence = f"no erasure entry of the pack names entry {index}"
            findings.add(sentence, member=ERASED, index=index)
    for at, indexes in findings.erasures.items():
        for index in indexes:
            listed = findings.members.get(index)
            if index >= at:
                sentence = f"entry {at} says that entry {index}, which comes later, was erased"
                findings.add(sentence, member="erasures", index=at)
            elif listed is not None and listed != ERASED:
                sentence = f"entry {at} says that entry {index} was erased"
                findings.add(sentence, member=listed, index=index)


def check_ids(findings: Findings) -> None:
    """Check that ids are given once, and that opened records speak of records that exist.

    What a record is about may be withheld or erased, and then its id is not known. So of each
    subject at most as many ids may be unknown as its records are not opened.
    """
    seen: dict[str, int] = {}
    for one in findings.opened:
        if one.record_id in seen:
            findings.add(
                f"entry {one.entry} has the id of entry {seen[one.record_id]}",
                member=RECORDS,
                index=one.entry,
                subject=one.subject,
            )
        seen.setdefault(one.record_id, one.entry)
    unopened = Counter(
        subject
        for subject, rows in findings.chains.items()
        for row in rows
        if row.member != RECORDS
    )
    unknown: dict[str | None, dict[str, int]] = {}
    for one in findings.opened:
        for target in one.about:
            if target not in seen:
                unknown.setdefault(one.subject, {}).setdefault(target, one.entry)
    for subject, targets in unknown.items():
        if len(targets) > unopened[subject]:
            for target, index in targets.items():
                sentence = f"entry {index} is about {target}, which is nowhere in the pack"
                findings.add(sentence, member=RECORDS, index=index, subject=subject)


def _check_rosters(findings: Findings) -> None:
    """Check that no roster knows less of anybody than the one before it, also of others."""
    for (before, old), (index, new) in pairwise(sorted(findings.rosters.items())):
        for subject, line in old.items():
            later = new.get(subject)
            if later is not None and (later == line or later.last > line.last):
                continue
            sentence = f"the roster at entry {index} forgets what entry {before} has of {subject}"
            findings.add(sentence, member=RECORDS, index=index, subject=subject)


def _check_nobodys(findings: Findings) -> None:
    """Check that records without a subject are opened: nobody could withhold or erase them."""
    for row in findings.chains.get(None, ()):
        if row.member != RECORDS:
            sentence = f"entry {row.entry} is about nobody, so it must be opened"
            findings.add(sentence, member=row.member, index=row.entry)


def _check_strays(
    total: int, last_roster: Mapping[str, RosterLine] | None, findings: Findings
) -> None:
    """Note entries in no list, where the pack touches everybody whom the last roster names.

    `total` counts the records that should be listed: those that are missing are told already.
    """
    if last_roster is None or not last_roster.keys() <= findings.chains.keys():
        return
    if len(findings.members) == findings.size:
        return
    strays = [index for index in range(findings.size) if index not in findings.members]
    listed = sum(member != ERASURES for member in findings.members.values())
    if len(strays) > max(0, total - listed):
        sentence = (
            f"entries that belong to nobody whom the last roster names: {len(strays)}, "
            f"the first of them entry {strays[0]}"
        )
        findings.add(sentence, index=strays[0])


def _note_no_roster(findings: Findings) -> None:
    """Note that the checkpoint's last entry is not an opened roster that can be read."""
    index = findings.size - 1
    kinds = {one.entry: one.kind for one in findings.opened}
    if kinds.get(index) == ROSTER:
        return
    found = findings.members.get(index)
    state = "not listed" if found is None else f"in {found} and no roster that can be read"
    findings.add(
        f"entry {index}, the last, must be an opened roster: it is {state}",
        member=RECORDS,
        index=index,
    )


def _chain(rows: list[Listed], findings: Findings) -> Chain:
    """Return a subject's rows by number; a number that is given twice counts once."""
    chain: Chain = {}
    for row in rows:
        other = chain.setdefault(row.seq, row)
        if other is not row:
            findings.add(
                f"entry {row.entry} is record {row.seq}, as entry {other.entry} is",
                member=row.member,
                index=row.entry,
                subject=row.subject,
            )
    return chain


def _end(
    subject: str | None,
    chain: Chain,
    last_roster: Mapping[str, RosterLine] | None,
    findings: Findings,
) -> int:
    """Return the number of the chain's last record, as the last roster has it."""
    if subject is None:
        # The last roster is itself the last record without a subject.
        ends = [seq for seq, row in chain.items() if row.entry == findings.size - 1]
        return ends[0] if ends else 0
    line = None if last_roster is None else last_roster.get(subject)
    return 0 if line is None else line.last


def _check_gaps(subject: str | None, chain: Chain, end: int, findings: Findings) -> None:
    """Note each run of numbers from 1 to the end that is not listed, and each beyond the end."""
    name = "records without a subject" if subject is None else f"subject {subject}"
    numbers = sorted(chain)
    last = end or numbers[-1]
    of = f"of {last}" if end else f"of {last} or more"
    for before, after in pairwise([0, *(n for n in numbers if n <= last), last + 1]):
        if after - before == 2:
            findings.add(f"{name}: record {before + 1} {of} is missing", subject=subject)
        elif after - before > 2:
            sentence = f"{name}: records {before + 1} to {after - 1} {of} are missing"
            findings.add(sentence, subject=subject)
    for number in numbers:
        if end and number > end:
            row = chain[number]
            findings.add(
                f"{name}: entry {row.entry} is record {number}, the last roster knows {end}",
                member=row.member,
                index=row.entry,
                subject=subject,
            )


def _check_links(chain: Chain, findings: Findings) -> None:
    """Check that each record stands after the one before it, and that an opened one names it."""
    for number, row in chain.items():
        before = chain.get(number - 1)
        if before is None:
            continue
        facts = {"member": row.member, "index": row.entry, "subject": row.subject}
        if row.entry < before.entry:
            sentence = f"record {number}, entry {row.entry}, stands before record {number - 1}"
            findings.add(sentence, **facts)
        if row.member == RECORDS and before.commitment and row.previous != before.commitment:
            findings.add(
                f"entry {row.entry} commits to another record before it than entry {before.entry}",
                **facts,
            )


def _check_roster(
    index: int, line: RosterLine | None, subject: str, chain: Chain, findings: Findings
) -> None:
    """Check what one opened roster says of a subject against the listed records."""
    facts = {"member": RECORDS, "index": index, "subject": subject}
    if line is None:
        if any(row.entry < index for row in chain.values()):
            findings.add(f"the roster at entry {index} does not name subject {subject}", **facts)
        return
    end, following = chain.get(line.last), chain.get(line.last + 1)
    if end is not None and (
        end.entry > index or (end.commitment and end.commitment != line.commitment)
    ):
        findings.add(
            f"the roster at entry {index} has another record {line.last} of subject {subject} "
            f"than entry {end.entry}",
            **facts,
        )
    if following is not None and following.entry < index:
        findings.add(
            f"the roster at entry {index} leaves out record {line.last + 1} of subject {subject}, "
            f"entry {following.entry}",
            **facts,
        )
