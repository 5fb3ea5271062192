"""Where somebody stands in a dialogue, as plain data for `user_state`: the path of choices, what
was asked before the next ones, and what was seen in all talks. Never own words: staff can read it.
"""

from typing import Any

from pydantic import ValidationError

from peer_xblocks.core.dialogue import Amount, Benefit, Dialogue, Scene
from peer_xblocks.core.dialogue_play import Meant, Path, Played, Step, passed, play

State = dict[str, Any]


def is_begun(state: State) -> bool:
    """Whether a talk is under way or over."""
    return bool(state.get("begun"))


def path_of(state: State) -> Path:
    """The path of the talk; as far as it can be read."""
    found = []
    kept = state.get("path")
    for one in kept if isinstance(kept, list) else []:
        try:
            found.append(Step.model_validate(one))
        except ValidationError:
            break
    return tuple(found)


def begun(state: State) -> State:
    """The state as a talk begins, from the start."""
    return {"begun": True, "path": [], "seen": list(seen(state)), "talks": talks(state)}


def moved(state: State, dialogue: Dialogue, path: Path) -> State:
    """The state after the path has changed. An ending that is reached counts as a talk."""
    played = play(dialogue, path)
    now = list(dict.fromkeys([*seen(state), *passed(played)]))
    return {
        "begun": True,
        "path": [step.model_dump(mode="json", exclude_none=True) for step in path],
        "seen": now,
        "talks": talks(state) + (played.ending is not None),
    }


def asked(state: State, scene: Scene, meant: Meant | None) -> State:
    """The state after what a scene asks first was answered or passed over."""
    kept: dict[str, Any] = {"scene": scene.id}
    if meant is not None:
        kept["meant"] = meant.model_dump(mode="json")
    return {**state, "asked": kept}


def is_asked(state: State, played: Played) -> bool:
    """Whether the choices of the scene may be shown: nothing is asked first, or it was."""
    scene = played.scene
    if scene is None or not (scene.own_words or scene.role_modeling):
        return True
    kept = state.get("asked")
    is_here = isinstance(kept, dict) and kept.get("scene") == scene.id
    return is_here and (not scene.role_modeling or meant_of(state) is not None)


def shows_words(state: State, dialogue: Dialogue) -> bool:
    """Whether own words stand on the page: where they are asked for, and in a debrief."""
    played = play(dialogue, path_of(state)) if is_begun(state) else None
    if played is None:
        return False
    if played.scene is not None:
        return bool(played.scene.own_words)
    return any(turn.scene.own_words for turn in played.turns)


def meant_of(state: State) -> Meant | None:
    """What the trainee means to tell of their own story in the scene they stand in."""
    kept = state.get("asked")
    try:
        return Meant.model_validate(kept["meant"]) if isinstance(kept, dict) else None
    except (KeyError, ValidationError):
        return None


def meant_in(amount: str, benefit: str) -> Meant | None:
    """What was meant, of two words that were sent; None unless both are known."""
    if amount in list(Amount) and benefit in list(Benefit):
        return Meant(amount=Amount(amount), benefit=Benefit(benefit))
    return None


def seen(state: State) -> tuple[str, ...]:
    """The scenes and endings that were seen in all talks, in the order they first were."""
    kept = state.get("seen")
    return tuple(one for one in kept if isinstance(one, str)) if isinstance(kept, list) else ()


def talks(state: State) -> int:
    """How many talks came to an ending, undone ones included."""
    kept = state.get("talks")
    return kept if isinstance(kept, int) and not isinstance(kept, bool) else 0


def endings_seen(state: State, dialogue: Dialogue) -> int:
    """How many different endings were reached."""
    return sum(ending.id in seen(state) for ending in dialogue.endings)
