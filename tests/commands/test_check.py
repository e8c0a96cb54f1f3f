"""`samlop check`: exit codes and what scripts get, over everything that is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.calling import Samlop
from tests.commands.conftest import Feed

CONTACTS = """Navn;Rolle;Enhet
Kari Moe;rektor;Nord vgs
Nils Dahl;Nav-leder;Nav Førde
"""


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMLOP_TODAY", "2026-11-21")


@pytest.fixture
def agreement(ot: Path, samlop: Samlop, feed: Feed) -> str:
    assert feed(CONTACTS, "contacts", "import", "-").code == 0
    told = samlop("agreements", "add", "Nord og Førde", "--party", "Nord vgs", "--party", "Nav Førde", "--json")
    return str(told.data["id"])


def test_what_is_found_is_told_with_whose_it_is_and_what_helps(agreement: str, samlop: Samlop) -> None:
    told = samlop("check", "--rule", "r37", "--json")
    assert told.code == 3
    (unsigned,) = [one for one in told.data if one["code"] == "agreement.unsigned"]
    assert unsigned == {
        "rule": "R37",
        "code": "agreement.unsigned",
        "what": "Nord og Førde: Not all leaders have signed.",
        "subject": "agreement",
        "subject_id": int(agreement),
        "name": "Nord og Førde",
        "whose": "Nord vgs, Nav Førde",
        "since": None,
        "due": None,
        "overdue": False,
        "evidence": ["Nord vgs", "Nav Førde"],
        "fix": f"samlop agreements sign {agreement} --party NAME --leader NAME",
        "suggestions": [],
    }
    shown = samlop("check", "--rule", "R37")
    assert shown.code == 3
    assert "Not all leaders have signed." in shown.out
    assert "things are wanting" in shown.err


def test_what_was_put_right_is_found_no_more_and_nothing_found_is_0(agreement: str, samlop: Samlop) -> None:
    samlop("agreements", "sign", agreement, "--party", "Nord vgs", "--leader", "Kari Moe")
    samlop("agreements", "sign", agreement, "--party", "Nav Førde", "--leader", "Nils Dahl")
    assert "agreement.unsigned" not in {one["code"] for one in samlop("check", "--json").data}
    nothing = samlop("check", "--rule", "R30", "--json")
    assert (nothing.code, nothing.data) == (0, [])
    assert "Nothing is wanting." in samlop("check", "--rule", "R30").out


def test_meetings_lists_and_people_are_all_looked_at(agreement: str, samlop: Samlop) -> None:
    found = samlop("check", "--json").data
    assert {one["code"].partition(".")[0] for one in found} >= {"meeting", "list", "agreement"}
    due = [one["due"] or one["since"] or "9999" for one in found]
    assert due == sorted(due)
    assert {one["rule"] for one in samlop("check", "--rule", "R18", "--json").data} == {"R18"}


def test_a_contact_who_has_left_is_found_by_what_hangs_on_them(case: int, samlop: Samlop, feed: Feed) -> None:
    assert feed(CONTACTS.replace("rektor", "OT-kontakt"), "contacts", "import", "-").code == 0
    ids = {row["name"]: row["id"] for row in samlop("contacts", "list", "--json").data}
    assert samlop("cases", "assign", str(case), "--to", str(ids["Kari Moe"])).code == 0
    assert samlop("contacts", "leave", str(ids["Kari Moe"])).code in (0, 3)
    (found,) = [one for one in samlop("check", "--rule", "R30", "--json").data if one["subject"] == "case"]
    assert found["subject_id"] == case


def test_a_rule_that_has_no_check_is_a_usage_error_that_names_those_there_are(ot: Path, samlop: Samlop) -> None:
    told = samlop("check", "--rule", "R99")
    assert told.code == 2
    assert "R18" in told.err
    assert "R99" not in told.out


def test_every_finding_is_of_a_rule_that_can_be_asked_for(agreement: str, samlop: Samlop) -> None:
    from model.lists import duties as lists
    from model.meetings import duties as meetings
    from model.routine import checks, leavers

    known = {*lists._RULES.values(), "R16", *meetings.RULES.values(), meetings.OWN_KIND}
    known |= {kind.rule for kind in leavers._KINDS.values()}
    assert known == set(checks.RULES)
