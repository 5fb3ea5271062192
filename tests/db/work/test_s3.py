"""Recordings in an S3 storage: parts sent straight to it, and ranges read from it.

Against a real server process, over HTTP.
"""

import subprocess
import sys

import pytest
from django.core.files.storage import storages

from peer_xblocks.core.errors import InvalidError, NotFoundError
from peer_xblocks.work.api import recordings, uploads
from tests.db.work import s3_server
from tests.db.work.uploading import WHOLE, begun, cut, digest, finished, send, sent

# What botocore itself warns of is not ours to mend.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning"),
]


@pytest.fixture(scope="module")
def server():
    """An S3 server for this file."""
    with s3_server.running() as storage:
        yield storage


@pytest.fixture
def s3(settings, recordings_folder, server):
    """Recordings are kept in the S3 server."""
    settings.STORAGES = {**settings.STORAGES, "peer_xblocks": server}
    storage = storages["peer_xblocks"]
    storage.bucket.objects.all().delete()
    return storage


def names(storage):
    """The keys that stand in the bucket."""
    return sorted(one.key for one in storage.bucket.objects.all())


def put_directly(user, upload, number, piece):
    """Send a part as a browser does: ask where, put it there, tell that it is there."""
    where = uploads.address(user, upload.id, number, len(piece))
    assert s3_server.put(where.url, piece) == 200
    return uploads.arrived(user, upload.id, number, where.name, digest(piece))


def test_parts_through_the_site(ana, s3):
    """Parts and the whole go into the bucket, below the storage's own folder; no part is left."""
    info = finished(ana)
    assert info.sha256 == digest(WHOLE)
    assert all(name.startswith("pss/peer_xblocks/recordings/") for name in names(s3))
    assert len(names(s3)) == 2


def test_parts_straight_to_the_storage(ana, s3):
    """Each part goes to an address that is signed for it, and none through the site."""
    pieces, upload = cut(), begun(ana)
    for number, piece in enumerate(pieces, 1):
        there = put_directly(ana, upload, number, piece)
    assert [part.sha256 for part in there.parts] == [digest(piece) for piece in pieces]
    info = uploads.finish(ana, upload.id, len(pieces))
    assert (info.sha256, info.bytes) == (digest(WHOLE), len(WHOLE))
    assert not [name for name in names(s3) if "uploads" in name]


def test_a_part_that_arrived_is_told_twice(ana, s3):
    """Telling again changes nothing, even where the same part was put twice."""
    piece, upload = cut()[0], begun(ana)
    first = put_directly(ana, upload, 1, piece)
    assert put_directly(ana, upload, 1, piece) == first
    assert send(ana, upload.id, 1, piece) == first


def test_a_part_that_is_not_there_or_not_whole_is_refused(ana, s3):
    """What is told is read again: nothing counts that did not arrive as it was."""
    piece, upload = cut()[0], begun(ana)
    where = uploads.address(ana, upload.id, 1, len(piece))
    with pytest.raises(InvalidError):
        uploads.arrived(ana, upload.id, 1, where.name, digest(piece))
    assert s3_server.put(where.url, bytes(len(piece))) == 200
    with pytest.raises(InvalidError):
        uploads.arrived(ana, upload.id, 1, where.name, digest(piece))
    assert uploads.get(ana, upload.id).parts == ()
    uploads.abandon(ana, upload.id)
    assert names(s3) == []


def test_a_name_of_another_upload_is_not_found(ana, bea, s3):
    """A name leads only to a part of the same upload and number."""
    upload, other, piece = begun(ana), begun(bea), cut()[0]
    theirs = uploads.address(bea, other.id, 1, len(piece)).name
    own = uploads.address(ana, upload.id, 2, len(piece)).name
    for name in (theirs, own, f"{own}/../x", "", "peer_xblocks/recordings/x"):
        with pytest.raises(NotFoundError):
            uploads.arrived(ana, upload.id, 1, name, digest(piece))


def test_an_address_is_signed_for_its_size(ana, s3):
    """The address names the length that was asked for, and a part beyond the limit gets none."""
    where = uploads.address(ana, begun(ana).id, 1, 1000)
    assert "content-length" in where.url
    with pytest.raises(InvalidError):
        uploads.address(ana, begun(ana).id, 1, 4_000_000)


def test_only_what_is_read_is_fetched(ana, s3):
    """A player that seeks gets its range without the whole being fetched first."""
    info, asked = finished(ana), []
    events = s3.bucket.meta.client.meta.events
    events.register("before-call.s3.GetObject", lambda params, **_: asked.append(params["headers"]))
    found, file = recordings.open(ana, info.id)
    with file:
        assert found == info
        file.seek(5000)
        assert file.read(100) == WHOLE[5000:5100]
        assert [headers["Range"] for headers in asked] == ["bytes=5000-"]
        assert file.read(50) == WHOLE[5100:5150]
        file.seek(-10, 2)
        assert (file.read(), file.read()) == (WHOLE[-10:], b"")
        file.seek(0)
        assert file.read() == WHOLE
    what = recordings.play(ana, info.id)
    with what.file:
        assert digest(what.file.read()) == what.digest


def test_giving_up_leaves_nothing_in_the_bucket(ana, s3):
    """Also what was put there and never told."""
    upload = sent(ana)
    where = uploads.address(ana, upload.id, 9, 5)
    assert s3_server.put(where.url, b"12345") == 200
    uploads.abandon(ana, upload.id)
    assert names(s3) == []


def test_other_storages_give_no_address(ana):
    """A folder takes nothing from browsers."""
    assert uploads.address(ana, begun(ana).id, 1, 5) is None


def test_boto3_is_loaded_by_an_s3_storage_alone():
    """Neither `work` nor a block brings it along."""
    code = (
        "import sys, django; django.setup(); import peer_xblocks.work.api.uploads; "
        "import peer_xblocks.blocks.role_play; "
        "sys.exit(any(name in sys.modules for name in ('boto3', 'storages', 'av')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
