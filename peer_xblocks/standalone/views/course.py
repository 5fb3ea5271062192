"""The course as a person meets it: where to begin, the outline with progress, the units."""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe
from web_fragments.fragment import Fragment

from peer_xblocks import course
from peer_xblocks.core.errors import NotFoundError
from peer_xblocks.core.record import Role
from peer_xblocks.records.api import grants, programmes
from peer_xblocks.standalone import course_library, results
from peer_xblocks.standalone.course_library import Library
from peer_xblocks.standalone.runtime import SiteRuntime

_MINUTES = re.compile(rb'<[^>]*\bminutes="([0-9]{1,3})"')
KINDS = {
    "peer_role_play": gettext_lazy("Role play"),
    "peer_dialogue": gettext_lazy("Practice talk"),
    "peer_plan": gettext_lazy("Plan"),
    "peer_lesson": gettext_lazy("Lesson"),
    "peer_portfolio": gettext_lazy("Portfolio"),
}
TRAINERS = frozenset({Role.LEAD, Role.ASSESSOR})
"""Who sees what is for staff alone: the people who lead the labs."""
HOMES = {Role.LEAD: "peer_xblocks:lead", Role.ASSESSOR: "peer_xblocks:queue"}


@dataclass(frozen=True)
class Visitor:
    """Who looks at the course: as the platform calls them, and whether trainers' pages are theirs.

    The platform says "student" for a trainee and "staff" for other roles.
    """

    role: str
    is_trainer: bool


@dataclass(frozen=True)
class Row:
    """One unit in the outline."""

    unit: course.Unit
    section: course.Section
    share: float
    earned: float | None
    possible: float

    @property
    def is_done(self) -> bool:
        """Whether everything in it is complete."""
        return self.share >= 1

    @property
    def kind(self) -> str:
        """What a trainee does there, in a word or two."""
        tags = {block.tag for block in self.unit.blocks}
        known = [word for tag, word in KINDS.items() if tag in tags]
        if self.unit.staff_only:
            return gettext("For trainers only")
        return str(known[0]) if known else self.section.format

    @property
    def counts(self) -> bool:
        """Whether there is something in it to be done, and not only to be read."""
        return any(course_library.is_ours(block) for block in self.unit.blocks)

    @property
    def is_role_play(self) -> bool:
        """Whether a result here is passed or not yet."""
        return any(block.tag == "peer_role_play" for block in self.unit.blocks)

    @property
    def is_passed(self) -> bool:
        """Whether everything that could be earned was."""
        return self.earned is not None and self.earned >= self.possible

    @property
    def minutes(self) -> int:
        """How long it takes, as its blocks say; 0 where none does."""
        told = [_MINUTES.search(block.element_xml) for block in self.unit.blocks]
        return sum(int(found[1]) for found in told if found)


@dataclass(frozen=True)
class Part:
    """One module in the outline; folded unless the person's way leads through it."""

    title: str
    rows: tuple[Row, ...]
    is_open: bool

    @property
    def of(self) -> int:
        """How many of its units hold something to be done."""
        return sum(row.counts for row in self.rows)

    @property
    def done(self) -> int:
        """How many of these are done."""
        return sum(row.counts and row.is_done for row in self.rows)

    @property
    def is_done(self) -> bool:
        """Whether nothing of it is left to do."""
        return self.done == self.of > 0


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Go where this person's work is."""
    for slug, held in grants.programmes_of(request.user):
        if Role.AUDITOR in held:
            return redirect("peer_xblocks:audit", slug)
        for role, name in HOMES.items():
            if role in held:
                return redirect(name)
    return redirect("outline")


@require_safe
@login_required
def outline(request: HttpRequest) -> HttpResponse:
    """Every unit, with how far this person came."""
    library, visitor = _entered(request)
    grades, shares = results.of(request.user.pk)
    chapters = [
        (chapter.title, _rows(library, visitor, chapter, grades, shares))
        for chapter in library.outline.chapters
    ]
    rows = [row for _title, inside in chapters for row in inside if row.counts]
    begun = next((row for row in rows if not row.is_done), None)
    follows = visitor.role == "student"
    context = {
        "outline": library.outline,
        "chapters": [
            Part(title, inside, is_open=follows and begun in inside)
            for title, inside in chapters
            if inside
        ],
        "follows": follows,
        "done": sum(row.is_done for row in rows),
        "of": len(rows),
        "next": begun,
    }
    return render(request, "standalone/outline.html", context)


@require_safe
@login_required
def unit(request: HttpRequest, unit: str) -> HttpResponse:
    """One unit: its blocks, and the way to the one before and after."""
    library, visitor = _entered(request)
    units = library.units(visitor.is_trainer)
    place = next((n for n, one in enumerate(units) if one.url_name == unit), None)
    if place is None:
        raise Http404
    shown = units[place]
    runtime = SiteRuntime.reading(library.ids, library.authored, request.user, visitor.role)
    fragment = Fragment()
    blocks = [one for one in shown.blocks if visitor.is_trainer or not one.staff_only]
    inside = [_block(library, runtime, one, shown.title, fragment) for one in blocks]
    context = {
        "unit": shown,
        "outline": library.outline,
        "blocks": inside,
        "chapter": _chapter_of(library, shown),
        "scripts": [r.data for r in fragment.resources if r.mimetype == "application/javascript"],
        "previous": units[place - 1] if place else None,
        "next": units[place + 1] if place + 1 < len(units) else None,
        "number": place + 1,
        "of": len(units),
    }
    return render(request, "standalone/unit.html", context)


@require_safe
@login_required
def jump(request: HttpRequest, url_name: str) -> HttpResponse:
    """Go to the unit that is, or holds, what a link of the course names, as Open edX does."""
    library, visitor = _entered(request)
    for one in library.units(visitor.is_trainer):
        if url_name in (one.url_name, *(block.url_name for block in one.blocks)):
            return redirect("unit", one.url_name)
    raise Http404


def visitor_of(user: Any, library: Library) -> Visitor:
    """How somebody comes to the course. Raises NotFoundError for somebody without any role."""
    programme = programmes.for_course(library.outline.key)
    held = grants.roles(user, programme.slug) if programme else frozenset()
    if not held:
        raise NotFoundError
    role = "student" if Role.TRAINEE in held else "staff"
    return Visitor(role, is_trainer=not TRAINERS.isdisjoint(held))


def _entered(request: HttpRequest) -> tuple[Library, Visitor]:
    try:
        library = course_library.current()
        return library, visitor_of(request.user, library)
    except NotFoundError as error:
        raise Http404 from error


def _rows(
    library: Library, visitor: Visitor, chapter: course.Chapter, grades: Any, shares: Any
) -> tuple[Row, ...]:
    return tuple(
        _row(library, section, unit, grades, shares)
        for section in chapter.sections
        for unit in section.units
        if visitor.is_trainer or not unit.staff_only
    )


def _row(
    library: Library, section: course.Section, unit: course.Unit, grades: Any, shares: Any
) -> Row:
    keys = [str(library.usage_key(b)) for b in unit.blocks if course_library.is_ours(b)]
    share = sum(shares.get(key, 0.0) for key in keys) / len(keys) if keys else 0.0
    points = [grades[key] for key in keys if key in grades]
    earned, possible = sum(g.earned for g in points), sum(g.possible for g in points)
    return Row(unit, section, share, earned if points else None, possible)


def _block(
    library: Library, runtime: SiteRuntime, block: course.Block, title: str, page: Fragment
) -> dict[str, Any]:
    if block.html is not None:
        return {"kind": "html", "html": block.html, "title": block.title}
    if not course_library.is_ours(block):
        return {"kind": "other", "tag": block.tag, "title": block.title}
    shown = runtime.get_block(library.usage_key(block)).render(
        "student_view", {"title_shown": title}
    )
    page.add_fragment_resources(shown)
    return {"kind": "block", "html": shown.content}


def _chapter_of(library: Library, unit: course.Unit) -> course.Chapter:
    return next(
        chapter
        for chapter in library.outline.chapters
        if any(unit in section.units for section in chapter.sections)
    )
