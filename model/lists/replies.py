"""The reply form of a round: what a unit is asked to look through, and what it comes back as.

A row a person, and some empty rows for those who are missing. `Samløp-runde` says which round and unit a row answers
for (`12-34`), on the empty rows too; `Samløp-nr` is the contact's number. Both are names, the same in all languages:
the import knows a reply by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from model.contacts.directory import role_label
from model.contacts.reach import show_phone
from model.language import _
from model.lists.overview import EntryView

ROUND = "Samløp-runde"
CONTACT = "Samløp-nr"
EMPTY_ROWS = 3


class Ticket(NamedTuple):
    """Which round a row answers, and for which unit; unit 0: those without one."""

    round_id: int
    unit_id: int

    def __str__(self) -> str:
        return f"{self.round_id}-{self.unit_id}"


def head() -> list[str]:
    """The form's columns, in the language spoken now. The last is the answer: yes, has left, or a day."""
    return [_("Name"), _("Role"), _("Unit"), _("Phone"), _("E-mail"), _("Still right"), CONTACT, ROUND]


def rows(ticket: Ticket, unit: str, entries: Iterable[EntryView], roles: Sequence[str]) -> list[list[str]]:
    """What we have, and room for more. `roles` are the list's: where there is one, whoever is added has it."""
    role = role_label(roles[0]) if len(roles) == 1 else ""
    told = [
        [
            entry.name,
            ", ".join(role_label(code) for code, _label in entry.roles),
            unit,
            show_phone(entry.phone) if entry.phone else "",
            entry.email or "",
            "",
            str(entry.contact_id),
            str(ticket),
        ]
        for entry in entries
    ]
    return [*told, *(["", role, unit, "", "", "", "", str(ticket)] for _row in range(EMPTY_ROWS))]


def as_text(columns: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A table for a letter: what is known of each person, aligned where the reader's letters are all as wide."""
    shown = [columns, *lines]
    widths = [max(len(row[place]) for row in shown) for place in range(len(columns))]
    return "\n".join("  ".join(cell.ljust(n) for cell, n in zip(row, widths, strict=True)).rstrip() for row in shown)
