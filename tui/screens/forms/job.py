"""What one form is for: what it begins with, which fields it shows, and how it is saved."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from tui.forms.controls import Choices
from tui.forms.form import Raws, Table
from tui.reader import Reader

Seen = tuple[int, ...]
"""The batches that the values of a form come from; what the model asks for as `seen`."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a form begins with. `told`: lines to read above the form."""

    values: Mapping[str, Any] = field(default_factory=dict)
    seen: Seen = ()
    choices: Mapping[str, Choices] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What to say when it is saved, and the case to stand on then."""

    said: str
    case_id: int | None = None


class Job(ABC):
    """One form. `begin` and `save` are called on the quick thread, the rest on the screen's."""

    NAME: ClassVar[str]
    """Drafts are kept under this name, and the subject's number."""
    RECORD: type[Any]
    SHAPING: ClassVar[frozenset[str]] = frozenset()
    """When one of these fields changes, other fields may be shown."""

    subject: int = 0
    title: str

    def begin(self, reader: Reader) -> Beginning:
        """Errors: NotFound and whatever else stands in the way of the form."""
        return Beginning()

    def shown(self, raws: Raws) -> Sequence[str] | None:
        """The fields to show, given what stands in the form; None: all."""
        return None

    @abstractmethod
    def save(self, reader: Reader, record: Any, seen: Seen) -> Done:
        """Errors: what can be told in a sentence, and Conflict."""

    def field_of(self, table: str, column: str) -> str:
        """The field that a column of the store is written in."""
        return column
