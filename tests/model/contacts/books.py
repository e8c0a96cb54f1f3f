"""Workbooks made by hand, honest and hostile, for the tests of reading them."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook

HEAD = ("Namn", "Rolle", "Skule", "Kommune", "Telefon", "E-post")
PEOPLE = (
    ("Nes, Kari", "Rådgjevar", "Hafstad vgs", 4647.0, 57000001.0, "kari@example.no"),
    ("Ola Moe", "Rektor", "Dale vgs", 301.0, 57000002.0, "ola@example.no"),
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def xlsx(sheets: Mapping[str, Sequence[Sequence[Any]]], merged: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """An xlsx as a spreadsheet saves it; numbers are numbers. `merged`: places in the first sheet."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for n, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write_string(n, column, cell) if isinstance(cell, str) else sheet.write(n, column, cell)
        for place in merged:
            first = next(iter(sheets.values()))[place[0]][place[1]]
            book.worksheets()[0].merge_range(*place, first)
    return out.getvalue()


def packed(parts: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return out.getvalue()


def bare_xlsx(rows: bytes, *, before: bytes = b"", more: Mapping[str, bytes] | None = None) -> bytes:
    """An xlsx of one sheet with these `<row>`s, as no program writes it."""
    types = "".join(
        f'<Override PartName="/xl/{name}.xml" '
        f'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
        for name, kind in (("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"))
    )
    office = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    sheet = f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{office}</Relationships>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{sheet}</Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="Ark1" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/worksheets/sheet1.xml": before
            + f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode()
            + rows
            + b"</sheetData></worksheet>",
            **(more or {}),
        }
    )


def text_row(number: int, *cells: str) -> bytes:
    return "".join(
        [
            f'<row r="{number}">',
            *(f'<c r="{chr(65 + n)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>' for n, cell in enumerate(cells)),
            "</row>",
        ]
    ).encode()


def ods(rows: str, *, before: str = "") -> bytes:
    """An ods of one sheet with these `<table:table-row>`s."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content xmlns:office="{_ODF}:office:1.0" '
        f'xmlns:table="{_ODF}:table:1.0" xmlns:text="{_ODF}:text:1.0" office:version="1.3"><office:body>'
        f'<office:spreadsheet><table:table table:name="Liste">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return packed({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def ods_row(*cells: str | float, repeated: int = 1, across: int = 1) -> str:
    made = "".join(
        f'<table:table-cell table:number-columns-repeated="{across}" office:value-type="string">'
        f"<text:p>{cell}</text:p></table:table-cell>"
        if isinstance(cell, str)
        else f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p>'
        "</table:table-cell>"
        for cell in cells
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{made}</table:table-row>'


def ole(*names: str) -> bytes:
    """The beginning of an old Office file whose directory has streams of these names."""
    directory = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *names))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    return header.ljust(512, b"\0") + directory.ljust(2048, b"\0")
