"""Files as people really send them, and as somebody might who means harm."""

from __future__ import annotations

import csv
import io
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.contacts.files.encoding import ENCODINGS
from model.contacts.files.reading import MAX_CELL, MAX_COLUMNS, MAX_ROWS, parse, unprotected
from model.contacts.files.sources import read_sheets
from model.errors import BadInput, Usage
from model.text import clean

LIST = "Namn;Rolle;Skule\nKari Nordmånn;Rådgjevar;Hafstad vgs\nØyvind Åsen;Rektor;Førde Bø\n"


def cells(data: bytes, **options: Any) -> list[tuple[str, ...]]:
    return [row.cells for row in parse(data, "list.csv", **options).rows]


def refused(data: bytes, **options: Any) -> str:
    with pytest.raises(BadInput) as caught:
        parse(data, "list.csv", **options)
    sentence = caught.value.sentence
    assert "list.csv" in sentence
    assert "\n" not in sentence
    assert caught.value.exit_code == 1
    return sentence


# Encodings -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
    ],
)
def test_the_ladder_reads_what_offices_save(encoding: str, named: str) -> None:
    sheet = parse(LIST.encode(encoding), "list.csv")
    assert sheet.encoding == named
    assert sheet.head == ("Namn", "Rolle", "Skule")
    assert [tuple(row) for row in sheet.rows] == [
        (2, ("Kari Nordmånn", "Rådgjevar", "Hafstad vgs")),
        (3, ("Øyvind Åsen", "Rektor", "Førde Bø")),
    ]


@pytest.mark.parametrize("encoding", ["cp850", "cp865", "mac-roman"])
def test_letters_that_fit_no_encoding_are_asked_about_and_then_read(encoding: str) -> None:
    data = "Namn;Rolle\nPer Nes;Rektor\nKåre Bø;Lærar\n".encode(encoding)
    assert "line 3" in refused(data)
    assert "--encoding" in refused(data)
    assert cells(data, encoding=encoding) == [("Per Nes", "Rektor"), ("Kåre Bø", "Lærar")]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Имя;Роль\nИван Петров;учитель\n", "cp1251"),
        ("Nazwisko;Rola\nŁukasz Żółć;nauczyciel\n", "cp1250"),
        ("Namn;Rolle\nAndré;Rektor\n", "mac-roman"),
        ("Namn;Rolle\nKari;Skule p\u00e5 B\u00f8\n", "cp850"),
    ],
)
def test_no_other_alphabet_passes_for_a_nordic_one(text: str, encoding: str) -> None:
    assert "--encoding" in refused(text.encode(encoding))


def test_quotes_dashes_and_accents_of_cp1252_pass() -> None:
    text = "Namn;Merknad\nRenée Müller-Østby;«Nes» – 10 °C, “då” … kl. 9–10\nJosé Ibáñez;€ 100\nÞóra;Åå\n"
    assert cells(text.encode("cp1252"))[0] == ("Renée Müller-Østby", "«Nes» – 10 °C, “då” … kl. 9–10")


@given(st.text(alphabet="abcdefghijABCDEFGHIJ -.,æøåÆØÅéöäüÖÄ", min_size=1))
def test_norwegian_text_is_never_read_as_something_else(name: str) -> None:
    """Whatever rung it stands on: the same text, or a question; never other letters."""
    text = f"Namn;Rolle\nx{name}x;Rektor\n"
    for encoding in ("utf-8", "cp1252", "utf-16"):
        try:
            sheet = parse(text.encode(encoding), "f")
        except BadInput:
            assert "--encoding" in refused(text.encode(encoding))
            continue
        assert sheet.rows[0].cells[0] == clean(f"x{name}x", lines=True)


def test_a_file_cut_in_the_middle_of_a_letter_is_not_read_as_other_letters() -> None:
    data = "Namn;Rolle\nBjørn Bø;Rektor\nKåre B".encode() + "ø".encode()[:1]
    assert "line 3" in refused(data)


def test_an_encoding_that_does_not_fit_names_the_line() -> None:
    assert "line 2" in refused("Namn;Rolle\nKåre;x\n".encode("cp1252"), encoding="utf-8")
    assert "utf-16" in refused("Namn;Rolle\nKåre;x\n".encode("utf-16-le")[:-1], encoding="utf-16-le")


def test_an_unknown_encoding_lists_the_choices() -> None:
    for wrong in ("klingon", "rot13", "zip", "unicode_escape", "", "\0"):
        with pytest.raises(Usage) as caught:
            parse(LIST.encode(), "list.csv", encoding=wrong)
        assert all(name in caught.value.sentence for name in ENCODINGS)
    assert parse(LIST.encode("utf-8-sig"), "f", encoding="UTF8").head[0] == "Namn"
    assert parse(LIST.encode("latin-1"), "f", encoding="latin1").rows[0].cells[0] == "Kari Nordmånn"


# What is no list -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"\n\n \n", b"\xef\xbb\xbf", b";;;\n;;;\n", "\u200b".encode()])
def test_an_empty_file_is_called_empty(data: bytes) -> None:
    assert "is empty" in refused(data)


@pytest.mark.parametrize("data", [b"Namn;Rolle\n", b"Namn;Rolle", b"\xef\xbb\xbfNamn;Rolle\r\n;\r\n\r\n", b"Namn"])
def test_a_header_alone_is_said(data: bytes) -> None:
    assert "has a header but no rows" in refused(data)


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04\x14\0\x06\0xl/workbook.xml",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0",
        b"%PDF-1.7\n1 0 obj",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0",
        b"\0" * 4096,
        bytes(range(256)) * 16,
        b"SQLite format 3\0\x10\0\x01\x01\0@  " + b"\0" * 500,
    ],
)
def test_binary_files_are_named_with_the_way_out(data: bytes) -> None:
    assert "CSV" in refused(data)


@pytest.mark.parametrize("data", [b"PK\x03\x04\x14\0\x06\0xl/workbook.xml", b"\0" * 4096])
def test_saying_the_encoding_makes_no_text_of_it(data: bytes) -> None:
    assert "CSV" in refused(data, encoding="iso-8859-1")


@given(st.binary(max_size=400))
def test_no_bytes_bring_anything_but_a_sheet_or_a_sentence(data: bytes) -> None:
    limit = csv.field_size_limit()
    try:
        sheet = parse(data, "list.csv")
    except BadInput:
        assert refused(data)
    else:
        assert sheet.rows
        assert all(len(row.cells) == len(sheet.head) for row in sheet.rows)
    assert csv.field_size_limit() == limit


def test_missing_folder_and_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput, match="no such file"):
        read_sheets([str(tmp_path / "gone.csv")])[0]
    with pytest.raises(BadInput, match="is a folder"):
        read_sheets([str(tmp_path)])[0]

    def denied(*_args: object, **_options: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "open", denied)  # root may read everything, so a locked file would not show it
    with pytest.raises(BadInput, match="may not be read"):
        read_sheets([str(tmp_path / "locked.csv")])[0]


def test_a_file_and_standard_input_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(LIST.encode("cp1252"))
    assert read_sheets([str(path)])[0].rows[0].cells[0] == "Kari Nordmånn"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LIST.encode("utf-16"))))
    sheet = read_sheets(["-"])[0]
    assert (sheet.file, sheet.rows[1].cells[0]) == ("standard input", "Øyvind Åsen")


# Limits --------------------------------------------------------------------------------------------------------------


def test_a_cell_of_200_kilobytes_is_named_by_line() -> None:
    for cell in ("x" * 200_000, f'"{"x" * 200_000}"'):
        sentence = refused(f"Namn;Merknad\nKari;ok\nOla;{cell}\n".encode())
        assert "line 3" in sentence
        assert str(MAX_CELL) in sentence
        assert "xxx" not in sentence
    assert cells(f"Namn;Merknad\nOla;{'x' * MAX_CELL}\n".encode())


def test_a_file_of_30_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.write(b"Namn;Rolle\n")
        file.truncate(30_000_000)
    with pytest.raises(BadInput, match="larger than 25 MB"):
        read_sheets([str(path)])[0]


def test_too_many_rows_and_columns() -> None:
    assert str(MAX_ROWS) in refused(b"Namn\n" + b"x\n" * (MAX_ROWS + 1))
    assert str(MAX_COLUMNS) in refused(b";".join(b"k%d" % n for n in range(MAX_COLUMNS + 1)) + b"\nx\n")
    assert str(MAX_COLUMNS) in refused(b";" * 10_000_000)


def test_a_long_list_is_read_whole() -> None:
    rows = [f"Kari Nordmånn {n};Rådgjevar;Hafstad vgs {n % 99};Sunnfjord;57{n:06};kari{n}@x.no" for n in range(100_000)]
    sheet = parse("\r\n".join(["Namn;Rolle;Skule;Kommune;Tlf;E-post", *rows]).encode(), "f")
    assert (len(sheet.rows), sheet.rows[-1].line, sheet.cleaned) == (100_000, 100_001, ())
    assert sheet.rows[-1].cells[0] == "Kari Nordmånn 99999"


# Delimiters, rows and quotes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_delimiter_shows_by_consistent_columns(delimiter: str) -> None:
    rows = [["Namn", "Merknad", "Tlf"], ["Nes, Kari", "a; b; c", "1"], ["Moe; Ola", 'sa "ja", og', "2"]]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    sheet = parse(out.getvalue().encode(), "f")
    assert sheet.delimiter == delimiter
    assert [list(row.cells) for row in sheet.rows] == rows[1:]


def test_one_column_needs_no_delimiter() -> None:
    assert cells(b"Namn\nNes, Kari\nOla Moe\n") == [("Nes, Kari",), ("Ola Moe",)]


def test_excels_own_delimiter_line_is_no_header() -> None:
    sheet = parse(b"sep=,\r\nNamn,Rolle\r\nKari,Rektor\r\n", "f")
    assert (sheet.head, sheet.rows) == (("Namn", "Rolle"), [(3, ("Kari", "Rektor"))])


@pytest.mark.parametrize("row", [b"Ola", b"Ola;Rektor;57;58"])
def test_a_row_of_another_length_stops_with_its_line(row: bytes) -> None:
    sentence = refused(b"Namn;Rolle;Tlf\nKari;Rektor;57\n\n" + row + b"\n")
    assert "line 4" in sentence
    assert "Ola" not in sentence


def test_blank_lines_and_empty_cells_at_the_end_are_tolerated() -> None:
    data = b"\n;;;\nNamn;Rolle;;\n\nKari;Rektor;;\n;;;\n;\n  \nOla;\n"
    sheet = parse(data, "f")
    assert sheet.head == ("Namn", "Rolle")
    assert sheet.rows == [(5, ("Kari", "Rektor")), (9, ("Ola", ""))]


def test_duplicate_headers_are_named_by_column_not_by_text() -> None:
    sentence = refused(b"Namn;Tlf.;Rolle;tlf\nKari;1;x;2\n")
    assert "columns 2 and 4" in sentence
    assert "line 1" in sentence
    assert parse(b"Namn;;;Rolle\nKari;;;x\n", "f").head == ("Namn", "", "", "Rolle")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('Namn;Rolle\nKari;ok\n"Ola;Rektor\nPer;Rektor\n', 3),  # never closed
        ('Namn;Rolle\nKari;"ok\n"Ola";Rektor\n', 2),  # closed by the next cell's quote
        ('Namn;Rolle\n"Kari" Nes;ok\n', 2),  # text behind the closing quote
        ('Namn;Rolle\n"Kari\nNes";"ok\n', 3),  # an earlier cell of the row is whole
        ('Namn;Rolle\n"Kari;ok\n' + "Per Nes;Rektor\n" * 2000, 2),  # longer than a cell may be
        ('sep=;\nNamn;Rolle\n"Kari;ok\n', 3),
    ],
)
def test_a_quote_that_is_not_closed_is_named_where_it_opened(text: str, line: int) -> None:
    sentence = refused(text.encode())
    assert f"line {line}:" in sentence
    assert "quote" in sentence


def test_a_row_over_several_lines_says_so_when_it_does_not_fit() -> None:
    assert "lines 2 to 3" in refused(b'Namn;Rolle\nKari;"a;b\nOla;c";d\n')


def test_quotes_within_and_line_breaks_in_cells() -> None:
    data = b'Namn; "Merknad"\r\n"Kari ""K"" Nes"; "linje 1\r\nlinje 2 "\r\nOla "O" Moe;x\r\n'
    assert parse(data, "f").rows == [(2, ('Kari "K" Nes', "linje 1\nlinje 2")), (4, ('Ola "O" Moe', "x"))]


def test_old_macs_end_lines_with_cr() -> None:
    assert cells(b"Namn;Rolle\rKari;x\rOla;y\r") == [("Kari", "x"), ("Ola", "y")]


# Hostile text --------------------------------------------------------------------------------------------------------


def test_hidden_and_control_characters_go_and_their_lines_are_told() -> None:
    text = (
        "Na\u200bmn;Rolle\nKari\x1b[31m Nes;a\nOla Moe;b\nPer \u202egnp.exe;c\nSiv\0 Li;d\n"
        "Bjo\u0308rn;e\nTor\u00a0Li ;f\n[/] <b>{{7*7}};g\n"
    )
    sheet = parse(text.encode(), "f")
    assert sheet.head == ("Namn", "Rolle")
    assert [row.cells[0] for row in sheet.rows] == [
        "Kari[31m Nes", "Ola Moe", "Per gnp.exe", "Siv Li", "Björn", "Tor Li", "[/] <b>{{7*7}}",
    ]  # fmt: skip
    assert sheet.cleaned == (2, 4, 5)


def test_space_around_cells_goes() -> None:
    assert cells(b"Namn ; Rolle\n Kari Nes ;\tx \n\"  Ola \";' y'\n") == [("Kari Nes", "x"), ("Ola", "' y'")]


@pytest.mark.parametrize("value", ["=1+1", "+47 57 00 00 00", "-x", "@a", "|x", "%x", "'=x", "''+1", "  =x"])
def test_an_exports_apostrophe_is_taken_off_and_no_other(value: str) -> None:
    stored = clean(value)
    assert unprotected(f"'{stored}") == stored
    assert cells(f"Namn;Merknad\n't Hooft;'{stored}\nO'Brien;'\n".encode()) == [("'t Hooft", stored), ("O'Brien", "'")]


# What an export sets an apostrophe before: what bites, and what stands behind apostrophes already and else would.
BITES = re.compile(r"'*(?:[\t\n]|\s*[=+\-@|%])")
STORED = st.text(max_size=30).map(lambda text: clean(text, lines=True))


@given(st.lists(st.tuples(STORED, STORED, STORED), min_size=1), st.sampled_from(";,\t"), st.booleans())
def test_what_is_stored_comes_back_the_same(rows: list[tuple[str, ...]], delimiter: str, wide: bool) -> None:
    """An export as safety rule 4 wants it, read again: no cell differs."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(("Namn", "Rolle", "Merknad"))
    writer.writerows([f"'{c}" if BITES.match(c) else c for c in row] for row in rows)
    expected = [row for row in rows if any(row)]
    data = out.getvalue().encode("utf-16" if wide else "utf-8-sig")
    if not expected:
        assert "no rows" in refused(data)
        return
    sheet = parse(data, "f")
    assert [row.cells for row in sheet.rows] == expected
    assert sheet.cleaned == ()


@given(st.text(max_size=200))
def test_every_cell_is_clean(text: str) -> None:
    try:
        sheet = parse(f"Namn;Rolle\n{text}\n".encode("utf-8", "ignore"), "f")
    except BadInput:
        return
    for row in sheet.rows:
        assert row.cells == tuple(clean(cell, lines=True) for cell in row.cells)
