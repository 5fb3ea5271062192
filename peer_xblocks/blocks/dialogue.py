"""The `peer_dialogue` block: a trainee talks with an invented person, sees what each choice does,
and looks back on their own words. Practice, never rated.
"""

from typing import Any

from django.utils.translation import gettext as _
from web_fragments.fragment import Fragment
from xblock.completable import CompletableXBlockMixin
from xblock.core import XBlock
from xblock.fields import Scope, String

from peer_xblocks.authoring import dialogue as authored
from peer_xblocks.blocks import dialogue_state as kept
from peer_xblocks.blocks import frame, person
from peer_xblocks.blocks.activity import PlainData, edition_of, written_in
from peer_xblocks.blocks.activity_block import ActivityBlock
from peer_xblocks.blocks.answers import Shown
from peer_xblocks.blocks.dialogue_page import Page
from peer_xblocks.blocks.handler import Call, handler
from peer_xblocks.core.dialogue import Dialogue
from peer_xblocks.core.dialogue_play import Path, chosen, play, undone
from peer_xblocks.core.errors import ConflictError, Error, InvalidError
from peer_xblocks.work.api import reflections
from peer_xblocks.work.values import Reflection

UNDER_WAY = 0.5
"""The share of a talk that was begun and never came to an ending."""


@XBlock.needs("user", "i18n")
class DialogueBlock(CompletableXBlockMixin, ActivityBlock):
    """A dialogue. The path of choices is a field; own words are kept by `work`, never in one."""

    shape = Dialogue
    forms = authored
    starter = "starter_dialogue.txt"

    display_name = String(default="Dialogue", scope=Scope.settings)
    state = PlainData(scope=Scope.user_state, help="The path of choices, and what was seen.")

    has_score = False
    icon_class = "other"

    @property
    def dialogue(self) -> Dialogue | None:
        """The dialogue; None while nothing is written."""
        return written_in(self, Dialogue)

    @XBlock.supports("multi_device")
    def student_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The dialogue at the turn where the trainee stands."""
        dialogue = self.dialogue
        if dialogue is None:
            return frame.nothing_yet()
        visitor = person.visitor(self)
        may_act = visitor.may_act and visitor.user is not None
        words = self._words(visitor.user, dialogue) if may_act and visitor.has_programme else {}
        page = self._page(dialogue, words, may_act, (context or {}).get("title_shown"))
        return frame.fragment(page.html())

    def student_view_data(self, context: dict[str, Any] | None = None) -> dict[str, Any]:
        """What a mobile app may know: nothing that gives away what a choice does."""
        dialogue = self.dialogue
        return _facts(dialogue) if dialogue else {}

    def found_by(self, value: Dialogue) -> dict[str, str]:
        """The place, the task and what people say in it."""
        said = {f"scene_{n}": one.says for n, one in enumerate(value.scenes) if one.says}
        return {"place": value.place, "brief": value.brief, **said}

    # What a trainee does

    def _show_again(self, call: Call, error: Error) -> Shown:
        """The turn where the talk stands, with what is wrong and with what was written."""
        dialogue: Dialogue = self.written()
        page = self._page(dialogue, self._words(call.user, dialogue, call))
        names = ("words", "amount", "benefit", "choice")
        sent = {name: call.sent.as_sent(name) for name in names}
        if hasattr(error, "kept"):
            sent["words"] = ""  # it was kept, as a version of its own, and is shown as one
        return Shown(page.stage(error, sent), str(error))

    @handler(_show_again)
    def begin(self, call: Call) -> Shown:
        """Begin the talk, or begin it again."""
        self.state = kept.begun(self.state)
        return self._shown(call)

    @handler(_show_again)
    def ask(self, call: Call) -> Shown:
        """Take in what a scene asks first, own words or how much of a story; show the choices."""
        dialogue: Dialogue = self.written()
        scene = play(dialogue, kept.path_of(self.state)).scene
        if scene is None or scene.id != call.sent.text("scene"):
            raise ConflictError
        meant = kept.meant_in(call.sent.text("amount"), call.sent.text("benefit"))
        meant = meant if scene.role_modeling else None
        if scene.role_modeling and meant is None:
            raise InvalidError({"amount": _("Choose how much, and for whose benefit.")})
        if scene.own_words and call.sent.text("words").strip():
            self._keep(call, scene.id)
        self.state = kept.asked(self.state, scene, meant)
        return self._shown(call, _("Here is what you could say."))

    @handler(_show_again)
    def choose(self, call: Call) -> Shown:
        """Say one of the things that may be said, and hear what comes back."""
        dialogue: Dialogue = self.written()
        played = play(dialogue, kept.path_of(self.state))
        if not kept.is_begun(self.state) or not kept.is_asked(self.state, played):
            raise ConflictError
        picked = call.sent.text("choice")
        if not picked:
            raise InvalidError({"choice": _("Choose what you say first.")})
        scene, meant = call.sent.text("scene"), kept.meant_of(self.state)
        return self._moved(call, chosen(dialogue, played.path, scene, picked, meant))

    @handler(_show_again)
    def undo(self, call: Call) -> Shown:
        """Take the last choice back."""
        dialogue, path = self.written(), kept.path_of(self.state)
        if call.sent.number("turn") != len(play(dialogue, path).turns):
            raise ConflictError
        return self._moved(call, undone(dialogue, path))

    def _moved(self, call: Call, path: Path) -> Shown:
        """The talk after its path changed, kept and told to the platform."""
        dialogue: Dialogue = self.written()
        self.state = kept.moved(self.state, dialogue, path)
        self.emit_completion(1.0 if kept.endings_seen(self.state, dialogue) else UNDER_WAY)
        return self._shown(call)

    def _shown(self, call: Call, say: str = "") -> Shown:
        dialogue: Dialogue = self.written()
        page = self._page(dialogue, self._words(call.user, dialogue, call))
        return Shown(page.stage(), say or page.said_last, f"{page.prefix}-stage")

    def _keep(self, call: Call, scene: str) -> None:
        """Keep own words where the course can; elsewhere they were only for thinking."""
        if call.place.programme != person.NO_PROGRAMME:
            words, version = call.sent.text("words"), call.sent.number("version")
            reflections.save(call.user, call.place, scene, words, version)

    def preview(self, dialogue: Dialogue) -> str:
        page = Page(dialogue, person.html_id(self), {}, title=dialogue.title)
        return page.html() + frame.html("_dialogue_map.html", {"map": page.map()})

    def _words(
        self, user: Any, dialogue: Dialogue, call: Call | None = None
    ) -> dict[str, Reflection]:
        """The person's own words in this dialogue, where the turn or the debrief shows any."""
        if not kept.shows_words(self.state, dialogue):
            return {}
        return reflections.latest(user, call.place if call else person.place_of(self))

    def _page(
        self,
        dialogue: Dialogue,
        words: dict[str, Reflection],
        may_act: bool = True,
        title_shown: str | None = None,
    ) -> Page:
        return Page(
            dialogue=dialogue,
            prefix=person.html_id(self),
            state=self.state,
            words=words,
            urls=frame.Addresses(self) if may_act else {},
            title="" if title_shown == dialogue.title else dialogue.title,
            can_keep=person.place_of(self).programme != person.NO_PROGRAMME,
            edition=edition_of(self),
        )


def _facts(dialogue: Dialogue) -> dict[str, Any]:
    return {
        "title": dialogue.title,
        "minutes": dialogue.minutes,
        "person": dialogue.person.name,
        "place": dialogue.place,
        "content_note": dialogue.content_note,
        "scenes": len(dialogue.scenes),
        "endings": len(dialogue.endings),
    }
