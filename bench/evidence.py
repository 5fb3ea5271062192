"""How fast a pack is proved, beside the plain hash functions that it cannot do without.

Run `python bench/evidence.py [--entries N]`. One thread. The promise: deriving commitments, leaves
and root again from a pack's bytes takes at most three times HMAC + leaf + node by hashlib.
"""

import argparse
import hashlib
import hmac
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.stand import table
from peer_xblocks.evidence import chains, envelope, keys, lines, merkle, tiles
from peer_xblocks.evidence.checkpoint import (
    Checkpoint,
    parse,
    sign_checkpoint,
)
from peer_xblocks.evidence.commitment import commit, encode_base64url, record_entry
from peer_xblocks.evidence.findings import Findings
from peer_xblocks.evidence.note import parse as parse_note
from peer_xblocks.evidence.pack import open_pack
from peer_xblocks.evidence.packing import write_pack
from peer_xblocks.evidence.tree import Tree
from peer_xblocks.evidence.verify import verify_pack

BAR = 3.0
SUBJECTS = 1000
PROGRAMME = "bench"
ORIGIN = f"bench.invalid/peer-xblocks/{PROGRAMME}"
SECRET = Ed25519PrivateKey.from_private_bytes(bytes(32))
COMMENT = "The trainee opens with respect, says who they are and asks what would help. " * 4


def urn(number: int) -> str:
    """Return a urn:uuid made of a number."""
    return f"urn:uuid:00000000-0000-4000-8000-{number:012x}"


def make_pack(folder: Path, entries: int) -> Path:
    """Write a pack that opens every record of a log of this many entries."""
    leaves: list[bytes] = []
    target = folder / "pack"

    def members() -> Iterator[tuple[str, bytes | Iterator[bytes]]]:
        yield "records", make_lines(entries, leaves)
        for tile, data in tiles.build_tiles(leaves):
            yield tile.path, data
        yield (
            "checkpoint",
            sign_checkpoint(Checkpoint(ORIGIN, entries, merkle.root(leaves)), SECRET),
        )

    write_pack(target, members())
    return target


def make_lines(entries: int, leaves: list[bytes]) -> Iterator[bytes]:
    """Yield the lines of `records`, the last of them a roster, and collect the leaf hashes."""
    ends: dict[str, tuple[int, str]] = {}
    for index in range(entries):
        record = roster(index, ends) if index == entries - 1 else rating(index, ends)
        salt = hashlib.sha256(b"%d" % index).digest()
        commitment = commit(salt, record)
        leaves.append(merkle.leaf_hash(record_entry(commitment)))
        if index < entries - 1:
            subject = urn(index % SUBJECTS)
            last = ends[subject][0] if subject in ends else 0
            ends[subject] = (last + 1, encode_base64url(commitment))
        yield b"%d %s %s\n" % (index, encode_base64url(salt).encode(), record)


def rating(index: int, ends: dict[str, tuple[int, str]]) -> bytes:
    """Return the canonical bytes of a rating."""
    subject = urn(index % SUBJECTS)
    last, commitment = ends.get(subject, (0, ""))
    previous = f'"{commitment}"' if last else "null"
    return (
        f'{{"about":[],"acting_as":"assessor","actor":"{urn(index % 50)}",'
        f'"at":"2026-11-22T10:15:30.{index % 1_000_000:06d}Z",'
        f'"body":{{"comment":"{COMMENT}","level":{index % 4 + 1},"seat":{index % 2 + 1}}},'
        f'"documents":{{"rubric":"{"0" * 64}"}},"id":"{urn(index + SUBJECTS)}","kind":"rating",'
        f'"previous":{previous},"programme":"{PROGRAMME}","seq":{last + 1},'
        f'"subject":"{subject}","v":1}}'
    ).encode()


def roster(index: int, ends: dict[str, tuple[int, str]]) -> bytes:
    """Return the canonical bytes of the roster that ends the log."""
    named = ",".join(
        f'"{subject}":{{"commitment":"{commitment}","last":{last}}}'
        for subject, (last, commitment) in sorted(ends.items())
    )
    return (
        f'{{"about":[],"acting_as":"system","actor":"system","at":"2026-11-23T00:00:00.000000Z",'
        f'"body":{{"size":{index},"subjects":{{{named}}}}},"documents":{{}},'
        f'"id":"{urn(index + SUBJECTS)}","kind":"roster","previous":null,'
        f'"programme":"{PROGRAMME}","seq":1,"subject":null,"v":1}}'
    ).encode()


def hash_plainly(batch: Sequence[bytes]) -> float:
    """Return the seconds that HMAC, leaf and node take for these lines, already taken apart."""
    pairs = [(bytes(32), line.split(b" ", 2)[2]) for line in batch]
    entry, both = bytes(58), bytes(65)
    digest, sha256 = hmac.digest, hashlib.sha256
    begin = time.perf_counter()
    for salt, record in pairs:
        digest(salt, record, "sha256")
        sha256(entry).digest()
        sha256(both).digest()
    return time.perf_counter() - begin


def measure_bytes(target: Path) -> tuple[str, float, float, float]:
    """Return the row for reading a pack and deriving all its commitments, leaves and the root."""
    plain = 0.0
    begin = time.perf_counter()
    with open_pack(target) as pack:
        tree = Tree(pack, parse(parse_note(pack.read("checkpoint")).text))
        ours = time.perf_counter() - begin
        batches = pack.line_batches("records")
        while True:
            begin = time.perf_counter()
            batch = next(batches, None)
            if batch is None:
                break
            found, misspelled = lines.rederive(batch, tree.leaves)
            ours += time.perf_counter() - begin
            plain += hash_plainly(batch)
            assert not misspelled and all(is_leaf for *_, is_leaf in found)
    assert not tree.problems
    return "verify: commitments, leaves, root", ours, plain, BAR


def measure_parsing(target: Path) -> tuple[str, float, float, None]:
    """Return the row for reading what the records say and following the chains."""
    ours, plain, after = 0.0, 0.0, -1
    with open_pack(target) as pack:
        checkpoint = parse(parse_note(pack.read("checkpoint")).text)
        tree = Tree(pack, checkpoint)
        findings = Findings(checkpoint.size, PROGRAMME, tree.leaves)
        for batch in pack.line_batches("records"):
            found, _ = lines.rederive(batch, tree.leaves)
            begin = time.perf_counter()
            after = envelope.check_records(found, after, findings)
            middle = time.perf_counter()
            for _, _, record, _ in found:
                json.loads(record)
            ours, plain = ours + middle - begin, plain + time.perf_counter() - middle
    begin = time.perf_counter()
    chains.check_chains(findings)
    chains.check_ids(findings)
    ours += time.perf_counter() - begin
    assert not findings.problems
    return "verify: records parsed, chains", ours, plain, None


def measure_root(target: Path) -> tuple[str, float, float, float]:
    """Return the row for the root over all leaf hashes."""
    with open_pack(target) as pack:
        size = parse(parse_note(pack.read("checkpoint")).text).size
        data = b"".join(pack.read(tile.path) for tile in tiles.tiles_of(size) if tile.level == 0)
    hashes = [data[at : at + 32] for at in range(0, len(data), 32)]
    begin = time.perf_counter()
    merkle.root(hashes)
    ours = time.perf_counter() - begin
    both, sha256 = bytes(65), hashlib.sha256
    begin = time.perf_counter()
    for _ in range(size - 1):
        sha256(both).digest()
    return f"root of {size:,} leaves", ours, time.perf_counter() - begin, BAR


def main() -> int:
    """Print a row for each promise; 1 when a bar is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    entries = parser.parse_args().entries
    with tempfile.TemporaryDirectory() as folder:
        target = make_pack(Path(folder), entries)
        rows = [measure_bytes(target), measure_parsing(target), measure_root(target)]
        begin = time.perf_counter()
        report = verify_pack(target, [str(keys.public_key(ORIGIN, SECRET))])
        whole = time.perf_counter() - begin
        assert report.exit_code == 0, report.problems[:3]
    table.heading("plain hashes")
    for what, ours, plain, bar in rows:
        limit = "" if bar is None else f"≤ ×{bar:.0f}"
        told = f"{ours:.2f} s ×{ours / plain:.2f}"
        holds = None if bar is None else ours <= bar * plain
        table.row(what, "", limit, told, f"{plain:.2f} s", holds=holds)
    table.row("verify: the whole command", "", "", f"{whole:.1f} s")
    print(report.summary)
    return int(any(bar is not None and ours > bar * plain for _, ours, plain, bar in rows))


if __name__ == "__main__":
    sys.exit(main())
