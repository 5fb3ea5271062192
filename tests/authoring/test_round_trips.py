"""What is written and read again is the same: YAML, Markdown and OLX, whatever was written."""

import re

from hypothesis import HealthCheck, assume, given, settings
from lxml import etree
from values import (
    critical_errors,
    dialogues,
    lessons,
    plan_templates,
    role_plays,
    rubrics,
    scenarios,
)

from peer_xblocks.authoring import dialogue, lesson, plan, role_play, source, yaml_text
from peer_xblocks.core.lesson import HoursKind, Lesson, Reflection, Text
from peer_xblocks.core.rubric import CriticalErrors, Rubric
from peer_xblocks.core.scenario import Scenario

thorough = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def through_xml(element: etree._Element) -> etree._Element:
    """The element after it was exported, indented as Studio does, and imported."""
    return etree.fromstring(etree.tostring(element, pretty_print=True, encoding="utf-8"))


@thorough
@given(rubrics())
def test_a_rubric_survives_its_yaml(rubric):
    """Any rubric that is written as YAML and read again is the same rubric."""
    text = yaml_text.dump(yaml_text.plain(rubric))
    assert source.load(Rubric, text, "rubric.yaml") == rubric


@thorough
@given(scenarios)
def test_a_scenario_survives_its_yaml(scenario):
    """Any scenario that is written as YAML and read again is the same scenario."""
    text = yaml_text.dump(yaml_text.plain(scenario))
    assert source.load(Scenario, text, "scenario.yaml") == scenario


@thorough
@given(critical_errors)
def test_critical_errors_survive_their_yaml(errors):
    """Any list of critical errors that is written and read again is the same list."""
    text = yaml_text.dump(yaml_text.plain(errors))
    assert source.load(CriticalErrors, text, "errors.yaml") == errors


@thorough
@given(lessons())
def test_a_lesson_survives_its_text(given_lesson):
    """Any lesson without fences of its own in the text is the same after writing and reading."""
    markdown = "\n".join(p.markdown for p in given_lesson.parts if isinstance(p, Text))
    assume(not re.search(r"^[ \t]*(```|~~~)", markdown, re.MULTILINE))
    assert lesson.load(lesson.to_text(given_lesson), "lesson.md") == given_lesson


@thorough
@given(lessons())
def test_a_lesson_survives_olx(given_lesson):
    """Any lesson is the same after export and import."""
    assert lesson.from_olx(through_xml(lesson.to_olx(given_lesson))) == given_lesson


@thorough
@given(dialogues())
def test_a_dialogue_survives_its_text(given_dialogue):
    """Any dialogue is the same after writing its YAML and reading it."""
    assert dialogue.load(dialogue.to_text(given_dialogue), "dialogue.yaml") == given_dialogue


@thorough
@given(dialogues())
def test_a_dialogue_survives_olx(given_dialogue):
    """Any dialogue is the same after export and import."""
    assert dialogue.from_olx(through_xml(dialogue.to_olx(given_dialogue))) == given_dialogue


@thorough
@given(role_plays())
def test_a_role_play_survives_its_text(given_role_play):
    """Any role play is the same after writing its three documents and reading them."""
    text = role_play.to_text(given_role_play)
    assert role_play.load(text, "role-play.yaml") == given_role_play


@thorough
@given(role_plays())
def test_a_role_play_survives_olx(given_role_play):
    """Any role play, with the digests of its editions, is the same after export and import."""
    again = role_play.from_olx(through_xml(role_play.to_olx(given_role_play)))
    assert again == given_role_play
    assert again.scenario.digest == given_role_play.scenario.digest
    assert again.rubric.digest == given_role_play.rubric.digest


def test_a_line_end_at_the_end_of_a_fence_survives():
    """What ends in a line end keeps it, although its fence ends there too."""
    part = Reflection(id="a", prompt="What?", hint="0\n")
    one = Lesson(
        url_name="a",
        title="A",
        minutes=5,
        hours_kind=HoursKind.SELF_PACED,
        competencies=("I.1",),
        objectives=("See.",),
        parts=(part,),
    )
    assert lesson.load(lesson.to_text(one), "lesson.md").parts == (part,)


@thorough
@given(plan_templates())
def test_a_plan_template_survives_its_text(template):
    """Any plan template is the same after writing its YAML and reading it."""
    assert plan.load(plan.to_text(template), "plan.yaml") == template


@thorough
@given(plan_templates())
def test_a_plan_template_survives_olx(template):
    """Any plan template is the same after export and import."""
    assert plan.from_olx(through_xml(plan.to_olx(template))) == template
