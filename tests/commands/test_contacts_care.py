"""Contacts kept true by hand, as a person does it from the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from model import clock
from tests.calling import Outcome, Samlop

TODAY = date(2026, 11, 18)
PEOPLE = """Namn;Rolle;Eining;E-post;Telefon;Sist stadfesta
Siv Moe;rådgjevar;Hafstad vidaregåande skule;siv.moe@skule.example;57000001;2025-09-01
Tor Li;ungdomskontakt;Nav Sunnfjord;tor.li@nav.example;57000002;2026-10-01
Siv M. Moe;;;;57000001;
Åse Vik;;;;;
"""
SIV, TOR, SIV_AGAIN, ASE = 2, 3, 4, 5
"""Numbers; 1 is the user."""


@pytest.fixture
def people(ot: Path, samlop: Samlop, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_fixed", TODAY)
    file = home / "people.csv"
    file.write_text(PEOPLE, "utf-8")
    told = samlop("contacts", "import", str(file), "--list", "staff", "--json")
    assert told.code == 0, told.err


def names(told: Outcome) -> list[str]:
    return [row["name"] for row in told.data]


def row(samlop: Samlop, number: int) -> dict[str, object]:
    [found] = [row for row in samlop("contacts", "list", "--json").data if row["id"] == number]
    return dict(found)


# Confirming ---------------------------------------------------------------------


@pytest.mark.usefixtures("people")
def test_contacts_are_confirmed_together_and_undone_together(samlop: Samlop) -> None:
    assert row(samlop, SIV)["old"] is True, "nobody has confirmed her for more than a year"
    told = samlop("contacts", "confirm", str(SIV), str(ASE), str(TOR), "--on", "2026-09-15", "--json")
    assert told.code == 0, told.err
    assert (told.data["confirmed"], told.data["newer"]) == ([SIV, ASE], [TOR]), "Tor was confirmed later than that"
    assert row(samlop, SIV)["confirmed"] == row(samlop, ASE)["confirmed"] == "2026-09-15"
    assert row(samlop, TOR)["confirmed"] == "2026-10-01"
    assert row(samlop, SIV)["old"] is False
    assert samlop("history", "--json").data[0]["why"] == "contact confirmed"
    assert samlop("undo", str(told.data["batch"])).code == 0
    assert (row(samlop, SIV)["confirmed"], row(samlop, ASE)["confirmed"]) == ("2025-09-01", None)


@pytest.mark.usefixtures("people")
def test_confirming_is_of_today_where_nothing_is_said(samlop: Samlop) -> None:
    assert samlop("contacts", "confirm", str(SIV)).code == 0
    assert "2026-11-18, 0 days ago" in samlop("contacts", "show", str(SIV)).out
    assert "Last confirmed: never" in samlop("contacts", "show", str(ASE)).out


@pytest.mark.usefixtures("people")
def test_what_cannot_be_confirmed_changes_nothing(samlop: Samlop) -> None:
    samlop("contacts", "leave", str(TOR))
    for ids, on, words in (
        ((SIV,), "2026-11-19", "still to come"),
        ((SIV, 99), "2026-11-18", "no contact 99"),
        ((SIV, TOR), "2026-11-18", f"Contact {TOR} has left"),
    ):
        told = samlop("contacts", "confirm", *map(str, ids), "--on", on)
        assert told.code == 1
        assert words in told.err
    assert row(samlop, SIV)["confirmed"] == "2025-09-01"


# Leaving, and mail that comes back ------------------------------------------------------------


@pytest.mark.usefixtures("people")
def test_whoever_leaves_has_no_role_from_the_day_after(samlop: Samlop, monkeypatch: pytest.MonkeyPatch) -> None:
    told = samlop("contacts", "leave", str(SIV), "--on", "2026-11-30", "--json")
    assert (told.code, told.data["left"]) == (0, "2026-11-30")
    assert row(samlop, SIV)["left"] is False
    assert samlop("contacts", "list", "--left", "--json").data == []
    monkeypatch.setattr(clock, "_fixed", date(2026, 12, 1))
    assert names(samlop("contacts", "list", "--left", "--json")) == ["Siv Moe"]
    assert row(samlop, SIV)["roles"] == []
    assert samlop("contacts", "leave", "99").code == 1


@pytest.mark.usefixtures("people")
def test_mail_that_came_back_is_marked_until_there_is_another_address(samlop: Samlop) -> None:
    told = samlop("contacts", "bounced", str(TOR), "--on", "2026-11-10", "--json")
    assert (told.code, told.data["bounced"]) == (0, "2026-11-10")
    assert row(samlop, TOR)["bounced"] is True
    assert "mail comes back" in samlop("contacts", "list").out
    assert "Mail came back: 2026-11-10" in samlop("contacts", "show", str(TOR)).out
    assert samlop("contacts", "bounced", str(TOR), "--clear").code == 0
    assert row(samlop, TOR)["bounced"] is False
    assert samlop("contacts", "bounced", str(ASE)).code == 1, "she has no address"
    assert samlop("contacts", "bounced", str(TOR), "--on", "2026-11-19").code == 1, "not yet"
    assert samlop("contacts", "bounced", str(TOR), "--on", "2026-11-10", "--clear").code == 2


@pytest.mark.usefixtures("people")
def test_a_list_with_another_address_clears_what_bounced(samlop: Samlop, home: Path) -> None:
    for number in (SIV, TOR):
        samlop("contacts", "bounced", str(number))
    file = home / "again.csv"
    file.write_text(PEOPLE.replace("tor.li@nav", "tor@nav"), "utf-8")
    told = samlop("contacts", "import", str(file), "--list", "staff", "--json")
    assert told.code == 0, told.err
    assert (row(samlop, TOR)["email"], row(samlop, TOR)["bounced"]) == ("tor@nav.example", False)
    assert row(samlop, SIV)["bounced"] is True, "hers is the same address"


# Narrowing ----------------------------------------------------------------------


@pytest.mark.usefixtures("people")
def test_those_nobody_has_confirmed_for_long_are_listed(samlop: Samlop) -> None:
    assert names(samlop("contacts", "list", "--stale", "14", "--json")) == [
        "Kari Nes",
        "Siv M. Moe",
        "Siv Moe",
        "Åse Vik",
    ]
    assert "Siv Moe" not in names(samlop("contacts", "list", "--stale", "15", "--json"))
    samlop("contacts", "leave", str(ASE))
    assert "Åse Vik" not in names(samlop("contacts", "list", "--stale", "14", "--json")), "who left is not asked"


@pytest.mark.usefixtures("people")
def test_those_of_a_list_are_listed(samlop: Samlop) -> None:
    on_it = names(samlop("contacts", "list", "--list", "staff", "--json"))
    assert on_it == ["Siv M. Moe", "Siv Moe", "Tor Li", "Åse Vik"]
    assert names(samlop("contacts", "list", "--list", "staff", "--role", "counsellor", "--json")) == ["Siv Moe"]
    assert samlop("contacts", "list", "--list", "nobody").code == 1
    assert samlop("contacts", "list", "--duplicates", "--left").code == 2
    assert samlop("contacts", "list", "--for-case", "1", "--duplicates").code == 2


# Duplicates and merging ------------------------------------------------------------


@pytest.mark.usefixtures("people")
def test_one_person_in_two_rows_is_found_and_made_one(samlop: Samlop) -> None:
    [pair] = samlop("contacts", "list", "--duplicates", "--json").data
    assert (pair["a"]["id"], pair["b"]["id"], pair["reasons"]) == (SIV, SIV_AGAIN, ["phone"])
    assert "same phone" in samlop("contacts", "list", "--duplicates").out

    merge = ["contacts", "merge", str(SIV), str(SIV_AGAIN), "--take", "name=B"]
    dry = samlop(*merge, "--dry-run", "--json")
    assert (dry.code, dry.data["batch"]) == (0, None)
    assert {"field": "name", "a": "Siv Moe", "b": "Siv M. Moe", "take": "B"} in dry.data["fields"]
    assert row(samlop, SIV)["name"] == "Siv Moe"

    told = samlop(*merge, "--json")
    assert told.code == 0, told.err
    found = row(samlop, SIV)
    assert (found["name"], found["email"], found["unit"]) == (
        "Siv M. Moe",
        "siv.moe@skule.example",
        "Hafstad vidaregåande skule",
    )
    assert samlop("contacts", "list", "--duplicates", "--json").data == []
    gone = samlop("contacts", "show", str(SIV_AGAIN))
    assert gone.code == 1
    assert f"merged into contact {SIV}" in gone.err
    assert samlop("undo", str(told.data["batch"])).code == 0
    assert [row["name"] for row in samlop("contacts", "list", "--search", "siv", "--json").data] == [
        "Siv M. Moe",
        "Siv Moe",
    ]


@pytest.mark.usefixtures("people")
def test_what_cannot_be_merged_is_refused(samlop: Samlop) -> None:
    assert samlop("contacts", "merge", str(SIV), str(SIV)).code == 1
    assert samlop("contacts", "merge", str(SIV), "1").code == 5, "1 is the user"
    assert samlop("contacts", "merge", str(SIV), str(TOR), "--take", "shoe=B").code == 1
    assert samlop("contacts", "merge", str(SIV), str(TOR), "--take", "name").code == 2


# Who do I call? -----------------------------------------------------------------

YOUTH = {
    "name": "Ola Prøve",
    "birth_date": "2009-03-14",
    "phone": "90000001",
    "municipality": "Kinn",
    "school": "Hafstad vidaregåande skule",
    "ot_status": "OTUK",
}


@pytest.mark.usefixtures("people")
def test_whom_to_call_is_told_by_the_home_municipality(
    samlop: Samlop, feed: Callable[..., Outcome], home: Path
) -> None:
    told = feed(YOUTH, "cases", "open", "--json")
    assert told.code == 0, told.err
    case = str(told.data["id"])
    found = samlop("contacts", "list", "--for-case", case, "--json").data
    assert [(one["kind"], one["name"]) for one in found] == [
        ("responsible", "Kari Nes"),
        ("school_counsellor", "Siv Moe"),
        ("ot_contact", "unknown"),
        ("nav_contact", "unknown"),
    ]
    siv = found[1]
    assert (siv["unit"], siv["phone"], siv["confirmed"], siv["days_old"]) == (
        "Hafstad vidaregåande skule",
        "+4757000001",
        "2025-09-01",
        443,
    )
    said = samlop("contacts", "list", "--for-case", case).out
    assert "Nobody is set to serve the home municipality." in said
    assert "90000001" not in said, "the youth's own people are on the case's page"
    assert "Ola" not in said

    file = home / "serving.csv"
    file.write_text(
        "Namn;Rolle;Eining;Ansvar for\nLiv Bø;ungdomskontakt;Nav Kinn;Kinn\n"
        "Tor Li;ungdomskontakt;Nav Sunnfjord;Sunnfjord\n"
    )
    assert samlop("contacts", "import", str(file), "--map", "Ansvar for=serves").code == 0
    nav = samlop("contacts", "list", "--for-case", case, "--json").data[-1]
    assert (nav["kind"], nav["name"], nav["unit"]) == ("nav_contact", "Liv Bø", "Nav Kinn")
    assert samlop("contacts", "list", "--for-case", "99").code == 1
