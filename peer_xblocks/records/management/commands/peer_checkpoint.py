"""The daily command of an operator, and the one at the end of a scoring session."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from peer_xblocks.core.errors import Error
from peer_xblocks.records.api import checkpoints, erasure


class Command(BaseCommand):
    """Erase what is due, then append a roster and publish a signed checkpoint of a log."""

    help = "Erase what is due, then publish a signed checkpoint of a programme's log."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the programmes."""
        parser.add_argument("programme", nargs="+", help="name of a programme, such as pss-2026")

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish one checkpoint for each programme and print what was signed."""
        for programme in options["programme"]:
            try:
                erased = erasure.erase_due(programme)
                made = checkpoints.publish(programme)
            except Error as error:
                raise CommandError(f"{programme}: {error}") from error
            self.stdout.write(f"{made.origin}: {made.size} entries, {erased} erased now")
            self.stdout.write(f"verifier key: {made.vkey}")
