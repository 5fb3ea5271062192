"""Facts that age: put into lessons when the course is read, dated on the page, and asked again."""

import shutil
from datetime import date
from pathlib import Path

from test_cli import content, run

from peer_xblocks import course
from peer_xblocks.authoring import lesson
from peer_xblocks.core.lesson import Text

TODAY = date(2026, 12, 1)
FIXTURES = Path(__file__).parents[2] / "fixtures"


def small(folder: Path) -> tuple[Path, Path]:
    """The folders of a copy of the small course."""
    for name in ("curriculum", "rubrics"):
        shutil.copytree(FIXTURES / name, folder / name)
    shutil.rmtree(folder / "curriculum/certification")  # profiles have dates of their own
    return folder / "curriculum", folder / "rubrics"


def staying(folders: tuple[Path, Path]):
    """The lesson of the small course that uses a fact."""
    return course.read_sources(*folders).modules[0].lessons[1]


def test_a_lesson_holds_the_finished_sentence_and_the_fact_beside_it():
    """The value, and so the archive, has the fact's words and its date; no braces are left."""
    found = staying((FIXTURES / "curriculum", FIXTURES / "rubrics"))
    (part,) = found.parts
    assert isinstance(part, Text) and "waited for many offices, many calls" in part.markdown
    assert [(fact.id, fact.as_of) for fact in found.facts] == [
        ("things-to-wait-for", date(2026, 11, 22))
    ]
    element = lesson.to_olx(found)
    assert [child.get("about") for child in element.iter("fact")] == [found.facts[0].about]
    assert lesson.from_olx(element) == found


def test_facts_are_put_into_checks_feedback_and_admonitions(tmp_path):
    """Wherever a trainee reads, a fact may stand; each is listed once, in the order of use."""
    folders = small(tmp_path)
    path = folders[0] / "01-listening/01-hearing.md"
    text = path.read_text(encoding="utf-8")
    text = text.replace("Two words back,", "Two words back, {{things-to-wait-for}},")
    text = text.replace("**Rosa:** It was", "**Rosa:** After {{ things-to-wait-for }}, it was")
    text = text.replace("- Say back in", "- After {{things-to-wait-for}}, say back in")
    text = text.replace("minutes: 5", "minutes: 6")
    path.write_text(text, encoding="utf-8")
    found = course.read_sources(*folders).modules[0].lessons[0]
    words = found.model_dump_json()
    assert words.count("many offices") == 5 and "{{" not in words
    assert len(found.facts) == 1


def test_a_fact_with_marks_of_its_own_breaks_nothing(tmp_path):
    """Colons, quotes and hashes of a fact are words, not YAML, wherever they are put in."""
    folders = small(tmp_path)
    path = folders[0] / "facts.yaml"
    text = path.read_text().replace("text: many offices", "text: 'press 1: \"veterans\" # now'")
    path.write_text(text)
    path = folders[0] / "01-listening/01-hearing.md"
    path.write_text(path.read_text().replace("Now the talk", "{{things-to-wait-for}} the talk"))
    (check,) = course.read_sources(*folders).modules[0].lessons[0].checks
    assert check.options[2].feedback == 'press 1: "veterans" # now the talk is about you.'


def test_age_is_a_warning_of_the_day_that_is_given(tmp_path):
    """Within a year and its last day a fact is silent; after either it is named, with exit 0."""
    folders = small(tmp_path)
    assert course.check(*folders, date(2027, 11, 22)).warnings == []
    (old,) = course.check(*folders, date(2027, 11, 23)).warnings
    assert str(old) == (
        'curriculum/facts.yaml:7 fact-old: The fact "things-to-wait-for" was looked up more than a '
        "year ago. Look again, then change the text and as_of."
    )
    (expired,) = course.check(*folders, date(2028, 1, 1)).warnings
    assert str(expired) == (
        'curriculum/facts.yaml:8 fact-expired: The fact "things-to-wait-for" was known to hold '
        "until 2027-12-31 only. Look again, then change the text and as_of."
    )


def test_the_command_says_warnings_and_exits_with_0(tmp_path):
    """Warnings stand on standard error, one a line, and do not count as faults."""
    options = content(tmp_path)
    done = run("check", "--today=2028-01-01", *options)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("warning: curriculum/facts.yaml:8 fact-expired: ")
    assert all(line.startswith("warning: curriculum/") for line in done.stderr.splitlines())
    assert run("check", "--today=tomorrow", *options).returncode == 2


def test_a_list_of_facts_that_cannot_be_read_is_one_problem(tmp_path):
    """Lessons are not blamed for a broken facts.yaml."""
    folders = small(tmp_path)
    (folders[0] / "facts.yaml").write_text("facts: [")
    assert [p.code for p in course.check(*folders, TODAY).problems] == ["syntax"]
