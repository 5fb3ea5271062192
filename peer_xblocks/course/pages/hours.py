"""The page that sums the hours of the course and holds them against what bodies ask for."""

from collections.abc import Iterable, Iterator, Sequence

from peer_xblocks.core.certification import Figure, Profile, Training
from peer_xblocks.core.course import Course
from peer_xblocks.core.hours import Hours, Standing, missing, of_module, standing, sum_of
from peer_xblocks.core.lesson import HoursKind
from peer_xblocks.course.pages.table import table, time

KINDS = {
    HoursKind.SELF_PACED: "self-paced",
    HoursKind.LIVE: "live",
    HoursKind.PRACTICUM: "practicum",
}
LEVELS = ("guidance", "national", "employer", "state")

_INTRO = """# Hours of training

**Nobody has approved this course.** The numbers below are arithmetic: what the course declares,
beside what bodies were found to ask for. Almost every body counts only training that it
approved itself, and only the body can say what it accepts. Ask yours before you rely on a
number.

Hours have kinds. *Self-paced* is what somebody reads and answers alone: a lesson's minutes must
fit its words at 200 a minute plus its activities, and may be at most one and a half times as
many. A dialogue counts one talk with its debrief, a plan one plan made
with care. *Live* and *practicum* are the agendas of
sessions in the trainers' guides, without breaks; a provider must hold them before anybody can count
them. Role plays are assessments and are not counted."""


def page(course: Course, profiles: Sequence[Profile]) -> str:
    """The whole page."""
    total = sum_of(of_module(module) for module in course.modules)
    ordered = sorted(profiles, key=lambda one: (LEVELS.index(one.level), one.name))
    lines = [_INTRO, "", "## What the course declares", "", *_modules(course, total)]
    lines += ["", "## How that stands to what bodies ask for", "", *_summary(ordered, total)]
    lines += ["", *_trainings(ordered, total)]
    lines += ["", "## What bodies ask for besides training", "", *_besides(ordered)]
    return "\n".join(lines) + "\n"


def _modules(course: Course, total: Hours) -> list[str]:
    rows = [
        (module.title, str(len(module.lessons)), *_cells(of_module(module)))
        for module in course.modules
    ]
    lessons = sum(len(module.lessons) for module in course.modules)
    rows.append(("**Whole course**", str(lessons), *_cells(total)))
    return table(["Module", "Lessons", *KINDS.values(), "together"], rows)


def _cells(hours: Hours) -> list[str]:
    return [*(time(hours.of([kind])) for kind in KINDS), time(hours.total)]


def _summary(profiles: Sequence[Profile], total: Hours) -> Iterator[str]:
    groups: dict[str, list[str]] = {title: [] for title in _GROUPS}
    for profile in profiles:
        groups[_GROUPS[_group(profile, total)]].append(profile.name)
    for title, names in groups.items():
        yield f"- **{title}:** {'; '.join(names) if names else 'none'}."


_GROUPS = (
    "Met by the hours of this course, in number",
    "Needs live hours on top",
    "Needs more hours, of any kind that counts",
    "Which kinds of hours count was not found, so it cannot be told",
    "The number of hours was not found",
    "Only the body's own course counts; this one can prepare for it",
)


def _group(profile: Profile, total: Hours) -> int:
    """Where a body stands by the hardest of the conditions that another course can meet."""
    open_to_others = [one for one in profile.training if not one.own]
    if not open_to_others:
        return 5
    found = {standing(one, total) for one in open_to_others}
    short = [one for one in open_to_others if standing(one, total) == Standing.SHORT]
    if any(HoursKind.SELF_PACED not in (one.kinds or ()) for one in short):
        return 1
    if short:
        return 2
    if Standing.HOURS_NOT_FOUND in found:
        return 4
    return 3 if Standing.KINDS_NOT_FOUND in found else 0


def _trainings(profiles: Sequence[Profile], total: Hours) -> list[str]:
    head = ["Body", "Training", "Asked", "Kinds that count", "This course", "How it stands"]
    rows = []
    for profile in profiles:
        for number, training in enumerate(profile.training):
            asked = "not found" if training.hours is None else _figure(training.hours, " h")
            kinds = _kinds(training.kinds) if training.kinds else "not found"
            there = time(total.of(training.kinds) if training.kinds else total.total)
            name = _link(profile) if number == 0 else ""
            rows.append((name, training.what, asked, kinds, there, _result(training, total)))
    return table(head, rows)


def _result(training: Training, total: Hours) -> str:
    kind, lacking = standing(training, total), missing(training, total)
    if kind == Standing.OWN_COURSE:
        return "only the body's own course counts"
    if kind == Standing.HOURS_NOT_FOUND:
        live = training.kinds == (HoursKind.LIVE,)
        return "ask the body; only live hours count" if live else "ask the body"
    if kind == Standing.KINDS_NOT_FOUND:
        number = f"{time(lacking)} short in number" if lacking else "enough in number"
        return f"{number}; ask the body which kinds count"
    if kind == Standing.SHORT:
        return f"{time(lacking)} more needed, {_kinds(training.kinds or ())}"
    return "met by itself, in number"


def _besides(profiles: Sequence[Profile]) -> list[str]:
    head = ["Body", "Experience", "Supervision", "Exam", "Whose training counts"]
    rows = []
    for profile in profiles:
        numbers, exam = profile.numbers, profile.exam
        rows.append(
            (
                profile.name,
                _figure(numbers.experience_hours, " h"),
                _figure(numbers.supervision_hours, " h"),
                exam.value if exam else "not found",
                " ".join(one.text for one in profile.approval) or "not found",
            )
        )
    return table(head, rows)


def _figure(figure: Figure | None, unit: str) -> str:
    if figure is None:
        return "not found"
    if figure.value == "none":
        return "none"
    least = "at most " if figure.limit == "at_most" else ""
    doubt = f" ({figure.confidence} confidence)" if figure.confidence != "high" else ""
    return f"{least}{figure.value:,}{unit}{doubt}"


def _kinds(kinds: Iterable[HoursKind]) -> str:
    return " or ".join(KINDS[kind] for kind in kinds)


def _link(profile: Profile) -> str:
    return f"[{profile.name}](../../curriculum/certification/{profile.key}.yaml)"
