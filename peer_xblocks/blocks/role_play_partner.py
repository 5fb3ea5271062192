"""A partner's link on the trainee's page: made, withdrawn, and how it stands. Nothing of the card.

The panel is a piece of its own: looking again does not touch a recorder that runs beside it.
"""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peer_xblocks import compat
from peer_xblocks.blocks import frame
from peer_xblocks.blocks.answers import Shown
from peer_xblocks.blocks.handler import Call
from peer_xblocks.blocks.person import Visitor
from peer_xblocks.core.errors import Error, InvalidError
from peer_xblocks.core.place import Place
from peer_xblocks.core.scenario import Mode, TraineeView
from peer_xblocks.records.api import documents
from peer_xblocks.work.api import drafts, observed, partners
from peer_xblocks.work.values import Draft

SAID = {
    "look": "",
    "make": gettext_lazy("The link is made. Send it to your partner."),
    "withdraw": gettext_lazy("The link shows nothing any more."),
}


def shown(view: TraineeView, user: Any, place: Place | None, draft: Draft) -> dict[str, Any]:
    """What `_rp_partner.html` takes beside the page and the draft; nothing where nobody plays."""
    if place is None or draft.mode not in (Mode.WITH_PARTNER, Mode.OBSERVED_LIVE):
        return {}
    link = partners.get(user, place)
    is_observed = draft.mode == Mode.OBSERVED_LIVE
    return {
        "observed": observed.get(user, place) if is_observed else None,
        "link": link,
        "link_fits": link is not None and link.mode == draft.mode,
        "links_here": bool(_address("key")),
        "mode": draft.mode,
        "may_write": Mode.WRITTEN in view.modes,
    }


def act(block: Any, call: Call) -> Shown:
    """Make a link, withdraw it, or look again; the panel alone is shown."""
    do, made = call.sent.text("do"), ""
    if do == "make":
        sha256 = documents.put(block.written().scenario.canonical_bytes())
        made = compat.absolute(_address(partners.make(call.user, call.place, sha256)))
    elif do == "withdraw":
        partners.withdraw(call.user, call.place)
    elif do != "look":
        sentence = _("This could not be read.")
        raise InvalidError({"partner": sentence}, sentence)
    return Shown(_panel(block, call, made=made), str(SAID[do]))


def again(block: Any, call: Call, error: Error) -> Shown:
    """The panel, with what is wrong."""
    return Shown(_panel(block, call, error=error), str(error))


def _panel(block: Any, call: Call, **more: Any) -> str:
    page = block.page(block.written(), Visitor(call.user, call.place, True))
    draft = drafts.get(call.user, call.place)
    context = {"page": page, "view": page.view, "draft": draft, "focus": True, **more}
    return frame.html(
        "_rp_partner.html", {**context, **shown(page.view, call.user, call.place, draft)}
    )


def _address(key: str) -> str:
    """The path of a link's page; "" where these pages are not installed."""
    try:
        return reverse("peer_xblocks:partner", args=[key])
    except NoReverseMatch:
        return ""
