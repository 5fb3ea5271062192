"""No word of the actor's card, the assessor's guide or the rubric before release."""

from typing import Any

from conftest import ROLE_PLAY, Browser, Site, words_of
from pydantic import BaseModel


def sentences_of(value: Any) -> set[str]:
    """Every longer text inside a value, cut to what survives rendering."""
    if isinstance(value, BaseModel):
        return set().union(*(sentences_of(getattr(value, n)) for n in type(value).model_fields))
    if isinstance(value, tuple):
        return set().union(*map(sentences_of, value)) if value else set()
    if isinstance(value, str):
        lines = [line.strip(" -*>\"'") for line in value.splitlines()]
        return {line for line in lines if len(line) > 24}
    return set()


def secrets_of(role_play: Any) -> set[str]:
    """What trainees must not see, without what they are told anyway."""
    told = sentences_of(role_play.scenario.trainee_view())
    hidden = (
        sentences_of(role_play.scenario.actor)
        | sentences_of(role_play.scenario.assessor)
        | sentences_of(role_play.rubric.criteria)
    )
    return {one for one in hidden if not any(one in other for other in told)}


def check_free(secrets: set[str], shown: str, where: str) -> None:
    """Fail when any of the secrets stands in what was shown, as text or escaped."""
    plain = words_of(shown).replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&")
    for secret in secrets:
        assert secret not in plain, f"{where}: {secret}"
        assert secret not in shown, f"{where}: {secret}"


def everything_shown(site: Site, amara: Browser):
    """Every page and fragment on a trainee's way, the refused ones too."""
    yield "note", amara.unit(ROLE_PLAY).html
    yield "brief", amara.send(amara.form("go"), go="brief").html
    yield "bad mode", amara.send(amara.form("begin"), mode="prompted").html
    amara.unit(ROLE_PLAY)
    amara.send(amara.form("go"), go="brief")
    yield "partner", amara.send(amara.form("begin"), mode="with_partner").html
    yield "link", amara.send(amara.form("partner"), do="make").html
    amara.unit(ROLE_PLAY)
    yield "no file", amara.send(amara.form("upload")).html
    amara.unit(ROLE_PLAY)
    amara.send(amara.form("go"), go="brief")
    yield "in the room", amara.send(amara.form("begin"), mode="observed_live").html
    yield "written", amara.send(amara.form("begin"), mode="written").html
    yield "empty", amara.send(amara.form("say"), reply="", go="reflect").html
    yield "said", amara.send(amara.form("say"), reply="Hello.", go="").html
    yield "reflect", amara.send(amara.form("say"), reply="Bye.", go="reflect").html
    yield "hand in", amara.send(amara.form("keep"), go="hand_in").html
    yield "handed in", amara.send(amara.form("hand_in")).html
    yield "waiting", amara.unit(ROLE_PLAY).html
    yield "outline", amara.open("/course/").html
    yield "record", amara.open(f"/peer_xblocks/me/{site.programme}/").html


def test_no_secret_on_a_trainees_way(site: Site, amara: Browser):
    """Each page, each fragment and each refusal between the content note and the waiting."""
    secrets = secrets_of(site.block("peer_role_play", ROLE_PLAY).role_play)
    assert len(secrets) > 40
    for where, shown in everything_shown(site, amara):
        check_free(secrets, shown, where)


def test_no_secret_in_views_for_others(site: Site):
    """The public view, Studio's preview, the mobile data and the search index."""
    block = site.block("peer_role_play", ROLE_PLAY)
    secrets = secrets_of(block.role_play)
    for view in ("public_view", "author_view", "student_view"):
        check_free(secrets, block.render(view).content, view)
    check_free(secrets, str(block.student_view_data()), "student_view_data")
    check_free(secrets, str(block.index_dictionary()), "index_dictionary")


def test_the_test_would_notice(site: Site):
    """The same check finds the secrets in the editor, where an author sees them."""
    block = site.block("peer_role_play", ROLE_PLAY)
    shown = block.render("studio_view").content
    assert block.role_play.scenario.actor.name in shown
    assert block.role_play.rubric.criteria[0].behaviours[0].text[:30] in words_of(shown)
