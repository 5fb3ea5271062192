"""A small log of three subjects and packs of it, honest or as a dishonest operator signs them."""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from peer_xblocks.evidence import keys, merkle, note, tiles
from peer_xblocks.evidence.canonical import canonical_bytes
from peer_xblocks.evidence.checkpoint import Checkpoint, sign_checkpoint
from peer_xblocks.evidence.commitment import (
    commit,
    encode_base64url,
    erasure_entry,
    record_entry,
)
from peer_xblocks.evidence.packing import write_pack

PROGRAMME = "pss-2026"
ORIGIN = f"example.org/peer-xblocks/{PROGRAMME}"
LOG_SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
BODY_SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
LOG_KEY = str(keys.public_key(ORIGIN, LOG_SECRET))
BODY_KEY = str(keys.public_key("body.example/log", BODY_SECRET, keys.COSIGNATURE))

SCENARIO = b'{"scenario":"first meeting"}'
FRAMEWORK = b'{"framework":"core"}'
PERFORMANCE = b"a recording that the pack leaves out"

Members = dict[str, bytes]


def urn(number: int) -> str:
    """Return a urn:uuid that is easy to tell from others."""
    return f"urn:uuid:00000000-0000-4000-8000-{number:012x}"


ANA, BEN, EVE = urn(0xA), urn(0xB), urn(0xE)


def digest(data: bytes) -> str:
    """Return the name of a document."""
    return hashlib.sha256(data).hexdigest()


@dataclass
class Row:
    """One record of the log and where it stands."""

    index: int
    value: dict[str, Any]
    data: bytes
    salt: bytes
    commitment: bytes

    @property
    def line(self) -> bytes:
        """Return the line of `records` that opens it."""
        return b"%d %s %s\n" % (self.index, encode_base64url(self.salt).encode(), self.data)

    @property
    def hidden_line(self) -> bytes:
        """Return the line of `withheld` or `erased` that stands for it."""
        facts = (self.index, self.value["subject"] or "null", self.value["seq"])
        return f"{facts[0]} {facts[1]} {facts[2]} {encode_base64url(self.commitment)}\n".encode()


@dataclass
class Log:
    """A log that appends whatever it is told to, also what an honest one would not."""

    entries: list[bytes] = field(default_factory=list)
    rows: dict[int, Row] = field(default_factory=dict)
    erasures: list[int] = field(default_factory=list)

    @property
    def leaves(self) -> list[bytes]:
        """Return the leaf hashes."""
        return [merkle.leaf_hash(entry) for entry in self.entries]

    def chain(self, subject: str | None) -> list[Row]:
        """Return the records of a subject in order."""
        return [row for row in self.rows.values() if row.value["subject"] == subject]

    def append(self, kind: str, subject: str | None, /, **changes: Any) -> Row:
        """Append a record; `changes` replaces members, `drop` leaves some out."""
        index, chain = len(self.entries), self.chain(subject)
        value: dict[str, Any] = {
            "v": 1,
            "kind": kind,
            "id": urn(0x1000 + index),
            "programme": PROGRAMME,
            "subject": subject,
            "seq": len(chain) + 1,
            "previous": encode_base64url(chain[-1].commitment) if chain else None,
            "at": f"2026-11-22T10:15:{index % 60:02d}.000000Z",
            "actor": "system",
            "acting_as": "system",
            "about": [],
            "documents": {},
            "body": {},
        }
        value.update(changes)
        for name in value.pop("drop", ()):
            del value[name]
        return self.append_bytes(canonical_bytes(value), value)

    def append_bytes(self, data: bytes, value: dict[str, Any]) -> Row:
        """Append these bytes as a record that says `value`."""
        index = len(self.entries)
        salt = hashlib.sha256(b"salt %d" % index).digest()
        row = Row(index, value, data, salt, commit(salt, data))
        self.entries.append(record_entry(row.commitment))
        self.rows[index] = row
        return row

    def ends(self) -> dict[str, dict[str, Any]]:
        """Return what a roster says of each subject now."""
        subjects = {row.value["subject"] for row in self.rows.values()} - {None}
        chains = {subject: self.chain(subject) for subject in sorted(subjects)}
        return {
            subject: {
                "last": chain[-1].value["seq"],
                "commitment": encode_base64url(chain[-1].commitment),
            }
            for subject, chain in chains.items()
        }

    def roster(self, subjects: dict[str, Any] | None = None, **changes: Any) -> Row:
        """Append a roster, of all subjects or of these."""
        named = self.ends() if subjects is None else subjects
        body = {"subjects": named, "size": len(self.entries)}
        return self.append("roster", None, **{"body": body, **changes})

    def erase(self, indexes: Iterable[int]) -> int:
        """Append an erasure entry and return its index."""
        self.erasures.append(len(self.entries))
        self.entries.append(erasure_entry(indexes))
        return self.erasures[-1]

    def checkpoint(self, size: int | None = None, cosigned: bool = False) -> bytes:
        """Return the signed checkpoint at a size, all of it if none is given."""
        leaves = self.leaves[:size]
        signed = sign_checkpoint(Checkpoint(ORIGIN, len(leaves), merkle.root(leaves)), LOG_SECRET)
        if not cosigned:
            return signed
        return note.cosign(signed, "body.example/log", BODY_SECRET, 1_763_800_000)

    def pack(
        self,
        withheld: Iterable[int] = (),
        erased: Iterable[int] = (),
        left_out: Iterable[int] = (),
        documents: Iterable[bytes] = (),
    ) -> Members:
        """Return the members of a pack that opens all that is not named otherwise."""
        away = {*withheld, *erased, *left_out}
        lists = {
            "records": [row.line for index, row in self.rows.items() if index not in away],
            "withheld": [self.rows[index].hidden_line for index in sorted(withheld)],
            "erased": [self.rows[index].hidden_line for index in sorted(erased)],
            "erasures": [b"%d %s\n" % (index, self.entries[index]) for index in self.erasures],
        }
        members = {"checkpoint": self.checkpoint()}
        members |= {tile.path: data for tile, data in tiles.build_tiles(self.leaves)}
        members |= {name: b"".join(found) for name, found in lists.items() if found}
        return members | {f"documents/{digest(data)}": data for data in documents}


def sample_log() -> Log:
    """Return a log of 13 entries: Ana's attempt, Ben's, part of it erased, and Eve's."""
    log = Log()
    log.append("framework", None, documents={"framework": digest(FRAMEWORK)})
    documents = {"scenario": digest(SCENARIO), "performance": digest(PERFORMANCE)}
    ana = log.append("submission", ANA, documents=documents, body={"note": "naïve “quoted” 🌱"})
    ben = log.append("submission", BEN)
    about = [ana.value["id"]]
    first = log.append("rating", ANA, about=about, documents=documents, acting_as="assessor")
    second = log.append("rating", ANA, about=about, documents=documents, acting_as="assessor")
    log.roster()
    ratings = [first.value["id"], second.value["id"]]
    settled = log.append("resolution", ANA, about=about + ratings, acting_as="lead")
    log.append("rating", BEN, about=[ben.value["id"]], acting_as="assessor")
    eve = log.append("submission", EVE)
    log.append("release", ANA, about=[settled.value["id"], *about], acting_as="lead", actor=urn(1))
    log.erase([ben.index, eve.index])
    log.append("void", BEN, about=[ben.value["id"]], body={"reason": "asked", "cause": "request"})
    log.roster()
    return log


def sample_pack(log: Log | None = None) -> Members:
    """Return a pack of that log about Ana and Ben, with every kind of member."""
    return (log or sample_log()).pack(
        withheld=[4, 7], erased=[2], left_out=[8], documents=[SCENARIO, FRAMEWORK]
    )


def write(target: Path, members: Members) -> Path:
    """Write the members of a pack into a folder or zip and return its path."""
    write_pack(target, members.items())
    return target


def flipped(data: bytes, position: int, change: int = 1) -> bytes:
    """Return bytes with one of them altered."""
    return data[:position] + bytes([data[position] ^ change]) + data[position + 1 :]


def base64_root(data: bytes) -> str:
    """Return bytes as a checkpoint writes them."""
    return base64.b64encode(data).decode()
