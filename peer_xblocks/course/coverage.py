"""Where each competency is taught, practiced and assessed, and where it is not.

It is asked of the files as they were read, so that a page and a check say the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from peer_xblocks.authoring.scenario import Headed
from peer_xblocks.core.dialogue import Dialogue
from peer_xblocks.core.framework import Competency
from peer_xblocks.core.guide import Guide, Session
from peer_xblocks.core.lesson import Lesson
from peer_xblocks.core.plan import PlanTemplate
from peer_xblocks.core.rubric import Criterion, Rubric
from peer_xblocks.course.files import BlueprintFile, Gap, Source
from peer_xblocks.course.sources import Sources


@dataclass(frozen=True)
class Row:
    """One competency with everything that is there for it."""

    competency: Competency
    lessons: tuple[Source[Lesson], ...]
    sessions: tuple[tuple[Source[Guide], Session], ...]
    dialogues: tuple[Source[Dialogue], ...]
    plans: tuple[Source[PlanTemplate], ...]
    formative: tuple[Source[Headed], ...]
    scenarios: tuple[Source[Headed], ...]
    criteria: tuple[tuple[Source[Rubric], Criterion], ...]
    evidence: str

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What is missing.

        A competency that one role play can show stands in two scenarios; every other needs evidence
        of another kind, and with it no scenario.
        """
        found = [] if self.lessons else [Gap.TAUGHT]
        is_practiced = self.sessions or self.dialogues or self.plans or self.formative
        found += [] if is_practiced else [Gap.PRACTICED]
        if self.competency.role_play != "direct":
            return (*found, *(() if self.evidence else (Gap.EVIDENCE,)))
        if not (self.scenarios and self.criteria):
            return (*found, Gap.ASSESSED)
        return (*found, *(() if len(self.scenarios) > 1 else (Gap.SECOND_SCENARIO,)))


def rows(sources: Sources) -> Iterator[Row]:
    """A row for each competency of the framework, in its order."""
    blueprint = blueprint_of(sources)
    rubrics = [one for one in sources.rubrics.values() if isinstance(one, Source)]
    sessions = [(guide, one) for guide in sources.guides for one in guide.value.sessions]
    criteria = [(rubric, one) for rubric in rubrics for one in rubric.value.criteria]
    for competency in sources.competencies:
        name = competency.id
        listing = [one for one in sources.scenarios if name in one.value.scenario.competencies]
        formative = [one for one in listing if one.value.heading.formative]
        yield Row(
            competency,
            tuple(one for one in sources.lessons if name in one.value.competencies),
            tuple(pair for pair in sessions if name in pair[1].competencies),
            tuple(one for one in sources.dialogues if name in one.value.competencies),
            tuple(one for one in sources.plans if name in one.value.competencies),
            tuple(formative),
            tuple(one for one in listing if one not in formative),
            tuple(pair for pair in criteria if name in pair[1].competencies),
            next((one.by for one in blueprint.evidence if name in one.competencies), ""),
        )


def reason(sources: Sources, competency: str, gap: Gap) -> str:
    """The written reason for a gap; "" where there is none."""
    found = (
        one.reason
        for one in blueprint_of(sources).reasons
        if one.missing == gap and (not one.competencies or competency in one.competencies)
    )
    return next(found, "")


def blueprint_of(sources: Sources) -> BlueprintFile:
    """What `blueprint.yaml` says; nothing where there is none, or one with a fault."""
    found = sources.blueprint
    return found.value if isinstance(found, Source) else BlueprintFile()
