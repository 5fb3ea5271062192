"""The Django app of the pages, the templates and the static files. It has no models."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """Pages, REST and static files of peer-xblocks."""

    name = "peer_xblocks.web"
    label = "peer_xblocks_web"
    verbose_name = _("Peer support training: pages")
