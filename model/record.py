"""The record says it once: a field's type, limits, label and help stand where the record is declared.

Records are slots dataclasses with `Annotated` fields:

    @dataclass(slots=True, kw_only=True)
    class Task:
        title: Annotated[str, Field(N_("What is to be done")), MaxLen(200)]
        due_on: Annotated[date | None, Field(N_("Due"))] = None

Forms, import headers, `--json` and the reference page are derived from `fields(Task)`; `check(Task, values)` validates
what comes in from files and forms (pydantic is loaded then, and not before).
"""

from __future__ import annotations

import builtins
import types
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass
from dataclasses import fields as dataclass_fields
from datetime import date
from enum import Enum
from functools import cache
from typing import Annotated, Any, ClassVar, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from model.language import _

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Field:
    """What people read about a field. Texts are marked with `N_` where they stand, and spoken by `Spec`."""

    label: str
    help: str = ""
    heads: tuple[str, ...] = ()
    """Header synonyms in imported files, in nb, nn and en, folded when compared."""
    multiline: bool = False
    past: bool = False
    """Of a date: `1.1.09` was, rather than will be."""


@dataclass(frozen=True, slots=True)
class _Limit:
    """A limit as pydantic reads it. Until pydantic asks, annotated_types (slow to import) is not needed.

    To pydantic this is a group of annotated_types' notes; their protocol for such groups is the flag and `__iter__`.
    """

    __is_annotated_types_grouped_metadata__: ClassVar[bool] = True
    bound: int

    def __iter__(self) -> Iterator[object]:
        import annotated_types

        yield getattr(annotated_types, type(self).__name__)(self.bound)


class MaxLen(_Limit):
    """At most so many characters."""

    __slots__ = ()


class MinLen(_Limit):
    """At least so many characters."""

    __slots__ = ()


class Ge(_Limit):
    """At least this number."""

    __slots__ = ()


class Le(_Limit):
    """At most this number."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Spec:
    """One field of a record, as forms, imports and the reference page need it."""

    name: str
    field: Field
    type: type
    optional: bool
    required: bool
    default: Any
    max_length: int | None
    min_length: int | None
    ge: int | None
    le: int | None
    item: builtins.type | None = None
    """What a list is a list of."""

    @property
    def label(self) -> str:
        return _(self.field.label)

    @property
    def help(self) -> str:
        return _(self.field.help)

    @property
    def choices(self) -> tuple[Enum, ...] | None:
        return tuple(self.type) if issubclass(self.type, Enum) else None


def fields(record: type[Any]) -> tuple[Spec, ...]:
    """The record's fields as they are declared; those without a `Field` are the program's own and left out."""
    return _fields(cast(Any, record))  # mypy takes a class of unknown kind for unhashable


@cache
def _fields(record: type[Any]) -> tuple[Spec, ...]:
    hints = get_type_hints(record, include_extras=True)
    specs = []
    for entry in dataclass_fields(record):
        hint = hints[entry.name]
        if get_origin(hint) is not Annotated:
            continue
        inner, *notes = get_args(hint)
        field = next((n for n in notes if isinstance(n, Field)), None)
        if field is None:
            continue
        base, optional = _unwrap(inner)
        limit = {type(note): note.bound for note in notes if isinstance(note, _Limit)}
        items = [a for a in get_args(inner) if isinstance(a, type)]
        default = entry.default if entry.default is not MISSING else None
        specs.append(
            Spec(
                name=entry.name,
                field=field,
                type=base,
                optional=optional,
                required=entry.default is MISSING and entry.default_factory is MISSING,
                default=default,
                max_length=limit.get(MaxLen),
                min_length=limit.get(MinLen),
                ge=limit.get(Ge),
                le=limit.get(Le),
                item=items[0] if items and issubclass(base, list | tuple) else None,
            )
        )
    return tuple(specs)


def spec(record: type[Any], name: str) -> Spec:
    return next(s for s in fields(record) if s.name == name)


def _unwrap(hint: Any) -> tuple[type, bool]:
    """`date | None` is (date, True); a list or tuple is its container type."""
    if get_origin(hint) in (Union, types.UnionType):
        rest = [a for a in get_args(hint) if a is not type(None)]
        return _unwrap(rest[0])[0], True
    origin = get_origin(hint)
    return (origin or hint), False


@cache
def _adapter(record: type[Any]) -> Any:
    from pydantic import TypeAdapter  # slow to import; only edges validate

    return TypeAdapter(record)


def check(record: type[R], values: Mapping[str, Any]) -> tuple[R | None, dict[str, str]]:
    """Validate what came in: (the record, {}) or (None, {field name: one sentence in the reader's language}).

    Texts are cleaned and stripped first, and blank ones count as not given. Dates may be written as people write them.
    """
    from pydantic import ValidationError

    from model import dates, text

    errors: dict[str, str] = {}
    ready: dict[str, Any] = {}
    known = {s.name: s for s in fields(record)}
    for name, value in values.items():
        if isinstance(value, str):
            value = text.clean(value, lines=known[name].field.multiline if name in known else False).strip()
            if value == "":
                continue
            if name in known and known[name].type is date:
                try:
                    value = dates.read_day(value, past=known[name].field.past)
                except ValueError as error:
                    errors[name] = str(error)
                    continue
        if value is not None:
            ready[name] = value
    for s in known.values():
        if s.required and s.name not in ready and s.name not in errors:
            errors[s.name] = _("Fill in this field.")
    try:
        # Also when something is wrong already: people are told all of it at once.
        made = _adapter(cast(Any, record)).validate_python(ready)
        return (None, errors) if errors else (made, {})
    except ValidationError as failure:
        for problem in failure.errors(include_url=False, include_input=False):
            where = str(problem["loc"][0]) if problem["loc"] else ""
            errors.setdefault(where, _sentence(problem["type"], problem.get("ctx") or {}, problem["msg"]))
        return None, errors


def _sentence(kind: str, ctx: Mapping[str, Any], fallback: str) -> str:
    """Pydantic's error as a sentence a person can act on, without the value that was typed."""
    if kind == "string_too_long":
        return _("At most {n} characters.").format(n=ctx["max_length"])
    if kind == "string_too_short":
        return _("At least {n} characters.").format(n=ctx["min_length"])
    if kind in ("int_parsing", "int_type", "int_from_float"):
        return _("Write a whole number.")
    if kind == "greater_than_equal":
        return _("At least {n}.").format(n=ctx["ge"])
    if kind == "less_than_equal":
        return _("At most {n}.").format(n=ctx["le"])
    if kind == "enum":
        return _("Choose one of the values in the list.")
    if kind.startswith(("date", "bool")):
        return _("This value does not fit the field.")
    if kind in ("value_error", "assertion_error") and "error" in ctx:
        return str(ctx["error"])
    return _("This value does not fit the field.")
