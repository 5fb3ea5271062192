"""What a plan is gently looked at for as somebody writes: hints, never a verdict, none blocking.

Every check would rather say nothing than be wrong: people write in many ways, and a hint that is
beside the point teaches them to pass over the next. The words looked for are English.
"""

import re
from collections.abc import Iterator

from peer_xblocks.core import plan_privacy
from peer_xblocks.core.plan import ITEM, Check, PlanField, PlanTemplate, StepPart
from peer_xblocks.core.plan_content import Plan, Row
from peer_xblocks.core.plan_words import PlanTerm, PlanWords
from peer_xblocks.core.sentences import gettext as _
from peer_xblocks.core.value import Value

LONGEST_STEP = 25
"""How many words a small step has at most."""

DAYS = 14
"""Within how many days a small step is done."""


class Hint(Value):
    """Something to look at again, beside a field or one of its rows (counted from 0).

    `words` are those that it is about, "" for what is missing.
    """

    field: str
    row: int | None = None
    check: str
    words: str = ""
    sentence: str


_OWN = re.compile(
    r"\b(?:I|I['’]\w+|me|my|mine|myself|we|we['’]\w+|us|our|ours"
    r"|yo|mi|mis|m[ií]o|m[ií]a|quiero|queremos|nuestr[oa]s?|nosotr[oa]s)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^\W*(?:the\s+)?(?:client|consumer|patient|resident|member|participant|individual|person|peer"
    r"|he|she|they)\b\s+(?:will|wants?|would|needs?|should|is|are|has|have|agrees?|wishes|wish)\b",
    re.IGNORECASE,
)
_WANTS = r"\s+(?:will|wants|would|needs|should|is|has|agrees|wishes)\b"
_QUOTED = re.compile(r'"[^"\n]*"|“[^”\n]*”|‘[^’\n]*’|«[^»\n]*»')
_I_AM = re.compile(
    r"\b(?:I['’]?m|I am|I was|call(?:s)? myself|yo soy|soy)\W+(?:\w+\W+){0,2}$", re.I
)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_SEVERAL = re.compile(r"[;\n]\s*\S|\b(?:and then|after that|as well as)\b", re.IGNORECASE)
_NO_DAY = re.compile(
    r"^\W*(?:ongoing|as needed|some ?day|eventually|soon|later|tbd|always|whenever|when possible"
    r"|a\.?s\.?a\.?p\.?)\W*$",
    re.IGNORECASE,
)
_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "eight": 8,
    "ten": 10,
    "twelve": 12,
}
_SPAN = re.compile(
    r"\b(?:in|within|over|for|next)\s+(?:the\s+)?(?:next\s+)?"
    rf"(\d{{1,3}}|{'|'.join(_NUMBERS)})[\s-]+(day|week|month|year)s?\b",
    re.IGNORECASE,
)
_NEXT_YEAR = re.compile(r"\b(?:next year|by the end of (?:the|this|next) year)\b", re.IGNORECASE)
_DAYS_IN = {"day": 1, "week": 7, "month": 30, "year": 365}
_WORD = re.compile(r"[^\W\d_]{4,}")
_COMMON = re.compile(
    r"about|after|again|always|because|been|before|being|both|could|does|doing|done|each"
    r"|ever|every|from|gets|getting|give|gives|going|good|have|having|here|into|just|keep"
    r"|keeps|know|knows|like|long|made|make|makes|many|more|most|much|never|often|only"
    r"|other|over|people|person|really|since|some|something|still|such|sure|take|takes"
    r"|than|that|their|them|then|there|these|they|thing|things|this|those|time|times|very"
    r"|want|wants|well|were|what|when|where|which|while|who|will|with|work|would|your"
)


def hints(template: PlanTemplate, plan: Plan, words: PlanWords) -> tuple[Hint, ...]:
    """Everything worth another look in a plan, in the order of its fields."""
    return tuple(
        one for field in template.fields for one in _of_field(template, field, plan, words)
    )


def _of_field(
    template: PlanTemplate, field: PlanField, plan: Plan, words: PlanWords
) -> Iterator[Hint]:
    for row, text in _texts(field, plan):
        for found in plan_privacy.found_in(text):
            yield Hint(field=field.id, row=row, check="private", **found)
        if Check.FIRST_PERSON in field.checks:
            yield from _first_person(field, row, text, (template.person.name, plan.person))
        if Check.DEFICIT_LANGUAGE in field.checks:
            yield from _deficit(field, row, text, words.deficit)
        if Check.WORKERS_GOAL in field.checks:
            yield from _workers(field, row, text, words.workers)
    if Check.SMALL_STEP in field.checks:
        for number, cells in enumerate(plan.rows_of(field.id)):
            yield from _small_step(field, number, cells)
    if field.strengths:
        yield from _strengths_used(field, plan)


def _texts(field: PlanField, plan: Plan) -> Iterator[tuple[int | None, str]]:
    """The texts of a field, each with its row."""
    if not field.has_rows:
        if plan.text(field.id).strip():
            yield None, plan.text(field.id)
        return
    for number, row in enumerate(plan.rows_of(field.id)):
        for column in field.column_ids:
            if row.get(column, "").strip():
                yield number, row[column]


def _first_person(
    field: PlanField, row: int | None, text: str, names: tuple[str, ...]
) -> Iterator[Hint]:
    """A goal that speaks about the person, as a file does."""
    if _OWN.search(text):
        return
    firsts = {re.escape(name.split()[0]) for name in names if name.split()}
    by_name = firsts and re.match(rf"^\W*(?:{'|'.join(sorted(firsts))})\b{_WANTS}", text, re.I)
    if found := (_ABOUT.match(text) or by_name):
        sentence = _(
            "This speaks about the person. How would they say it to a friend? "
            "It often begins with “I want”."
        )
        yield Hint(
            field=field.id,
            row=row,
            check=Check.FIRST_PERSON,
            words=found[0].strip(),
            sentence=sentence,
        )


def _deficit(
    field: PlanField, row: int | None, text: str, terms: tuple[PlanTerm, ...]
) -> Iterator[Hint]:
    for term, words in _said_of_others(text, terms):
        sentence = _("“%(words)s” says what is wrong with somebody. You might say: %(instead)s.")
        told = sentence % {"words": words, "instead": term.instead}
        yield Hint(
            field=field.id, row=row, check=Check.DEFICIT_LANGUAGE, words=words, sentence=told
        )


def _said_of_others(text: str, terms: tuple[PlanTerm, ...]) -> Iterator[tuple[PlanTerm, str]]:
    """Each term that is found outside quotes, and not in what people say they are themselves."""
    shown = _QUOTED.sub(lambda match: " " * len(match[0]), text)
    for term in terms:
        where = text if term.also_own else shown
        for match in term.pattern.finditer(where):
            if term.also_own or not _I_AM.search(where[: match.start()]):
                yield term, " ".join(match[0].split())
                break


def _workers(
    field: PlanField, row: int | None, text: str, terms: tuple[PlanTerm, ...]
) -> Iterator[Hint]:
    """A goal that a service has for the person. What people say for themselves is theirs, but for
    words that hardly anybody says of their own life.
    """
    for said in _SENTENCE.findall(text):
        own = bool(_OWN.search(said))
        for term in terms:
            match = None if own and not term.also_own else term.pattern.search(said)
            if match:
                sentence = _(
                    "“%(words)s” sounds like what a service wants. Whose goal is it? If it is the "
                    "team’s, it can stand under the team’s name. You might ask: %(instead)s"
                )
                words = " ".join(match[0].split())
                told = sentence % {"words": words, "instead": term.instead}
                yield Hint(
                    field=field.id, row=row, check=Check.WORKERS_GOAL, words=words, sentence=told
                )
                return


def _small_step(field: PlanField, number: int, cells: Row) -> Iterator[Hint]:
    """A step that is too large for one go, or leaves open who, when, or how one would know."""

    def hint(words: str, sentence: str) -> Hint:
        return Hint(
            field=field.id, row=number, check=Check.SMALL_STEP, words=words, sentence=sentence
        )

    what = cells.get(field.column(StepPart.WHAT), "").strip()
    if not what:
        return
    columns = [(part, field.column(part)) for part in (StepPart.WHO, StepPart.WHEN, StepPart.KNOWN)]
    is_open = [part for part, column in columns if column and not cells.get(column, "").strip()]
    if is_open:
        named = ", ".join(str(_OPEN[part]()) for part in is_open)
        yield hint("", _("Still open here: %(parts)s.") % {"parts": named})
    if len(what.split()) > LONGEST_STEP or _SEVERAL.search(what):
        sentence = _(
            "This looks like several steps in one. What is the first of them? The others can have "
            "rows of their own."
        )
        yield hint("", sentence)
    when = cells.get(field.column(StepPart.WHEN), "").strip()
    if when and _is_far(when):
        sentence = _(
            "A small step has a day within two weeks or so. Which part of this could be done by "
            "then?"
        )
        yield hint(when, sentence)


_OPEN = {
    StepPart.WHO: lambda: _("who does it"),
    StepPart.WHEN: lambda: _("by which day"),
    StepPart.KNOWN: lambda: _("how you will know"),
}


def _is_far(when: str) -> bool:
    """Whether a time is no day at all, or surely more than two weeks off."""
    if _NO_DAY.match(when) or _NEXT_YEAR.search(when):
        return True
    spans = [
        (int(number) if number.isdigit() else _NUMBERS[number.lower()]) * _DAYS_IN[unit.lower()]
        for number, unit in _SPAN.findall(when)
    ]
    return any(days > DAYS for days in spans)


def _strengths_used(field: PlanField, plan: Plan) -> Iterator[Hint]:
    """Strengths that were written down, and steps in which no word of them comes up."""
    strengths = [row.get(ITEM, "") for row in plan.rows_of(field.strengths)]
    said = " ".join(text for _row, text in _texts(field, plan))
    known = _stems(" ".join(strengths))
    if known and len(said.split()) >= 3 and known.isdisjoint(_stems(said)):
        sentence = _(
            "We see no word of the strengths in here. Is there a step that one of them would make "
            "easier? If it is there in other words, all is well."
        )
        yield Hint(field=field.id, check=Check.STRENGTHS_USED, sentence=sentence)


def _stems(text: str) -> set[str]:
    """The beginnings of the words that carry meaning: cook, cooks and cooking are one."""
    words = (word.lower() for word in _WORD.findall(text))
    return {word[:4] for word in words if not _COMMON.fullmatch(word)}
