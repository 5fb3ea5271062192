"""The invented people of the embedded site. Names are names; nobody here is anybody."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from peer_xblocks.core.record import Role

PROGRAMME = "pss-2026"
BODIES = {
    "example-board": "Example Certification Board",
    "second-board": "Second Example Board",
}


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in with one click."""

    username: str
    first_name: str
    last_name: str
    role: Role
    about: Promise | str
    body: str | None = None

    @property
    def name(self) -> str:
        """The whole name."""
        return f"{self.first_name} {self.last_name}"


PEOPLE = (
    Person("amara", "Amara", "Okonkwo", Role.TRAINEE, _("Reads, writes, performs.")),
    Person("luis", "Luis", "Herrera Vega", Role.TRAINEE, _("Takes the same course.")),
    Person("ingrid", "Ingrid", "Solberg", Role.ASSESSOR, _("Rates what she has not seen before.")),
    Person("tomas", "Tomás", "Reyes", Role.ASSESSOR, _("Rates on his own, like the others.")),
    Person("wen", "Wen", "Zhao", Role.ASSESSOR, _("Trained Luis, which is declared as a tie.")),
    Person("ruth", "Ruth", "Abernathy", Role.LEAD, _("Settles differences and releases results.")),
    Person(
        "farid",
        "Farid",
        "Haddad",
        Role.AUDITOR,
        _("Audits for the Example Certification Board: reads and verifies, changes nothing."),
        "example-board",
    ),
)

GROUPS = (
    (Role.TRAINEE, _("Trainees"), _("take the course and hand in role plays")),
    (Role.ASSESSOR, _("Assessors"), _("rate role plays, each without seeing the other’s rating")),
    (Role.LEAD, _("Lead"), _("signs and releases; qualifies assessors")),
    (Role.AUDITOR, _("Auditor"), _("checks the records from outside")),
)


def groups() -> list[tuple[Promise | str, Promise | str, list[Person]]]:
    """The people by role, with the words for it."""
    return [
        (title, what, [person for person in PEOPLE if person.role is role])
        for role, title, what in GROUPS
    ]
