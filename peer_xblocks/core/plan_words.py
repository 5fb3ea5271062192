"""Words that a plan is gently looked through for, with what may be said in their place."""

import re
from functools import cached_property
from typing import Annotated

from pydantic import Field

from peer_xblocks.core.value import Line, Value


class PlanTerm(Value):
    """Ways of saying something, and what may be said instead.

    `*` at the end of a word stands for any ending. With `also_own` it is looked for in what
    somebody says of themselves, too; other terms leave words in quotes and words after "I am" be.
    """

    find: Annotated[tuple[Line, ...], Field(min_length=1)]
    instead: Line
    also_own: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds any of the ways, whole words alone."""
        ways = "|".join(_pattern(one) for one in self.find)
        return re.compile(rf"(?<!\w)(?:{ways})(?!\w)", re.IGNORECASE)


def _pattern(way: str) -> str:
    words = [re.escape(word).replace(r"\*", r"\w*") for word in way.split()]
    return r"\s+".join(words).replace("'", "['’]")


class PlanWords(Value):
    """What `plan-words.yaml` says: words that name what is wrong with people, and words of plans
    that others made for them.
    """

    deficit: tuple[PlanTerm, ...] = ()
    workers: tuple[PlanTerm, ...] = ()
