"""The words in which pages name what values hold as codes: levels, kinds, roles, reasons."""

from datetime import UTC, date, datetime

from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language_info, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from peer_xblocks.web import formats

LEVELS = {
    1: _("something harmful was seen"),
    2: _("some of the basics are missing"),
    3: _("all of the basics"),
    4: _("all of the basics and more"),
}
LEVEL_CODES = {
    "harmful_seen": _("Something harmful is ticked."),
    "basic_missing": _("Nothing harmful, but not all of the basics are ticked."),
    "all_basic": _("All of the basics, and nothing harmful."),
    "advanced_seen": _("All of the basics and an advanced behaviour, and nothing harmful."),
    "chosen": _("You chose this level."),
    "no_opportunity": _("There was no opportunity to see this, so it has no level."),
    "open": _("Nothing is ticked yet."),
}
BEHAVIOUR_KINDS = {
    "harmful": _("Harmful"),
    "basic": _("Basic"),
    "advanced": _("Advanced"),
}
BEHAVIOUR_HINTS = {
    "harmful": _("one of these makes level 1"),
    "basic": _("all of these make level 3"),
    "advanced": _("with all of the basics, one makes level 4"),
}
# Drawn beside the word, never instead of it.
BEHAVIOUR_ICONS = {"harmful": "✕", "basic": "●", "advanced": "★"}
# What a rater may mark a moment with, beside the behaviours of the rubric. The sign stands alone
# where there is little room.
MARKS = (
    {"key": "again", "sign": "↺", "words": _("Listen again"), "usual": True},
    {"key": "strong", "sign": "+", "words": _("Strong"), "usual": True},
    {"key": "unsure", "sign": "?", "words": _("Not sure"), "usual": True},
    {"key": "quote", "sign": "“", "words": _("Worth quoting"), "usual": False},
)
ROLES = {
    "trainee": _("Trainee"),
    "assessor": _("Assessor"),
    "lead": _("Lead"),
    "author": _("Author"),
    "auditor": _("Auditor"),
    "operator": _("Operator"),
    "supervisor": _("Supervisor"),
    "system": _("The system"),
}
# After "This page is".
WHOSE = {
    "assessor": _("for assessors and leads"),
    "lead": _("for leads"),
    "trainee": _("for the trainee whom it is about"),
    "auditor": _("for the auditors of a certifying body"),
}
KINDS = {
    "submission": _("Submission"),
    "rating": _("Rating"),
    "resolution": _("Resolution"),
    "release": _("Release"),
    "correction": _("Correction"),
    "void": _("Void"),
    "roster": _("Roster"),
    "consent": _("Consent"),
    "hours": _("Hours"),
    "attestation": _("Attestation"),
    "credential": _("Credential"),
    "status": _("Status of a credential"),
    "framework": _("Framework"),
}
STANDINGS = {
    "not_yet": _("Not yet"),
    "developing": _("Developing"),
    "shown": _("Shown"),
}
MODES = {
    "with_partner": _("with a partner"),
    "prompted": _("with prompts"),
    "observed_live": _("observed live"),
    "written": _("in writing"),
}
# What a partner said of keeping to the card, after who they are.
FIDELITY = {
    True: _("says they kept to the card"),
    False: _("says they did not quite keep to the card"),
    None: _("did not say whether they kept to the card"),
}
CONDITIONS = {
    "notes": _("With notes at hand."),
    "signed": _(
        "Signed. Rate what was understood and done; an interpreter may help you to see it."
    ),
}
HOW = {
    "same": _("The raters came to the same level."),
    "lower": _("The raters were one level apart, so the lower level stands."),
    "median": _("With three ratings, the middle level stands."),
    "majority": _("The majority found that there was no opportunity to see this."),
    "lead": _("The raters differed here, and a lead decided which rating stands."),
}
BASES = {
    "two": _("Two blind ratings settle this."),
    "third": _("A third blind rating was held."),
    "third_not_held": _("No third rating was held; a lead settled the differences with a reason."),
}
WHYS = {
    "two_apart": _("The levels are two or more apart."),
    "pass_differs": _("One rating alone would be a pass, the other not yet."),
    "harm_by_one": _("Only one rater saw something harmful."),
    "error_by_one": _("Only one rater saw this critical error."),
    "opportunity_differs": _("Only one rater found that there was an opportunity to see this."),
    "rater_asks": _("A rater asked for a third rating."),
}
TIES = {
    "trainer": _("I am or was their trainer, or they mine"),
    "supervisor": _("One of us supervises the other"),
    "family": _("We are family"),
    "friend": _("We are friends"),
    "colleague": _("We work together"),
    "other": _("We know each other in another way"),
}
TIE_WORDS = {
    "trainer": _("own trainer"),
    "supervisor": _("supervisor"),
    "family": _("family"),
    "friend": _("friend"),
    "colleague": _("colleague"),
    "other": _("other"),
}
GROUNDS = {
    "rule": _("A rule of the assessment was not followed"),
    "bias": _("Somebody who rated or decided was not impartial"),
    "technical": _("Something technical went wrong, such as a recording that broke"),
    "new_facts": _("There are facts that nobody knew when it was rated"),
}
DECISIONS = {
    "dismissed": _("The result stands"),
    "corrected": _("Something recorded was corrected; the result stands"),
    "rated_anew": _("The ratings were set aside, and two others rate anew"),
}
CAUSES = {
    "error": _("A mistake was made"),
    "technical": _("Something technical went wrong"),
    "request": _("The trainee asked for it"),
    "misconduct": _("Misconduct"),
    "reset": _("The platform reset it"),
}
NOTICES = {
    "work_waiting": _("A performance waits that you may rate."),
    "seat_kept": _("A lead keeps a performance for you to rate."),
    "seat_gone": _("A lead handed on a performance that you held. Your notes are kept."),
    "lease_ending": _("The time for the performance you are rating is nearly over."),
    "both_in": _("The ratings of a performance are in."),
    "to_sign": _("Three ratings are in, and a lead has to sign."),
    "released": _("A result of yours is released."),
    "voided": _("An attempt of yours counts no more. You can read why."),
    "appeal_made": _("A trainee appeals on how a result came about."),
    "appeal_decided": _("Your appeal was heard."),
    "referral": _("Somebody told you of a worry about a real person."),
    "scene_reopened": _("A lead opened a scene to you again."),
    "time_asked": _("A trainee asks for more time."),
    "time_granted": _("A lead gave you more time for your scenes."),
}
MAIL = {
    "each": _("One for each notice, as it comes"),
    "daily": _("One a day, when there is something"),
    "none": _("None (a worry about a real person is mailed all the same)"),
}
QUALIFICATIONS = {
    "invited": _("invited"),
    "training": _("in training"),
    "qualified": _("qualified"),
    "probation": _("on probation"),
    "active": _("active"),
    "paused": _("paused"),
    "lapsed": _("lapsed"),
}
SEAT_STATES = {
    "open": _("open"),
    "kept": _("kept for"),
    "held": _("being rated by"),
    "lapsed": _("time ran out for"),
    "done": _("rated by"),
}
SETTLED_STATES = {
    "to_release": _("To release"),
    "released": _("Released"),
}
STATUSES = {
    "waiting": _("Waiting to be rated"),
    "being_rated": _("Being rated"),
    "rated": _("Rated, not released yet"),
    "released": _("Result released"),
    "voided": _("Counts no more"),
}

HAPPENED = {
    "rating": _("An assessor rated your performance."),
    "resolution": _("The ratings were settled."),
    "correction": _("Something recorded was corrected; both stay."),
    "void": _("Something no longer counts, with a reason."),
    "hours": _("Training time was recorded."),
    "attestation": _("Someone signed that something is so."),
    "credential": _("A credential was issued."),
    "status": _("The status of a credential changed."),
}
READ_HOW = {
    "search": _("listed in a search"),
    "open": _("opened"),
    "pack": _("taken along in a pack"),
}


DOCUMENTS = {
    "scenario": _("Scenario"),
    "rubric": _("Rubric"),
    "critical_errors": _("Critical errors"),
    "performance": _("Performance"),
    "statement": _("Statement"),
    "credential": _("Credential"),
    "framework": _("Framework"),
}
"""What the documents that a record names are called."""


def spelled(key: str) -> str:
    """A key in words, for a list that has no titles at hand."""
    words = ["I" if word == "i" else word for word in str(key).split("-")]
    return " ".join(words)[:1].upper() + " ".join(words)[1:]


def minutes_and_seconds(milliseconds: object) -> str:
    """A moment of a recording as people write it, `4:05`; "" for what is no moment."""
    if not isinstance(milliseconds, int):
        return ""
    seconds = milliseconds // 1000
    hours, rest = divmod(seconds, 3600)
    if hours:
        return f"{hours}:{rest // 60:02}:{rest % 60:02}"
    return f"{rest // 60}:{rest % 60:02}"


def player_speeds() -> tuple[tuple[str, str], ...]:
    """The speeds of a player: what a browser takes, and how people write it."""
    speeds = ("0.5", "0.75", "1", "1.25", "1.5", "1.75", "2")
    return tuple((one, gettext("%s×") % number_format(one)) for one in speeds)


def exact_clock(milliseconds: object) -> str:
    """A moment as a field holds it, `4:05`, with a fraction where it has one: `4:05.25`."""
    if not isinstance(milliseconds, int):
        return ""
    fraction = f".{milliseconds % 1000:03}".rstrip("0").rstrip(".")
    return minutes_and_seconds(milliseconds) + fraction


def waited(seconds: float) -> str:
    """How long something has waited, in one unit that a person thinks in."""
    minutes = max(0, int(seconds) // 60)
    if minutes < 1:
        return str(_("less than a minute"))
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return ngettext("%(n)d day", "%(n)d days", hours // 24) % {"n": hours // 24}


def media(media_type: str) -> str:
    """What a performance is, by its media type."""
    words = {
        "audio": _("Audio recording"),
        "video": _("Video recording"),
        "": _("Observed live"),
    }
    return str(words.get(media_type.partition("/")[0], _("Written")))


def size(media_type: str, count: int) -> str:
    """What a performance is and how large, in a unit that a person thinks in."""
    return f"{media(media_type)}, {filesizeformat(count)}" if media_type else media(media_type)


def language(code: str) -> str:
    """What a language is called; its code where it is not known."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def day(when: date | None) -> str:
    """A day as every page writes it, in UTC; "" for none."""
    return date_format(_in_utc(when), formats.day()) if when else ""


def moment(when: datetime | None) -> str:
    """A day and its time as every page writes them, in UTC; "" for none."""
    return date_format(_in_utc(when), formats.moment()) if when else ""


def clock(when: datetime | None) -> str:
    """The time of a moment today, in UTC; "" for none."""
    return date_format(_in_utc(when), formats.CLOCK) if when else ""


def _in_utc(when: date) -> date:
    return when.astimezone(UTC) if isinstance(when, datetime) else when


def enumerated(letters: list[str]) -> str:
    """Raters by their letters, which no line breaks apart."""
    return ",\u00a0".join(letters)
