"""What the checks of a pack have found so far, gathered in one place while they run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from peer_xblocks.evidence.report import Problem

# A hostile pack of nothing but wrong lines must not fill the memory of whoever checks it.
PROBLEMS_MAX = 10_000


class Listed(NamedTuple):
    """A record that the pack lists: where it stands and its place in its subject's chain.

    `commitment` is empty when it does not lead to the tree's leaf, so that nothing is built on it.
    `previous` is that of an opened record, None for a first one and for those not opened.
    """

    entry: int
    subject: str | None
    seq: int
    commitment: bytes
    member: str
    previous: bytes | None = None


class Opened(NamedTuple):
    """What other checks need of an opened record."""

    entry: int
    kind: str
    record_id: str
    about: tuple[str, ...]
    subject: str | None


class RosterLine(NamedTuple):
    """What a roster says of one subject: its last record's number and commitment."""

    last: int
    commitment: bytes


@dataclass(slots=True)
class Findings:
    """The state of one check: what is listed, what was opened, and the problems."""

    size: int
    programme: str
    leaves: bytes
    problems: list[Problem] = field(default_factory=list)
    members: dict[int, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    chains: dict[str | None, list[Listed]] = field(default_factory=dict)
    opened: list[Opened] = field(default_factory=list)
    rosters: dict[int, Mapping[str, RosterLine]] = field(default_factory=dict)
    erasures: dict[int, tuple[int, ...]] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)

    def add(self, sentence: str, **facts: Any) -> None:
        """Note a problem, with the facts of `Problem`; after very many, that there are more."""
        if len(self.problems) < PROBLEMS_MAX:
            self.problems.append(Problem(sentence, **facts))
        elif len(self.problems) == PROBLEMS_MAX:
            self.problems.append(Problem("there are more problems than can be listed"))

    def take(self, index: int, member: str, after: int) -> bool:
        """Note that a member lists an entry; False, with a problem, when it cannot.

        `after` is the index on the line before.
        """
        facts = {"member": member, "index": index}
        if index >= self.size:
            self.add(f"entry {index} is not below the size {self.size}", **facts)
            return False
        if index in self.members:
            self.add(f"entry {index} is listed in {self.members[index]} already", **facts)
            return False
        if index < after:
            self.add(f"entry {index} stands after entry {after}", **facts)
        self.members[index] = member
        self.counts[member] = self.counts.get(member, 0) + 1
        return True

    def link(self, row: Listed) -> None:
        """Put a listed record into its subject's chain."""
        self.chains.setdefault(row.subject, []).append(row)

    def leaf(self, index: int) -> bytes:
        """Return the leaf hash that the pack's tiles give for an entry."""
        return self.leaves[32 * index : 32 * index + 32]
