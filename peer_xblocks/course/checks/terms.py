"""Words that put a label or blame before a person, and better ones.

From person-first usage in peer support, and from what peers ask not to be called.

Proper names keep theirs: Alcoholics Anonymous, the Substance Abuse and Mental Health Services
Administration.
"""

import re
from dataclasses import dataclass

_ANY = re.IGNORECASE


@dataclass(frozen=True)
class Term:
    """Words to look for, and what may be said in their place.

    Every match holds one of the stems, which are looked for first because it is much faster.
    """

    stems: tuple[str, ...]
    pattern: re.Pattern[str]
    better: str


TERMS: tuple[Term, ...] = tuple(
    Term(tuple(stems.split()), re.compile(rf"\b(?:{pattern})\b", flags), better)
    for stems, pattern, better, flags in (
        (
            "addict junkie druggie crackhead pothead tweaker dope user",
            r"addicts?|junkies?|druggies?|crackheads?|potheads?|tweakers?|dope\s+fiends?"
            r"|(?:drug|substance)\s+users?",
            '"person who uses drugs" or "person in recovery"',
            _ANY,
        ),
        ("habit", r"(?:drug|heroin|cocaine|drinking)\s+habits?", '"use of …" or "drinking"', _ANY),
        (
            "addicted",
            r"addicted\s+bab(?:y|ies)|born\s+addicted",
            '"baby exposed to … before birth"',
            _ANY,
        ),
        ("relapser", r"(?:chronic\s+)?relapsers?", '"person who has returned to use"', _ANY),
        (
            "abuser",
            r"(?:drug|substance|alcohol) abusers?",
            '"person with a substance use disorder"',
            _ANY,
        ),
        # Only in small letters: "Drug Abuse" and "Substance Abuse" are parts of names.
        ("abuse", r"(?:[Dd]rug|[Ss]ubstance) abuse", '"substance use"', 0),
        (
            "alcoholic drunks",
            r"(?:an?|the|is|as) alcoholic(?!\s+(?:drink|beverage))"
            r"|[Aa]lcoholics(?! Anonymous)|drunks",
            '"person with an alcohol use disorder"',
            0,
        ),
        (
            "suffer",
            r"suffer(?:s|ed|ing)?\s+from",
            '"lives with", "has" or "was diagnosed with"',
            _ANY,
        ),
        (
            "victim",
            r"victims?\s+of\s+(?:addiction|depression|mental\s+illness)",
            '"person with …"',
            _ANY,
        ),
        (
            "complian",
            r"non-?complian(?:t|ce)",
            'say what the person chose, such as "decided not to take it"',
            _ANY,
        ),
        ("suicide", r"commit(?:s|ted|ting)?\s+suicide", '"died by suicide"', _ANY),
        (
            "suicide",
            r"(?:successful|completed|failed|unsuccessful)\s+suicides?(?:\s+attempts?)?"
            r"|complet(?:e|es|ing)\s+suicide|suicide\s+gestures?",
            '"died by suicide" or "survived a suicide attempt"',
            _ANY,
        ),
        (
            "clean",
            r"(?:is|am|are|was|were|been|being|gets?|got|getting|stay(?:s|ed|ing)?)\s+clean"
            r"(?!\s+(?:up|and\s+(?:dry|tidy)))|clean\s+(?:and\s+sober|time)",
            '"not using" or "in recovery"',
            _ANY,
        ),
        (
            "clean dirty",
            r"(?:clean|dirty)\s+(?:urine|drug\s+(?:test|screen)s?|tests?)",
            '"tested negative" or "tested positive"',
            _ANY,
        ),
        (
            "mental emotionally",
            r"mentally\s+ill|mental\s+(?:patient|case)s?|(?:emotionally|mentally)\s+disturbed",
            '"person with a mental health condition"',
            _ANY,
        ),
        (
            "schizophrenic psychotics bipolars borderlines",
            r"schizophrenics?|psychotics|bipolars|borderlines",
            '"person diagnosed with …"',
            _ANY,
        ),
        (
            "homeless disabled addicted",
            r"the\s+(?:homeless|disabled|addicted)"
            r"(?=\s*[.,;:!?)]|\s+(?:are|is|in|who|do|have|and)\b)",
            '"people without housing", "people with disabilities" and so on',
            _ANY,
        ),
        (
            "wheelchair cripple handicapped",
            r"wheelchair-bound|confined\s+to\s+a\s+wheelchair|cripples?|crippled|handicapped",
            '"uses a wheelchair" or "has a disability"',
            _ANY,
        ),
        (
            "functioning",
            r"(?:low|high)-functioning",
            "say what the person does, or needs help with",
            _ANY,
        ),
        (
            "seek manipulative frequent resistant hard denial insight decompensat",
            r"attention[\s-]seek(?:ing|ers?)|drug[\s-]seek(?:ing|ers?)|manipulative"
            r"|frequent\s+flyers?|treatment[\s-]resistant|service[\s-]resistant"
            r"|hard[\s-]to[\s-](?:reach|engage)|(?:is|are|was|were|be|being)\s+in\s+denial"
            r"|lack(?:s|ed|ing)?\s+insight|decompensat\w+",
            "say what happened",
            _ANY,
        ),
        (
            "lunatic psycho nutcase retard basket crazies",
            r"lunatics?|psychos?|nutcases?|retard(?:s|ed)?|basket\s+cases?|crazies",
            "the person's name",
            _ANY,
        ),
        ("wagon", r"(?:falls?|fell)\s+off\s+the\s+wagon", '"returned to use"', _ANY),
        (
            "ex-con convict felon inmate offender parolee",
            r"ex-cons?|convicts|felons?|inmates?|ex-offenders?|offenders?|parolees?",
            '"person who was in prison"',
            _ANY,
        ),
        ("illegal", r"illegal\s+(?:alien|immigrant)s?|illegals", '"person without papers"', _ANY),
    )
)


def perhaps_in(text: str) -> list[Term]:
    """The terms that may be found in a text: those of which it holds a stem."""
    small = text.lower()
    return [term for term in TERMS if any(stem in small for stem in term.stems)]
