"""The course's own pictures on the embedded site, under the address that Open edX gives them."""

from contextlib import closing

from conftest import Browser, Site
from django.test import Client


def test_a_picture_of_the_course_is_served_to_its_people(site: Site, amara: Browser):
    """A file of `static` comes as it is, and may do nothing but be looked at."""
    answer = amara.client.get("/static/course_image.png")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer.content == site.library.static["course_image.png"]
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_strangers_get_the_sites_own_files_alone(site: Site):
    """The stylesheet is for everybody, the pictures of the course are not."""
    stranger = Client()
    with closing(stranger.get("/static/peer_xblocks/site.css")) as answer:
        assert answer.status_code == 200
    assert stranger.get("/static/course_image.png").status_code == 404
