"""The competency framework.

Stable ids, plain sentences, where each comes from and how sure that is.
"""

from typing import Annotated, Literal

from pydantic import Field

from peer_xblocks.core.value import CompetencyId, Edition, Line, Slug, Value


class Competency(Value):
    """One competency. `role_play` says how far one role play can show it."""

    id: CompetencyId
    category: str
    number: int = Field(ge=1)
    label: Line
    statement: Line
    modules: tuple[str, ...] = ()
    role_play: Literal["direct", "partial", "other"]
    status: Literal["stored_source", "recall_verify"]


class Category(Value):
    """One of the framework's groups of competencies, with its official short title."""

    id: str
    order: int
    title: Line
    gist: Line


class Framework(Edition):
    """A competency framework in one edition, known by its digest."""

    key: Slug
    title: Line
    publisher: Line
    year: int
    text_rule: Line
    categories: tuple[Category, ...]
    competencies: Annotated[tuple[Competency, ...], Field(min_length=1)]

    def competency(self, competency_id: str) -> Competency | None:
        """The competency with this id, or None."""
        return next((c for c in self.competencies if c.id == competency_id), None)
