"""Numbers longer than a store can hold, values nested without end, and words that no disk has room for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from commands import given
from commands.call import Call
from model.errors import StoreTrouble
from model.store.store import Store
from tests.calling import Outcome, Samlop

Feed = Callable[..., Outcome]
LONG = str(2**63)
ENDLESS = "9" * 5000
NESTED = f"minutes = {'[' * 100_000}"


def _one_sentence(told: Outcome, code: int) -> None:
    assert told.code == code, told.err
    assert told.err.count("\n") == 1, told.err
    assert "trace-" not in told.err


@pytest.mark.parametrize(
    "argv",
    [
        ("cases", "show", LONG),
        ("history", LONG),
        ("undo", LONG),
        ("contacts", "show", LONG),
        ("tasks", "done", LONG),
        ("tasks", "list", "--case", LONG),
        ("cases", "assign", LONG, "--to", "1"),
    ],
)
def test_a_number_that_no_row_can_have_is_a_usage_error(samlop: Samlop, ot: Path, argv: tuple[str, ...]) -> None:
    _one_sentence(samlop(*argv), 2)


def test_the_longest_number_is_looked_for(samlop: Samlop, ot: Path) -> None:
    _one_sentence(samlop("cases", "show", str(2**63 - 1)), 1)


@pytest.mark.parametrize("fields", [f'{{"minutes": {ENDLESS}}}', f"minutes = {ENDLESS}", NESTED])
def test_fields_that_cannot_be_read_name_the_line(feed: Feed, case: int, fields: str) -> None:
    told = feed(fields, "cases", "log", str(case), "--kind", "note", "--fields", "-")
    _one_sentence(told, 1)
    assert "line 1" in told.err


def test_a_school_whose_number_is_too_long(feed: Feed, ot: Path) -> None:
    told = feed({"name": "Mia Prøve", "birth_date": "2009-01-01", "school_id": 2**63}, "cases", "open")
    _one_sentence(told, 1)
    assert "Mia" not in told.err


@pytest.mark.parametrize("line", [f"silent_days = {ENDLESS}", NESTED])
def test_a_config_file_that_cannot_be_read_is_named(samlop: Samlop, home: Path, line: str) -> None:
    file = home / "odd.toml"
    file.write_text(f"{line}\n")
    told = samlop("config", "check", "--config", str(file))
    _one_sentence(told, 2)
    assert str(file) in told.err


def test_words_that_cannot_even_be_kept_as_a_draft_are_shown(
    samlop: Samlop, case: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_store: Store, **_rest: object) -> NoReturn:
        raise StoreTrouble("The disk is full.")

    monkeypatch.setattr(Call, "interactive", True)
    monkeypatch.setattr(given, "edited", lambda begun=None: "A long story,\nin two lines. \x1b[31m")
    monkeypatch.setattr(Store, "write", full)
    monkeypatch.setattr(Store, "aside", full)
    told = samlop("cases", "log", str(case), "--kind", "note")
    assert told.code == 1
    assert "A long story,\nin two lines." in told.err
    assert "The disk is full." in told.err
    assert "\x1b" not in told.err
    assert "kept as a draft" not in told.err
