"""Somebody leaves: what hangs on them is found, and handed over by the commands that the findings name."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from model import clock
from tests.calling import Outcome, Samlop

PEOPLE = """Namn;Rolle;Eining
Eli Nes;OT-kontakt;OT Sunnfjord
Jan Moe;OT-kontakt;OT Sunnfjord
"""
ELI, JAN = 2, 3


@pytest.mark.usefixtures("ot")
def test_what_hangs_on_a_leaver_is_handed_over_by_command_alone(
    samlop: Samlop, feed: Callable[..., Outcome], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "_fixed", date(2026, 11, 18))
    file = home / "people.csv"
    file.write_text(PEOPLE, "utf-8")
    assert samlop("contacts", "import", str(file), "--list", "ot").code == 0
    youth = {"name": "Ola Prøve", "birth_date": "2009-03-14", "ot_status": "OTUK"}
    case = str(feed(youth, "cases", "open", "--to", str(ELI), "--json").data["id"])
    assert samlop("cases", "contact-person", case, "--to", str(ELI), "--on", "2026-11-01").code == 0
    assert feed("Ring the school", "tasks", "add", case, "--due", "2026-11-20", "--json").code == 0
    assert samlop("tasks", "give", "1", "--to", str(ELI)).code == 0
    assert samlop("lists", "set-owner", "ot", str(ELI)).code == 0
    assert hanging(samlop) == []

    left = samlop("contacts", "leave", str(ELI), "--json")
    found = hanging(samlop)
    assert sorted(one["code"] for one in found) == [
        "leaver.contact_person",
        "leaver.list",
        "leaver.responsible",
        "leaver.task",
    ]
    assert {one["suggestions"][0]["contact_id"] for one in found} <= {1, JAN}
    for one in found:
        program, *argv = shlex.split(one["fix"])
        told = samlop(*argv)
        assert (program, told.code) == ("samlop", 0), told.err
    assert hanging(samlop) == []
    assert samlop("undo", str(left.data["batch"])).code == 0


def hanging(samlop: Samlop) -> list[dict[str, Any]]:
    """The findings about leavers."""
    found = samlop("check", "--json").data
    return [one for one in found if one["code"].startswith("leaver.")]


@pytest.mark.usefixtures("case")
def test_what_cannot_be_handed_over_is_said(samlop: Samlop) -> None:
    assert samlop("cases", "contact-person", "1").code == 2
    assert samlop("cases", "contact-person", "1", "--to", "1", "--nobody").code == 2
    assert samlop("cases", "contact-person", "1", "--to", "99").code == 1
    assert samlop("cases", "contact-person", "1", "--to", "1").code == 0
    assert samlop("cases", "contact-person", "1", "--nobody").code == 0
    assert samlop("tasks", "give", "7", "--to", "1").code == 1
