"""The page that shows for every competency where it is taught, practiced and assessed."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from peer_xblocks.course.coverage import Row, reason, rows
from peer_xblocks.course.files import Gap, Source
from peer_xblocks.course.pages.table import table
from peer_xblocks.course.sources import Sources

_INTRO = """# Blueprint

Every competency of the framework, and where the course teaches, practices and assesses it. The
ids and titles of categories are those of the framework; labels are paraphrases of ours.

*Direct* means that one role play can show the competency: it then stands in at least two
scenarios. *Partial* and *other* need evidence of another kind, named in the last column. A lesson
is named by its module and its own number, a role play by its code; behind each stands the file."""

_GAPS = {
    Gap.TAUGHT: "Taught in no lesson",
    Gap.PRACTICED: "Practiced nowhere yet",
    Gap.ASSESSED: "Assessed in no role play",
    Gap.SECOND_SCENARIO: "Assessed in one scenario only",
    Gap.EVIDENCE: "No evidence named beside a role play",
}


def page(sources: Sources) -> str:
    """The whole page."""
    found = list(rows(sources))
    lines = [_INTRO, "", "## In short", "", *_counts(found)]
    lines += ["", "## What is missing, and why", "", *_missing(sources, found)]
    framework = sources.framework
    for category in framework.value.categories if isinstance(framework, Source) else ():
        inside = [row for row in found if row.competency.category == category.id]
        lines += ["", f"## {category.id}. {category.title}", "", *_table(sources, inside)]
    lines += ["", "## Role plays by code", "", *_codes(sources)]
    return "\n".join(lines) + "\n"


def _counts(found: Sequence[Row]) -> list[str]:
    direct = [row for row in found if row.competency.role_play == "direct"]
    twice = sum(len(row.scenarios) > 1 for row in direct)
    return [
        f"- {len(found)} competencies; taught in a lesson: {sum(bool(r.lessons) for r in found)}.",
        f"- Directly observable: {len(direct)}; in two scenarios or more: {twice}.",
        f"- Others: {len(found) - len(direct)}; with evidence of another kind named: "
        f"{sum(bool(r.evidence) for r in found if r not in direct)}.",
    ]


def _missing(sources: Sources, found: Sequence[Row]) -> Iterator[str]:
    groups: dict[tuple[Gap, str], list[str]] = {}
    for row in found:
        for gap in row.gaps:
            why = reason(sources, row.competency.id, gap)
            groups.setdefault((gap, why), []).append(row.competency.id)
    for (gap, why), names in sorted(groups.items(), key=lambda item: list(Gap).index(item[0][0])):
        which = "every competency" if len(names) == len(found) else ", ".join(names)
        yield f"- **{_GAPS[gap]}:** {which}. {why or '**No reason is written yet.**'}"
    if not groups:
        yield "Nothing."


def _table(sources: Sources, inside: Sequence[Row]) -> list[str]:
    head = ["Competency", "In a role play", "Lessons", "Practice", "Scenarios", "Criteria", "Else"]
    return table(head, (_cells(sources, row) for row in inside))


def _cells(sources: Sources, row: Row) -> list[str]:
    numbers = _numbers(sources)
    practice = [_link(session.title, guide) for guide, session in row.sessions]
    practice += [_link(one.value.title, one) for one in row.dialogues]
    practice += [_link(one.value.title, one) for one in row.plans]
    practice += [_link(one.value.scenario.code, one) for one in row.formative]
    return [
        f"**{row.competency.id}** {row.competency.label}",
        row.competency.role_play,
        _joined(_link(numbers[lesson.file], lesson) for lesson in row.lessons),
        _joined(practice),
        _joined(_link(one.value.scenario.code, one) for one in row.scenarios),
        _joined(_link(f"{one.value.key}: {criterion.id}", one) for one, criterion in row.criteria),
        row.evidence,
    ]


def _numbers(sources: Sources) -> dict[str, str]:
    """The number of each lesson: that of its module and its own."""
    return {
        lesson.file: f"{module.folder.split('-')[0]}.{number}"
        for module in sources.modules
        for number, lesson in enumerate(module.lessons, start=1)
    }


def _codes(sources: Sources) -> list[str]:
    rows = (
        (_link(one.value.scenario.code, one), one.value.scenario.title, one.value.scenario.rubric)
        for one in sources.scenarios
    )
    return table(["Code", "Role play", "Rubric"], rows)


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(parts) or "–"


def _link(words: str, source: Source[Any]) -> str:
    return f"[{words}](../../{source.file})"
