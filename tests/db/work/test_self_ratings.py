"""Self-ratings: a trainee's own ticks, which nobody else reads and no record speaks of."""

import pytest
from django.apps import apps

from peer_xblocks.core.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    StaleError,
)
from peer_xblocks.core.rating import CriterionRating
from peer_xblocks.records.api import documents
from peer_xblocks.work.api import drafts, for_assessment, self_ratings, submissions
from peer_xblocks.work.models import SelfRatingRecord, SelfRatingVersion
from peer_xblocks.work.values import Status
from tests.db.work.scene import RUBRIC, hand_in, place, submitted
from tests.db.work.test_reflections import bytes_or

TEXT = "Hi, I'm Ana. Would you like company?"
CANARY = "critical-h2"
TICKED = (CriterionRating(criterion="critical", behaviours=(CANARY, "critical-b1")),)


def performed(user, text=TEXT):
    """A draft that performs something."""
    version = drafts.get(user, place()).version
    return drafts.save(user, place(), version, text=text, mode="written", answers={"noticed": "A"})


def opened(user):
    """A self-rating that was opened for what is performed."""
    performed(user)
    return self_ratings.open(user, place(), RUBRIC.digest)


def save(user, version=0, ticked=TICKED, attempt=1):
    """Save these ticks."""
    return self_ratings.save(user, place(), attempt, version, RUBRIC.digest, ticked)


def test_ticks_are_saved_and_read_again(ana):
    """By attempt and edition; without a word, whatever was sent along."""
    assert self_ratings.current(ana, place()) is None
    assert (opened(ana).version, self_ratings.current(ana, place()).ticks) == (0, ())
    wordy = TICKED[0].model_copy(update={"comment": "x", "reason": "y", "confirmed_empty": True})
    unknown = CriterionRating(criterion="elsewhere", behaviours=("a",))
    saved = save(ana, ticked=(unknown, wordy))
    assert saved.ticks == TICKED
    assert (saved.attempt, saved.version, saved.rubric_sha256) == (1, 1, RUBRIC.digest)
    assert self_ratings.current(ana, place()) == saved == save(ana, 0)


def test_a_late_save_is_kept_and_shown(ana):
    """A save from an older version is kept beside the current ticks."""
    opened(ana)
    first = save(ana)
    with pytest.raises(StaleError) as late:
        save(ana, 0, ())
    assert late.value.current == first
    assert self_ratings.kept(ana, place()) == (late.value.kept,)
    assert late.value.kept.ticks == ()


def test_there_must_be_something_to_rate(ana, ann):
    """Nothing is opened before a performance, by nobody but a trainee, on no unknown rubric; and
    nothing is saved that was not opened.
    """
    for text in ("", "  \n"):
        performed(ana, text)
        with pytest.raises(InvalidError):
            self_ratings.open(ana, place(), RUBRIC.digest)
    with pytest.raises(ForbiddenError):
        self_ratings.open(ann, place(), RUBRIC.digest)
    performed(ana)
    other = documents.put(b"not a rubric")
    for sha256 in ("0" * 64, other):
        with pytest.raises(InvalidError):
            self_ratings.open(ana, place(), sha256)
    with pytest.raises(NotFoundError):
        save(ana)
    assert not SelfRatingRecord.objects.exists()


def test_from_then_on_the_performance_stays_as_it_is(ana):
    """Its words and mode are refused; what one wrote when looking back may still change."""
    opened(ana)
    draft = drafts.get(ana, place())
    assert draft.sealed
    for change in ({"text": TEXT + " Take your time."}, {"mode": "with_partner"}):
        with pytest.raises(ConflictError, match="stays as it is"):
            drafts.save(ana, place(), draft.version, **change)
    assert drafts.get(ana, place()) == draft
    assert drafts.save(ana, place(), draft.version, answers={"noticed": "B"}).text == TEXT
    assert drafts.get(ana, place()).sealed


def test_doing_the_scene_over_opens_it_again(ana):
    """What was performed and ticked is kept; a fresh performance has a fresh list."""
    opened(ana)
    save(ana)
    version = drafts.get(ana, place()).version
    with pytest.raises(ConflictError):
        drafts.start_over(ana, place(), version - 1)
    fresh = drafts.start_over(ana, place(), version)
    assert (fresh.text, fresh.answers, fresh.mode) == ("", {"noticed": "A"}, "written")
    assert [one.text for one in drafts.kept(ana, place())] == [TEXT]
    performed(ana, "Hello. Would you like me to sit down?")
    again = self_ratings.open(ana, place(), RUBRIC.digest)
    assert (again.ticks, again.version) == ((), 2)
    assert [one.ticks for one in self_ratings.kept(ana, place())] == [TICKED]


def test_it_goes_with_what_is_handed_in(ana, bea, ann, olga):
    """Its trainee finds it under the submission, where it does not change any more; nobody else
    does.
    """
    opened(ana)
    saved = save(ana)
    info = submitted(ana, text=TEXT)
    assert self_ratings.of_submission(ana, info.id) == saved
    assert self_ratings.current(ana, place()) is None
    for user in (bea, ann, olga):
        assert self_ratings.of_submission(user, info.id) is None
        assert self_ratings.current(user, place()) is None
        assert self_ratings.kept(user, place()) == ()
    with pytest.raises(StaleError):
        save(ana, saved.version, ())
    assert self_ratings.of_submission(ana, info.id) == saved
    with pytest.raises(ConflictError):
        opened(ana)
    for_assessment.set_status(info.id, Status.VOIDED)
    assert opened(ana).attempt == 2


def test_of_another_take_it_says_nothing(ana):
    """Where something else was handed in than what was rated, there is nothing to compare."""
    opened(ana)
    save(ana)
    drafts.start_over(ana, place(), drafts.get(ana, place()).version)
    performed(ana, "Another take.")
    info = submitted(ana, text="Another take.")
    assert self_ratings.of_submission(ana, info.id) is None


def test_the_ticks_stay_in_their_two_tables(ana):
    """Neither a record, a document nor any other row of ours holds a tick; nor do assessors get
    any.
    """
    opened(ana)
    save(ana)
    with pytest.raises(StaleError):
        save(ana, 0, (TICKED[0].model_copy(update={"behaviours": (CANARY,)}),))
    info = submissions.submit(ana, place(), hand_in(text=TEXT), "key")
    for model in apps.get_models():
        if model not in (SelfRatingRecord, SelfRatingVersion):
            for row in model.objects.values_list():
                texts = [bytes_or(value) for value in row]
                # The rubric itself, which names every behaviour, stands among the documents.
                assert not any(CANARY in str(t) and RUBRIC.title not in str(t) for t in texts)
    assert CANARY not in str(for_assessment.performance(info.id))
