"""The role-play block on the real site: from the content note to the released result."""

import io
import wave

import pytest
from conftest import ROLE_PLAY, Browser, Site, look_over, open_scene, perform, words_of
from django.core.files.uploadedfile import SimpleUploadedFile

from peer_xblocks.assessment.api import feedback, queue, ratings, releases, seats
from peer_xblocks.core.rating import CriterionRating, Evidence, Rating
from peer_xblocks.core.record import Goal
from peer_xblocks.core.rubric import BehaviourKind
from peer_xblocks.records.api import documents, mine
from peer_xblocks.standalone.models import Completion, Grade
from peer_xblocks.work.api import drafts, submissions

TEXT = "Hello, I'm Amara, a peer supporter. No is fine."


def a_recording(name: str = "scene.wav") -> SimpleUploadedFile:
    """A second of silence as a real WAV file."""
    held = io.BytesIO()
    with wave.open(held, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\0" * 8000)
    return SimpleUploadedFile(name, held.getvalue(), content_type="audio/wav")


def passing(rubric) -> Rating:
    """A rating in which all that is basic was seen, with words to recognise."""
    return Rating(
        criteria=tuple(
            CriterionRating(
                criterion=criterion.id,
                behaviours=tuple(b.id for b in criterion.of_kind(BehaviourKind.BASIC)),
                evidence=(Evidence(kind="quote", text="No is fine."),),
                comment="Clear from the first line.",
            )
            for criterion in rubric.criteria
        ),
        overall_comment="A calm beginning.",
    )


def rate_and_release(site: Site, rating=passing) -> None:
    """Two assessors rate what waits, each blind, and the lead releases it."""
    for name in ("ingrid", "tomas"):
        seat = seats.take_next(site.user(name), site.programme)
        rubric = seats.desk(site.user(name), seat.id).rubric
        ratings.submit(site.user(name), seat.id, rating(rubric), f"key-{name}-{seat.id}")
    submission = submissions.mine(site.user("amara"), site.programme)[0]
    goal = Goal(criterion=None, text="Wait a little longer after a hard sentence.")
    releases.release(site.user("ruth"), submission.id, (goal,), "Thank you, Amara.", "key-release")


def test_the_content_note_comes_first(amara: Browser):
    """The first screen says what may hurt and how to say no, and nothing of the task."""
    amara.unit(ROLE_PLAY)
    words = words_of(amara.html)
    assert "Before you begin" in words
    assert "Continue to the scene" in words
    assert "How do you want to do it?" not in words


def test_a_written_performance_goes_the_whole_way(site: Site, amara: Browser):
    """Note, scene, writing, looking back, handing in.

    A submission waits, and the block is complete.
    """
    perform(amara, TEXT)
    assert amara.status == 200
    assert "It is handed in" in amara.html
    made = submissions.mine(site.user("amara"), site.programme)
    assert [one.mode for one in made] == ["written"]
    assert Completion.objects.get().share == 1
    assert "Waiting to be rated" in amara.unit(ROLE_PLAY).html


def test_handing_in_deposits_the_editions(site: Site, amara: Browser):
    """Scenario, rubric and critical errors stand among the documents, byte for byte."""
    perform(amara, TEXT)
    role_play = site.block("peer_role_play", ROLE_PLAY).role_play
    for edition in (role_play.scenario, role_play.rubric, role_play.critical_errors):
        assert documents.get(edition.digest) == edition.canonical_bytes()


def test_consent_is_unticked_and_recorded_only_when_given(site: Site, amara: Browser):
    """Without a tick there is no consent record.

    With one, the record holds the very sentence shown.
    """
    perform(amara, TEXT)
    kinds = [record.kind for record in mine.records(site.user("amara"), site.programme)]
    assert kinds == ["submission"]
    luis = site.browser("luis")
    perform(luis, TEXT, "example-board")
    kinds = [record.kind for record in mine.records(site.user("luis"), site.programme)]
    assert sorted(kinds) == ["consent", "submission"]


def test_the_consent_boxes_start_empty(amara: Browser):
    """Every certifying body is offered, and none is ticked."""
    look_over(amara, TEXT)
    assert "Example Certification Board" in amara.html
    assert "Second Example Board" in amara.html
    assert "checked" not in amara.html
    assert "withdraw this at any time" in words_of(amara.html)


def test_handing_in_twice_makes_one_submission(site: Site, amara: Browser):
    """The same form sent twice, as by a double click, answers the same submission."""
    look_over(amara, TEXT)
    form = amara.form("hand_in")
    amara.send(form)
    amara.send(form)
    assert len(submissions.mine(site.user("amara"), site.programme)) == 1


def test_nothing_can_be_handed_in_empty(amara: Browser):
    """Going on without a word answers 422, names the field, and keeps the step."""
    open_scene(amara)
    amara.send(amara.form("say"), reply=" ", go="reflect")
    assert amara.status == 422
    assert 'aria-invalid="true"' in amara.html
    assert "Write what you would say first." in amara.html


def test_an_autosave_touches_only_its_own_line(site: Site, amara: Browser):
    """A draft is kept without giving the text field back, so what is typed meanwhile stays."""
    open_scene(amara)
    form = amara.form("say")
    form.action = form.action.replace("/say", "/keep")
    amara.send(form, reply="Hel, 3141", go="")
    assert "Draft kept" in amara.html
    assert "<textarea" not in amara.html
    assert "Hel, 3141" in amara.unit(ROLE_PLAY).html


def test_a_late_draft_is_kept_and_shown(site: Site, amara: Browser):
    """A save from an older page answers 409, shows the newer text, and the late one beside it from
    then on.
    """
    open_scene(amara)
    old = amara.form("say")
    amara.send(old, reply="on the phone", go="")
    amara.send(old, reply="on the laptop", go="")
    assert amara.status == 409
    assert "on the phone" in amara.html
    assert "on the laptop" in amara.html
    assert "on the laptop" in amara.unit(ROLE_PLAY).html


def test_a_recording_needs_everyones_agreement(site: Site, amara: Browser):
    """A recording is taken in.

    Without agreement and a code nothing is handed in, with both it is.
    """
    open_scene(amara, mode="with_partner")
    amara.send(amara.form("upload"), recording=a_recording())
    assert amara.status == 200
    assert "scene.wav" in amara.html
    amara.send(amara.form("keep"), go="reflect")
    amara.send(amara.form("keep"), go="hand_in")
    amara.send(amara.form("hand_in"))
    assert amara.status == 422
    assert "everyone in it agreed" in amara.html
    amara.send(amara.form("hand_in"), agreed="on", partner="P7")
    assert amara.status == 200
    assert submissions.mine(site.user("amara"), site.programme)[0].media == "audio/wav"


def test_a_recording_can_be_taken_off_again(site: Site, amara: Browser):
    """The file leaves the draft and the storage."""
    open_scene(amara, mode="with_partner")
    amara.send(amara.form("upload"), recording=a_recording())
    form = amara.form("keep")
    form.action = form.action.replace("/keep", "/remove")
    amara.send(form)
    assert amara.status == 200
    assert "scene.wav" not in amara.html


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("page.html", b"<!doctype html><script>alert(1)</script>", "text/html"),
        ("scene.mp3", b"MZ\x90\x00" + b"\0" * 200, "audio/mpeg"),
        ("empty.wav", b"", "audio/wav"),
    ],
)
def test_other_files_are_refused_with_a_sentence(amara: Browser, name, data, media_type):
    """What is neither audio, video nor plain text is refused, with a sentence at the field."""
    open_scene(amara, mode="with_partner")
    amara.send(amara.form("upload"), recording=SimpleUploadedFile(name, data, media_type))
    assert amara.status == 422
    assert "px-error" in amara.html


def test_the_size_limit_is_told_in_advance(settings, amara: Browser):
    """The upload says how large a file may be, as the site is set."""
    settings.PEER_XBLOCKS_UPLOAD_MAX_BYTES = 7 * 1024 * 1024
    open_scene(amara, mode="with_partner")
    assert "up to 7 MB" in amara.html


def test_a_released_result_stands_in_the_block(site: Site, amara: Browser):
    """Levels in words and number, what was seen, quotes, comments by letter, goals and
    competencies.
    """
    perform(amara, TEXT, "example-board")
    assert queue.waiting(site.user("ingrid"), site.programme)
    rate_and_release(site)
    words = words_of(amara.unit(ROLE_PLAY).html)
    for part in (
        "Passed",
        "Level 3",
        "all of the basics",
        "Seen by",
        "No is fine.",
        "Assessor A",
        "Assessor B",
        "Clear from the first line.",
        "A calm beginning.",
        "Wait a little longer",
        "Thank you, Amara.",
        "Developing",
    ):
        assert part in words, part
    assert "Ingrid" not in words
    assert "Solberg" not in words
    grade = Grade.objects.get()
    assert (grade.earned, grade.possible) == (1, 1)


def test_not_yet_is_said_kindly_and_another_try_is_offered(site: Site, amara: Browser):
    """A result that is not yet gives no fail, counts 0, and a new attempt can begin."""

    def nothing_seen(rubric) -> Rating:
        criteria = [CriterionRating(criterion=c.id, confirmed_empty=True) for c in rubric.criteria]
        return Rating(criteria=tuple(criteria))

    perform(amara, TEXT)
    rate_and_release(site, nothing_seen)
    amara.unit(ROLE_PLAY)
    words = words_of(amara.html)
    assert "Not yet" in words
    assert "fail" not in words.lower()
    assert Grade.objects.get().earned == 0
    perform(amara, TEXT + " Again.")
    attempts = [one.attempt for one in submissions.mine(site.user("amara"), site.programme)]
    assert attempts == [2, 1]


def test_before_release_nothing_of_a_rating_shows(site: Site, amara: Browser):
    """With one rating in, the trainee's page holds no level, no comment and no name."""
    perform(amara, TEXT)
    user = site.user("ingrid")
    seat = seats.take_next(user, site.programme)
    rubric = seats.desk(user, seat.id).rubric
    ratings.submit(user, seat.id, passing(rubric), "key-one")
    words = words_of(amara.unit(ROLE_PLAY).html)
    assert "Clear from the first line." not in words
    assert "Level 3" not in words
    with pytest.raises(Exception, match="not there yet"):
        feedback.result(
            site.user("amara"), submissions.mine(site.user("amara"), site.programme)[0].id
        )


def test_a_draft_is_nobody_elses(site: Site, amara: Browser):
    """Another trainee begins the same scene with an empty page."""
    open_scene(amara)
    amara.send(amara.form("say"), reply="mine, 5512", go="")
    place = site.browser("luis").unit(ROLE_PLAY)
    assert "5512" not in place.html
    from peer_xblocks.blocks.person import place_of

    where = place_of(site.block("peer_role_play", ROLE_PLAY))
    assert drafts.get(site.user("luis"), where).version == 0


def test_who_is_no_trainee_sees_what_trainees_are_told(site: Site):
    """An assessor and a lead see the trainee's part and nothing to send."""
    for name in ("ingrid", "ruth", "farid"):
        browser = site.browser(name).unit(ROLE_PLAY)
        assert browser.status == 200
        assert "This is what a trainee is told" in words_of(browser.html)
        assert "data-px-form" not in browser.html
