"""Tables that spreadsheets open without harm, and that read back as they were written."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from model.contacts.files.reading import unprotected
from model.documents.sheets import csv_bytes, protected, xlsx_bytes
from model.text import clean

# What spreadsheets, readers and writers stumble on, more often than chance would have it.
HOSTILE = st.text(st.sampled_from("=+-@|%'\t\r\n;,\" aÅ0😀\x00\u200b\u202e_x041"), max_size=12) | st.text(max_size=30)
CLEANED = st.builds(lambda text: clean(text, lines=True), HOSTILE)


@given(CLEANED)
def test_the_apostrophe_comes_off_again(text: str) -> None:
    assert unprotected(protected(text)) == text


@given(CLEANED)
def test_no_cell_bites(text: str) -> None:
    told = csv_bytes(["a"], [[text]]).decode("utf-8-sig")
    cell = list(csv.reader(io.StringIO(told, newline=""), delimiter=";"))[1:]
    if text:
        assert re.match(r"[=+\-@|%\t\r\n]", cell[0][0].lstrip()) is None
        assert unprotected(cell[0][0]) == text


@pytest.mark.parametrize("text", ["=1+1", "+47", "-1", "@SUM(A1)", "|calc", "%0A", "  =1", "'=1", "''-x", "'\tx"])
def test_what_begins_as_a_formula_is_marked(text: str) -> None:
    assert protected(text) == f"'{text}"


@pytest.mark.parametrize("text", ["'t Hooft", "Kari", "a=b", "", "'", "1-2", "Ås +"])
def test_what_does_not_is_left_alone(text: str) -> None:
    assert protected(text) == text


def test_a_csv_is_as_excel_in_norway_wants_it() -> None:
    told = csv_bytes(["Navn", "=Nr"], [["Åse; Øst", -3], [None, date(2026, 12, 1)], ['"', "a\nb\u202e"]])
    assert told.startswith(b"\xef\xbb\xbfNavn;'=Nr\r\n")
    assert told.decode("utf-8-sig").split("\r\n")[1:-1] == ['"Åse; Øst";-3', ";2026-12-01", '"""";"a\nb"']


@given(rows=st.lists(st.tuples(CLEANED, CLEANED), min_size=1, max_size=5))
def test_a_workbook_reads_back_word_for_word(rows: list[tuple[str, str]]) -> None:
    data = xlsx_bytes(["a", "b"], [*rows, ("end", "end")], title="T")
    read = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [tuple(row) for row in read] == [("a", "b"), *rows, ("end", "end")]


def test_the_cells_of_a_workbook_are_text() -> None:
    rows = [["=1+1", "0301", "https://example.no", "2026-12-01", 7]]
    data = xlsx_bytes(["a", "b", "c", "d", "e"], rows, title="Lister [2026]: kontakter, og litt til for lengden")
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        styles = book.read("xl/styles.xml").decode()
        assert {entry.date_time[0] for entry in book.infolist()} == {1980}
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert re.findall(r'<c r="[A-E]2"[^>]* t="(\w+)"', sheet) == ["s"] * 5
    assert 'quotePrefix="1"' in styles


def test_the_same_table_is_the_same_bytes() -> None:
    made = [xlsx_bytes(["a"], [["x"], ["y"]], title="T") for _n in range(2)]
    assert made[0] == made[1]


@pytest.mark.parametrize("title", ["'", "", "[]:*?/\\", "a" * 50, "😀", "Kari's 'liste'"])
def test_any_title_names_a_sheet(title: str) -> None:
    assert CalamineWorkbook.from_filelike(io.BytesIO(xlsx_bytes(["a"], [], title=title))).sheet_names[0]
