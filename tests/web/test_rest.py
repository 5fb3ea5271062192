"""REST v1: the whole way by API, errors with stable codes, garbage, the description."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema
from world import PROGRAMME, World, rating_of, the_role_play, ticks, with_harm

from peer_xblocks.core.rubric import BehaviourKind

JSON = "application/json"


def at(name: str, *args: Any) -> str:
    """The address of an endpoint."""
    return reverse(f"peer_xblocks:v1:{name}", args=args)


def sent(value: Any) -> str:
    """A value as a body."""
    return value.model_dump_json()


def rate(client: Any, rating: Any, key: str = "k") -> Any:
    """Take the next seat and rate on it."""
    seat = client.post(at("next-seat"), {"programme": PROGRAMME}, JSON).json()
    return client.post(
        at("rating", seat["id"]), sent(rating), JSON, headers={"Idempotency-Key": key}
    )


def test_from_the_queue_to_the_released_result(world: World, browse: Any) -> None:
    """Two ratings, a lead's settlement and release, and the trainee's result, all by API."""
    world.leave_no_third()
    submission = world.hand_in()
    assert rate(browse("ivo"), rating_of(ticks())).status_code == 201
    assert rate(browse("mia"), rating_of(with_harm(ticks()))).status_code == 201
    lead = browse("lena")
    case = lead.get(at("cases"), {"programme": PROGRAMME}).json()[0]
    assert (case["submission_id"], case["state"]) == (str(submission.id), "needs_third")
    signed = {"choices": {"hears": 0}, "reason": "Clumsy, not an argument."}
    key = {"Idempotency-Key": "s"}
    settled = lead.post(at("settle", submission.id), signed, JSON, headers=key)
    assert settled.json()["basis"] == "third_not_held"
    words = {"goals": [{"text": "Say the loss back."}], "message": "Well stayed."}
    released = lead.post(at("release", submission.id), words, JSON, headers=key)
    assert released.json()["state"] == "released"
    result = browse("ada").get(at("result", submission.id)).json()
    assert (result["passed"], result["goals"][0]["text"]) == (False, "Say the loss back.")


def test_the_same_key_again_is_the_same_rating(world: World, browse: Any) -> None:
    """A repeated request answers the rating that was made; with another rating it is a conflict,
    lest anybody believe that the second one counts.
    """
    world.hand_in()
    client = browse("ivo")
    seat = client.post(at("next-seat"), {"programme": PROGRAMME}, JSON).json()

    def submit(rating: Any) -> Any:
        key = {"Idempotency-Key": "one"}
        return client.post(at("rating", seat["id"]), sent(rating), JSON, headers=key)

    rating = rating_of(ticks(), note="“Naïve” 🌱\u0000", overall_impression=2)
    first, again = submit(rating), submit(rating)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = submit(rating_of(ticks()))
    assert (other.status_code, other.json()["code"]) == (409, "conflict")


def test_a_rating_without_a_key_is_refused(world: World, browse: Any) -> None:
    """The header is asked for by name."""
    world.hand_in()
    seat = world.seat("ivo")
    answer = browse("ivo").post(at("rating", seat.id), sent(rating_of(ticks())), JSON)
    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.json()["problems"]


def test_an_open_rating_is_refused_criterion_by_criterion(world: World, browse: Any) -> None:
    """An unfinished rating is answered with a sentence for each open criterion."""
    world.hand_in()
    assert set(
        rate(browse("ivo"), rating_of({}).model_copy(update={"criteria": ()})).json()["problems"]
    ) == set(ticks())


def test_a_stale_draft_has_a_code_of_its_own(world: World, browse: Any) -> None:
    """A late save answers 409 and `stale`."""
    world.hand_in()
    seat, client = world.seat("ivo"), browse("ivo")
    for words, status in (("one", 200), ("two", 409)):
        draft = {"version": 0, "rating": {"overall_comment": words}}
        answer = client.put(at("draft", seat.id), draft, JSON)
        assert answer.status_code == status
    assert answer.json()["code"] == "stale"


def test_nothing_waits(world: World, browse: Any) -> None:
    """An empty queue is no content."""
    answer = browse("ivo").post(at("next-seat"), {"programme": PROGRAMME}, JSON)
    assert answer.status_code == 204


GARBAGE = [
    b"",
    b"[",
    b"null",
    b"[]",
    b'"x"',
    b"{}",
    b'{"programme": 7}',
    b'{"programme": "\\u0000"}',
    b'{"rating": {"overall_comment": "\\ud800"}, "version": 0}',
    b'{"rating": {}, "version": 1e999}',
    b'{"rating": {}, "version": 99999999999999999999}',
    b'{"rating": {}, "version": NaN}',
    b'{"criteria": [{"criterion": "opens", "behaviours": ["none-such"]}]}',
    b'{"goals": [{"text": ""}]}',
    b'{"choices": {"hears": 9}, "reason": "r", "upheld": ["CE-1"]}',
    b"[" * 100_000,
    b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
    b"\xff\xfe",
    b'{"x": "' + b"y" * 1_100_000 + b'"}',
]


@pytest.mark.parametrize("garbage", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_is_never_a_500(garbage: bytes, world: World, browse: Any) -> None:
    """Whatever is sent, the answer is a status below 500 with code, sentence and problems."""
    world.hand_in("ben")
    seat = world.seat("noor")
    case = world.rated("ada", disputed=True)
    header = {"Idempotency-Key": "g"}
    tries = [
        browse("ivo").post(at("next-seat"), garbage, JSON),
        browse("noor").put(at("draft", seat.id), garbage, JSON),
        browse("noor").post(at("rating", seat.id), garbage, JSON, headers=header),
        browse("lena").post(at("settle", case.id), garbage, JSON, headers=header),
        browse("lena").post(at("release", case.id), garbage, JSON, headers=header),
    ]
    for answer in tries:
        assert answer.status_code < 500
        if answer.status_code >= 400:
            assert set(answer.json()) == {"code", "sentence", "problems"}


def test_a_post_needs_the_token(world: World) -> None:
    """With a session alone, without its token, nothing is written."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.ivo)
    answer = client.post(at("next-seat"), {"programme": PROGRAMME}, JSON)
    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")
    page = client.post(reverse("peer_xblocks:next-seat"), {"programme": PROGRAMME})
    assert page.status_code == 403


@pytest.mark.parametrize(
    ("method", "name", "status", "code"),
    [
        ("delete", "cases", 405, "method_not_allowed"),
        ("get", "submissions", 422, "invalid"),
        ("get", "seats", 422, "invalid"),
    ],
)
def test_errors_have_stable_codes(
    method: str, name: str, status: int, code: str, world: World, browse: Any
) -> None:
    """Also what the framework refuses is answered in our form."""
    answer = getattr(browse("ivo"), method)(at(name))
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_who_is_not_signed_in_is_told_so(world: World, browse: Any) -> None:
    """Without a session every endpoint answers the same code."""
    answer = browse().get(at("seats"), {"programme": PROGRAMME})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_authenticated")


def test_personal_answers_are_kept_by_no_cache(world: World, browse: Any) -> None:
    """Answers to a person are private."""
    answer = browse("ivo").get(at("seats"), {"programme": PROGRAMME})
    assert answer["Cache-Control"] == "private, no-store"


def test_the_description_is_openapi_and_names_every_endpoint(world: World, browse: Any) -> None:
    """The generated description is valid, and every operation has an id of its own."""
    from peer_xblocks.web.rest_api.v1.urls import endpoints

    GENERATOR_STATS.reset()
    answer = browse("ivo").get(at("schema"), headers={"Accept": "application/vnd.oai.openapi+json"})
    schema = json.loads(answer.content)
    validate_schema(schema)
    assert not GENERATOR_STATS  # drf-spectacular's warnings and errors
    assert {"CaseState", "SettledState"} <= set(schema["components"]["schemas"])
    assert len(schema["paths"]) == len(endpoints)
    ids = [one["operationId"] for path in schema["paths"].values() for one in path.values()]
    assert len(set(ids)) == len(ids)


def test_a_pack_is_a_zip_also_for_who_asks_for_a_zip(world: World, browse: Any) -> None:
    """A client that names the media type it expects is served it."""
    world.released()
    asked = {"Accept": "application/zip"}
    answer = browse("otto").get(at("pack", PROGRAMME), headers=asked)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    answer.close()


def test_a_result_is_not_the_rubric_s_key(world: World, browse: Any) -> None:
    """Of what nobody ticked, a trainee's result names at most basics; no hints, no `critical`."""
    rubric = the_role_play().rubric
    seen = with_harm(ticks())
    submission = world.released("ben")
    harmed = world.rated("ada", disputed=True)
    world.settle(harmed)
    words = {"goals": [{"text": "Say the loss back."}]}
    browse("lena").post(at("release", harmed.id), words, JSON, headers={"Idempotency-Key": "r"})
    for who, one, ticked in (("ben", submission, ticks()), ("ada", harmed, seen)):
        answer = browse(who).get(at("result", one.id))
        assert answer.status_code == 200
        told = json.dumps(answer.json(), ensure_ascii=False)
        by_one = {name for names in ticked.values() for name in names}
        by_one |= {name for names in ticks().values() for name in names}
        hidden = [
            behaviour.text
            for criterion in rubric.criteria
            for behaviour in criterion.behaviours
            if behaviour.kind != BehaviourKind.BASIC and behaviour.id not in by_one
        ]
        hidden += [one.no_opportunity_hint for one in rubric.criteria if one.no_opportunity_hint]
        assert len(hidden) > len(rubric.criteria)
        assert not [text for text in hidden if json.dumps(text, ensure_ascii=False)[1:-1] in told]
        members = {"id", "title", "question", "competencies", "behaviours"}
        assert all(set(item["criterion"]) == members for item in answer.json()["criteria"])


def test_a_rater_is_not_told_what_another_took(world: World, browse: Any) -> None:
    """Queue, seat and desk read the same for the first and the second who takes one."""
    world.hand_in()
    before = browse("mia").get(at("seats"), {"programme": PROGRAMME}).json()["waiting"]
    seat = browse("ivo").post(at("next-seat"), {"programme": PROGRAMME}, JSON).json()
    after = browse("mia").get(at("seats"), {"programme": PROGRAMME}).json()["waiting"]
    for one in (*before, *after):
        del one["waiting_seconds"]
    assert before == after
    assert "seats_open" not in before[0]
    desk = browse("ivo").get(at("seat", seat["id"])).json()
    assert not {"number"} & (set(seat) | set(desk["seat"]))


LISTS = [
    ("submissions", "ada", False),
    ("ratings", "ivo", False),
    ("cases", "lena", False),
    ("own-record", "ada", True),
    ("readers", "ada", True),
    ("standings", "ada", True),
    ("seats", "ivo", False),
    ("records", "otto", True),
]


def test_the_description_says_what_is_a_list(world: World, browse: Any) -> None:
    """Where an answer is an array the description says so, and how a refusal reads."""
    world.released()
    answer = browse("ivo").get(at("schema"), headers={"Accept": "application/vnd.oai.openapi+json"})
    schema = json.loads(answer.content)
    known = schema["components"]["schemas"]

    def described(response: Any) -> Any:
        return known[response["content"]["application/json"]["schema"]["$ref"].split("/")[-1]]

    for name, who, in_path in LISTS:
        address = at(name, PROGRAMME) if in_path else at(name)
        asked = {} if in_path else {"programme": PROGRAMME}
        real = browse(who).get(address, asked).json()
        path = address.replace(PROGRAMME, "{programme}")
        responses = next(v for k, v in schema["paths"].items() if path.endswith(k))["get"][
            "responses"
        ]
        assert described(responses["200"])["type"] == (
            "array" if isinstance(real, list) else "object"
        ), name
    for path in schema["paths"].values():
        for operation in path.values():
            refused = described(operation["responses"]["4XX"])
            assert set(refused["properties"]) == {"code", "sentence", "problems"}
