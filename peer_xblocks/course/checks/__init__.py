"""What must hold of a course beyond each file by itself: one file a theme, one function a rule.

A new rule is a function and a line here.
"""

from datetime import date

from peer_xblocks.core.problem import Problem
from peer_xblocks.course.checks import (
    blueprint,
    certification,
    citations,
    dialogues,
    facts,
    grading,
    hours,
    links,
    names,
    pictures,
    questions,
    reading,
    references,
    scenes,
    shape,
    svg,
    unreferenced,
    wording,
)
from peer_xblocks.course.sources import Sources

RULES = (
    references.known_rubrics,
    references.known_critical_errors,
    references.known_competencies,
    references.competencies_are_rated,
    blueprint.known_in_blueprint,
    blueprint.nothing_is_missing,
    names.no_doubles,
    unreferenced.modules,
    unreferenced.parts_of_modules,
    unreferenced.rubrics,
    unreferenced.static_files,
    unreferenced.strays,
    citations.cited_and_known,
    grading.types_and_weights,
    grading.dates_in_order,
    scenes.prompted_has_lines,
    scenes.others_are_filled_in,
    scenes.swapping_costs_nothing,
    shape.headings_in_steps,
    shape.asides_of_our_kinds,
    links.lead_somewhere,
    pictures.described,
    pictures.of_this_course,
    pictures.of_known_kinds,
    pictures.of_the_course,
    svg.drawings_are_safe,
    hours.honest,
    hours.of_their_kind,
    reading.level_kept,
    questions.enough_checks,
    questions.right_answer_not_always_longest,
    questions.right_answer_not_always_in_one_place,
    dialogues.scenes_are_reached,
    dialogues.talks_end,
    dialogues.choices_differ,
    dialogues.endings_differ,
    dialogues.enough_of_them,
    dialogues.best_choice_not_given_away,
    dialogues.minutes_are_honest,
    wording.person_first,
    facts.known_facts,
    facts.facts_used_once_listed,
    facts.dates_that_fit,
    certification.profiles_rest_on_sources,
)
"""What a course may not be built without."""

WARNINGS = (facts.facts_still_fresh, certification.profiles_still_fresh)
"""What an author should look at as time goes by; a course may be built all the same."""


def problems_of(sources: Sources) -> list[Problem]:
    """Every problem of the sources: those of reading, then those of every rule."""
    return [*sources.problems, *(problem for rule in RULES for problem in rule(sources))]


def warnings_of(sources: Sources, today: date) -> list[Problem]:
    """Everything worth another look on a day."""
    return [problem for rule in WARNINGS for problem in rule(sources, today)]
