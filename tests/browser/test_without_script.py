"""With JavaScript off everything is a plain form that works."""

from collections.abc import Callable

from course_text import lessons, level, role_play, ticks_of
from people import Assessor, Trainee
from playwright.sync_api import Locator, Page, expect
from sites import Site

PLAY = role_play("nothing-i-am-good-at")
TICKS = ticks_of("nothing-i-am-good-at-developing")
OpenPage = Callable[..., Page]


def test_a_knowledge_check_without_script(site: Site, open_page: OpenPage) -> None:
    """Answering shows the feedback of every option, and the answer is kept."""
    amara = Trainee(open_page(scripts=False), site)
    amara.sign_in("Amara Okonkwo")
    lesson = lessons()[0]
    for right in (False, True):
        amara.open_unit(lesson.title)
        amara.answer(lesson, lesson.checks[0], right=right)
    amara.open_unit(lesson.title)
    expect(amara.check(lesson, lesson.checks[0]).get_by_text("That fits")).to_be_visible()


def test_a_role_play_and_its_rating_without_script(site: Site, open_page: OpenPage) -> None:
    """The whole way from the content note to a submitted rating by plain forms."""
    amara = Trainee(open_page(scripts=False), site)
    amara.sign_in("Amara Okonkwo")
    amara.role_play(PLAY, "Me: Stay.\n\nMe: I'm Ray.")

    ingrid = Assessor(open_page(scripts=False), site)
    ingrid.sign_in("Ingrid Solberg")
    ingrid.take_next()
    for criterion in PLAY.rubric.criteria:
        for box in boxes(ingrid, criterion.id):
            box.check()
    ingrid.button("Save for later").click()
    ingrid.sees("Saved.")
    for criterion in PLAY.rubric.criteria:
        expected = level(criterion, TICKS[criterion.id])
        expect(ingrid.level(criterion)).to_have_text(f"Level {expected}")
    ingrid.review()
    ingrid.submit()


def boxes(ingrid: Assessor, key: str) -> list[Locator]:
    """What is to be ticked in one criterion."""
    criterion = next(one for one in PLAY.rubric.criteria if one.id == key)
    section = ingrid.criterion(criterion)
    return [
        section.get_by_role("checkbox", name=behaviour.text, exact=True)
        for behaviour in criterion.behaviours
        if behaviour.id in TICKS[key]
    ]
