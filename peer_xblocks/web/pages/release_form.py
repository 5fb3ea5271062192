"""The two forms of a lead: whose rating stands, and what the trainee reads with the result."""

from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _
from pydantic import ValidationError

from peer_xblocks.assessment.values import Prepared
from peer_xblocks.core.errors import InvalidError
from peer_xblocks.core.record import Goal
from peer_xblocks.core.resolution import Signed
from peer_xblocks.core.rubric import Rubric
from peer_xblocks.web.pages.posted import line, text

GOALS_AT_MOST = 2
LONGEST_MESSAGE = 4_000


@dataclass(frozen=True)
class Entered:
    """What the lead has typed so far, shown again as it was."""

    goals: tuple[tuple[str, str], ...] = (("", ""),) * GOALS_AT_MOST
    message: str = ""
    reason: str = ""
    upheld: tuple[str, ...] = ()
    choices: dict[str, int] = field(default_factory=dict)


def entered(posted: QueryDict) -> Entered:
    """Everything typed into either form."""
    texts = [line(one) for one in posted.getlist("goal")][:GOALS_AT_MOST]
    criteria = [line(one) for one in posted.getlist("goal_criterion")][:GOALS_AT_MOST]
    texts += [""] * (GOALS_AT_MOST - len(texts))
    criteria += [""] * (GOALS_AT_MOST - len(criteria))
    return Entered(
        goals=tuple(zip(criteria, texts, strict=True)),
        message=text(posted, "message"),
        reason=text(posted, "reason"),
        upheld=tuple(posted.getlist("upheld")),
        choices={
            name.removeprefix("choice-"): int(posted[name])
            for name in posted
            if name.startswith("choice-") and posted[name] in ("0", "1")
        },
    )


def of_prepared(prepared: Prepared | None) -> Entered | None:
    """What a lead has prepared to say, as if it had just been typed; None for nothing."""
    if prepared is None or not prepared.goals:
        return None
    kept = [(goal.criterion or "", goal.text) for goal in prepared.goals]
    kept += [("", "")] * (GOALS_AT_MOST - len(kept))
    return Entered(goals=tuple(kept), message=prepared.message)


def signed(posted: QueryDict, rubric: Rubric) -> Signed:
    """What the lead decided; choices of criteria that the rubric does not have are left out."""
    typed = entered(posted)
    choices = {c.id: typed.choices[c.id] for c in rubric.criteria if c.id in typed.choices}
    try:
        return Signed(choices=choices, upheld=typed.upheld, reason=typed.reason)
    except ValidationError as error:
        sentence = _("The reason is longer than 4,000 characters, or a code is not in the list.")
        raise InvalidError({"reason": sentence}) from error


def goals(posted: QueryDict) -> tuple[Goal, ...]:
    """One or two goals. Raises InvalidError when there is none or one is too long."""
    found = tuple((criterion, words) for criterion, words in entered(posted).goals if words)
    if not found:
        raise InvalidError({"goals": _("Give at least one goal: what to try next time.")})
    if len(text(posted, "message")) > LONGEST_MESSAGE:
        raise InvalidError({"message": _("The message is longer than 4,000 characters.")})
    try:
        return tuple(Goal(criterion=criterion or None, text=words) for criterion, words in found)
    except ValidationError as error:
        raise InvalidError({"goals": _("A goal has at most 600 characters.")}) from error
