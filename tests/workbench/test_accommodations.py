"""What a trainee may do otherwise, on the page of a role play."""

from conftest import ROLE_PLAY, Browser, Site, look_over, open_scene, words_of
from test_prompted import add_file
from test_role_play import TEXT

from peer_xblocks.work.api import accommodations, for_assessment, submissions
from peer_xblocks.work.values import Condition


def test_the_recorder_has_the_time_that_was_granted(site: Site, amara: Browser):
    """Told to this trainee in words and to the recorder as a limit; others have what all have."""
    trainee = site.user("amara").pk
    accommodations.grant(site.user("ruth"), trainee, site.programme, 50, "")
    open_scene(amara, mode="with_partner")
    assert "At most 45 minutes and 300 MB" in words_of(amara.html)
    assert 'data-minutes="45"' in amara.html
    luis = open_scene(site.browser("luis"), mode="with_partner")
    assert 'data-minutes="30"' in luis.html


def test_the_scene_says_what_is_free_to_all(site: Site, amara: Browser):
    """Notes, signs, writing and breaks, and the way to more time, before anything is chosen."""
    amara.unit(ROLE_PLAY)
    amara.send(amara.form("go"), go="brief")
    assert "You need not ask, and nobody asks you why." in amara.html
    assert f'href="/peer_xblocks/me/{site.programme}/accommodations/"' in amara.html


def test_trainers_are_told_what_the_trainee_wants_them_to_know(site: Site, amara: Browser):
    """Ticked when handing in; nonsense beside it is no condition."""
    look_over(amara, TEXT)
    amara.send(amara.form("hand_in"), condition=["notes", "tired"])
    made = submissions.mine(site.user("amara"), site.programme)[0]
    assert for_assessment.performance(made.id).conditions == (Condition.NOTES,)


def test_a_tick_outlives_a_refusal(amara: Browser):
    """What was ticked stands in the form again when something else is missing."""
    open_scene(amara, mode="prompted")
    add_file(amara)
    amara.send(amara.form("keep"), go="reflect")
    amara.send(amara.form("keep"), go="hand_in")
    amara.send(amara.form("hand_in"), condition=["signed"])
    assert amara.status == 422
    assert 'value="signed" checked' in amara.html
