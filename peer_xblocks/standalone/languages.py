"""Which languages the embedded site speaks: English, and each that has a compiled catalogue.

A page must not name months in another language than its own, so nothing else is offered.
"""

import os
from pathlib import Path

from django.conf.locale import LANG_INFO
from django.utils.translation import to_language

PACKAGED = Path(__file__).parents[1] / "conf" / "locale"
TRIED = "PEER_XBLOCKS_LOCALE"
"""Names a folder of catalogues to try out: what stands in it goes before ours."""


def tried() -> list[Path]:
    """The folder that somebody tries out, if they name one."""
    named = os.environ.get(TRIED)
    return [Path(named).expanduser().resolve()] if named else []


def offered() -> list[tuple[str, str]]:
    """Each language by its code, with the name that it has for itself; English first."""
    found = {
        to_language(compiled.parts[-3])
        for folder in (*tried(), PACKAGED)
        for compiled in folder.glob("*/LC_MESSAGES/django.mo")
    }
    others = sorted(found - {"en"})
    return [("en", "English"), *((code, _own_name(code)) for code in others)]


def _own_name(code: str) -> str:
    known = LANG_INFO.get(code) or LANG_INFO.get(code.split("-", maxsplit=1)[0]) or {}
    return str(known.get("name_local", code)).capitalize()
