"""Recordings: what they are by their bytes, how large they may be, and who opens them."""

import codecs
import hashlib
import io
import uuid

import pytest

from peer_xblocks.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from peer_xblocks.work.api import drafts, recordings
from peer_xblocks.work.models import Recording
from tests import media
from tests.db.work.scene import place, submitted

MP4 = media.made("mp4")
MP4_VIDEO = media.made("mp4-video")
WEBM = media.made("webm")
WEBM_VIDEO = media.made("webm-video")
WAV = media.made("wav", 1)
MP3_FRAME = b"\xff\xfb\x90\x64" + bytes(400)
ZIP = b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(40)
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
OGV = b"OggS\x00\x02" + bytes(22) + b"\x80theora"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def receive(user, data, name="talk.bin", declared=""):
    """Send bytes as a file of this name and type."""
    return recordings.receive(user, place(), name, io.BytesIO(data), declared)


def stored(folder):
    """The files that stand in the storage."""
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("data", "claim", "media_type"),
    [
        (MP4_VIDEO, ("talk.mp4", "video/mp4"), "video/mp4"),
        (MP4, ("talk.mp4", "video/mp4"), "audio/mp4"),
        (MP4, ("audio", "audio/mp4"), "audio/mp4"),
        (media.made("mp4-parts"), ("audio", "audio/mp4;codecs=mp4a.40.2"), "audio/mp4"),
        (media.made("m4a"), ("talk.m4a", "audio/x-m4a"), "audio/mp4"),
        (WEBM, ("blob", "audio/webm;codecs=opus"), "audio/webm"),
        (WEBM_VIDEO, ("blob", "video/webm;codecs=vp9,opus"), "video/webm"),
        (WEBM_VIDEO, ("blob", "audio/webm"), "video/webm"),
        (media.made("ogg"), ("talk.ogg", "audio/ogg"), "audio/ogg"),
        (media.made("mp3"), ("talk.mp3", "audio/mpeg"), "audio/mpeg"),
        (media.made("mp3-tag"), ("talk.mp3", ""), "audio/mpeg"),
        (media.made("aac"), ("talk.aac", "audio/aac"), "audio/aac"),
        (WAV, ("talk.wav", "audio/x-wav"), "audio/wav"),
        (media.made("flac"), ("talk.flac", "audio/flac"), "audio/flac"),
        (media.made("mov"), ("talk.mov", "video/quicktime"), "video/quicktime"),
        (media.made("mov"), ("talk.mov", "application/octet-stream"), "video/quicktime"),
        ("Hi, I'm Ana – 🌱\n".encode(), ("talk.txt", "text/plain"), "text/plain"),
        (b"Hi.", ("talk.txt", ""), "text/plain"),
    ],
)
def test_what_is_taken(ana, data, claim, media_type):
    """Audio, video and plain text are taken, and named by what their bytes say."""
    info = receive(ana, data, *claim)
    assert info.media_type == media_type
    assert (info.sha256, info.bytes) == (hashlib.sha256(data).hexdigest(), len(data))
    found, file = recordings.open(ana, info.id)
    with file:
        assert (found, file.read()) == (info, data)


@pytest.mark.parametrize(
    ("data", "name", "declared"),
    [
        (HTML, "talk.mp3", "audio/mpeg"),
        (ZIP, "talk.mp4", "video/mp4"),
        (b"Just words.", "talk.mp3", "audio/mpeg"),
        (HTML, "talk.txt", "text/plain"),
        (b"  <SVG onload=alert(1)>", "talk.txt", "text/plain"),
        (b"\xef\xbb\xbf<script>", "talk.txt", "text/plain"),
        (HTML, "page.html", "text/html"),
        (ZIP, "talk.zip", "application/zip"),
        (PNG, "talk.png", "image/png"),
        (PNG, "talk", ""),
        (HEIC, "talk.mp4", "video/mp4"),
        (OGV, "talk.ogv", "video/ogg"),
        (MP4, "talk.txt", "text/plain"),
        (MP4, "talk.zip", "application/zip"),
        (b"\xff\xfe\x00broken", "talk.txt", "text/plain"),
        (b"cut \xe2\x80", "talk.txt", "text/plain"),
        (b"bell \x07", "talk.txt", "text/plain"),
        (b"", "talk.mp3", "audio/mpeg"),
        (b"\xff\xff\xff\xff", "talk.mp3", "audio/mpeg"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm", "talk.webm", "audio/webm"),
        (MP4[:64], "talk.mp4", "video/mp4"),
        (WAV[:36], "talk.wav", "audio/wav"),
    ],
)
def test_what_is_refused(ana, recordings_folder, data, name, declared):
    """What is not audio, video or plain text, or claims to be another thing, leaves nothing."""
    with pytest.raises(InvalidError) as refused:
        receive(ana, data, name, declared)
    assert refused.value.problems["recording"] == str(refused.value)
    assert not Recording.objects.exists()
    assert stored(recordings_folder) == []


WORDS = "“Hälsningar”, sade Zoë: vad går bra?\n"


@pytest.mark.parametrize(
    ("data", "name", "declared"),
    [
        (WORDS.encode("utf-16"), "talk.txt", "text/plain"),
        ("Dana: hello.".encode("utf-16"), "talk.txt", "text/plain"),
        (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), "talk.txt", ""),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "talk.txt", "text/plain"),
        (WORDS.encode("utf-32"), "talk", ""),
        (codecs.BOM_UTF32_BE + WORDS.encode("utf-32-be"), "talk.txt", "text/plain"),
        (WORDS.encode("cp1252"), "talk.txt", "text/plain"),
        (b"x" * 5_000 + "é".encode("latin-1"), "talk.txt", "text/plain"),
        (b"cut \xe2\x80", "talk.txt", "text/plain"),
    ],
)
def test_a_text_that_is_not_in_utf8_is_told_what_to_do(ana, data, name, declared):
    """Whatever else a text may be written in, the sentence says how to save it."""
    with pytest.raises(InvalidError, match="Save it as UTF-8 text"):
        receive(ana, data, name, declared)


@pytest.mark.parametrize(
    ("data", "claim", "told"),
    [
        (WORDS.encode("utf-16"), ("talk.mp3", "audio/mpeg"), "says that it is a recording"),
        (b"x" * 5_000 + b"\x07", ("talk.txt", "text/plain"), "Only audio, video and plain text"),
        (ZIP, ("talk.txt", "text/plain"), "Only audio, video and plain text"),
    ],
)
def test_what_is_no_text_is_not_told_to_be_saved_as_one(ana, data, claim, told):
    """What only claims to be a text or a recording is told so."""
    with pytest.raises(InvalidError, match=told):
        receive(ana, data, *claim)


def test_too_large_is_refused_while_it_comes_in(ana, recordings_folder, settings):
    """Reading stops as soon as the limit is passed, and nothing is left."""
    settings.PEER_XBLOCKS_UPLOAD_MAX_BYTES = 100_000
    taken = []

    def pieces():
        for _ in range(1000):
            taken.append(1)
            yield MP3_FRAME * 25

    with pytest.raises(InvalidError):
        recordings.receive(ana, place(), "talk.mp3", pieces(), "audio/mpeg")
    assert len(taken) == 10
    assert stored(recordings_folder) == []


def test_at_the_limit_it_is_taken(ana, settings):
    """A file of exactly the limit is not too large."""
    settings.PEER_XBLOCKS_UPLOAD_MAX_BYTES = len(WAV)
    assert receive(ana, WAV, "talk.wav").bytes == len(WAV)


def test_a_stream_that_breaks_leaves_nothing(ana, recordings_folder):
    """When the connection is lost on the way, no half recording stays."""

    def broken():
        yield WAV
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        recordings.receive(ana, place(), "talk.wav", broken(), "audio/wav")
    assert stored(recordings_folder) == []


def test_a_text_is_not_a_way_around_the_limit(ana):
    """Plain text is taken up to 1 MB."""
    with pytest.raises(InvalidError):
        receive(ana, b"x" * (1024 * 1024 + 1), "talk.txt", "text/plain")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\fake\\talk.mp3", "talk.mp3"),
        ('a"\r\nSet-Cookie: x.mp3', 'a"Set-Cookie: x.mp3'),
        ("", "recording"),
        ("x" * 400, "x" * 255),
    ],
)
def test_a_file_name_is_only_a_label(ana, recordings_folder, name, kept):
    """A name leads nowhere: its last part is a label, and the file is stored under another."""
    assert receive(ana, WAV, name, "audio/wav").filename == kept
    (path,) = stored(recordings_folder)
    assert path.resolve().is_relative_to(recordings_folder.resolve())


def test_another_persons_recording_is_not_found(ana, bea, ann):
    """Another's recording and one that does not exist give the same answer."""
    info = receive(ana, WAV, "talk.wav")
    answers = set()
    for user, wanted in ((bea, info.id), (ann, info.id), (bea, uuid.uuid4()), (bea, "x")):
        with pytest.raises(NotFoundError) as refused:
            recordings.open(user, wanted)
        answers.add(str(refused.value))
        with pytest.raises(NotFoundError):
            recordings.remove(user, wanted)
    assert len(answers) == 1


def test_another_persons_recording_cannot_be_attached(ana, bea):
    """A draft takes only recordings of its owner."""
    info = receive(ana, WAV, "talk.wav")
    with pytest.raises(NotFoundError):
        drafts.save(bea, place(), 0, recording=info.id)


def test_a_recording_goes_on_a_draft_and_off_again(ana):
    """An empty id takes the recording off; leaving it out keeps it."""
    info = receive(ana, WAV, "talk.wav")
    assert drafts.save(ana, place(), 0, recording=info.id).recording == info
    assert drafts.save(ana, place(), 1, text="And words.").recording == info
    assert drafts.save(ana, place(), 2, recording="").recording is None


def test_only_trainees_send_recordings(ann, recordings_folder):
    """An assessor sends none, and nothing is read from them."""
    with pytest.raises(ForbiddenError):
        receive(ann, WAV, "talk.wav")
    assert stored(recordings_folder) == []


def test_a_recording_can_be_taken_back(ana, recordings_folder, django_capture_on_commit_callbacks):
    """What was not handed in can be removed, and its file goes too."""
    info = receive(ana, WAV, "talk.wav")
    with django_capture_on_commit_callbacks(execute=True):
        recordings.remove(ana, info.id)
    assert stored(recordings_folder) == []
    with pytest.raises(NotFoundError):
        recordings.open(ana, info.id)


def test_what_was_handed_in_stays(ana):
    """A recording that was handed in cannot be taken back."""
    info = receive(ana, WAV, "talk.wav")
    submitted(ana, text=None, recording_id=info.id, mode="with_partner")
    with pytest.raises(ConflictError):
        recordings.remove(ana, info.id)
    _, file = recordings.open(ana, info.id)
    file.close()


def test_without_an_alias_the_default_storage_is_used(ana, settings, tmp_path):
    """A site that names no storage of ours keeps recordings in its own, in a folder of ours."""
    settings.STORAGES = {k: v for k, v in settings.STORAGES.items() if k != "peer_xblocks"}
    settings.MEDIA_ROOT = str(tmp_path / "media")
    receive(ana, WAV, "talk.wav")
    (path,) = stored(tmp_path / "media")
    assert "peer_xblocks/recordings" in str(path)
