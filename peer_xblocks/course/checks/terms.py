"""Words that put a label or blame before a person, and better ones.

From person-first usage in peer support, and from what peers ask not to be called.

Proper names keep theirs: Alcoholics Anonymous, the Substance Abuse and Mental Health Services
Administration.
"""

import re

_ANY = re.IGNORECASE

TERMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b", flags), better)
    for pattern, better, flags in (
        (
            r"addicts?|junkies?|druggies?|crackheads?|potheads?|tweakers?|dope\s+fiends?"
            r"|(?:drug|substance)\s+users?",
            '"person who uses drugs" or "person in recovery"',
            _ANY,
        ),
        (r"(?:drug|heroin|cocaine|drinking)\s+habits?", '"use of …" or "drinking"', _ANY),
        (r"addicted\s+bab(?:y|ies)|born\s+addicted", '"baby exposed to … before birth"', _ANY),
        (r"(?:chronic\s+)?relapsers?", '"person who has returned to use"', _ANY),
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
            r"(?:successful|completed|failed|unsuccessful)\s+suicides?(?:\s+attempts?)?"
            r"|complet(?:e|es|ing)\s+suicide|suicide\s+gestures?",
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
        (
            r"mentally\s+ill|mental\s+(?:patient|case)s?|(?:emotionally|mentally)\s+disturbed",
            '"person with a mental health condition"',
            _ANY,
        ),
        (r"schizophrenics?|psychotics|bipolars|borderlines", '"person diagnosed with …"', _ANY),
        (
            r"the\s+(?:homeless|disabled|addicted)"
            r"(?=\s*[.,;:!?)]|\s+(?:are|is|in|who|do|have|and)\b)",
            '"people without housing", "people with disabilities" and so on',
            _ANY,
        ),
        (
            r"wheelchair-bound|confined\s+to\s+a\s+wheelchair|cripples?|crippled|handicapped",
            '"uses a wheelchair" or "has a disability"',
            _ANY,
        ),
        (r"(?:low|high)-functioning", "say what the person does, or needs help with", _ANY),
        (
            r"attention[\s-]seek(?:ing|ers?)|drug[\s-]seek(?:ing|ers?)|manipulative"
            r"|frequent\s+flyers?|treatment[\s-]resistant|service[\s-]resistant"
            r"|hard[\s-]to[\s-](?:reach|engage)|(?:is|are|was|were|be|being)\s+in\s+denial"
            r"|lack(?:s|ed|ing)?\s+insight|decompensat\w+",
            "say what happened",
            _ANY,
        ),
        (
            r"lunatics?|psychos?|nutcases?|retard(?:s|ed)?|basket\s+cases?|crazies",
            "the person's name",
            _ANY,
        ),
        (r"(?:falls?|fell)\s+off\s+the\s+wagon", '"returned to use"', _ANY),
        (
            r"ex-cons?|convicts|felons?|inmates?|ex-offenders?|offenders?|parolees?",
            '"person who was in prison"',
            _ANY,
        ),
        (r"illegal\s+(?:alien|immigrant)s?|illegals", '"person without papers"', _ANY),
    )
)
