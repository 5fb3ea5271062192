"""A plan template: what a plan asks for, with whom it is made, and what is gently looked at.

A trainee fills it in with a person from a case, or with somebody invented. What they write is a
`Plan` in `plan_content`.
"""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from peer_xblocks.core.value import CompetencyId, Line, OptionalProse, Prose, Slug, Value

MOST_ROWS = 12
"""How many rows a list or a table of a plan may have."""

MOST_INPUTS = 180
"""How many inputs all rows of a template may come to: what one form may send, and some to spare."""


class PlanKind(StrEnum):
    """What sort of plan it is."""

    SERVICE = "service"
    WELLNESS = "wellness"
    GROUP = "group"


class FieldForm(StrEnum):
    """How a field is written: a line, a paragraph, a list of lines, or a table of rows."""

    LINE = "line"
    TEXT = "text"
    LIST = "list"
    TABLE = "table"


class Check(StrEnum):
    """What is gently looked at as somebody writes. None of them ever stands in the way."""

    FIRST_PERSON = "first_person"
    SMALL_STEP = "small_step"
    STRENGTHS_USED = "strengths_used"
    DEFICIT_LANGUAGE = "deficit_language"
    WORKERS_GOAL = "workers_goal"


class StepPart(StrEnum):
    """What a column says of a step."""

    WHAT = "what"
    WHO = "who"
    WHEN = "when"
    KNOWN = "known"


class Column(Value):
    """One column of a table. `part` says what it tells of a step, for the check `small_step`."""

    id: Slug
    label: Line
    part: StepPart | None = None


class PlanField(Value):
    """Something that a plan asks for.

    `rows` is how many empty rows a list or table begins with. `strengths` names the list of
    strengths that the check `strengths_used` looks for in this field. Without its `needed` fields
    a plan is not finished.
    """

    id: Slug
    label: Line
    form: FieldForm
    hint: OptionalProse = ""
    example: OptionalProse = ""
    needed: bool = False
    rows: int = Field(ge=1, le=6, default=2)
    competencies: Annotated[tuple[CompetencyId, ...], Field(min_length=1)]
    columns: tuple[Column, ...] = ()
    checks: tuple[Check, ...] = ()
    strengths: str = Field(default="", max_length=64)

    @property
    def has_rows(self) -> bool:
        """Whether it is written in rows."""
        return self.form in (FieldForm.LIST, FieldForm.TABLE)

    @property
    def column_ids(self) -> tuple[str, ...]:
        """The ids of its columns; a list has one, `item`."""
        return tuple(one.id for one in self.columns) or (ITEM,)

    def column(self, part: StepPart) -> str:
        """The id of the column that tells this of a step; "" where none does."""
        return next((one.id for one in self.columns if one.part == part), "")

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        ids = [one.id for one in self.columns]
        if len(set(ids)) < len(ids):
            raise ValueError("two columns have the same id")
        if bool(self.columns) != (self.form == FieldForm.TABLE):
            raise ValueError("a table needs columns, and nothing else has any")
        if Check.SMALL_STEP in self.checks and not self.column(StepPart.WHAT):
            raise ValueError("small_step needs a table in which a column has part: what")
        if bool(self.strengths) != (Check.STRENGTHS_USED in self.checks):
            raise ValueError("strengths_used and `strengths`, the field to look in, go together")
        return self


ITEM = "item"
"""The one column of a list."""


class Section(Value):
    """A part of a plan with fields that belong together."""

    id: Slug
    title: Line
    about: OptionalProse = ""
    fields: Annotated[tuple[PlanField, ...], Field(min_length=1)]


class CasePerson(Value):
    """Whom a plan is made with: somebody invented, and what they have told so far.

    For a group plan, who they are that would come; then `age` is left out.
    """

    name: Line
    age: int | None = Field(ge=0, le=120, default=None)
    pronouns: str = Field(default="", max_length=80)
    situation: Prose


class PlanTemplate(Value):
    """A whole template. `minutes` is for one plan, made with care."""

    url_name: Slug
    title: Line
    kind: PlanKind
    minutes: int = Field(ge=1, le=240)
    person: CasePerson
    content_note: Prose
    support: Prose
    way_out: Prose
    brief: Prose
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]

    @property
    def fields(self) -> tuple[PlanField, ...]:
        """The fields of all sections, in order."""
        return tuple(field for section in self.sections for field in section.fields)

    @property
    def competencies(self) -> tuple[CompetencyId, ...]:
        """The competencies that its fields practice, in the order they first come up."""
        return tuple(dict.fromkeys(name for one in self.fields for name in one.competencies))

    def field(self, name: str) -> PlanField | None:
        """The field with this id, or None."""
        return next((one for one in self.fields if one.id == name), None)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        ids = [one.id for one in self.sections] + [one.id for one in self.fields]
        doubles = sorted({one for one in ids if ids.count(one) > 1})
        if doubles:
            raise ValueError(f'the id "{doubles[0]}" stands twice in this template')
        lists = {one.id for one in self.fields if one.form == FieldForm.LIST}
        for one in self.fields:
            if one.strengths and one.strengths not in lists:
                raise ValueError(f'there is no list "{one.strengths}"')
        inputs = sum(len(one.column_ids) * MOST_ROWS if one.has_rows else 1 for one in self.fields)
        if inputs > MOST_INPUTS:
            raise ValueError("this asks for more than fits on one page; leave out a list")
        return self
