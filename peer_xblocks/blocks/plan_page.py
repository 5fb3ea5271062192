"""What a plan looks like: before it is begun, as it is written, and its versions."""

import dataclasses
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from peer_xblocks import compat
from peer_xblocks.authoring import content, plan_words
from peer_xblocks.blocks import frame
from peer_xblocks.core import plan_privacy
from peer_xblocks.core.errors import Error, InvalidError
from peer_xblocks.core.plan import ITEM, MOST_ROWS, PlanField, PlanTemplate
from peer_xblocks.core.plan_checks import Hint, hints
from peer_xblocks.core.plan_content import Plan, changes, left_over
from peer_xblocks.work.api import plans
from peer_xblocks.work.values import KeptPlan, PlanSave

Asked = tuple[str, str, int]
"""What a button asked for: its name, the field and the row."""


@dataclasses.dataclass(frozen=True)
class Page:
    """One plan for one person. `urls` are empty where nothing can be done, as in previews.

    `edition` names the template for what is remembered; without one nothing is.
    """

    template: PlanTemplate
    prefix: str
    kept: KeptPlan = plans.EMPTY
    is_begun: bool = False
    is_finished: bool = False
    urls: dict[str, str] = dataclasses.field(default_factory=dict)
    title: str = ""
    can_keep: bool = True
    edition: str = ""

    def html(self) -> str:
        """The whole block."""
        return frame.html("plan.html", {"page": self, "inner": self.stage()})

    def stage(
        self,
        error: Error | None = None,
        sent: Plan | None = None,
        late: PlanSave | None = None,
        asked: Asked = ("", "", 0),
    ) -> str:
        """The plan as it stands; with an error, as it was sent; `late` came after another save."""
        more = {"page": self, "error": _first(error), **self._around}
        if not self.urls or not self.is_begun:
            return frame.html("plan_note.html", {**more, "sections": self.template.sections})
        plan = self.kept.plan if sent is None else sent
        more |= {
            "plan": plan,
            "kept": self.kept,
            "sections": self._sections(plan, asked),
            "late": late,
            "changes": changes(self.template, self.kept.plan, late.plan) if late else (),
            "left_over": list(left_over(self.template, plan)),
            "private": self._private(plan),
        }
        return frame.html("plan_form.html", more)

    def refused(self, error: Error) -> str:
        """What is said where what was sent cannot even be shown in its fields: they stay as they
        are on the page.
        """
        return frame.html("_plan_saved.html", {**self._saved, "error": _first(error)})

    def after_saving(self) -> str:
        """The pieces that change when a plan was kept while somebody goes on writing."""
        plan = self.kept.plan
        pieces = [frame.html("_plan_saved.html", {**self._saved, "private": self._private(plan)})]
        found = self._hints(plan)
        for field in self.template.fields:
            pieces.append(self._told(field.id, None, found))
            if field.has_rows:
                pieces += [self._told(field.id, row, found) for row in range(MOST_ROWS)]
        return "".join(pieces)

    def versions(self, found: Sequence[PlanSave], looked_at: PlanSave | None) -> str:
        """The list of versions; with one that is looked at, what differs from how it stands."""
        more = {
            "page": self,
            "kept": self.kept,
            "versions": found,
            "looked_at": looked_at,
            "changes": changes(self.template, self.kept.plan, looked_at.plan) if looked_at else (),
            "older": found[-1].number if len(found) == plans.A_PAGE else 0,
            "open": True,
        }
        return frame.html("_plan_versions.html", more)

    def _sections(self, plan: Plan, asked: Asked) -> list[dict[str, Any]]:
        found = self._hints(plan)
        return [
            {
                "section": section,
                "about": self._prose(section.about),
                "fields": [self._field(field, plan, found, asked) for field in section.fields],
            }
            for section in self.template.sections
        ]

    def _field(
        self, field: PlanField, plan: Plan, found: Sequence[Hint], asked: Asked
    ) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "field": field,
            "id": f"{self.prefix}-{field.id}",
            "hints": self._told(field.id, None, found),
            "text": plan.text(field.id),
        }
        if field.has_rows:
            shown["rows"] = self._rows(field, plan, found, asked)
            shown["can_add"] = len(shown["rows"]) < MOST_ROWS
        return shown

    def _rows(
        self, field: PlanField, plan: Plan, found: Sequence[Hint], asked: Asked
    ) -> list[dict[str, Any]]:
        """The rows of a field, with empty ones to write in. The one that a button was about has
        the focus.
        """
        name, _of, number = asked if asked[1] == field.id else ("", "", 0)
        written = list(plan.rows_of(field.id))
        count = max(len(written), field.rows)
        if name == "add":
            count = max(count, number) + 1
        count = min(count, MOST_ROWS)
        to = {"up": number - 1, "down": number + 1, "add": count - 1, "remove": number}.get(name)
        focus = None if to is None else max(0, min(to, count - 1))
        columns = [(one.id, one.label) for one in field.columns] or [(ITEM, "")]
        written += [{}] * (count - len(written))
        return [
            {
                "number": row,
                "nth": row + 1,
                "is_first": row == 0,
                "is_last": row == count - 1,
                "has_focus": row == focus,
                "hints": self._told(field.id, row, found),
                "cells": [(one, label, cells.get(one, "")) for one, label in columns],
            }
            for row, cells in enumerate(written[:count])
        ]

    def _told(self, field: str, row: int | None, found: Sequence[Hint]) -> str:
        """The piece of the page for the hints of a field or of one of its rows."""
        here = [one for one in found if one.field == field and one.row == row]
        name = field if row is None else f"{field}-{row}"
        return frame.html("_plan_hints.html", {"id": f"{self.prefix}-hints-{name}", "hints": here})

    def _hints(self, plan: Plan) -> tuple[Hint, ...]:
        return hints(self.template, plan, plan_words.known())

    def _private(self, plan: Plan) -> list[dict[str, str]]:
        return list(plan_privacy.found_in(plan.person))

    @property
    def _saved(self) -> dict[str, Any]:
        return {"page": self, "kept": self.kept}

    @cached_property
    def _around(self) -> dict[str, str]:
        """The prose around a plan, as HTML."""
        value = self.template
        found = {
            name: self._prose(getattr(value, name))
            for name in ("content_note", "support", "way_out", "brief")
        }
        return {**found, "situation": self._prose(value.person.situation)}

    def _prose(self, markdown: str) -> str:
        if not self.edition or not markdown:
            return content.render(markdown)
        key = f"plan-prose:{compat.digest_of(markdown)}"
        return str(compat.cached(key, lambda: content.render(markdown), here=True))


def _first(error: Error | None) -> str:
    if error is None:
        return ""
    problems = error.problems if isinstance(error, InvalidError) else {}
    return str(next(iter(problems.values()), error))
