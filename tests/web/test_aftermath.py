"""Pages of what may follow a result, and of what is said beside a rating."""

import uuid
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from world import PROGRAMME, World

from peer_xblocks.assessment.api import referrals, seats
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants

OK, MOVED, SHUT, NOT_THERE, NOT_NOW, WRONG = 200, 302, 403, 404, 409, 422
JSON = "application/json"
CANARY = "canary-of-private-words"


def at(name: str, *args: Any) -> str:
    """The address of a page or an endpoint."""
    return reverse(f"peer_xblocks:{name}", args=args)


def text(answer: Any) -> str:
    """What an answer says."""
    return answer.content.decode()


def test_the_way_of_an_appeal(world: World, browse: Any) -> None:
    """The trainee appeals, a lead decides, the trainee reads it, and others rate anew."""
    submission = world.released()
    ada, lena = browse("ada"), browse("lena")
    result = text(ada.get(at("result", submission.id)))
    assert at("appeal", submission.id) in result
    empty = ada.post(at("appeal", submission.id), {"ground": "bias", "words": " "})
    assert empty.status_code == WRONG and "Tell us what happened" in text(empty)
    words = {"ground": "bias", "words": CANARY, "key": "a"}
    for _ in range(2):
        assert ada.post(at("appeal", submission.id), words).status_code == MOVED
    assert "Your appeal is with a lead" in text(ada.get(at("result", submission.id)))
    assert "Appeals" in text(lena.get(at("lead")))
    assert CANARY in text(lena.get(at("case", submission.id)))
    missing = lena.post(at("decide-appeal", submission.id), {"decision": "rated_anew"})
    assert missing.status_code == WRONG
    decided = {"decision": "rated_anew", "appeal_reason": "A tie was not declared.", "key": "d"}
    refused = lena.post(at("decide-appeal", submission.id), decided)
    assert refused.status_code == WRONG and "two who may rate it, and there are 1" in text(refused)
    for name in ("kim", "lou"):
        world.people[name] = get_user_model().objects.create_user(name, first_name=name)
        grants.give(None, world.people[name], PROGRAMME, Role.ASSESSOR)
    assert lena.post(at("decide-appeal", submission.id), decided).status_code == MOVED
    results = text(lena.get(at("lead")))
    assert "Set aside, to be rated anew" in results and at("case", submission.id) not in results
    read = text(ada.get(at("result", submission.id)))
    assert "It is being rated anew" in read and "A tie was not declared." in read
    assert "Waiting to be rated" in text(ada.get(at("own-record", PROGRAMME)))
    assert CANARY not in text(browse("noor").get(at("desk", world.seat("noor").id)))
    for name in ("noor", "kim", "lou"):
        assert "Nobody may take it" not in text(lena.get(at("in-progress", PROGRAMME)))
        seats.skip(world.people[name], world.seat(name).id)
    assert text(lena.get(at("in-progress", PROGRAMME))).count("Nobody may take it") == 2
    assert "Needs another assessor" in text(lena.get(at("in-progress", PROGRAMME)))
    assert "(1 needs another assessor)" in text(lena.get(at("lead")))


def test_a_voided_attempt_tells_why(world: World, browse: Any) -> None:
    """A lead voids with a reason; the trainee reads it on the result's page and in the record."""
    submission = world.released()
    lena, ada = browse("lena"), browse("ada")
    assert lena.post(at("void", submission.id), {"cause": "error"}).status_code == WRONG
    why = {"cause": "technical", "void_reason": "The sound broke off.", "key": "v"}
    assert lena.post(at("void", submission.id), why).status_code == MOVED
    page = text(ada.get(at("result", submission.id)))
    assert "counts no more" in page and "The sound broke off." in page and "Lena" not in page
    assert "Counts no more" in text(ada.get(at("own-record", PROGRAMME)))
    assert "This counts no more." in text(lena.get(at("case", submission.id)))


def test_a_correction_is_read_beside_the_result(world: World, browse: Any) -> None:
    """Was and is, struck through and marked, with the reason; nothing else changes."""
    submission = world.released()
    lena = browse("lena")
    case = text(lena.get(at("case", submission.id)))
    about = case.split('<option value="urn:uuid:')[-1].split('"')[0]
    sent = {
        "about": f"urn:uuid:{about}",
        "member": "goal",
        "was": "Say the loss back",
        "now": "Say it back first",
        "correction_reason": "Copied from another result.",
        "key": "c",
    }
    assert lena.post(at("correct", submission.id), {**sent, "now": ""}).status_code == MOVED
    assert lena.post(at("correct", submission.id), {**sent, "about": "x"}).status_code == WRONG
    page = text(browse("ada").get(at("result", submission.id)))
    assert "Corrected since" in page and "Copied from another result." in page


def test_prepared_results_go_out_together(world: World, browse: Any) -> None:
    """Prepare two, hold one, release: one is out; lift, release: both are."""
    first, second = world.rated("ada"), world.rated("ben")
    lena = browse("lena")
    for one in (first, second):
        kept = {"goal": "Wait longer.", "message": "Well done.", "then": "prepare"}
        assert lena.post(at("release", one.id), kept).status_code == MOVED
    assert lena.post(at("hold", second.id), {"hold_reason": " "}).status_code == WRONG
    lena.post(at("hold", second.id), {"hold_reason": "A tie is looked into.", "then": "hold"})
    assert "A tie is looked into." in text(lena.get(at("case", second.id)))
    both = {"programme": PROGRAMME, "submission": [first.id, second.id], "key": "t"}
    said = text(lena.post(at("release-together"), both, follow=True))
    assert "1 result is released." in said and "holds this result back" in said
    lena.post(at("hold", second.id), {"then": "lift"})
    said = text(lena.post(at("release-together"), {**both, "key": "u"}, follow=True))
    assert "1 result is released." in said
    assert "Well done." in text(browse("ben").get(at("result", second.id)))


def test_a_worry_reaches_one_person(world: World, browse: Any) -> None:
    """From the desk to the contact's page; nobody else reads it anywhere."""
    submission = world.hand_in()
    seat = world.seat("ivo")
    sent = {"referral": CANARY, "key": "r"}
    assert browse("ivo").post(at("refer-seat", seat.id), sent).status_code == NOT_NOW
    referrals.name_contact(world.lena, world.noor, PROGRAMME)
    assert "Noor Assessor" in text(browse("ivo").get(at("desk", seat.id)))
    assert browse("ivo").post(at("refer-seat", seat.id), sent).status_code == MOVED
    noor = browse("noor")
    assert "Safeguarding (1)" in text(noor.get(at("queue")))
    page = text(noor.get(at("referrals", PROGRAMME)))
    assert CANARY in page and "Ada Trainee" in page
    addresses = [at("referrals", PROGRAMME), at("queue"), at("desk", seat.id), at("lead")]
    addresses += [at("case", submission.id), at("own-record", PROGRAMME), at("audit", PROGRAMME)]
    for name in ("ada", "ben", "ivo", "mia", "lena", "otto"):
        assert all(CANARY not in text(browse(name).get(one)) for one in addresses)
    referral = referrals.addressed(world.noor, PROGRAMME)[0]
    assert browse("lena").post(at("acknowledge", referral.id)).status_code == NOT_THERE
    done = {"what_was_done": "Called her."}
    assert noor.post(at("acknowledge", referral.id), done).status_code == MOVED
    assert "Safeguarding (" not in text(noor.get(at("queue")))


def test_people_say_whom_they_know(world: World, browse: Any) -> None:
    """Each of the three forms; a list that holds only what concerns the reader; an end."""
    ada = browse("ada")
    assert "Ivo Assessor" in text(ada.get(at("ties", PROGRAMME)))
    assert "Ben Trainee" not in text(ada.get(at("ties", PROGRAMME)))
    sent = {"assessor": world.ivo.pk, "kind": "friend"}
    assert ada.post(at("declare-tie", PROGRAMME), sent).status_code == MOVED
    by_mia = {"trainee": world.ben.pk, "kind": "trainer"}
    assert browse("mia").post(at("declare-tie", PROGRAMME), by_mia).status_code == MOVED
    by_lead = {"assessor": world.noor.pk, "trainee": world.ben.pk, "kind": "family"}
    assert browse("lena").post(at("declare-tie", PROGRAMME), by_lead).status_code == MOVED
    assert text(browse("lena").get(at("ties", PROGRAMME))).count("End it") == 3
    assert text(browse("ivo").get(at("ties", PROGRAMME))).count("End it") == 1
    assert browse("mia").post(at("declare-tie", PROGRAMME), {"kind": "x"}).status_code == WRONG
    backwards = {**by_lead, "since": "2026-02-01", "until": "2026-01-01"}
    assert browse("lena").post(at("declare-tie", PROGRAMME), backwards).status_code == WRONG
    assert browse("ben").post(at("end-tie", PROGRAMME, 1)).status_code == NOT_THERE
    assert ada.post(at("end-tie", PROGRAMME, 1)).status_code == MOVED
    assert browse("otto").get(at("ties", PROGRAMME)).status_code == OK


def test_who_knows_the_performer_says_so_at_the_desk(world: World, browse: Any) -> None:
    """The first tied rater may go on, a second goes back to the queue."""
    world.hand_in()
    first, second = world.seat("ivo"), world.seat("mia")
    goes_on = browse("ivo").post(at("know", first.id), {"kind": "colleague"})
    assert goes_on["Location"] == at("desk", first.id)
    goes_back = browse("mia").post(at("know", second.id), {"kind": "family"})
    assert goes_back["Location"] == at("queue")
    assert browse("noor").post(at("know", first.id), {"kind": "other"}).status_code == NOT_THERE


LEAD_ACTS = {
    "sign": {"reason": ""},
    "hold": {"hold_reason": "x"},
    "void": {"cause": "error", "void_reason": "x"},
    "correct": {"about": "x"},
    "decide-appeal": {"decision": "dismissed", "appeal_reason": "x"},
    "refer-case": {"referral": "x"},
}
LEAD_ENDPOINTS = {
    "sign": ("post", {"reason": ""}),
    "prepare": ("put", {"goals": [{"text": "x"}]}),
    "hold": ("put", {"reason": "x"}),
    "void": ("post", {"cause": "error", "reason": "x"}),
    "correct": ("post", {"about": "x", "reason": "x", "changes": []}),
    "decide": ("post", {"decision": "dismissed", "reason": "x"}),
}


@pytest.mark.parametrize("act", LEAD_ACTS)
def test_only_a_lead_acts_on_a_case(act: str, world: World, browse: Any) -> None:
    """For everybody else the case does not exist, as for an id that belongs to nothing."""
    submission = world.released()
    for name in ("ada", "ben", "ivo", "noor", "otto"):
        answers = {
            browse(name).post(at(act, one), LEAD_ACTS[act]).status_code
            for one in (submission.id, uuid.uuid4())
        }
        assert answers == {NOT_THERE}


@pytest.mark.parametrize("act", LEAD_ENDPOINTS)
def test_only_a_lead_acts_on_a_case_by_api(act: str, world: World, browse: Any) -> None:
    """The same through the API, byte for byte alike for foreign and unknown ids."""
    submission = world.released()
    method, sent = LEAD_ENDPOINTS[act]
    for name in ("ada", "ivo", "otto"):
        ask = getattr(browse(name), method)
        answers = {
            ask(at(f"v1:{act}", one), sent, JSON, headers={"Idempotency-Key": "k"}).content
            for one in (submission.id, uuid.uuid4())
        }
        assert len(answers) == 1 and b"not_found" in answers.pop()


def test_the_whole_aftermath_by_api(world: World, browse: Any) -> None:
    """Prepare, release together, appeal, correct, decide: each answers what it made."""
    submission = world.rated()
    lena, ada = browse("lena"), browse("ada")

    def send(client: Any, method: str, name: str, sent: Any, *args: Any) -> Any:
        ask = getattr(client, method)
        headers = {"Idempotency-Key": f"{name}"}
        return ask(at(f"v1:{name}", *args), sent, JSON, headers=headers)

    words = {"goals": [{"text": "Wait longer."}], "message": "Good."}
    kept = send(lena, "put", "prepare", words, submission.id).json()
    assert (kept["message"], kept["held"]) == ("Good.", False)
    assert send(lena, "put", "hold", {"reason": "x"}, submission.id).json()["held"]
    assert not send(lena, "delete", "hold", None, submission.id).json()["held"]
    both = {"programme": PROGRAMME, "submissions": [str(submission.id)]}
    assert send(lena, "post", "together", both).json()["released"] == [str(submission.id)]
    appeal = send(ada, "post", "appeal", {"ground": "rule", "words": CANARY}, submission.id)
    assert (appeal.status_code, appeal.json()["decision"]) == (201, None)
    again = send(browse("ben"), "post", "appeal", {"ground": "rule", "words": "x"}, submission.id)
    assert again.status_code == NOT_THERE
    case = lena.get(at("v1:case", submission.id)).json()
    about = case["records"][-1]["id"]
    change = {"member": "goal", "was": "Wait longer.", "now": "Wait a breath."}
    wrong = {"about": about, "reason": "A slip.", "changes": [change]}
    assert send(lena, "post", "correct", wrong, submission.id).json()["what"] == "The release"
    decided = {"decision": "corrected", "reason": "The goal was another's."}
    made = send(lena, "post", "decide", decided, submission.id).json()
    assert (made["decision"], made["heard_by_signer"]) == ("corrected", True)
    void = {"cause": "request", "reason": "Asked for."}
    assert send(lena, "post", "void", void, submission.id).json()["cause"] == "request"
    assert ada.get(at("v1:result", submission.id)).status_code == NOT_NOW
