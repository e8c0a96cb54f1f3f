"""The reader's language: nb, nn or en.

Source texts are English; `nb` and `nn` are gettext catalogues in `model/locale`. The language is set once at start,
before any command module is imported, because click reads its help texts at import.
"""

from __future__ import annotations

import gettext
import os
from datetime import date
from functools import lru_cache

LANGUAGES = ("nb", "nn", "en")
LOCALE_DIR = f"{os.path.dirname(__file__)}/locale"  # noqa: PTH120 - pathlib is slow to import

_language = "en"
_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use(language: str) -> None:
    """Speak this language from now on: `nb`, `nn` or `en` (anything else is a ValueError)."""
    global _language, _catalogue
    if language not in LANGUAGES:
        raise ValueError(language)
    _language = language
    _catalogue = _load(language)
    _formatter.cache_clear()


@lru_cache(maxsize=3)
def _load(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    catalogue = f"{LOCALE_DIR}/{language}/LC_MESSAGES/samlop.mo"
    try:
        with open(catalogue, "rb") as file:  # noqa: PTH123 - and gettext.translation imports locale to look for it
            return gettext.GNUTranslations(file)
    except FileNotFoundError:
        return gettext.NullTranslations()


def current() -> str:
    return _language


def guess() -> str:
    """The language the environment asks for: nn and en as such, any other Norwegian as nb, else nb."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        told = os.environ.get(name, "").lower()
        if told.startswith("nn"):
            return "nn"
        if told.startswith("en"):
            return "en"
        if told.startswith(("nb", "no")):
            return "nb"
    return "nb"


def _(message: str) -> str:
    """The text in the reader's language."""
    return _catalogue.gettext(message) if message else ""


def ngettext(one: str, many: str, n: int) -> str:
    """The right one of two texts for a count; format the count in with `.format(n=n)`."""
    return _catalogue.ngettext(one, many, n)


def N_(message: str) -> str:
    """Mark a text for translation where it is declared; `_()` speaks it where it is shown."""
    return message


@lru_cache(maxsize=1)
def _formatter() -> str:
    return {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}[_language]


def say_day(day: date, pattern: str = "d MMM y") -> str:
    """A date as the reader writes it, `18. nov. 2026`; pattern as in CLDR."""
    from babel.dates import format_date  # slow to import, and commands print ISO dates

    return format_date(day, pattern, locale=_formatter())
