"""What checking found: what it was, the counts, who signed, and every problem in a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

HOLDS = 0
FAULTY = 1
NOT_COMPARED = 3


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is missing, altered or badly signed.

    `index` is the entry and `subject` the person it is about, where it is about one; `member` is
    the part of the pack that it was seen in, None for the pack as a whole.
    """

    sentence: str
    member: str | None = None
    index: int | None = None
    subject: str | None = None

    def __str__(self) -> str:
        """Return the sentence, after the name of the member."""
        return self.sentence if self.member is None else f"{self.member}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking anything under a signed checkpoint found.

    `origin`, `size` and `root` are those of the checkpoint, None when that cannot be read.
    `signed_by` names, as `name+hex`, the keys that were given and have signed; when no key was
    given, those that claim to have signed.
    """

    what: ClassVar[str]
    """What was checked, as a word after "this"."""

    origin: str | None = None
    size: int | None = None
    root: bytes | None = None
    signed_by: tuple[str, ...] = ()
    key_given: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def exit_code(self) -> int:
        """Return 0 when all holds, 1 for any problem, 3 when no key was given to compare with."""
        if self.problems:
            return FAULTY
        return HOLDS if self.key_given else NOT_COMPARED

    @property
    def signature_sentence(self) -> str:
        """Return who signed, or that the reader has to compare the key."""
        names = ", ".join(self.signed_by) or "nobody"
        if self.key_given:
            return f"signed by {names}"
        return (
            f"signed by the key inside this {self.what}: compare it with the one you were given "
            f"(it says {names})"
        )


@dataclass(frozen=True, slots=True)
class Report(Checked):
    """The outcome of checking one pack.

    `total` counts the records that the pack should list, for all chains that it touches; `subjects`
    the persons among these, and `people` counts those whom the last roster names.
    `documents_absent` counts the documents that opened records name and the pack leaves out.
    `since` is the size of the earlier checkpoint that this log was found to begin with, None when
    there was none to compare.
    """

    what: ClassVar[str] = "pack"

    opened: int = 0
    withheld: int = 0
    erased: int = 0
    total: int = 0
    subjects: tuple[str, ...] = ()
    people: int = 0
    documents_present: int = 0
    documents_absent: int = 0
    since: int | None = None

    @property
    def missing(self) -> int:
        """Return how many records the pack should list and does not."""
        return max(0, self.total - self.opened - self.withheld - self.erased)

    @property
    def summary(self) -> str:
        """Return the counts in one line."""
        counts = (
            f"opened {self.opened} of {self.total}, withheld {self.withheld}, erased {self.erased}"
        )
        return f"{counts}, missing {self.missing}" if self.missing else counts


@dataclass(frozen=True, slots=True)
class ProofReport(Checked):
    """The outcome of checking the proof of one record: which entry, and what that record is.

    `record` has the members that say so, None when the record cannot be read.
    """

    what: ClassVar[str] = "proof"

    index: int | None = None
    record: Mapping[str, Any] | None = None
