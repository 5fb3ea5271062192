"""`manage.py peer_grant`: who has which role in a programme; give one, or end it."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from peer_xblocks.core.errors import Error, InvalidError, NotFoundError
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants

ROLES = sorted(role.value for role in Role if role is not Role.SYSTEM)


class Command(BaseCommand):
    """List the grants of a programme, give somebody a role, or end it."""

    help = (
        "Lists who has which role in a programme. With a username and a role, gives it; "
        "with --revoke, ends it. A grant is never deleted: it stays known who could act when."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take programme, person, role, and an auditor's body and period."""
        parser.add_argument("programme", help="name of a programme, such as pss-2026")
        parser.add_argument("username", nargs="?", help="whose role it is")
        parser.add_argument("role", nargs="?", choices=ROLES)
        parser.add_argument("--body", help="key of the certifying body that an auditor acts for")
        parser.add_argument("--since", type=day, help="first day, such as 2027-01-01 (UTC)")
        parser.add_argument("--until", type=day, help="first day on which it is over (UTC)")
        parser.add_argument("--revoke", action="store_true", help="end the role now")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what there is, or what was done."""
        programme, username, role = (options[one] for one in ("programme", "username", "role"))
        if username and not role:
            raise CommandError("Name the role, too.")
        try:
            if not username:
                self._list(programme)
            elif options["revoke"]:
                self._revoke(programme, _user(username), Role(role))
            else:
                self._give(programme, _user(username), Role(role), options)
        except NotFoundError as error:
            raise CommandError(f'There is no programme "{programme}".') from error
        except InvalidError as error:
            raise CommandError(" ".join(error.problems.values())) from error
        except Error as error:
            raise CommandError(f"{programme}: {error}") from error

    def _list(self, programme: str) -> None:
        for one in grants.of_programme(None, programme):
            user = get_user_model().objects.filter(pk=one.user_id).first()
            name = user.get_username() if user else "an account that is gone"
            self.stdout.write(f"{name}: {_said(one)}")

    def _give(self, programme: str, user: Any, role: Role, options: dict[str, Any]) -> None:
        period = {"since": options["since"], "until": options["until"]}
        made = grants.give(None, user, programme, role, options["body"], **period)
        self.stdout.write(f"{user.get_username()}: {_said(made)}")

    def _revoke(self, programme: str, user: Any, role: Role) -> None:
        found = [
            one
            for one in grants.of_programme(None, programme)
            if (one.user_id, one.role) == (user.pk, role)
        ]
        if not found:
            raise CommandError(f"{user.get_username()} is not granted {role} in {programme}.")
        for one in found:
            grants.revoke(None, one.id)
        self.stdout.write(f"{user.get_username()}: {role} no more")


def day(sent: str) -> datetime:
    """The first moment of a day. Raises ValueError."""
    return datetime.strptime(sent, "%Y-%m-%d").replace(tzinfo=UTC)


def _user(username: str) -> Any:
    found = get_user_model().objects.filter(username=username).first()
    if found is None:
        raise CommandError(f'Nobody has the username "{username}".')
    return found


def _said(one: grants.GrantInfo) -> str:
    words = [one.role.value]
    if one.body:
        words.append(f"for {one.body}")
    words.append(f"from {one.since:%Y-%m-%d}")
    if one.until:
        words.append(f"until {one.until:%Y-%m-%d}")
    return " ".join(words)
