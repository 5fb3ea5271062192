"""The tree of errors.

Facts are attributes; `str()` is one plain sentence that may be shown to a person.

Error
├── NotFoundError          there is no such thing, or not for this person: one answer
├── ForbiddenError         this person may never do this here
├── ConflictError          it cannot be done now: already done, or someone else was first
│   ├── StaleError         saved elsewhere since; the text was kept as a version
│   └── SeatLostError      the seat is somebody else's by now; what was noted was kept
└── InvalidError           what was sent cannot be taken; `problems` names each part
"""

from collections.abc import Mapping

from peer_xblocks.core.sentences import gettext, gettext_noop


class Error(Exception):
    """Something that a person can be told in one sentence."""

    code = "error"
    sentence = gettext_noop("Something went wrong.")

    def __init__(self, sentence: str = "", **facts: object) -> None:
        super().__init__(sentence or gettext(self.sentence))
        self.facts = facts
        for name, fact in facts.items():
            setattr(self, name, fact)


class NotFoundError(Error):
    """There is no such thing, or it is not for this person; both get the same answer."""

    code = "not_found"
    sentence = gettext_noop("There is nothing here for you under this address.")


class ForbiddenError(Error):
    """This person may never do this here."""

    code = "forbidden"
    sentence = gettext_noop("Your role here does not allow this.")


class ConflictError(Error):
    """It cannot be done now, because of what has happened before."""

    code = "conflict"
    sentence = gettext_noop("This has changed since you opened it.")


class StaleError(ConflictError):
    """Someone, perhaps you on another device, saved after you opened this.

    What you sent was kept.
    """

    code = "stale"
    sentence = gettext_noop("This was saved elsewhere after you opened it. Both versions are kept.")


class SeatLostError(ConflictError):
    """The seat went to somebody else, or nobody rates on it any more. What was noted was kept."""

    code = "seat_lost"
    sentence = gettext_noop(
        "This one is not yours to rate any more. What you noted is kept, and you can read it."
    )


class InvalidError(Error):
    """What was sent cannot be taken.

    `problems` maps the place (a field or criterion id, or "" for the whole) to a sentence.
    """

    code = "invalid"
    sentence = gettext_noop("Something in what you sent needs another look.")

    def __init__(self, problems: Mapping[str, str], sentence: str = "") -> None:
        super().__init__(sentence)
        self.problems = dict(problems)
