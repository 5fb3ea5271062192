"""Recordings in parts: what was answered is never lost, and what is sent again counts once."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest
from django.db import connection

from peer_xblocks.core.errors import (
    ConflictError,
    Error,
    ForbiddenError,
    InvalidError,
    NotFoundError,
)
from peer_xblocks.work import limits
from peer_xblocks.work.api import drafts, recordings, uploads
from peer_xblocks.work.models import DraftRecord, Recording, UploadPart
from tests.db.work.scene import place
from tests.db.work.test_recordings import stored
from tests.db.work.uploading import WHOLE, begun, cut, digest, finished, send, sent


@pytest.mark.django_db(transaction=True)
def test_parts_become_the_recording_that_was_sent(ana, recordings_folder):
    """The whole is what was cut, byte for byte, in the draft, with its length; no part is left."""
    info = finished(ana)
    assert (info.sha256, info.bytes) == (digest(WHOLE), len(WHOLE))
    assert (info.media_type, info.origin) == ("audio/webm", "recorded")
    assert 2900 < info.milliseconds < 3100
    found, file = recordings.open(ana, info.id)
    with file:
        assert (found, file.read()) == (info, WHOLE)
    assert drafts.get(ana, place()).recording == info
    assert not UploadPart.objects.exists()
    assert len(stored(recordings_folder)) == 2  # what arrived, and what is played


def test_parts_may_come_in_any_order(ana):
    """The numbers say the order."""
    pieces, upload = cut(), begun(ana)
    for number in (3, 1, 4, 2):
        send(ana, upload.id, number, pieces[number - 1])
    assert uploads.finish(ana, upload.id, 4).sha256 == digest(WHOLE)


def test_what_is_there_can_be_asked_and_goes_on(ana):
    """After a break a page learns which parts arrived, by number and digest."""
    pieces, upload = cut(), begun(ana)
    send(ana, upload.id, 1, pieces[0])
    send(ana, upload.id, 3, pieces[2])
    (there,) = uploads.unfinished(ana, place())
    assert there == begun(ana) == uploads.get(ana, upload.id)
    assert [(part.number, part.sha256) for part in there.parts] == [
        (1, digest(pieces[0])),
        (3, digest(pieces[2])),
    ]
    assert there.bytes == len(pieces[0]) + len(pieces[2])
    assert uploads.unfinished(ana, place("two")) == ()


@pytest.mark.django_db(transaction=True)
def test_a_part_that_is_sent_again_counts_once(ana, recordings_folder):
    """The same number and digest change nothing; another digest is refused, and the first stays."""
    pieces, upload = cut(), begun(ana)
    first = send(ana, upload.id, 1, pieces[0])
    assert send(ana, upload.id, 1, pieces[0]) == first
    with pytest.raises(ConflictError):
        send(ana, upload.id, 1, pieces[1])
    assert uploads.get(ana, upload.id) == first
    assert [path.read_bytes() for path in stored(recordings_folder)] == [pieces[0]]


@pytest.mark.parametrize(
    ("number", "piece", "claimed"),
    [
        (1, b"x", digest(b"y")),
        (1, b"x", "no digest"),
        (1, b"x", ""),
        (1, b"", digest(b"")),
        (0, b"x", digest(b"x")),
        (limits.MOST_PARTS + 1, b"x", digest(b"x")),
        (1, bytes(limits.PART_BYTES + 1), digest(bytes(limits.PART_BYTES + 1))),
    ],
)
def test_a_part_that_is_not_as_it_says_is_refused(ana, recordings_folder, number, piece, claimed):
    """A wrong digest, number or size leaves nothing."""
    upload = begun(ana)
    with pytest.raises(InvalidError) as refused:
        uploads.put(ana, upload.id, number, piece, claimed)
    assert refused.value.problems["recording"] == str(refused.value)
    assert uploads.get(ana, upload.id).parts == ()
    assert stored(recordings_folder) == []


def test_the_largest_part_is_taken(ana):
    """A part of exactly the limit is not too large."""
    send(ana, begun(ana).id, 1, bytes(limits.PART_BYTES))


def test_more_than_a_recording_may_have_is_refused_on_the_way(ana, settings):
    """The part that goes beyond the limit is refused; those before it stay."""
    settings.PEER_XBLOCKS_UPLOAD_MAX_BYTES = 10_000
    upload = begun(ana)
    send(ana, upload.id, 1, bytes(6_000))
    with pytest.raises(InvalidError):
        send(ana, upload.id, 2, bytes(4_001))
    assert len(send(ana, upload.id, 2, bytes(4_000)).parts) == 2


def test_another_persons_upload_is_not_found(ana, bea, ann):
    """Another's upload, a random id and no id give the same answer, whatever is asked."""
    upload, answers = sent(ana), set()
    piece = cut()[0]
    acts = (
        uploads.get,
        uploads.abandon,
        lambda user, wanted: send(user, wanted, 1, piece),
        lambda user, wanted: uploads.address(user, wanted, 1, 5),
        lambda user, wanted: uploads.arrived(user, wanted, 1, "x", digest(piece)),
        lambda user, wanted: uploads.finish(user, wanted, 4),
    )
    for user, wanted, act in product((bea, ann), (upload.id, uuid.uuid4(), "x"), acts):
        with pytest.raises(NotFoundError) as refused:
            act(user, wanted)
        answers.add(str(refused.value))
    assert len(answers) == 1
    assert begun(bea).id != upload.id
    assert uploads.get(ana, upload.id) == upload


def test_only_trainees_begin(ann):
    """An assessor begins nothing."""
    with pytest.raises(ForbiddenError):
        begun(ann)


def test_a_key_belongs_to_one_activity_and_says_something(ana):
    """A key that began one upload begins none elsewhere, and an empty one none at all."""
    begun(ana)
    with pytest.raises(ConflictError):
        begun(ana, activity="two")
    for key, how in (("", {}), ("\x00", {}), ("k", {"origin": "observed"})):
        with pytest.raises(InvalidError):
            begun(ana, key, **how)


def test_there_is_a_bound_on_what_is_never_finished(ana):
    """Beyond it nothing is begun before something is finished or thrown away."""
    made = [begun(ana, f"k{n}") for n in range(limits.MOST_UNFINISHED)]
    with pytest.raises(ConflictError):
        begun(ana, "one more")
    uploads.abandon(ana, made[0].id)
    begun(ana, "one more")


@pytest.mark.django_db(transaction=True)
def test_everything_at_the_same_instant_counts_once(ana, recordings_folder):
    """Each part sent four times, then four finishes, all at once: one recording."""
    pieces, upload = cut(), begun(ana)

    def at_once(acts):
        def run(act):
            try:
                return act()
            except Error as error:
                return type(error)
            finally:
                connection.close()

        with ThreadPoolExecutor(8) as pool:
            return list(pool.map(run, acts))

    numbered = list(enumerate(pieces, 1)) * 4
    at_once([lambda n=n, p=p: send(ana, upload.id, n, p) for n, p in numbered])
    assert len(uploads.get(ana, upload.id).parts) == 4
    assert len(stored(recordings_folder)) == 4
    outcomes = set(at_once([lambda: uploads.finish(ana, upload.id, 4).id] * 4))
    assert outcomes - {ConflictError} == {uuid.UUID(Recording.objects.get().uuid)}
    assert len(stored(recordings_folder)) == 2
    assert DraftRecord.objects.get().recording is not None
