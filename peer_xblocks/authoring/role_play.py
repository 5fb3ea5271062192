"""A role play, in three files or one text of three documents; and `<peer_role_play>`."""

from collections.abc import Callable
from typing import Any, TypeVar

from peer_xblocks.authoring import olx_form, rubric, scenario, yaml_text
from peer_xblocks.authoring.refusals import Written
from peer_xblocks.authoring.source import parse_stream, value_of
from peer_xblocks.core.problem import Problem, ProblemsError
from peer_xblocks.core.role_play import RolePlay
from peer_xblocks.core.rubric import CriticalErrors, Rubric

TAG = "peer_role_play"

Found = TypeVar("Found")


def load_files(
    scenario_text: str,
    rubric_text: str,
    errors_text: str,
    scenario_file: str,
    rubric_file: str,
    errors_file: str,
) -> RolePlay:
    """The role play of three files. Raises ProblemsError with every problem of all three."""
    return _together(
        scenario_file,
        lambda: scenario.load(scenario_text, scenario_file),
        lambda: rubric.load(rubric_text, rubric_file),
        lambda: rubric.load_errors(errors_text, errors_file),
    )


def load(text: str, file: str) -> RolePlay:
    """The role play of one text with three documents: scenario, rubric, critical errors.

    Raises ProblemsError.
    """
    documents = parse_stream(text, file)
    if len(documents) != 3:
        sentence = f"There are {len(documents)} documents here, not three."
        hint = 'Write scenario, rubric and critical errors, with a line "---" between them.'
        raise ProblemsError(
            [Problem(file=file, line=1, code="documents", sentence=sentence, hint=hint)]
        )
    of_scenario, of_rubric, of_errors = documents
    return _together(
        file,
        lambda: scenario.headed(of_scenario),
        lambda: value_of(Rubric, of_rubric),
        lambda: value_of(CriticalErrors, of_errors),
        of_scenario,
    )


def put_together(
    headed: scenario.Headed, of_rubric: Rubric, errors: CriticalErrors, file: str, line: int = 0
) -> RolePlay:
    """The role play of three values. Raises ProblemsError when they do not belong together."""
    data = {
        "url_name": headed.heading.url_name,
        "title": headed.heading.display_name or headed.scenario.title[:200],
        "formative": headed.heading.formative,
        "prompted_counts": headed.heading.prompted_counts,
        "others": headed.heading.others,
        "scenario": headed.scenario,
        "rubric": of_rubric,
        "critical_errors": errors,
    }
    return value_of(RolePlay, Written(file, data, {(): line}))


def _together(
    file: str,
    load_scenario: Callable[[], scenario.Headed],
    load_rubric: Callable[[], Rubric],
    load_errors: Callable[[], CriticalErrors],
    written: Written | None = None,
) -> RolePlay:
    problems: list[Problem] = []

    def attempt(read: Callable[[], Found]) -> Found | None:
        try:
            return read()
        except ProblemsError as error:
            problems.extend(error.problems)
            return None

    headed, of_rubric, errors = attempt(load_scenario), attempt(load_rubric), attempt(load_errors)
    if headed is None or of_rubric is None or errors is None:
        raise ProblemsError(problems)
    return put_together(headed, of_rubric, errors, file, written.line(["rubric"]) if written else 0)


def to_text(role_play: RolePlay) -> str:
    """One text of three documents; `load` gives the same role play."""
    return "---\n".join(yaml_text.dump(document) for document in _documents(role_play))


def _documents(role_play: RolePlay) -> list[dict[str, Any]]:
    heading = scenario.Heading(
        url_name=role_play.url_name,
        display_name="" if role_play.title == role_play.scenario.title else role_play.title,
        formative=role_play.formative,
        prompted_counts=role_play.prompted_counts,
        others=role_play.others,
    )
    return [
        {**yaml_text.plain(heading), **yaml_text.plain(role_play.scenario)},
        yaml_text.plain(role_play.rubric),
        yaml_text.plain(role_play.critical_errors),
    ]


def to_olx(role_play: RolePlay) -> olx_form.Element:
    """The `<peer_role_play>` of a role play.

    Raises ProblemsError for characters that XML cannot hold.
    """
    names = {"url_name": role_play.url_name, "display_name": role_play.title}
    element = olx_form.to_element(role_play, TAG, names)
    del element.attrib["title"]
    return element


def from_olx(element: olx_form.Element, file: str = "") -> RolePlay:
    """The role play of a `<peer_role_play>`, also one that the platform wrote.

    Raises ProblemsError.
    """
    title = element.get("display_name")
    more = {"title": title} if title else {}
    return olx_form.from_element(RolePlay, element, file or f"<{TAG}>", more)
