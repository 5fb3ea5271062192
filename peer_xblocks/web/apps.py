"""The Django app of the pages, the templates and the static files. It has no models."""

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from peer_xblocks.core import sentences

CATALOGUES = Path(__file__).parents[1] / "conf" / "locale"


class WebConfig(AppConfig):
    """Pages, REST and static files of peer-xblocks."""

    name = "peer_xblocks.web"
    label = "peer_xblocks_web"
    verbose_name = _("Peer support training: pages")

    def ready(self) -> None:
        """Put our one catalogue behind those of the site, which may word things its own way.

        Django looks below each app by itself, and ours stands beside all of them. The rules say
        their sentences through it, too.
        """
        sentences.translate_with(gettext)
        if CATALOGUES not in settings.LOCALE_PATHS:
            settings.LOCALE_PATHS = [*settings.LOCALE_PATHS, CATALOGUES]
