"""`manage.py peer_resolve`: apply the rule where all ratings are in and it was not applied yet, and
announce what was released without anybody hearing of it.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from peer_xblocks.assessment.announcing import announce_late
from peer_xblocks.assessment.resolving import resolve_due


class Command(BaseCommand):
    """Carry on where a process died between the last rating and its resolution."""

    help = (
        "Applies the rule to every submission whose ratings are all in and that was left unsettled."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """One programme, or all."""
        parser.add_argument("programme", nargs="?", help="slug of one programme; all when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Resolve and say how many there were."""
        count = resolve_due(options["programme"])
        told = announce_late()
        self.stdout.write(f"{count} submissions were taken up, {told} releases were announced.")
