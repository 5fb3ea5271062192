"""Every page of every person on a phone and on a desk: nothing sticks out, targets are large."""

from collections.abc import Callable

import layout
import pytest
import shots
from course_text import lessons, role_play, ticks_of
from people import Assessor, Auditor, Lead, Person, Trainee
from playwright.sync_api import Page, expect
from sites import Site

FIRST, SECOND = role_play("nothing-i-am-good-at"), role_play("back-to-drinking")
TICKS = ticks_of("nothing-i-am-good-at-strong")
TALK = "Me: Stay, please.\n\nMe: I'm Toni, one of the peer supporters here."
BOARD = "Example Certification Board"
ME, LOG = "/peer_xblocks/me/pss-2026/", "/peer_xblocks/log/pss-2026/"
AUDIT = "/peer_xblocks/audit/pss-2026/"
RATINGS = "/peer_xblocks/lead/pss-2026/ratings/"

PAGES = [
    ("nobody", "/"),
    ("Amara Okonkwo", "/course/"),
    *[("Amara Okonkwo", f"/course/unit-{one.url_name}/") for one in lessons()],
    ("Amara Okonkwo", "result in the course"),
    ("Amara Okonkwo", "scene not begun"),
    ("Amara Okonkwo", "result"),
    ("Amara Okonkwo", ME),
    ("Amara Okonkwo", "/course/nothing-here/"),
    ("Amara Okonkwo", "/peer_xblocks/assess/"),
    ("Luis Herrera Vega", "handed in"),
    ("Luis Herrera Vega", ME),
    ("Ingrid Solberg", "/peer_xblocks/assess/"),
    ("Ingrid Solberg", "desk"),
    ("Ingrid Solberg", "review"),
    ("Ingrid Solberg", "/course/"),
    ("Ingrid Solberg", "scene not begun"),
    ("Tomás Reyes", "/peer_xblocks/assess/"),
    ("Ruth Abernathy", "/peer_xblocks/lead/"),
    ("Ruth Abernathy", "case"),
    ("Ruth Abernathy", RATINGS),
    ("Ruth Abernathy", f"{RATINGS}?names=1"),
    ("Ruth Abernathy", f"{RATINGS}?since=never"),
    ("Farid Haddad", AUDIT),
    ("Farid Haddad", f"{AUDIT}?kind=rating"),
    ("Farid Haddad", f"{AUDIT}?since=never"),
    ("Farid Haddad", "record"),
]


@pytest.fixture(scope="module")
def people(site: Site, opened: Callable[..., Page]) -> dict[str, Person]:
    """Everybody, signed in, on a site where something has happened."""
    kinds = {"Amara": Trainee, "Luis": Trainee, "Ruth": Lead, "Farid": Auditor}
    everybody: dict[str, Person] = {"nobody": Person(opened(), site)}
    for name in dict.fromkeys(name for name, _place in PAGES if name != "nobody"):
        kind = kinds.get(name.split()[0], Assessor)
        everybody[name] = kind(opened(), site)
        everybody[name].sign_in(name)
    return everybody


@pytest.fixture(scope="module")
def places(people: dict[str, Person]) -> dict[str, str]:
    """A result that was released, and one performance at the desk; the addresses of both."""
    amara, luis = people["Amara Okonkwo"], people["Luis Herrera Vega"]
    amara.role_play(FIRST, TALK, BOARD)
    for name in ("Ingrid Solberg", "Tomás Reyes"):
        people[name].rate(FIRST.rubric, TICKS)
    ruth, ingrid, farid = (people[n] for n in ("Ruth Abernathy", "Ingrid Solberg", "Farid Haddad"))
    ruth.open_case(FIRST.title)
    ruth.release("Ask first.", FIRST.rubric.criteria[0], "You were there.")
    ruth.open_case(FIRST.title)
    luis.role_play(SECOND, TALK)
    ingrid.take_next()
    farid.open_oldest("Rating")
    amara.open_my_record()
    amara.page.get_by_role("link", name="Read the result").click()
    expect(amara.heading("Passed")).to_be_visible()
    return {
        "result in the course": f"/course/unit-{FIRST.url_name}/",
        "scene not begun": f"/course/unit-{SECOND.url_name}/",
        "handed in": f"/course/unit-{SECOND.url_name}/",
        "result": path(amara),
        "desk": path(ingrid),
        "review": path(ingrid) + "review/",
        "case": path(ruth),
        "record": path(farid),
    }


def path(person: Person) -> str:
    """Where this person is on the site."""
    return person.page.url.removeprefix(person.site.url)


@pytest.mark.parametrize(("name", "place"), PAGES)
def test_a_page_fits(
    name: str, place: str, people: dict[str, Person], places: dict[str, str]
) -> None:
    """No page scrolls sideways at either width, and every target is large enough for a thumb."""
    person = people[name]
    person.go(places.get(place, place))
    expect(person.page.get_by_role("heading", level=1)).to_be_visible()
    layout.fits(person.page, layout.PHONE)
    layout.fits(person.page, layout.DESK)
    shots.take(person.page, f"all {name} {place}")
