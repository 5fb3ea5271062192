"""The site's own pages.

Signing in, the outline, the way through, and what is played only elsewhere.
"""

import importlib
import re
import tarfile
from pathlib import Path

import pytest
import yaml
from conftest import LESSON, Browser, Site, words_of
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from peer_xblocks.authoring import library
from peer_xblocks.standalone.people import PEOPLE


def test_everyone_seeded_can_sign_in_with_one_click(site: Site):
    """Each button is a form with a token; posting it signs in and leads to that person's work."""
    for person in PEOPLE:
        client = Client(enforce_csrf_checks=True)
        page = client.get("/sign-in").content.decode()
        assert person.name in page
        token = client.cookies["csrftoken"].value
        fields = {"person": person.username, "csrfmiddlewaretoken": token}
        answer = client.post("/sign-in", fields)
        assert answer.status_code == 302
        home = client.get("/", follow=True)
        assert home.status_code == 200, person
        assert person.name in home.content.decode()


def test_signing_in_needs_the_token(site: Site):
    """A post from another site is refused."""
    answer = Client(enforce_csrf_checks=True).post("/sign-in", {"person": "amara"})
    assert answer.status_code == 403


def test_only_seeded_people_sign_in_with_a_click(site: Site, django_user_model):
    """Another account, even an operator's, has no button and cannot be posted."""
    django_user_model.objects.create_superuser("root")
    client = Client()
    for name in ("root", "nobody", ""):
        client.post("/sign-in", {"person": name})
        assert "_auth_user_id" not in client.session


def test_signing_in_leads_nowhere_else(site: Site):
    """An address of another site in `next` is ignored; one of ours is followed."""
    away = Client().post("/sign-in", {"person": "amara", "next": "https://example.org/"})
    assert away["Location"] == "/"
    ours = Client().post("/sign-in", {"person": "amara", "next": f"/course/unit-{LESSON}/"})
    assert ours["Location"] == f"/course/unit-{LESSON}/"


def test_one_click_sign_in_exists_in_this_site_alone(settings):
    """Under other settings the module does not even import."""
    from peer_xblocks.standalone.views import sign_in

    del settings.PEER_XBLOCKS_STANDALONE
    with pytest.raises(ImproperlyConfigured):
        importlib.reload(sign_in)


def test_signing_out_ends_the_session(site: Site, amara: Browser):
    """After signing out the course asks to sign in; a GET does not sign out."""
    assert amara.client.get("/sign-out").status_code == 405
    amara.client.post("/sign-out")
    assert amara.client.get("/course/").status_code == 302


def test_every_unit_opens(site: Site, amara: Browser):
    """Each unit of the course answers, with the way to the one before and the one after."""
    units = site.library.units(for_staff=False)
    for place, unit in enumerate(units):
        amara.open(f"/course/{unit.url_name}/")
        assert amara.status == 200
        assert ('rel="prev"' in amara.html) == (place > 0)
        assert ('rel="next"' in amara.html) == (place + 1 < len(units))


def test_the_outline_shows_how_far_one_came(site: Site, amara: Browser):
    """A finished lesson is done in the outline, and the next one is offered."""
    lesson = site.block("peer_lesson", LESSON).lesson
    for check in lesson.checks:
        amara.unit(LESSON)
        amara.send(amara.form("answer", check.id), option=list(check.right))
    amara.unit(LESSON)
    amara.send(amara.form("finish"))
    words = words_of(amara.open("/course/").html)
    assert f"1 of {len(site.library.units(for_staff=False))} done" in words
    assert "Go on with:" in words
    assert f"{len(lesson.checks)} of {len(lesson.checks)} checks" in words


def test_a_module_is_folded_unless_the_way_leads_through_it(amara: Browser):
    """Only the module where somebody goes on is open; each says how much of it is done."""
    html = amara.open("/course/").html
    parts = re.findall(r'<details class="px-chapter"( open)?>(.*?)</details>', html, re.DOTALL)
    assert [bool(is_open) for is_open, _ in parts] == [True] + [False] * (len(parts) - 1)
    units = [text.count("px-unit") for _is_open, text in parts]
    told = [re.search(r"0 of (\d+)", text) for _is_open, text in parts]
    assert units == [int(found[1]) for found in told if found]


def test_who_is_no_trainee_is_told_no_progress(site: Site):
    """A lead reads the course; it does not count what of it they have done."""
    words = words_of(site.browser("ingrid").open("/course/").html)
    assert not re.search(r"\d of \d+ done", words)
    assert "Begin with" not in words and "been through everything" not in words
    assert "Nothing I am good at" in words


def test_an_unknown_unit_is_not_there(amara: Browser):
    """A made-up unit answers 404 with a sentence."""
    amara.open("/course/no-such/")
    assert amara.status == 404
    assert "nothing here for you" in words_of(amara.html)


def test_other_archives_play_as_far_as_they_can(site: Site, amara: Browser, settings, tmp_path):
    """Text of an html block is shown without its scripts; a tag that we do not play is named."""
    settings.PEER_XBLOCKS_ARCHIVE = str(
        with_foreign_blocks(Path(settings.PEER_XBLOCKS_ARCHIVE), tmp_path)
    )
    amara.unit(LESSON)
    assert "Hello from elsewhere" in amara.html
    assert "alert(1)" not in amara.html
    assert "“drag-and-drop-v2”" in amara.html
    assert site.block("peer_lesson", LESSON).lesson.title in amara.html


def with_foreign_blocks(archive: Path, folder: Path) -> Path:
    """The archive with an html block and somebody else's block in the unit of a lesson."""
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    (first,) = folder.rglob(f"vertical/unit-{LESSON}.xml")
    more = (
        "<html url_name='h'>&lt;p onclick='x'&gt;Hello from elsewhere&lt;/p&gt;"
        "&lt;script&gt;alert(1)&lt;/script&gt;</html><drag-and-drop-v2 url_name='d'/></vertical>"
    )
    first.write_text(first.read_text().replace("</vertical>", more))
    made = folder / "foreign.tar.gz"
    with tarfile.open(made, "w:gz") as packed:
        packed.add(next(folder.glob("*/course.xml")).parent, "course")
    return made


def test_a_link_inside_the_course_leads_to_its_unit(amara: Browser):
    """A link of one lesson to another goes where Open edX would go."""
    amara.open("/jump_to_id/strengths-setbacks")
    assert amara.answer.headers["Location"] == "/course/unit-strengths-setbacks/"
    assert amara.open("/jump_to_id/nothing-of-that-name").status == 404


def test_the_outline_says_what_each_unit_is(amara: Browser):
    """Lessons are called lessons and role plays role plays, whatever the grading policy says."""
    html = amara.open("/course/").html
    folder = library.curriculum()
    listed = yaml.safe_load((folder / "course.yaml").read_text())["modules"]
    modules = [yaml.safe_load((folder / one / "module.yaml").read_text()) for one in listed]
    assert html.count(">Lesson · about") == sum(len(one["lessons"]) for one in modules)
    assert html.count(">Role play · about") == sum(len(one["role_plays"]) for one in modules)


def test_the_outline_says_where_to_turn(amara: Browser):
    """The course's own overview stands on its first page, with the line for a hard day."""
    assert "988" in amara.open("/course/").html
