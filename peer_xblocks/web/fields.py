"""What the fields of forms are called, for a page that names one away from its form."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "assessor": _("Assessor"),
    "bodies": _("Certifying bodies"),
    "body": _("Certifying body"),
    "cause": _("Why it counts no more"),
    "decision": _("The decision"),
    "goals": _("Goals"),
    "ground": _("What the appeal is about"),
    "how": _("Mail"),
    "kind": _("Kind"),
    "message": _("Message to the trainee"),
    "overall_comment": _("Comment on the whole"),
    "percent": _("How much more time"),
    "programme": _("Programme"),
    "recording": _("Recording"),
    "rubrics": _("Rubrics"),
    "since": _("From"),
    "state": _("State"),
    "trainee": _("Trainee"),
    "until": _("Until"),
    "user": _("Person"),
    "what_was_done": _("What was done"),
    "where": _("Where it was"),
}


def label(place: str) -> str:
    """What people call the field of a problem; "" for one whose sentence has to say it all."""
    if place == "reason" or place.endswith("_reason"):
        return str(_("Reason"))
    return str(LABELS.get(place, ""))
