"""A role play as one activity.

Its scenario, the rubric it is rated on, and the critical errors that count.
"""

from typing import Self

from pydantic import Field, model_validator

from peer_xblocks.core.rubric import CriticalErrors, Rubric
from peer_xblocks.core.scenario import Scenario
from peer_xblocks.core.value import Prose, Slug, Value


class OtherScene(Value):
    """Another role play of the same module, which may be done in place of this one."""

    url_name: Slug
    title: str = Field(min_length=1, max_length=200)
    minutes: int = Field(ge=1, le=120)
    content_note: Prose


class RolePlay(Value):
    """What the `peer_role_play` block holds.

    `formative` performances never count towards a competency. A prompted one, where a script
    speaks and cannot answer what was said, counts only where `prompted_counts`. `others` can be
    done in place of this one; building a course fills them in.
    """

    url_name: Slug
    title: str = Field(min_length=1, max_length=200)
    formative: bool = False
    prompted_counts: bool = False
    scenario: Scenario
    rubric: Rubric
    critical_errors: CriticalErrors
    others: tuple[OtherScene, ...] = ()

    @property
    def as_other(self) -> OtherScene:
        """What is told of this role play where it may be done in place of another."""
        scenario = self.scenario
        return OtherScene(
            url_name=self.url_name,
            title=self.title,
            minutes=scenario.minutes,
            content_note=scenario.content_note,
        )

    @model_validator(mode="after")
    def _belongs_together(self) -> Self:
        if self.scenario.rubric != self.rubric.key:
            raise ValueError(
                f'the scenario names the rubric "{self.scenario.rubric}", not "{self.rubric.key}"'
            )
        return self
