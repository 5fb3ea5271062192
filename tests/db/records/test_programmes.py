"""Programmes, the people in them and the documents of their records."""

import hashlib

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from peer_xblocks.core.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from peer_xblocks.records.api import documents, people, programmes


def test_a_programme_is_found_by_its_name_and_by_its_course(programme):
    """Both look-ups give the same programme, with the origin of its log."""
    found = programmes.get(programme)
    assert found == programmes.for_course("course-v1:PeerXBlocks+PSS101+2026")
    assert found.origin == "log.example/peer-xblocks/pss-2026"
    assert programmes.for_course("course-v1:No+No+No") is None
    with pytest.raises(NotFoundError):
        programmes.get("nowhere")


def test_the_bodies_of_a_programme_come_by_name(programme):
    """A body has a key for records and a name for people."""
    assert programmes.bodies(programme) == (
        programmes.Body("example-board", "Example Certification Board"),
        programmes.Body("other-board", "Other Board"),
    )


def test_the_origin_follows_no_change_of_the_host(programme, settings):
    """The host is read when the log is made, and never again."""
    settings.PEER_XBLOCKS_LOG_HOST = "new.example"
    assert programmes.get(programme).origin == "log.example/peer-xblocks/pss-2026"


def test_a_site_without_a_host_makes_one_that_cannot_be_mistaken(db, settings):
    """Without the setting a log is named after a random host that can never exist."""
    settings.PEER_XBLOCKS_LOG_HOST = ""
    origin = programmes.create(None, "a", "A", "course-v1:A+A+A", {}).origin
    assert origin.startswith("standalone-")
    assert origin.endswith(".invalid/peer-xblocks/a")


def test_only_a_superuser_makes_a_programme(programme, operator, trainee):
    """Nobody has a grant in what does not exist yet."""
    assert programmes.create(operator, "b", "B", "course-v1:B+B+B", {}).slug == "b"
    with pytest.raises(ForbiddenError):
        programmes.create(trainee, "c", "C", "course-v1:C+C+C", {})


def test_a_programme_that_cannot_be_is_refused(programme):
    """The name is a slug, one for each programme and course, and a body keeps its name."""
    with pytest.raises(InvalidError) as refused:
        programmes.create(None, "No Slug", "", "", {"A B": ""})
    assert set(refused.value.problems) >= {"slug", "course_key", "bodies"}
    with pytest.raises(ConflictError):
        programmes.create(None, programme, "", "course-v1:C+C+C", {})
    with pytest.raises(ConflictError):
        programmes.create(None, "d", "", "course-v1:PeerXBlocks+PSS101+2026", {})
    with pytest.raises(ConflictError):
        programmes.create(None, "e", "", "course-v1:E+E+E", {"other-board": "Another name"})


def test_people_are_named_for_those_who_may_see_them(trainee, subject, programme):
    """A name is the account's; without an account somebody stays somebody."""
    assert people.name(subject) == "Ana"
    assert people.names([subject, "system", "urn:x"])["urn:x"] == "someone"
    User.objects.filter(pk=trainee.pk).delete()
    assert people.name(subject) == "someone"


def test_a_person_of_no_programme_is_not_found(programme, trainee):
    """There is no id in a programme that does not exist."""
    with pytest.raises(NotFoundError):
        people.urn(trainee, "nowhere")


def test_a_document_is_kept_once_under_its_digest(db):
    """The same bytes are the same document; other digests give nothing."""
    data = bytes(range(256)) * 300
    assert documents.put(data) == documents.put(data) == hashlib.sha256(data).hexdigest()
    assert documents.get(hashlib.sha256(data).hexdigest()) == data
    with pytest.raises(NotFoundError):
        documents.get("0" * 64)


def test_the_migrations_say_what_the_models_say(db):
    """No change of a model is without its migration."""
    call_command("makemigrations", "peer_xblocks_records", check=True, dry_run=True, verbosity=0)
