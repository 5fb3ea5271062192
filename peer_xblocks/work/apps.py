"""The Django app of what trainees make."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkConfig(AppConfig):
    """Drafts, reflections, recordings, submissions."""

    name = "peer_xblocks.work"
    label = "peer_xblocks_work"
    verbose_name = _("Work of trainees")
    default_auto_field = "django.db.models.BigAutoField"
