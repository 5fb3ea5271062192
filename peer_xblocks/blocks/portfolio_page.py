"""What a portfolio looks like: a chart with a table beside it, hours, and what a profile asks."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from peer_xblocks import compat
from peer_xblocks.authoring import content
from peer_xblocks.blocks import competencies, frame, profiles
from peer_xblocks.core import showing
from peer_xblocks.core.certification import Profile
from peer_xblocks.core.portfolio import Offer, Portfolio
from peer_xblocks.core.showing import Showing
from peer_xblocks.core.standing import Observation, Standing

STEP = 24
"""How far apart the marks of the chart stand, in its own units."""


@dataclass(frozen=True)
class Line:
    """One category: its competencies as marks of the chart, and as figures of the table."""

    title: str
    marks: tuple[tuple[int, str, str], ...]
    shown: int
    developing: int
    practised: int
    nothing: int
    showings: tuple[Showing, ...]


@dataclass(frozen=True)
class Page:
    """One portfolio. Without `is_own` it is nobody's, and shows its words alone.

    `shares` is None where nobody can say what was completed.
    """

    portfolio: Portfolio
    prefix: str
    is_own: bool = False
    course: str = ""
    programme: str = ""
    shares: dict[str, float] | None = None
    observations: tuple[Observation, ...] = ()
    profile: Profile | None = None
    url: str = ""

    @property
    def anchor(self) -> str:
        """The id of what changes when another profile is chosen."""
        return f"{self.prefix}-profile"

    def html(self, title: str) -> str:
        """The whole block."""
        told = {"page": self, "title": title, "intro": content.render(self.portfolio.intro)}
        if not self.is_own:
            return frame.html("portfolio.html", told)
        lines = self._lines()
        widest = max((len(one.marks) for one in lines), default=0)
        more = {
            "lines": lines,
            "width": widest * STEP,
            "hours": self._hours(),
            "stage": self.stage(),
        }
        return frame.html("portfolio.html", told | more)

    def stage(self, error: str = "") -> str:
        """What a chosen profile asks, with the form to choose another."""
        done = showing.hours_done(self.portfolio, self.shares or {})
        asked = showing.asked(self.profile, done) if self.profile else ()
        step = showing.next_step(self.portfolio, self.shares or {}) if self.shares else None
        context = {
            "page": self,
            "error": error,
            "profiles": profiles.known(),
            "asked": [(one, time_words(one.missing)) for one in asked],
            "step": step,
            "step_url": self.address(step) if step else "",
        }
        return frame.html("portfolio_profile.html", context)

    def address(self, offer: Offer) -> str:
        """Where an activity of the course is found."""
        return compat.address_in_course(self.course, offer.url_name)

    def _hours(self) -> str:
        return time_words(showing.hours_done(self.portfolio, self.shares or {}).self_paced)

    def _lines(self) -> list[Line]:
        framework = competencies.known()
        found = showing.showings(self.portfolio, framework, self.shares or {}, self.observations)
        grouped = showing.by_category(framework, found)
        return [_line(category.title, inside) for category, inside in grouped]


def _line(title: str, inside: tuple[Showing, ...]) -> Line:
    states = [_state(one) for one in inside]
    return Line(
        title=title,
        marks=tuple(
            (n * STEP, state, one.competency.label)
            for n, (one, state) in enumerate(zip(inside, states, strict=True))
        ),
        shown=states.count("shown"),
        developing=states.count("developing"),
        practised=states.count("practised"),
        nothing=states.count("nothing"),
        showings=inside,
    )


def _state(one: Showing) -> str:
    """How far it has come: practice shows that somebody tried, and only ratings show more."""
    if one.standing != Standing.NOT_YET:
        return str(one.standing.value)
    return "practised" if one.done else "nothing"


def time_words(minutes: int) -> str:
    """An amount of training time: "2 h 5 min"."""
    words: dict[str, Any] = {"hours": minutes // 60, "minutes": minutes % 60}
    if minutes < 60:
        return _("%(minutes)d min") % words
    return _("%(hours)d h %(minutes)d min") % words
