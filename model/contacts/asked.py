"""What a listing of the directory is narrowed to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from model.contacts import places
from model.errors import BadInput
from model.language import _
from model.terms import Role
from model.text import fold, tokens

if TYPE_CHECKING:
    from model.contacts.directory import ContactRow


class Asked:
    """What a listing is narrowed to."""

    def __init__(
        self,
        role: str | None,
        unit: str | None,
        municipality: str | None,
        text: str | None,
        list_name: str | None,
        left: bool | None,
        not_since: date | None,
    ) -> None:
        """`not_since`: still here, and not confirmed on that day or later. Errors: BadInput."""
        code = Role.read(role) if role else None
        self.role = code.value if code else fold(role) if role else None
        self.unit = fold(unit) if unit else None
        self.municipality = None
        if municipality:
            found = places.find(municipality)
            if found is None:
                raise BadInput(_("No municipality has that name or number, or several have the name."))
            self.municipality = found.name
        self.words = tokens(text) if text else []
        self.list_name = list_name
        self.left = left
        self.not_since = not_since
        self.anything = any(
            (self.role, self.unit, self.municipality, self.words, list_name, left is not None, not_since is not None)
        )

    def fits(self, row: ContactRow, at: list[str]) -> bool:
        """`at`: the units of all roles that run."""
        if self.role and not any(self.role in (code, fold(code)) for code, _label in row.roles):
            return False
        if self.unit and not any(self.unit in fold(name) for name in at):
            return False
        if self.municipality and row.municipality != self.municipality:
            return False
        if self.list_name is not None and self.list_name not in row.lists:
            return False
        if self.left is not None and row.left != self.left:
            return False
        if self.not_since is not None and (row.left or (row.confirmed_on and row.confirmed_on >= self.not_since)):
            return False
        if not self.words:
            return True
        said = fold(" ".join([row.name, row.email or "", *at, *(label for _code, label in row.roles)]))
        return all(word in said for word in self.words)
