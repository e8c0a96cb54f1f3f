"""Questions on the terminal. What is asked goes to stderr; a record's field is asked for until the answer fits it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from commands.call import tell
from model.language import _

if TYPE_CHECKING:
    from model.record import Spec
    from model.term import Term

T = TypeVar("T", bound="Term")


def text(question: str, default: str) -> str:
    """One line, cleaned; the default for nothing."""
    from model.text import clean

    typed: str = click.prompt(question, default=default, show_default=bool(default), err=True)
    return clean(typed).strip()


def yes(question: str, *, default: bool) -> bool:
    return click.confirm(question, default=default, err=True)


def choice(question: str, codes: Sequence[str], default: str) -> str:
    picked: str = click.prompt(question, type=click.Choice(codes), default=default, err=True)
    return picked


def term(question: str, code_set: type[T], default: T) -> T:
    """A member of a code set: by code, name or synonym, in any of the languages."""
    while True:
        found = code_set.read(text(f"{question} ({', '.join(code_set)})", default.value))
        if found is not None:
            return found
        tell(_("Choose one of the values in the list."))


def record(kind: type[Any], names: Sequence[str]) -> dict[str, Any]:
    """The named fields of a record, each asked for until it fits. Empty answers are left out."""
    from model.record import check, spec

    given: dict[str, Any] = {}
    for name in names:
        asked = spec(kind, name)
        while True:
            typed = text(_question(asked), "")
            value = read_value(asked, typed)
            if value is None and not asked.required:
                break
            problem = check(kind, {name: value})[1].get(name)
            if problem is None:
                given[name] = value
                break
            tell(problem)
    return given


def read_value(asked: Spec, written: str) -> Any:
    """What a person wrote, with a code set's names and synonyms turned into codes. None for nothing."""
    if not written.strip():
        return None
    if asked.choices is not None:
        found = asked.type.read(written)  # type: ignore[attr-defined]
        return found if found is not None else written
    if asked.type is tuple:
        return tuple(part for part in written.replace(",", " ").split())
    return written


def _question(asked: Spec) -> str:
    if asked.choices is None:
        return asked.label
    return f"{asked.label} ({', '.join(str(code.value) for code in asked.choices)})"
