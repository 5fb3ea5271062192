"""Reflections: private words that nobody but their author reads through anything of ours."""

import pytest
from django.apps import apps

from peer_xblocks.core.errors import ForbiddenError, InvalidError, StaleError
from peer_xblocks.work.api import reflections
from peer_xblocks.work.models import ReflectionRecord, ReflectionVersion
from tests.db.work.scene import person, place

CANARY = "canary-7d1f: what I tell nobody"


def test_a_reflection_is_saved_and_read_again(ana):
    """The author reads what was saved last, by prompt."""
    saved = reflections.save(ana, place(), "noticed", "A pause.", 0)
    again = reflections.save(ana, place(), "noticed", "A long pause.", saved.version)
    assert reflections.latest(ana, place()) == {"noticed": again}
    assert (again.version, again.text) == (2, "A long pause.")


def test_a_late_save_is_kept_and_shown(ana):
    """A save from an older version is kept beside the current text."""
    reflections.save(ana, place(), "noticed", "From the phone", 0)
    with pytest.raises(StaleError) as late:
        reflections.save(ana, place(), "noticed", "From the desk", 0)
    assert late.value.current.text == "From the phone"
    assert late.value.kept.text == "From the desk"
    assert reflections.kept(ana, place(), "noticed") == (late.value.kept,)


def test_the_same_words_again_are_no_conflict(ana):
    """A repeated save of the same words changes nothing."""
    saved = reflections.save(ana, place(), "noticed", "A pause.", 0)
    assert reflections.save(ana, place(), "noticed", "A pause.", 0) == saved


def test_nobody_else_gets_it(ana, bea, ann, olga):
    """For everyone else there is no reflection here, whatever their role."""
    reflections.save(ana, place(), "noticed", CANARY, 0)
    for user in (bea, ann, olga, person("lea")):
        assert reflections.latest(user, place()) == {}
        assert reflections.kept(user, place(), "noticed") == ()


def test_the_words_stay_in_their_two_tables(ana):
    """Neither a record, a document nor any other row of ours holds a word of a reflection."""
    reflections.save(ana, place(), "noticed", CANARY, 0)
    with pytest.raises(StaleError):
        reflections.save(ana, place(), "noticed", CANARY + " at all", 0)
    for model in apps.get_models():
        if model not in (ReflectionRecord, ReflectionVersion):
            for row in model.objects.values_list():
                assert not any(CANARY in str(bytes_or(value)) for value in row)


def bytes_or(value):
    """The text of a column, whether it holds text or bytes."""
    return bytes(value).decode("utf-8", "replace") if isinstance(value, memoryview) else value


def test_only_trainees_save(ann):
    """An assessor has no reflections to save."""
    with pytest.raises(ForbiddenError):
        reflections.save(ann, place(), "noticed", "A pause.", 0)


def test_too_many_words_are_refused_by_name(ana):
    """What is too long is named by its prompt."""
    with pytest.raises(InvalidError) as refused:
        reflections.save(ana, place(), "noticed", "x" * 20_001, 0)
    assert set(refused.value.problems) == {"noticed"}
