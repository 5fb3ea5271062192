"""A complete course teaches, practices and assesses every competency, or says why not."""

from collections.abc import Iterator

from peer_xblocks.core.problem import Problem
from peer_xblocks.course.checks.references import unknown_competencies
from peer_xblocks.course.coverage import blueprint_of, reason, rows
from peer_xblocks.course.files import Gap, Source
from peer_xblocks.course.sources import BLUEPRINT, Sources

_SENTENCES = {
    Gap.TAUGHT: "No lesson teaches {}.",
    Gap.PRACTICED: "Nothing practices {}.",
    Gap.ASSESSED: "No role play assesses {}.",
    Gap.SECOND_SCENARIO: "Only one scenario assesses {}, which one role play can show.",
    Gap.EVIDENCE: "A role play alone cannot show {}, and no other evidence is named.",
}


def known_in_blueprint(sources: Sources) -> Iterator[Problem]:
    """Reasons and evidence are about competencies of the framework."""
    if sources.blueprint is not None:
        for member in ("reasons", "evidence"):
            for number, _entry in sources.blueprint.items(member):
                yield from unknown_competencies(sources, sources.blueprint, member, number)


def nothing_is_missing(sources: Sources) -> Iterator[Problem]:
    """In a complete course no cell of the blueprint is empty without a written reason."""
    if not sources.standards.complete or sources.framework is None or sources.problems:
        return  # while a file cannot be read, nobody knows what it teaches
    needed: set[tuple[str, Gap]] = set()
    for number, row in enumerate(rows(sources)):
        for gap in row.gaps:
            needed.add((row.competency.id, gap))
            if not reason(sources, row.competency.id, gap):
                sentence = _SENTENCES[gap].format(row.competency.id)
                member = "evidence" if gap == Gap.EVIDENCE else "reasons"
                hint = f'Mend it, or say why under "{member}" in {BLUEPRINT}.'
                place = ("competencies", number, "id")
                yield sources.framework.problem(
                    place, f"not-{gap.value.replace('_', '-')}", sentence, hint
                )
    yield from _idle(sources, needed)


def _idle(sources: Sources, needed: set[tuple[str, Gap]]) -> Iterator[Problem]:
    """Reasons for what is not missing, which would hide the next gap."""
    if not isinstance(sources.blueprint, Source):
        return
    known = sources.competency_ids
    for number, one in enumerate(blueprint_of(sources).reasons):
        missing = {name for name, gap in needed if gap == one.missing}
        idle = [name for name in one.competencies if name in known and name not in missing]
        if idle or not missing:
            what = ", ".join(idle) or "any competency"
            sentence = f"A reason is given for {what}, but nothing is missing there."
            yield sources.blueprint.problem(
                ("reasons", number), "idle-reason", sentence, "Remove it."
            )
