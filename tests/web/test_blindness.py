"""Nothing of a rating reaches the other rater, or the trainee, before it may."""

from typing import Any

from django.urls import reverse
from world import PROGRAMME, World, rating_of, ticks

CANARY = "canary-of-the-first-rating"
PAGES = ("queue", "lead")
LISTS = ("v1:seats", "v1:ratings", "v1:cases", "v1:submissions")


def everything(client: Any, seat_id: Any, submission_id: Any) -> str:
    """All that a person can fetch about a seat and a submission."""
    addresses = [reverse(f"peer_xblocks:{name}") for name in (*PAGES, *LISTS)]
    addresses += [
        reverse(f"peer_xblocks:{n}", args=[seat_id]) for n in ("desk", "review", "v1:seat")
    ]
    of_submission = ("case", "result", "v1:case", "v1:submission", "v1:result")
    addresses += [reverse(f"peer_xblocks:{n}", args=[submission_id]) for n in of_submission]
    of_programme = ("own-record", "audit", "v1:own-record", "v1:records")
    addresses += [reverse(f"peer_xblocks:{n}", args=[PROGRAMME]) for n in of_programme]
    answers = (client.get(one, {"programme": PROGRAMME}) for one in addresses)
    return "\n".join(answer.content.decode() for answer in answers)


def test_the_second_rater_sees_nothing_of_the_first(world: World, browse: Any) -> None:
    """No comment, quote or name of the first rater is in anything the second can fetch."""
    submission = world.hand_in()
    world.rate("ivo", rating_of(ticks(), note=CANARY, overall_comment=CANARY))
    seat = world.seat("mia")
    seen = everything(browse("mia"), seat.id, submission.id)
    assert CANARY not in seen
    assert "Ivo" not in seen
    assert "checked" not in desk_boxes(browse("mia"), seat.id)


def desk_boxes(client: Any, seat_id: Any) -> str:
    """The behaviours as the desk offers them."""
    page = client.get(reverse("peer_xblocks:desk", args=[seat_id])).content.decode()
    return "".join(line for line in page.splitlines() if "data-kind" in line)


def test_a_rater_learns_no_name_of_the_trainee(world: World, browse: Any) -> None:
    """Neither the name, nor the pairwise id, nor the name of the file is on the desk."""
    file = ("Ada Trainee, take 2.txt", [b"Dana: Oh. Hi.\nMe: Hello."], "text/plain")
    submission = world.hand_in(file=file)
    seat = world.seat("ivo")
    seen = everything(browse("ivo"), seat.id, submission.id)
    assert "Ada" not in seen
    assert "take 2" not in seen
    assert "Me:" in seen


def test_the_trainee_sees_nothing_before_the_release(world: World, browse: Any) -> None:
    """With both ratings in and settled, the trainee still reads none of it."""
    submission = world.hand_in()
    world.rate("ivo", rating_of(ticks(), note=CANARY, overall_comment=CANARY))
    seat = world.seat("mia")
    world.rate("mia")
    seen = everything(browse("ada"), seat.id, submission.id)
    assert CANARY not in seen
    assert "Ivo" not in seen


def test_the_trainee_reads_letters_and_never_a_rater_s_name(world: World, browse: Any) -> None:
    """Released feedback names Assessor A and B."""
    submission = world.released()
    page = browse("ada").get(reverse("peer_xblocks:result", args=[submission.id])).content.decode()
    assert "Seen\u00a0by\u00a0A,\u00a0B" in page
    for name in ("Ivo", "Mia", "Lena"):
        assert name not in page


def test_a_lead_who_holds_the_second_seat_sees_no_first_rating(world: World, browse: Any) -> None:
    """Leading does not open a rating while one is seated oneself."""
    submission = world.hand_in()
    world.rate("ivo", rating_of(ticks(), note=CANARY))
    seat = world.seat("lena")
    assert CANARY not in everything(browse("lena"), seat.id, submission.id)
