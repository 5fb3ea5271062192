"""Fills a new site with invented people, one programme and what they need to begin. Running it
again changes nothing.
"""

import re
from typing import Any

from django.contrib.auth import get_user_model

from peer_xblocks.assessment.api import assessors, referrals, ties
from peer_xblocks.assessment.values import TieKind
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants, programmes
from peer_xblocks.standalone.course_library import Library, is_ours
from peer_xblocks.standalone.people import BODIES, PEOPLE, PROGRAMME, Person
from peer_xblocks.standalone.runtime import SiteRuntime

TITLE = "Peer support specialist training 2026"
TIED = ("wen", "luis", TieKind.TRAINER)
"""Who trained whom: at most one rater of a submission may be tied to its trainee."""

CONTACT = "ruth"
"""Who is told when a real person may be at risk."""


def seed(library: Library) -> str:
    """Make what is missing; returns the programme's name."""
    users = {person.username: _user(person) for person in PEOPLE}
    slug = _programme(library.outline.key)
    for person in PEOPLE:
        user = users[person.username]
        if person.role not in grants.roles(user, slug):
            grants.give(None, user, slug, person.role, body=person.body)
    _qualify(users, slug, _rubrics(library))
    lead = users[CONTACT]
    if referrals.contact(lead, slug) is None:
        referrals.name_contact(None, lead, slug)
    return slug


def _user(person: Person) -> Any:
    model = get_user_model()
    user, is_new = model.objects.get_or_create(
        username=person.username,
        defaults={
            "first_name": person.first_name,
            "last_name": person.last_name,
            "email": f"{person.username}@example.invalid",
        },
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def _programme(course_key: str) -> str:
    found = programmes.for_course(course_key)
    if found is None:
        slug = PROGRAMME if PROGRAMME in course_key or _is_free(PROGRAMME) else _named(course_key)
        found = programmes.create(None, slug, TITLE, course_key, BODIES)
    return found.slug


def _is_free(slug: str) -> bool:
    try:
        programmes.get(slug)
    except programmes.NotFoundError:
        return True
    return False


def _named(course_key: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", course_key.lower()).strip("-")[:64].strip("-")


def _rubrics(library: Library) -> list[str]:
    runtime = SiteRuntime(library.ids, library.authored, None)
    keys = [library.usage_key(b) for u in library.units() for b in u.blocks if is_ours(b)]
    blocks = [runtime.get_block(key) for key in keys if key.block_type == "peer_role_play"]
    return sorted({block.role_play.rubric.key for block in blocks})


def _qualify(users: dict[str, Any], slug: str, rubrics: list[str]) -> None:
    lead = next(users[one.username] for one in PEOPLE if one.role is Role.LEAD)
    is_new = False
    for person in PEOPLE:
        if person.role is not Role.ASSESSOR:
            continue
        known = assessors.qualifications(lead, users[person.username], slug)
        for rubric in rubrics:
            if rubric not in known:
                is_new = True
                assessors.qualify(lead, users[person.username], slug, rubric)
    if is_new:
        assessor, trainee, kind = TIED
        ties.declare(lead, users[assessor], users[trainee], slug, kind)
