"""Declared relations of assessors to trainees. At most one rater of a submission may have one."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.assessment.models import Tie
from peer_xblocks.assessment.reach import RATERS
from peer_xblocks.assessment.values import TieKind
from peer_xblocks.core.errors import InvalidError
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants


def declare(
    by: AbstractBaseUser,
    assessor: AbstractBaseUser,
    trainee: AbstractBaseUser,
    programme: str,
    kind: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> None:
    """Declare that an assessor is tied to a trainee, from `since` on and before `until` (None:
    always).

    An assessor declares their own ties, a lead anybody's. It counts for seats taken from now on.
    """
    grants.require(by, programme, *(RATERS if by.pk == assessor.pk else (Role.LEAD,)))
    if kind not in set(TieKind):
        raise InvalidError({"kind": _("There is no such kind of tie.")})
    if assessor.pk == trainee.pk:
        raise InvalidError({"trainee": _("Nobody rates their own submission anyway.")})
    if since and until and until <= since:
        raise InvalidError({"until": _("The end comes before the beginning.")})
    Tie.objects.create(
        programme=programme,
        assessor_id=assessor.pk,
        trainee_id=trainee.pk,
        kind=str(kind),
        since=since,
        until=until,
        declared_by_id=by.pk,
        declared_at=timezone.now(),
    )
