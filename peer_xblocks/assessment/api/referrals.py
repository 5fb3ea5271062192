"""Safeguarding referrals: that a real person may be at risk, told to one named person.

Nobody else reads one through anything of ours, it touches no rating, and it is in no record. It
stays on the list of the person it was sent to until they acknowledge it.
"""

from collections import Counter
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from peer_xblocks.assessment import noticing, reach
from peer_xblocks.assessment.models import CaseRecord, Referral, SafeguardingContact
from peer_xblocks.assessment.values import NoticeKind, OwnReferral, Person, ReferralInfo
from peer_xblocks.core.errors import ConflictError, InvalidError, NotFoundError
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants, people
from peer_xblocks.records.transactions import run
from peer_xblocks.work.text import storable

LONGEST = 4_000


def contact(user: AbstractBaseUser, programme: str) -> Person | None:
    """Who is told in a programme, for everybody who has a role in it; None when nobody is named."""
    if not grants.roles(user, programme):
        grants.require(user, programme, Role.TRAINEE)
    row = _contact(programme)
    return Person(id=row.user_id, name=people.called(row.user)) if row else None


def name_contact(
    by: AbstractBaseUser | None, user: AbstractBaseUser, programme: str, *, hand_on: bool = False
) -> int:
    """Name, as an operator or a lead, who is told from now on. `by` None: a command or a seed.

    With `hand_on`, what others have not acknowledged goes on to the new one, who is told of each;
    how many did. So nothing waits for somebody who has left.
    """
    if by is not None:
        grants.require(by, programme, Role.OPERATOR, Role.LEAD)

    def named() -> int:
        SafeguardingContact.objects.create(
            programme=programme,
            user_id=user.pk,
            named_by_id=by.pk if by else None,
            since=timezone.now(),
        )
        rows = Referral.objects.select_for_update().filter(programme=programme)
        waiting = rows.filter(acknowledged_at=None).exclude(to_id=user.pk)
        handed_on = list(waiting) if hand_on else []
        for row in handed_on:
            row.to_id = user.pk
            row.save(update_fields=["to"])
            noticing.tell([user], programme, NoticeKind.REFERRAL, row.uuid)
        return len(handed_on)

    return run(named, joins=True)


def named_contact(programme: str) -> AbstractBaseUser | None:
    """Who is told now; None while nobody is named. For a command."""
    named = _contact(programme)
    return named.user if named else None


def refer_from_seat(
    user: AbstractBaseUser, seat_id: UUID | str, words: str, key: str
) -> OwnReferral:
    """Tell the programme's contact of a worry about a performance on one's own seat.

    The same `key` again answers the referral that was made. Raises InvalidError without words,
    ConflictError when nobody is named.
    """
    return _refer(user, reach.own_seat(user, seat_id).case, words, key)


def refer_from_case(
    user: AbstractBaseUser, submission_id: UUID | str, words: str, key: str
) -> OwnReferral:
    """Tell the programme's contact of a worry about a performance, as a lead."""
    return _refer(user, reach.case_of_lead(user, submission_id), words, key)


def addressed(user: AbstractBaseUser, programme: str) -> tuple[ReferralInfo, ...]:
    """The referrals that went to the user: those not yet acknowledged first, then the latest."""
    rows = Referral.objects.filter(to_id=user.pk, programme=programme)
    rows = rows.select_related("case", "made_by")
    waiting = rows.filter(acknowledged_at=None).order_by("made_at", "id")
    seen = rows.exclude(acknowledged_at=None).order_by("-made_at", "-id")[:50]
    return tuple(_info(row) for row in (*waiting, *seen))


def waiting(user: AbstractBaseUser) -> dict[str, int]:
    """How many referrals wait for the user, by programme; programmes without any are left out."""
    rows = Referral.objects.filter(to_id=user.pk, acknowledged_at=None)
    return dict(Counter(rows.values_list("programme", flat=True)))


def mine(user: AbstractBaseUser, programme: str) -> tuple[OwnReferral, ...]:
    """The referrals that the user made: to whom, and whether they were seen. Not the words."""
    rows = Referral.objects.filter(made_by_id=user.pk, programme=programme)
    return tuple(map(_own, rows.select_related("case", "to").order_by("-id")[:50]))


def acknowledge(
    user: AbstractBaseUser, referral_id: UUID | str, what_was_done: str = ""
) -> ReferralInfo:
    """Say, as the person it went to, that it is seen, and what was done. Raises NotFoundError."""
    done = storable(what_was_done).strip()
    if len(done) > LONGEST:
        limit = _("Please keep this under %s characters.") % LONGEST
        raise InvalidError({"what_was_done": limit})

    def noted() -> Referral:
        # Without its case: PostgreSQL locks no row that may not be there.
        rows = Referral.objects.select_for_update()
        row = rows.filter(uuid=str(referral_id), to_id=user.pk).first()
        if row is None:
            raise NotFoundError
        row.acknowledged_at = row.acknowledged_at or timezone.now()
        row.what_was_done = done or row.what_was_done
        row.save(update_fields=["acknowledged_at", "what_was_done"])
        return row

    return _info(run(noted, joins=True))


def _refer(user: AbstractBaseUser, case: CaseRecord, words: str, key: str) -> OwnReferral:
    words = storable(words).strip()
    if not 0 < len(words) <= LONGEST:
        sentence = _("Say what worries you, %s characters at most.") % LONGEST
        raise InvalidError({"referral": sentence})

    def made() -> Referral:
        rows = Referral.objects.filter(made_by_id=user.pk, key=key[:64])
        if earlier := rows.select_related("case", "to").first():
            return earlier
        named = _contact(case.programme)
        if named is None:
            raise ConflictError(
                _("Nobody is named for this yet. Please call your lead now; do not wait.")
            )
        row = Referral.objects.create(
            programme=case.programme,
            case=case,
            made_by_id=user.pk,
            to=named.user,
            words=words,
            key=key[:64],
            made_at=timezone.now(),
        )
        noticing.tell([named.user], case.programme, NoticeKind.REFERRAL, row.uuid)
        return row

    return _own(run(made, joins=True))


def _contact(programme: str) -> SafeguardingContact | None:
    rows = SafeguardingContact.objects.filter(programme=programme).select_related("user")
    return rows.order_by("-id").first()


def _info(row: Referral) -> ReferralInfo:
    return ReferralInfo(
        id=row.uuid,
        programme=row.programme,
        about=people.name(row.case.subject) if row.case else "",
        scenario=row.case.title if row.case else "",
        words=row.words,
        made_by=people.called(row.made_by),
        made_at=row.made_at,
        acknowledged_at=row.acknowledged_at,
        what_was_done=row.what_was_done,
    )


def _own(row: Referral) -> OwnReferral:
    return OwnReferral(
        scenario=row.case.title if row.case else "",
        to=people.called(row.to),
        made_at=row.made_at,
        acknowledged_at=row.acknowledged_at,
    )
