"""`samlop lists`: a list is made, taken in, asked about, answered, published."""

from __future__ import annotations

import csv
import email
import email.policy
import io
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests.calling import Outcome, Samlop

COUNSELLORS = """Namn;Rolle;Eining;Kommune;Telefon;E-post;Målform;Sist stadfesta
Anne Berg;rådgjevar;Hafstad vidaregåande skule;Sunnfjord;57000001;anne@hafstad.example.no;nynorsk;2026-01-10
Per Lid;rådgjevar;Hafstad vidaregåande skule;Sunnfjord;57000002;per@hafstad.example.no;nynorsk;2025-05-01
Siv Moe;rådgiver;Dale vidaregåande skule;Fjaler;57000003;siv@dale.example.no;bokmål;
"""
THREE = ["counsellors", "ot_contacts", "youth_contacts"]
OTHERS = """Namn;Rolle;Eining;E-post
Rita Rek;rektor;Hafstad vidaregåande skule;rektor@hafstad.example.no
Odd Tun;OT-kontakt;OT Sunnfjord;odd@ot.example.no
Nina Nav;ungdomskontakt;Nav Sunnfjord;
Rolf Ro;rektor;Flora vidaregåande skule;
"""


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Move to a day: `day("2026-02-01")`."""

    def move(to: str) -> None:
        monkeypatch.setenv("SAMLOP_TODAY", to)

    return move


@pytest.fixture
def county(samlop: Samlop, ot: Path, tmp_path: Path, day: Any) -> Path:
    """Two schools with counsellors, one without, and those whom the list is for; gives a folder for files."""
    day("2026-02-01")
    for name, text, argv in (("counsellors.csv", COUNSELLORS, ("--list", "counsellors")), ("others.csv", OTHERS, ())):
        (tmp_path / name).write_text(text)
        told = samlop("contacts", "import", str(tmp_path / name), *argv)
        assert told.code == 0, told.out + told.err
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def ids(samlop: Samlop) -> dict[str, int]:
    return {row["name"]: row["id"] for row in samlop("contacts", "list", "--json").data}


def good(told: Outcome) -> Any:
    assert told.code == 0, told.out + told.err
    return told.data


def mail(path: Path) -> EmailMessage:
    found = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def form(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig")), delimiter=";"))


def test_a_list_that_was_taken_in_is_the_standard_one_and_tells_its_age(samlop: Samlop, county: Path) -> None:
    found = {one["name"]: one for one in good(samlop("lists", "list", "--json"))}
    one = found["counsellors"]
    assert (one["people"], one["never_confirmed"], one["past_cadence"]) == (3, 1, 2)
    assert (one["newest"], one["oldest"]) == ("2026-01-10", "2025-05-01")
    assert (one["roles"], one["cadence_months"], one["owner"], one["round"]) == (["counsellor"], 6, None, None)
    assert "ot_contact" in one["audience"]

    shown = good(samlop("lists", "show", "Rådgiverliste", "--json"))
    assert [(e["name"], e["unit"], e["past"]) for e in shown["entries"]] == [
        ("Siv Moe", "Dale vidaregåande skule", True),
        ("Anne Berg", "Hafstad vidaregåande skule", False),
        ("Per Lid", "Hafstad vidaregåande skule", True),
    ]
    assert [(a["from_months"], a["people"]) for a in shown["ages"]] == [
        (0, 1), (3, 0), (6, 1), (12, 0), (24, 0), (None, 1)
    ]  # fmt: skip
    assert [unit["name"] for unit in shown["units_without"]] == ["Flora vidaregåande skule"]
    page = samlop("lists", "show", "counsellors").out
    assert "Flora vidaregåande skule" in page
    assert "0–3 months" in page
    assert samlop("lists", "show", "nothing").code == 1


def test_a_list_is_made_described_and_given_an_owner(samlop: Samlop, county: Path) -> None:
    who = ids(samlop)
    made = good(
        samlop("lists", "add", "leaders", "--title", "Principals", "--role", "rektor", "--cadence", "12", "--json")
    )
    assert good(samlop("lists", "put", "leaders", str(who["Rita Rek"]), "--json"))["id"] == made["id"]
    shown = good(samlop("lists", "show", "leaders", "--json"))
    assert [e["name"] for e in shown["entries"]] == ["Rita Rek"]
    assert [one["name"] for one in shown["not_on_list"]] == ["Rolf Ro"]
    good(samlop("lists", "edit", "leaders", "--title", "Rectors", "--audience", "ot_contact", "--json"))
    good(samlop("lists", "set-owner", "leaders", str(who["Odd Tun"]), "--json"))
    one = good(samlop("lists", "show", "leaders", "--json"))
    assert (one["title"], one["roles"], one["audience"]) == ("Rectors", ["principal"], ["ot_contact"])
    assert (one["owner"], one["cadence_months"]) == ("Odd Tun", 12)
    good(samlop("lists", "take", "leaders", str(who["Rita Rek"]), "--json"))
    assert good(samlop("lists", "show", "leaders", "--json"))["entries"] == []
    assert samlop("undo").code == 0
    assert len(good(samlop("lists", "show", "leaders", "--json"))["entries"]) == 1


def test_what_cannot_be_a_list(samlop: Samlop, county: Path) -> None:
    for argv, code in (
        (("add", "counsellors", "--title", "x"), 1),
        (("add", "x", "--title", "Kari 15076500565"), 1),
        (("add", "x" * 61, "--title", "x"), 1),
        (("add", "x"), 2),
        (("add", "x", "--title", "x", "--role", "wizard"), 2),
        (("add", "x", "--title", "x", "--owner", "999"), 1),
        (("set-owner", "counsellors", "999"), 1),
        (("put", "counsellors", "999"), 1),
        (("take", "counsellors", "1"), 1),
        (("remind", "counsellors", "-o", str(county)), 1),
        (("close", "counsellors"), 1),
        (("round", "counsellors", "-o", str(county / "no" / "ne")), 1),
        (("round", "counsellors", "-o", str(county), "--due", "2020-01-01"), 1),
        (("publish", "counsellors", "-o", str(county / "no" / "ne")), 1),
        (("publish", "ot_contacts", "-o", str(county)), 1),
    ):
        told = samlop("lists", *argv)
        assert (told.code, told.out, told.err.count("\n")) == (code, "", 1), (argv, told.out, told.err)
        assert "15076500565" not in told.err
    assert [one["name"] for one in good(samlop("lists", "list", "--json"))] == THREE
    shown = good(samlop("lists", "show", "counsellors", "--json"))
    assert (shown["rounds"], shown["editions"], list(county.iterdir())) == ([], [], [])


def test_a_round_writes_to_each_unit_in_its_own_language(samlop: Samlop, county: Path) -> None:
    told = samlop("lists", "round", "counsellors", "-o", str(county), "--due", "2026-02-20", "--json")
    assert told.code == 3, told.err  # nobody can be written to at Flora
    assert told.data["nobody_to_write_to"] == ["Flora vidaregåande skule"]
    asked = {unit["unit"]: unit for unit in told.data["round"]["units"]}
    assert {name: (unit["to_email"], unit["people"]) for name, unit in asked.items()} == {
        "Hafstad vidaregåande skule": ("rektor@hafstad.example.no", 2),
        "Dale vidaregåande skule": ("siv@dale.example.no", 1),
        "Flora vidaregåande skule": (None, 0),
    }
    number = told.data["round"]["id"]
    hafstad = asked["Hafstad vidaregåande skule"]["unit_id"]
    stem = f"counsellors-round-{number}-{hafstad}"
    letter = mail(county / f"{stem}.eml")
    assert (letter["To"], letter["X-Unsent"]) == ("Rita Rek <rektor@hafstad.example.no>", "1")
    assert "57 00 00 02" in text_of(letter)
    assert [part.get_filename() for part in letter.iter_attachments()] == [f"{stem}.csv"]
    rows = form(county / f"{stem}.csv")
    assert list(rows[0])[:5] == ["Namn", "Rolle", "Eining", "Telefon", "E-post"]
    dale = form(county / f"counsellors-round-{number}-{asked['Dale vidaregåande skule']['unit_id']}.csv")
    assert list(dale[0])[:3] == ["Navn", "Rolle", "Enhet"]
    assert [row["Namn"] for row in rows] == ["Anne Berg", "Per Lid", "", "", ""]
    assert {row["Samløp-runde"] for row in rows} == {f"{number}-{hafstad}"}
    assert rows[0]["Samløp-nr"] == str(ids(samlop)["Anne Berg"])
    assert "57 00 00 02" in (county / f"{stem}.txt").read_text()
    assert len(list(county.iterdir())) == 9


def test_a_round_is_started_once_reminded_and_closed(samlop: Samlop, county: Path, day: Any) -> None:
    assert samlop("lists", "round", "counsellors", "-o", str(county)).code == 3
    files = sorted(county.iterdir())
    again = good(samlop("lists", "round", "counsellors", "-o", str(county), "--json"))
    assert (again["files"], again["batch"], again["round"]["due_on"]) == ([], None, "2026-02-22")
    assert sorted(county.iterdir()) == files
    told = good(samlop("lists", "remind", "counsellors", "-o", str(county), "--json"))
    assert told["files"] == []  # they were written to today

    day("2026-02-15")
    reminded = samlop("lists", "remind", "counsellors", "-o", str(county), "--format", "xlsx", "--json").data
    assert [unit["reminded_on"] for unit in reminded["round"]["units"]] == [["2026-02-15"]] * 3
    assert good(samlop("lists", "remind", "counsellors", "-o", str(county), "--json"))["files"] == []
    [letter] = [
        f for f in county.iterdir() if "reminder" in f.name and f.suffix == ".eml" and "rektor" in f.read_text()
    ]
    [attached] = mail(letter).iter_attachments()
    assert attached.get_content()[:2] == b"PK"

    closed = samlop("lists", "close", "counsellors")
    assert closed.code == 0
    assert "Hafstad vidaregåande skule" in closed.out.partition("Never answered:")[2]
    assert good(samlop("lists", "list", "--json"))[0]["round"] is None
    assert samlop("lists", "close", "counsellors").code == 1
    day("2026-08-15")
    assert samlop("lists", "round", "counsellors", "-o", str(county)).code == 3
    assert [one["closed_on"] for one in good(samlop("lists", "show", "counsellors", "--json"))["rounds"]] == [
        None,
        "2026-02-15",
    ]


def test_a_round_that_cannot_write_all_its_files_leaves_nothing(samlop: Samlop, county: Path) -> None:
    samlop("lists", "round", "counsellors", "-o", str(county))
    taken = next(file for file in sorted(county.iterdir()) if file.suffix == ".txt")
    for file in list(county.iterdir()):
        if file != taken:
            file.unlink()
    samlop("lists", "close", "counsellors")
    parts = taken.name.split("-")
    parts[2] = str(int(parts[2]) + 1)
    taken.rename(taken.with_name("-".join(parts)))
    told = samlop("lists", "round", "counsellors", "-o", str(county))
    assert told.code == 1
    assert "exists already" in told.err
    assert len(list(county.iterdir())) == 1
    assert len(good(samlop("lists", "show", "counsellors", "--json"))["rounds"]) == 1
    assert samlop("lists", "round", "counsellors", "-o", str(county), "--replace").code == 3


def test_what_was_sent_stays_when_the_import_is_undone(samlop: Samlop, county: Path) -> None:
    samlop("lists", "round", "counsellors", "-o", str(county))
    imported = next(b["id"] for b in good(samlop("history", "--json")) if b["why"] == "contacts imported")
    round_ = good(samlop("history", "--json"))[0]
    assert round_["why"] == "round of a list"
    samlop("undo", str(round_["id"]))
    shown = good(samlop("lists", "show", "counsellors", "--json"))
    assert len(shown["rounds"]) == 1
    assert len(shown["rounds"][0]["units"]) == 3
    samlop("undo", str(imported))
    assert len(good(samlop("lists", "show", "counsellors", "--json"))["rounds"][0]["units"]) == 3


def test_an_edition_is_written_recorded_and_tells_what_is_new(samlop: Samlop, county: Path, day: Any) -> None:
    who = ids(samlop)
    first = good(samlop("lists", "publish", "counsellors", "-o", str(county), "--json"))
    assert sorted(Path(file).name for file in first["files"]) == [
        f"counsellors-2026-02-01{ending}"
        for ending in ("-recipients.csv", ".csv", ".eml", ".md", ".pdf", ".vcf", ".xlsx")
    ]
    assert (first["people"], first["changes"]["since"]) == (3, None)
    assert [(one["name"], one["email"]) for one in first["recipients"]] == [
        ("Kari Nes", None),
        ("Nina Nav", None),
        ("Odd Tun", "odd@ot.example.no"),
    ]
    assert (county / "counsellors-2026-02-01.pdf").read_bytes()[:5] == b"%PDF-"
    letter = mail(county / "counsellors-2026-02-01.eml")
    assert letter["Bcc"] == "Odd Tun <odd@ot.example.no>"
    assert len(list(letter.iter_attachments())) == 5
    assert "Siv Moe" in (county / "counsellors-2026-02-01.md").read_text()

    same = samlop("lists", "publish", "counsellors", "-o", str(county), "--json")
    assert (same.code, same.data["edition"], same.data["files"], same.data["batch"]) == (0, None, [], None)

    day("2026-05-12")
    good(samlop("lists", "take", "counsellors", str(who["Per Lid"]), "--json"))
    good(samlop("lists", "put", "counsellors", str(who["Odd Tun"]), "--json"))
    changed = COUNSELLORS.replace("57000001", "57000009").replace("Per Lid", "Eva Ny").replace("per@", "eva@")
    (county / "new.csv").write_text(changed.replace("57000002", "57000007"))
    assert samlop("contacts", "import", str(county / "new.csv"), "--list", "counsellors").code == 0
    before = good(samlop("lists", "show", "counsellors", "--json"))["changes"]
    second = good(samlop("lists", "publish", "counsellors", "-o", str(county), "--format", "md", "--json"))
    assert second["changes"]["since"] == "2026-02-01"
    assert second["changes"] == before
    assert [one[1] for one in second["changes"]["came"]] == ["Eva Ny", "Odd Tun"]
    assert [one[1] for one in second["changes"]["left"]] == ["Per Lid"]
    [anne] = second["changes"]["changed"]
    assert [(f["field"], f["old"], f["new"]) for f in anne["fields"]] == [("phone", "57 00 00 01", "57 00 00 09")]
    told = (county / "counsellors-2026-05-12.md").read_text()
    assert "## Changes since 01.02.2026" in told
    assert "New: Eva Ny" in told
    editions = good(samlop("lists", "show", "counsellors", "--json"))["editions"]
    assert [(one["on_date"], one["people"], one["formats"]) for one in editions] == [
        ("2026-05-12", 4, ["md"]),
        ("2026-02-01", 3, ["csv", "xlsx", "vcf", "md", "pdf"]),
    ]
    third = samlop("lists", "publish", "counsellors", "-o", str(county), "--format", "md", "--again")
    assert third.code == 0
    assert "Nothing has changed since 2026-05-12." in third.out
    assert (county / "counsellors-2026-05-12-2.md").exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "vcf"])
def test_an_edition_read_back_changes_nothing(samlop: Samlop, county: Path, kind: str) -> None:
    good(samlop("lists", "publish", "counsellors", "-o", str(county), "--format", kind, "--json"))
    told = samlop(
        "contacts", "import", str(county / f"counsellors-2026-02-01.{kind}"), "--list", "counsellors", "--json"
    )
    assert told.code == 0, told.out + told.err
    assert (told.data["created"], told.data["updated"], told.data["unchanged"]) == (0, 0, 3), told.data["rows"]


def test_an_edition_stays_when_all_around_it_is_undone(samlop: Samlop, county: Path) -> None:
    good(samlop("lists", "publish", "counsellors", "-o", str(county), "--format", "csv", "--json"))
    for batch in good(samlop("history", "--json")):
        if batch["why"] != "store made":
            samlop("undo", str(batch["id"]))
    shown = good(samlop("lists", "show", "counsellors", "--json"))
    assert (shown["entries"], len(shown["editions"])) == ([], 1)
    assert len(shown["editions"][0]["recipients"]) == 3


def test_stored_text_is_shown_as_it_stands(samlop: Samlop, county: Path) -> None:
    hostile = "Namn;Rolle;Eining;E-post\n=cmd|[b](x)<script>;rådgjevar;Flora vidaregåande skule;x@example.no\n"
    (county / "bad.csv").write_text(hostile)
    assert samlop("contacts", "import", str(county / "bad.csv"), "--list", "counsellors").code == 0
    good(samlop("lists", "publish", "counsellors", "-o", str(county), "--json"))
    assert "'=cmd|" in (county / "counsellors-2026-02-01.csv").read_text("utf-8-sig")
    assert r"\<script\>" in (county / "counsellors-2026-02-01.md").read_text()
    round_ = samlop("lists", "round", "counsellors", "-o", str(county), "--json").data["round"]
    [flora] = [unit["unit_id"] for unit in round_["units"] if unit["unit"].startswith("Flora")]
    rows = form(county / f"counsellors-round-{round_['id']}-{flora}.csv")
    assert rows[0]["Name"] == "'=cmd|[b](x)<script>"


def test_a_list_goes_by_any_of_its_names(samlop: Samlop, county: Path) -> None:
    (county / "more.csv").write_text("Namn;Rolle;Eining\nEva Ny;rådgjevar;Flora vidaregåande skule\n")
    assert samlop("contacts", "import", str(county / "more.csv"), "--list", "Rådgjevarlista").code == 0
    assert [one["name"] for one in good(samlop("lists", "list", "--json"))] == THREE
    assert "Eva Ny" in [entry["name"] for entry in good(samlop("lists", "show", "Rådgivere", "--json"))["entries"]]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_form_sent_back_as_it_was_confirms_and_nothing_else(
    samlop: Samlop, county: Path, day: Any, kind: str
) -> None:
    sent = samlop("lists", "round", "counsellors", "-o", str(county), "--format", kind, "--json").data
    before = good(samlop("contacts", "list", "--json"))
    day("2026-02-10")
    forms = {unit["unit"]: f"counsellors-round-{sent['round']['id']}-{unit['unit_id']}" for unit in sent["written_to"]}
    nobody = samlop("contacts", "import", str(county / f"{forms.pop('Flora vidaregåande skule')}.{kind}"))
    assert nobody.code == 1
    assert "the form came back empty" in nobody.err
    for form_ in forms.values():
        told = good(samlop("contacts", "import", str(county / f"{form_}.{kind}"), "--json"))
        assert (told["created"], told["rejected"]) == (0, 0)
    shown = good(samlop("lists", "show", "counsellors", "--json"))
    assert {entry["confirmed_on"] for entry in shown["entries"]} == {"2026-02-10"}
    assert (shown["round"]["answered"], shown["round"]["asked"]) == (2, 3)
    assert {unit["changed"] for unit in shown["round"]["units"]} == {0}
    after = good(samlop("contacts", "list", "--json"))
    for row in (*before, *after):
        del row["confirmed"], row["old"]
    assert after == before


def test_whom_an_answer_leaves_out_is_asked_about_and_stays(samlop: Samlop, county: Path, day: Any) -> None:
    round_ = samlop("lists", "round", "counsellors", "-o", str(county), "--json").data["round"]
    [hafstad] = [unit["unit_id"] for unit in round_["units"] if unit["unit"].startswith("Hafstad")]
    file = county / f"counsellors-round-{round_['id']}-{hafstad}.csv"
    lines = [line for line in file.read_text("utf-8-sig").splitlines() if "Per Lid" not in line]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    day("2026-02-10")
    told = samlop("contacts", "import", str(file), "--json")
    assert told.code == 3, told.out + told.err
    assert [row["name"] for row in told.data["rows"] if row["outcome"] == "missing"] == ["Per Lid"]
    shown = good(samlop("lists", "show", "counsellors", "--json"))
    confirmed = {entry["name"]: entry["confirmed_on"] for entry in shown["entries"]}
    assert confirmed == {"Anne Berg": "2026-02-10", "Per Lid": "2025-05-01", "Siv Moe": None}
    assert [unit["answered_on"] for unit in shown["round"]["units"] if unit["unit_id"] == hafstad] == ["2026-02-10"]
