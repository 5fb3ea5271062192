"""Words that put a label or blame before a person, and better ones.

From person-first usage in peer support.

Proper names keep theirs: Alcoholics Anonymous, the Substance Abuse and Mental Health Services
Administration.
"""

import re

_ANY = re.IGNORECASE

TERMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b", flags), better)
    for pattern, better, flags in (
        (r"addicts?|junkies?|druggies?", '"person who uses drugs" or "person in recovery"', _ANY),
        (r"(?:drug|substance|alcohol) abusers?", '"person with a substance use disorder"', _ANY),
        # Only in small letters: "Drug Abuse" and "Substance Abuse" are parts of names.
        (r"(?:[Dd]rug|[Ss]ubstance) abuse", '"substance use"', 0),
        (
            r"(?:an?|the|is|as) alcoholic(?!\s+(?:drink|beverage))"
            r"|[Aa]lcoholics(?! Anonymous)|drunks",
            '"person with an alcohol use disorder"',
            0,
        ),
        (r"suffer(?:s|ed|ing)?\s+from", '"lives with", "has" or "was diagnosed with"', _ANY),
        (r"victims?\s+of\s+(?:addiction|depression|mental\s+illness)", '"person with …"', _ANY),
        (
            r"non-?complian(?:t|ce)",
            'say what the person chose, such as "decided not to take it"',
            _ANY,
        ),
        (r"commit(?:s|ted|ting)?\s+suicide", '"died by suicide"', _ANY),
        (
            r"(?:successful|completed|failed|unsuccessful)\s+suicides?(?:\s+attempts?)?",
            '"died by suicide" or "survived a suicide attempt"',
            _ANY,
        ),
        (
            r"(?:is|am|are|was|were|been|being|gets?|got|getting|stay(?:s|ed|ing)?)\s+clean"
            r"(?!\s+(?:up|and\s+(?:dry|tidy)))|clean\s+(?:and\s+sober|time)",
            '"not using" or "in recovery"',
            _ANY,
        ),
        (
            r"(?:clean|dirty)\s+(?:urine|drug\s+(?:test|screen)s?|tests?)",
            '"tested negative" or "tested positive"',
            _ANY,
        ),
        (r"mentally\s+ill", '"person with a mental health condition"', _ANY),
        (r"schizophrenics?|psychotics|bipolars|borderlines", '"person diagnosed with …"', _ANY),
        (
            r"the\s+(?:homeless|disabled|addicted)"
            r"(?=\s*[.,;:!?)]|\s+(?:are|is|in|who|do|have|and)\b)",
            '"people without housing", "people with disabilities" and so on',
            _ANY,
        ),
        (r"wheelchair-bound|confined\s+to\s+a\s+wheelchair", '"uses a wheelchair"', _ANY),
        (r"(?:low|high)-functioning", "say what the person does, or needs help with", _ANY),
        (
            r"attention-seeking|drug-seeking|manipulative|frequent\s+flyers?",
            "say what happened",
            _ANY,
        ),
        (r"lunatics?|psychos?|nutcases?|retard(?:s|ed)?", "the person's name", _ANY),
        (r"(?:falls?|fell)\s+off\s+the\s+wagon", '"returned to use"', _ANY),
        (r"ex-cons?|convicts|felons?|inmates?", '"person who was in prison"', _ANY),
    )
)
