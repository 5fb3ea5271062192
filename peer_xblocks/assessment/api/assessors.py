"""Who is qualified to rate by which rubric."""

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.assessment.models import Qualification
from peer_xblocks.assessment.reach import RATERS
from peer_xblocks.assessment.values import QualificationState
from peer_xblocks.core.errors import ForbiddenError, InvalidError
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants


def qualify(
    by: AbstractBaseUser,
    user: AbstractBaseUser,
    programme: str,
    rubric_key: str,
    state: str = QualificationState.QUALIFIED,
) -> None:
    """Say, as a lead, how far an assessor may rate by a rubric from now on. The newest word counts.

    Raises ForbiddenError for oneself, InvalidError for an unknown state or somebody who is no
    assessor.
    """
    grants.require(by, programme, Role.LEAD)
    if by.pk == user.pk:
        raise ForbiddenError(_("Another lead has to qualify you."))
    if state not in set(QualificationState):
        raise InvalidError({"state": _("There is no such state of qualification.")})
    if not grants.roles(user, programme) & set(RATERS):
        raise InvalidError({"user": _("This person is no assessor in this programme.")})
    Qualification.objects.create(
        programme=programme,
        assessor_id=user.pk,
        rubric_key=rubric_key[:64],
        state=str(state),
        since=timezone.now(),
        said_by_id=by.pk,
    )


def qualifications(
    by: AbstractBaseUser, user: AbstractBaseUser, programme: str
) -> dict[str, QualificationState]:
    """How far an assessor may rate, by rubric: for the assessor and for leads."""
    if by.pk != user.pk:
        grants.require(by, programme, Role.LEAD)
    rows = Qualification.objects.filter(assessor_id=user.pk, programme=programme).order_by("id")
    newest = dict(rows.values_list("rubric_key", "state"))
    return {rubric: QualificationState(state) for rubric, state in newest.items()}
