"""A dialogue can be played: every scene is reached, every talk ends, and no choice gives itself
away.
"""

import re
from collections import Counter
from collections.abc import Iterator

import networkx as nx

from peer_xblocks.core.dialogue import Choice, Dialogue, Scene
from peer_xblocks.core.problem import Problem
from peer_xblocks.course.files import Source
from peer_xblocks.course.sources import Sources

ENOUGH_SCENES = 6
"""From how many scenes on the choices of a dialogue are looked at together."""

WORDS_A_MINUTE = 200
MINUTES_A_CHOICE = 0.5
MINUTES_OF_OWN_WORDS = 1.5
AT_LEAST_TIMES = 0.9
AT_MOST_TIMES = 2.0

_WORD = re.compile(r"\w[\w'’.-]*")


def scenes_are_reached(sources: Sources) -> Iterator[Problem]:
    """Every scene and every ending is reached by some path from the first scene."""
    for dialogue in sources.dialogues:
        value = dialogue.value
        graph, first = _graph(value), value.scenes[0].id
        reached = {first, *nx.descendants(graph, first)}
        for number, scene in enumerate(value.scenes):
            if scene.id not in reached:
                sentence = f'No path leads to the scene "{scene.id}".'
                hint = 'Name it under "next" of a choice, or remove it.'
                yield dialogue.problem(("scenes", number), "scene-unreachable", sentence, hint)
        for number, ending in enumerate(value.endings):
            if ending.id not in reached:
                sentence = f'Nobody can reach the ending "{ending.id}".'
                hint = 'Name it under "next" of a choice, or remove it.'
                yield dialogue.problem(("endings", number), "ending-unreachable", sentence, hint)


def talks_end(sources: Sources) -> Iterator[Problem]:
    """From every scene some path leads to an ending: no talk goes round without a way out."""
    for dialogue in sources.dialogues:
        value = dialogue.value
        graph = _graph(value)
        endings = {ending.id for ending in value.endings}
        order = {scene.id: number for number, scene in enumerate(value.scenes)}
        for round_ in nx.attracting_components(graph):
            if round_.isdisjoint(endings):
                ids = sorted(round_, key=order.__getitem__)
                names = ", ".join(f'"{one}"' for one in ids)
                sentence = f"A talk that comes here never ends: it goes round in {names}."
                hint = "Let one of the choices lead on, or to an ending."
                place = ("scenes", order[ids[0]])
                yield dialogue.problem(place, "loop-without-exit", sentence, hint)


def choices_differ(sources: Sources) -> Iterator[Problem]:
    """The choices of a scene lead to more than one place, or at least do different things."""
    for dialogue in sources.dialogues:
        for number, scene in enumerate(dialogue.value.scenes):
            if len({(one.next, one.effects) for one in scene.choices}) == 1:
                sentence = "It makes no difference here what somebody chooses."
                hint = "Give the choices different effects, or let them lead to different scenes."
                yield dialogue.problem(("scenes", number), "choices-alike", sentence, hint)


def endings_differ(sources: Sources) -> Iterator[Problem]:
    """No two endings have the same name or leave the person with the same."""
    for dialogue in sources.dialogues:
        for member in ("name", "left"):
            seen: dict[str, str] = {}
            for number, ending in enumerate(dialogue.value.endings):
                words = " ".join(getattr(ending, member).split()).casefold()
                if words in seen:
                    sentence = f'This ending has the same "{member}" as "{seen[words]}".'
                    place = ("endings", number, member)
                    yield dialogue.problem(place, "endings-alike", sentence)
                seen.setdefault(words, ending.id)


def enough_of_them(sources: Sources) -> Iterator[Problem]:
    """A dialogue has as many scenes and endings as the course promises."""
    promised = sources.standards
    for dialogue in sources.dialogues:
        for member, wanted in (
            ("scenes", promised.scenes_per_dialogue),
            ("endings", promised.endings_per_dialogue),
        ):
            there = len(getattr(dialogue.value, member))
            if there < wanted:
                sentence = f"This dialogue has {there} {member}; the course promises {wanted}."
                yield dialogue.problem((member,), f"too-few-{member}", sentence)


def best_choice_not_given_away(sources: Sources) -> Iterator[Problem]:
    """The choice that helps most cannot be told by its length or its place."""
    for dialogue in sources.dialogues:
        asked = [
            (number, scene, best)
            for number, scene in enumerate(dialogue.value.scenes)
            if (best := _best(scene)) is not None
        ]
        for number, scene, best in asked:
            others = [_length(one) for one in scene.choices if one is not best]
            if _length(best) >= 2 * max(others):
                sentence = "The choice that helps most is twice as long as every other one here."
                place = ("scenes", number, "choices", scene.choices.index(best))
                yield dialogue.problem(place, "choice-stands-out", sentence, _EVEN)
        if len(asked) >= ENOUGH_SCENES:
            yield from _patterns(dialogue, [(scene, best) for _number, scene, best in asked])


_EVEN = "Make it shorter, or the others as careful."


def _patterns(dialogue: Source[Dialogue], asked: list[tuple[Scene, Choice]]) -> Iterator[Problem]:
    of = len(asked)
    for word, pick in (("longest", max), ("shortest", min)):
        often = sum(best is pick(scene.choices, key=_length) for scene, best in asked)
        if often * 2 > of:
            sentence = f"In {often} of {of} scenes the {word} choice is the one that helps most."
            hint = f"Make some of them {'shorter' if word == 'longest' else 'longer'}."
            yield dialogue.problem(("scenes",), f"mostly-{word}", sentence, hint)
    places = Counter(scene.choices.index(best) + 1 for scene, best in asked)
    ((place, often),) = places.most_common(1)
    if often * 2 > of:
        sentence = f"In {often} of {of} scenes choice {place} is the one that helps most."
        yield dialogue.problem(("scenes",), "mostly-same-place", sentence, "Change the order.")


def minutes_are_honest(sources: Sources) -> Iterator[Problem]:
    """A dialogue claims about as many minutes as one talk with its debrief takes."""
    for dialogue in sources.dialogues:
        if not _ends(dialogue.value):
            continue
        least, claimed = minutes_of(dialogue.value), dialogue.value.minutes
        most = max(1, int(least * AT_MOST_TIMES))
        hint = (
            f"Reading at {WORDS_A_MINUTE} words a minute, {MINUTES_A_CHOICE} minutes a choice and "
            f"{MINUTES_OF_OWN_WORDS} for own words make {least:.1f}: "
            f"say {max(1, round(least))} to {most}."
        )
        if claimed < round(least * AT_LEAST_TIMES):
            sentence = f"One talk takes longer than {claimed} minutes."
            yield dialogue.problem(("minutes",), "minutes-too-few", sentence, hint)
        elif claimed > most:
            sentence = f"One talk does not take {claimed} minutes."
            yield dialogue.problem(("minutes",), "minutes-too-many", sentence, hint)


def minutes_of(dialogue: Dialogue) -> float:
    """How long one talk takes that goes straight to the farthest of its endings, and its debrief.

    Requires an ending that can be reached.
    """
    graph = _graph(dialogue)
    paths = nx.single_source_shortest_path(graph, dialogue.scenes[0].id)
    ways = [paths[ending.id] for ending in dialogue.endings if ending.id in paths]
    longest = max(ways, key=len)
    scenes = [scene for name in longest if (scene := dialogue.scene(name))]
    around = (dialogue.content_note, dialogue.way_out, dialogue.brief, dialogue.person.want)
    words = sum(map(_words, around)) + sum(map(_read_in, scenes))
    ending = dialogue.ending(longest[-1])
    if ending:
        words += sum(map(_words, (ending.shows, ending.says, ending.left, ending.to_you)))
    thinking = len(scenes) * MINUTES_A_CHOICE
    writing = sum(bool(scene.own_words) for scene in scenes) * MINUTES_OF_OWN_WORDS
    return words / WORDS_A_MINUTE + thinking + writing


def _read_in(scene: Scene) -> float:
    """The words read in a scene: all choices, and one of their notes, twice for the debrief."""
    told = sum(_words(text) for text in (scene.shows, scene.says, scene.own_words))
    choices = sum(_words(one.words) for one in scene.choices)
    notes = [_words(one.note) + _words(one.behaviour) for one in scene.choices]
    return told + choices + 2 * sum(notes) / len(notes)


def _graph(dialogue: Dialogue) -> "nx.DiGraph[str]":
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(scene.id for scene in dialogue.scenes)
    graph.add_nodes_from(ending.id for ending in dialogue.endings)
    for scene in dialogue.scenes:
        graph.add_edges_from((scene.id, choice.next) for choice in scene.choices)
    return graph


def _ends(dialogue: Dialogue) -> bool:
    below = nx.descendants(_graph(dialogue), dialogue.scenes[0].id)
    return any(ending.id in below for ending in dialogue.endings)


def _best(scene: Scene) -> Choice | None:
    """The choice that helps most; None where two help as much."""
    most = max(one.effects.sum for one in scene.choices)
    found = [one for one in scene.choices if one.effects.sum == most]
    return found[0] if len(found) == 1 else None


def _length(choice: Choice) -> int:
    return len(choice.words)


def _words(text: str) -> int:
    return len(_WORD.findall(text))
