"""Who gets through a handler's door.

Every handler of every block, every way in that must be closed.
"""

import crum
import pytest
from conftest import DIALOGUE, LESSON, PLAN, ROLE_PLAY, Site
from django.test import Client, RequestFactory
from webob import Request

from peer_xblocks.blocks.dialogue import DialogueBlock
from peer_xblocks.blocks.lesson import LessonBlock
from peer_xblocks.blocks.plan import PlanBlock
from peer_xblocks.blocks.portfolio import PortfolioBlock
from peer_xblocks.blocks.role_play import RolePlayBlock
from peer_xblocks.standalone.models import FieldData

BLOCKS = {
    "peer_lesson": (LessonBlock, LESSON),
    "peer_dialogue": (DialogueBlock, DIALOGUE),
    "peer_plan": (PlanBlock, PLAN),
    "peer_role_play": (RolePlayBlock, ROLE_PLAY),
    "peer_portfolio": (PortfolioBlock, "portfolio"),
}
OF_AUTHORS = ("preview_source", "save_source")


def handlers_of(block_class) -> list[str]:
    """Every handler that a platform would find on a class."""
    names = (name for name in dir(block_class) if not name.startswith("__"))
    return [n for n in names if getattr(getattr(block_class, n), "_is_xblock_handler", False)]


HANDLERS = [(tag, name) for tag, (cls, _) in BLOCKS.items() for name in handlers_of(cls)]


def call(site: Site, tag: str, name: str, path: str, actor: str | None, method: str = "POST"):
    """Call a handler as a platform does, with `actor` as the real person of the request."""
    block = site.block(tag, BLOCKS[tag][1])
    request = RequestFactory().post(path)
    if actor is not None:
        request.user = site.user(actor)
    crum.set_current_request(request)
    try:
        environ = {"REQUEST_METHOD": method, "wsgi.input": None, "CONTENT_LENGTH": "0"}
        return block.runtime.handle(block, name, Request.blank(path, environ=environ))
    finally:
        crum.set_current_request(None)


def test_there_are_handlers_to_test():
    """The list below is not empty by accident."""
    assert {name for _tag, name in HANDLERS} >= {"answer", "reflect", "hand_in", "save_source"}


@pytest.mark.parametrize(("tag", "name"), HANDLERS)
@pytest.mark.parametrize("door", ["handler_noauth", "unauth_handler"])
def test_the_open_door_is_closed(site: Site, tag: str, name: str, door: str):
    """Through the platform's door without login and token nothing happens, even for the person
    themselves.
    """
    answer = call(site, tag, name, f"/courses/x/xblock/y/{door}/{name}", "amara")
    assert answer.status_code == 403
    assert not FieldData.objects.exists()


@pytest.mark.parametrize("run", ["thirdparty", "handler_noauth-1", "unauth_handlers"])
def test_a_course_may_be_called_like_a_door(site: Site, run: str):
    """Only a step of the address is a door: in such a course a form is read, and misses a part."""
    path = f"/courses/course-v1:A+B+{run}/xblock/block-v1:A+B+{run}+x/handler/hand_in"
    assert call(site, "peer_role_play", "hand_in", path, "amara").status_code == 422


@pytest.mark.parametrize(("tag", "name"), HANDLERS)
def test_nobody_and_somebody_else_are_refused(site: Site, tag: str, name: str):
    """No real person, or staff who view as the learner: refused."""
    for actor in (None, "ruth"):
        assert call(site, tag, name, f"/handler/{name}", actor).status_code == 403
    assert not FieldData.objects.exists()


@pytest.mark.parametrize(("tag", "name"), HANDLERS)
def test_reading_never_writes(site: Site, tag: str, name: str):
    """A GET is answered with 405, whoever asks."""
    assert call(site, tag, name, f"/handler/{name}", "amara", "GET").status_code == 405


@pytest.mark.parametrize(("tag", "name"), HANDLERS)
def test_who_has_no_such_role_is_refused(site: Site, tag: str, name: str):
    """An assessor is no trainee, a trainee no author: 403 and a sentence, no traceback."""
    url_name = BLOCKS[tag][1]
    person = "amara" if name in OF_AUTHORS else "ingrid"
    browser = site.browser(person)
    answer = browser.client.post(f"/handler/{site.usage(tag, url_name)}/{name}")
    assert answer.status_code == 403
    assert "Traceback" not in answer.content.decode()


@pytest.mark.parametrize(("tag", "name"), HANDLERS)
def test_the_site_wants_a_session_and_a_token(site: Site, tag: str, name: str):
    """Without signing in: to the sign-in page. Signed in without a token: 403."""
    address = f"/handler/{site.usage(tag, BLOCKS[tag][1])}/{name}"
    assert Client().post(address).status_code == 302
    assert site.browser("amara", csrf=True).client.post(address).status_code == 403


def test_an_unknown_block_or_handler_is_not_there(site: Site):
    """A made-up handler, block, key or course answers 404, and never 500."""
    client = site.browser("amara").client
    usage = site.usage("peer_lesson", LESSON)
    for address in (
        f"/handler/{usage}/no-such",
        f"/handler/{usage}/student_view",
        f"/handler/{usage}/runtime",
        f"/handler/{site.usage('peer_lesson', 'no-such')}/answer",
        f"/handler/{site.usage('no_such_block', LESSON)}/answer",
        "/handler/nonsense/answer",
        "/handler/block-v1:A+B+C+type@peer_lesson+block@x/answer",
    ):
        assert client.post(address).status_code == 404, address


def test_a_name_in_the_address_changes_nothing(site: Site):
    """`?student=` means nothing: whoever is signed in stays themselves."""
    amara = site.browser("amara")
    amara.open(f"/course/unit-{LESSON}/?student=luis&user=luis")
    amara.send(amara.form("reflect"), text="Still Amara, 4402")
    assert "4402" not in site.browser("luis").unit(LESSON).html


def test_a_person_without_a_role_sees_no_course(site: Site, django_user_model):
    """An account without any grant gets the same 404 on each page of the course."""
    client = Client()
    client.force_login(django_user_model.objects.create_user("nobody"))
    for address in ("/course/", f"/course/unit-{LESSON}/"):
        assert client.get(address).status_code == 404
    answer = client.post(f"/handler/{site.usage('peer_lesson', LESSON)}/answer")
    assert answer.status_code == 404
