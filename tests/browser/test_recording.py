"""A recording: uploaded, refused when it is not one, and played at the assessor's desk."""

from collections.abc import Callable
from pathlib import Path

from course_text import role_play
from people import Assessor, Trainee
from playwright.sync_api import Page, expect
from recorded import tone
from sites import Site

PLAY = role_play("back-to-drinking")
DRAFT = "Thank you for telling me. You are as welcome as you were"
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(64)
MOVED = "player => player.readyState > 1 && player.duration > 11 && player.currentTime > 0.2"


def test_a_recording_is_handed_in_and_played(
    site: Site, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    """A mislabelled file is refused and nothing is lost; a real one plays, also from its middle."""
    sound = tone(tmp_path)
    amara = Trainee(open_page(), site)
    amara.sign_in("Amara Okonkwo")
    amara.open_unit(PLAY.title)
    amara.begin()
    keeps_a_written_draft(amara)
    refuses_what_is_no_recording(amara, tmp_path)
    amara.add_recording(sound)
    amara.next("Next: look back")
    amara.look_back("I forgot the nurse at first.")
    hands_in_with_a_partner(amara)
    plays(Assessor(open_page(), site), sound)


def keeps_a_written_draft(amara: Trainee) -> None:
    """Something is said in writing first, and then a partner turns up."""
    amara.say(DRAFT)
    amara.sees(DRAFT)
    expect(amara.reply()).to_have_value("")
    amara.next("Do it with a partner instead")
    expect(amara.heading("Perform it and add your recording")).to_be_visible()


def refuses_what_is_no_recording(amara: Trainee, folder: Path) -> None:
    """A picture under the name of a recording gets a sentence, and the draft is still there."""
    mislabelled = folder / "talk.mp3"
    mislabelled.write_bytes(PICTURE)
    amara.page.get_by_label("Your recording").set_input_files(mislabelled)
    amara.button("Add this file").click()
    problem = amara.page.locator(".px-error").first
    expect(problem).to_be_visible()
    assert problem.inner_text().strip().endswith(".")
    amara.shot("trainee role play 3 refused")
    amara.next("Write it instead")
    amara.sees(DRAFT)
    amara.next("Do it with a partner instead")


def hands_in_with_a_partner(amara: Trainee) -> None:
    """Nothing is handed in before everyone in the recording agreed."""
    amara.button("Hand in").click()
    amara.sees("A performance can only be handed in when everyone in it agreed.")
    amara.page.get_by_label("Your partner, by initials").fill("R.")
    amara.page.get_by_role("checkbox", name="Everyone who can be heard or seen agreed").check()
    amara.hand_in()


def plays(ingrid: Assessor, sound: Path) -> None:
    """The desk plays the recording, answers ranges, and takes a moment as evidence."""
    ingrid.sign_in("Ingrid Solberg")
    ingrid.sees("Audio recording")
    with ingrid.page.expect_response(lambda answer: "/recording/seat/" in answer.url) as first:
        ingrid.take_next()
    assert first.value.status in (200, 206)
    player = ingrid.page.locator("audio")
    player.evaluate("player => player.play()")
    ingrid.page.wait_for_function(MOVED, arg=player.element_handle())
    player.evaluate("player => { player.pause(); player.currentTime = 9; }")
    ingrid.page.wait_for_function("player => !player.seeking", arg=player.element_handle())
    criterion = PLAY.rubric.criteria[0]
    section = ingrid.criterion(criterion)
    section.get_by_role("button", name="Pin this moment").click()
    expect(section.get_by_label("Time, in minutes and seconds").first).to_have_value("0:09")
    ingrid.shot("assessor 7 desk recording")
    answer = ingrid.page.request.get(first.value.url, headers={"Range": "bytes=1000-1099"})
    assert answer.status == 206
    assert answer.headers["content-range"] == f"bytes 1000-1099/{sound.stat().st_size}"
    assert answer.body() == sound.read_bytes()[1000:1100]
