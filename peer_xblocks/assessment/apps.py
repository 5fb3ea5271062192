"""The Django app of assessment."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentConfig(AppConfig):
    """Seats, ratings, resolutions, releases."""

    name = "peer_xblocks.assessment"
    label = "peer_xblocks_assessment"
    verbose_name = _("Assessment")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Open seats for whatever is handed in, and give grades for what is released."""
        from peer_xblocks.assessment import grades, noticing, opening  # noqa: PLC0415 (their rows exist only now)
        from peer_xblocks.assessment.signals import released, set_aside  # noqa: PLC0415 (as above)
        from peer_xblocks.work.signals import more_time, submission_made  # noqa: PLC0415 (as above)

        submission_made.connect(opening.open_seats, dispatch_uid="peer_xblocks_assessment.opening")
        told = "peer_xblocks_assessment.noticing"
        more_time.connect(noticing.tell_of_more_time, dispatch_uid=told)
        released.connect(grades.set_grade, dispatch_uid="peer_xblocks_assessment.grades")
        set_aside.connect(grades.follow, dispatch_uid="peer_xblocks_assessment.grades")
