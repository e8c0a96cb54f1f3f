"""How a code set is made. The code sets themselves are imported from `model.terms`."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Self, cast

from model import language, text

_PLACE = {"nb": 0, "nn": 1, "en": 2}


class Term(StrEnum):
    """A code with its names: `SCHOOL = "school", "skole", "skule", "school"`, then any other names files may use.

    The value is what is stored and what scripts see; a member *is* that string. `Service("school")` takes the value
    only; `Service.read("Skule")` takes what people write.
    """

    _value_: str
    labels: tuple[str, str, str]
    """bokmål, nynorsk, English"""
    also: tuple[str, ...]

    def __new__(cls, code: str, nb: str = "", nn: str = "", en: str = "", *also: str) -> Self:
        # The names have defaults for the type checker alone, which takes `Service("school")` for a call of this.
        member = str.__new__(cls, code)
        member._value_ = code
        member.labels = (nb, nn, en)
        member.also = also
        return member

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.labels[_PLACE[language.current()]]

    @classmethod
    def read(cls, written: str) -> Self | None:
        """The member somebody means: by value, by name in any of the languages or by a synonym, folded; else None."""
        return cast("Self | None", _readings(cls).get(text.fold(written)))


@cache
def _readings(cls: type[Term]) -> dict[str, Term]:
    """Folded text -> member. Values win over names, names over synonyms, earlier members over later."""
    readings: dict[str, Term] = {}
    for names in (lambda m: (m.value,), lambda m: m.labels, lambda m: m.also):
        for member in cls:
            for name in names(member):
                readings.setdefault(text.fold(name), member)
    readings.pop("", None)
    return readings
