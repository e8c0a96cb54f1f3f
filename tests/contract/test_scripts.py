"""What scripts lean on from the first release: names in `data`, batches, defaults without a terminal, exit codes."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pexpect
import pytest

from tests.calling import Samlop

ROOT = Path(__file__).resolve().parents[2]

CONTACT = {"id", "name", "roles", "unit", "municipality", "phone", "email", "confirmed", "list"}
CASE = {"id", "status", "ot_status", "school", "responsible", "contact_person", "urgency", "reasons"}
IMPORT = {
    "created",
    "updated",
    "unchanged",
    "conflicts",
    "ambiguous",
    "rejected",
    "missing",
    "rows",
    "batch",
    "dry_run",
}

CONTACTS = """Namn;Rolle;Skule;Epost;Telefon
Siv Moe;rådgjevar;Hafstad vidaregåande skule;siv.moe@vestland.example;57 00 00 01
Tor Li;ungdomskontakt;Nav Sunnfjord;tor.li@nav.example;57 00 00 02
Åse Vik;;;;
"""
YOUTHS = """Namn;Fødd;Kommune;Skule;Lokal id
Mia Prøve;2008-05-01;Sunnfjord;Hafstad vidaregåande skule;A1
Jon Prøve;2009-06-02;Sunnfjord;Hafstad vidaregåande skule;A2
"""


def _process(*argv: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    """The program as a process without a terminal; input that is not given is closed."""
    return subprocess.run(
        [sys.executable, "-m", "commands", *argv],
        cwd=ROOT,
        input=given,
        stdin=subprocess.DEVNULL if given is None else None,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def store(samlop: Samlop) -> None:
    """A store as `init` without answers makes it."""
    assert samlop("init").code == 0


@pytest.fixture(scope="module")
def _made() -> dict[str, Any]:
    """What a demo store was made of the first time, for the other tests to begin with."""
    return {}


@pytest.fixture
def demo(samlop: Samlop, home: Path, monkeypatch: pytest.MonkeyPatch, _made: dict[str, Any]) -> dict[str, Any]:
    argv = ("--config", f"{home}/demo.toml", "--store", f"{home}/demo.store", "init", "--demo", "--size", "coordinator")
    monkeypatch.setenv("SAMLOP_CONFIG", f"{home}/demo.toml")
    if not _made:
        told = samlop(*argv, "--key-file", f"{home}/demo.key", "--json")
        assert told.code == 0, told.err
        _made.update({name: (home / f"demo.{name}").read_bytes() for name in ("store", "key")}, data=told.data)
        _made["config"], _made["home"] = (home / "demo.toml").read_text(), str(home)
    for name in ("store", "key"):
        (home / f"demo.{name}").write_bytes(_made[name])
    (home / "demo.key").chmod(0o600)
    (home / "demo.toml").write_text(_made["config"].replace(_made["home"], str(home)))
    data: dict[str, Any] = _made["data"] | {"key_file": f"{home}/demo.key"}
    return data


def _write(home: Path, text: str, name: str = "list.csv") -> str:
    file = home / name
    file.write_text(text, encoding="utf-8")
    return str(file)


@pytest.mark.usefixtures("store")
def test_a_contact_has_these_names_and_a_list_is_an_array(samlop: Samlop, home: Path) -> None:
    samlop("contacts", "import", _write(home, CONTACTS), "--list", "Counsellors")
    rows = samlop("--json", "contacts", "list").data
    assert [row["name"] for row in rows] == ["Siv Moe", "Tor Li", "Åse Vik"]
    assert all(set(row) >= CONTACT for row in rows)
    siv, tor, ase = rows
    assert (siv["roles"], siv["unit"], siv["list"]) == (["counsellor"], "Hafstad vidaregåande skule", "Counsellors")
    assert (tor["roles"], tor["unit"]) == (["youth_contact"], "Nav Sunnfjord")
    assert (ase["roles"], ase["unit"], ase["phone"], ase["email"]) == ([], None, None, None), "only a name is needed"
    [found] = samlop("contacts", "list", "--role", "rådgjevar", "--json").data
    assert found == siv
    shown = samlop("contacts", "show", str(siv["id"]), "--json").data
    assert set(shown) >= CONTACT


def test_a_case_has_these_names(samlop: Samlop, demo: dict[str, Any]) -> None:
    rows = samlop("cases", "list", "--json").data
    assert rows
    assert all(set(row) >= CASE for row in rows)
    assert {row["responsible"] for row in rows} == {demo["viewer"]["name"]}
    assert all(row["reasons"] and set(row["reasons"][0]) >= {"code", "day", "days"} for row in rows)
    shown = samlop("cases", "show", str(rows[0]["id"]), "--json").data
    assert {name: shown[name] for name in CASE} == {name: rows[0][name] for name in CASE}


@pytest.mark.parametrize("noun", [["contacts", "list"], ["cases", "list"], ["tasks", "list"], ["consent", "show", "1"]])
@pytest.mark.usefixtures("store")
def test_every_list_is_an_array_when_there_is_nothing_in_it(samlop: Samlop, noun: list[str]) -> None:
    told = samlop(*noun, "--json")
    if noun[0] == "consent":
        assert (told.code, told.out) == (1, ""), "there is no such case"
    else:
        assert (told.code, told.data) == (0, [])


@pytest.mark.usefixtures("store")
def test_an_import_counts_lists_and_gives_its_batch(samlop: Samlop, home: Path) -> None:
    file = _write(home, CONTACTS)
    dry = samlop("contacts", "import", file, "--dry-run", "--json")
    assert dry.code == 0, dry.err
    assert set(dry.data) >= IMPORT
    assert (dry.data["created"], dry.data["batch"], dry.data["dry_run"], dry.data["rows"]) == (3, None, True, [])
    assert samlop("contacts", "list", "--json").data == []
    done = samlop("contacts", "import", file, "--json").data
    assert set(done) >= IMPORT
    assert (done["created"], done["updated"], done["unchanged"], done["dry_run"]) == (3, 0, 0, False)
    assert isinstance(done["batch"], int)
    again = samlop("contacts", "import", file, "--json")
    assert again.code == 0
    assert (again.data["created"], again.data["unchanged"], again.data["batch"]) == (0, 3, None), "nothing new"
    changed = samlop("contacts", "import", _write(home, CONTACTS.replace("00 02", "00 99")), "--json").data
    assert (changed["updated"], changed["unchanged"]) == (1, 2)
    [row] = changed["rows"]
    assert (row["line"], row["outcome"]) == (3, "updated")
    assert samlop("undo", str(changed["batch"])).code == 0
    assert samlop("undo", str(done["batch"]), "--json").data["undid"] == done["batch"]
    assert samlop("contacts", "list", "--json").data == [], "undone as one, its units too"


@pytest.mark.usefixtures("store")
def test_unknown_units_are_made_and_unknown_roles_kept_both_with_a_warning(samlop: Samlop, home: Path) -> None:
    text = "Namn;Rolle;Skule\nSiv Moe;Hovudansvarleg for alt;Nyskulen vgs\n"
    told = samlop("contacts", "import", _write(home, text), "--json")
    assert (told.code, told.err) == (0, "")
    said = " ".join(told.envelope["warnings"])
    assert "Nyskulen vgs" in said
    assert "Hovudansvarleg for alt" in said
    [row] = samlop("contacts", "list", "--json").data
    assert (row["roles"], row["unit"]) == (["Hovudansvarleg for alt"], "Nyskulen vgs")


@pytest.mark.usefixtures("store")
def test_the_same_person_twice_counts_once_and_differing_rows_are_a_conflict(samlop: Samlop, home: Path) -> None:
    same = "Namn;Epost;Telefon\nSiv Moe;siv@moe.example;57000001\nSiv Moe;siv@moe.example;57000001\n"
    told = samlop("contacts", "import", _write(home, same), "--json")
    assert (told.code, told.data["created"], told.data["conflicts"]) == (0, 1, 0)
    differing = "Namn;Epost;Telefon\nTor Li;tor@li.example;57000002\nTor Li;tor@li.example;57000003\n"
    told = samlop("contacts", "import", _write(home, differing), "--json")
    assert (told.code, told.data["conflicts"], told.data["created"]) == (3, 1, 0)
    assert told.data["rows"][0]["outcome"] == "conflict"
    assert "57000003" not in told.err


@pytest.mark.usefixtures("store")
def test_a_rejected_row_stops_the_list_and_is_listed(samlop: Samlop, home: Path) -> None:
    told = samlop(
        "contacts", "import", _write(home, "Namn;Epost\nSiv Moe;siv@moe.example\n;tor@li.example\n"), "--json"
    )
    assert told.code == 1
    assert (told.data["rejected"], told.data["created"], told.data["batch"]) == (1, 0, None)
    [row] = told.data["rows"]
    assert (row["line"], row["outcome"]) == (3, "rejected")
    assert row["reason"]
    assert samlop("contacts", "list", "--json").data == []


@pytest.mark.usefixtures("store")
def test_headers_can_be_mapped_and_the_list_can_come_on_standard_input(home: Path) -> None:
    told = _process(
        "contacts", "import", "-", "--map", "Den det gjeld=name", "--json", given="Den det gjeld;X\nSiv Moe;1\n"
    )
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["data"]["created"] == 1


@pytest.mark.usefixtures("store")
def test_several_files_are_a_batch_each(samlop: Samlop, home: Path) -> None:
    one = _write(home, CONTACTS, "one.csv")
    two = _write(home, "Namn\nPer Ås\nÅse Vik\n", "two.csv")
    told = samlop("contacts", "import", one, two, "--json")
    assert told.code == 0, told.err
    assert (told.data["created"], told.data["unchanged"]) == (4, 1)
    assert [Path(part["file"]).name for part in told.data["files"]] == ["one.csv", "two.csv"]
    bad = _write(home, "Namn;Epost\n;x@y.example\n", "bad.csv")
    three = _write(home, "Namn\nNils Ny\n", "three.csv")
    told = samlop("contacts", "import", three, bad, "--json")
    assert (told.code, told.data["batch"]) == (1, None)
    assert len(samlop("contacts", "list", "--json").data) == 4, "one that is rejected stops them all"


@pytest.mark.usefixtures("store")
def test_youths_are_imported_updated_and_undone(samlop: Samlop, home: Path) -> None:
    file = _write(home, YOUTHS)
    told = samlop("youths", "import", file, "--json")
    assert told.code == 0, told.err
    assert set(told.data) >= IMPORT
    assert told.data["created"] == 2
    assert [one["name"] for one in told.data["new_cases"]] == ["Mia Prøve", "Jon Prøve"]
    rows = samlop("cases", "list", "--view", "all", "--json").data
    assert {row["ot_status"] for row in rows} == {"OTUK"}
    again = samlop("youths", "import", file, "--json").data
    assert (again["created"], again["unchanged"], again["batch"]) == (0, 2, None)
    assert samlop("undo", str(told.data["batch"])).code == 0
    assert samlop("cases", "list", "--view", "all", "--json").data == []


@pytest.mark.usefixtures("store")
def test_identity_numbers_are_dropped_unread_and_reported_once(samlop: Samlop, home: Path) -> None:
    text = "Namn;Fødselsnummer;Fødd\nMia Prøve;15076500565;2008-05-01\nJon Prøve;15076500565;2009-06-02\n"
    told = samlop("youths", "import", _write(home, text), "--json")
    assert told.code == 0, told.err
    assert sum("identity number" in warning for warning in told.envelope["warnings"]) == 1
    assert "15076500565" not in told.out + told.err


def test_an_import_that_would_be_refused_is_5(samlop: Samlop, home: Path) -> None:
    samlop("init", "--service", "nav")
    samlop("config", "set", "viewer.administrator", "false")
    told = samlop("youths", "import", _write(home, YOUTHS), "--json")
    assert (told.code, told.out) == (5, "")


def test_init_finishes_without_a_terminal_and_keeps_the_key_to_its_owner(home: Path) -> None:
    told = _process("init", "--key-file", str(home / "my.key"), "--json")
    assert told.returncode == 0, told.stderr
    data = json.loads(told.stdout)["data"]
    assert stat.S_IMODE((home / "my.key").stat().st_mode) == 0o600
    assert data["viewer"]["administrator"] is True
    assert data["viewer"]["service"] == "county"


def test_the_demo_is_a_coordinator_with_cases_around_today_and_repeatable(samlop: Samlop, home: Path) -> None:
    def made(name: str) -> Any:
        argv = ["--store", str(home / f"{name}.store"), "--config", str(home / f"{name}.toml")]
        data = samlop(*argv, "init", "--demo", "--size", "coordinator", "--json").data
        rows = samlop(*argv, "cases", "list", "--view", "all", "--json").data
        return data["viewer"], rows

    (viewer, rows), (other_viewer, other_rows) = made("one"), made("two")
    assert (viewer, rows) == (other_viewer, other_rows)
    assert viewer["service"] == "ot"
    assert viewer["administrator"] is False
    assert any(row["responsible"] == viewer["name"] for row in rows)
    recent = [date.fromisoformat(row["last_contact_on"]) for row in rows if row["last_contact_on"]]
    assert date.today() - timedelta(days=14) < max(recent) <= date.today()  # noqa: DTZ011


@pytest.mark.usefixtures("demo")
def test_samlop_alone_gives_the_days_summary(samlop: Samlop) -> None:
    told = _process()
    assert told.returncode == 0, told.stderr
    assert "You are responsible for" in told.stdout
    assert samlop().out == told.stdout
    data = samlop("--json").data
    assert set(data) >= {"open", "needing", "overdue", "due", "silent", "unknown", "new", "unassigned", "top"}
    assert all(set(row) >= CASE for row in data["top"])
    assert str(data["open"]) in told.stdout


@pytest.mark.usefixtures("demo")
def test_commands_that_write_give_a_batch_that_undo_takes(samlop: Samlop, home: Path) -> None:
    case = str(samlop("cases", "list", "--json").data[0]["id"])
    (home / "title.txt").write_text("Call the school")
    (home / "youth.json").write_text(json.dumps({"name": "Mia Prøve", "birth_date": "2009-03-14"}))
    me = next(
        str(row["value"]) for row in samlop("config", "show", "--json").data if row["name"] == "viewer.contact_id"
    )
    written = [
        ("cases", "log", case, "--kind", "meeting"),
        ("tasks", "add", case, "--due", "+2w", "--file", str(home / "title.txt")),
        ("cases", "open", "--file", str(home / "youth.json"), "--unassigned"),
    ]
    batches = []
    for argv in written:
        told = samlop(*argv, "--json")
        assert told.code == 0, told.err
        batches.append(told.data["batch"])
    opened = samlop("cases", "list", "--view", "unassigned", "--limit", "200", "--json").data
    mia = next(str(row["id"]) for row in opened if row["name"] == "Mia Prøve")
    assign = samlop("cases", "assign", mia, "--to", me, "--json")
    batches.append(assign.data["batch"])
    task = samlop("tasks", "list", "--case", case, "--json").data
    added = next(row for row in task if row["title"] == "Call the school")
    batches.append(samlop("tasks", "done", str(added["id"]), "--json").data["batch"])
    assert all(isinstance(batch, int) for batch in batches)
    for batch in reversed(batches):
        told = samlop("undo", str(batch), "--json")
        assert (told.code, told.data["undid"], told.data["kept"]) == (0, batch, []), told.err
        assert isinstance(told.data["batch"], int)


@pytest.mark.usefixtures("demo")
def test_an_undo_that_keeps_something_back_is_3_and_says_what(samlop: Samlop) -> None:
    case = str(samlop("cases", "list", "--json").data[0]["id"])
    told = samlop(
        *("consent", "give", case, "--from", "ot", "--to", "nav", "--by", "youth", "--form", "oral", "--json")
    )
    assert told.code == 0, told.err
    undone = samlop("undo", str(told.data["batch"]), "--json")
    assert undone.code == 3
    assert [kept["table"] for kept in undone.data["kept"]] == ["entries"]
    assert "event" in undone.data["kept"][0]["reason"]
    people = samlop("undo", str(told.data["batch"]))
    assert people.code == 3
    assert "an event" in people.out
    [answer] = [row for row in samlop("consent", "show", case, "--json").data if row["id"] == told.data["id"]]
    assert (answer["from_service"], answer["to_service"], answer["stands"]) == ("ot", "nav", True)
    samlop("consent", "withdraw", case, "--from", "ot", "--to", "nav", "--by", "youth", "--form", "oral")
    rows = samlop("consent", "show", case, "--json").data
    assert (rows[0]["answer"], rows[0]["stands"]) == ("withdrawn", False)
    assert not next(row for row in rows if row["id"] == told.data["id"])["stands"]


@pytest.mark.usefixtures("demo")
def test_somebody_elses_batch_is_5_and_one_that_is_not_there_1(samlop: Samlop) -> None:
    other = next(row for row in samlop("history", "--json").data if not row["mine"])
    assert samlop("undo", str(other["id"])).code == 5
    assert samlop("undo", "99999").code == 1
    assert samlop("undo", "first").code == 2


@pytest.mark.usefixtures("demo")
def test_history_has_these_names_and_undone_batches_say_so(samlop: Samlop) -> None:
    rows = samlop("history", "--json").data
    assert all(set(row) >= {"id", "at", "by", "why", "counts", "cases", "undone", "mine"} for row in rows)
    assert [row["id"] for row in rows] == sorted((row["id"] for row in rows), reverse=True)
    mine = next(row for row in rows if row["mine"] and not row["undone"] and row["cases"])
    assert samlop("undo", str(mine["id"])).code == 0
    again = {row["id"]: row for row in samlop("history", "--json").data}
    assert again[mine["id"]]["undone"] is True
    of_case = samlop("history", str(mine["cases"][0]), "--json").data
    assert mine["id"] in [row["id"] for row in of_case]
    assert len(samlop("history", "--limit", "2", "--json").data) == 2


@pytest.mark.parametrize("argv", [["contacts", "list"], ["cases", "list"], ["tasks", "list"], []])
@pytest.mark.usefixtures("demo")
def test_json_stands_before_or_after_the_noun(samlop: Samlop, argv: list[str]) -> None:
    told = samlop("--json", *argv)
    assert told.code == 0, told.err
    assert told.envelope["command"] == " ".join(argv)
    assert samlop(*argv, "--json").out == told.out


@pytest.mark.usefixtures("demo")
def test_an_unreadable_key_is_4(samlop: Samlop, demo: dict[str, Any]) -> None:
    Path(demo["key_file"]).unlink()
    told = samlop("contacts", "list", "--json")
    assert (told.code, told.out) == (4, "")


@pytest.mark.usefixtures("store")
def test_a_sound_store_has_no_findings(samlop: Samlop) -> None:
    told = samlop("doctor", "--json")
    assert (told.code, told.data) == (0, [])


def test_the_environment_names_store_config_and_language(
    samlop: Samlop, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMLOP_STORE", str(home / "a.store"))
    monkeypatch.setenv("SAMLOP_CONFIG", str(home / "a.toml"))
    assert samlop("init", "--json").data["store"] == str(home / "a.store")
    assert samlop("contacts", "list", "--json").data == []
    assert json.loads(_process("tasks", "list", "--json").stdout)["data"] == []
    monkeypatch.setenv("SAMLOP_LANG", "nn")
    assert samlop("config", "show", "--json").data[0]["value"] == "nn"


@pytest.mark.usefixtures("demo")
def test_samlop_alone_on_a_terminal_opens_the_screen() -> None:
    program = pexpect.spawn(
        sys.executable,
        ["-m", "commands"],
        cwd=str(ROOT),
        env=dict(os.environ),
        dimensions=(40, 140),
        encoding="utf-8",
        timeout=60,
    )
    program.expect("OT Sunnfjord")
    program.expect("Kaja|Ola|Mia|overdue|silent")
    program.send("q")
    program.expect(pexpect.EOF)
    program.wait()
    assert program.exitstatus == 0
