"""A dialogue: one YAML file of scenes and endings; and `<peer_dialogue>`."""

from collections.abc import Iterator
from typing import Any

from peer_xblocks.authoring import olx_form, yaml_text
from peer_xblocks.authoring.attempt import Attempt, plain, valued
from peer_xblocks.authoring.refusals import Place, Written, did_you_mean
from peer_xblocks.authoring.source import value_of
from peer_xblocks.core.dialogue import Dialogue
from peer_xblocks.core.problem import Problem

TAG = "peer_dialogue"


def attempt(text: str, file: str) -> Attempt[Dialogue]:
    """An attempt at the dialogue that a text holds."""
    read = plain(text, file)
    if read.written is None:
        return Attempt(problems=read.problems)
    lost = list(_lost(read.written))
    found = valued(read.written, lambda written: value_of(Dialogue, written), lost)
    # What `_lost` names with its line, the value's own rule would name for the whole file.
    told = [one for one in found.problems if not one.sentence.startswith("There is no scene or")]
    return Attempt(found.written, found.value, tuple(told))


def load(text: str, file: str) -> Dialogue:
    """The dialogue that a text holds. Raises ProblemsError with every problem found."""
    return attempt(text, file).whole()


def to_text(dialogue: Dialogue) -> str:
    """The text of a dialogue as authors write it; loading it gives the same dialogue."""
    return yaml_text.dump(yaml_text.plain(dialogue))


def to_olx(dialogue: Dialogue) -> olx_form.Element:
    """The `<peer_dialogue>` of a dialogue.

    Raises ProblemsError for characters that XML cannot hold.
    """
    return olx_form.to_activity(dialogue, TAG)


def from_olx(element: olx_form.Element, file: str = "") -> Dialogue:
    """The dialogue of a `<peer_dialogue>`, also one that the platform wrote.

    Raises ProblemsError.
    """
    return olx_form.from_activity(Dialogue, element, TAG, file)


def _lost(written: Written) -> Iterator[Problem]:
    """Choices that lead to no scene or ending, each with its line."""
    known = set(_ids(written.data, "scenes")) | set(_ids(written.data, "endings"))
    for place, name in _nexts(written.data):
        if name not in known:
            yield Problem(
                file=written.file,
                line=written.line(place),
                code="unknown-scene",
                sentence=f'No scene or ending has the id "{name}".',
                hint=did_you_mean(name, known),
            )


def _ids(data: Any, member: str) -> Iterator[str]:
    for one in _items(data, member):
        if isinstance(one, dict) and isinstance(one.get("id"), str):
            yield one["id"]


def _nexts(data: Any) -> Iterator[tuple[Place, str]]:
    for number, scene in enumerate(_items(data, "scenes")):
        for position, choice in enumerate(_items(scene, "choices")):
            if isinstance(choice, dict) and isinstance(choice.get("next"), str):
                yield ("scenes", number, "choices", position, "next"), choice["next"]


def _items(data: Any, member: str) -> list[Any]:
    found = data.get(member) if isinstance(data, dict) else None
    return found if isinstance(found, list) else []
