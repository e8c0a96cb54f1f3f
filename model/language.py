"""The reader's language: nb, nn or en.

Source texts are English; `nb` and `nn` are gettext catalogues in `model/locale`. The language is set once at start,
before any command module is imported, because click reads its help texts at import.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import lru_cache

LANGUAGES = ("nb", "nn", "en")
LOCALE_DIR = f"{os.path.dirname(__file__)}/locale"  # noqa: PTH120 - pathlib is slow to import

_language = "en"
_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_within: ContextVar[tuple[str, gettext.NullTranslations] | None] = ContextVar("_within", default=None)


def use(language: str) -> None:
    """Speak this language from now on: `nb`, `nn` or `en` (anything else is a ValueError)."""
    global _language, _catalogue
    if language not in LANGUAGES:
        raise ValueError(language)
    _language = language
    _catalogue = _load(language)


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


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak another language within a block: a letter is in its reader's language, not its writer's.

    Other threads, which may be painting a screen, go on in theirs.
    """
    if language not in LANGUAGES:
        raise ValueError(language)
    token = _within.set((language, _load(language)))
    try:
        yield
    finally:
        _within.reset(token)


def current() -> str:
    within = _within.get()
    return within[0] if within else _language


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
    within = _within.get()
    return (within[1] if within else _catalogue).gettext(message) if message else ""


def ngettext(one: str, many: str, n: int) -> str:
    """The right one of two texts for a count; format the count in with `.format(n=n)`."""
    within = _within.get()
    return (within[1] if within else _catalogue).ngettext(one, many, n)


def N_(message: str) -> str:
    """Mark a text for translation where it is declared; `_()` speaks it where it is shown."""
    return message


_FORMATS = {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}


def say_day(day: date, pattern: str = "d MMM y") -> str:
    """A date as the reader writes it, `18. nov. 2026`; pattern as in CLDR."""
    from babel.dates import format_date  # slow to import, and commands print ISO dates

    return format_date(day, pattern, locale=_FORMATS[current()])
