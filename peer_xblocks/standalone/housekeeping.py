"""What a platform's scheduler would run, for as long as the embedded site runs."""

import io
import logging
import threading

from django.core.management import call_command
from django.db import close_old_connections

log = logging.getLogger(__name__)

EVERY_SECONDS = 300
COMMANDS = ("peer_resolve", "peer_notices")


def begin() -> threading.Event:
    """Run these commands every few minutes in a thread of their own; set the event to end it."""
    ended = threading.Event()
    threading.Thread(target=_go_on, args=[ended], name="housekeeping", daemon=True).start()
    return ended


def run_once() -> None:
    """Run each command once. A failure is logged and keeps the others from nothing."""
    for name in COMMANDS:
        try:
            call_command(name, stdout=io.StringIO())
        except Exception:
            log.exception("%s failed; it is run again in a while", name)


def _go_on(ended: threading.Event) -> None:
    while not ended.wait(EVERY_SECONDS):
        run_once()
        close_old_connections()
