"""Which column is which, as a proposal to be looked at: what was given, what the header says, and for the columns that
neither tells, what is in them.

Cells tell a column only when nearly all of them agree, the field is not told otherwise, and no other column would do as
well. Nothing is guessed of columns with national identity numbers or address protection: their cells are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from model.contacts import places, reach
from model.contacts.files.reading import Row, Sheet
from model.contacts.intake.heads import NAMES, Heads, column_name, recognise
from model.contacts.intake.synonyms import CONTACT_HEADS
from model.language import N_, _
from model.terms import LanguageForm, Role
from model.text import fold

if TYPE_CHECKING:
    from model.contacts.intake.mapping import Mapping as Given

_LOOKED_AT = 200  # cells of a column that say something
_AGREE = 0.85  # of them
_FEWEST = 2  # cells that tell of anything but an e-mail address or a phone number

_PHONE = re.compile(r"(?:(?:\+|00)47 ?)?[2-9](?: ?\d){7}|\+(?: ?\d){8,15}")
_MOBILE = re.compile(r"(?:(?:\+|00)47 ?)?[49]")
_EMAIL = re.compile(r"(?:mailto:)?[^\s@<>;,]+@[^\s@<>;,]+\.[^\s@<>;,]+|[^<>@]*<[^\s@<>]+@[^\s@<>]+>")
_WORD = r"[^\W\d_]\S*"
_PERSON = re.compile(rf"(?:{_WORD}|[^\W\d_]\.)(?:,? {_WORD}){{1,4}}")
_NO_NAME = re.compile(r"[\d@()\[\]:;/&+]")
# Headers nobody maps, whose cells look like something they are not: faxes, postal towns, the name of another person.
_ANOTHER = re.compile(
    r"faks|fax|(?<!\be )post(?:nr|nummer|sted|stad|kode|boks| )|adress|konto|org ?(?:nr|nummer)|vikar|stedfor|avloys|"
    r"leder|leiar|sentralbord|switchboard|zip|city"
)

_FIELDS = {
    "email": N_("e-mail"),
    "phone": N_("phone"),
    "mobile": N_("mobile"),
    "municipality": N_("municipality"),
    "role": N_("role"),
    "unit": N_("unit"),
    "language_form": N_("language form"),
    "name": N_("name"),
}


class Told(StrEnum):
    """How a column was told. Scripts see these words."""

    GIVEN = "given"
    HEADER = "header"
    CELLS = "cells"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list, and what it is taken for. No cell's text is in it."""

    number: int
    """Counted from 1."""
    head: str
    field: str | None
    told: Told


@dataclass(frozen=True, slots=True)
class Columns:
    """A proposal: `heads` is what reading goes by when nobody objects."""

    columns: tuple[Column, ...]
    heads: Heads
    warnings: tuple[str, ...]

    def maps(self) -> dict[str, str]:
        """Header, or number where there is none, to field: what a mapping keeps."""
        return {column.head or str(column.number): column.field for column in self.columns if column.field}


def guess(
    sheet: Sheet,
    synonyms: Mapping[str, Sequence[str]] = CONTACT_HEADS,
    *,
    maps: Sequence[str] = (),
    mapping: Given | None = None,
) -> Columns:
    """What each column of a sheet is. `maps` are `--map` pairs, and go before a saved mapping.

    Errors: those of `heads.recognise`, when no column holds names.
    """
    warnings: list[str] = []
    maps = [*_of_mapping(sheet, mapping, maps, warnings), *maps]
    heads = recognise(sheet.head, synonyms, file=sheet.file, maps=maps, nameless=True)
    given = {pair.rpartition("=")[2].strip() for pair in maps}
    found = {field: Told.GIVEN if field in given else Told.HEADER for field in heads.columns}
    if heads.unknown:
        guessed = _guessed(sheet, heads, synonyms)
        for field, column in guessed.items():
            found[field] = Told.CELLS
            sentence = _("Column {n} was taken for {field} from what is in it.")
            warnings.append(sentence.format(n=column + 1, field=_(_FIELDS[field])))
        heads = replace(
            heads,
            columns=heads.columns | guessed,
            unknown=tuple(
                name
                for name in heads.unknown
                if name not in {column_name(sheet.head, column) for column in guessed.values()}
            ),
        )
    if not any(name in heads.columns for name in NAMES):
        recognise(sheet.head, synonyms, file=sheet.file, maps=maps)  # says so
    fields = {column: field for field, column in heads.columns.items()}
    columns = tuple(
        Column(n + 1, head, fields.get(n), found[fields[n]] if n in fields else Told.NOT)
        for n, head in enumerate(sheet.head)
    )
    return Columns(columns, heads, tuple(warnings))


def _of_mapping(sheet: Sheet, mapping: Given | None, maps: Sequence[str], warnings: list[str]) -> list[str]:
    """A saved mapping as `--map` pairs, as far as this list has its columns and nothing else was said of its fields."""
    if mapping is None:
        return []
    heads = {fold(head) for head in sheet.head if head}
    here = {name for name in mapping.columns if fold(name) in heads or _is_number(name, len(sheet.head))}
    missing = [name for name in mapping.columns if name not in here]
    if missing:
        sentence = _("Columns of the mapping that this list does not have: {columns}.")
        warnings.append(sentence.format(columns=", ".join(missing)))
    said = {fold(part) for pair in maps for part in pair.rpartition("=")}
    return [
        f"{name}={field}"
        for name, field in mapping.columns.items()
        if name in here and fold(field) not in said and fold(name) not in said
    ]


def _is_number(name: str, columns: int) -> bool:
    return re.fullmatch("[0-9]{1,3}", name) is not None and 0 < int(name) <= columns


def _guessed(sheet: Sheet, heads: Heads, synonyms: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Field to the column whose cells tell of it."""
    known = {*heads.columns.values(), *heads.protection}
    fits: dict[str, list[int]] = {}
    for column, head in enumerate(sheet.head):
        if column in known or head in heads.identity or _ANOTHER.search(fold(head)):
            continue
        field = _field(_cells(sheet.rows, column))
        if field:
            fits.setdefault(field, []).append(column)
    _part_mobiles(fits, "phone" in heads.columns)
    told = {field for field in heads.columns if field in synonyms}
    if any(name in told for name in NAMES):
        told.add("name")
    return {
        field: columns[0]
        for field, columns in fits.items()
        if len(columns) == 1 and field not in told and field in synonyms
    }


def _part_mobiles(fits: dict[str, list[int]], has_phone: bool) -> None:
    """Mobile numbers are phone numbers, unless there is another column with those."""
    mobiles = fits.get("mobile", [])
    if mobiles and not has_phone and "phone" not in fits:
        fits["phone"] = fits.pop("mobile")


def _cells(rows: Sequence[Row], column: int) -> list[str]:
    cells: list[str] = []
    for row in rows:
        if row.cells[column]:
            cells.append(row.cells[column])
            if len(cells) == _LOOKED_AT:
                break
    return cells


def _field(cells: Sequence[str]) -> str | None:
    if not cells:
        return None

    def agree(test: Callable[[str], object]) -> bool:
        return sum(map(bool, map(test, cells))) >= _AGREE * len(cells)

    if agree(_EMAIL.fullmatch):
        return "email"
    if agree(_is_phone):
        return "mobile" if agree(_MOBILE.match) else "phone"
    if len(cells) < _FEWEST:
        return None
    if agree(places.find):
        return "municipality"
    if agree(Role.read):
        return "role"
    if agree(LanguageForm.read):
        return "language_form"
    from model.contacts.intake import units

    if agree(lambda cell: units.guess_kind(cell, set(), set())):
        return "unit"
    if agree(_is_person) and len(set(cells)) * 2 > len(cells):
        return "name"
    return None


def _is_phone(cell: str) -> bool:
    return all(_PHONE.fullmatch(part) for part in reach.split(cell))


def _is_person(cell: str) -> bool:
    """Two to five words, the first and the last with a capital, and nothing that names do not have."""
    return (
        _PERSON.fullmatch(cell) is not None
        and not _NO_NAME.search(cell)
        and cell[0].isupper()
        and cell.split()[-1][0].isupper()
    )
