"""Rating oneself in the block: on one's own asking, for oneself, compared after the release."""

import io
import zipfile
from typing import Any

from conftest import ROLE_PLAY, Browser, Site, look_over, perform, words_of
from test_canary import check_free, secrets_of, sentences_of
from test_role_play import TEXT, rate_and_release

from peer_xblocks.blocks.person import place_of
from peer_xblocks.core.rubric import BehaviourKind
from peer_xblocks.core.self_rating import ticks_of
from peer_xblocks.records.models import Document, Record
from peer_xblocks.work.api import drafts, self_ratings, submissions
from peer_xblocks.work.models import SelfRatingRecord


def opened(browser: Browser) -> Browser:
    """Perform the scene and open the list before handing in."""
    look_over(browser, TEXT)
    return browser.send(browser.form("rate_self"))


def rubric_of(site: Site) -> Any:
    """The rubric of the scene."""
    return site.block("peer_role_play", ROLE_PLAY).role_play.rubric


def ticks(criterion: Any, *kinds: BehaviourKind) -> dict[str, list[str]]:
    """The form's fields for every behaviour of these kinds."""
    return {f"c-{criterion.id}-b": [b.id for b in criterion.behaviours if b.kind in kinds]}


def test_the_list_shows_only_on_asking_and_after_performing(site: Site, amara: Browser):
    """The page before it holds none of it; nothing performed, nothing to see, whoever asks how."""
    secrets = secrets_of(site.block("peer_role_play", ROLE_PLAY).role_play)
    behaviours = {b.text for c in rubric_of(site).criteria for b in c.behaviours}
    usage = site.usage("peer_role_play", ROLE_PLAY)
    scripted = {"HTTP_X_REQUESTED_WITH": "peer-xblocks"}
    early = amara.client.post(f"/handler/{usage}/rate_self", {}, **scripted)
    assert early.status_code == 422
    check_free(secrets, early.content.decode(), "before performing")
    look_over(amara, TEXT)
    check_free(secrets, amara.html, "before opening")
    amara.send(amara.form("rate_self"))
    words = words_of(amara.html).replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&")
    assert all(one in words for one in behaviours)
    assert "Only you see this" in words
    check_free(secrets - all_of_rubric(site), amara.html, "the list")


def all_of_rubric(site: Site) -> set[str]:
    """Every longer sentence of the rubric's criteria."""
    return sentences_of(rubric_of(site).criteria)


def test_ticks_come_to_levels_and_are_kept(site: Site, amara: Browser):
    """Without script the levels come with saving; the ticks are there again; nothing else is."""
    opened(amara)
    first, second, third = rubric_of(site).criteria[:3]
    fields = {
        **ticks(first, BehaviourKind.BASIC),
        **ticks(second, BehaviourKind.HARMFUL, BehaviourKind.BASIC),
        f"c-{third.id}-none": "on",
    }
    amara.send(amara.form("keep_self_rating"), script=False, go="levels", **fields)
    words = words_of(amara.html)
    for sentence in (
        "Level 3 All of the basics, and nothing harmful.",
        "Level 1 Something harmful is ticked.",
        "No level There was no opportunity to see this",
        "Open Nothing is ticked yet.",
        "Kept for you.",
    ):
        assert sentence in words, sentence
    assert amara.html.count(" checked") == sum(
        len(f) if isinstance(f, list) else 1 for f in fields.values()
    )
    row = SelfRatingRecord.objects.get()
    assert (row.rubric_sha256, row.version) == (rubric_of(site).digest, 1)


def test_a_late_save_is_shown_beside(site: Site, amara: Browser):
    """From another page: 409, the ticks as they stand, and the late ones beside them."""
    opened(amara)
    form = amara.form("keep_self_rating")
    first = rubric_of(site).criteria[0]
    amara.send(form, **ticks(first, BehaviourKind.BASIC))
    assert "checked" not in amara.html and "Kept" in amara.html  # an autosave: only its line
    amara.send(form, **ticks(first, BehaviourKind.ADVANCED))
    assert amara.status == 409
    assert "Other ticks of yours, kept" in words_of(amara.html)
    assert amara.html.count(" checked") == len(first.of_kind(BehaviourKind.BASIC))


def test_after_looking_the_performance_stays_as_it_is(site: Site, amara: Browser):
    """No handler changes it; it is handed in, or the scene is done over."""
    opened(amara)
    usage = site.usage("peer_role_play", ROLE_PLAY)
    scripted = {"HTTP_X_REQUESTED_WITH": "peer-xblocks"}
    place = amara.unit(ROLE_PLAY)
    assert "stays as it is" in place.html and 'name="reply"' not in place.html
    user = site.user("amara")
    where = site.block("peer_role_play", ROLE_PLAY)
    before = drafts.get(user, place_of(where))
    for handler, fields in (
        ("say", {"reply": "More."}),
        ("begin", {"mode": "with_partner"}),
        ("keep", {"text": before.text.replace("No is fine.", "Take your time.")}),
    ):
        fields |= {"version": str(before.version)}
        answer = amara.client.post(f"/handler/{usage}/{handler}", fields, **scripted)
        assert answer.status_code == 409, handler
    assert drafts.get(user, place_of(where)) == before
    form = amara.form("rate_self")
    form.action = form.action.replace("/rate_self", "/start_over")
    amara.send(form)
    assert amara.status == 200 and 'name="reply"' in amara.html
    assert "before you did the scene over" in amara.html
    assert "No is fine." not in drafts.get(user, place_of(where)).text


def test_own_ticks_stand_beside_the_result(site: Site, amara: Browser):
    """In the block and on the page of the result, for its trainee; and in no pack, nor for anyone
    else.
    """
    opened(amara)
    first = rubric_of(site).criteria[0]
    advanced = first.of_kind(BehaviourKind.ADVANCED)[0]
    fields = {f"c-{first.id}-b": [first.of_kind(BehaviourKind.BASIC)[0].id, advanced.id]}
    amara.send(amara.form("keep_self_rating"), go="hand_in", **fields)
    amara.send(amara.form("hand_in"), body=["example-board"])
    assert "It is handed in" in amara.html
    rate_and_release(site)
    (own,) = submissions.mine(site.user("amara"), site.programme)
    for html in (
        amara.unit(ROLE_PLAY).html,
        amara.open(f"/peer_xblocks/me/submission/{own.id}/").html,
    ):
        words = words_of(html)
        assert "Where you and the raters agree and differ" in words
        assert "You: Level 2 · The result: Level 3" in words
        assert "You ticked, and no rater" in words
    texts = [bytes(one.canonical).decode() for one in Record.objects.all()]
    assert not any(advanced.id in one for one in texts)
    kept = SelfRatingRecord.objects.get().ticks.encode()
    assert holds(bytes_of_ticks(site, own), kept)  # so that what is looked for would be found
    own_ticks = bytes_of_ticks(site, own)
    assert not any(holds(own_ticks, bytes(one.data)) for one in Document.objects.all())
    for name in ("ruth", "ingrid", "farid", "luis"):
        assert self_ratings.of_submission(site.user(name), own.id) is None
    farid = site.browser("farid").client
    pack = farid.get(f"/peer_xblocks/audit/{site.programme}/pack/")
    body = b"".join(pack.streaming_content) if pack.streaming else pack.content
    with zipfile.ZipFile(io.BytesIO(body)) as held:
        members = {name: held.read(name) for name in held.namelist()}
    assert own.record_id.encode() in b"".join(members.values())
    assert not any(holds(own_ticks, one) for one in members.values())
    case = site.browser("ruth").open(f"/peer_xblocks/lead/{own.id}/").html
    assert "Where you and the raters" not in case and advanced.text not in case


def bytes_of_ticks(site: Site, own: Any) -> bytes:
    """How the own ticks of a submission would be recognised: both ids in a row."""
    ticked = self_ratings.of_submission(site.user("amara"), own.id).ticks
    assert ticked == ticks_of(rubric_of(site), ticked)
    return b",".join(f'"{one}"'.encode() for one in ticked[0].behaviours)


def holds(ticked: bytes, data: bytes) -> bool:
    """Whether data holds these ticks, however its JSON is spaced."""
    return ticked in data.replace(b", ", b",")


def test_without_rating_oneself_nothing_stands_beside(site: Site, amara: Browser):
    """It is optional: who did not is shown the result alone."""
    perform(amara, TEXT)
    rate_and_release(site)
    assert "agree and differ" not in amara.unit(ROLE_PLAY).html
    assert not SelfRatingRecord.objects.exists()
