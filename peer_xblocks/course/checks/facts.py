"""Facts that age stand once, dated, in `facts.yaml`; lessons name them as `{{fact-id}}`."""

from collections.abc import Iterator
from datetime import date

from peer_xblocks.authoring.facts import MARK, MEMBERS
from peer_xblocks.authoring.refusals import Place, did_you_mean
from peer_xblocks.core.problem import Problem
from peer_xblocks.course.checks.prose import line_of, texts
from peer_xblocks.course.files import Document, Source
from peer_xblocks.course.sources import FACTS, Sources

_PLACES = {(member,) for member in MEMBERS}


def known_facts(sources: Sources) -> Iterator[Problem]:
    """Every place for a fact names one of the list, in a text that facts are put into."""
    known = set(ids(sources))
    can_tell = not any(file.endswith(f"/{FACTS}") for file in sources.unread)
    filled = {one.file for one in sources.pages}
    for document in sources.files:
        for place, text in texts(document.written.data, ()):
            may_stand = document.file in filled and place[:1] in _PLACES
            yield from _marks(document, place, text, known if may_stand else None, can_tell)
    for lesson in sources.pages:
        if "facts" in lesson.members:
            sentence = f"The facts of a lesson stand in {FACTS}, for all lessons together."
            yield lesson.problem(("facts",), "fact-misplaced", sentence, "Move them there.")


def _marks(
    document: Document, place: Place, text: str, known: set[str] | None, can_tell: bool
) -> Iterator[Problem]:
    if "{{" not in text and "}}" not in text:
        return
    start = document.written.line(place)
    for match in MARK.finditer(text):
        line = line_of(document, start, text, match.start())
        if known is None:
            sentence = f'"{match[0]}" would be shown as it is: only lessons and guides take facts.'
            yield document.problem(line, "fact-misplaced", sentence, "Write it in words.")
        elif match["id"] not in known and can_tell:
            sentence = f'There is no fact "{match["id"]}" in {FACTS}.'
            hint = did_you_mean(match["id"], known)
            yield document.problem(line, "unknown-fact", sentence, hint)
    rest = MARK.sub(lambda match: " " * len(match[0]), text)
    for braces in ("{{", "}}"):
        if braces in rest:
            line = line_of(document, start, text, rest.index(braces))
            sentence = f'"{braces}" stands alone here.'
            yield document.problem(line, "fact-form", sentence, "Write {{fact-id}} on one line.")


def facts_used_once_listed(sources: Sources) -> Iterator[Problem]:
    """Every fact is used somewhere, and none stands twice."""
    if sources.facts is None or any(one.code == "missing-file" for one in sources.problems):
        return
    read = [one.text for one in sources.pages]
    used = {m["id"] for text in (*read, *sources.unread.values()) for m in MARK.finditer(text)}
    listed = ids(sources)
    for number, name in enumerate(listed):
        place = ("facts", number, "id")
        if name in listed[:number]:
            sentence = f'The fact "{name}" stands twice.'
            yield sources.facts.problem(place, "stands-twice", sentence)
        elif name and name not in used:
            sentence = f'The fact "{name}" is used nowhere.'
            hint = f"Write {{{{{name}}}}} where it belongs, or remove it."
            yield sources.facts.problem(place, "unused-fact", sentence, hint)


def dates_that_fit(sources: Sources) -> Iterator[Problem]:
    """No fact was looked up after the last day that it holds."""
    facts = sources.facts
    if facts is None:
        return
    for number, _fact in facts.items("facts"):
        until, seen = (facts.at("facts", number, name) for name in ("valid_until", "as_of"))
        if isinstance(until, date) and isinstance(seen, date) and until < seen:
            sentence = "This fact had expired when it was looked up."
            yield facts.problem(("facts", number, "valid_until"), "dates", sentence)


def facts_still_fresh(sources: Sources, today: date) -> Iterator[Problem]:
    """Facts that were looked up over a year ago, or are past the day they were known to hold."""
    if not isinstance(sources.facts, Source):
        return
    hint = "Look again, then change the text and as_of."
    for number, fact in enumerate(sources.facts.value.facts):
        if fact.has_expired(today):
            sentence = f'The fact "{fact.id}" was known to hold until {fact.valid_until} only.'
            place = ("facts", number, "valid_until")
            yield sources.facts.problem(place, "fact-expired", sentence, hint)
        elif fact.is_old(today):
            sentence = f'The fact "{fact.id}" was looked up more than a year ago.'
            yield sources.facts.problem(("facts", number, "as_of"), "fact-old", sentence, hint)


def ids(sources: Sources) -> list[str]:
    """The ids of the listed facts, in order, of faulty ones as well."""
    facts = sources.facts
    return [facts.word("facts", n, "id") for n, _fact in facts.items("facts")] if facts else []
