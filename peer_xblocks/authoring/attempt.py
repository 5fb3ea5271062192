"""One reading of a text that may be faulty: as much of it as could be read, and every problem.

A fault in one place does not hide those in others, so whoever checks a text reads on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from peer_xblocks.authoring.refusals import Written
from peer_xblocks.authoring.source import parse, value_of
from peer_xblocks.core.problem import Problem, ProblemsError
from peer_xblocks.core.value import Value

Held = TypeVar("Held")
Model = TypeVar("Model", bound=Value)


@dataclass(frozen=True)
class Attempt(Generic[Held]):
    """What came of a text: its plain data if it has any, its value only when all is well."""

    written: Written | None = None
    value: Held | None = None
    problems: tuple[Problem, ...] = ()

    def whole(self) -> Held:
        """The value. Raises ProblemsError when there is any problem."""
        if self.value is None or self.problems:
            raise ProblemsError(list(self.problems))
        return self.value


def plain(text: str, file: str) -> Attempt[Written]:
    """An attempt at plain YAML."""
    try:
        written = parse(text, file)
    except ProblemsError as error:
        return Attempt(problems=tuple(error.problems))
    return Attempt(written, written)


def valued(
    written: Written, make: Callable[[Written], Held], before: Sequence[Problem] = ()
) -> Attempt[Held]:
    """An attempt at the value of data, after the problems that were found `before`."""
    try:
        value = make(written)
    except ProblemsError as error:
        return Attempt(written, None, (*before, *error.problems))
    return Attempt(written, None if before else value, tuple(before))


def of_model(model: type[Model], text: str, file: str) -> Attempt[Model]:
    """An attempt at a YAML text that holds one value."""
    read = plain(text, file)
    if read.written is None:
        return Attempt(problems=read.problems)
    return valued(read.written, lambda written: value_of(model, written))
