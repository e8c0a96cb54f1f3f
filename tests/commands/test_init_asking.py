"""`samlop init` on a terminal: it asks who is there and where the store goes, and offers to take in a list."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path

import pexpect
import pytest

from tests.calling import Samlop

ROOT = Path(__file__).resolve().parents[2]


def _terminal(*argv: str) -> pexpect.spawn[str]:
    return pexpect.spawn(
        sys.executable,
        ["-m", "commands", *argv],
        cwd=str(ROOT),
        env=dict(os.environ),
        dimensions=(60, 200),
        encoding="utf-8",
        timeout=30,
    )


def _answer(program: pexpect.spawn[str], *answers: tuple[str, str]) -> None:
    for question, answer in answers:
        program.expect_exact(question)
        program.expect(": ")
        program.sendline(answer)


def _end(program: pexpect.spawn[str]) -> int | None:
    program.expect(pexpect.EOF)
    program.wait()
    return program.exitstatus


def test_it_asks_who_where_and_whose_and_takes_in_a_list(samlop: Samlop, home: Path) -> None:
    (home / "list.csv").write_text("Namn;Rolle\nSiv Moe;rådgjevar\n")
    program = _terminal("init")
    _answer(
        program,
        ("Where the store goes", str(home / "mine.store")),
        ("Your name", "Kari Nes"),
        ("The service you work for", "sky"),
        ("The service you work for", "oppfølgingstenesta"),
        ("Your school, office or team", "OT Sunnfjord"),
        ("the data controller", "Vestland fylkeskommune"),
        ("Where to keep the store's key", "file"),
        ("A contact list to take in now", str(home / "list.csv")),
    )
    program.expect("1 new")
    program.expect("dry run")
    program.expect("Take it in")
    program.sendline("y")
    program.expect("declaration, not a login")
    program.expect("Vestland fylkeskommune")
    assert _end(program) == 0
    written = tomllib.loads((home / ".config/samlop/config.toml").read_text())
    assert written["store"] == str(home / "mine.store")
    assert written["viewer"]["service"] == "ot"
    people = {row["name"]: row for row in samlop("contacts", "list", "--json").data}
    assert set(people) == {"Kari Nes", "Siv Moe"}
    assert people["Kari Nes"]["id"] == written["viewer"]["contact_id"]
    assert people["Kari Nes"]["unit"] == "OT Sunnfjord"


def test_a_list_that_cannot_be_taken_in_does_not_undo_the_rest(samlop: Samlop, home: Path) -> None:
    program = _terminal("init", "--name", "Kari Nes", "--service", "ot", "--key-file", str(home / "k"))
    _answer(
        program,
        ("Where the store goes", ""),
        ("Your school, office or team", ""),
        ("the data controller", ""),
        ("A contact list to take in now", str(home / "none.csv")),
    )
    program.expect("no such file")
    program.expect("No list was taken in")
    assert _end(program) == 0
    assert [row["name"] for row in samlop("contacts", "list", "--json").data] == ["Kari Nes"]


def test_a_passphrase_is_asked_for_unseen_and_only_on_a_terminal(samlop: Samlop, home: Path) -> None:
    program = _terminal("init", "--name", "Kari Nes", "--service", "ot")
    _answer(
        program,
        ("Where the store goes", ""),
        ("Your school, office or team", ""),
        ("the data controller", ""),
        ("Where to keep the store's key", "passphrase"),
        ("A passphrase for the store", "open sesame"),
        ("Repeat for confirmation", "open sesame"),
        ("A contact list to take in now", ""),
    )
    program.expect("opens with your passphrase")
    assert _end(program) == 0
    script = samlop("contacts", "list")
    assert (script.code, script.out) == (4, "")
    for typed, code, shown in (("open sesame", 0, "Kari Nes"), ("wrong", 4, "key"), ("", 4, "passphrase")):
        person = _terminal("contacts", "list")
        _answer(person, ("The store's passphrase", typed))
        person.expect(shown)
        assert "sesame" not in (person.before or "")
        assert _end(person) == code


@pytest.mark.parametrize("argv", [["init", "--demo", "--size", "coordinator"], ["init", "--plain"]])
def test_ctrl_c_at_the_first_question_or_while_the_county_is_made(samlop: Samlop, home: Path, argv: list[str]) -> None:
    program = _terminal(*argv)
    program.expect(["Making a synthetic county", "Where the store goes.*: "])
    stopped = 1
    while stopped:
        program.sendintr()
        stopped = program.expect(["Stopped", pexpect.TIMEOUT], timeout=1)
    assert _end(program) == 130
    assert [file.name for file in home.rglob("*") if file.is_file()] == []
