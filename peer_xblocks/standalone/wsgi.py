"""The embedded site as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peer_xblocks.standalone.settings")
application = get_wsgi_application()
