"""Every settled rating of a programme, for its leads: a page at a time, or all of them as a stream.

Never one of a submission that is not settled, on which somebody may still have to rate blind, and
never one of the lead's own submissions.
"""

from collections.abc import Iterator
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser

from peer_xblocks.assessment.listed import AssessorName, ListedRating, RatingPage, RatingsWanted
from peer_xblocks.assessment.listing import Listing
from peer_xblocks.assessment.models import CaseRecord, RatingRecord, Seat
from peer_xblocks.core.errors import NotFoundError
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants, people

PAGE = 25
"""Performances on one page, each with its two or three ratings."""


def page(
    user: AbstractBaseUser,
    programme: str,
    wanted: RatingsWanted,
    *,
    after: UUID | str | None = None,
    names: bool = False,
) -> RatingPage:
    """One page of the ratings that fit, the newest performances first, after the rating `after`.

    As many queries however many there are. Raises ForbiddenError for who is no lead, NotFoundError
    for an `after` of another programme.
    """
    grants.require(user, programme, Role.LEAD)
    listing = Listing(user.pk, programme, wanted, names=names)
    found = listing.newest(PAGE + 1, _begin(programme, after))
    rows = tuple(listing.rows(found[:PAGE]))
    return RatingPage(rows=rows, after=rows[-1].rating_id if rows and len(found) > PAGE else None)


def export(
    user: AbstractBaseUser, programme: str, wanted: RatingsWanted, *, names: bool = False
) -> Iterator[ListedRating]:
    """All ratings that fit, the oldest performances first, read while they are taken.

    At most four queries for about a thousand, and no more memory for more of them. Raises
    ForbiddenError for who is no lead, before the first one is taken.
    """
    grants.require(user, programme, Role.LEAD)
    return Listing(user.pk, programme, wanted, names=names).all()


def assessors(user: AbstractBaseUser, programme: str) -> tuple[AssessorName, ...]:
    """Whoever sat down to rate in a programme, by name, for a lead who looks for one's ratings."""
    grants.require(user, programme, Role.LEAD)
    seats = Seat.objects.filter(programme=programme, assessor__isnull=False)
    found = people.known(
        seats.order_by().values_list("assessor_id", flat=True).distinct(), programme
    )
    listed = (AssessorName(id=urn, name=name) for urn, name in found.items())
    return tuple(sorted(listed, key=lambda one: (one.name.casefold(), one.id)))


def _begin(programme: str, after: UUID | str | None) -> CaseRecord | None:
    if after is None:
        return None
    rows = RatingRecord.objects.filter(uuid=str(after), case__programme=programme)
    found = rows.select_related("case").first()
    if found is None:
        raise NotFoundError
    return found.case
