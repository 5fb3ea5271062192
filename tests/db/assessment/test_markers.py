"""Markers: kept with the draft of whoever made them, through every save, and nowhere else."""

import pytest
from django.apps import apps

from peer_xblocks.assessment.api import drafts, feedback, ratings, resolutions, seats
from peer_xblocks.assessment.models import RatingDraftRecord, RatingDraftVersion
from peer_xblocks.core.errors import StaleError
from peer_xblocks.core.rating import Marker, Rating
from peer_xblocks.records.models import Record
from tests.db.assessment.rating import rate, release
from tests.db.work.scene import PROGRAMME, submitted
from tests.unit.core.performances import rating

AGAIN = Marker(at_ms=83_000, mark="↺ Listen again")
SAID = Marker(at_ms=95_000, mark="1.3", behaviour="critical-b1")


def take(user):
    """Press next."""
    return seats.take_next(user, PROGRAMME)


def test_markers_come_back_with_the_draft(ana, ann):
    """What was marked is there again, on another device too, and the rating knows nothing of it."""
    submitted(ana)
    seat = take(ann)
    drafts.save(ann, seat.id, 0, Rating(overall_comment="Warm."), (AGAIN, SAID))
    draft = seats.desk(ann, seat.id).draft
    assert (draft.version, draft.markers) == (1, (AGAIN, SAID))
    assert draft.rating == Rating(overall_comment="Warm.")


def test_a_marker_alone_is_a_change(ana, ann):
    """The same rating with another marker is a new version; the same once more is not."""
    submitted(ana)
    seat = take(ann)
    for markers, version in (((AGAIN,), 1), ((AGAIN, SAID), 2), ((AGAIN, SAID), 2), ((), 3)):
        latest = seats.desk(ann, seat.id).draft.version
        saved = drafts.save(ann, seat.id, latest, Rating(), markers)
        assert (saved.version, saved.markers) == (version, markers)


def test_a_save_that_says_nothing_of_markers_leaves_them(ana, ann):
    """A program that knows no markers takes none away."""
    submitted(ana)
    seat = take(ann)
    drafts.save(ann, seat.id, 0, Rating(), (AGAIN,))
    assert drafts.save(ann, seat.id, 1, Rating(overall_comment="x")).markers == (AGAIN,)


def test_markers_of_a_late_save_are_kept_beside(ana, ann):
    """A save from an older page loses no marker and overwrites none."""
    submitted(ana)
    seat = take(ann)
    drafts.save(ann, seat.id, 0, Rating(), (AGAIN,))
    with pytest.raises(StaleError) as caught:
        drafts.save(ann, seat.id, 0, Rating(), (SAID,))
    assert caught.value.kept.markers == (SAID,)
    assert caught.value.draft.markers == (AGAIN,)
    assert [one.markers for one in drafts.kept(ann, seat.id)] == [(SAID,)]


def test_markers_stand_in_the_draft_and_in_no_other_row(ana, ann, ben, lea):
    """From draft to release, no row of ours but the rater's own draft holds a marker."""
    info = submitted(ana)
    seat = take(ann)
    drafts.save(ann, seat.id, 0, rating((3, 3, 3)), (AGAIN, SAID))
    ratings.submit(ann, seat.id, seats.desk(ann, seat.id).draft.rating, "k")
    rate(ben)
    release(lea, info.id)
    shown = [repr(resolutions.case(lea, info.id)), repr(feedback.result(ana, info.id))]
    shown += [bytes(row.canonical).decode() for row in Record.objects.all()]
    assert not [one for one in shown if AGAIN.mark in one or str(SAID.at_ms) in one]
    holders = {
        model
        for model in apps.get_models()
        if model.__module__.startswith("peer_xblocks")
        for row in model.objects.values()
        if AGAIN.mark in repr(row)
    }
    assert holders == {RatingDraftRecord}
    assert not RatingDraftVersion.objects.exists()
