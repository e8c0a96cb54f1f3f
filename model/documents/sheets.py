"""Tables as files that a spreadsheet opens without harm: CSV and xlsx.

A CSV has no types, so a spreadsheet takes a cell that begins with `=` for a formula. Such cells get an apostrophe in
front, which reading a list takes off again. An xlsx cell has a type: ours are all text, shown with Excel's own mark for
"this is text" (`quotePrefix`), so they carry no apostrophe: nothing is run, also not after F2 and Enter, and reading
the file back gives what was written.

Source: safety rule 4.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from model.text import safe

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | date | None

# Behind apostrophes and white space: what a spreadsheet takes for the beginning of a formula or of a new cell.
_BITES = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@|%])")
_LONGEST = 32_767  # characters; Excel's own limit for a cell
_WIDEST = 60  # characters shown of a column
_MADE = datetime(2000, 1, 1, tzinfo=UTC)  # so that the same rows are the same bytes


def protected(text: str) -> str:
    """The text as a CSV cell that does not bite: `model.contacts.files.reading.unprotected` is the exact way back."""
    return f"'{text}" if _BITES.match(text) else text


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The table as CSV that Excel opens in Norway: semicolons, UTF-8 with a byte order mark, CRLF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([protected(_text(cell)) for cell in head])
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(
    head: Sequence[str], rows: Iterable[Sequence[Cell]], *, title: str, widths: Sequence[int] | None = None
) -> bytes:
    """The table as a workbook with one sheet: head in bold and in sight, a filter, all cells text.

    `title` names the sheet and the document; `widths` are in characters, made from the cells when not given. The same
    table is the same bytes.
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": safe(title), "created": _MADE})
    sheet = book.add_worksheet(_sheet_name(title))
    bold = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
    text = book.add_format({"num_format": "@", "quote_prefix": True, "valign": "top"})
    for column, name in enumerate(head):
        sheet.write_string(0, column, _text(name), bold)
    longest = [len(name) for name in head]
    last = 0
    for last, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if cell is not None and cell != "":
                shown = _text(cell)[:_LONGEST]
                sheet.write_string(last, column, shown, text)
                longest[column] = max(longest[column], len(shown))
    _lay_out(sheet, widths or [min(one, _WIDEST) + 2 for one in longest], last)
    book.close()
    return out.getvalue()


def _lay_out(sheet: Worksheet, widths: Sequence[int], last: int) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    if widths and last:
        sheet.autofilter(0, 0, last, len(widths) - 1)


def _csv_cell(cell: Cell) -> str:
    return str(cell) if isinstance(cell, int) else protected(_text(cell))


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return safe(cell, lines=True) if isinstance(cell, str) else str(cell)


def _sheet_name(title: str) -> str:
    """Excel takes 31 characters, without `[]:*?/\\` and without apostrophes at the ends."""
    return re.sub(r"[\[\]:*?/\\]", " ", safe(title))[:31].strip(" '") or "1"
