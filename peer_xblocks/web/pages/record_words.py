"""A record told in words: a heading, its facts, and for what was rated a line for each criterion.

The record itself is shown beside it; this is a reading, not the evidence.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from pydantic import ValidationError

from peer_xblocks.core import record as kinds
from peer_xblocks.core.errors import NotFoundError
from peer_xblocks.core.record import BODIES, Envelope, Kind
from peer_xblocks.core.rubric import Rubric
from peer_xblocks.core.scenario import Scenario
from peer_xblocks.records.api import documents
from peer_xblocks.web import competencies, words

E = TypeVar("E", Rubric, Scenario)
Fact = tuple[str, str]


@dataclass(frozen=True)
class Line:
    """What a record says of one criterion."""

    title: str
    level: int | None
    details: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """A record in words."""

    facts: tuple[Fact, ...]
    lines: tuple[Line, ...] = ()


def told(envelope: Envelope) -> Told:
    """A record in words, with the titles of the scenario and the rubric that it names."""
    scenario = _edition(envelope, "scenario", Scenario)
    title = scenario.title if scenario else ""
    return of_body(envelope.kind, envelope.body, _edition(envelope, "rubric", Rubric), title)


def of_body(
    kind: Kind, members: dict[str, Any], rubric: Rubric | None = None, scenario: str = ""
) -> Told:
    """The body of a record in words; nothing is told of one that this version does not know.

    `scenario` is the title of the scenario, where it is known. The overall impression of a rating
    is never told: nobody sees it before release, and it is no part of a result.
    """
    try:
        body: Any = BODIES[kind].model_validate(members)
    except ValidationError:
        return Told(facts=())
    tell = _TELLERS.get(kind)
    facts = tuple(tell(body, rubric)) if tell else ()
    if kind is Kind.SUBMISSION and body.scenario:
        facts = (_scenario(body.scenario, scenario), *facts)
    if kind is Kind.RATING:
        return Told(facts, tuple(_rated(one, rubric) for one in body.criteria))
    if kind is Kind.RESOLUTION:
        return Told(facts, tuple(_resolved(one, rubric) for one in body.criteria))
    return Told(facts)


def sentence(kind: Kind, members: dict[str, Any] | None) -> str:
    """What happened, in one sentence to the person whom the record is about."""
    if members is None:
        return str(words.HAPPENED.get(kind.value, ""))
    if kind is Kind.SUBMISSION:
        facts = {"n": members["attempt"], "how": words.MODES.get(members["mode"], "")}
        return _("You handed in attempt %(n)d, performed %(how)s.") % facts
    if kind is Kind.CONSENT:
        return str(members["statement"])
    if kind is Kind.RELEASE:
        result = _("passed") if members["passed"] else _("not yet")
        return _("Your result was released: %(result)s.") % {"result": result}
    return str(words.HAPPENED.get(kind.value, ""))


def _edition(envelope: Envelope, name: str, kind: type[E]) -> E | None:
    """The edition of the scenario or rubric that a record names, when it can be read."""
    digest = envelope.documents.get(name)
    if digest is None:
        return None
    try:
        return kind.model_validate_json(documents.get(digest))
    except (NotFoundError, ValidationError):
        return None


def _scenario(named: kinds.Named, title: str) -> Fact:
    facts = {"title": title or named.key, "number": named.edition}
    return _("Scenario"), _("%(title)s, edition %(number)s") % facts


def _title(criterion_id: str, rubric: Rubric | None) -> str:
    found = rubric.criterion(criterion_id) if rubric else None
    return found.title if found else criterion_id


def _rubric_title(key: str, rubric: Rubric | None) -> str:
    return f"“{rubric.title}”" if rubric and rubric.key == key else words.spelled(key)


def _rated(one: kinds.RatedCriterion, rubric: Rubric | None) -> Line:
    criterion = rubric.criterion(one.criterion) if rubric else None
    texts = {b.id: b for b in criterion.behaviours} if criterion else {}
    details = []
    for behaviour_id in one.behaviours:
        behaviour = texts.get(behaviour_id)
        if behaviour:
            details.append(f"{words.BEHAVIOUR_KINDS[behaviour.kind.value]}: {behaviour.text}")
        else:
            details.append(behaviour_id)
    if one.confirmed_empty:
        details.append(_("The rater confirmed that none of the behaviours was seen."))
    if one.reason:
        details.append(_("No opportunity: %(reason)s") % {"reason": one.reason})
    for piece in one.evidence:
        clock = words.minutes_and_seconds(piece.start_ms)
        quote = f"“{piece.text}”" if piece.text else ""
        details.append(" ".join(part for part in (_("Evidence:"), clock, quote) if part))
    if one.comment:
        details.append(_("Comment: %(comment)s") % {"comment": one.comment})
    return Line(_title(one.criterion, rubric), one.level, tuple(details))


def _resolved(one: Any, rubric: Rubric | None) -> Line:
    nothing = _("no opportunity")
    levels = ", ".join(str(level) if level else nothing for level in one.levels)
    came = _("From the levels: %(levels)s") % {"levels": levels}
    return Line(_title(one.criterion, rubric), one.level, (came, str(words.HOW[one.how])))


def _submission(body: kinds.SubmissionBody, _rubric: Rubric | None) -> Iterator[Fact]:
    yield _("Attempt"), str(body.attempt)
    yield _("Performed"), str(words.MODES.get(body.mode, body.mode))
    yield _("Performance"), words.size(body.media.media_type, body.media.bytes)
    for one in body.actors:
        kept = words.FIDELITY[one.fidelity]
        agreed = _("%(code)s, agreed %(day)s") % {
            "code": one.code,
            "day": words.day(one.consented_at),
        }
        yield _("Partner"), f"{agreed}; {kept}"
    yield _("Language"), words.language(body.language)
    counts = _("No, for practice only") if body.formative else _("Yes")
    yield _("Counts"), counts


def _consent(body: kinds.ConsentBody, _rubric: Rubric | None) -> Iterator[Fact]:
    yield _("What"), _("Withdrawn") if body.withdrawn else _("Given")
    yield _("Certifying bodies"), ", ".join(_until(to) for to in body.bodies) or "–"
    scope = {
        "submission": _("one submission and what follows from it"),
        "programme": _("the whole programme"),
    }
    yield _("Covers"), scope[body.scope]
    yield _("Statement"), body.statement


def _until(to: kinds.ConsentTo) -> str:
    if not to.until:
        return to.body
    return _("%(body)s (until %(day)s)") % {"body": to.body, "day": words.day(to.until)}


def _rating(body: kinds.RatingBody, rubric: Rubric | None) -> Iterator[Fact]:
    yield _("Seat"), str(body.seat)
    rounds = {
        "independent": _("Blind rating"),
        "third": _("Third, blind rating"),
        "benchmark": _("Benchmark"),
    }
    yield _("Round"), rounds[body.round]
    for seen in body.critical_errors:
        yield _("Critical error"), f"{seen.code}: {seen.observation}"
    if body.overall_comment:
        yield _("Comment"), body.overall_comment
    if body.asks_for_third:
        yield _("Asks for a third rating"), body.asks_reason
    if held := body.qualification:
        state = held.state
        yield (
            _("Qualification at that time"),
            f"{words.QUALIFICATIONS.get(state, state)}, {_rubric_title(held.rubric, rubric)}",
        )
    if body.tie:
        yield _("Declared tie"), str(words.TIE_WORDS.get(body.tie, body.tie))


def _resolution(body: kinds.ResolutionBody, rubric: Rubric | None) -> Iterator[Fact]:
    yield _("Result"), _("Passed") if body.passed else _("Not yet")
    yield _("Rule"), body.rule
    yield _("Basis"), str(words.BASES[body.basis])
    for because in body.third_because:
        place = _title(because.criterion, rubric) if because.criterion else because.code
        sentence = str(words.WHYS[because.why.value])
        yield _("Why a third was due"), f"{place}: {sentence}" if place else sentence
    if body.critical_errors:
        yield _("Critical errors confirmed"), ", ".join(body.critical_errors)
    if body.points:
        yield _("Points"), f"{body.points.earned} / {body.points.possible}"
    if body.reason:
        yield _("The lead's reason"), body.reason


def _release(body: kinds.ReleaseBody, _rubric: Rubric | None) -> Iterator[Fact]:
    yield _("Result"), _("Passed") if body.passed else _("Not yet")
    for goal in body.goals:
        yield _("Goal"), goal.text
    if body.message:
        yield _("Message"), body.message
    for one in body.competencies:
        standing = str(words.STANDINGS.get(one.standing, one.standing))
        yield competencies.label(one.competency), standing


def _void(body: kinds.VoidBody, _rubric: Rubric | None) -> Iterator[Fact]:
    yield _("Cause"), str(words.CAUSES.get(body.cause, body.cause))
    yield _("Reason"), body.reason


def _correction(body: kinds.CorrectionBody, _rubric: Rubric | None) -> Iterator[Fact]:
    yield _("Reason"), body.reason
    for change in body.changes:
        yield change.member, f"{change.was} → {change.now}"


def _roster(body: kinds.RosterBody, _rubric: Rubric | None) -> Iterator[Fact]:
    yield _("People with records"), str(len(body.subjects))
    yield _("Entries before this one"), str(body.size)


_TELLERS: dict[Kind, Callable[[Any, Rubric | None], Iterator[Fact]]] = {
    Kind.SUBMISSION: _submission,
    Kind.CONSENT: _consent,
    Kind.RATING: _rating,
    Kind.RESOLUTION: _resolution,
    Kind.RELEASE: _release,
    Kind.VOID: _void,
    Kind.CORRECTION: _correction,
    Kind.ROSTER: _roster,
}
