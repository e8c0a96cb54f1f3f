"""Workbooks as people send them, and as somebody might who means harm."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.contacts.files import workbooks
from model.contacts.files.reading import MAX_CELL, MAX_ROWS, Sheet
from model.contacts.files.sources import read_sheets, read_source
from model.errors import BadInput
from model.text import clean
from tests.model.contacts.books import HEAD, PEOPLE, bare_xlsx, ods, ods_row, ole, packed, text_row, xlsx

ENTITY = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
TWO = text_row(1, "Namn", "Rolle")


def one(data: bytes, file: str = "list.xlsx", **options: Any) -> Sheet:
    (sheet,) = read_source(data, file, **options)
    return sheet


def refused(data: bytes, **options: Any) -> str:
    with pytest.raises(BadInput) as caught:
        read_source(data, "list.xlsx", **options)
    sentence = caught.value.sentence
    assert "list.xlsx" in sentence
    assert "\n" not in sentence
    assert caught.value.exit_code == 1
    return sentence


# What people send ----------------------------------------------------------------------------------------------------


def test_text_stays_text_and_numbers_become_what_a_list_writes() -> None:
    sheet = one(xlsx({"Ark1": [HEAD, *PEOPLE]}))
    assert (sheet.name, sheet.head, sheet.header, sheet.notes) == ("Ark1", HEAD, 1, ())
    assert [tuple(row) for row in sheet.rows] == [
        (2, ("Nes, Kari", "Rådgjevar", "Hafstad vgs", "4647", "57000001", "kari@example.no")),
        (3, ("Ola Moe", "Rektor", "Dale vgs", "301", "57000002", "ola@example.no")),
    ]


def test_days_formulas_and_long_numbers() -> None:
    row = ["=1+1", date(2026, 8, 12), 4.7e10, True, 1.5, "'x"]
    sheet = one(xlsx({"A": [("Namn", "Dato", "Tlf", "Sann", "Tal", "Merknad"), row]}))
    assert sheet.rows[0].cells[:1] == ("=1+1",)
    assert sheet.rows[0].cells[2:] == ("47000000000", "TRUE", "1.5", "'x")


@given(st.lists(st.text(min_size=1, max_size=20).map(clean).filter(bool), min_size=1, max_size=4))
@settings(max_examples=15, deadline=None)
def test_any_text_comes_back_clean(cells: list[str]) -> None:
    sheet = one(xlsx({"A": [("Namn", "Rolle", "Skule", "Merknad"), ["Kari Nes", *cells[:3]]]}))
    assert [cell for cell in sheet.rows[0].cells if cell] == ["Kari Nes", *cells[:3]]


def test_xls_with_titles_merged_cells_and_a_footer() -> None:
    path = Path(__file__).with_name("files") / "counsellors.xls"
    (sheet,) = read_sheets([str(path)])
    assert (sheet.name, sheet.header) == ("Rådgjevarar", 3)
    assert [row.cells for row in sheet.rows] == [
        ("Hafstad vgs", "Nes, Kari", "Rådgjevar", "4647", "57000001", "2026-08-12"),
        ("Hafstad vgs", "Moe, Ola", "Rektor", "301", "57000002", "2026-08-12"),
    ]
    assert [row.line for row in sheet.rows] == [4, 5]
    assert any("line 3" in note for note in sheet.notes)
    assert any("Merged" in note and "5" in note for note in sheet.notes)
    assert any("below the list" in note and "6" in note for note in sheet.notes)


def test_ods_with_the_blank_rows_that_programs_write() -> None:
    blank = (
        '<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    sheet = one(ods(ods_row("Namn", "Tlf") + ods_row("Kari Nes", 57000001.0) + blank))
    assert [tuple(row) for row in sheet.rows] == [(2, ("Kari Nes", "57000001"))]


def test_what_a_file_is_shows_in_what_it_holds(tmp_path: Path) -> None:
    for name, data in (("list.csv", xlsx({"A": [HEAD, *PEOPLE]})), ("list.xlsx", b"Namn;Rolle\nKari Nes;Rektor\n")):
        path = tmp_path / name
        path.write_bytes(data)
        (sheet,) = read_sheets([str(path)])
        assert sheet.rows
        assert "not what its name says" in sheet.notes[0]


def test_standard_input_and_several_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"Namn;Rolle\nKari Nes;Rektor\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(xlsx({"A": [HEAD, *PEOPLE]}))))
    assert [(sheet.file, len(sheet.rows)) for sheet in read_sheets(["-", str(path)])] == [
        ("standard input", 2),
        (str(path), 1),
    ]


# Several sheets ------------------------------------------------------------------------------------------------------


BOTH = {"Skular": [HEAD, PEOPLE[0]], "Tomt": [], "NAV kontor": [HEAD, PEOPLE[1]]}


def test_the_only_sheet_with_rows_is_the_one() -> None:
    assert one(xlsx({"Tomt": [], "Skular": [HEAD, PEOPLE[0]]})).name == "Skular"


def test_several_sheets_are_named_and_chosen() -> None:
    sentence = refused(xlsx(BOTH))
    assert "“Skular”, “NAV kontor”" in sentence
    assert "--sheet all" in sentence
    assert one(xlsx(BOTH), sheet="nav kontor").rows[0].cells[0] == "Ola Moe"
    assert [sheet.name for sheet in read_source(xlsx(BOTH), "f", sheet="all")] == ["Skular", "NAV kontor"]
    more = {**BOTH, "Notat": [["Hugs: ring Per"]], "Mal": [HEAD], "Ein": [["Per Vik", "57000000"]]}
    assert [sheet.name for sheet in read_source(xlsx(more), "f", sheet="all")] == ["Skular", "NAV kontor", "Ein"]
    assert "Skular" in refused(xlsx(BOTH), sheet="Klingon")


def test_hidden_sheets_are_read_only_when_named() -> None:
    out = io.BytesIO()
    from xlsxwriter import Workbook

    with Workbook(out) as book:
        for name in ("Synleg", "Gøymd"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, HEAD)
            sheet.write_row(1, 0, PEOPLE[0])
        sheet.hide()
    assert one(out.getvalue()).name == "Synleg"
    assert one(out.getvalue(), sheet="Gøymd").name == "Gøymd"


# Harm ----------------------------------------------------------------------------------------------------------------


def lying() -> bytes:
    """A part that says it is a kilobyte and is a hundred megabytes."""
    data = bare_xlsx(TWO + text_row(2, "Kari", "x") * 900_000)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        size = file.getinfo("xl/worksheets/sheet1.xml").file_size
    return data.replace(struct.pack("<I", size), struct.pack("<I", 1000))


BOMBS = {
    "zip": lambda: packed({"xl/workbook.xml": "x", "xl/worksheets/sheet1.xml": b" " * 300_000_000}),
    "lying sizes": lying,
    "many parts": lambda: packed({"xl/workbook.xml": "x", **{f"xl/{n}.xml": "" for n in range(3000)}}),
    "entities": lambda: bare_xlsx(TWO, before=ENTITY.encode()),
    "entities in UTF-16": lambda: bare_xlsx(TWO, more={"xl/styles.xml": ENTITY.encode("utf-16")}),
    "outer entities": lambda: ods(ods_row("Namn") + ods_row("&b;"), before=ENTITY),
    "sparse corner": lambda: bare_xlsx(TWO + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "beyond the corner": lambda: bare_xlsx(TWO + b'<row r="4294967290"><c r="ZZZZZZ4294967290"><v>1</v></c></row>'),
    "far column": lambda: bare_xlsx(TWO + b'<row r="2"><c r="XFD2"><v>1</v></c></row>'),
    "repeated rows": lambda: ods(ods_row("Namn", "Rolle") + ods_row("Kari", "x", repeated=1_000_000_000)),
    "repeated columns": lambda: ods(ods_row("Namn", "Rolle") + ods_row("Kari", "x", across=1_000_000_000)),
    "repeated both": lambda: ods(ods_row("Namn") + ods_row("x", across=16_000, repeated=1_000_000)),
    "a million rows": lambda: bare_xlsx(
        TWO + b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(2, 1_000_000))
    ),
    "a long cell": lambda: bare_xlsx(TWO + text_row(2, "x" * (MAX_CELL + 1))),
    "cut short": lambda: xlsx({"A": [HEAD, *PEOPLE]})[:-300],
    "cut in two": lambda: xlsx({"A": [HEAD, *PEOPLE]})[:3000],
    "locked": lambda: ole("EncryptedPackage", "EncryptionInfo"),
    "a text document": lambda: ole("WordDocument"),
    "an old workbook of noise": lambda: ole("Workbook") + bytes(range(256)) * 400,
    "another packed file": lambda: packed({"word/document.xml": "<a/>"}),
    "nothing packed": lambda: packed({}),
    "noise": lambda: b"PK\x03\x04" + bytes(range(256)) * 4000,
}
SAID = {
    "locked": "password",
    "a text document": "text document",
    "another packed file": "no spreadsheet",
    "entities": "document types",
    "entities in UTF-16": "document types",
    "outer entities": "document types",
    "many parts": "unpack",
    "nothing packed": "no spreadsheet",
    "repeated columns": "line 2",
    "an old workbook of noise": "CSV",
    "repeated both": "CSV",
    "a million rows": str(MAX_ROWS),
    "repeated rows": str(MAX_ROWS),
    "far column": "line 2",
    "a long cell": "line 2",
    "sparse corner": "memory",
    "cut short": "cut short",
    "zip": "unpack",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_one_sentence_and_the_program_goes_on(name: str) -> None:
    """Time and memory are the child's limits; here the sentence counts, and that a list is read afterwards."""
    assert SAID.get(name, "damaged") in refused(BOMBS[name]())
    assert one(xlsx({"A": [HEAD, *PEOPLE]})).rows


def test_a_child_that_takes_its_time_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "child.py"
    script.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(workbooks, "_CHILD", script)
    monkeypatch.setattr(workbooks, "SECONDS", 0.3)
    assert "too long" in refused(xlsx({"A": [HEAD]}))


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("import os\nos.abort()", "memory"),
        ("raise SystemExit(3)", "damaged"),
        ("print('{\"sheet\": ')", "CSV"),
        ("import sys\nsys.stdin.buffer.read()\nwhile True: sys.stdout.write('x' * 1000000)", "more text"),
    ],
)
def test_whatever_becomes_of_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, said: str) -> None:
    path = tmp_path / "child.py"
    path.write_text(script)
    monkeypatch.setattr(workbooks, "_CHILD", path)
    monkeypatch.setattr(workbooks, "_MOST_OUTPUT", 3_000_000)
    assert said in refused(xlsx({"A": [HEAD]}))


def test_the_child_has_limits_and_nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMLOP_SECRET", "hysj")
    code = (
        f"import sys; sys.path.insert(0, {str(workbooks._CHILD.parent)!r}); import workbook_child as child, resource;"
        "child.limit(400_000_000, 4); print(*[resource.getrlimit(what)[0] for what in"
        " (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_CORE, resource.RLIMIT_FSIZE)])"
    )
    run = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    memory, *others = map(int, run.stdout.split())
    assert others == [4, 0, 0]
    assert memory == 400_000_000 or sys.platform == "darwin"
    started: list[dict[str, Any]] = []
    popen = subprocess.Popen

    def noted(*args: Any, **options: Any) -> Any:
        started.append(options)
        return popen(*args, **options)

    monkeypatch.setattr(subprocess, "Popen", noted)
    assert one(xlsx({"A": [HEAD, *PEOPLE]})).rows
    assert (started[0]["env"], started[0]["close_fds"]) == ({}, True)
    assert os.environ["SAMLOP_SECRET"] == "hysj"


@given(st.integers(0, 5000), st.binary(min_size=1, max_size=20))
@settings(max_examples=25, deadline=None)
def test_a_damaged_workbook_is_a_sheet_or_a_sentence(place: int, noise: bytes) -> None:
    data = bytearray(xlsx({"A": [HEAD, *PEOPLE]}))
    data[place : place + len(noise)] = noise
    try:
        found = read_source(bytes(data), "list.xlsx")
    except BadInput:
        assert refused(bytes(data))
    else:
        assert all(len(row.cells) == len(sheet.head) for sheet in found for row in sheet.rows)
