"""What counts as a bad word about people, and where one may stand as an example."""

import re

import pytest

from peer_xblocks.course.checks.terms import perhaps_in
from peer_xblocks.course.checks.wording import without_bad_examples


def found(text: str) -> list[str]:
    """The terms that are found in a text."""
    shown = without_bad_examples(text)
    return [match[0] for term in perhaps_in(text) for match in term.pattern.finditer(shown)]


@pytest.mark.parametrize(
    "text",
    [
        "He is an addict.",
        "She suffers from depression.",
        "They committed\nsuicide.",
        "Dana has been clean for a year.",
        "a non-compliant man",
        "The mentally ill need help.",
        "She is an alcoholic.",
        "**You:** So you are an addict.",
        'He said "the addicts" and left.',
        "A chronic relapser came back.",
        "She lacks insight and is in denial.",
        "He was decompensating.",
        "an offender",
        "| What we say | Why |\n| --- | --- |\n| Lacks insight | no |",
    ],
)
def test_a_label_is_found(text):
    """A label or blame is found, across lines and in what the trainee would say."""
    assert found(text)


@pytest.mark.parametrize(
    "text",
    [
        "He went to Alcoholics Anonymous.",
        "Substance Abuse and Mental Health Services Administration",
        "They cleaned the kitchen until the floor was clean and dry.",
        "A clean cup stood on the table.",
        'Say "a person who uses drugs", not "addict" or "junkie".',
        "Call no one by “an addict”, never “the mentally ill”.".replace("by ", "never "),
        '!!! badly "Missing it"\n    **You:** You are an addict.\n\n    He suffers from it.\n',
        '!!! try "Try it"\n    1. "She is manipulative."\n',
        "> He is non-compliant.\n{: .badly }\n",
        "| On the page | Why |\n| --- | --- |\n| Lacks insight | She sees it otherwise |\n",
        "**Dana:** I'm an addict, that's all\nthere is to it.",
    ],
)
def test_an_example_of_what_not_to_say_may_stand(text):
    """Names of organisations, marked examples and people's words for themselves are left alone."""
    assert found(text) == []


def test_text_after_an_example_is_asked_again():
    """An exempt block ends where its indentation ends."""
    text = '!!! badly "Missing it"\n    You addict.\n\nHe suffers from it.\n'
    assert found(text) == ["suffers from"]


EVERY_FORM = """
addict, addicts, junkie, druggies, crackhead, potheads, tweaker, dope fiend, drug users
drug habit, heroin habit, drinking habits
addicted baby, born addicted
chronic relapser, relapsers
drug abuser, alcohol abusers
substance abuse, Drug abuse
an alcoholic, is alcoholic, Alcoholics, drunks
suffers from, suffered from, suffering from
victim of depression, victims of mental illness
noncompliant, non-compliance
committed suicide, commits suicide
failed suicide attempt, successful suicide, completing suicide, suicide gesture
was clean, staying clean, clean time, clean and sober
dirty urine, clean drug test, dirty tests
mentally ill, mental patient, emotionally disturbed
schizophrenic, psychotics, bipolars, borderlines
the homeless are, the addicted.
wheelchair-bound, confined to a wheelchair, cripple, crippled, handicapped
low-functioning, high-functioning
attention-seeking, drug seekers, manipulative, frequent flyer, treatment-resistant
hard to reach, hard-to-engage, is in denial, lacks insight, decompensating
lunatic, psycho, nutcase, retarded, basket case, crazies
fell off the wagon
ex-con, convicts, felon, inmates, ex-offender, parolee
illegal alien, illegals
"""


@pytest.mark.parametrize("term", [one for one in re.split(r",\s|\n", EVERY_FORM) if one])
def test_every_form_of_a_term_is_found(term):
    """Each form is found by itself, so that no stem hides what its pattern knows."""
    assert found(f"They said {term} today."), term
