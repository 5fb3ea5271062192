"""The `peer_portfolio` block: what a trainee has done, what it shows, and what a certification
profile asks beside it. It counts for nothing and decides nothing.
"""

from typing import Any

from django.utils.translation import gettext as _
from web_fragments.fragment import Fragment
from xblock.completable import XBlockCompletionMode
from xblock.core import XBlock
from xblock.fields import Scope, String

from peer_xblocks import compat
from peer_xblocks.assessment.api import feedback
from peer_xblocks.authoring import portfolio as authored
from peer_xblocks.blocks import frame, person, profiles
from peer_xblocks.blocks.activity import written_in
from peer_xblocks.blocks.activity_block import ActivityBlock
from peer_xblocks.blocks.answers import Shown
from peer_xblocks.blocks.handler import Call, handler
from peer_xblocks.blocks.portfolio_page import Page
from peer_xblocks.core.errors import Error, InvalidError
from peer_xblocks.core.portfolio import Portfolio


@XBlock.needs("user", "i18n")
@XBlock.wants("completion")
class PortfolioBlock(ActivityBlock):
    """A portfolio. All it keeps is which profile the person looks at."""

    shape = Portfolio
    forms = authored
    starter = "starter_portfolio.txt"

    display_name = String(default="Portfolio", scope=Scope.settings)
    profile = String(default="", scope=Scope.user_state, help="The key of the chosen profile.")

    completion_mode = XBlockCompletionMode.EXCLUDED
    has_score = False
    icon_class = "other"

    @property
    def portfolio(self) -> Portfolio | None:
        """The portfolio; None while nothing is written."""
        return written_in(self, Portfolio)

    @XBlock.supports("multi_device")
    def student_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """What the person of this request has done; nobody else's, also not to staff."""
        portfolio = self.portfolio
        if portfolio is None:
            return frame.nothing_yet()
        visitor = person.visitor(self)
        may_act = visitor.may_act and visitor.user is not None
        page = self._page(portfolio, visitor.user if may_act else None)
        shown = (context or {}).get("title_shown")
        return frame.fragment(page.html("" if shown == portfolio.title else portfolio.title))

    def student_view_data(self, context: dict[str, Any] | None = None) -> dict[str, Any]:
        """What a mobile app may know: the title, and how much there is."""
        portfolio = self.portfolio
        return {"title": portfolio.title, "offers": len(portfolio.offers)} if portfolio else {}

    def found_by(self, value: Portfolio) -> dict[str, str]:
        """Its introduction."""
        return {"intro": value.intro}

    def _show_again(self, call: Call, error: Error) -> Shown:
        return Shown(self._page(self.written(), call.user).stage(str(error)), str(error))

    @handler(_show_again)
    def choose_profile(self, call: Call) -> Shown:
        """Look at what another body asks, or at none."""
        key = call.sent.text("profile")
        if key and profiles.of(key) is None:
            raise InvalidError({"profile": _("Choose one of the profiles in the list.")})
        self.profile = key
        page = self._page(self.written(), call.user)
        return Shown(page.stage(), _("The page shows what this profile asks."), page.anchor)

    def preview(self, portfolio: Portfolio) -> str:
        return Page(portfolio, person.html_id(self)).html(portfolio.title)

    def _page(self, portfolio: Portfolio, user: Any) -> Page:
        """The portfolio with what is known of a person; without anybody, its words alone."""
        if user is None:
            return Page(portfolio, person.html_id(self))
        place = person.place_of(self)
        has_programme = place.programme != person.NO_PROGRAMME
        return Page(
            portfolio=portfolio,
            prefix=person.html_id(self),
            is_own=True,
            course=place.course,
            programme=place.programme if has_programme else "",
            shares=self._shares(portfolio),
            observations=feedback.observations(user, place.programme) if has_programme else (),
            profile=profiles.of(self.profile),
            url=self.runtime.handler_url(self, "choose_profile"),
        )

    def _shares(self, portfolio: Portfolio) -> dict[str, float] | None:
        """How much of each activity is complete by `url_name`; None where nobody can say."""
        course = getattr(compat.plain_key(self.scope_ids.usage_id), "context_key", None)
        if course is None:
            return None
        keys = {course.make_usage_key(one.tag, one.url_name): one for one in portfolio.offers}
        found = compat.completions(self, keys)
        if found is None:
            return None
        return {keys[key].url_name: share for key, share in found.items() if key in keys}
