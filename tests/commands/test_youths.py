"""`samlop youths import`: the admission system's list, and what is left for a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.calling import Outcome, Samlop
from tests.commands.conftest import Feed

HEAD = "Namn;Fødd;Kommune;Lokal id;Adressesperre\n"


@pytest.fixture
def take_in(samlop: Samlop, ot: Path, home: Path) -> Feed:
    def call(rows: str, *options: str) -> Outcome:
        file = home / "admission.csv"
        file.write_text(HEAD + rows, encoding="utf-8")
        return samlop("youths", "import", str(file), *options)

    return call


def test_people_are_told_who_had_no_case(samlop: Samlop, take_in: Feed) -> None:
    dry = take_in("Mia Prøve;2008-05-01;Sunnfjord;A1;\n", "--dry-run")
    assert "dry run" in dry.out
    assert "Mia Prøve" in dry.out
    assert samlop("cases", "list", "--view", "all", "--json").data == []
    told = take_in("Mia Prøve;2008-05-01;Sunnfjord;A1;\n")
    assert told.code == 0
    assert "1 new, 0 updated, 0 unchanged." in told.out
    assert "1 had no case before:" in told.out
    assert "samlop undo" in told.out
    [row] = samlop("cases", "list", "--view", "unassigned", "--json").data
    assert f"  {row['id']} Mia Prøve" in told.out


def test_an_open_case_is_updated_and_its_ot_status_is_not_set_back(samlop: Samlop, take_in: Feed) -> None:
    take_in("Mia Prøve;2008-05-01;Sunnfjord;A1;\n")
    [row] = samlop("cases", "list", "--view", "all", "--json").data
    samlop("cases", "log", str(row["id"]), "--kind", "conversation", "--with-youth")
    told = take_in("Mia Prøve;2008-05-01;Kinn;A1;\n", "--json")
    assert (told.code, told.data["updated"], told.data["created"]) == (0, 1, 0)
    [change] = told.data["rows"]
    assert (change["case"], change["outcome"]) == (row["id"], "updated")
    [now] = samlop("cases", "list", "--view", "all", "--json").data
    assert (now["ot_status"], now["municipality"]) == ("OTOV", "Kinn")


def test_kode_6_is_left_out_of_the_list_for_a_person(samlop: Samlop, take_in: Feed) -> None:
    told = take_in("Mia Prøve;2008-05-01;Sunnfjord;A1;kode 6\nJon Prøve;2009-06-02;Sunnfjord;A2;\n", "--json")
    assert told.code == 3, told.err
    assert (told.data["created"], told.data["rejected"]) == (1, 1)
    [row] = told.data["rows"]
    assert (row["line"], row["outcome"]) == (2, "refused")
    assert "Mia" not in told.out
    assert [row["name"] for row in samlop("cases", "list", "--view", "all", "--json").data] == ["Jon Prøve"]


def test_kode_7_hides_what_locates(samlop: Samlop, take_in: Feed) -> None:
    take_in("Mia Prøve;2008-05-01;Sunnfjord;A1;kode 7\n")
    [row] = samlop("cases", "list", "--view", "all", "--json").data
    shown = samlop("cases", "show", str(row["id"]))
    assert (row["municipality"], row["protected"]) == (None, True)
    assert "Sunnfjord" not in shown.out.replace("OT Sunnfjord", "")
