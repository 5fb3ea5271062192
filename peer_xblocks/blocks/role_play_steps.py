"""What happens at each step of a role play: parse what was sent, ask `work`, show the next step."""

from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from peer_xblocks.blocks import role_play_attempts
from peer_xblocks.blocks import role_play_prompted as prompted
from peer_xblocks.blocks import role_play_talk as talk
from peer_xblocks.blocks.answers import Shown
from peer_xblocks.blocks.handler import Call
from peer_xblocks.blocks.person import Visitor
from peer_xblocks.blocks.role_play_page import consent_statement
from peer_xblocks.blocks.role_play_stage import STEPS, Stage, stage_of, ways
from peer_xblocks.blocks.sent import Sent
from peer_xblocks.core.errors import ConflictError, Error, InvalidError
from peer_xblocks.core.record import ActorConsent, Named
from peer_xblocks.core.role_play import RolePlay
from peer_xblocks.core.rubric import Rubric
from peer_xblocks.core.scenario import Mode, TraineeView
from peer_xblocks.records.api import documents, programmes
from peer_xblocks.work.api import drafts, observed, partners, recordings, submissions
from peer_xblocks.work.values import CLOSED, Condition, Draft, HandIn


def show(block: Any, call: Call, step: str, say: str = "") -> Shown:
    """A step, as far as it can be gone to."""
    visitor = Visitor(call.user, call.place, True)
    page = block.page(block.written(), visitor)
    return Shown(page.stage(stage_of(visitor, step)), say)


def again(block: Any, call: Call, error: Error) -> Shown:
    """The step that was sent, with what is wrong and with what was written."""
    visitor = Visitor(call.user, call.place, True)
    page = block.page(block.written(), visitor)
    stage = stage_of(visitor, call.sent.as_sent("step"))
    return Shown(page.stage(stage, error, _kept_in_view(call, error)), str(error))


def begin(block: Any, call: Call) -> Shown:
    """Open the scene in a mode that this block can take in."""
    mode = call.sent.text("mode")
    view = block.written().scenario.trainee_view()
    if mode not in ways(view):
        raise InvalidError({"mode": _("Choose how you want to do it.")})
    role_play_attempts.require_open(block.written(), call, mode)
    draft, sent = drafts.get(call.user, call.place), call.sent
    text = _faithful_text(view, draft, sent)
    if mode == Mode.WRITTEN and view.lines and not draft.text.strip():
        text = talk.opening(view)
    unsaid = _unsaid(draft, sent)
    version = sent.number("version")
    drafts.save(call.user, call.place, version, mode=mode, text=text, answers=unsaid)
    if mode == Mode.OBSERVED_LIVE:
        observed.begin(call.user, call.place)
    return show(block, call, "perform")


def say(block: Any, call: Call) -> Shown:
    """Add a reply to the conversation and let the other person answer; or end it there."""
    view = block.written().scenario.trainee_view()
    draft, reply = drafts.get(call.user, call.place), call.sent.text("reply")
    ends = call.sent.text("go") == "reflect"
    if not reply.strip() and not (ends and talk.is_begun(view, draft.text)):
        raise InvalidError({"reply": _("Write what you would say first.")})
    if reply.strip():
        text = talk.with_reply(view, draft.text, reply)
        said = {**draft.answers, talk.UNSAID: ""}
        version = call.sent.number("version")
        draft = drafts.save(call.user, call.place, version, text=text, answers=said)
    if ends:
        return show(block, call, "reflect")
    last = talk.turns(view, draft.text)[-1]
    return show(block, call, "perform", "" if last.mine else f"{last.who}: {last.words}")


def line(block: Any, call: Call) -> Shown:
    """Let the other person say the next line of a prompted performance, or begin it anew."""
    view = block.written().scenario.trainee_view()
    place = call.place
    attempt = len(submissions.mine(call.user, place.programme, place.activity)) + 1
    draft = drafts.get(call.user, place)
    block.heard = prompted.moved(view, draft, block.heard or {}, attempt, call.sent.text("go"))
    told = prompted.told(view, block.heard, attempt)
    last = told["heard"][-1:]
    said = [f"{prompted.first_name(view)}: {line['text']}" for line in last]
    again = show(block, call, "perform", "".join(said) or _("From the beginning."))
    return replace(again, data=told)


def keep(block: Any, call: Call) -> Shown:
    """Keep the text or the answers that came along; an autosave shows only that it was kept."""
    draft = _kept(block, call)
    go = call.sent.text("go")
    if go in STEPS:
        _check_ready(block.written().scenario.trainee_view(), draft, go)
        return show(block, call, go)
    page = block.page(block.written(), Visitor(call.user, call.place, True))
    return Shown(page.saved(Stage("perform", draft)), _("Draft kept."))


def upload(block: Any, call: Call) -> Shown:
    """Take in a file and put it into the draft."""
    sent = call.sent.files.get("recording")
    if sent is None:
        raise InvalidError({"recording": _("Choose a file first.")})
    info = recordings.receive(call.user, call.place, sent.filename, sent.file, sent.media_type)
    drafts.save(call.user, call.place, call.sent.number("version"), recording=info.id)
    return show(block, call, "perform", _("Your file is here."))


def observe(block: Any, call: Call) -> Shown:
    """Note when and where the scene is watched in the room, and go on if asked to."""
    observed.note(call.user, call.place, call.sent.text("note"))
    go = call.sent.text("go")
    return show(block, call, go if go == "reflect" else "perform", _("Kept."))


def remove(block: Any, call: Call) -> Shown:
    """Take the recording out of the draft, and out of the site when nothing else holds it."""
    held = drafts.get(call.user, call.place).recording
    drafts.save(call.user, call.place, call.sent.number("version"), recording="")
    if held is not None:
        recordings.remove(call.user, held.id)
    return show(block, call, "perform", _("The file is gone."))


def hand_in(block: Any, call: Call) -> Shown:
    """Hand in what the draft holds, with the consent that was given just now."""
    role_play = block.written()
    draft = drafts.get(call.user, call.place)
    if not _waits(call):  # else it is the same press again, which the key answers
        _check_ready(role_play.scenario.trainee_view(), draft, "hand_in")
        if call.sent.number("version") != draft.version:
            raise ConflictError(_("This was changed since you looked at it. Please look again."))
    handed_in = _hand_in(role_play, draft, call)
    attempt = len(submissions.mine(call.user, call.place.programme, call.place.activity)) + 1
    role_play_attempts.keep_notes(role_play, draft, call, attempt)
    submissions.submit(call.user, call.place, handed_in, call.sent.as_sent("key")[:64])
    return show(block, call, "", _("Handed in. Thank you."))


def _waits(call: Call) -> bool:
    """Whether something was handed in here and waits for its result."""
    handed_in = submissions.mine(call.user, call.place.programme, call.place.activity)
    return bool(handed_in) and handed_in[0].status not in CLOSED


def facts(view: TraineeView) -> dict[str, Any]:
    """What may be told of a role play anywhere."""
    return {
        "title": view.title,
        "minutes": view.minutes,
        "setting": view.setting,
        "content_note": view.content_note,
        "modes": [mode.value for mode in view.modes],
    }


def possible_points(rubric: Rubric) -> int:
    """The points that a rubric gives at most; 1 for one that is passed or not yet."""
    if not rubric.has_points:
        return 1
    return sum(max(level.points for level in one.levels) for one in rubric.criteria)


def _kept(block: Any, call: Call) -> Draft:
    sent = call.sent
    known = {one.id for one in block.written().scenario.trainee.reflection}
    answers = {
        key: text
        for key, text in sent.starting("answer-").items()
        if key in known or role_play_attempts.is_note(key)
    }
    draft = drafts.get(call.user, call.place)
    answers = answers or _unsaid(draft, sent)
    text = _faithful_text(block.written().scenario.trainee_view(), draft, sent)
    version = sent.number("version")
    return drafts.save(call.user, call.place, version, text=text, answers=answers)


def _faithful_text(view: TraineeView, draft: Draft, sent: Sent) -> str | None:
    """The text that was sent, None for none.

    Raises InvalidError when it puts words into the other person's mouth, or takes some out.
    """
    if not sent.has("text"):
        return None
    text = sent.text("text")
    if not view.lines:
        return text
    text = talk.tidied(view, text)
    if not talk.is_faithful(view, draft.text, text):
        sentence = _("The other person’s words have to stay as they are. Yours you can change.")
        raise InvalidError({"text": sentence})
    return text


def _unsaid(draft: Draft, sent: Sent) -> dict[str, str] | None:
    """The draft's answers with a reply that was typed and not said; None when none was sent."""
    return {**draft.answers, talk.UNSAID: sent.text("reply")} if sent.has("reply") else None


def _check_ready(view: TraineeView, draft: Draft, go: str) -> None:
    """Refuse to go on to a step that needs a performance when there is none yet."""
    # What was recorded or written in another mode is no performance in this one. What is observed
    # has nothing here: `work` asks when and where it was.
    is_performed = draft.mode == Mode.OBSERVED_LIVE or draft.performed_recording is not None
    if draft.mode == Mode.WRITTEN:
        is_performed = talk.is_begun(view, draft.text)
    if go not in ("reflect", "hand_in") or is_performed:
        return
    if draft.mode == "written":
        problems = {"text": _("Write the conversation here first.")}
    else:
        problems = {"recording": _("Add your recording here first.")}
    raise InvalidError(problems, _("There is nothing to hand in yet."))


def _hand_in(role_play: RolePlay, draft: Draft, call: Call) -> HandIn:
    scenario, rubric, errors = role_play.scenario, role_play.rubric, role_play.critical_errors
    known = [body.key for body in programmes.bodies(call.place.programme)]
    chosen = tuple(key for key in known if key in call.sent.all("body"))
    recording, is_observed = draft.performed_recording, draft.mode == Mode.OBSERVED_LIVE
    is_recorded = recording is not None and recording.media_type != "text/plain"
    return HandIn(
        mode=draft.mode,
        text=draft.text if draft.mode == Mode.WRITTEN else None,
        recording_id=recording.id if recording else None,
        answers={
            key: text
            for key, text in draft.answers.items()
            if text.strip() and role_play_attempts.is_handed_in(key)
        },
        conditions=tuple(one for one in Condition if one.value in call.sent.all("condition")),
        consent_bodies=chosen,
        consent_statement=consent_statement() if chosen else "",
        scenario_sha256=documents.put(scenario.canonical_bytes()),
        rubric_sha256=documents.put(rubric.canonical_bytes()),
        errors_sha256=documents.put(errors.canonical_bytes()),
        scenario=Named(key=scenario.key, edition=scenario.edition),
        rubric=Named(key=rubric.key, edition=rubric.edition),
        title=role_play.title,
        formative=prompted.is_practice(role_play.formative, role_play.prompted_counts, draft.mode),
        language=get_language() or "en",
        started_at=draft.started_at,
        actors=_heard_in_it(call, draft, scenario.edition) if is_observed or is_recorded else (),
    )


def _heard_in_it(call: Call, draft: Draft, edition: int) -> tuple[ActorConsent, ...]:
    """The others in a recording, who agreed; nobody in a prompted one. Raises InvalidError."""
    if draft.mode != Mode.PROMPTED:
        return _partner(call, edition)
    if not call.sent.has("agreed"):
        raise InvalidError({"agreed": _("Please say that nobody else is in it who did not agree.")})
    return ()


def _partner(call: Call, edition: int) -> tuple[ActorConsent, ...]:
    """Who played with the trainee, by a code, and that they agreed, as the trainee says it.

    Nobody where a link was made: `work` asks the link. Raises InvalidError without code or tick.
    """
    problems = {}
    if not call.sent.has("agreed"):
        problems["agreed"] = _("A performance can only be handed in when everyone in it agreed.")
    has_link = partners.get(call.user, call.place) is not None
    code = call.sent.text("partner").strip()
    if not has_link and not 1 <= len(code) <= 40:
        problems["partner"] = _("Give initials or a code for your partner, 40 characters at most.")
    if problems:
        raise InvalidError(problems)
    if has_link:
        return ()
    now = timezone.now()
    return (ActorConsent(code=code, consented_at=now, card_edition=edition, fidelity=None),)


def _kept_in_view(call: Call, error: Error) -> dict[str, Any]:
    """What was written and not kept, to stand in the form again."""
    if hasattr(error, "kept"):
        return {}  # it was kept, as a version of its own, and is shown as one
    sent = call.sent
    words: dict[str, Any] = {"bodies": sent.all("body"), "agreed": sent.has("agreed")}
    words["conditions"] = sent.all("condition")
    for name in ("text", "reply", "partner", "captions", "note"):
        if sent.has(name):
            words[name] = sent.texts[name][0]
    return words | {"answers": {k.removeprefix("answer-"): v[0] for k, v in sent.texts.items()}}
