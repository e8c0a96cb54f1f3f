"""The renderer: tables that stay in their columns, and text that cannot drive a terminal."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from unicodedata import category

import pexpect
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.call import Call
from commands.output import Result, Table, render, table_lines

ROOT = Path(__file__).resolve().parents[2]


class Colour(StrEnum):
    RED = "red"


@dataclass(slots=True)
class Row:
    day: date
    colour: Colour
    nobody: None = None


def _call(*, as_json: bool = False, quiet: bool = False) -> Call:
    call = Call()
    call.json, call.quiet = as_json, quiet
    return call


def test_columns_stand_under_their_heads_and_numbers_to_the_right() -> None:
    lines = list(table_lines(Table(("name", "n"), [("Åse", 5), ("Ole", 1200), (None, None)]), None))
    assert lines == ["name     n", "Åse      5", "Ole   1200", ""]


def test_wide_letters_take_two_places() -> None:
    lines = list(table_lines(Table(("a", "b"), [("漢字", "x"), ("abc", "y")]), None))
    assert lines[1:] == ["漢字  x", "abc   y"]


@given(
    st.lists(st.lists(st.text(max_size=60), min_size=3, max_size=3), min_size=1, max_size=6),
    st.integers(min_value=28, max_value=120),
)
def test_no_line_is_wider_than_the_terminal_nor_forged(rows: list[list[str]], width: int) -> None:
    from commands.output import _cells

    lines = list(table_lines(Table(("a", "b", "c"), rows), width))
    assert len(lines) == len(rows) + 1
    assert all(_cells(line) <= width for line in lines)
    assert not {category(char) for line in lines for char in line} & {"Cc", "Cf", "Cs"}


def test_json_keeps_the_data_and_shows_nothing_that_drives_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "Ås \x1b[2J \x9b \u202e \U000e0041 \u200b \ud800 [/] <b>\nline"
    render(Result([{"name": hostile}], warnings=["careful"]), _call(as_json=True), "x list")
    told = capsys.readouterr().out
    assert json.loads(told)["data"] == [{"name": hostile}]
    assert json.loads(told)["warnings"] == ["careful"]
    assert told.rstrip("\n").isprintable()
    assert "Ås" in told


def test_json_of_records_days_and_codes(capsys: pytest.CaptureFixture[str]) -> None:
    data = {"rows": [Row(date(2026, 11, 18), Colour.RED)], "file": Path("/x"), "set": {2, 1}}
    render(Result(data), _call(as_json=True), "x")
    assert json.loads(capsys.readouterr().out)["data"] == {
        "rows": [{"day": "2026-11-18", "colour": "red", "nobody": None}],
        "file": "/x",
        "set": [1, 2],
    }


def test_texts_notes_warnings_and_empty_tables(capsys: pytest.CaptureFixture[str]) -> None:
    result = Result(
        [],
        ["two\nlines\x1b[31m", Table(("a",), [], empty="Nothing yet.")],
        warnings=["careful"],
        notes=["done"],
        exit_code=3,
    )
    assert render(result, _call(), "x") == 3
    told = capsys.readouterr()
    assert told.out == "two\nlines[31m\n"
    assert told.err == "Nothing yet.\ncareful\ndone\n"
    assert render(result, _call(quiet=True), "x") == 3
    assert capsys.readouterr().err == ""


def test_a_terminal_of_40_columns_cuts_and_does_not_wrap(home: Path) -> None:
    import sys

    program = pexpect.spawn(
        sys.executable, ["-m", "commands", "config", "show"], cwd=str(ROOT), dimensions=(60, 40), encoding="utf-8"
    )
    program.expect(pexpect.EOF)
    program.close()
    assert program.exitstatus == 0
    shown = program.before
    assert isinstance(shown, str)
    lines = [line.rstrip("\r") for line in shown.split("\n")]
    table = lines[: next(i for i, line in enumerate(lines) if line.startswith("Config file"))]
    assert len(table) > 10
    assert all(len(line) <= 40 for line in table)
    assert not re.search("\x1b", shown)


def test_a_table_that_can_not_fit_is_a_block_of_lines_a_row() -> None:
    table = Table(("no.", "name", "role", "unit", "phone", ""), [(7, "Kari Nes", None, "x" * 60, "57", "left")])
    lines = list(table_lines(table, 40))
    assert lines == ["no.: 7", "  name: Kari Nes", f"  unit: {'x' * 31}…", "  phone: 57", "  left"]
