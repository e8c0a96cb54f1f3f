"""Columns told by what is in them, and mappings kept in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.contacts.files.reading import parse
from model.contacts.files.sources import read_source
from model.contacts.intake import mapping
from model.contacts.intake.guessing import Columns, guess
from model.contacts.intake.heads import recognise
from model.contacts.intake.mapping import Mapping
from model.contacts.intake.synonyms import CONTACT_HEADS, youth_heads
from model.errors import BadInput, SamlopError

ROWS = "Kari Nes;Rådgjevar;Hafstad vgs;57 00 00 01;kari@example.no\nOla Moe;Rektor;Dale vgs;57000002;ola@example.no\n"


def told(text: str, **options: Any) -> Columns:
    (sheet,) = read_source(text.encode(), "list.csv")
    return guess(sheet, **options)


def fields(columns: Columns) -> list[tuple[str | None, str]]:
    return [(column.field, column.told.value) for column in columns.columns]


def test_what_the_header_says_is_not_guessed() -> None:
    found = told("Namn;Rolle;Skule;Tlf;E-post\n" + ROWS)
    assert [how for _field, how in fields(found)] == ["header"] * 5
    assert found.warnings == ()
    assert found.heads == recognise(("Namn", "Rolle", "Skule", "Tlf", "E-post"), CONTACT_HEADS, file="list.csv")


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (
            "Fornavn;Etternavn;Enhet;E-post 1;Telefon 1;Stilling",
            "Kari;Nes;Hafstad vgs;kari@example.no;57000001;Rådgiver",
        ),
        (
            "First Name,Last Name,Title,Company,Department,Job Title,Business Phone,E-mail Address",
            "Kari,Nes,,Hafstad vgs,Elevteam,Rådgiver,57000001,kari@example.no",
        ),
        (
            "First Name,Last Name,Organization Name,Organization Title,E-mail 1 - Value,Phone 1 - Value",
            "Kari,Nes,Hafstad vgs,Rådgiver,kari@example.no,57000001",
        ),
    ],
)
def test_what_mail_programs_write_to_a_file(head: str, row: str) -> None:
    (sheet,) = read_source(f"{head}\n{row}\n".encode(), "contacts.csv")
    columns = guess(sheet).heads.columns
    cells = {field: sheet.rows[0].cells[column] for field, column in columns.items()}
    assert (cells["given_name"], cells["surname"], cells["unit"]) == ("Kari", "Nes", "Hafstad vgs")
    assert (cells["email"], cells["phone"], cells["role"]) == ("kari@example.no", "57000001", "Rådgiver")


@pytest.mark.parametrize("head", ["Kven;Kva;Kor;Nummer;Adr.\n", ""])
def test_what_no_header_says_is_told_by_the_cells(head: str) -> None:
    found = told(head + ROWS)
    assert fields(found) == [
        ("name", "cells"), ("role", "cells"), ("unit", "cells"), ("phone", "cells"), ("email", "cells"),
    ]  # fmt: skip
    assert "Column 5 was taken for e-mail from what is in it." in found.warnings
    assert found.heads.unknown == ()
    assert "Kari" not in " ".join(found.warnings)


def test_given_goes_before_header_and_cells() -> None:
    found = told("Kven;Namn;Kor;Nummer;Adr.\n" + ROWS, maps=["Kven=name", "5=note"])
    assert fields(found)[0] == ("name", "given")
    assert fields(found)[4] == ("note", "given")
    assert found.heads.columns["name"] == 0


def test_two_columns_that_would_do_as_well_are_neither() -> None:
    found = told("Namn;A;B\nKari Nes;a@x.no;b@x.no\nOla Moe;c@x.no;d@x.no\n")
    assert fields(found)[1:] == [(None, "not"), (None, "not")]
    phones = told("Namn;A;B\nKari Nes;57000001;90000001\nOla Moe;57000002;41000002\n")
    assert fields(phones)[1:] == [("phone", "cells"), ("mobile", "cells")]


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("Faks", ("57000001", "57000002")),
        ("Poststad", ("Førde", "Florø")),
        ("Fødselsnummer", ("57000001", "57000002")),
        ("Leiar", ("Kari Nes", "Ola Moe")),
        ("Noko", ("57000001", "veit ikkje")),
        ("Konto", ("15030012345", "15030012346")),
        ("År", ("2026", "2027")),
    ],
)
def test_what_only_looks_like_it_is_left_alone(head: str, cells: tuple[str, str]) -> None:
    found = told(f"Namn;{head}\nPer Li;{cells[0]}\nSiv Bø;{cells[1]}\n")
    assert fields(found)[1] == (None, "not")


def test_names_must_be_found_somewhere() -> None:
    with pytest.raises(BadInput, match="names"):
        told("Kor;Adr.\nHafstad vgs;a@x.no\nDale vgs;b@x.no\n")


def test_only_fields_of_the_list_are_guessed() -> None:
    (sheet,) = read_source(b"Elev;X;Y\nKari Nes;Rektor;57000001\nOla Moe;Rektor;57000002\n", "f")
    assert set(guess(sheet, youth_heads()).heads.columns) == {"name", "phone"}


@given(st.lists(st.tuples(*[st.text(alphabet="ab1@. ;+5", max_size=8)] * 3), min_size=1, max_size=6))
def test_no_cells_bring_anything_but_a_proposal_or_a_sentence(rows: list[tuple[str, ...]]) -> None:
    text = "Namn\tA\tB\tC\n" + "".join("\t".join(("Kari Nes", *row)) + "\n" for row in rows)
    found = guess(parse(text.encode(), "f"))
    taken = [column.field for column in found.columns if column.field]
    assert len(taken) == len(set(taken))
    assert taken[0] == "name"


# Mappings ------------------------------------------------------------------------------------------------------------


def test_a_mapping_is_saved_and_used_again(tmp_path: Path) -> None:
    path = str(tmp_path / "schools.toml")
    found = told("Kven;;Kor;Nummer;Adr.\n" + ROWS)
    mapping.save(path, Mapping(found.maps(), sheet="Ark1", header=1, list_name="counsellors"))
    again = mapping.load(path)
    assert again == Mapping(
        {"Kven": "name", "2": "role", "Kor": "unit", "Nummer": "phone", "Adr.": "email"}, "Ark1", 1, "counsellors"
    )
    used = told("Adr.;;Nummer;Kor;Kven\nx@y.no;Rektor;57;Dale;Kari Nes\n", mapping=again)
    assert [how for _field, how in fields(used)] == ["given"] * 5
    assert used.heads.columns["name"] == 4
    with pytest.raises(SamlopError, match=r"schools\.toml"):
        mapping.save(path, again)
    mapping.save(path, Mapping({"A": "name"}), replace=True)
    assert mapping.load(path).columns == {"A": "name"}


def test_columns_that_are_not_in_this_list_are_told_of_and_map_goes_before() -> None:
    saved = Mapping({"Kven": "name", "Borte": "email", "Kva": "role"})
    found = told("Kven;Kva\nKari Nes;Rektor\n", mapping=saved, maps=["Kva=note"])
    assert found.heads.columns == {"name": 0, "note": 1}
    assert any("Borte" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[columns]\n"Kven" = "klingon"\n', 'columns."Kven"'),
        ('[columns]\n"Kven" = 7\n', 'columns."Kven"'),
        ('[columns]\n"A" = "name"\n"B" = "name"\n', 'columns."B"'),
        ('[columns]\n"A" = ["name"]\n', 'columns."A"'),
        ("sheet = 4\n", "sheet"),
        ("header = 0\n", "header"),
        ("header = true\n", "header"),
        ("columns = 3\n", "columns"),
        ("colums = 3\n", "colums"),
        ("header = \n", "TOML"),
        ("\udcff", "TOML"),
        ("a = " + "[" * 5000, "TOML"),
        ("#" * 200_000, "TOML"),
    ],
)
def test_a_mapping_that_is_none_names_the_place(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "m.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BadInput) as caught:
        mapping.load(str(path))
    assert said in caught.value.sentence
    assert "m.toml" in caught.value.sentence
    with pytest.raises(BadInput, match="no such file"):
        mapping.load(str(tmp_path / "gone.toml"))
