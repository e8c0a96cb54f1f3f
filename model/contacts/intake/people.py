"""Cells that hold more than one thing, parted into rows and columns of their own: several people in one cell, a unit
with its municipality. Only where the parts tell for certain which belongs to which; every row touched is told of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from model.contacts import places, reach
from model.contacts.files.reading import Row, Sheet, say_lines
from model.contacts.intake.heads import Heads
from model.language import _

_SIGNS = ("\n", ";", "/", "&", " og ", " and ")
_BETWEEN = re.compile(r"\s*\n\s*|\s*[;/&]\s*|\s+(?:og|and)\s+")
_WORD = r"[^\W\d_][^\d@()\[\]:,+]*"
_PERSON = re.compile(rf"{_WORD}(?: {_WORD})+|{_WORD}, {_WORD}")
_REACH = ("phone", "mobile", "email")
_NAMES = ("name", "given_name", "surname")
# What is one person's own, so that it must be told whose it is.
_OWN = ("external_id", "serves")
_WITH_PLACE = re.compile(r"(.*[^\s,])\s*(?:,\s*([^,()]+)|\(([^()]+)\))")


class Spread(NamedTuple):
    sheet: Sheet
    heads: Heads
    notes: tuple[str, ...]


def spread(sheet: Sheet, heads: Heads) -> Spread:
    """The sheet with one person a row, which may then share a line, and municipalities in a column of their own."""
    notes: list[str] = []
    sheet = _one_each(sheet, heads, notes)
    sheet, heads = _with_municipality(sheet, heads, notes)
    column = heads.columns.get("municipality")
    if column is not None:
        short = [row.line for row in sheet.rows if len(row.cells[column]) == 3 and _is_eaten(row.cells[column])]
        if short:
            sentence = _("Municipality numbers had lost their first zero, and have it again: lines {lines}.")
            notes.append(sentence.format(lines=say_lines(short)))
    return Spread(sheet, heads, tuple(notes))


def _is_eaten(cell: str) -> bool:
    """`301` for `0301`: spreadsheets take such numbers for amounts."""
    return cell.isascii() and cell.isdigit() and places.find(cell) is not None


def _one_each(sheet: Sheet, heads: Heads, notes: list[str]) -> Sheet:
    names = [heads.columns[name] for name in _NAMES if name in heads.columns]
    if not any(_may_be_several("\0".join([row.cells[column] for row in sheet.rows])) for column in names):
        return sheet
    parted: list[int] = []
    unsure: list[int] = []
    rows: list[Row] = []
    for row in sheet.rows:
        may_be = any(_may_be_several(row.cells[column]) for column in names)
        made = _parted(row, heads.columns, names) if may_be else ()
        if made is None:
            unsure.append(row.line)
        elif made:
            parted.append(row.line)
            rows += made
            continue
        rows.append(row)
    if parted:
        sentence = _("Several people in one cell were read as one each: lines {lines}.")
        notes.append(sentence.format(lines=say_lines(parted)))
    if unsure:
        sentence = _("Several people seem to share a row, and what belongs to whom is not told: lines {lines}.")
        notes.append(sentence.format(lines=say_lines(unsure)))
    return replace(sheet, rows=rows) if parted else sheet


def _may_be_several(text: str) -> bool:
    return any(sign in text for sign in _SIGNS)


def _parted(row: Row, columns: dict[str, int], names: Sequence[int]) -> Sequence[Row] | None:
    """A row for each person of the row; () when it is one person's; None when it is not told what is whose."""
    people = _people([row.cells[column] for column in names])
    if len(people) < 2:
        return ()
    made = [list(row.cells) for _person in people]
    for one, said in zip(made, people, strict=True):
        for column, cell in zip(names, said, strict=True):
            one[column] = cell
    for field, column in columns.items():
        cell = row.cells[column]
        if column in names or not cell:
            continue
        parts = reach.split(cell) if field in _REACH else [part.strip() for part in cell.split("\n") if part.strip()]
        if len(parts) == len(people):
            for one, part in zip(made, parts, strict=True):
                one[column] = part
        elif field in _OWN or (field in _REACH and len(parts) > 1):
            return None
    return [Row(row.line, tuple(one)) for one in made]


def _people(cells: Sequence[str]) -> list[tuple[str, ...]]:
    """The names of each person, in the columns they stand in; less than two when the cells are one person's."""
    if sum(map(bool, cells)) == 1:
        column = next(n for n, cell in enumerate(cells) if cell)
        parts = [part for part in _BETWEEN.split(cells[column]) if part]
        if len(parts) > 1 and all(map(_PERSON.fullmatch, parts)) and all(_is_capital(part) for part in parts):
            return [tuple(part if n == column else "" for n in range(len(cells))) for part in parts]
        return []
    lines = [[part.strip() for part in cell.split("\n") if part.strip()] for cell in cells]
    counts = {len(parts) for parts in lines if parts}
    if counts and len(counts) == 1 and all(map(_is_capital, chain.from_iterable(lines))):
        most = counts.pop()
        return list(zip(*(parts or [""] * most for parts in lines), strict=True)) if most > 1 else []
    return []


def _is_capital(part: str) -> bool:
    """Do the first and the last word begin as names do?"""
    words = part.split()
    return words[0][0].isupper() and words[-1][0].isupper()


def _with_municipality(sheet: Sheet, heads: Heads, notes: list[str]) -> tuple[Sheet, Heads]:
    """`Hafstad vgs, Førde` and `Hafstad vgs (Sunnfjord)`, in a list that has no column for the municipality.

    The unit keeps its whole name where another one is told from it only by the municipality.
    """
    column = heads.columns.get("unit")
    if column is None or "municipality" in heads.columns:
        return sheet, heads
    told = {cell: _split_place(cell) for cell in {row.cells[column] for row in sheet.rows}}
    where: dict[str, set[str]] = {}
    for found in told.values():
        if found:
            where.setdefault(found[0].casefold(), set()).add(found[1])
    if not where:
        return sheet, heads
    rows, lines = [], []
    for row in sheet.rows:
        found = told[row.cells[column]]
        if found is None:
            rows.append(Row(row.line, (*row.cells, "")))
            continue
        unit = found[0] if len(where[found[0].casefold()]) == 1 else row.cells[column]
        lines.append(row.line)
        rows.append(Row(row.line, (*row.cells[:column], unit, *row.cells[column + 1 :], found[1])))
    sentence = _("The municipality was read from beside the unit's name: lines {lines}.")
    notes.append(sentence.format(lines=say_lines(lines)))
    head = (*sheet.head, "municipality")
    return (
        replace(sheet, head=head, rows=rows),
        replace(heads, columns={**heads.columns, "municipality": len(sheet.head)}),
    )


def _split_place(cell: str) -> tuple[str, str] | None:
    """(unit, municipality) of a cell that names both."""
    found = _WITH_PLACE.fullmatch(cell)
    if found is None:
        return None
    place = (found[2] or found[3]).strip()
    return (found[1], place) if any(map(str.isalpha, place)) and places.find(place) else None
