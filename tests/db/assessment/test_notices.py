"""Notices: who is told what and when, what a mail says, and that no mail loses a notice."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from peer_xblocks.assessment import mailing, sweeping
from peer_xblocks.assessment.api import (
    appeals,
    assignments,
    drafts,
    notices,
    referrals,
    seats,
    voids,
)
from peer_xblocks.assessment.models import Notice, Seat
from peer_xblocks.core.errors import InvalidError
from peer_xblocks.work.api import accommodations
from tests.db.assessment.rating import rate, release
from tests.db.work.scene import PROGRAMME, SCENARIO, submitted
from tests.unit.core.performances import rating


@pytest.fixture(autouse=True)
def addresses(ana, bea, ann, ben, lea, olga):
    """Everybody has an address."""
    for user in (ana, bea, ann, ben, lea, olga):
        user.email = f"{user.username}@example.invalid"
        user.save()


def told(user):
    """What somebody was told, the oldest first."""
    return [one.kind.value for one in reversed(notices.mine(user))]


def test_the_way_of_a_result(ana, ann, ben, lea, olga):
    """Leads hear that ratings are in, the trainee of the release, nobody else of anything."""
    info = submitted(ana)
    rate(ann)
    assert told(lea) == []
    rate(ben)
    assert told(lea) == ["both_in"]
    release(lea, info.id)
    appeals.make(ana, info.id, "rule", "x", "a")
    appeals.decide(lea, info.id, "dismissed", "y", "d")
    voids.void(lea, info.id, "request", "z", "v")
    assert told(ana) == ["released", "appeal_decided", "voided"]
    assert told(lea) == ["both_in", "appeal_made"]
    assert told(ann) == told(ben) == told(olga) == []


def test_a_mail_holds_nothing_private(ana, ann, ben, lea, django_capture_on_commit_callbacks):
    """No name, scenario, programme, result or word of anybody: only that something is there."""
    with django_capture_on_commit_callbacks(execute=True):
        info = submitted(ana)
        rate(ann)
        rate(ben)
        release(lea, info.id)
    to_ana = [one for one in mail.outbox if one.to == [ana.email]]
    (sent,) = to_ana
    said = f"{sent.subject} {sent.body}"
    private = (SCENARIO.title, PROGRAMME, "Ana", "Lea", "passed", "Well begun", "peer support")
    assert not any(word.lower() in said.lower() for word in private)
    assert "Something new is there for you to read." in said


def test_a_mail_that_fails_is_tried_again_and_the_notice_stands(ana, ann, settings):
    """With the mail server away the notice is there, and the command sends it later, once."""
    settings.EMAIL_BACKEND = "tests.db.assessment.broken_mail.EmailBackend"
    submitted(ana)
    referrals.name_contact(None, ann, PROGRAMME)
    seat = seats.take_next(ann, PROGRAMME)
    referrals.refer_from_seat(ann, seat.id, "A worry. CANARY", "r")
    assert mailing.send("referral", Notice.objects.get(kind="referral").about) == 0
    assert told(ann) == ["referral"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("peer_notices")
    call_command("peer_notices")
    (sent,) = [one for one in mail.outbox if "read a message today" in one.body]
    assert sent.to == [ann.email] and "CANARY" not in sent.body
    assert referrals.addressed(ann, PROGRAMME)[0].acknowledged_at is None


def test_one_mail_a_day_for_those_who_want_it(ana, bea, ann, ben, lea):
    """A digest gathers what came since; a referral goes at once all the same."""
    notices.set_mail(lea, "daily")
    for user in (ana, bea):
        submitted(user)
        rate(ann)
        rate(ben)
    assert told(lea) == ["both_in", "both_in"]
    assert mailing.send("both_in", notices.mine(lea)[0].about) == 0
    assert mailing.send_waiting() == 1
    submitted(ana, "two", key="two")
    rate(ann)
    rate(ben)
    assert mailing.send_waiting() == 0
    Notice.objects.exclude(mailed_at=None).update(mailed_at=timezone.now() - timedelta(days=2))
    assert mailing.send_waiting() == 1
    referrals.name_contact(None, lea, PROGRAMME)
    submitted(bea, "three", key="three")
    seat = seats.take_next(ann, PROGRAMME)
    referrals.refer_from_seat(ann, seat.id, "A worry.", "r")
    about = notices.mine(lea)[0].about
    assert mailing.send("referral", about) == 1


def test_a_referral_does_not_put_off_the_daily_mail(ana, ann, ben, lea):
    """A referral goes by itself, and the day's other notices in their own mail all the same."""
    notices.set_mail(lea, "daily")
    referrals.name_contact(None, lea, PROGRAMME)
    submitted(ana)
    seat = seats.take_next(ann, PROGRAMME)
    referrals.refer_from_seat(ann, seat.id, "A worry.", "r")
    assert mailing.send("referral", notices.mine(lea)[0].about) == 1
    rate(ann)
    rate(ben)
    assert mailing.send_waiting() == 1
    assert "Ratings are in" in mail.outbox[-1].body
    assert mailing.send_waiting() == 0


def test_who_wants_no_mail_gets_none(ana, ann, ben, lea):
    """The page shows it all the same; an unknown wish is refused."""
    notices.set_mail(lea, "none")
    submitted(ana)
    rate(ann)
    rate(ben)
    assert mailing.send_waiting() == 0
    assert notices.unread(lea) == 1
    with pytest.raises(InvalidError):
        notices.set_mail(lea, "hourly")


def test_what_was_read_is_not_mailed(ana, ann, ben, lea):
    """Reading the page spares the mail; reading is one's own alone."""
    submitted(ana)
    rate(ann)
    rate(ben)
    (one,) = notices.mine(lea)
    notices.read(ana, [one.id])
    assert notices.unread(lea) == 1
    notices.read(lea, [one.id])
    assert notices.unread(lea) == 0
    assert mailing.send_waiting() == 0


def test_work_that_waits_is_told_once_a_day(ana, ann, ben, lea):
    """To whoever could take a seat and holds none; not again while the word is unread."""
    submitted(ana)
    seats.take_next(ben, PROGRAMME)
    for _ in range(2):
        sweeping.sweep()
    assert (told(ann), told(ben), told(ana)) == (["work_waiting"], [], [])
    notices.read(ann)
    sweeping.sweep()
    assert told(ann) == ["work_waiting"]


def test_a_lease_that_ends_is_told_to_whoever_noted_something(ana, ann, ben):
    """Once for each holding; not to whoever only looked."""
    submitted(ana)
    first, second = (seats.take_next(one, PROGRAMME) for one in (ann, ben))
    drafts.save(ann, first.id, 0, rating((3, 3, 3)))
    seats.desk(ben, second.id)
    Seat.objects.update(lease_until=timezone.now() + timedelta(minutes=5))
    for _ in range(2):
        sweeping.sweep()
    assert (told(ann), told(ben)) == (["lease_ending"], [])


def test_a_seat_that_is_handed_on(ana, ann, ben, lea):
    """Who loses it and who gets it are both told."""
    submitted(ana)
    seat = seats.take_next(ann, PROGRAMME)
    assignments.assign(lea, seat.id, ben)
    assert (told(ann), told(ben)) == (["seat_gone"], ["seat_kept"])


def test_more_time_is_asked_of_leads_and_told_to_who_asked(
    ana, ann, ben, lea, leo, olga, django_capture_on_commit_callbacks
):
    """Once for a press, with nothing private in a mail, and nothing kept when it ends."""
    with django_capture_on_commit_callbacks(execute=True):
        accommodations.ask(ana, PROGRAMME)
        accommodations.ask(ana, PROGRAMME)
        accommodations.grant(lea, ana.pk, PROGRAMME, 50, "CANARY of a reason")
    assert told(lea) == told(leo) == ["time_asked"]
    assert told(ana) == ["time_granted"]
    assert told(ann) == told(ben) == told(olga) == []
    said = " ".join(f"{one.subject} {one.body}" for one in mail.outbox).lower()
    assert {one.to[0] for one in mail.outbox} == {ana.email, lea.email}  # leo has no address
    assert not any(word in said for word in ("canary", "time", "50", "ana", "lea-", PROGRAMME))
    assert not Notice.objects.filter(user=lea, key__contains=f".{ana.pk}").exists()
    accommodations.end(lea, ana.pk, PROGRAMME)
    assert told(ana) == []
