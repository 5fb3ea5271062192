"""The `peer_role_play` block: a trainee reads a scene, performs it, looks back, hands it in, and
later reads the result.
"""

from typing import Any

from django.utils.translation import gettext as _
from web_fragments.fragment import Fragment
from xblock.completable import CompletableXBlockMixin
from xblock.core import XBlock
from xblock.fields import Float, Scope, String

from peer_xblocks import compat
from peer_xblocks.assessment.api import voids
from peer_xblocks.authoring import role_play as authored
from peer_xblocks.blocks import (
    frame,
    person,
    role_play_partner,
    role_play_recording,
    role_play_self_rating,
    role_play_steps,
)
from peer_xblocks.blocks.activity import PlainData, edition_of, written_in
from peer_xblocks.blocks.activity_block import ActivityBlock
from peer_xblocks.blocks.answers import Shown
from peer_xblocks.blocks.handler import Call, handler
from peer_xblocks.blocks.role_play_page import Page
from peer_xblocks.blocks.role_play_stage import Stage, stage_of
from peer_xblocks.core.errors import Error, NotFoundError
from peer_xblocks.core.role_play import RolePlay

UPLOADS = 2_000_000_000
PART = 4_000_000
"""As much as the platform's handlers and most proxies take at once."""


@XBlock.needs("user", "i18n")
class RolePlayBlock(CompletableXBlockMixin, ActivityBlock):
    """A role play. What trainees write is kept by `work`, never in a field."""

    shape = RolePlay
    forms = authored
    starter = "starter_role_play.txt"

    display_name = String(default="Role play", scope=Scope.settings)
    weight = Float(default=None, scope=Scope.settings, values={"min": 0})
    heard = PlainData(
        scope=Scope.user_state, help="How many lines were heard in a prompted attempt."
    )

    has_score = True
    icon_class = "problem"

    @property
    def role_play(self) -> RolePlay | None:
        """The role play; None while nothing is written."""
        return written_in(self, RolePlay)

    def max_score(self) -> int | None:
        """The points that the rubric gives at most; 1 for one that is passed or not yet."""
        role_play = self.role_play
        return role_play_steps.possible_points(role_play.rubric) if role_play else None

    @XBlock.supports("multi_device")
    def student_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The role play at the step where the trainee stands."""
        role_play = self.role_play
        if role_play is None:
            return frame.nothing_yet()
        visitor = person.visitor(self)
        page = self.page(role_play, visitor, (context or {}).get("title_shown"))
        return frame.fragment(page.html(stage_of(visitor)))

    def student_view_data(self, context: dict[str, Any] | None = None) -> dict[str, Any]:
        """What a mobile app may know: of the trainee's part, how long it takes and what it is
        about.
        """
        role_play = self.role_play
        return role_play_steps.facts(role_play.scenario.trainee_view()) if role_play else {}

    def found_by(self, value: RolePlay) -> dict[str, str]:
        """The trainee's part alone."""
        view = value.scenario.trainee_view()
        return {"setting": view.setting, "brief": view.brief}

    # What a trainee does

    def _show_again(self, call: Call, error: Error) -> Shown:
        return role_play_steps.again(self, call, error)

    @handler(_show_again)
    def go(self, call: Call) -> Shown:
        """Go to a step; nothing is kept."""
        return role_play_steps.show(self, call, call.sent.text("go"))

    @handler(_show_again)
    def begin(self, call: Call) -> Shown:
        """Open the scene: choose how to perform it, or choose again."""
        return role_play_steps.begin(self, call)

    @handler(_show_again)
    def say(self, call: Call) -> Shown:
        """Reply to what the other person said, or end the conversation."""
        return role_play_steps.say(self, call)

    @handler(_show_again)
    def line(self, call: Call) -> Shown:
        """Let the other person say the next line, or begin again before the first."""
        return role_play_steps.line(self, call)

    @handler(_show_again)
    def keep(self, call: Call) -> Shown:
        """Keep what was written so far, and go on if asked to."""
        return role_play_steps.keep(self, call)

    @handler(_show_again, largest=UPLOADS)
    def upload(self, call: Call) -> Shown:
        """Take in a recording or a text file."""
        return role_play_steps.upload(self, call)

    @handler()
    def part_state(self, call: Call) -> Shown:
        """Which recordings are on their way in here, and which parts of them."""
        return role_play_recording.state(call)

    @handler()
    def part_begin(self, call: Call) -> Shown:
        """Begin a recording that comes in parts."""
        return role_play_recording.begin(call)

    @handler()
    def part_address(self, call: Call) -> Shown:
        """Where the storage itself takes the next part, if it takes any."""
        return role_play_recording.address(call)

    @handler(largest=PART)
    def part_put(self, call: Call) -> Shown:
        """Take in one part, or what the storage took in."""
        return role_play_recording.put(call)

    @handler()
    def part_finish(self, call: Call) -> Shown:
        """Put the parts together and the recording into the draft."""
        return role_play_recording.finish(call)

    @handler()
    def part_drop(self, call: Call) -> Shown:
        """Throw a recording away that is not finished."""
        return role_play_recording.drop(call)

    @handler(_show_again)
    def caption(self, call: Call) -> Shown:
        """Add captions or a transcript to the recording."""
        role_play_recording.caption(call)
        return role_play_steps.show(self, call, "perform", _("The words are kept."))

    @handler(_show_again)
    def uncaption(self, call: Call) -> Shown:
        """Take captions or transcript off again."""
        role_play_recording.uncaption(call)
        return role_play_steps.show(self, call, "perform", _("The words are gone."))

    def _partner_again(self, call: Call, error: Error) -> Shown:
        return role_play_partner.again(self, call, error)

    @handler(_partner_again)
    def partner(self, call: Call) -> Shown:
        """Make or withdraw the partner's link, or see how it stands."""
        return role_play_partner.act(self, call)

    @handler(_show_again)
    def observe(self, call: Call) -> Shown:
        """Note when and where the performance is watched in the room."""
        return role_play_steps.observe(self, call)

    @handler(_show_again)
    def remove(self, call: Call) -> Shown:
        """Take the recording off again."""
        return role_play_steps.remove(self, call)

    @handler(_show_again)
    def rate_self(self, call: Call) -> Shown:
        """Open the rubric's behaviours to the trainee, to rate themselves."""
        return role_play_self_rating.open_(self, call)

    def _rate_self_again(self, call: Call, error: Error) -> Shown:
        return role_play_self_rating.again(self, call, error)

    @handler(_rate_self_again)
    def keep_self_rating(self, call: Call) -> Shown:
        """Keep what the trainee ticked for themselves."""
        return role_play_self_rating.keep(self, call)

    @handler(_show_again)
    def start_over(self, call: Call) -> Shown:
        """Begin the performance anew."""
        return role_play_self_rating.start_over(self, call)

    @handler(_show_again)
    def hand_in(self, call: Call) -> Shown:
        """Hand the performance in."""
        shown = role_play_steps.hand_in(self, call)
        self.emit_completion(1.0)
        return shown

    # What the platform does

    def clear_student_state(
        self, user_id: str, course_id: str, item_id: str, requesting_user_id: str
    ) -> None:
        """Void what somebody handed in here; the platform calls this in place of its own reset.

        The ids of the two people are anonymous ones. Evidence stays: a void is appended, in the
        platform's transaction, and the score goes. The block is bound to nobody meanwhile.
        """
        trainee = compat.user_by_anonymous_id(user_id)
        by = compat.user_by_anonymous_id(requesting_user_id)
        if trainee is None or by is None:
            raise NotFoundError
        place = person.place_of(self)
        voids.reset(by, trainee, place.course, place.activity)
        compat.reset_score(trainee, place.course, place.activity)

    def page(
        self, role_play: RolePlay, visitor: person.Visitor, title_shown: str | None = None
    ) -> Page:
        """What the role play looks like to somebody."""
        return Page(
            view=role_play.scenario.trainee_view(),
            prefix=person.html_id(self),
            urls=frame.Addresses(self),
            user=visitor.user,
            programme=visitor.place.programme,
            place=visitor.place,
            title="" if title_shown == role_play.title else role_play.title,
            formative=role_play.formative,
            prompted_counts=role_play.prompted_counts,
            heard=lambda: self.heard or {},
            others=role_play.others,
            edition=edition_of(self),
            rubric=role_play.rubric.key,
        )

    def preview(self, role_play: RolePlay) -> str:
        view = role_play.scenario.trainee_view()
        page = Page(view, person.html_id(self), {}, title=role_play.title)
        return page.html(Stage("look"))
