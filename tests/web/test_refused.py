"""What REST says of a body that is wrong: our sentences, one for each member."""

from typing import Any

import pytest
from django.urls import reverse
from pydantic import ValidationError
from pydantic_core import InitErrorDetails
from pydantic_core._pydantic_core import list_all_errors  # what there is, named nowhere else
from world import World

from peer_xblocks.web.rest_api.v1 import refused


@pytest.mark.parametrize(
    ("words", "problems"),
    [
        ({"goals": []}, {"goals": "Give at least 1."}),
        ({"goals": [{"text": "x"}] * 3}, {"goals": "Give 2 at most."}),
        ({"goals": [{"text": "x" * 601}]}, {"goals.0.text": "Write 600 characters at most."}),
        ({"goals": [{"text": ""}]}, {"goals.0.text": "Write something here."}),
        (
            {"goals": [{"text": 7, "criterion": "Ä"}], "mark": 5},
            {
                "goals.0.text": "This has to be text.",
                "goals.0.criterion": "This has not the form that it has to have.",
                "mark": "There is no such member.",
            },
        ),
        ({"goals": "x"}, {"goals": "This has to be a list."}),
        ({"message": "x"}, {"goals": "This is missing."}),
        ([], {"body": "This has to be an object."}),
    ],
)
def test_each_wrong_member_is_told_in_our_words(
    words: Any, problems: dict[str, str], world: World, browse: Any
) -> None:
    """One sentence for one mistake, under the way to it."""
    case = world.rated()
    answer = browse("lena").post(
        reverse("peer_xblocks:v1:release", args=[case.id]),
        words,
        "application/json",
        headers={"Idempotency-Key": "r"},
    )
    assert (answer.status_code, answer.json()["problems"]) == (422, problems)


def test_no_refusal_of_a_library_is_passed_on() -> None:
    """Whatever pydantic may ever find wrong is told in a sentence of ours, each with its facts."""
    for known in list_all_errors():
        found = InitErrorDetails(
            type=known["type"], loc=("a",), input=[], ctx=known["example_context"] or {}
        )
        error = ValidationError.from_exception_data("x", [found])
        told = refused.problems_of(error)["a"]
        assert told.endswith(".") and "%" not in told, known
        assert told != error.errors()[0]["msg"], known
