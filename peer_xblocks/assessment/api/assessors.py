"""Who is qualified to rate by which rubric."""

import re
from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.assessment import waiting
from peer_xblocks.assessment.models import CaseRecord, Qualification
from peer_xblocks.assessment.reach import RATERS
from peer_xblocks.assessment.values import AssessorInfo, QualificationState, Qualified
from peer_xblocks.core.errors import ForbiddenError, InvalidError
from peer_xblocks.core.record import Role
from peer_xblocks.core.value import SLUG
from peer_xblocks.records.api import grants, people


def qualify(
    by: AbstractBaseUser,
    user: AbstractBaseUser,
    programme: str,
    rubric_key: str,
    state: str = QualificationState.QUALIFIED,
) -> None:
    """Say, as a lead, how far an assessor may rate by a rubric from now on. The newest word counts.

    Raises ForbiddenError for oneself, InvalidError for an unknown state, a key that no rubric can
    have, or somebody who is no assessor.
    """
    qualify_for(by, user, programme, (rubric_key,), state)


def qualify_for(
    by: AbstractBaseUser,
    user: AbstractBaseUser,
    programme: str,
    rubric_keys: Iterable[str],
    state: str = QualificationState.QUALIFIED,
) -> None:
    """Say the same of several rubrics at once, of at least one. Raises as `qualify` does."""
    grants.require(by, programme, Role.LEAD)
    if by.pk == user.pk:
        raise ForbiddenError(_("Another lead has to qualify you."))
    keys = sorted(set(rubric_keys))
    problems: dict[str, str] = {}
    if state not in set(QualificationState):
        problems["state"] = _("There is no such state of qualification.")
    if not keys or not all(re.fullmatch(SLUG, key) for key in keys):
        problems["rubrics"] = _("Choose rubrics from the list.")
    if not grants.roles(user, programme) & set(RATERS):
        problems["user"] = _("This person is no assessor in this programme.")
    if problems:
        raise InvalidError(problems)
    facts = {"programme": programme, "assessor_id": user.pk, "said_by_id": by.pk}
    now = timezone.now()
    Qualification.objects.bulk_create(
        Qualification(**facts, rubric_key=key, state=str(state), since=now) for key in keys
    )


def of_programme(by: AbstractBaseUser, programme: str) -> tuple[AssessorInfo, ...]:
    """Everybody who rates in a programme, by name, with the newest word on each rubric: for leads.

    A fixed number of queries.
    """
    grants.require(by, programme, Role.LEAD)
    said: dict[int, dict[str, Qualified]] = {}
    rows = Qualification.objects.filter(programme=programme).select_related("said_by")
    for row in rows.order_by("rubric_key", "id"):
        said.setdefault(row.assessor_id, {})[row.rubric_key] = Qualified(
            rubric=row.rubric_key,
            state=row.state,
            since=row.since,
            said_by=people.called(row.said_by),
        )
    return tuple(
        AssessorInfo(
            id=one.pk,
            name=people.called(one),
            may_be_qualified=one.pk != by.pk,
            qualifications=tuple(said.get(one.pk, {}).values()),
        )
        for one in grants.holders(programme, *RATERS)
    )


def rubrics(by: AbstractBaseUser, programme: str) -> tuple[str, ...]:
    """The keys of the rubrics that were rated by, or that somebody was qualified for: for leads."""
    grants.require(by, programme, Role.LEAD)
    found: set[str] = set()
    for model in (CaseRecord, Qualification):
        rows = model.objects.filter(programme=programme).order_by()
        found.update(rows.values_list("rubric_key", flat=True).distinct())
    return tuple(sorted(found))


def is_asked(programme: str) -> bool:
    """Whether only the qualified rate in a programme. A third rating asks for it in any."""
    return waiting.asks_qualification(programme)


def qualifications(
    by: AbstractBaseUser, user: AbstractBaseUser, programme: str
) -> dict[str, QualificationState]:
    """How far an assessor may rate, by rubric: for the assessor and for leads."""
    if by.pk != user.pk:
        grants.require(by, programme, Role.LEAD)
    rows = Qualification.objects.filter(assessor_id=user.pk, programme=programme).order_by("id")
    newest = dict(rows.values_list("rubric_key", "state"))
    return {rubric: QualificationState(state) for rubric, state in newest.items()}
