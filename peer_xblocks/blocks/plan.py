"""The `peer_plan` block: a trainee makes a plan with an invented person, is gently shown where it
speaks for them, and takes it along on paper.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from web_fragments.fragment import Fragment
from xblock.completable import CompletableXBlockMixin
from xblock.core import XBlock
from xblock.fields import Scope, String

from peer_xblocks.authoring import plan as authored
from peer_xblocks.blocks import frame, person, plan_form
from peer_xblocks.blocks.activity import PlainData, edition_of, written_in
from peer_xblocks.blocks.activity_block import ActivityBlock
from peer_xblocks.blocks.answers import Shown
from peer_xblocks.blocks.handler import Call, handler
from peer_xblocks.blocks.plan_page import Page
from peer_xblocks.core.errors import Error, InvalidError, StaleError
from peer_xblocks.core.plan import PlanTemplate
from peer_xblocks.core.plan_content import missing
from peer_xblocks.work.api import plans
from peer_xblocks.work.values import KeptPlan

UNDER_WAY = 0.5
"""The share of a plan that was begun and not called finished."""


@XBlock.needs("user", "i18n")
class PlanBlock(CompletableXBlockMixin, ActivityBlock):
    """A plan. What is written is kept by `work`, with every version, and never in a field."""

    shape = PlanTemplate
    forms = authored
    starter = "starter_plan.txt"

    display_name = String(default="Plan", scope=Scope.settings)
    state = PlainData(scope=Scope.user_state, help="Whether it was begun, and called finished.")

    has_score = False
    icon_class = "other"

    @property
    def template(self) -> PlanTemplate | None:
        """The template; None while nothing is written."""
        return written_in(self, PlanTemplate)

    @XBlock.supports("multi_device")
    def student_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The plan as the trainee left it."""
        template = self.template
        if template is None:
            return frame.nothing_yet()
        visitor = person.visitor(self)
        may_act = visitor.may_act and visitor.user is not None
        kept = plans.EMPTY
        if may_act and visitor.has_programme and self._is_begun:
            kept = plans.get(visitor.user, visitor.place)
        page = self._page(template, kept, may_act, (context or {}).get("title_shown"))
        return frame.fragment(page.html())

    def student_view_data(self, context: dict[str, Any] | None = None) -> dict[str, Any]:
        """What a mobile app may know: the template's facts, and nothing that anybody wrote."""
        template = self.template
        return _facts(template) if template else {}

    def found_by(self, value: PlanTemplate) -> dict[str, str]:
        """The task, and what the plan asks for."""
        asked = {f"field_{n}": one.label for n, one in enumerate(value.fields)}
        return {"brief": value.brief, "situation": value.person.situation, **asked}

    # What a trainee does

    def _show_again(self, call: Call, error: Error) -> Shown:
        """The plan with what is wrong. A save that came too late is kept, and shown as that; what
        could not be kept stands in its fields, as it was sent.
        """
        template: PlanTemplate = self.written()
        kept = self._kept(call)
        page = self._page(template, kept)
        if isinstance(error, StaleError) and hasattr(error, "kept"):
            return Shown(page.stage(error, late=error.kept), str(error))
        try:
            sent = plan_form.taken(template, kept.plan, call.sent)
        except InvalidError:
            return Shown(page.refused(error), str(error))
        return Shown(page.stage(error, sent=sent), str(error))

    @handler(_show_again)
    def begin(self, call: Call) -> Shown:
        """Open the plan to be written."""
        self._open()
        return self._shown(call)

    @handler(_show_again)
    def keep(self, call: Call) -> Shown:
        """Keep the plan; with a button of a row, after what the button does."""
        template, action = self.written(), call.sent.text("do")
        self._require_programme(call)
        before = plans.get(call.user, call.place)
        plan = plan_form.taken(template, before.plan, call.sent)
        plan = plan_form.done(template, plan, action)
        kept = plans.save(call.user, call.place, plan, call.sent.number("version"))
        self._open()
        page = self._page(template, kept)
        anchor = f"{page.prefix}-stage"
        if not action:
            return Shown(page.after_saving(), "", anchor)
        if action == "keep":
            return Shown(page.after_saving(), _("Kept."), anchor)
        return Shown(page.stage(asked=plan_form.target(template, action)), _("Done, and kept."))

    @handler(_show_again)
    def versions(self, call: Call) -> Shown:
        """List the versions of the plan; with a number, what differs from how it stands."""
        page = self._page(self.written(), self._kept(call))
        found = plans.versions(call.user, call.place, call.sent.number("before"))
        number = call.sent.number("number")
        looked_at = plans.version(call.user, call.place, number) if number else None
        return Shown(page.versions(found, looked_at))

    @handler(_show_again)
    def bring_back(self, call: Call) -> Shown:
        """Let another version stand again, as a new one."""
        self._require_programme(call)
        number, version = call.sent.number("number"), call.sent.number("version")
        kept = plans.bring_back(call.user, call.place, number, version)
        page = self._page(self.written(), kept)
        return Shown(page.stage(), _("This version stands again, as a new one."))

    @handler(_show_again)
    def finish(self, call: Call) -> Shown:
        """Keep the plan, and call it finished for now. It stays open to be changed."""
        template: PlanTemplate = self.written()
        self._require_programme(call)
        before = plans.get(call.user, call.place)
        plan = plan_form.taken(template, before.plan, call.sent)
        kept = plans.save(call.user, call.place, plan, call.sent.number("version"))
        if still := missing(template, kept.plan):
            raise InvalidError({"": _open_sentence([one.label for one in still])})
        self.state = {**self.state, "begun": True, "finished": True}
        self.emit_completion(1.0)
        page = self._page(template, kept)
        return Shown(page.stage(), _("Finished for now."), f"{page.prefix}-stage")

    @property
    def _is_begun(self) -> bool:
        return bool(self.state.get("begun"))

    def _open(self) -> None:
        if not self._is_begun:
            self.state = {**self.state, "begun": True}
            self.emit_completion(UNDER_WAY)

    def _shown(self, call: Call) -> Shown:
        page = self._page(self.written(), self._kept(call))
        return Shown(page.stage(), "", f"{page.prefix}-stage")

    def _kept(self, call: Call) -> KeptPlan:
        if call.place.programme == person.NO_PROGRAMME:
            return plans.EMPTY
        return plans.get(call.user, call.place)

    def _require_programme(self, call: Call) -> None:
        """Raises InvalidError where nothing can be kept."""
        if call.place.programme == person.NO_PROGRAMME:
            sentence = _("Here nothing can be kept: this course belongs to no programme.")
            raise InvalidError({"": sentence}, sentence)

    def preview(self, template: PlanTemplate) -> str:
        return Page(template, person.html_id(self), title=template.title).html()

    def _page(
        self,
        template: PlanTemplate,
        kept: KeptPlan,
        may_act: bool = True,
        title_shown: str | None = None,
    ) -> Page:
        return Page(
            template=template,
            prefix=person.html_id(self),
            kept=kept,
            is_begun=self._is_begun,
            is_finished=bool(self.state.get("finished")),
            urls=frame.Addresses(self) if may_act else {},
            title="" if title_shown == template.title else template.title,
            can_keep=person.place_of(self).programme != person.NO_PROGRAMME,
            edition=edition_of(self),
        )


def _open_sentence(labels: list[str]) -> str:
    sentence = ngettext(
        "One thing is still open: %(what)s. What you wrote is kept.",
        "These are still open: %(what)s. What you wrote is kept.",
        len(labels),
    )
    return sentence % {"what": "; ".join(labels)}


def _facts(template: PlanTemplate) -> dict[str, Any]:
    return {
        "title": template.title,
        "minutes": template.minutes,
        "kind": template.kind.value,
        "person": template.person.name,
        "content_note": template.content_note,
        "sections": [one.title for one in template.sections],
    }
