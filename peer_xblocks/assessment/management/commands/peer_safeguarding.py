"""`manage.py peer_safeguarding`: who is told when a real person may be at risk."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from peer_xblocks.assessment.api import referrals
from peer_xblocks.core.errors import Error, NotFoundError
from peer_xblocks.records.api import programmes


class Command(BaseCommand):
    """Say who is told of a worry about a real person in a programme, or name somebody."""

    help = (
        "Says who is told when somebody worries about a real person. With a username, names that "
        "person; with --hand-on, what others have not acknowledged goes on to them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the programme and the person."""
        parser.add_argument("programme", help="name of a programme, such as pss-2026")
        parser.add_argument("username", nargs="?", help="who is told from now on")
        parser.add_argument("--hand-on", action="store_true", help="what still waits, too")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say who it is, or what was done."""
        programme, username = options["programme"], options["username"]
        try:
            programmes.get(programme)
        except NotFoundError as error:
            raise CommandError(f'There is no programme "{programme}".') from error
        if username is None:
            now = referrals.named_contact(programme)
            self.stdout.write(now.get_username() if now else "Nobody is named. Name somebody now.")
            return
        user = get_user_model().objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(f'Nobody who can sign in has the username "{username}".')
        if not user.email:
            self.stderr.write(f"{username} has no mail address: they see it on their page alone.")
        try:
            handed_on = referrals.name_contact(None, user, programme, hand_on=options["hand_on"])
        except Error as error:
            raise CommandError(f"{programme}: {error}") from error
        self.stdout.write(f"{username} is told from now on; {handed_on} handed on to them")
