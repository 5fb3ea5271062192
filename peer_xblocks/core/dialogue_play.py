"""How a talk goes: pure rules from a dialogue and the path of choices that somebody took.

A path is all there is to keep. Whatever it holds, playing it gives a place that the dialogue has.
"""

from collections.abc import Sequence

from peer_xblocks.core.dialogue import Amount, Benefit, Choice, Dialogue, Ending, Meters, Scene
from peer_xblocks.core.errors import ConflictError, InvalidError
from peer_xblocks.core.sentences import gettext as _
from peer_xblocks.core.value import Slug, Value

LONGEST = 200
"""How many steps a path may have; a talk may go round, but not for ever."""


class Meant(Value):
    """What a trainee meant to tell of their own story before they saw the choices."""

    amount: Amount
    benefit: Benefit


class Step(Value):
    """One choice that was made in a scene."""

    scene: Slug
    choice: Slug
    meant: Meant | None = None


Path = tuple[Step, ...]


class Turn(Value):
    """One step that was played: where it was taken, and the meters before and after."""

    scene: Scene
    choice: Choice
    meant: Meant | None = None
    before: Meters
    after: Meters


class Played(Value):
    """Where a talk stands: its turns, the meters, and the scene or the ending it has come to."""

    turns: tuple[Turn, ...]
    meters: Meters
    scene: Scene | None
    ending: Ending | None

    @property
    def path(self) -> Path:
        """The steps that were played."""
        return tuple(
            Step(scene=one.scene.id, choice=one.choice.id, meant=one.meant) for one in self.turns
        )


def play(dialogue: Dialogue, path: Sequence[Step]) -> Played:
    """Play a path from the first scene on, as far as it fits.

    An author may have changed the dialogue since the path was taken: what no longer fits, and all
    after it, is left out.
    """
    scene: Scene | None = dialogue.scenes[0]
    meters, ending = dialogue.start, None
    turns: list[Turn] = []
    for step in path[:LONGEST]:
        choice = scene.choice(step.choice) if scene and scene.id == step.scene else None
        if scene is None or choice is None:
            break
        after = meters.after(choice.effects)
        meant = step.meant if scene.role_modeling else None
        turns.append(Turn(scene=scene, choice=choice, meant=meant, before=meters, after=after))
        meters, ending = after, dialogue.ending(choice.next)
        scene = dialogue.scene(choice.next)
    return Played(turns=tuple(turns), meters=meters, scene=scene, ending=ending)


def chosen(
    dialogue: Dialogue, path: Sequence[Step], scene: str, choice: str, meant: Meant | None = None
) -> Path:
    """The path after one more choice.

    Raises ConflictError when the talk does not stand in that scene, InvalidError for a choice that
    the scene lacks, and in a role-modeling turn for one without what was meant.
    """
    played = play(dialogue, path)
    if played.scene is None or played.scene.id != scene:
        raise ConflictError
    if played.scene.choice(choice) is None:
        raise InvalidError({"choice": _("Choose what you say first.")})
    if played.scene.role_modeling and meant is None:
        raise InvalidError({"amount": _("Choose how much, and for whose benefit.")})
    if len(played.turns) >= LONGEST:
        sentence = _("This talk has gone on for long. Begin it again, or take a step back.")
        raise ConflictError(sentence)
    kept = meant if played.scene.role_modeling else None
    return (*played.path, Step(scene=scene, choice=choice, meant=kept))


def undone(dialogue: Dialogue, path: Sequence[Step]) -> Path:
    """The path without its last choice."""
    return play(dialogue, path).path[:-1]


def passed(played: Played) -> tuple[str, ...]:
    """The ids of every scene and the ending that a talk came through, in order, each once."""
    here = played.ending or played.scene
    ids = [turn.scene.id for turn in played.turns] + ([here.id] if here else [])
    return tuple(dict.fromkeys(ids))


def by_competency(played: Played) -> dict[str, tuple[Turn, ...]]:
    """The turns of a talk by the competency that each choice was about, for a debrief."""
    names = dict.fromkeys(turn.choice.competency for turn in played.turns)
    return {
        name: tuple(turn for turn in played.turns if turn.choice.competency == name)
        for name in names
    }
