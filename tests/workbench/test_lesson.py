"""The lesson block on the real site: reading, knowledge checks, reflections, completion."""

from datetime import date

from conftest import LESSON, Browser, Site, words_of

from peer_xblocks.core.fact import Fact, FactSource
from peer_xblocks.standalone.models import Completion, FieldData, Grade


def lesson_of(site: Site):
    return site.block("peer_lesson", LESSON).lesson


def answer(browser: Browser, check, *options: str, script: bool = True) -> Browser:
    browser.unit(LESSON)
    return browser.send(browser.form("answer", check.id), script=script, option=list(options))


def test_a_lesson_shows_all_of_its_parts(site: Site, amara: Browser):
    """Title, objectives, every check and every reflection stand on the page."""
    amara.unit(LESSON)
    lesson = lesson_of(site)
    assert amara.status == 200
    assert lesson.title in words_of(amara.html)
    assert amara.html.count('class="px-card px-card--accent px-check"') == len(lesson.checks)
    assert amara.html.count("px-reflection") == len(lesson.reflections)


def test_feedback_stays_hidden_until_an_answer_is_given(site: Site, amara: Browser):
    """Before an answer the page holds neither feedback nor which option fits."""
    amara.unit(LESSON)
    assert "px-answer" not in amara.html
    assert "px-option--right" not in amara.html


def test_an_answer_shows_feedback_on_every_option(site: Site, amara: Browser):
    """The answered check comes back with feedback on each option, and so does the end."""
    check = lesson_of(site).checks[0]
    wrong = next(option for option in check.options if not option.correct)
    answer(amara, check, wrong.id)
    assert amara.status == 200
    assert amara.html.count("px-answer") == len(check.options)
    assert "Not quite" in amara.html
    assert amara.html.count("<section") == 2


def test_the_last_answer_counts_and_the_first_is_kept(site: Site, amara: Browser):
    """A second answer changes the grade; the state remembers both."""
    check = lesson_of(site).checks[0]
    wrong = next(option.id for option in check.options if not option.correct)
    answer(amara, check, wrong)
    assert Grade.objects.get().earned == 0
    answer(amara, check, *check.right)
    grade = Grade.objects.get()
    assert (grade.earned, grade.possible) == (1, len(lesson_of(site).checks))
    kept = site.block("peer_lesson", LESSON).state["checks"][check.id]
    assert kept == {"first": [wrong], "last": sorted(check.right)}


def test_an_empty_or_unknown_answer_is_refused_kindly(site: Site, amara: Browser):
    """Nothing chosen, an option that is not there, or two where one fits.

    422 with a sentence, nothing kept.
    """
    check = lesson_of(site).checks[0]
    for options in ((), ("no-such-option",), tuple(option.id for option in check.options)):
        answer(amara, check, *options)
        assert amara.status == 422
        assert "px-error" in amara.html
    assert not Grade.objects.exists()


def test_a_form_without_script_goes_back_to_its_page(site: Site, amara: Browser):
    """A plain form post is answered by a redirect to the same page, at the check."""
    check = lesson_of(site).checks[0]
    amara.unit(LESSON)
    form = amara.form("answer", check.id)
    page = f"http://testserver/course/unit-{LESSON}/"
    right = list(check.right)
    answer = amara.client.post(
        form.action, form.fields | {"option": right}, headers={"referer": page}
    )
    assert answer.status_code == 303
    assert answer["Location"].startswith(f"/course/unit-{LESSON}/#")
    assert "That fits" in amara.unit(LESSON).html


def test_a_wrong_form_without_script_is_a_page_of_its_own(site: Site, amara: Browser):
    """What is wrong stands on a whole page with the form, so nothing is lost without script."""
    check = lesson_of(site).checks[0]
    answer(amara, check, script=False)
    assert amara.status == 422
    assert "<!doctype html>" in amara.html
    assert amara.form("answer", check.id)


def test_finishing_needs_every_check_answered(site: Site, amara: Browser):
    """The end names the open checks; once they are answered, saying so completes the lesson."""
    lesson = lesson_of(site)
    amara.unit(LESSON)
    amara.send(amara.form("finish"))
    assert amara.status == 422
    for check in lesson.checks:
        answer(amara, check, *check.right)
    assert 0 < Completion.objects.get().share < 1
    amara.unit(LESSON)
    amara.send(amara.form("finish"))
    assert amara.status == 200
    assert Completion.objects.get().share == 1
    assert "You finished this lesson" in amara.unit(LESSON).html


def test_a_reflection_is_kept_for_its_author_alone(site: Site, amara: Browser):
    """The words come back to the author, and stand on nobody else's page nor in the block's own
    state.
    """
    amara.unit(LESSON)
    amara.send(amara.form("reflect"), text="Only mine, 7319")
    assert amara.status == 200
    assert "Only mine, 7319" in amara.unit(LESSON).html
    for name in ("luis", "ruth", "ingrid"):
        assert "7319" not in site.browser(name).unit(LESSON).html
    assert not any("7319" in row.fields for row in FieldData.objects.all())


def test_the_page_says_who_could_technically_read_a_reflection(amara: Browser):
    """The honest sentence stands beside the field."""
    assert "could technically reach it" in words_of(amara.unit(LESSON).html)


def test_a_late_reflection_is_kept_and_shown(site: Site, amara: Browser):
    """A save from an older page answers 409 with both texts, and can show the late one again."""
    old = Browser(amara.client).unit(LESSON).form("reflect")
    amara.unit(LESSON)
    amara.send(amara.form("reflect"), text="Written on the phone")
    amara.send(old, text="Written on the laptop")
    assert amara.status == 409
    assert "Written on the phone" in amara.html
    assert "Written on the laptop" in amara.html
    amara.unit(LESSON)
    assert "Written on the laptop" not in amara.html
    form = amara.form("reflect")
    form.action = form.action.replace("/reflect", "/earlier")
    assert "Written on the laptop" in amara.send(form).html


def test_a_lesson_for_nobody_can_be_read_and_not_answered(site: Site):
    """The public view and Studio's preview hold the text, and no form that could be sent."""
    block = site.block("peer_lesson", LESSON)
    for view in ("public_view", "author_view"):
        html = block.render(view).content
        assert block.lesson.title in html
        assert "See feedback" not in html
        assert "px-answer" not in html


def test_a_role_without_a_trainee_reads_and_cannot_answer(site: Site):
    """A lead sees the lesson without anything to send."""
    lead = site.browser("ruth").unit(LESSON)
    assert lead.status == 200
    assert "See feedback" not in lead.html


def test_a_new_block_without_content_says_so(site: Site):
    """A block that an author has just added renders one sentence."""
    block = site.block("peer_lesson", LESSON)
    block.activity = {}
    assert "Nothing is written here yet" in block.student_view().content
    assert block.max_score() is None


def test_what_apps_and_search_get_holds_no_answers(site: Site):
    """The mobile data and the search index hold neither feedback nor which option fits."""
    block = site.block("peer_lesson", LESSON)
    told = f"{block.student_view_data()} {block.index_dictionary()}"
    for check in block.lesson.checks:
        for option in check.options:
            assert option.feedback[:40] not in told


def test_a_lesson_ends_with_its_facts_and_their_dates(site: Site):
    """What ages is listed with what it is, its day, its last day and its source."""
    block = site.block("peer_lesson", LESSON)
    source = FactSource(title="Rates <2026>", author="The office", url="https://example.org/r")
    fact = Fact(
        id="rate",
        area="benefits",
        text="$994 a month",
        about="The most for one person",
        source=source,
        as_of=date(2026, 11, 22),
        valid_until=date(2026, 12, 31),
        status="recalled",
    )
    assert "Facts here that change" not in block.render("public_view").content
    block.activity = block.lesson.model_copy(update={"facts": (fact,)}).model_dump(mode="json")
    html = block.render("public_view").content
    assert "<strong>$994 a month</strong>: <span>The most for one person.</span>" in html
    assert "As of 22 November 2026. Known to hold until 31 December 2026." in words_of(html)
    assert (
        '<a href="https://example.org/r" rel="noopener noreferrer">Rates &lt;2026&gt;</a>' in html
    )
    assert "Recalled, not looked up again." in words_of(html)
