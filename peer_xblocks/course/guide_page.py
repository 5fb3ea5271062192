"""A trainer's guide as the HTML that Studio imports: its text, its sessions, its facts and sources.

It is a platform's own html block, which has none of our code around it: nothing here is a link that
only our pages could follow.
"""

import re
from datetime import date
from html import escape

from peer_xblocks.authoring import content
from peer_xblocks.core.fact import Fact
from peer_xblocks.core.guide import Guide, Session
from peer_xblocks.core.lesson import HoursKind, Source
from peer_xblocks.course.pages.table import table

_TO_SOURCE = re.compile(r'<a href="#source-[^"]*"[^>]*>(\d+)</a>')
_KINDS = {HoursKind.LIVE: "live, together", HoursKind.PRACTICUM: "in practice"}


def html_of(guide: Guide) -> str:
    """The whole guide, sanitised."""
    body = "\n".join(content.render(part.markdown, guide.sources) for part in guide.parts)
    parts = [_TO_SOURCE.sub(r"\1", body), *map(_session, guide.sessions)]
    if guide.facts:
        parts.append(_list("Facts here that change", "ul", [_fact(fact) for fact in guide.facts]))
    if guide.sources:
        parts.append(_list("Sources", "ol", [_source(source) for source in guide.sources]))
    return content.sanitise("\n".join(parts))


def _session(session: Session) -> str:
    title = f"{session.title} ({session.minutes} minutes, {_KINDS[session.kind]})"
    steps = [(step.what, f"{step.minutes} min") for step in session.agenda]
    return content.render("\n".join([f"## {title}", "", *table(["What", "How long"], steps)]))


def _list(title: str, tag: str, items: list[str]) -> str:
    inside = "".join(f"<li>{item}</li>" for item in items)
    return f"<h2>{title}</h2>\n<{tag}>{inside}</{tag}>"


def _fact(fact: Fact) -> str:
    held = f" Known to hold until {_day(fact.valid_until)}." if fact.valid_until else ""
    words = f"<strong>{escape(fact.text)}</strong>: {escape(fact.what_it_is)}"
    page = _named(fact.source.title, fact.source.author, fact.source.url)
    return f"{words} As of {_day(fact.as_of)}.{held} {page}"


def _source(source: Source) -> str:
    seen = f"Looked up on {_day(source.as_of)}." if source.status == "checked" else "Recalled."
    return f"{_named(source.title, source.author, source.url)} {seen}"


def _named(title: str, author: str, url: str) -> str:
    name = f'<a href="{escape(url)}">{escape(title)}</a>' if url else escape(title)
    return f"{escape(author)}. {name}." if author else f"{name}."


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
