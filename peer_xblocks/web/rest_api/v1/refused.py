"""Why a body is refused, in sentences of ours, one for each member that is wrong."""

import re
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError
from pydantic_core import ErrorDetails

WHOLE = "body"
"""Stands for the whole body where no member of it is wrong."""

_ANYTHING: Promise | str = _("This is not what has to stand here.")
_SENTENCES: dict[str, Promise | str] = {
    "missing": _("This is missing."),
    "extra_forbidden": _("There is no such member."),
    "string_type": _("This has to be text."),
    "string_too_short": _("Write something here."),
    "string_too_long": _("Write %(max_length)s characters at most."),
    "string_pattern_mismatch": _("This has not the form that it has to have."),
    "too_short": _("Give at least %(min_length)s."),
    "too_long": _("Give %(max_length)s at most."),
    "greater_than_equal": _("Give %(ge)s or more."),
    "less_than_equal": _("Give %(le)s or less."),
    "enum": _("Choose one of these: %(choices)s."),
    "literal_error": _("Choose one of these: %(choices)s."),
}
_KINDS: dict[str, Promise | str] = {
    "bool": _("This has to be true or false."),
    "dict": _("This has to be an object."),
    "float": _("This has to be a number."),
    "int": _("This has to be a whole number."),
    "list": _("This has to be a list."),
    "model": _("This has to be an object."),
    "tuple": _("This has to be a list."),
    "uuid": _("This is no id."),
}


def problems_of(error: ValidationError) -> dict[str, str]:
    """A sentence for each wrong member, named by the way to it: `goals.0.text`.

    Where an entry of a list is wrong, that the list has too few is no news: pydantic counts those
    that are right.
    """
    found = error.errors(include_url=False)
    places = {one["loc"] for one in found}
    return {
        ".".join(map(str, one["loc"])) or WHOLE: _sentence(one)
        for one in found
        if not (one["type"] == "too_short" and _has_wrong_entry(one["loc"], places))
    }


def _has_wrong_entry(place: tuple[Any, ...], places: set[tuple[Any, ...]]) -> bool:
    return any(len(one) > len(place) and one[: len(place)] == place for one in places)


def _sentence(detail: ErrorDetails) -> str:
    known = _SENTENCES.get(detail["type"]) or _KINDS.get(detail["type"].partition("_")[0])
    facts = dict(detail.get("ctx", {}))
    facts["choices"] = ", ".join(re.findall(r"'([^']*)'", str(facts.get("expected", ""))))
    return str(known or _ANYTHING) % facts
