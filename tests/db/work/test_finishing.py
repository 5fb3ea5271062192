"""How an upload ends: put together once, given up, or tidied away; never half."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from peer_xblocks.core.errors import (
    ConflictError,
    InvalidError,
    NotFoundError,
)
from peer_xblocks.work import leftovers
from peer_xblocks.work.api import drafts, recordings, submissions, uploads
from peer_xblocks.work.models import Leftover, Recording, Upload, UploadPart
from tests import media
from tests.db.work.scene import place, submitted
from tests.db.work.test_recordings import stored
from tests.db.work.uploading import WHOLE, begun, cut, digest, finished, send, sent


def test_a_finish_that_is_sent_again_answers_the_same(ana):
    """A second finish makes no second recording and leaves the draft alone."""
    upload = sent(ana)
    info = uploads.finish(ana, upload.id, 4)
    drafts.save(ana, place(), drafts.get(ana, place()).version, recording="")
    assert uploads.finish(ana, upload.id, 4) == info
    assert drafts.get(ana, place()).recording is None
    assert Recording.objects.count() == 1
    assert uploads.get(ana, upload.id).recording == info
    assert send(ana, upload.id, 1, cut()[0]).recording == info


def test_after_handing_in_a_late_finish_changes_nothing(ana):
    """What was handed in does not come back into the next draft."""
    upload = sent(ana)
    info = uploads.finish(ana, upload.id, 4)
    made = submitted(ana, text=None, recording_id=info.id, mode="with_partner")
    assert uploads.finish(ana, upload.id, 4) == info == made.recording
    assert drafts.get(ana, place()).recording is None


def test_nothing_is_finished_while_a_part_is_missing(ana):
    """The missing numbers are named, and what is here stays."""
    pieces, upload = cut(), begun(ana)
    send(ana, upload.id, 2, pieces[1])
    for count in (4, 1, 0):
        with pytest.raises(ConflictError) as refused:
            uploads.finish(ana, upload.id, count)
        assert refused.value.missing == tuple(n for n in range(1, count + 1) if n != 2)
    assert len(uploads.get(ana, upload.id).parts) == 1
    for number in (1, 3, 4):
        send(ana, upload.id, number, pieces[number - 1])
    assert uploads.finish(ana, upload.id, 4).sha256 == digest(WHOLE)


def test_what_was_recorded_before_the_end_can_be_finished(ana):
    """A tab that was killed leaves the first parts of a recording: they are one."""
    pieces = cut(media.made("webm-video", 4), 8)
    info = finished(ana, pieces[:5])
    assert info.media_type == "video/webm"
    assert 500 < info.milliseconds < 4000


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("junk", [b"<!doctype html>" * 100, b"\x00" * 5000, WHOLE[5000:]])
def test_what_is_no_recording_is_refused_and_stays(ana, recordings_folder, junk):
    """Nothing is made of it, the parts stay, and it can be thrown away."""
    upload = sent(ana, [junk])
    with pytest.raises(InvalidError):
        uploads.finish(ana, upload.id, 1)
    assert not Recording.objects.exists()
    assert uploads.get(ana, upload.id) == upload
    uploads.abandon(ana, upload.id)
    assert stored(recordings_folder) == []
    with pytest.raises(NotFoundError):
        uploads.get(ana, upload.id)


def test_a_recording_that_is_too_long_is_refused(ana, settings):
    """Longer than the limit by more than a recorder's own delay."""
    settings.PEER_XBLOCKS_RECORDING_MAX_MINUTES = 0
    assert finished(ana).milliseconds > 0  # within the ten seconds that are never held against it
    upload = sent(ana, cut(media.made("ogg", 12)), "long")
    with pytest.raises(InvalidError) as refused:
        uploads.finish(ana, upload.id, 4)
    assert "0 minutes" in str(refused.value)


def test_a_file_of_any_kind_that_is_taken_can_come_in_parts(ana):
    """A chosen file too, and a text."""
    for number, (name, data, media_type) in enumerate(
        [
            ("talk.mov", media.made("mov"), "video/quicktime"),
            ("talk.txt", b"Me: Hello, Dana.\n", "text/plain"),
        ]
    ):
        upload = begun(
            ana, f"file {number}", origin="uploaded", media_type=media_type, filename=f"../{name}"
        )
        for part, piece in enumerate(cut(data, 2), 1):
            send(ana, upload.id, part, piece)
        info = uploads.finish(ana, upload.id, 2)
        assert (info.filename, info.media_type, info.origin) == (name, media_type, "uploaded")


def test_what_is_finished_is_not_thrown_away(ana):
    """Giving up comes too late for a finished recording."""
    upload = sent(ana)
    info = uploads.finish(ana, upload.id, 4)
    with pytest.raises(ConflictError):
        uploads.abandon(ana, upload.id)
    assert drafts.get(ana, place()).recording == info


def test_a_finished_recording_can_be_taken_back(ana):
    """With its upload: a late finish finds nothing then."""
    upload = sent(ana)
    recordings.remove(ana, uploads.finish(ana, upload.id, 4).id)
    assert drafts.get(ana, place()).recording is None
    with pytest.raises(NotFoundError):
        uploads.finish(ana, upload.id, 4)


def test_the_record_says_that_it_was_recorded_and_how_long(ana):
    """`media.origin` and `media.milliseconds` of the submission."""
    info = finished(ana)
    made = submitted(ana, text=None, recording_id=info.id, mode="with_partner")
    assert (made.recording.origin, made.recording.milliseconds) == ("recorded", info.milliseconds)
    assert submissions.get(ana, made.id).recording == info


@pytest.mark.django_db(transaction=True)
def test_a_finish_whose_process_died_can_be_done_again(ana, recordings_folder):
    """While the claim holds others wait; then the next one begins anew, and nothing is left."""
    upload = sent(ana)
    died = timezone.now() - timedelta(minutes=1)
    rows = Upload.objects.filter(uuid=str(upload.id))
    left = left_behind(recordings_folder)
    rows.update(finishing_since=died, composing_as=left.relative_to(recordings_folder))
    for act in (lambda: uploads.finish(ana, upload.id, 4), lambda: uploads.abandon(ana, upload.id)):
        with pytest.raises(ConflictError):
            act()
    rows.update(finishing_since=died - timedelta(hours=1))
    assert uploads.finish(ana, upload.id, 4).sha256 == digest(WHOLE)
    assert not left.exists()
    assert not Leftover.objects.exists()


def left_behind(folder):
    """A file that a process stored before it died, as it had noted it."""
    name = "peer_xblocks/recordings/aa/half"
    leftovers.note(name)
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_bytes(b"half of it")
    return folder / name


@pytest.mark.django_db(transaction=True)
def test_the_command_deletes_what_died_left(ana, recordings_folder):
    """A day after it was noted; what belongs to a row by now stays, noted or not."""
    left, info = left_behind(recordings_folder), finished(ana)
    uploads.tidy()
    assert left.exists()
    Leftover.objects.update(at=timezone.now() - timedelta(days=2))
    uploads.tidy()
    assert not left.exists()
    assert not Leftover.objects.exists()
    leftovers.delete(*Recording.objects.values_list("stored_as", "playable_as").get())
    recordings.open(ana, info.id)[1].close()


@pytest.mark.django_db(transaction=True)
def test_a_storage_that_fails_to_delete_fails_nobody(ana, recordings_folder, settings):
    """The recording is kept and answered; what could not be deleted is noted for another day."""
    upload = sent(ana)
    own = settings.STORAGES["peer_xblocks"]
    settings.STORAGES = {
        **settings.STORAGES,
        "peer_xblocks": {**own, "BACKEND": "tests.db.work.keeping_storage.KeepingStorage"},
    }
    info = uploads.finish(ana, upload.id, 4)
    assert drafts.get(ana, place()).recording == info
    (left,) = Leftover.objects.all()
    assert left.name == f"peer_xblocks/uploads/{upload.id}/"
    settings.STORAGES = {**settings.STORAGES, "peer_xblocks": own}
    Leftover.objects.update(at=timezone.now() - timedelta(days=2))
    uploads.tidy()
    assert len(stored(recordings_folder)) == 2


@pytest.mark.django_db(transaction=True)
def test_a_part_that_the_storage_lost_is_asked_for_again(ana, recordings_folder):
    """Nothing is put together without it, and sent again it is taken."""
    pieces, upload = cut(), sent(ana)
    row = UploadPart.objects.get(number=2)
    (recordings_folder / row.stored_as).unlink()
    with pytest.raises(ConflictError) as refused:
        uploads.finish(ana, upload.id, 4)
    assert refused.value.missing == (2,)
    send(ana, upload.id, 2, pieces[1])
    assert uploads.finish(ana, upload.id, 4).sha256 == digest(WHOLE)


@pytest.mark.django_db(transaction=True)
def test_all_or_nothing(ana, recordings_folder, monkeypatch):
    """When the last step fails there is no recording, no file of one, and the parts stay."""
    upload = sent(ana)

    def fails(*_):
        raise RuntimeError("no disk")

    monkeypatch.setattr(drafts, "hold", fails)
    with pytest.raises(RuntimeError, match="no disk"):
        uploads.finish(ana, upload.id, 4)
    assert not Recording.objects.exists()
    assert len(stored(recordings_folder)) == 4
    monkeypatch.undo()
    assert uploads.finish(ana, upload.id, 4).sha256 == digest(WHOLE)


@pytest.mark.django_db(transaction=True)
def test_the_command_tidies_what_nobody_will_hand_in(ana, recordings_folder, settings, capsys):
    """Old uploads and recordings without a draft go; what is new, drafted or handed in stays."""
    settings.PEER_XBLOCKS_UPLOAD_KEEP_DAYS = 3
    old = sent(ana, key="old")
    let_go = finished(ana, key="let go")
    held = finished(ana, key="held")
    handed_in = recordings.receive(ana, place("two"), "a.wav", iter([media.made("wav", 1)]), "")
    submitted(ana, "two", text=None, recording_id=handed_in.id, mode="with_partner")
    long_ago = timezone.now() - timedelta(days=4)
    Upload.objects.update(touched_at=long_ago)
    Recording.objects.update(received_at=long_ago)
    new = sent(ana, key="new")
    call_command("peer_tidy_uploads")
    assert capsys.readouterr().out == "2 were deleted.\n"
    for gone in (lambda: uploads.get(ana, old.id), lambda: recordings.open(ana, let_go.id)):
        with pytest.raises(NotFoundError):
            gone()
    for info in (held, handed_in):
        recordings.open(ana, info.id)[1].close()
    assert uploads.get(ana, new.id) == new
    assert len(stored(recordings_folder)) == 4 + 2 + 1
    assert uploads.tidy() == 0
