"""Two years of the three lists by command alone: taken in, asked about, answered, published; people leave and come."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from tests.calling import Outcome, Samlop

HEAD = "Namn;Rolle;Eining;Kommune;Telefon;E-post\n"
SCHOOLS = ("Hafstad", "Dale", "Flora", "Eid")
LISTS = {
    "counsellors": HEAD
    + "".join(
        f"{who} {at};rådgjevar;{at} vidaregåande skule;;570000{n}{k};{who.lower()}@{at.lower()}.example.no\n"
        for n, at in enumerate(SCHOOLS)
        for k, who in enumerate(("Anne", "Per"))
    ),
    "ot_contacts": HEAD + "Odd Tun;OT-kontakt;OT Sunnfjord;Sunnfjord;57000051;odd@ot.example.no\n",
    "youth_contacts": HEAD
    + "Nina Nav;ungdomskontakt;Nav Sunnfjord;Sunnfjord;57000061;nina@nav.example.no\n"
    + "Nils Nav;ungdomskontakt;Nav Kinn;Kinn;57000062;nils@nav.example.no\n",
}


@pytest.fixture
def year(samlop: Samlop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Year:
    return Year(samlop, tmp_path, monkeypatch)


class Year:
    """The county's office: moves through the days, keeps its files in one folder."""

    def __init__(self, samlop: Samlop, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.samlop, self.folder, self._patch = samlop, folder, monkeypatch

    def day(self, to: str) -> None:
        self._patch.setenv("SAMLOP_TODAY", to)

    def do(self, *argv: str, codes: tuple[int, ...] = (0,)) -> Any:
        told: Outcome = self.samlop(*argv, "--json")
        assert told.code in codes, (argv, told.out, told.err)
        return told.data

    def take(self, file: Path, *argv: str, codes: tuple[int, ...] = (0,)) -> Any:
        return self.do("contacts", "import", str(file), *argv, codes=codes)

    def round(self, name: str) -> Any:
        return self.do("lists", "round", name, "-o", str(self.folder), codes=(0, 3))["round"]

    def answer(self, round_: Any, unit: str, change: Any = None) -> Any:
        """Fill in a unit's form and take it in. `change`: what the unit does with the rows."""
        [unit_id] = [one["unit_id"] for one in round_["units"] if one["unit"] == unit]
        file = self.folder / f"{round_['list_name'].replace('_', '-')}-round-{round_['id']}-{unit_id}.csv"
        rows = list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig")), delimiter=";"))
        head = rows[0]
        filled = [dict(zip(head, row, strict=True)) for row in rows[1:]]
        if change:
            change(filled)
        out = io.StringIO()
        writer = csv.DictWriter(out, head, delimiter=";")
        writer.writeheader()
        writer.writerows(filled)
        back = self.folder / f"reply-{file.name}"
        back.write_text(out.getvalue(), encoding="utf-8-sig")
        return self.take(back, codes=(0, 3))

    def show(self, name: str) -> Any:
        return self.do("lists", "show", name)


def directory(year: Year) -> Any:
    return (
        year.do("contacts", "list"),
        [(one["name"], one["people"], one["oldest"], one["never_confirmed"]) for one in year.do("lists", "list")],
    )


def test_two_years_of_three_lists_by_command_alone(year: Year) -> None:
    year.day("2025-01-10")
    year.do("init", "--name", "Ola Eig", "--service", "county", "--unit", "Vestland fylkeskommune")
    first_day = directory(year)
    for name, text in LISTS.items():
        (year.folder / f"{name}.csv").write_text(text)
        assert year.take(year.folder / f"{name}.csv", "--list", name)["created"] == text.count("@")
    owner = year.do("contacts", "list", "--search", "Ola Eig")[0]["id"]
    year.do("lists", "set-owner", "counsellors", str(owner))
    people = [one["people"] for one in year.do("lists", "list")]
    assert people == [8, 1, 2]

    # The first round: one school answers as it stands, one has a new number, one has a leaver and somebody new.
    round_ = year.round("counsellors")
    year.day("2025-01-20")
    year.answer(round_, "Hafstad vidaregåande skule")

    def new_number(rows: list[dict[str, str]]) -> None:
        rows[0]["Phone"] = "57 00 00 99"

    def somebody_new(rows: list[dict[str, str]]) -> None:
        rows[1]["Still right"] = "has left"
        rows[2] |= {"Name": "Eva Ny", "Role": "counsellor", "E-mail": "eva@flora.example.no"}

    year.answer(round_, "Dale vidaregåande skule", new_number)
    year.answer(round_, "Flora vidaregåande skule", somebody_new)
    shown = year.show("counsellors")
    progress = {one["unit"].split()[0]: (one["answered_on"], one["changed"]) for one in shown["round"]["units"]}
    assert progress == {
        "Dale": ("2025-01-20", 1),
        "Eid": (None, 0),
        "Flora": ("2025-01-20", 2),
        "Hafstad": ("2025-01-20", 0),
    }
    confirmed = {entry["name"]: entry["confirmed_on"] for entry in shown["entries"]}
    assert confirmed == {
        "Anne Dale": "2025-01-20", "Per Dale": "2025-01-20", "Anne Eid": None, "Per Eid": None,
        "Anne Flora": "2025-01-20", "Eva Ny": "2025-01-20", "Anne Hafstad": "2025-01-20", "Per Hafstad": "2025-01-20",
    }  # fmt: skip
    assert {entry["seen_on"] for entry in shown["entries"]} >= {"2025-01-20"}

    year.day("2025-02-01")
    reminded = year.do("lists", "remind", "counsellors", "-o", str(year.folder))
    assert [one["unit"] for one in reminded["written_to"]] == ["Eid vidaregåande skule"]
    year.day("2025-02-15")
    closed = year.do("lists", "close", "counsellors")
    assert [one["unit"] for one in closed["units"] if one["answered_on"] is None] == ["Eid vidaregåande skule"]
    for name in LISTS:
        year.do("lists", "publish", name, "-o", str(year.folder), "--format", "csv", "--format", "md")

    # Half a year on: somebody leaves in between, and everybody answers.
    year.day("2025-08-20")
    gone = year.do("contacts", "list", "--search", "Per Eid")[0]["id"]
    year.do("contacts", "leave", str(gone), "--on", "2025-08-15")
    assert year.show("counsellors")["past_cadence"] == 7
    round_ = year.round("counsellors")
    assert {one["unit"].split()[0]: one["people"] for one in round_["units"]} == {
        "Dale": 2, "Eid": 1, "Flora": 2, "Hafstad": 2
    }  # fmt: skip
    year.day("2025-08-25")
    for unit in round_["units"]:
        year.answer(round_, unit["unit"])
    year.do("lists", "close", "counsellors")
    assert year.show("counsellors")["past_cadence"] == 0
    second = year.do("lists", "publish", "counsellors", "-o", str(year.folder), "--format", "md")
    assert ([one[1] for one in second["changes"]["came"]], [one[1] for one in second["changes"]["left"]]) == (
        [],
        ["Per Eid"],
    )

    # The second year: the same again, and nobody has moved.
    for start, answers in (("2026-02-20", "2026-03-01"), ("2026-08-20", "2026-09-01")):
        for name in LISTS:
            year.day(start)
            round_ = year.round(name)
            year.day(answers)
            for unit in round_["units"]:
                year.answer(round_, unit["unit"])
            assert year.do("lists", "close", name)["answered"] == len(round_["units"])
            told = year.do("lists", "publish", name, "-o", str(year.folder), "--format", "csv")
            assert (told["changes"]["came"], told["changes"]["left"], told["changes"]["changed"]) == ([], [], [])
    assert {entry["confirmed_on"] for name in LISTS for entry in year.show(name)["entries"]} == {"2026-09-01"}

    history = year.do("history", "--limit", "1000")
    sent = [one for one in history if one["why"] in ("round of a list", "list published")]
    assert len(sent) == 8 + 3 + 1 + 6
    for one in history:
        if one["why"] in ("contacts imported", "contact has left", "list changed"):
            assert year.samlop("undo", str(one["id"])).code == 0
    assert directory(year) == first_day
    assert [len(year.show(name)["editions"]) for name in LISTS] == [4, 3, 3]
    assert [len(year.show(name)["rounds"]) for name in LISTS] == [4, 2, 2]
