"""`manage.py peer_notices`: tell what only time brings, and mail what was not mailed yet."""

from typing import Any

from django.core.management.base import BaseCommand

from peer_xblocks.assessment import mailing, sweeping


class Command(BaseCommand):
    """Run it every few minutes."""

    help = "Notes who has work waiting or a lease that ends soon, and sends the mails that are due."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep, send, and say how many mails went."""
        sweeping.sweep()
        self.stdout.write(f"{mailing.send_waiting()} mails were sent.")
