"""A list of any kind into sheets: delimited text, workbooks (xlsx, xls, ods) and address cards (vCard).

    sheets = read_sheets(paths, encoding=None, sheet="Rådgjevarar")

What a file is shows in what it holds, not in its name. Whatever it was, everything behind this door is a `Sheet`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from model.contacts.files import layout, reading, workbooks
from model.contacts.files.reading import Sheet
from model.contacts.intake import heads
from model.errors import BadInput
from model.language import _

ALL = "all"
"""In place of a sheet's name: every sheet that has rows."""

_TEXT_NAMES = frozenset({".csv", ".txt", ".tsv"})
_BOOK_NAMES = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
_CARD_NAMES = frozenset({".vcf", ".vcard"})
READABLE = _TEXT_NAMES | _BOOK_NAMES | _CARD_NAMES
"""How the names of files end that are taken for lists, in small letters."""
_HTML = (b"<html", b"<!doctype html", b"<table", b"<?xml")
_CARD = b"BEGIN:VCARD"


def read_sheets(
    paths: Sequence[str], *, encoding: str | None = None, sheet: str | None = None, header: int | None = None
) -> list[Sheet]:
    """Read every file, `-` being standard input. Gives one sheet a file, or every sheet with rows of a workbook for
    `sheet="all"`. `header` is the line of the header, where it is not found by itself.

    Errors: BadInput with one sentence that names the file, the place in it and the way out; a workbook with several
    sheets that hold rows is one, while `sheet` names none of them. Usage for an unknown encoding.
    """
    return [found for path in paths for found in read_source(*reading.file_bytes(path), encoding, sheet, header)]


def read_source(
    data: bytes, file: str, encoding: str | None = None, sheet: str | None = None, header: int | None = None
) -> list[Sheet]:
    """`read_sheets` of one file's bytes; `file` is their name in sentences."""
    reading.refuse_large(data, file)
    begin = data[:400].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").lstrip()
    if workbooks.is_workbook(data):
        with reading.unswept():
            return [_named(found, _BOOK_NAMES) for found in _of_workbook(data, file, sheet, header)]
    if begin[: len(_CARD)].upper() == _CARD:
        from model.contacts.files import cards

        with reading.unswept():
            return [_named(cards.parse(data, file, encoding), _CARD_NAMES)]
    if begin[:20].lower().startswith(_HTML):
        sentence = _(
            "{file} is a web page or an XML file, whatever it is called. Open it in a spreadsheet and save it as xlsx."
        )
        raise BadInput(sentence.format(file=file))
    found = reading.parse(data, file, encoding=encoding, header=header)
    with reading.unswept():
        return [_named(layout.mended(found), _TEXT_NAMES)]


def _of_workbook(data: bytes, file: str, sheet: str | None, header: int | None) -> list[Sheet]:
    every = sheet is not None and sheet.casefold() == ALL
    found = [grid for grid in workbooks.grids(data, file, None if every else sheet) if grid.rows]
    if not found:
        raise BadInput(_("{file} is empty. Check that it is the right file.").format(file=file))
    if len(found) > 1 and not every:
        sentence = _("{file} has several sheets: {names}. Choose one with --sheet NAME, or take --sheet all.")
        raise BadInput(sentence.format(file=file, names=", ".join(f"“{grid.name}”" for grid in found)))
    if every:  # one row that is nobody is a remark, or a header that was never filled in
        found = [grid for grid in found if len(grid.rows) > 1 or heads.find([grid.rows[0].cells]) is None] or found
    return [layout.mended(layout.of_grid(grid, file, header)) for grid in found]


def _named(sheet: Sheet, usual: frozenset[str]) -> Sheet:
    """With a note where the file's name says it is something else."""
    suffix = PurePath(sheet.file).suffix.lower()
    if suffix in usual or suffix not in _TEXT_NAMES | _BOOK_NAMES | _CARD_NAMES:
        return sheet
    note = _("The file is not what its name says; it was read for what it is.")
    return replace(sheet, notes=(note, *sheet.notes))
