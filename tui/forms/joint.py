"""One form over two records: their fields side by side on a record made for it, and each taken out again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, field, make_dataclass
from dataclasses import fields as dataclass_fields
from typing import Any, TypeVar, get_type_hints

R = TypeVar("R")


def joint(name: str, kinds: tuple[type[Any], ...], more: Mapping[str, tuple[Any, Any]] | None = None) -> type[Any]:
    """A record with the fields of `kinds`, in their order, then `more`: name to (annotated type, default)."""
    parts: list[Any] = []
    for kind in kinds:
        hints = get_type_hints(kind, include_extras=True)
        for part in dataclass_fields(kind):
            if part.default_factory is not MISSING:
                made = field(default_factory=part.default_factory)
            else:
                made = field(default=part.default) if part.default is not MISSING else field()
            parts.append((part.name, hints[part.name], made))
    parts += [(extra, hint, field(default=default)) for extra, (hint, default) in (more or {}).items()]
    return make_dataclass(name, parts, kw_only=True, slots=True)


def taken(kind: type[R], record: Any) -> R:
    """The part of a record that is of another kind."""
    return kind(**{part.name: getattr(record, part.name) for part in dataclass_fields(kind)})  # type: ignore[arg-type]
