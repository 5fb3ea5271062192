"""Safeguarding referrals: to one named person, apart from every mark, listed until seen."""

import io

import pytest
from django.core.management import CommandError, call_command

from peer_xblocks.assessment.api import notices, referrals, seats
from peer_xblocks.core.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
)
from peer_xblocks.core.record import Role
from peer_xblocks.records.models import Record
from tests.db import celery_app
from tests.db.assessment.rating import rate
from tests.db.work.scene import PROGRAMME, person, submitted

WORRY = "She said that she has not eaten in days. CANARY"


@pytest.fixture
def sam(programme):
    """The person who is named for safeguarding; no lead."""
    user = person("sam-contact", Role.SUPERVISOR)
    referrals.name_contact(None, user, PROGRAMME)
    return user


def sent(ana, ann):
    """A submission, and a referral from the seat of an assessor."""
    submitted(ana)
    seat = seats.take_next(ann, PROGRAMME)
    return seat, referrals.refer_from_seat(ann, seat.id, WORRY, "r")


def test_it_goes_to_the_named_person_alone(ana, bea, ann, ben, lea, olga, sam):
    """The contact reads who performed; nobody else reads anything, its sender only that it went."""
    _seat, own = sent(ana, ann)
    assert (own.to, own.acknowledged_at) == ("Sam-Contact", None)
    (one,) = referrals.addressed(sam, PROGRAMME)
    assert (one.about, one.words, one.made_by) == ("Ana-Trainee", WORRY, "Ann-Assessor")
    for user in (ana, bea, ann, ben, lea, olga):
        assert referrals.addressed(user, PROGRAMME) == ()
        with pytest.raises(NotFoundError):
            referrals.acknowledge(user, one.id)
    assert "CANARY" not in str(referrals.mine(ann, PROGRAMME))
    assert referrals.waiting(sam) == {PROGRAMME: 1}


def test_it_touches_no_mark_and_no_record(ana, ann, ben, sam):
    """No record holds a word of it, and the rating is as it would be without."""
    sent(ana, ann)
    rate(ann)
    rate(ben)
    assert not any(b"CANARY" in bytes(row.canonical) for row in Record.objects.all())


def test_it_stays_listed_until_it_is_acknowledged(ana, ann, sam):
    """Seen, it moves down; what was done can be added later."""
    sent(ana, ann)
    (one,) = referrals.addressed(sam, PROGRAMME)
    seen = referrals.acknowledge(sam, one.id)
    assert seen.acknowledged_at is not None
    later = referrals.acknowledge(sam, one.id, "Called her; she is with her sister.")
    assert later.acknowledged_at == seen.acknowledged_at
    assert referrals.waiting(sam) == {}
    assert referrals.mine(ann, PROGRAMME)[0].acknowledged_at == seen.acknowledged_at


def named(*words: str) -> str:
    """What the operator's command says."""
    out = io.StringIO()
    call_command("peer_safeguarding", *words, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_an_operator_names_who_is_told(ana, ann, programme):
    """Nobody is named at first; then somebody is, whom a referral reaches."""
    assert "Nobody is named" in named(PROGRAMME)
    sam = person("sam-contact", Role.SUPERVISOR)
    assert "0 handed on" in named(PROGRAMME, sam.username)
    assert named(PROGRAMME) == f"{sam.username}\n"
    sent(ana, ann)
    assert referrals.waiting(sam) == {PROGRAMME: 1}
    for words, told in [(("nowhere",), "no programme"), ((PROGRAMME, "nobody"), "Nobody who can")]:
        with pytest.raises(CommandError, match=told):
            named(*words)


def test_what_waits_goes_on_to_whoever_is_named_next(ana, ann, sam):
    """Who has left holds nothing back: the next contact is told; what was seen stays."""
    sent(ana, ann)
    tia = person("tia-contact", Role.SUPERVISOR)
    assert "1 handed on" in named(PROGRAMME, tia.username, "--hand-on")
    assert referrals.waiting(sam) == {}
    (one,) = referrals.addressed(tia, PROGRAMME)
    assert WORRY in one.words
    assert [notice.about for notice in notices.mine(tia)] == [str(one.id)]
    referrals.acknowledge(tia, one.id)
    assert "0 handed on" in named(PROGRAMME, sam.username, "--hand-on")
    assert [kept.id for kept in referrals.addressed(tia, PROGRAMME)] == [one.id]


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_loses_nothing(ana, ann, sam, settings, mailoutbox, caplog):
    """What is told is saved and said to be; the mail goes with the command for a scheduler."""
    settings.PEER_XBLOCKS_TASKS = "celery"
    app = celery_app.made("redis://127.0.0.1:1/0", "nobody")  # nothing answers at this port
    app.set_current()
    sam.email = "sam@example.org"
    sam.save()
    mailoutbox.clear()
    _seat, own = sent(ana, ann)
    assert "Error 111 connecting to 127.0.0.1:1." in caplog.text
    assert own.to == "Sam-Contact"
    assert referrals.waiting(sam) == {PROGRAMME: 1}
    assert mailoutbox == []
    call_command("peer_notices", stdout=io.StringIO())
    assert [mail.to for mail in mailoutbox] == [["sam@example.org"]]


def test_a_second_press_is_one_referral(ana, ann, sam):
    """The same key again answers the first; no words are no referral."""
    seat, own = sent(ana, ann)
    assert referrals.refer_from_seat(ann, seat.id, WORRY, "r") == own
    assert len(referrals.addressed(sam, PROGRAMME)) == 1
    with pytest.raises(InvalidError):
        referrals.refer_from_seat(ann, seat.id, "  ", "s")


def test_where_nobody_is_named_the_sender_is_told_to_call(ana, ann, lea):
    """A worry is never swallowed: without a contact it is refused with what to do instead."""
    submitted(ana)
    seat = seats.take_next(ann, PROGRAMME)
    with pytest.raises(ConflictError, match="call your lead"):
        referrals.refer_from_seat(ann, seat.id, WORRY, "r")
    referrals.name_contact(lea, lea, PROGRAMME)
    referrals.refer_from_seat(ann, seat.id, WORRY, "r")
    assert len(referrals.addressed(lea, PROGRAMME)) == 1


def test_who_may_name_and_who_may_refer(ana, ann, ben, lea, olga, sam):
    """Leads name; only who has a seat or leads may refer, and from nobody else's seat."""
    for user in (ana, ann, olga):
        with pytest.raises(ForbiddenError):
            referrals.name_contact(user, ann, PROGRAMME)
    info = submitted(ana)
    seat = seats.take_next(ann, PROGRAMME)
    with pytest.raises(NotFoundError):
        referrals.refer_from_seat(ben, seat.id, WORRY, "r")
    with pytest.raises(NotFoundError):
        referrals.refer_from_case(ben, info.id, WORRY, "r")
    assert referrals.refer_from_case(lea, info.id, WORRY, "r").to == "Sam-Contact"


def test_a_new_contact_gets_what_comes_from_then_on(ana, ann, ben, lea, sam):
    """What went to one person stays with them; the newest named gets the next."""
    sent(ana, ann)
    referrals.name_contact(lea, lea, PROGRAMME)
    seat = seats.take_next(ben, PROGRAMME)
    referrals.refer_from_seat(ben, seat.id, WORRY, "r")
    assert len(referrals.addressed(sam, PROGRAMME)) == len(referrals.addressed(lea, PROGRAMME)) == 1
