"""`manage.py peer_tidy_uploads`: the daily command that throws away what nobody will hand in."""

from typing import Any

from django.core.management.base import BaseCommand

from peer_xblocks.work.api import uploads


class Command(BaseCommand):
    """Delete recordings that were begun or sent long ago and never handed in."""

    help = (
        "Deletes uploads that were never finished, and recordings in no draft and no submission, "
        "once they are older than PEER_XBLOCKS_UPLOAD_KEEP_DAYS."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Tidy, and say how many there were."""
        self.stdout.write(f"{uploads.tidy()} were deleted.")
