"""A performance as assessors and leads see it: lines with anchors, or a player."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from peer_xblocks.core.scenario import Mode, Scenario
from peer_xblocks.web import words
from peer_xblocks.work.values import Captions, Condition

TEXT_BYTES_SHOWN = 400_000
LONGEST_SPEAKER = 24


def shown(
    scenario: Scenario,
    text: str | None,
    recording: Any,
    answers: Mapping[str, str],
    opened: Callable[[], tuple[Any, Any]],
) -> dict[str, Any]:
    """What `_performance.html` takes. An uploaded text is read and shown as lines too."""
    if recording and recording.media_type.startswith("text/"):
        text, recording = _words(opened), None
    return {
        "lines": [_line(line) for line in (text or "").splitlines() if line.strip()],
        "recording": recording,
        "reflections": [
            (prompt.prompt, answers[prompt.id])
            for prompt in scenario.trainee.reflection
            if answers.get(prompt.id, "").strip()
        ],
    }


def around(seen: Any) -> dict[str, Any]:
    """Who played with the trainee, and when and where it was watched, where it was."""
    return {"actors": seen.actors, "observed": seen.observed}


def done_how(scenario: Scenario, mode: str, conditions: Iterable[Condition]) -> dict[str, Any]:
    """What raters are told of how it was done: signed, with notes, and the lines of a script."""
    prompts = scenario.actor.prompted_lines if mode == Mode.PROMPTED else ()
    return {
        "conditions": [words.CONDITIONS[one.value] for one in conditions],
        "prompts": prompts,
        "prompts_from": scenario.actor.name,
    }


def with_captions(found: Captions | None, address: str) -> dict[str, Any]:
    """What a player takes beside the recording: a track, and the same words to read."""
    if found is None:
        return {}
    return {"captions": found, "captions_url": address if found.cues else ""}


def _line(line: str) -> dict[str, Any]:
    """A line of a performance, with who speaks set apart when it begins so (`Dana: …`)."""
    speaker, colon, said = line.partition(":")
    if not colon or not said.strip() or len(speaker) > LONGEST_SPEAKER:
        return {"speaker": "", "said": line, "is_me": False}
    is_me = speaker.strip().casefold() in ("me", "i", "trainee")
    return {"speaker": speaker.strip(), "said": said.strip(), "is_me": is_me}


def _words(opened: Callable[[], tuple[Any, Any]]) -> str:
    _info, file = opened()
    with file:
        return file.read(TEXT_BYTES_SHOWN).decode("utf-8-sig", errors="replace")
