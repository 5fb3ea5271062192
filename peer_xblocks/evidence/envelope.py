"""What an opened record says: its envelope, and the body of a roster (record.md, sections 1, 2).

The bodies of the other kinds are for `core` to read; here a record is held to what carries it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from peer_xblocks.evidence.canonical import parse_canonical
from peer_xblocks.evidence.commitment import decode_base64url
from peer_xblocks.evidence.errors import CanonicalFormError
from peer_xblocks.evidence.findings import Findings, Listed, Opened, RosterLine
from peer_xblocks.evidence.lines import STRICT_32_BYTES, URN, Rederived, first_number
from peer_xblocks.evidence.pack import RECORDS

KINDS = frozenset(
    (
        "submission",
        "rating",
        "resolution",
        "release",
        "correction",
        "void",
        "roster",
        "consent",
        "hours",
        "attestation",
        "credential",
        "status",
        "framework",
    )
)
KINDS_WITHOUT_SUBJECT = frozenset({"roster", "framework"})
ROLES = frozenset(
    ("trainee", "assessor", "lead", "author", "auditor", "operator", "supervisor", "system")
)
ROSTER = "roster"
_URN = re.compile(URN, re.ASCII)
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
_COMMITMENT = re.compile(STRICT_32_BYTES.decode("ascii"), re.ASCII)
_SLUG = re.compile(r"[a-z0-9-]{1,64}", re.ASCII)


def check_records(found: Iterable[Rederived], after: int, findings: Findings) -> int:
    """Check what opened records say, once their bytes were derived again.

    `after` is the last index of those before; returns that of these.
    """
    for one in found:
        if findings.take(one[0], RECORDS, after):
            after = one[0]
            _check_record(one, findings)
    return after


def note_misspelled(line: bytes, findings: Findings) -> None:
    """Note a line of `records` that has not its form."""
    index = first_number(line)
    where = "a line" if index is None else f"the line of entry {index}"
    findings.add(f"{where} is not INDEX SALT RECORD", member=RECORDS, index=index)


def _check_record(one: Rederived, findings: Findings) -> None:
    """Check one opened record and note what other checks need of it."""
    index, _, record, is_leaf = one
    facts: dict[str, Any] = {"member": RECORDS, "index": index}
    if not is_leaf:
        findings.add(
            f"entry {index} has another commitment in the log: record or salt was altered",
            **facts,
        )
    try:
        value = parse_canonical(record)
    except CanonicalFormError as error:
        findings.add(f"the record of entry {index} is not canonical: {error.reason}", **facts)
        return
    if not isinstance(value, dict):
        findings.add(f"the record of entry {index} is not an object", **facts)
        return
    if isinstance(value.get("subject"), str) and _URN.fullmatch(value["subject"]):
        facts["subject"] = value["subject"]
    wrong = _wrong_members(value)
    for sentence in [*wrong.values(), *_contradictions(value, wrong, findings.programme)]:
        findings.add(f"the record of entry {index}: {sentence}", **facts)
    _note(one, value, wrong, findings)


def _note(one: Rederived, value: dict[str, Any], wrong: dict[str, str], to: Findings) -> None:
    """Keep what the record says, as far as it is readable."""
    index, derived, _, is_leaf = one
    if not {"subject", "seq", "previous"} & wrong.keys():
        commitment = derived if is_leaf else b""
        previous = None if value["previous"] is None else decode_base64url(value["previous"])
        row = Listed(index, value["subject"], value["seq"], commitment, RECORDS, previous)
        to.link(row)
    if not {"kind", "id", "about", "subject"} & wrong.keys():
        about = tuple(value["about"])
        to.opened.append(Opened(index, value["kind"], value["id"], about, value["subject"]))
    if "documents" not in wrong:
        to.documents.update(value["documents"].values())
    if value.get("kind") == ROSTER and "body" not in wrong:
        _note_roster(index, value["body"], to)


def _wrong_members(value: dict[str, Any]) -> dict[str, str]:
    """Return a sentence for each member that is absent, of the wrong type or unknown."""
    wrong = {
        name: f'member "{name}" is not {form}'
        for name, (is_right, form) in _MEMBERS.items()
        if name not in value or not is_right(value[name])
    }
    for name in value.keys() - _MEMBERS.keys():
        wrong[name] = f"member {name[:40]!a} is unknown"
    return wrong


def _contradictions(value: dict[str, Any], wrong: dict[str, str], programme: str) -> list[str]:
    """Return sentences for members that are well written and do not go together."""
    found: list[str] = []
    if "programme" not in wrong and value["programme"] != programme:
        found.append(f'its programme is "{value["programme"]}", not the log\'s "{programme}"')
    if not {"kind", "subject"} & wrong.keys() and (
        (value["subject"] is None) != (value["kind"] in KINDS_WITHOUT_SUBJECT)
    ):
        found.append(f"a {value['kind']} has {'no' if value['subject'] else 'a'} subject")
    if not {"seq", "previous"} & wrong.keys() and (
        (value["previous"] is None) != (value["seq"] == 1)
    ):
        found.append("the first record of a subject, and no other, has no previous one")
    return found


def _note_roster(index: int, body: Mapping[str, Any], findings: Findings) -> None:
    """Keep what a roster says, or note what is wrong with it."""
    subjects = body.get("subjects")
    lines: dict[str, RosterLine] = {}
    facts: dict[str, Any] = {"member": RECORDS, "index": index}
    if body.keys() != {"subjects", "size"} or not isinstance(subjects, dict):
        findings.add(f"the roster at entry {index} has not the members of one", **facts)
        return
    if not _is_count(body["size"]) or body["size"] != index:
        findings.add(f"the roster at entry {index} counts other entries before it", **facts)
    for subject, end in subjects.items():
        line = _roster_line(end)
        if line is None or not _is_urn(subject):
            findings.add(f"the roster at entry {index} has a wrong line", **facts)
        else:
            lines[subject] = line
    findings.rosters[index] = lines


def _roster_line(end: object) -> RosterLine | None:
    """Read what a roster says of one subject, None when it is not written so."""
    if not isinstance(end, dict) or end.keys() != {"last", "commitment"}:
        return None
    if not _is_number(end["last"]) or not _is_commitment(end["commitment"]):
        return None
    return RosterLine(end["last"], decode_base64url(end["commitment"]))


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_number(value: object) -> bool:
    return _is_count(value) and value != 0


def _is_urn(value: object) -> bool:
    return isinstance(value, str) and _URN.fullmatch(value) is not None


def _is_commitment(value: object) -> bool:
    return isinstance(value, str) and _COMMITMENT.fullmatch(value) is not None


def _is_time(value: object) -> bool:
    if not isinstance(value, str) or _TIME.fullmatch(value) is None:
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_documents(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(digest, str) and _DIGEST.fullmatch(digest) for digest in value.values()
    )


_MEMBERS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "v": (lambda value: _is_number(value) and value == 1, "1"),
    "kind": (lambda value: isinstance(value, str) and value in KINDS, "a kind of record"),
    "id": (_is_urn, "a urn:uuid"),
    "programme": (
        lambda value: isinstance(value, str) and _SLUG.fullmatch(value) is not None,
        "a programme's name",
    ),
    "subject": (lambda value: value is None or _is_urn(value), "a urn:uuid or null"),
    "seq": (_is_number, "a number from 1 on"),
    "previous": (lambda value: value is None or _is_commitment(value), "a commitment or null"),
    "at": (_is_time, "a time with six decimals in UTC"),
    "actor": (lambda value: value == "system" or _is_urn(value), 'a urn:uuid or "system"'),
    "acting_as": (lambda value: isinstance(value, str) and value in ROLES, "a role"),
    "about": (
        lambda value: isinstance(value, list) and all(map(_is_urn, value)),
        "a list of urn:uuid",
    ),
    "documents": (_is_documents, "an object of SHA-256 digests"),
    "body": (lambda value: isinstance(value, dict), "an object"),
}
