"""Choices that give themselves away, minutes, and the drawing, seen on larger dialogues."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from peer_xblocks import course
from peer_xblocks.authoring import dialogue as authored
from peer_xblocks.authoring import library
from peer_xblocks.authoring.dialogue_map import label_of, svg
from peer_xblocks.core.dialogue import Dialogue

FIXTURES = Path(__file__).parents[2] / "fixtures"
NAME = "the-late-bus.yaml"
WORDS = ("Short words.", "Words of a middle length.", "Rather more words than the others have.")


def a_talk(best: int, longest_is_best: bool) -> str:
    """A dialogue of seven scenes in which the best choice stands in one place, or is the longest.

    Else it goes through all places and lengths in turn.
    """
    scenes = []
    for number in range(7):
        place = best if best >= 0 else number % 3
        length = 2 if longest_is_best else (number + 1) % 3
        lengths = [n for n in range(3) if n != length]
        choices = []
        for position in range(3):
            is_best = position == place
            words = WORDS[length if is_best else lengths.pop()]
            after = "last" if number == 6 else f"scene-{number + 1}"
            choices.append(
                f"      - id: c{position}\n        words: {words}\n        note: A note.\n"
                f"        effects: {{trust: {1 if is_best else -1}}}\n        competency: I.1\n"
                f"        behaviour: Does it\n        next: {after}\n"
            )
        scenes.append(f"  - id: scene-{number}\n    says: So.\n    choices:\n{''.join(choices)}")
    head = (FIXTURES / "curriculum/01-listening/dialogues" / NAME).read_text().split("scenes:")[0]
    end = "endings:\n  - id: last\n    name: The end\n    left: Rest.\n    to_you: Thanks.\n"
    return head.replace("minutes: 3", "minutes: 5") + "scenes:\n" + "".join(scenes) + end


def told(tmp_path: Path, text: str) -> list[str]:
    """The codes of what `check` says of the small course with this dialogue in it."""
    for name in ("curriculum", "rubrics"):
        shutil.copytree(FIXTURES / name, tmp_path / name)
    place = tmp_path / "curriculum/01-listening/dialogues" / NAME
    place.write_text(text, encoding="utf-8")
    found = course.check(tmp_path / "curriculum", tmp_path / "rubrics", date(2026, 11, 22))
    assert all(one.file.endswith(NAME) and one.line == 14 for one in found.problems)
    return [one.code for one in found.problems]


def test_choices_in_turn_say_nothing(tmp_path):
    """Where the best choice changes its place and its length, there is nothing to say."""
    assert told(tmp_path, a_talk(-1, False)) == []


def test_the_best_choice_always_in_one_place_is_told(tmp_path):
    """Whoever always takes the second would never have to think."""
    assert told(tmp_path, a_talk(1, False)) == ["mostly-same-place"]


def test_the_best_choice_always_the_longest_is_told(tmp_path):
    """Nor whoever always takes the longest."""
    assert told(tmp_path, a_talk(-1, True)) == ["mostly-longest"]


def every_dialogue() -> list[Path]:
    """The files of every dialogue of the course."""
    return sorted(library.curriculum().glob("*/dialogues/*.yaml"))


@pytest.mark.parametrize("path", every_dialogue(), ids=lambda path: path.stem)
def test_the_drawing_shows_each_scene_and_ending_once_and_no_line_through_another(path):
    """A number for each scene, a letter for each ending; lines end where a node stands."""
    dialogue = authored.load(path.read_text(encoding="utf-8"), path.name)
    root = etree.fromstring(svg(dialogue, "A map", "Described"))
    labels = [text.text for text in root.iter("{*}text")]
    wanted = [label_of(dialogue, one.id) for one in (*dialogue.scenes, *dialogue.endings)]
    assert sorted(labels) == sorted(wanted)
    spots = {(float(t.get("x")), float(t.get("y")) - 5) for t in root.iter("{*}text")}
    assert len(spots) == len(wanted)


@pytest.mark.parametrize("path", every_dialogue(), ids=lambda path: path.stem)
def test_the_drawing_marks_the_path_that_was_taken(path):
    """As many thick circles as scenes on the path; what was never seen is dashed."""
    dialogue: Dialogue = authored.load(path.read_text(encoding="utf-8"), path.name)
    first = dialogue.scenes[0]
    way = [first.id, first.choices[0].next]
    root = etree.fromstring(svg(dialogue, "A map", "Described", path=way, prefix="p-"))
    nodes = [
        one for one in (*root.iter("{*}circle"), *root.iter("{*}rect")) if one.get("rx") != "12"
    ]
    assert len([one for one in nodes if one.get("fill") == "#0b5a5e"]) == len(set(way))
    dashed = [one for one in nodes if one.get("stroke-dasharray")]
    assert len(dashed) == len(nodes) - len(set(way))
    assert any(one.get("stroke-width") == "3" for one in root.iter("{*}path"))


def test_the_drawing_takes_rounds_and_what_nobody_reaches():
    """A dialogue with faults is drawn too: an author in Studio sees where it goes wrong."""
    text = (FIXTURES / "curriculum/01-listening/dialogues" / NAME).read_text()
    text = text.replace("next: sister", "next: bench").replace("next: alone", "next: shrug")
    root = etree.fromstring(svg(authored.load(text, NAME), "A map", "Described"))
    assert sorted(one.text for one in root.iter("{*}text")) == ["1", "2", "3", "A", "B"]
