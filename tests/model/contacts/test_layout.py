"""Lists as people lay them out: titles, headings, merged and blank cells, footers, several things in one cell."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.contacts.files.reading import Sheet
from model.contacts.files.sources import read_source
from model.contacts.intake.heads import recognise
from model.contacts.intake.people import Spread, spread
from model.contacts.intake.synonyms import CONTACT_HEADS
from model.errors import BadInput
from tests.model.contacts.books import xlsx


def one(text: str, **options: Any) -> Sheet:
    (sheet,) = read_source(text.encode(), "list.csv", **options)
    return sheet


def both(rows: list[tuple[str, ...]]) -> list[Sheet]:
    """The same table from a text file and from a workbook."""
    width = max(map(len, rows))
    text = "\n".join(";".join((*row, *[""] * (width - len(row)))) for row in rows)
    return [one(text), *read_source(xlsx({"A": rows}), "list.xlsx")]


def apart(text: str) -> Spread:
    sheet = one(text)
    return spread(sheet, recognise(sheet.head, CONTACT_HEADS, file="list.csv"))


def plain(found: Spread) -> list[tuple[int, tuple[str, ...]]]:
    return [tuple(row) for row in found.sheet.rows]


# Headers -------------------------------------------------------------------------------------------------------------


def test_titles_above_the_header() -> None:
    for sheet in both(
        [("Rådgjevarar, Testfylket 2026",), ("Ring sentralbordet",), (), ("Namn", "Rolle"), ("Kari Nes", "Rektor")]
    ):
        assert (sheet.head, sheet.header) == (("Namn", "Rolle"), 4)
        assert [tuple(row) for row in sheet.rows] == [(5, ("Kari Nes", "Rektor"))]
        assert "line 4" in sheet.notes[-1]


def test_titles_in_a_file_by_hand_have_no_delimiters() -> None:
    sheet = one("Rådgjevarar, Testfylket, haust\n\nNamn;Rolle\nKari Nes;Rektor\n")
    assert (sheet.delimiter, sheet.head, [row.line for row in sheet.rows]) == (";", ("Namn", "Rolle"), [4])


def test_a_list_without_a_header_is_told_of() -> None:
    for sheet in both([("Kari Nes", "kari@example.no"), ("Ola Moe", "ola@example.no")]):
        assert (sheet.head, sheet.header, len(sheet.rows)) == (("", ""), None, 2)
        assert "no header" in sheet.notes[-1]


def test_the_header_may_be_said() -> None:
    text = "Namn;Rolle\nKven;Kva\nKari Nes;Rektor\n"
    assert one(text, header=2).head == ("Kven", "Kva")
    with pytest.raises(BadInput, match="line 7"):
        one(text, header=7)


def test_a_header_nobody_knows_is_the_first_row() -> None:
    sheet = one("Kven;Kva;Kor\nKari Nes;Rektor;Dale\nOla Moe;Skule;Kontakt\n")
    assert (sheet.head, sheet.header, len(sheet.rows)) == (("Kven", "Kva", "Kor"), 1, 2)


@given(st.integers(0, 20), st.lists(st.sampled_from(["Tittel", "2026", "Sjå under", ""]), max_size=4))
def test_wherever_the_header_is_the_rows_are_the_same(blank: int, titles: list[str]) -> None:
    above = "".join(f"{title};;\n" for title in titles) + "\n" * blank
    sheet = one(above + "Namn;Rolle;Tlf\nKari Nes;Rektor;57000001\n")
    assert sheet.head == ("Namn", "Rolle", "Tlf")
    assert [row.cells for row in sheet.rows] == [("Kari Nes", "Rektor", "57000001")]
    assert sheet.rows[0].line == len(titles) + blank + 2


# Headings, groups and footers ----------------------------------------------------------------------------------------


def test_the_name_of_a_school_over_its_people() -> None:
    for sheet in both(
        [
            ("Namn", "Rolle", "Tlf"),
            ("Hafstad vgs",),
            ("Kari Nes", "Rådgjevar", "57000001"),
            ("Ola Moe", "Rektor", "57000002"),
            ("Dale vgs",),
            ("Per Li",),
        ]
    ):
        assert sheet.head == ("Namn", "Rolle", "Tlf", "unit")
        assert [(row.line, row.cells[0], row.cells[3]) for row in sheet.rows] == [
            (3, "Kari Nes", "Hafstad vgs"),
            (4, "Ola Moe", "Hafstad vgs"),
            (6, "Per Li", "Dale vgs"),
        ]
        assert "lines 2, 5" in sheet.notes[-1]


def test_municipalities_over_their_schools() -> None:
    sheet = one(
        "Skule;Namn;Tlf\nSunnfjord kommune;;\nNAV Sunnfjord;Kari Nes;57000001\nKinn;;\nNAV Kinn;Ola Moe;57000002\n"
    )
    assert sheet.head[3] == "municipality"
    assert [row.cells for row in sheet.rows] == [
        ("NAV Sunnfjord", "Kari Nes", "57000001", "Sunnfjord kommune"),
        ("NAV Kinn", "Ola Moe", "57000002", "Kinn"),
    ]


def test_schools_under_their_municipality() -> None:
    sheet = one("Namn;Tlf\nKinn;\nFlora vgs;\nKari Nes;57000001\nMåløy vgs;\nOla Moe;57000002\n")
    assert sheet.head[2:] == ("municipality", "unit")
    assert [row.cells[2:] for row in sheet.rows] == [("Kinn", "Flora vgs"), ("Kinn", "Måløy vgs")]


def test_somebody_alone_in_her_row_is_no_heading() -> None:
    sheet = one("Namn;Rolle\nKari Skule;\nOla Moe;\n")
    assert [row.cells[0] for row in sheet.rows] == ["Kari Skule", "Ola Moe"]
    assert sheet.notes == ()


def test_cells_that_were_merged() -> None:
    rows = [
        ("Skule", "Namn"), ("Hafstad vgs", "Kari Nes"), ("", "Ola Moe"), ("Dale vgs", "Per Li"), ("", "Siv Bø"),
    ]  # fmt: skip
    for sheet in both(rows):
        assert [row.cells[0] for row in sheet.rows] == ["Hafstad vgs", "Hafstad vgs", "Dale vgs", "Dale vgs"]
        assert "lines 3, 5" in sheet.notes[-1]
    (sheet,) = read_source(
        xlsx({"A": [("Skule", "Namn"), ("A vgs", "Kari Nes"), ("", "Ola Moe")]}, [(1, 0, 2, 0)]), "f"
    )
    assert [row.cells[0] for row in sheet.rows] == ["A vgs", "A vgs"]
    assert "3" in sheet.notes[-1]


@pytest.mark.parametrize(
    "text",
    [
        "Namn;Skule\nKari;A vgs\nOla;\nPer;B vgs\nSiv;\n",  # the place stands after the name: it is each one's own
        "Skule;Namn\nA vgs;Kari\n;Ola\nA vgs;Per\n;Siv\n",  # a place that is named again is no group
        "Skule;Namn\nA vgs;Kari\nB vgs;Ola\nC vgs;Per\nD vgs;Siv\n;Liv\n",  # one blank is somebody without a place
    ],
)
def test_blank_cells_stay_blank_where_nothing_tells(text: str) -> None:
    sheet = one(text)
    assert sheet.notes == ()
    assert any("" in row.cells for row in sheet.rows)


def test_what_stands_below_a_list() -> None:
    for sheet in both(
        [("Namn", "Tlf"), ("Kari Nes", "57000001"), ("Oppdatert 12.08.2026",), ("Kjelde: skulane",)],
    ):
        assert [row.cells[0] for row in sheet.rows] == ["Kari Nes"]
        assert "lines 3, 4" in sheet.notes[-1]


def test_lists_that_were_pasted_together() -> None:
    sheet = one("Namn;Tlf\nKari Nes;57000001\nNamn;Tlf\nOla Moe;57000002\n")
    assert [row.line for row in sheet.rows] == [2, 4]
    assert "lines 3" in sheet.notes[-1]


# Cells ---------------------------------------------------------------------------------------------------------------


def test_several_people_in_one_cell() -> None:
    found = apart(
        'Namn;Tlf;E-post;Rolle\n"Kari Nes\nOla Moe";"57000001\n57000002";kari@x.no, ola@x.no;Rådgjevar\n'
        "Per Li og Siv Bø;57000003;;Rektor\n"
    )
    assert plain(found) == [
        (2, ("Kari Nes", "57000001", "kari@x.no", "Rådgjevar")),
        (2, ("Ola Moe", "57000002", "ola@x.no", "Rådgjevar")),
        (5, ("Per Li", "57000003", "", "Rektor")),
        (5, ("Siv Bø", "57000003", "", "Rektor")),
    ]
    assert "lines 2, 5" in found.notes[0]


@pytest.mark.parametrize("name", ["Nes, Kari; Moe, Ola", "Nes, Kari / Moe, Ola", "Kari Nes & Ola Moe"])
def test_people_parted_in_other_ways(name: str) -> None:
    assert len(apart(f'Namn|Tlf\n"{name}"|\n'.replace("|", "\t")).sheet.rows) == 2


def test_names_and_numbers_in_columns_of_their_own() -> None:
    found = apart('Fornamn;Etternamn;Ekstern id\n"Kari\nOla";"Nes\nMoe";"A1\nA2"\n')
    assert plain(found) == [(2, ("Kari", "Nes", "A1")), (2, ("Ola", "Moe", "A2"))]


@pytest.mark.parametrize(
    "name",
    ["Kari Nes / vikar", "Kari Nes og rektor", "Kari Nes, Ola Moe", "Kari (og Ola) Nes", "Nes/Moe", "Kari\n57 1"],
)
def test_one_person_stays_one(name: str) -> None:
    found = apart(f'Namn;Tlf\n"{name}";57000001\n')
    assert [row.cells[0] for row in found.sheet.rows] == [name]
    assert found.notes == ()


def test_people_whose_numbers_nothing_tells_apart_are_left_and_told_of() -> None:
    found = apart("Namn;Tlf\nKari Nes og Ola Moe;57000001 / 57000002 / 57000003\n")
    assert len(found.sheet.rows) == 1
    assert "lines 2" in found.notes[0]
    assert len(apart("Namn;Ekstern id\nKari Nes og Ola Moe;A1\n").sheet.rows) == 1


def test_a_unit_and_its_municipality_in_one_cell() -> None:
    found = apart("Namn;Skule\nKari Nes;Hafstad vgs, Førde\nOla Moe;Dale vgs (Fjaler)\nPer Li;Eid vgs, avd. bygg\n")
    assert found.heads.columns["municipality"] == 2
    assert [row.cells[1:] for row in found.sheet.rows] == [
        ("Hafstad vgs", "Førde"),
        ("Dale vgs", "Fjaler"),
        ("Eid vgs, avd. bygg", ""),
    ]
    assert "lines 2, 3" in found.notes[0]


def test_units_told_apart_by_their_municipality_alone_keep_it_in_their_name() -> None:
    found = apart("Namn;Eining\nKari Nes;Barnevern (Kinn)\nOla Moe;Barnevern (Stad)\n")
    assert [row.cells[1:] for row in found.sheet.rows] == [("Barnevern (Kinn)", "Kinn"), ("Barnevern (Stad)", "Stad")]
    assert apart("Namn;Skule;Kommune\nKari Nes;Hafstad vgs, Førde;\n").notes == ()


def test_a_zero_that_a_spreadsheet_has_eaten_is_told_of() -> None:
    assert "lines 2" in apart("Namn;Kommunenr\nKari Nes;301\nOla Moe;0301\nPer Li;999\n").notes[0]
