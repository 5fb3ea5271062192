"""What trainees see of their own: record, readers, consents, standings, released results."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from peer_xblocks.assessment.api import appeals, attempts, feedback
from peer_xblocks.core.errors import InvalidError
from peer_xblocks.core.record import Role
from peer_xblocks.core.standing import Standing
from peer_xblocks.records.api import consents, grants, mine, people, programmes
from peer_xblocks.records.api.programmes import Body
from peer_xblocks.web import words
from peer_xblocks.web.door import page
from peer_xblocks.web.pages import performance, posted, record_words
from peer_xblocks.work.api import captions, submissions
from peer_xblocks.work.values import Status, SubmissionInfo


@dataclass(frozen=True)
class Allowed:
    """Whether one certifying body may read what follows from one submission."""

    body: Body
    submission: SubmissionInfo
    is_allowed: bool


@dataclass(frozen=True)
class Told:
    """One own record in words, and as it is written where the person may see it."""

    record: mine.OwnRecord
    sentence: str
    told: record_words.Told
    raw: str


@dataclass(frozen=True)
class Readings:
    """What one certifying body was shown on one day, in one way."""

    on: date
    body: str
    how: str
    what: str


@page
@require_safe
def record(request: HttpRequest, programme: str) -> HttpResponseBase:
    """The own record of one programme, in words, with who has read it."""
    info = programmes.get(programme)
    own = mine.records(request.user, programme)
    if not own:
        grants.require(request.user, programme, Role.TRAINEE)
    handed_in = submissions.mine(request.user, programme)
    titles = {one.record_id: one for one in handed_in}
    standings = feedback.standings(request.user, programme)
    context = {
        "programme": info,
        "submissions": handed_in,
        "attempts": attempts.history(request.user, handed_in),
        "records": [_told(one, titles) for one in reversed(own)],
        "titles": titles,
        "readings": _readings(mine.readers(request.user, programme)),
        "reached": [one for one in standings if one[1] != Standing.NOT_YET],
        "not_yet": [one for one in standings if one[1] == Standing.NOT_YET],
        "allowed": _allowed(request.user, programme, handed_in),
        "bodies": programmes.bodies(programme),
    }
    return render(request, "peer_xblocks/pages/own_record.html", context)


@page
@require_POST
def consent(request: HttpRequest, programme: str) -> HttpResponseBase:
    """Let a certifying body read what follows from a submission, or end that."""
    names = {body.key: body.name for body in programmes.bodies(programme)}
    key = posted.text(request.POST, "body")
    about = [one for one in [posted.text(request.POST, "about")] if one]
    if key not in names:
        raise InvalidError({"": _("Choose among the certifying bodies of the programme.")})
    name = {"name": names[key]}
    if request.POST.get("then") == "withdraw":
        statement = _("I no longer let %(name)s read this.") % name
        consents.withdraw(request.user, programme, [key], about, statement)
        messages.success(request, _("Withdrawn. %(name)s can no longer read this here.") % name)
    else:
        statement = _("I let %(name)s read this and what follows from it.") % name
        consents.agree(request.user, programme, [key], about, statement)
        messages.success(request, _("Recorded. %(name)s can read this now.") % name)
    return redirect("peer_xblocks:own-record", programme)


@page
@require_safe
def result(request: HttpRequest, submission_id: UUID) -> HttpResponseBase:
    """The released result of one own submission."""
    return _result(request, submission_id, {}, 200)


@page
@require_POST
def appeal(request: HttpRequest, submission_id: UUID) -> HttpResponseBase:
    """Appeal on how the result of an own submission came about."""
    ground, told = posted.text(request.POST, "ground"), posted.text(request.POST, "words")
    try:
        appeals.make(request.user, submission_id, ground, told, posted.key(request.POST))
    except InvalidError as error:
        return _result(request, submission_id, error.problems, 422)
    messages.success(request, _("Your appeal is in. A lead who did not rate you hears it."))
    return redirect("peer_xblocks:result", submission_id)


def _result(
    request: HttpRequest, submission_id: UUID, problems: dict[str, str], status: int
) -> HttpResponseBase:
    own = submissions.get(request.user, submission_id)
    heard = own.recording
    context = {
        "submission": own,
        "recording": heard,
        "recording_url": reverse("peer_xblocks:recording", args=[heard.id]) if heard else "",
        "appeal": feedback.appeal(request.user, submission_id),
        "void": feedback.void(request.user, submission_id),
        "feedback": None,
        "attempts": attempts.history(request.user, _at_same_scene(request.user, own)),
        "grounds": words.GROUNDS.items(),
        "problems": problems,
        "posted": request.POST,
        "key": posted.new_key(),
    }
    if own.status == Status.RELEASED:
        context["feedback"] = feedback.result(request.user, submission_id)
        context["beside"] = feedback.beside(request.user, submission_id)
        context["reopened"] = attempts.reopened(request.user, submission_id)
        if own.recording is not None:
            said = captions.get(request.user, own.recording.id)
            address = reverse("peer_xblocks:captions", args=[own.recording.id])
            context |= performance.with_captions(said, address)
    elif not (context["void"] or context["appeal"]):
        feedback.result(request.user, submission_id)  # says that it is not there yet
    return render(request, "peer_xblocks/pages/result.html", context, status=status)


def _at_same_scene(user: Any, own: SubmissionInfo) -> tuple[SubmissionInfo, ...]:
    """Everything that the person handed in at the activity of one submission, the newest first."""
    return submissions.mine(user, own.programme, own.activity)


def _readings(found: Iterable[mine.Reading]) -> list[Readings]:
    """Readings gathered by day, body and way, the latest first."""
    gathered: dict[tuple[date, str, str], Counter[str]] = {}
    for one in found:
        kind = str(words.KINDS[one.kind.value]) if one.kind else _("An erased record")
        gathered.setdefault((one.on, one.body, one.how), Counter())[kind] += 1
    return [
        Readings(*key, ", ".join(f"{kind} ×{n}" if n > 1 else kind for kind, n in kinds.items()))
        for key, kinds in gathered.items()
    ]


def _told(one: mine.OwnRecord, titles: dict[str, SubmissionInfo]) -> Told:
    sentence = record_words.sentence(one.kind, one.body)
    if one.body is None:
        return Told(one, sentence, record_words.Told(facts=()), "")
    about = titles.get(one.submission or one.id)
    told = record_words.of_body(one.kind, one.body, scenario=about.title if about else "")
    raw = json.dumps(one.body, indent=2, ensure_ascii=False, sort_keys=True)
    return Told(one, sentence, told, raw)


def _allowed(
    user: Any, programme: str, handed_in: tuple[SubmissionInfo, ...]
) -> tuple[Allowed, ...]:
    """For each submission and body, whether the latest word lets that body read it."""
    urn = people.known_urn(user, programme)
    spoken = consents.current(urn, programme) if urn else ()
    said = {(one.body, one.submission): one.is_in_force for one in spoken}
    return tuple(
        Allowed(body, one, said.get((body.key, one.record_id), said.get((body.key, None), False)))
        for one in handed_in
        for body in programmes.bodies(programme)
    )
