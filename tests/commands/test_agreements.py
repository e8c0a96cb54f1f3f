"""Agreements and groups from the command line: made, signed, evaluated, ended, undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.calling import Samlop
from tests.commands.conftest import Feed

CONTACTS = """Navn;Rolle;Enhet
Kari Moe;rektor;Nord vgs
Nils Dahl;Nav-leder;Nav Førde
Eva Lie;brukerrepresentant;Brukerutvalget
"""


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMLOP_TODAY", "2026-11-21")


@pytest.fixture
def agreement(ot: Path, samlop: Samlop, feed: Feed) -> int:
    assert feed(CONTACTS, "contacts", "import", "-").code == 0
    told = samlop(
        *("agreements", "add", "Nord and Førde", "--party", "nord vgs", "--party", "Nav Førde"),
        *("--from", "2026-08-01", "--until", "2028-07-31", "--evaluate", "2027-06-01", "--reference", "P360 26/114"),
        "--json",
    )
    assert told.code == 0, told.err
    number: int = told.data["id"]
    return number


def people(samlop: Samlop) -> dict[str, int]:
    return {row["name"]: row["id"] for row in samlop("contacts", "list", "--json").data}


def test_an_agreement_stands_when_both_leaders_have_signed(agreement: int, samlop: Samlop) -> None:
    found = samlop("agreements", "show", str(agreement), "--json").data
    assert found["status"] == "unsigned"
    assert [party["name"] for party in found["parties"]] == ["Nord vgs", "Nav Førde"]
    assert all(party["unit_id"] for party in found["parties"])

    first = samlop("agreements", "sign", str(agreement), "--party", "Nord vgs", "--leader", "Kari Moe", "--on", "1.8")
    assert "Not signed yet: Nav Førde." in first.out
    second = samlop("agreements", "sign", str(agreement), "--party", "nav", "--leader", "Nils Dahl", "--json")
    assert second.data["unsigned"] == []
    found = samlop("agreements", "show", str(agreement), "--json").data
    assert found["status"] == "stands"
    assert [(party["leader"], party["signed_on"]) for party in found["parties"]] == [
        ("Kari Moe", "2026-08-01"),
        ("Nils Dahl", "2026-11-21"),
    ]

    assert samlop("undo", str(second.data["batch"])).code == 0
    assert samlop("agreements", "show", str(agreement), "--json").data["status"] == "unsigned"


def test_a_known_leader_need_not_be_named_again_and_nobody_cannot_sign(agreement: int, samlop: Samlop) -> None:
    nobody = samlop("agreements", "sign", str(agreement), "--party", "Nord vgs")
    assert (nobody.code, "--leader" in nobody.err) == (1, True)
    assert samlop("agreements", "sign", str(agreement), "--party", "Nord vgs", "--leader", "Kari Moe").code == 0
    again = samlop("agreements", "sign", str(agreement), "--party", "Nord vgs", "--on", "20.11", "--json")
    assert again.code == 0
    assert samlop("agreements", "sign", str(agreement), "--party", "Nord vgs", "--on", "2026-11-22").code == 1
    assert samlop("agreements", "sign", str(agreement), "--party", "Syd vgs", "--leader", "X").code == 1


def test_what_is_not_named_stays_and_what_is_cleared_goes(agreement: int, samlop: Samlop) -> None:
    changed = samlop(
        *("agreements", "change", str(agreement), "--title", "Nord, Førde and PPT", "--party", "PPT Sunnfjord"),
        *("--clear", "evaluate", "--json"),
    )
    assert changed.code == 0, changed.err
    found = samlop("agreements", "show", str(agreement), "--json").data
    assert (found["title"], found["evaluate_on"], found["ends_on"]) == ("Nord, Førde and PPT", None, "2028-07-31")
    assert [party["name"] for party in found["parties"]] == ["Nord vgs", "Nav Førde", "PPT Sunnfjord"]
    assert samlop("agreements", "change", str(agreement), "--without", "PPT Sunnfjord").code == 0
    fewer = samlop("agreements", "change", str(agreement), "--without", "Nord vgs")
    assert (fewer.code, "at least two parties" in fewer.err) == (1, True)
    assert samlop("agreements", "change", str(agreement)).code == 2
    backwards = samlop("agreements", "change", str(agreement), "--until", "2026-07-31")
    assert (backwards.code, "before it begins" in backwards.err) == (1, True)


def test_evaluating_sets_the_next_day_and_the_end_takes_it_off_the_list(agreement: int, samlop: Samlop) -> None:
    assert samlop("agreements", "evaluate", str(agreement), "--next", "2026-11-21").code == 1
    done = samlop("agreements", "evaluate", str(agreement), "--on", "20.11", "--next", "2027-11-01", "--json")
    assert done.data["batch"]
    found = samlop("agreements", "show", str(agreement), "--json").data
    assert (found["evaluated_on"], found["evaluate_on"]) == ("2026-11-20", "2027-11-01")

    assert samlop("agreements", "end", str(agreement)).code == 0
    assert samlop("agreements", "end", str(agreement), "--json").data["batch"] is None
    assert samlop("agreements", "list", "--json").data == []
    (ended,) = samlop("agreements", "list", "--all", "--json").data
    assert ended["status"] == "ended"


@pytest.mark.parametrize(
    "parties", [("Nord vgs",), ("Nord vgs", "nord VGS"), ("Nord vgs", "99999")], ids=["one", "twice", "no such unit"]
)
def test_an_agreement_is_between_two_who_are_there(ot: Path, samlop: Samlop, parties: tuple[str, ...]) -> None:
    told = samlop("agreements", "add", "A", *(word for party in parties for word in ("--party", party)))
    assert told.code == 1
    assert samlop("agreements", "list", "--all", "--json").data == []


def test_no_identity_number_comes_in(agreement: int, samlop: Samlop) -> None:
    for words in (("--title", "Om 01010750160"), ("--note", "01010750160"), ("--party", "01010750160 Nav")):
        told = samlop("agreements", "change", str(agreement), *words)
        assert (told.code, "01010750160" in told.err) == (1, False), words
    signed = samlop("agreements", "sign", str(agreement), "--party", "nav", "--leader", "Ola 01010750160")
    assert signed.code == 1


def test_a_steering_group_has_members_over_time(agreement: int, samlop: Samlop) -> None:
    ids = people(samlop)
    made = samlop("groups", "add", "Steering group Nord", "--agreement", str(agreement), "--json")
    group = str(made.data["id"])
    for name in ("Kari Moe", "Nils Dahl"):
        assert samlop("groups", "join", group, str(ids[name])).code == 0
    told = samlop("groups", "join", group, str(ids["Eva Lie"]), "--role", "brukerrepresentant", "--from", "1.9")
    assert told.code == 0
    same = samlop("groups", "join", group, str(ids["Kari Moe"]), "--json")
    assert same.data["batch"] is None

    found = samlop("groups", "show", group, "--json").data
    assert {(m["name"], m["role"], m["starts_on"]) for m in found["members"]} == {
        ("Kari Moe", "principal", "2026-11-21"),
        ("Nils Dahl", "nav_leader", "2026-11-21"),
        ("Eva Lie", "user_representative", "2026-09-01"),
    }
    assert found["agreement"] == "Nord and Førde"
    assert samlop("agreements", "show", str(agreement), "--json").data["groups"] == [
        {"id": int(group), "name": "Steering group Nord"}
    ]

    out = samlop("groups", "leave", group, str(ids["Eva Lie"]), "--on", "2026-10-31", "--json")
    assert out.data["batch"]
    gone = next(m for m in samlop("groups", "show", group, "--json").data["members"] if m["name"] == "Eva Lie")
    assert (gone["ends_on"], gone["runs"]) == ("2026-10-31", False)
    assert samlop("groups", "join", group, str(ids["Eva Lie"])).code == 0
    eva = [m for m in samlop("groups", "show", group, "--json").data["members"] if m["name"] == "Eva Lie"]
    assert [m["runs"] for m in eva] == [False, True]

    assert samlop("undo", str(out.data["batch"])).code == 3  # she has come back since


def test_a_group_that_has_ended_takes_nobody_in(agreement: int, samlop: Samlop) -> None:
    ids = people(samlop)
    group = str(samlop("groups", "add", "Project group", "--json").data["id"])
    assert samlop("groups", "leave", group, str(ids["Kari Moe"])).code == 1
    assert samlop("groups", "join", group, "99999").code == 1
    ended = samlop("groups", "end", group, "--json")
    assert samlop("groups", "join", group, str(ids["Kari Moe"])).code == 1
    assert samlop("groups", "list", "--json").data == []
    assert [g["name"] for g in samlop("groups", "list", "--all", "--json").data] == ["Project group"]
    assert samlop("undo", str(ended.data["batch"])).code == 0
    assert samlop("groups", "join", group, str(ids["Kari Moe"])).code == 0


def test_two_rows_of_one_person_in_a_group_become_one_member(agreement: int, samlop: Samlop) -> None:
    ids = people(samlop)
    group = str(samlop("groups", "add", "Steering group Nord", "--json").data["id"])
    for name in ("Kari Moe", "Eva Lie"):
        assert samlop("groups", "join", group, str(ids[name])).code == 0
    merged = samlop("contacts", "merge", str(ids["Kari Moe"]), str(ids["Eva Lie"]))
    assert merged.code == 0, merged.err
    (member,) = samlop("groups", "show", group, "--json").data["members"]
    assert (member["contact_id"], member["role"]) == (ids["Kari Moe"], "principal")


def test_a_group_can_only_steer_an_agreement_that_is_there(ot: Path, samlop: Samlop) -> None:
    assert samlop("groups", "add", "A", "--agreement", "7").code == 1
    assert samlop("groups", "show", "7").code == 1
    assert samlop("agreements", "show", "7").code == 1
