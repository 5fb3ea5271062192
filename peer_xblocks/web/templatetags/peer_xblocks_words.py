"""Filters that turn the codes of values into words, and the frame around every page."""

from typing import Any

from django import template
from django.utils.safestring import mark_safe

from peer_xblocks import compat
from peer_xblocks.authoring import content
from peer_xblocks.web import competencies, fields, frame, moments, result_words, words

register = template.Library()

TABLES = {
    "level": words.LEVELS,
    "because": words.LEVEL_CODES,
    "behaviour_kind": words.BEHAVIOUR_KINDS,
    "behaviour_hint": words.BEHAVIOUR_HINTS,
    "behaviour_icon": words.BEHAVIOUR_ICONS,
    "role": words.ROLES,
    "kind": words.KINDS,
    "standing": words.STANDINGS,
    "mode": words.MODES,
    "how": words.HOW,
    "basis": words.BASES,
    "why": words.WHYS,
    "status": words.STATUSES,
    "tie": words.TIE_WORDS,
    "ground": words.GROUNDS,
    "decision": words.DECISIONS,
    "cause": words.CAUSES,
    "qualification": words.QUALIFICATIONS,
    "seat_state": words.SEAT_STATES,
    "settled_state": words.SETTLED_STATES,
    "read_how": words.READ_HOW,
    "document": words.DOCUMENTS,
}


@register.filter
def in_words(code: Any, table: str) -> str:
    """The words for a code, from the table of that name; an unknown code stands for itself."""
    return str(TABLES[table].get(getattr(code, "value", code), code))


@register.filter
def of(mapping: Any, key: Any) -> Any:
    """The member of a mapping under a key that stands in a variable; None when there is none."""
    return mapping.get(key) if mapping else None


register.filter("clock", words.minutes_and_seconds)
register.filter("exact_clock", words.exact_clock)
register.filter("listen_from", moments.listen_from)
register.filter("waited", words.waited)
register.filter("spelled", words.spelled)
register.filter("media_words", words.media)
register.filter("language_words", words.language)
register.filter("day", words.day)
register.filter("moment", words.moment)
register.filter("time_of_day", words.clock)
register.filter("field_label", fields.label)
register.filter("enumerated", words.enumerated)
register.simple_tag(result_words.still_open, name="still_open")
register.simple_tag(result_words.held_back, name="held_back")
register.simple_tag(words.player_speeds, name="player_speeds")
register.simple_tag(moments.of_feedback, name="pins_of")
register.simple_tag(moments.shown_by, name="shown_by")


@register.simple_tag
def content_lang() -> Any:
    """Attributes of an element that holds the course's own words, in a page of another language."""
    return mark_safe(compat.content_lang())  # a language code of the site's settings


@register.simple_tag
def content_language_name() -> str:
    """What the course's language is called; "" where the page speaks it."""
    return words.language(compat.content_language()) if compat.content_lang() else ""


@register.simple_tag
def level_codes() -> dict[str, Any]:
    """The sentence for each reason of a level, for a module that shows it as somebody ticks."""
    return words.LEVEL_CODES


@register.filter
def words_of(listed: str) -> list[str]:
    """The words of a line, to go through one by one."""
    return listed.split()


@register.simple_tag(takes_context=True)
def page_frame(context: template.Context) -> frame.Frame:
    """What stands around the page: the programme, the person, their roles and where they may go."""
    return frame.of_request(context.get("request"))


@register.simple_tag
def seen_by(seen: Any, behaviour_id: str) -> list[str]:
    """The letters of the raters who ticked a behaviour."""
    return [str(one.letter) for one in seen if behaviour_id in one.behaviours]


@register.filter
def length_is_all(letters: list[str], seen: Any) -> bool:
    """Whether every rater is among these letters."""
    return len(letters) == len(seen)


@register.filter
def markdown(source: str, id_prefix: str = "") -> Any:
    """Markdown of an author as sanitised HTML."""
    return mark_safe(content.render(source, id_prefix=id_prefix))  # sanitised by content.render


register.filter("competency", competencies.label)
