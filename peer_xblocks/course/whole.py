"""Makes the Course of sources that fit together."""

from collections.abc import Iterator

from peer_xblocks.authoring import role_play, scenario
from peer_xblocks.core.course import Course, Module
from peer_xblocks.core.portfolio import Offer
from peer_xblocks.core.problem import ProblemsError
from peer_xblocks.core.role_play import RolePlay
from peer_xblocks.course.files import Source
from peer_xblocks.course.links import UNIT, Addresses
from peer_xblocks.course.sources import ModuleSource, Sources


def course_of(sources: Sources) -> Course:
    """The Course of sources in which no problem was found.

    Raises ProblemsError when a part is missing after all.
    """
    if not isinstance(sources.course, Source) or not isinstance(sources.framework, Source):
        raise ProblemsError(sources.problems)
    facts = sources.course.value
    shared = {name: getattr(facts, name) for name in Course.model_fields if hasattr(facts, name)}
    modules = tuple(_module(sources, module) for module in sources.modules)
    shared |= {"framework": sources.framework.value, "modules": modules}
    if facts.portfolio is not None:
        offers = tuple(one for module in modules for one in _offers(module))
        shared["portfolio"] = facts.portfolio.model_copy(update={"offers": offers})
    return Course(**shared)


def _module(sources: Sources, module: ModuleSource) -> Module:
    if not isinstance(module.about, Source):
        raise ProblemsError(sources.problems)
    about = module.about.value
    addresses = Addresses(sources)
    return Module(
        url_name=about.url_name,
        title=about.title,
        summary=about.summary,
        kind=about.kind,
        lessons=tuple(addresses.linked(one) for one in module.lessons if isinstance(one, Source)),
        dialogues=tuple(one.value for one in module.dialogues if isinstance(one, Source)),
        plans=tuple(one.value for one in module.plans if isinstance(one, Source)),
        role_plays=_with_others(
            [_role_play(sources, one) for one in module.scenarios if isinstance(one, Source)]
        ),
        guides=tuple(
            addresses.linked(one, UNIT) for one in module.guides if isinstance(one, Source)
        ),
    )


def _offers(module: Module) -> Iterator[Offer]:
    """What a portfolio counts of a module. Formative role plays never show a competency."""
    for lesson in module.lessons:
        yield Offer(
            tag="peer_lesson",
            url_name=lesson.url_name,
            title=lesson.title,
            minutes=lesson.minutes,
            hours_kind=lesson.hours_kind,
            competencies=lesson.competencies,
        )
    for talk in module.dialogues:
        yield Offer(
            tag="peer_dialogue",
            url_name=talk.url_name,
            title=talk.title,
            minutes=talk.minutes,
            competencies=talk.competencies,
        )
    for scene in module.role_plays:
        if not scene.formative:
            yield Offer(
                tag="peer_role_play",
                url_name=scene.url_name,
                title=scene.title,
                scenario=scene.scenario.key,
                competencies=scene.scenario.competencies,
            )


def _with_others(role_plays: list[RolePlay]) -> tuple[RolePlay, ...]:
    """Each role play with those that may be done in place of it: where one is graded, all are."""
    return tuple(
        one.model_copy(
            update={
                "others": tuple(
                    other.as_other
                    for other in role_plays
                    if other is not one and other.formative == one.formative
                )
            }
        )
        for one in role_plays
    )


def _role_play(sources: Sources, found: Source[scenario.Headed]) -> RolePlay:
    rubric = sources.rubrics.get(found.value.scenario.rubric)
    if not isinstance(rubric, Source) or not isinstance(sources.errors, Source):
        raise ProblemsError(sources.problems)
    return role_play.put_together(
        found.value, rubric.value, sources.errors.value, found.file, found.written.line(["rubric"])
    )
