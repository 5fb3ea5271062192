"""A portfolio: the page on which a trainee sees what they have done and what it shows.

It holds what the course has to offer, so that a block needs to look at no other block.
"""

from typing import Literal

from pydantic import Field

from peer_xblocks.core.lesson import HoursKind
from peer_xblocks.core.value import CompetencyId, Line, OptionalProse, Slug, Value


class Offer(Value):
    """One activity of the course that speaks of competencies.

    `minutes` are training time: 0 for a role play, which is an assessment. `scenario` is the key of
    a role play's scenario, and "" elsewhere.
    """

    tag: Literal["peer_lesson", "peer_dialogue", "peer_role_play"]
    url_name: Slug
    title: Line
    minutes: int = Field(ge=0, le=600, default=0)
    hours_kind: HoursKind = HoursKind.SELF_PACED
    scenario: str = ""
    competencies: tuple[CompetencyId, ...] = ()


class Portfolio(Value):
    """The portfolio of one course: its words, and what the course offers, in order."""

    url_name: Slug
    title: Line
    intro: OptionalProse = ""
    offers: tuple[Offer, ...] = ()
