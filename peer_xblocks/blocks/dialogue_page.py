"""What a dialogue looks like: before it, at each turn, and at its end."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from peer_xblocks import compat
from peer_xblocks.authoring import content, dialogue_map
from peer_xblocks.blocks import competencies, dialogue_words, frame
from peer_xblocks.blocks import dialogue_state as kept
from peer_xblocks.core.dialogue import Dialogue, Ending
from peer_xblocks.core.dialogue_play import Played, Turn, passed, play
from peer_xblocks.core.errors import Error, InvalidError
from peer_xblocks.work.values import Reflection


@dataclass(frozen=True)
class Page:
    """One dialogue for one person. `urls` are empty where nothing can be done, as in previews.

    `words` are the person's own words, by scene. `edition` names the dialogue for what is
    remembered; without one nothing is.
    """

    dialogue: Dialogue
    prefix: str
    state: kept.State
    words: dict[str, Reflection] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    title: str = ""
    can_keep: bool = True
    edition: str = ""

    def html(self) -> str:
        """The whole block."""
        return frame.html("dialogue.html", {"page": self, "inner": self.stage()})

    def stage(self, error: Error | None = None, sent: dict[str, Any] | None = None) -> str:
        """Where the talk stands; with an error, as it was sent."""
        more = {"page": self, "error": _first(error), "sent": sent or {}}
        if not self.urls or not kept.is_begun(self.state):
            return self._note(more)
        if self.played.ending is not None:
            return frame.html("dialogue_end.html", {**more, **self._before, **self._end()})
        return frame.html("dialogue_talk.html", {**more, **self._before, **self._turn(error)})

    def _note(self, more: dict[str, Any]) -> str:
        """What stands before a talk; the same for everybody, so it is made once in a process."""

        def made() -> str:
            return frame.html("dialogue_note.html", {**more, **self._before})

        if not self.edition or more["error"]:
            return made()
        how = compat.digest_of([self.urls and self.urls["begin"], self.prefix, get_language()])
        return compat.cached(f"dialogue-note:{self.edition}:{how}", made, here=True)

    @cached_property
    def played(self) -> Played:
        """The talk as far as it went."""
        return play(self.dialogue, kept.path_of(self.state))

    @property
    def endings_seen(self) -> int:
        """How many different endings were reached in all talks."""
        return kept.endings_seen(self.state, self.dialogue)

    @property
    def said_last(self) -> str:
        """What the person shows and says now and what the last choice did, to be read aloud."""
        here = self.played.ending or self.played.scene
        if here is None:
            return ""
        told = " ".join(part for part in (here.shows, here.says) if part)
        last = self.played.turns[-1:] if self.played.scene else ()
        moved = [
            f"{one.name} {one.moved}."
            for turn in last
            for one in dialogue_words.moves(turn.choice.effects)
        ]
        return " ".join([f"{self._speaker(here)}: {told}", *moved])

    def _speaker(self, here: Any) -> str:
        return getattr(here, "speaker", "") or self.dialogue.person.name

    def _turn(self, error: Error | None) -> dict[str, Any]:
        scene, turns = self.played.scene, self.played.turns
        assert scene is not None
        last = turns[-1] if turns else None
        own = self.words.get(scene.id)
        meant = kept.meant_of(self.state) if kept.is_asked(self.state, self.played) else None
        return {
            "scene": scene,
            "speaker": self._speaker(scene),
            "number": len(turns) + 1,
            "turns": turns[:-1],
            "last": last,
            "moves": dialogue_words.moves(last.choice.effects) if last else (),
            "note": self._prose(last.choice.note) if last else "",
            "readings": dialogue_words.readings(
                self.played.meters, last.choice.effects if last else None
            ),
            "asked": kept.is_asked(self.state, self.played),
            "own": own,
            "late": (error.kept,) if error is not None and hasattr(error, "kept") else (),
            "amounts": dialogue_words.choices_of(dialogue_words.AMOUNTS, ""),
            "benefits": dialogue_words.choices_of(dialogue_words.BENEFITS, ""),
            "meant": self._meant(meant),
        }

    def _end(self) -> dict[str, Any]:
        ending = self.played.ending
        assert ending is not None
        return {
            "ending": ending,
            "speaker": self._speaker(ending),
            "left": self._prose(ending.left),
            "to_you": self._prose(ending.to_you),
            "want": self._prose(self.dialogue.person.want),
            "readings": _from_to(self),
            "debrief": [self._looked_at(turn) for turn in self.played.turns],
            "competencies": self._practiced(),
            "map": self.map(),
            "places": self._places(ending),
        }

    def _looked_at(self, turn: Turn) -> dict[str, Any]:
        """One own choice, quoted, with what it did and what it shows."""
        told = turn.choice.told
        return {
            "turn": turn,
            "speaker": self._speaker(turn.scene),
            "moves": dialogue_words.moves(turn.choice.effects),
            "note": self._prose(turn.choice.note),
            "competency": competencies.label(turn.choice.competency),
            "own": self.words.get(turn.scene.id) if turn.scene.own_words else None,
            "meant": self._meant(turn.meant),
            "told": told,
            "came_to": self._meant(told),
        }

    def _practiced(self) -> list[str]:
        names = dict.fromkeys(turn.choice.competency for turn in self.played.turns)
        return [competencies.label(name) for name in names]

    def _meant(self, found: Any) -> dict[str, Any] | None:
        """How much, and for whom: of what was meant or of what was told."""
        if found is None:
            return None
        return {
            "amount": dialogue_words.AMOUNTS[found.amount],
            "benefit": dialogue_words.BENEFITS[found.benefit],
        }

    def _places(self, ending: Ending) -> list[dict[str, Any]]:
        """The endings by their letters; those that were never reached keep their name."""
        known = kept.seen(self.state)
        return [
            {
                "label": dialogue_map.label_of(self.dialogue, one.id),
                "name": one.name if one.id in known else "",
                "is_here": one.id == ending.id,
            }
            for one in self.dialogue.endings
        ]

    def map(self) -> str:
        """The drawing of the dialogue with the path of this talk; all of it in a preview."""
        path = passed(self.played) if self.urls else ()
        labels = ", ".join(dialogue_map.label_of(self.dialogue, one) for one in path)
        title = _("Map of this dialogue")
        of = len(self.dialogue.scenes)
        described = ngettext(
            "%(n)d scene from top to bottom, the endings below.",
            "%(n)d scenes from top to bottom, the endings below.",
            of,
        ) % {"n": of}
        if labels:
            described += " " + _("Your path: %(labels)s.") % {"labels": labels}
        seen = kept.seen(self.state) if path else ()
        return dialogue_map.svg(self.dialogue, title, described, path, seen, f"{self.prefix}-")

    @cached_property
    def _before(self) -> dict[str, str]:
        """The prose around a talk, as HTML."""
        value = self.dialogue
        names = ("content_note", "support", "way_out", "brief")
        return {name: self._prose(getattr(value, name)) for name in names}

    def _prose(self, markdown: str) -> str:
        if not self.edition:
            return content.render(markdown)
        key = f"dialogue-prose:{compat.digest_of(markdown)}"
        return compat.cached(key, lambda: content.render(markdown), here=True)


def _from_to(page: Page) -> list[dict[str, Any]]:
    before = dialogue_words.readings(page.dialogue.start)
    after = dialogue_words.readings(page.played.meters)
    return [{"before": b, "after": a} for b, a in zip(before, after, strict=True)]


def _first(error: Error | None) -> str:
    if error is None:
        return ""
    problems = error.problems if isinstance(error, InvalidError) else {}
    return str(next(iter(problems.values()), error))
