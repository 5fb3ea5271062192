"""The written performance as a conversation: the other person's lines one at a time, and a reply to
each.

What was said is one text, a paragraph a turn, each under a name, exactly as assessors read it.
The next line shows only once the one before is answered.
"""

from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from peer_xblocks.core.scenario import PromptedLine, TraineeView

UNSAID = "reply-not-said-yet"
"""Among a draft's answers: a reply that was typed and not said. It is never handed in."""

GAP = "\n\n"


class Turn(NamedTuple):
    """One turn. `mine` tells own turns from theirs; `cue` is what one would see or hear."""

    mine: bool
    who: str
    words: str
    cue: str = ""


def opening(view: TraineeView) -> str:
    """How the conversation begins."""
    return _line(view, view.lines[0])


def is_begun(view: TraineeView, text: str) -> bool:
    """Whether the trainee has said anything."""
    return any(turn.mine for turn in turns(view, text))


def turns(view: TraineeView, text: str) -> list[Turn]:
    """What has been said, in order."""
    other = _first_name(view)
    cues = {line.text: line.cue for line in view.lines}
    found = []
    for paragraph in filter(None, map(str.strip, text.split(GAP))):
        who, colon, words = paragraph.partition(":")
        if colon and who == other:
            found.append(Turn(False, who, words.strip(), cues.get(words.strip(), "")))
        else:
            words = words if colon and who.casefold() in _own_names() else paragraph
            found.append(Turn(True, _("Me"), words.strip()))
    return found


def tidied(view: TraineeView, text: str) -> str:
    """A changed text, a line a turn: so nobody can put words into the other person's mouth."""
    return GAP.join(f"{turn.who}: {_one_line(turn.words)}" for turn in turns(view, text))


def is_faithful(view: TraineeView, before: str, after: str) -> bool:
    """Whether a changed text leaves the other person's words, and their order, as they were."""
    own = [[turn.words for turn in turns(view, text) if not turn.mine] for text in (before, after)]
    return own[0] == own[1]


def with_reply(view: TraineeView, text: str, reply: str) -> str:
    """The text with a reply, and with what the other person says next, if they say more."""
    me = _("Me")
    said = [text.strip(), f"{me}: {_one_line(reply)}"]
    line = next_line(view, text)
    if line is not None:
        said.append(_line(view, line))
    return GAP.join(said)


def next_line(view: TraineeView, text: str) -> PromptedLine | None:
    """The first line that has not been said; None when the other person has said all."""
    said = {turn.words for turn in turns(view, text) if not turn.mine}
    return next((line for line in view.lines if line.text not in said), None)


def _line(view: TraineeView, line: PromptedLine) -> str:
    return f"{_first_name(view)}: {line.text}"


@cache
def _own_names() -> frozenset[str]:
    """What stands before own turns in any language of the site: a draft outlives a change of it."""
    names = {"me"}
    for code, _name in settings.LANGUAGES:
        with override(code):
            names.add(_("Me").casefold())
    return frozenset(names)


def _first_name(view: TraineeView) -> str:
    return view.other.split()[0]


def _one_line(words: str) -> str:
    """Assessors read a line as a turn, so a turn has no lines of its own."""
    return " ".join(words.split())
