"""Packs: every one that is written verifies, and says what is opened, withheld and erased."""

import hashlib
import uuid
import zipfile
from pathlib import Path

import pytest
from django.utils import timezone

from peer_xblocks.core.errors import ConflictError, NotFoundError
from peer_xblocks.core.record import Role
from peer_xblocks.evidence.verify import verify_pack
from peer_xblocks.records.api import audit, checkpoints, documents, erasure, people
from tests.db.records.conftest import appended, consent, hours, release, submission


def urn() -> str:
    """A fresh id."""
    return f"urn:uuid:{uuid.uuid4()}"


@pytest.fixture
def packed(programme, auditor, tmp_path):
    """Writes a pack and verifies it against the log's key; gives the report and the path."""

    def write(**wanted):
        path = tmp_path / f"{uuid.uuid4()}.zip"
        with audit.write_pack(auditor, programme, **wanted) as file:
            path.write_bytes(file.read())
        report = verify_pack(path, [checkpoints.latest(programme).vkey])
        assert [str(problem) for problem in report.problems] == []
        assert report.exit_code == 0
        return report, path

    return write


def members(path: Path) -> set[str]:
    """The names in a zip."""
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def test_a_pack_opens_what_is_open_and_lists_what_is_withheld(programme, subject, packed, person):
    """The report counts both, over all subjects."""
    first, ben = urn(), people.urn(person("ben", Role.TRAINEE), programme)
    appended(programme, submission(subject, first), hours(ben), consent(subject, first))
    appended(programme, hours(subject), release(subject, ben, first))
    checkpoints.publish(programme)
    appended(programme, hours(subject))
    report, _path = packed()
    assert report.summary == "opened 4 of 6, withheld 2, erased 0"
    assert set(report.subjects) == {subject, ben}


def test_a_pack_of_one_subject_touches_no_other(programme, subject, packed, person):
    """The others are not even listed."""
    ben = people.urn(person("ben", Role.TRAINEE), programme)
    appended(programme, hours(subject), hours(ben), consent(ben))
    checkpoints.publish(programme)
    report, _path = packed(subject=subject)
    assert report.summary == "opened 1 of 2, withheld 1, erased 0"
    assert report.subjects == (subject,)
    with pytest.raises(NotFoundError):
        packed(subject=urn())


def test_a_pack_of_a_period_holds_the_whole_of_each_subject_in_it(
    programme, subject, packed, person
):
    """Who has one record in the period is there with all, so that nothing can be left out."""
    ben = people.urn(person("ben", Role.TRAINEE), programme)
    appended(programme, hours(subject), hours(ben), consent(subject), consent(ben))
    middle = timezone.now()
    appended(programme, hours(subject))
    checkpoints.publish(programme)
    report, _path = packed(since=middle)
    assert (report.subjects, report.opened) == ((subject,), 4)
    assert packed(until=middle)[0].opened == 6


def test_documents_of_opened_records_come_along(programme, subject, packed):
    """What is kept and named by an opened record is in the pack, and no recording is missed."""
    open_one, closed_one = urn(), urn()
    rubric, secret = documents.put(b'{"rubric":1}'), documents.put(b"not for you")
    elsewhere = hashlib.sha256(b"a recording").hexdigest()
    appended(
        programme,
        submission(subject, open_one, rubric=rubric, performance=elsewhere),
        consent(subject, open_one),
        submission(subject, closed_one, performance=secret),
    )
    checkpoints.publish(programme)
    report, path = packed()
    assert (report.documents_present, report.documents_absent) == (1, 1)
    assert {name for name in members(path) if name.startswith("documents/")} == {
        f"documents/{rubric}"
    }


def test_what_is_erased_is_listed_as_erased(programme, subject, packed, operator):
    """An erasure under the checkpoint is named by its entry, which is in the pack."""
    made = appended(programme, consent(subject), hours(subject), hours(subject), hours(subject))
    checkpoints.publish(programme)
    erasure.erase(operator, programme, [made[1].id, made[3].id], "asked", now=True)
    checkpoints.publish(programme)
    report, path = packed()
    assert report.summary == "opened 4 of 6, withheld 0, erased 2"
    assert {"erased", "erasures"} <= members(path)


def test_what_was_erased_since_the_checkpoint_is_withheld(programme, subject, packed, operator):
    """As long as no signed entry says that it is gone, it counts as not shown."""
    made = appended(programme, consent(subject), hours(subject), hours(subject))
    checkpoints.publish(programme)
    erasure.erase(operator, programme, [made[1].id], "asked", now=True)
    report, path = packed()
    assert report.summary == "opened 3 of 4, withheld 1, erased 0"
    assert "erased" not in members(path)


def test_a_pack_over_many_batches_and_tiles_verifies(programme, subject, packed, person, operator):
    """Some thousand records with several checkpoints, erasures and people hold together."""
    ben = people.urn(person("ben", Role.TRAINEE), programme)
    appended(programme, consent(subject))
    for _round in range(3):
        made = appended(programme, *(hours(one) for _ in range(210) for one in (subject, ben)))
        checkpoints.publish(programme)
        erasure.erase(operator, programme, [made[10].id, made[11].id], "asked", now=True)
    checkpoints.publish(programme)
    report, _path = packed()
    assert report.summary == "opened 632 of 1265, withheld 627, erased 6"


def test_before_the_first_checkpoint_there_is_no_pack(programme, subject, auditor):
    """Nothing is proved before anything was signed."""
    appended(programme, hours(subject))
    with pytest.raises(ConflictError):
        audit.write_pack(auditor, programme)
