"""A trainee who records on the page, with Chromium's own beeping microphone and moving picture."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from people import Trainee
from playwright.sync_api import Locator, expect

from peer_xblocks.core.role_play import RolePlay


class AtTheMicrophone(Trainee):
    """Turns the microphone on, records, and hands in what was recorded."""

    def open_recorder(self, role_play: RolePlay) -> None:
        """Go to where the scene is performed with a partner."""
        self.open_unit(role_play.title)
        self.page.wait_for_load_state()
        if self.heading("Before you begin").is_visible():
            self.begin("Perform it with a partner")
        expect(self.heading("Record it here")).to_be_visible()

    @property
    def recorder(self) -> Locator:
        """The recorder on the page."""
        return self.page.locator("[data-recorder]")

    def says(self, words: str | re.Pattern[str]) -> None:
        """The recorder says this aloud."""
        expect(self.page.locator("[data-said]")).to_contain_text(words)

    def turn_on(self, kind: str = "Sound only") -> None:
        """Choose what is recorded, and allow it."""
        self.page.get_by_role("radio", name=kind).check()
        self.page.get_by_role("button", name=re.compile("^Turn (the )?microphone")).click()
        expect(self.button("Start recording")).to_be_visible()

    def choose_microphone(self, number: int) -> None:
        """Use another one; it stays chosen, and is on."""
        self.page.get_by_text("Use another microphone or camera").click()
        field = self.page.get_by_label("Microphone", exact=True)
        wanted = field.locator("option").nth(number).get_attribute("value")
        field.focus()
        field.select_option(index=number)
        expect(field).to_have_value(str(wanted))
        expect(field).to_be_focused()

    def record(self, seconds: int) -> None:
        """Start, and talk until the clock shows this many seconds."""
        self.button("Start recording").click()
        self.says("Recording.")
        self.talk_until(seconds)

    def talk_until(self, seconds: int) -> None:
        """Go on until the clock shows this many seconds."""
        clock = f"{seconds // 60}:{seconds % 60:02}"
        expect(self.page.locator("[data-clock]")).to_have_text(clock, timeout=30_000)

    def stop(self) -> None:
        """Stop; what was recorded can be heard."""
        self.button("Stop").click()
        expect(self.button("Use this recording")).to_be_visible()

    def use(self, name: str = "Use this recording") -> None:
        """Use what was recorded; it stands in the draft then."""
        self.button(name).click()
        self.is_held()

    def is_held(self) -> None:
        """The draft holds a recording, with its fingerprint."""
        expect(self.page.get_by_text("Its fingerprint")).to_be_visible()

    def fingerprint(self) -> str:
        """The digest that the page shows."""
        self.page.get_by_text("Its fingerprint").click()
        return self.page.locator(".px-mono").first.inner_text()

    def hand_in_recording(self) -> None:
        """Look back, name the partner, and hand in."""
        self.next("Next: look back")
        self.look_back("I waited longer than I wanted to.")
        self.page.get_by_label("Your partner, by initials").fill("R.")
        self.page.get_by_role("checkbox", name="Everyone who can be heard or seen agreed").check()
        self.hand_in()

    @contextmanager
    def without_a_line(self) -> Iterator[None]:
        """Nothing goes out or comes in."""
        self.page.context.set_offline(True)
        yield
        self.page.context.set_offline(False)
