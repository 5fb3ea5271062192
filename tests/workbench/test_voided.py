"""What counts no more, as the block shows it and as the platform asks for it."""

import json
from contextlib import suppress

import pytest
from conftest import ROLE_PLAY, Browser, Site, perform, words_of
from django.db import transaction
from test_role_play import TEXT, rate_and_release

from peer_xblocks.assessment.api import voids
from peer_xblocks.core.errors import ForbiddenError, NotFoundError
from peer_xblocks.records.models import Record
from peer_xblocks.standalone.models import Grade
from peer_xblocks.work.api import submissions


def voided() -> list[dict]:
    """The void records, as plain data."""
    rows = Record.objects.filter(kind="void").order_by("index")
    return [json.loads(bytes(row.canonical)) for row in rows]


def reset(site: Site, by: str = "ruth", whom: str = "amara") -> None:
    """Delete a learner's state as the platform does: the block is bound to nobody."""
    block = site.block("peer_role_play", ROLE_PLAY, by, "staff")
    ids = [str(site.user(name).pk) for name in (whom, by)]
    block.clear_student_state(ids[0], str(site.library.key), str(block.scope_ids.usage_id), ids[1])


def test_deleting_learner_state_appends_a_void(site: Site, amara: Browser):
    """What was handed in stays and counts no more; the grade goes; another try is open."""
    perform(amara, TEXT)
    rate_and_release(site)
    assert Grade.objects.get().earned == 1
    reset(site)
    (record,) = voided()
    assert (record["body"]["cause"], record["acting_as"]) == ("reset", "lead")
    assert not Grade.objects.exists()
    assert [one.status for one in submissions.mine(site.user("amara"), site.programme)] == [
        "voided"
    ]
    words = words_of(amara.unit(ROLE_PLAY).html)
    assert "This attempt counts no more" in words and "Do this scene again" in words
    perform(amara, TEXT)
    assert submissions.mine(site.user("amara"), site.programme)[0].attempt == 2


def test_a_reset_joins_the_platform_s_transaction(site: Site, amara: Browser):
    """When the platform gives up what it was doing, nothing was voided."""
    perform(amara, TEXT)

    class GivenUpError(Exception):
        """The platform failed after it called us."""

    with suppress(GivenUpError), transaction.atomic():
        reset(site)
        raise GivenUpError
    assert voided() == []
    assert submissions.mine(site.user("amara"), site.programme)[0].status == "waiting"


def test_a_reset_of_nothing_and_by_nobody(site: Site, amara: Browser):
    """Where nothing was handed in nothing is appended; nobody else may, nor for nobody."""
    reset(site)
    assert voided() == []
    perform(amara, TEXT)
    for by in ("amara", "ingrid", "farid"):
        with pytest.raises(ForbiddenError):
            reset(site, by)
    block = site.block("peer_role_play", ROLE_PLAY, "ruth", "staff")
    with pytest.raises(NotFoundError):
        block.clear_student_state("nobody", "x", "y", "z")
    assert voided() == []


def test_a_lead_s_reason_stands_in_the_block(site: Site, amara: Browser):
    """The trainee reads why, and not who."""
    perform(amara, TEXT)
    (one,) = submissions.mine(site.user("amara"), site.programme)
    voids.void(site.user("ruth"), one.id, "technical", "The page lost your last lines.", "v")
    words = words_of(amara.unit(ROLE_PLAY).html)
    assert "The page lost your last lines." in words and "Ruth" not in words
