"""What each person does on the site, as they do it: by what a page calls its buttons and fields."""

import re
from dataclasses import dataclass
from pathlib import Path

import axe
import layout
import shots
from course_text import Ticks, level
from playwright.sync_api import Download, Locator, Page, expect
from sites import Site

from peer_xblocks.core.lesson import Check, Lesson
from peer_xblocks.core.role_play import RolePlay
from peer_xblocks.core.rubric import Criterion, Rubric

FEEDBACK = re.compile(r"^(✓ Fits|✕ Does not fit as well)")


@dataclass(frozen=True)
class Person:
    """Somebody at a browser of their own."""

    page: Page
    site: Site
    hurries: bool = False
    """Passes by without looking around, where another test looks."""

    def sign_in(self, name: str) -> None:
        """Choose who to be, with one click."""
        self.go("/")
        self.shot("sign in")
        self.button(re.compile(name)).click()
        expect(self.page.get_by_role("banner")).to_contain_text(name)

    def go(self, path: str) -> None:
        """Open an address of the site."""
        self.page.goto(self.site.url + path)

    def button(self, name: str | re.Pattern[str]) -> Locator:
        """The one button of this name."""
        return self.page.get_by_role("button", name=name, exact=isinstance(name, str))

    def heading(self, name: str | re.Pattern[str]) -> Locator:
        """The one heading of this name."""
        return self.page.get_by_role("heading", name=name, exact=isinstance(name, str))

    def sees(self, *texts: str) -> None:
        """Each text stands in the page's main part."""
        for text in texts:
            expect(self.page.get_by_role("main")).to_contain_text(text)

    def shot(self, name: str) -> None:
        """The page fits and breaks no rule of axe; keep what it looks like, if somebody asked."""
        if self.hurries:
            return
        self.page.wait_for_load_state()
        layout.fits(self.page, layout.PHONE)
        axe.clean(self.page)
        shots.take(self.page, name)


class Trainee(Person):
    """Reads, answers, performs, hands in, and reads what came of it."""

    def open_unit(self, title: str) -> None:
        """Go to a lesson or a role play by the outline, whose module may be folded."""
        self.go("/course/")
        unit = self.page.locator("a.px-unit", has=self.page.get_by_text(title, exact=True)).last
        if not unit.is_visible():
            self.page.locator("details.px-chapter", has=unit).locator("summary").click()
        unit.click()
        expect(self.page.get_by_role("heading", level=1, name=title)).to_be_visible()
        self.page.wait_for_load_state()  # before it, a form is sent without the script

    def check(self, lesson: Lesson, check: Check) -> Locator:
        """The knowledge check on the page."""
        number = lesson.checks.index(check) + 1
        words = f"Knowledge check {number} of {len(lesson.checks)}"
        section = self.page.get_by_text(words, exact=True)
        return self.page.locator("section.px-check").filter(has=section)

    def answer(self, lesson: Lesson, check: Check, *, right: bool) -> None:
        """Choose what is right or what is wrong, and read the feedback."""
        section = self.check(lesson, check)
        kind = "checkbox" if check.multiple else "radio"
        wrong = next(option for option in check.options if not option.correct)
        for option in check.options:
            wanted = option.correct if right else option is wrong
            box = section.get_by_role(kind, name=option.text, exact=True)
            if kind == "checkbox" or wanted:
                box.set_checked(wanted)
        section.get_by_role("button", name=re.compile("See feedback|Answer again")).click()
        expect(section.get_by_text("That fits" if right else "Not quite")).to_be_visible()
        expect(section.get_by_text(FEEDBACK)).to_have_count(len(check.options))

    def reflect_privately(self, text: str) -> None:
        """Write the first private reflection of a lesson."""
        section = self.page.locator("section.px-reflection").first
        section.get_by_role("textbox").fill(text)
        section.get_by_role("button", name="Keep this for me").click()
        expect(section.get_by_text(re.compile("^Kept "))).to_be_visible()

    def finish_lesson(self) -> None:
        """Say that one is through."""
        self.button("I am through with this lesson").click()
        self.sees("You finished this lesson")

    def begin(self, how: str = "Write it") -> None:
        """From the content note through the brief to the scene."""
        expect(self.heading("Before you begin")).to_be_visible()
        self.shot("trainee role play 1 note")
        self.button("Continue to the scene").click()
        expect(self.heading("The scene")).to_be_visible()
        self.shot("trainee role play 2 brief")
        self.button(re.compile(how)).click()

    def perform_in_writing(self, text: str) -> None:
        """Answer the other person turn by turn, with what is mine in the text, then look back."""
        expect(self.heading("Have the conversation")).to_be_visible()
        *replies, last = [turn[4:] for turn in text.split("\n\n") if turn.startswith("Me: ")]
        for number, reply in enumerate(replies, 1):
            self.say(reply)
            expect(self.page.locator(".px-talk__turn--mine")).to_have_count(number)
        self.shot("trainee role play 3 perform")
        self.reply().fill(last.strip())
        self.next("End here and look back")

    def reply(self) -> Locator:
        """The field for what one says next."""
        return self.page.get_by_label(re.compile("What do you say|Anything else you want to say"))

    def say(self, reply: str) -> None:
        """Say one thing; the other person answers."""
        self.reply().fill(reply)
        self.button("Say it").click()

    def add_recording(self, place: Path) -> None:
        """Add a file as the recording of the performance."""
        self.page.get_by_label("Your recording").set_input_files(place)
        self.button("Add this file").click()
        self.sees(place.name)
        self.shot("trainee role play 3 recording")

    def with_a_partner(self, role_play: RolePlay, place: Path, *bodies: str) -> None:
        """The whole way from the outline to handing in a recording."""
        self.open_unit(role_play.title)
        self.begin()
        self.next("Do it with a partner instead")
        self.add_recording(place)
        self.next("Next: look back")
        self.look_back("I heard myself wait.")
        self.page.get_by_label("Your partner, by initials").fill("R.")
        self.page.get_by_role("checkbox", name="Everyone who can be heard or seen agreed").check()
        self.hand_in(*bodies)

    def look_back(self, answer: str) -> None:
        """Answer the first question and leave the others empty."""
        expect(self.heading("Look back")).to_be_visible()
        self.page.get_by_role("main").get_by_role("textbox").first.fill(answer)
        self.shot("trainee role play 4 look back")
        self.next("Next: hand in")

    def next(self, name: str) -> None:
        """Press the button that leads on, and wait until the next step is there."""
        self.button(name).click()
        expect(self.button(name)).to_have_count(0)

    def hand_in(self, *bodies: str) -> None:
        """Consent to these bodies and hand in."""
        expect(self.heading("Look it over and hand it in")).to_be_visible()
        for body in bodies:
            self.page.get_by_role("checkbox", name=body).check()
        self.shot("trainee role play 5 hand in")
        self.button("Hand in").click()
        expect(self.heading("It is handed in. Thank you.")).to_be_visible()
        self.shot("trainee role play 6 waiting")

    def role_play(self, role_play: RolePlay, text: str, *bodies: str) -> None:
        """The whole way from the outline to handing in."""
        self.open_unit(role_play.title)
        self.begin()
        self.perform_in_writing(text)
        self.look_back("I said her words back before anything else.")
        self.hand_in(*bodies)

    def open_my_record(self) -> None:
        """The page that says what is recorded, and who read it."""
        self.page.get_by_role("navigation").get_by_role("link", name="My record").click()
        expect(self.page.get_by_role("heading", level=1, name="My record")).to_be_visible()


class Assessor(Person):
    """Takes the next performance, ticks what was seen, reviews and submits."""

    def take_next(self) -> None:
        """Take the seat that waits longest."""
        self.go("/peer_xblocks/assess/")
        self.button(re.compile("Next performance")).click()
        expect(self.heading("The performance")).to_be_visible()

    def criterion(self, criterion: Criterion) -> Locator:
        """One criterion on the desk."""
        return self.page.get_by_role("region", name=criterion.title)

    def tick(self, criterion: Criterion, behaviours: list[str]) -> None:
        """Tick exactly these behaviours; the level is there at once."""
        section = self.criterion(criterion)
        for behaviour in criterion.behaviours:
            if behaviour.id in behaviours:
                section.get_by_role("checkbox", name=behaviour.text, exact=True).check()
        if not behaviours:
            section.get_by_role("checkbox", name="I looked, and saw none of these").check()
        expect(self.level(criterion)).to_have_text(f"Level {level(criterion, behaviours)}")

    def level(self, criterion: Criterion) -> Locator:
        """Where the level of a criterion stands."""
        return self.criterion(criterion).locator("[data-level]")

    def tick_all(self, rubric: Rubric, ticks: Ticks) -> None:
        """Tick what was seen, criterion by criterion."""
        for criterion in rubric.criteria:
            self.tick(criterion, ticks[criterion.id])

    def quote(self, criterion: Criterion, line: str) -> None:
        """Select a line of the performance and take it as evidence."""
        self.page.locator(".px-line").filter(has_text=line).click(click_count=3)
        section = self.criterion(criterion)
        section.get_by_role("button", name="Use the selected words").click()
        field = section.get_by_role("textbox", name="What was said or done").first
        expect(field).to_have_value(re.compile(re.escape(line)))

    def comment(self, criterion: Criterion, text: str) -> None:
        """Write to the trainee about one criterion."""
        self.criterion(criterion).get_by_label("Comment for the trainee").fill(text)

    def comment_overall(self, text: str) -> None:
        """Write to the trainee about the whole performance."""
        whole = self.page.get_by_role("region", name="The whole performance")
        whole.get_by_label("Comment for the trainee").fill(text)

    def review(self) -> None:
        """Go to the review."""
        self.button("Review and submit").click()
        expect(self.heading("Review your rating")).to_be_visible()

    def submit(self) -> None:
        """Submit the rating as reviewed."""
        self.button("Submit the rating").click()
        self.sees("Thank you. Your rating is recorded")

    def rate(self, rubric: Rubric, ticks: Ticks, comment: str = "I saw you listen.") -> None:
        """The whole way from the queue to a submitted rating."""
        self.take_next()
        self.tick_all(rubric, ticks)
        self.comment_overall(comment)
        self.review()
        self.submit()


class Lead(Person):
    """Settles what two ratings could not, and releases."""

    def open_case(self, title: str) -> None:
        """Open the first case of this title."""
        self.go("/peer_xblocks/lead/")
        self.shot("lead 1 results")
        self.page.get_by_role("main").get_by_role("link", name=title).first.click()
        expect(self.page.get_by_role("heading", level=1, name=title)).to_be_visible()

    def settle(self, criterion: Criterion, rater: str, reason: str) -> None:
        """Say whose rating stands, and why."""
        card = self.page.locator(f"#c-{criterion.id}")
        card.get_by_role("radio", name=f"Assessor {rater}").check()
        self.page.get_by_label("Your reason", exact=True).fill(reason)
        self.button("Sign and settle").click()
        self.sees("Settled and recorded")

    def release(self, goal: str, about: Criterion, message: str) -> None:
        """Write a goal and a message, read what the trainee will read, and release it."""
        self.page.get_by_label("First goal").fill(goal)
        self.page.get_by_label("About").first.select_option(label=about.title)
        self.page.get_by_label("Message to the trainee").fill(message)
        self.button("Preview what the trainee reads").click()
        self.sees("This is what the trainee will read", goal, message)
        self.shot("lead 3 preview")
        self.button("Release to the trainee").click()
        self.sees("Released. The trainee can read the result now.")


class Auditor(Person):
    """Searches, opens and takes along what was opened to the body they read for."""

    def search(self, kind: str) -> None:
        """Show the records of one kind."""
        self.go("/peer_xblocks/audit/pss-2026/")
        self.page.get_by_label("Kind").select_option(label=kind)
        self.button("Search").click()

    def open_oldest(self, kind: str) -> None:
        """Open the oldest record of a kind; the newest is listed first."""
        self.search(kind)
        self.page.get_by_role("main").get_by_role("link", name=kind).last.click()
        expect(self.page.get_by_role("heading", level=1, name=kind)).to_be_visible()

    def download_pack(self, folder: Path) -> Path:
        """Take everything along that is open to the body."""
        self.go("/peer_xblocks/audit/pss-2026/")
        with self.page.expect_download() as taken:
            self.page.get_by_role("link", name="Everyone, to now").click()
        return self._keep(taken.value, folder)

    @staticmethod
    def _keep(download: Download, folder: Path) -> Path:
        place = folder / download.suggested_filename
        download.save_as(place)
        return place
