"""Results that wait: words kept for later, held back, and released one by one or together."""

import pytest

from peer_xblocks.assessment import announcing
from peer_xblocks.assessment.api import feedback, prepared, releases, resolutions
from peer_xblocks.assessment.models import PreparedRelease, ReleaseRecord
from peer_xblocks.assessment.signals import released
from peer_xblocks.core.errors import ConflictError, ForbiddenError, InvalidError
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants
from tests.db.assessment.rating import GOALS, rate, release
from tests.db.assessment.test_results import records
from tests.db.work.scene import PROGRAMME, submitted


def ready(user, ann, ben, key="key", activity="one"):
    """A submission that is settled and not released."""
    info = submitted(user, activity, key)
    rate(ann)
    rate(ben)
    return info


def test_prepared_results_are_released_together(ana, bea, ann, ben, lea, leo):
    """Each gets its own record; one that is not prepared is named and keeps nobody waiting."""
    first, second = ready(ana, ann, ben), ready(bea, ann, ben)
    third = ready(ana, ann, ben, "k3", "two")
    prepared.prepare(lea, first.id, GOALS, "Well begun.")
    prepared.prepare(leo, second.id, GOALS, "Well done.")
    all_three = [first.id, second.id, third.id]
    done = prepared.release_together(lea, PROGRAMME, all_three, "t")
    assert set(done.released) == {first.id, second.id}
    assert list(done.refused) == [str(third.id)]
    assert len(records("release")) == 2
    assert feedback.result(bea, second.id).message == "Well done."
    again = prepared.release_together(lea, PROGRAMME, all_three, "t")
    assert (set(again.released), len(records("release"))) == ({first.id, second.id}, 2)
    assert not PreparedRelease.objects.exists()


def test_what_is_held_back_is_not_released(ana, ann, ben, lea, leo):
    """Not alone and not with others, until a lead lifts it."""
    info = ready(ana, ann, ben)
    prepared.prepare(lea, info.id, GOALS, "")
    prepared.hold(lea, info.id, "A tie is being looked into.")
    with pytest.raises(ConflictError):
        release(leo, info.id)
    assert prepared.release_together(leo, PROGRAMME, [info.id], "t").released == ()
    (case,) = resolutions.waiting(lea, PROGRAMME)
    assert (case.held, case.ready) == (True, True)
    prepared.lift(leo, info.id)
    assert prepared.release_together(leo, PROGRAMME, [info.id], "t").released == (info.id,)


def test_who_rated_prepares_and_holds_nothing(ana, ann, ben, lea):
    """The same bar as for a release."""
    grants.give(None, ann, PROGRAMME, Role.LEAD)
    info = ready(ana, ann, ben)
    for act in (
        lambda: prepared.prepare(ann, info.id, GOALS, ""),
        lambda: prepared.hold(ann, info.id, "No."),
        lambda: prepared.lift(ann, info.id),
    ):
        with pytest.raises(ForbiddenError):
            act()
    assert list(prepared.release_together(ann, PROGRAMME, [info.id], "t").refused) == [str(info.id)]


def test_words_must_be_whole_before_they_are_kept(ana, ann, ben, lea):
    """No goal, no preparing; no reason, no holding."""
    info = ready(ana, ann, ben)
    with pytest.raises(InvalidError):
        prepared.prepare(lea, info.id, (), "Nice.")
    with pytest.raises(InvalidError):
        prepared.hold(lea, info.id, "  ")
    assert not PreparedRelease.objects.exists()


def test_a_release_that_nobody_heard_is_announced_later(ana, ann, ben, lea):
    """When whoever keeps grades fails, the release stands and is told again."""
    heard, broken = [], [True]

    def hear(result, **_more):
        if broken:
            raise RuntimeError("the gradebook is away")
        heard.append(result.submission_id)

    info = ready(ana, ann, ben)
    released.connect(hear)
    try:
        release(lea, info.id)
        assert ReleaseRecord.objects.get().announced_at is None
        broken.clear()
        ReleaseRecord.objects.update(released_at="2026-01-01T00:00:00Z")
        assert (announcing.announce_late(), announcing.announce_late()) == (1, 0)
    finally:
        released.disconnect(hear)
    assert heard == [info.id]
    releases.release(lea, info.id, GOALS, "Well begun.", "release")
    assert heard == [info.id]
