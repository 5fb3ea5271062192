"""A partner's link: who gets the card and when, and that nobody is recorded who did not agree."""

import hashlib
import io
import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.utils import timezone

from peer_xblocks.core.errors import ForbiddenError, InvalidError, NotFoundError
from peer_xblocks.records.api import mine
from peer_xblocks.work.api import drafts, partners, recordings, submissions
from peer_xblocks.work.models import PartnerLink, Submission
from tests import media
from tests.db.work import scene

WAV = media.made("wav", 1)
NOBODY = AnonymousUser()
PLACE = scene.place()


@pytest.fixture
def key(ana: User) -> str:
    """The key of a link that Ana made for a scene with a partner."""
    drafts.save(ana, PLACE, 0, mode="with_partner")
    return partners.make(ana, PLACE, scene.SCENARIO.digest)


def record(ana: User) -> dict:
    """A recording that Ana made, as it is handed in."""
    held = recordings.receive(ana, PLACE, "scene.wav", io.BytesIO(WAV), "audio/wav")
    return {"mode": "with_partner", "text": None, "recording_id": held.id}


def hand_in(ana: User, key: str = "key", **members: object):
    """Hand in what Ana recorded."""
    return submissions.submit(ana, PLACE, scene.hand_in(**members), key)


def agree(key: str, code: str = "R.", visitor=NOBODY):
    """Agree, as a partner does."""
    return partners.consent(key, visitor, code, agreed=True)


def actors_of(ana: User) -> list:
    """Who played with Ana, as the record has it."""
    records = mine.records(ana, scene.PROGRAMME)
    return next(one.body["actors"] for one in records if one.kind == "submission")


def test_the_key_is_long_random_and_kept_as_a_digest(key: str, ana: User):
    """256 bits; the row holds SHA-256 of it, and nothing else of a row tells it."""
    row = PartnerLink.objects.get()
    assert len(key) >= 43
    assert row.key_sha256 == hashlib.sha256(key.encode()).hexdigest()
    assert all(key not in str(value) for value in vars(row).values())
    assert partners.make(ana, PLACE, scene.SCENARIO.digest) != key


def test_the_card_shows_only_once_they_agreed(key: str):
    """Before: what it is and what may hurt. After: the card of the edition that was deposited."""
    before = partners.sheet(key, NOBODY)
    assert before.actor is None
    assert before.content_note == "Someone speaks of a loss."
    after = agree(key)
    assert after.actor == scene.SCENARIO.actor


@pytest.mark.parametrize("code", ["", "   ", "Robin Ruiz-Montoya", "\0"])
def test_a_code_is_asked_for_and_no_full_name(key: str, code: str):
    """Nothing, or more than twelve characters, is no code; nothing is kept."""
    with pytest.raises(InvalidError) as refused:
        agree(key, code)
    assert "code" in refused.value.problems
    assert partners.sheet(key, NOBODY).actor is None


def test_without_the_tick_nobody_agreed(key: str):
    """A code alone is no consent."""
    with pytest.raises(InvalidError) as refused:
        partners.consent(key, NOBODY, "R.", agreed=False)
    assert "agreed" in refused.value.problems
    with pytest.raises(InvalidError):
        partners.tick(key, NOBODY, kept_to_the_card=True)


def test_the_trainee_gets_nothing_by_their_own_link(key: str, ana: User, bea: User):
    """Signed in as the one who made it: refused, before and after. Another trainee may play."""
    for act in (
        lambda: partners.sheet(key, ana),
        lambda: agree(key, visitor=ana),
        lambda: partners.decline(key, ana),
        lambda: partners.tick(key, ana, kept_to_the_card=True),
    ):
        with pytest.raises(ForbiddenError):
            act()
    assert partners.get(ana, PLACE).consented_at is None
    assert agree(key, visitor=bea).actor is not None


def test_dead_links_are_all_alike(key: str, ana: User):
    """One that never was, was replaced, was withdrawn, ran out: the same answer to each act."""
    agree(key)
    newer = partners.make(ana, PLACE, scene.SCENARIO.digest)
    partners.withdraw(ana, PLACE)
    late = partners.make(ana, PLACE, scene.SCENARIO.digest)
    PartnerLink.objects.filter(current=1).update(expires_at=timezone.now() - timedelta(seconds=1))
    told = set()
    for dead in ("", "no-such-key", key, newer, late, key.swapcase(), "\udcff"):
        for act in (partners.sheet, partners.decline):
            with pytest.raises(NotFoundError) as refused:
                act(dead, NOBODY)
            told.add(str(refused.value))
        with pytest.raises(NotFoundError):
            agree(dead)
        with pytest.raises(NotFoundError):
            partners.tick(dead, NOBODY, kept_to_the_card=True)
    assert len(told) == 1


def test_a_link_lasts_seven_days(key: str, ana: User):
    """As it was told when it was made."""
    info = partners.get(ana, PLACE)
    assert info.expires_at - info.made_at == timedelta(days=7)


def test_no_link_without_a_scene_that_is_begun_with_a_partner(ana: User, ann: User):
    """Nothing begun, or begun in writing: refused. So is who is no trainee."""
    with pytest.raises(InvalidError):
        partners.make(ana, PLACE, scene.SCENARIO.digest)
    drafts.save(ana, PLACE, 0, mode="written")
    with pytest.raises(InvalidError):
        partners.make(ana, PLACE, scene.SCENARIO.digest)
    with pytest.raises(ForbiddenError):
        partners.make(ann, PLACE, scene.SCENARIO.digest)
    assert not PartnerLink.objects.exists()


def test_another_trainees_link_is_not_touched(key: str, ana: User, bea: User):
    """What Bea makes and withdraws in the same activity is her own."""
    drafts.save(bea, PLACE, 0, mode="with_partner")
    partners.make(bea, PLACE, scene.SCENARIO.digest)
    partners.withdraw(bea, PLACE)
    assert partners.get(bea, PLACE) is None
    assert partners.sheet(key, NOBODY).title == "A first talk"


def test_who_agreed_stands_in_the_record(key: str, ana: User):
    """Code, time, edition of the card and the tick; what the trainee wrote does not replace it."""
    agree(key, "P7")
    agree(key, "other")  # a second press changes nothing
    partners.tick(key, NOBODY, kept_to_the_card=False)
    info = partners.get(ana, PLACE)
    hand_in(ana, **record(ana), actors=(scene.PARTNER,))
    when = info.consented_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert actors_of(ana) == [
        {"code": "P7", "consented_at": when, "card_edition": 1, "fidelity": False}
    ]


def test_handing_in_ends_the_link(key: str, ana: User):
    """The card shows no more, and nothing can be taken back or ticked by it."""
    agree(key)
    hand_in(ana, **record(ana))
    for act in (partners.sheet, partners.decline):
        with pytest.raises(NotFoundError):
            act(key, NOBODY)
    assert PartnerLink.objects.get().submission == Submission.objects.get()
    assert partners.get(ana, PLACE) is None


def test_a_performance_in_writing_ends_the_link_too(key: str, ana: User):
    """Whoever had agreed stands in no record: they are in nothing."""
    agree(key)
    hand_in(ana)
    assert actors_of(ana) == []
    with pytest.raises(NotFoundError):
        partners.sheet(key, NOBODY)


@pytest.mark.parametrize("answer", ["none", "declined", "taken back"])
def test_nothing_recorded_is_handed_in_without_their_word(key: str, ana: User, answer: str):
    """Not answered, declined, or agreed and taken back: refused, and the draft stays."""
    what = record(ana)
    if answer == "taken back":
        agree(key)
    if answer != "none":
        partners.decline(key, NOBODY)
    with pytest.raises(InvalidError) as refused:
        hand_in(ana, **what, actors=(scene.PARTNER,))
    assert set(refused.value.problems) & {"partner", "recording"}
    assert not Submission.objects.exists()


def test_what_was_recorded_before_they_declined_is_never_handed_in(key: str, ana: User):
    """Neither after the link is withdrawn nor with somebody else's word; a new recording is."""
    what = record(ana)
    partners.decline(key, NOBODY)
    partners.withdraw(ana, PLACE)
    with pytest.raises(InvalidError) as refused:
        hand_in(ana, **what, actors=(scene.PARTNER,))
    assert list(refused.value.problems) == ["recording"]
    agree(partners.make(ana, PLACE, scene.SCENARIO.digest), "S.")
    with pytest.raises(InvalidError):
        hand_in(ana, **what)
    hand_in(ana, **record(ana))
    assert [one["code"] for one in actors_of(ana)] == ["S."]


@pytest.mark.parametrize("mode", ["prompted", "written"])
def test_no_other_mode_takes_what_they_declined(key: str, ana: User, mode: str):
    """A recording is what it is, whatever the scene is called afterwards."""
    what = record(ana)
    if mode == "written":
        with pytest.raises(InvalidError) as refused:  # nobody answered yet
            hand_in(ana, **{**what, "mode": mode})
        assert list(refused.value.problems) == ["partner"]
    partners.decline(key, NOBODY)
    with pytest.raises(InvalidError) as refused:
        hand_in(ana, **{**what, "mode": mode})
    assert list(refused.value.problems) == ["recording"]


def test_who_thinks_better_of_it_can_agree_after_all(key: str, ana: User):
    """Declined, then agreed on the same link: that is their word, for what was recorded too."""
    what = record(ana)
    partners.decline(key, NOBODY)
    assert partners.sheet(key, NOBODY).declined
    agree(key)
    hand_in(ana, **what)
    assert [one["code"] for one in actors_of(ana)] == ["R."]


def test_consent_counts_for_what_was_asked(key: str, ana: User):
    """Who agreed to be recorded has not agreed to be watched, and the other way round."""
    agree(key)
    draft = drafts.get(ana, PLACE)
    drafts.save(ana, PLACE, draft.version, mode="observed_live")
    watched = partners.make(ana, PLACE, scene.SCENARIO.digest)
    agree(watched)
    with pytest.raises(InvalidError) as refused:
        hand_in(ana, **record(ana))
    assert "partner" in refused.value.problems


def test_without_a_link_the_trainees_word_is_asked_for(ana: User):
    """A recording with a partner is handed in with a code, or not at all."""
    drafts.save(ana, PLACE, 0, mode="with_partner")
    what = record(ana)
    with pytest.raises(InvalidError) as refused:
        hand_in(ana, **what, actors=())
    assert list(refused.value.problems) == ["partner"]
    hand_in(ana, **what, actors=(scene.PARTNER,))
    assert [(one["code"], one["fidelity"]) for one in actors_of(ana)] == [("P7", None)]


@pytest.mark.django_db(transaction=True)
def test_two_links_at_once_are_one(ana: User):
    """Pressed twice at the same moment: one link counts, whichever it is."""
    drafts.save(ana, PLACE, 0, mode="with_partner")
    keys, gate = [], threading.Barrier(2)

    def press() -> None:
        try:
            gate.wait(timeout=20)
            keys.append(partners.make(ana, PLACE, scene.SCENARIO.digest))
        finally:
            connection.close()

    pressed = [threading.Thread(target=press) for _ in range(2)]
    for one in pressed:
        one.start()
    for one in pressed:
        one.join()
    assert len(keys) == 2
    live = [
        key
        for key in keys
        if PartnerLink.objects.filter(
            key_sha256=hashlib.sha256(key.encode()).hexdigest(), current=1
        )
    ]
    assert len(live) == 1


@pytest.mark.django_db(transaction=True)
def test_taken_back_and_handed_in_at_once(key: str, ana: User):
    """At the same moment: it is handed in as they agreed and the page is gone for them, or it was
    taken back and is not handed in. Never both, never neither.
    """
    agree(key)
    what, gate, done = record(ana), threading.Barrier(2), {}

    def act(name: str, press, refusal) -> None:
        try:
            gate.wait(timeout=20)
            press()
            done[name] = True
        except refusal:
            done[name] = False
        finally:
            connection.close()

    handing = (lambda: hand_in(ana, **what), InvalidError)
    taking = (lambda: partners.decline(key, NOBODY), NotFoundError)
    pressed = [
        threading.Thread(target=act, args=("handed in", *handing)),
        threading.Thread(target=act, args=("taken back", *taking)),
    ]
    for one in pressed:
        one.start()
    for one in pressed:
        one.join()
    assert sorted(done.values()) == [False, True], done
    assert Submission.objects.exists() is done["handed in"]
    assert bool(PartnerLink.objects.get().declined_at) is done["taken back"]
