"""Minutes as a tree: it is the file, whatever is written in it, and what others change meanwhile is not lost."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from model import clock
from model.meetings.minutes import working
from tests.model.meetings.minuted import ACTION, DECISION, Minuted
from tests.model.meetings.year import COUNTY, Year

_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=30)
_DAY = st.one_of(st.sampled_from(["", "2026-02-30", "fri", "2026-12-01"]), st.dates().map(date.isoformat))
_ACTION = st.fixed_dictionaries(
    {"key": _TEXT, "text": _TEXT, "owner": st.one_of(_TEXT, st.integers(1, 9)), "due": _DAY}
)
_DECISION = st.fixed_dictionaries({"key": _TEXT, "agenda": st.one_of(st.just(""), st.integers(1, 4))})
_TREE = st.fixed_dictionaries(
    {
        "summary": _TEXT,
        "meeting": st.fixed_dictionaries({"id": st.just(1), "date": _DAY, "place": _TEXT}),
        "participants": st.lists(
            st.fixed_dictionaries({"name": _TEXT, "attendance": st.sampled_from(["", "present", "absent"])}), max_size=3
        ),
        "agenda": st.lists(st.fixed_dictionaries({"title": _TEXT, "text": _TEXT}), max_size=4),
        "decisions": st.lists(_DECISION, max_size=3),
        "actions": st.lists(_ACTION, max_size=3),
        "open_points": st.just([]),
    }
)


@given(_TREE)
def test_a_tree_comes_back_from_its_file_as_it_was(tree: dict[str, Any]) -> None:
    text = working.as_toml(tree)
    assert tomllib.loads(text)["summary"] == tree["summary"]
    assert working.read(text) == tree


@given(_TREE, st.data())
def test_decisions_follow_the_items_they_name(tree: dict[str, Any], data: st.DataObject) -> None:
    for n, item in enumerate(tree["agenda"]):
        item["mark"] = n
    tree["decisions"] = [d for d in tree["decisions"] if d["agenda"] == "" or d["agenda"] <= len(tree["agenda"])]
    meant = [d["agenda"] and tree["agenda"][d["agenda"] - 1]["mark"] for d in tree["decisions"]]
    gone: set[int] = set()
    for _turn in range(3):
        if not tree["agenda"]:
            break
        row = data.draw(st.integers(0, len(tree["agenda"]) - 1))
        if data.draw(st.booleans()):
            gone.add(tree["agenda"][row]["mark"])
            working.remove(tree, "agenda", row)
        else:
            working.move(tree, "agenda", row, data.draw(st.sampled_from([-1, 1])))
    for decision, mark in zip(tree["decisions"], meant, strict=True):
        number = decision["agenda"]
        assert (tree["agenda"][number - 1]["mark"] if number else "") == ("" if mark in gone else mark)


@settings(max_examples=50)
@given(_TREE, _TREE)
def test_what_nobody_else_touched_is_mine_and_what_i_did_not_is_theirs(mine: Any, now: Any) -> None:
    assert working.renewed(deepcopy(mine), mine, now) == now
    assert working.renewed(mine, now, now) == mine


def test_what_others_record_meanwhile_joins_what_is_written(year: Year) -> None:
    held = Minuted(year, on="2026-11-16")
    with year.store.read() as db:
        began = working.begin(db, COUNTY, held.id)
    mine = deepcopy(began)
    mine["summary"] = "Mine"
    mine["participants"][0]["attendance"] = "absent"
    mine["actions"].append({"key": working.next_key(mine, began, "actions"), "text": "Do", "owner": "", "due": ""})
    first, second = held.book.meeting(held.id).participants[:2]
    for person in (first, second):
        held.book.change("participants", person.id, attendance="present")
    with year.store.read() as db:
        now = working.begin(db, COUNTY, held.id)
    made = working.renewed(mine, began, now)
    assert [p["attendance"] for p in made["participants"][:2]] == ["absent", "present"]
    assert (made["summary"], made["actions"][0]["key"]) == ("Mine", "a1")
    assert working.next_key(made, began, "actions") == "a2"


def test_the_same_minutes_are_filed_once_however_they_are_written(year: Year) -> None:
    held = Minuted(year, on="2026-11-16")
    more = (DECISION.format(owner=year.sender), ACTION.format(owner=year.sender))
    with clock.fixed(date(2026, 11, 20)):
        assert held.file(held.whole(*more)).version == 1
        with year.store.read() as db:
            tree = working.begin(db, COUNTY, held.id)
        again = held.file(working.as_toml(tree))
        assert (again.version, again.batch) == (1, None)
        tree["summary"] = "Else"
        assert held.file(working.as_toml(tree), correct=True).version == 2
