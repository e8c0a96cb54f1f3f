"""Rows that could not be taken, as a file to be mended and imported again: the list's own columns, and why.

Columns with national identity numbers are left out, and numbers in other cells are masked: they would not be taken
again either. Source: safety rules 3, 4 and 9.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from model import identity
from model.contacts.files.reading import Row, Sheet
from model.contacts.intake import heads
from model.contacts.intake.rows import Rejected
from model.contacts.names import full_name
from model.documents.sheets import csv_bytes
from model.language import current
from model.text import fold

_REASON = {"nb": "Avvist fordi", "nn": "Avvist fordi", "en": "Rejected because"}
"""The column's name, in each of the languages: a file goes back in whoever reads it."""
_NAMES = ("name", "given_name", "surname")


def without_reason(sheet: Sheet) -> Sheet:
    """A reject file that comes back, without the column that said why."""
    told = {fold(name) for name in _REASON.values()}
    keep = [n for n, name in enumerate(sheet.head) if not name or fold(name) not in told]
    if len(keep) == len(sheet.head):
        return sheet
    rows = [Row(row.line, tuple(row.cells[n] for n in keep)) for row in sheet.rows]
    return replace(sheet, head=tuple(sheet.head[n] for n in keep), rows=rows)


def as_csv(parts: Sequence[tuple[Sheet, Sequence[Rejected]]]) -> bytes:
    """The rejected rows of sheets with one head. A row that is rejected for several things says the first of them."""
    head = parts[0][0].head
    keep = [n for n, name in enumerate(head) if not heads.is_identity(name)]
    return csv_bytes(
        [*(head[n] for n in keep), _REASON[current()]],
        (row for sheet, rejected in parts for row in _rows(sheet, rejected, keep)),
    )


def _rows(sheet: Sheet, rejected: Sequence[Rejected], keep: Sequence[int]) -> Iterator[list[str]]:
    reasons = {one.line: one.reason for one in reversed(rejected)}
    for row in sheet.rows:
        if row.line in reasons:
            yield [*(identity.mask(row.cells[n]) for n in keep), reasons[row.line]]


def names(sheet: Sheet, columns: Mapping[str, int], rejected: Sequence[Rejected]) -> str:
    """Whom the rejected rows may be about: their folded names, as one text."""
    if not rejected:
        return ""
    lines = {one.line for one in rejected}
    places = [columns.get(name) for name in _NAMES]
    cells = (["" if n is None else row.cells[n] for n in places] for row in sheet.rows if row.line in lines)
    return " | ".join(fold(full_name(*said)) for said in cells)
