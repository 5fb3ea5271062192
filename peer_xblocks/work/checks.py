"""What must hold before a performance can be handed in."""

from datetime import UTC

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from peer_xblocks.core.errors import InvalidError, NotFoundError
from peer_xblocks.core.place import Place
from peer_xblocks.core.scenario import Mode
from peer_xblocks.records.api import documents, programmes
from peer_xblocks.work import observing
from peer_xblocks.work.rows import checked_answers, checked_text, own_recording
from peer_xblocks.work.text import storable
from peer_xblocks.work.values import HandIn


def checked(user: AbstractBaseUser, place: Place, what: HandIn) -> HandIn:
    """The hand-in with its texts as they are kept.

    Raises InvalidError naming each part that needs another look.
    """
    text = checked_text(what.text, "text") if what.text else ""
    answers = checked_answers(what.answers)
    problems = {
        **_mode(what),
        **_performance(user, place, what, text),
        **_consent(place, what),
        **_editions(what),
    }
    if problems:
        raise InvalidError(problems)
    started_at = what.started_at.astimezone(UTC) if what.started_at else None
    return what.model_copy(
        update={
            "text": None if what.recording_id or observing.is_observed(what.mode) else text,
            "answers": answers,
            "title": storable(what.title)[:255],
            "consent_statement": storable(what.consent_statement),
            "started_at": started_at,
        }
    )


def _mode(what: HandIn) -> dict[str, str]:
    if what.mode not in {mode.value for mode in Mode}:
        return {"mode": _("Choose how you performed the scene.")}
    return {}


def _performance(user: AbstractBaseUser, place: Place, what: HandIn, text: str) -> dict[str, str]:
    if observing.is_observed(what.mode):
        return observing.problems_with(user, place, what)
    if what.recording_id is None:
        return {} if text.strip() else {"text": _("There is nothing to hand in yet.")}
    try:
        recording = own_recording(user, what.recording_id)
    except NotFoundError:
        return {"recording": _("This recording is not there any more; please add it again.")}
    if (recording.programme, recording.activity) != (place.programme, place.activity):
        return {"recording": _("This recording belongs to another activity.")}
    return {}


def _consent(place: Place, what: HandIn) -> dict[str, str]:
    known = {body.key for body in programmes.bodies(place.programme)}
    if not set(what.consent_bodies) <= known:
        return {"consent_bodies": _("This certifying body is not part of the programme.")}
    if len(set(what.consent_bodies)) < len(what.consent_bodies):
        return {"consent_bodies": _("A certifying body is named twice.")}
    if what.consent_bodies and not what.consent_statement.strip():
        return {"consent_statement": _("The record needs the sentence that you agreed to.")}
    return {}


def _editions(what: HandIn) -> dict[str, str]:
    """Nobody could rate by an edition that was never deposited, so nothing is handed in on one."""
    for sha256 in (what.scenario_sha256, what.rubric_sha256, what.errors_sha256):
        try:
            documents.get(sha256)
        except NotFoundError:
            return {"": _("This activity is not ready yet: an edition of it is missing.")}
    return {}
