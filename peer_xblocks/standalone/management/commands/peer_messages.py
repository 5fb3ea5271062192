"""The command of whoever writes or translates a sentence: `make messages`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Write the sentences of the sources into each catalogue, and compile what is translated."""

    help = "Write the sentences of the sources into conf/locale, and compile what is translated."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how far each language is."""
        try:
            from peer_xblocks.standalone import catalogue  # noqa: PLC0415 (Babel is for developers)
        except ImportError as error:
            raise CommandError("Babel is missing: pip install --group dev") from error
        for code, (done, of) in catalogue.refresh().items():
            self.stdout.write(f"{code}: {done} of {of} sentences translated")
