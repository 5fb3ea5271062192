"""All that is known of a curriculum and its rubrics, every value with its file and lines.

`reading` fills it, `checks` asks whether the parts fit together, `whole` makes the Course of it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from peer_xblocks.authoring import scenario
from peer_xblocks.core.certification import Profile
from peer_xblocks.core.dialogue import Dialogue
from peer_xblocks.core.fact import Facts
from peer_xblocks.core.framework import Competency, Framework
from peer_xblocks.core.guide import Guide
from peer_xblocks.core.lesson import Lesson
from peer_xblocks.core.plan import PlanTemplate
from peer_xblocks.core.plan_words import PlanWords
from peer_xblocks.core.problem import Problem
from peer_xblocks.core.rubric import CriticalErrors, Rubric
from peer_xblocks.course.files import (
    BlueprintFile,
    CourseFile,
    Document,
    ModuleFile,
    Source,
    Standards,
)

Held = TypeVar("Held")

CRITICAL_ERRORS = "critical-errors.yaml"
DIALOGUES = "dialogues"
PLANS = "plans"
ROLE_PLAYS = "role-plays"
GUIDES = "guides"
FACTS = "facts.yaml"
BLUEPRINT = "blueprint.yaml"
CERTIFICATION = "certification"

Read = Document | Source[Held]
"""A file that was read: a Source when it has no faults of its own."""


@dataclass(frozen=True)
class ModuleSource:
    """A module's folder with what could be read of it.

    `listed` says for each kind of part whether module.yaml could be asked which files belong to it.
    """

    folder: str
    about: Read[ModuleFile] | None = None
    lessons: tuple[Read[Lesson], ...] = ()
    dialogues: tuple[Read[Dialogue], ...] = ()
    plans: tuple[Read[PlanTemplate], ...] = ()
    scenarios: tuple[Read[scenario.Headed], ...] = ()
    guides: tuple[Read[Guide], ...] = ()
    listed: dict[str, frozenset[str]] = field(default_factory=dict)


@dataclass
class Sources:
    """Everything that could be read, and the problems of what could not.

    `unread` has the text of each file of which nothing could be read.
    """

    curriculum: Path
    rubrics_folder: Path
    problems: list[Problem] = field(default_factory=list)
    unread: dict[str, str] = field(default_factory=dict)
    course: Read[CourseFile] | None = None
    modules_listed: frozenset[str] | None = None
    framework: Read[Framework] | None = None
    modules: list[ModuleSource] = field(default_factory=list)
    rubrics: dict[str, Read[Rubric]] = field(default_factory=dict)
    errors: Read[CriticalErrors] | None = None
    facts: Read[Facts] | None = None
    blueprint: Read[BlueprintFile] | None = None
    plan_words: Read[PlanWords] | None = None
    profiles: dict[str, Read[Profile]] = field(default_factory=dict)

    @property
    def standards(self) -> Standards:
        """What the course promises of its lessons; nothing while that itself has a fault."""
        promised = self.course.at("standards") if self.course else None
        try:
            return Standards.model_validate(promised or {})
        except ValidationError:
            return Standards()

    @property
    def competencies(self) -> tuple[Competency, ...]:
        """The competencies of the framework; none while its file has a fault."""
        found = self.framework
        return found.value.competencies if isinstance(found, Source) else ()

    @property
    def competency_ids(self) -> set[str]:
        """The ids that the framework lists, read or not; none where there is no framework."""
        found = self.framework
        listed = found.items("competencies") if found else []
        return {found.word("competencies", n, "id") for n, _item in listed} if found else set()

    @property
    def lessons(self) -> list[Source[Lesson]]:
        """All lessons without faults of their own, in the order of the course."""
        return [one for one in self.lesson_files if isinstance(one, Source)]

    @property
    def lesson_files(self) -> list[Read[Lesson]]:
        """All lessons that could be read at all, in the order of the course."""
        return [one for module in self.modules for one in module.lessons]

    @property
    def dialogues(self) -> list[Source[Dialogue]]:
        """All dialogues without faults of their own, in the order of the course."""
        return [one for one in self.dialogue_files if isinstance(one, Source)]

    @property
    def dialogue_files(self) -> list[Read[Dialogue]]:
        """All dialogues that could be read at all, in the order of the course."""
        return [one for module in self.modules for one in module.dialogues]

    @property
    def plans(self) -> list[Source[PlanTemplate]]:
        """All plan templates without faults of their own, in the order of the course."""
        return [one for one in self.plan_files if isinstance(one, Source)]

    @property
    def plan_files(self) -> list[Read[PlanTemplate]]:
        """All plan templates that could be read at all, in the order of the course."""
        return [one for module in self.modules for one in module.plans]

    @property
    def scenarios(self) -> list[Source[scenario.Headed]]:
        """All scenarios without faults of their own, in the order of the course."""
        return [one for one in self.scenario_files if isinstance(one, Source)]

    @property
    def scenario_files(self) -> list[Read[scenario.Headed]]:
        """All scenarios that could be read at all, in the order of the course."""
        return [one for module in self.modules for one in module.scenarios]

    @property
    def guides(self) -> list[Source[Guide]]:
        """All trainers' guides without faults of their own, in the order of the course."""
        return [one for one in self.guide_files if isinstance(one, Source)]

    @property
    def guide_files(self) -> list[Read[Guide]]:
        """All trainers' guides that could be read at all, in the order of the course."""
        return [one for module in self.modules for one in module.guides]

    @property
    def pages(self) -> list[Document]:
        """Every lesson and guide that could be read at all: what is written in Markdown."""
        return [*self.lesson_files, *self.guide_files]

    @property
    def module_files(self) -> list[Document]:
        """Every `module.yaml` that could be read at all."""
        return [module.about for module in self.modules if module.about]

    @property
    def files(self) -> list[Document]:
        """Every file of the course and its rubrics that could be read at all."""
        alone: Iterable[Document | None] = (self.course, self.errors, self.facts, self.blueprint)
        talks = (*self.dialogue_files, *self.plan_files, *self.scenario_files)
        parts = (*self.module_files, *self.pages, *talks)
        return [*(one for one in alone if one), *parts, *self.rubrics.values()]

    @property
    def suggested(self) -> set[str]:
        """Names of files that are listed under a misspelled name, which was told already."""
        hints = [one.hint for one in self.problems if one.code == "missing-file"]
        return {name for hint in hints for name in re.findall(r'"([^"]*)"', hint)}

    def name(self, path: Path) -> str:
        """The name of a file as people see it: from `curriculum` or `rubrics` on."""
        for folder in (self.curriculum, self.rubrics_folder):
            if path.is_relative_to(folder):
                return f"{folder.name}/{path.relative_to(folder).as_posix()}".removesuffix("/.")
        return str(path)
