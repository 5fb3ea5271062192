"""Drafts: every save counts, a late one is kept and shown, and nobody else reads them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from peer_xblocks.core.errors import Error, ForbiddenError, InvalidError, NotFoundError, StaleError
from peer_xblocks.work.api import drafts
from tests.db.work.scene import person, place


def test_before_the_first_save_there_is_an_empty_draft(ana):
    """Nothing saved is version 0, empty."""
    draft = drafts.get(ana, place())
    assert (draft.version, draft.text, draft.answers, draft.recording) == (0, "", {}, None)


def test_a_save_changes_only_what_is_given(ana):
    """Parts that a save does not name stay as they are."""
    drafts.save(ana, place(), 0, text="Hello", mode="written")
    draft = drafts.save(ana, place(), 1, answers={"noticed": "A pause."})
    assert (draft.version, draft.text, draft.mode) == (2, "Hello", "written")
    assert draft == drafts.get(ana, place())
    assert draft.answers == {"noticed": "A pause."}


def test_a_late_save_is_kept_and_shown(ana):
    """A save from an older version changes nothing, is kept whole, and comes with the error."""
    drafts.save(ana, place(), 0, text="From the phone", mode="written")
    with pytest.raises(StaleError) as late:
        drafts.save(ana, place(), 0, text="From the desk")
    assert late.value.kept.text == "From the desk"
    assert late.value.draft.text == "From the phone"
    assert drafts.get(ana, place()).text == "From the phone"
    assert drafts.kept(ana, place()) == (late.value.kept,)


def test_the_same_save_again_is_no_conflict(ana):
    """An answer that got lost on its way is asked for again without harm."""
    first = drafts.save(ana, place(), 0, text="Hello")
    assert drafts.save(ana, place(), 0, text="Hello") == first
    assert drafts.kept(ana, place()) == ()


def test_when_it_was_begun_stays(ana):
    """The first save says when the scene was opened; later ones do not change that."""
    first = drafts.save(ana, place(), 0, text="Hello")
    assert drafts.save(ana, place(), 1, text="Hello again").started_at == first.started_at


def test_activities_and_people_have_drafts_of_their_own(ana, bea):
    """A draft belongs to one person in one activity."""
    drafts.save(ana, place("one"), 0, text="Ana's")
    assert drafts.get(ana, place("two")).version == 0
    assert drafts.get(bea, place("one")).version == 0


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "a\r\nb", "🌱 ok"])
def test_any_text_can_be_kept(ana, text):
    """What a database cannot hold is left out instead of losing the whole."""
    saved = drafts.save(ana, place(), 0, text=text, answers={"noticed": text})
    assert saved == drafts.get(ana, place())
    assert "\x00" not in saved.text
    assert "\r" not in saved.text


@pytest.mark.parametrize(
    ("members", "at"),
    [
        ({"text": "x" * 60_001}, "text"),
        ({"answers": {"noticed": "x" * 20_001}}, "noticed"),
        ({"answers": {"Not a prompt": "x"}}, ""),
        ({"answers": {f"p{n}": "x" for n in range(51)}}, ""),
        ({"mode": "x" * 33}, "mode"),
    ],
)
def test_what_is_too_much_is_refused_by_name(ana, members, at):
    """A part beyond its bounds is named, and nothing is saved."""
    with pytest.raises(InvalidError) as refused:
        drafts.save(ana, place(), 0, **members)
    assert set(refused.value.problems) == {at}
    assert drafts.get(ana, place()).version == 0


def test_only_trainees_of_the_programme_save(ana, ann, olga):
    """Assessors, auditors and strangers have no drafts, and an unknown programme is not found."""
    for user in (ann, olga, person("nobody")):
        with pytest.raises(ForbiddenError):
            drafts.save(user, place(), 0, text="Hello")
    with pytest.raises(NotFoundError):
        drafts.save(ana, place(programme="another"), 0, text="Hello")


@pytest.mark.django_db(transaction=True)
def test_saves_at_the_same_instant_lose_nothing(ana):
    """Of several first saves at once one stands, and every other one is kept."""
    texts = [f"From device {n}" for n in range(6)]

    def save(text):
        try:
            drafts.save(ana, place(), 0, text=text)
        except Error as error:
            return type(error)
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(texts)) as pool:
        outcomes = list(pool.map(save, texts))
    assert sorted(outcomes, key=str) == [StaleError] * 5 + [None]
    stand = drafts.get(ana, place())
    assert sorted([stand.text, *(one.text for one in drafts.kept(ana, place()))]) == texts
