"""A point of the agenda is said otherwise, moved and taken off; it stays what it was about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import BadInput, NotFound
from model.meetings import editing, planning, sending
from model.meetings.inviting import plan_cancellation
from model.meetings.records import AgendaItem
from model.store.door import Conflict
from tests.model.meetings.year import COUNTY, Year


def planned(year: Year) -> int:
    with year.store.read() as db:
        plan = planning.plan_meeting(db, COUNTY, "ot_cooperation", 2026)
    return planning.apply(year.store, COUNTY, plan).id


def titles(year: Year, number: int) -> list[str]:
    return [point.title for point in year.meeting(number).agenda]


def test_a_point_said_otherwise_is_the_same_point(year: Year) -> None:
    number = planned(year)
    point = year.meeting(number).agenda[0]
    item = AgendaItem(title="Hello", text="and who is here")
    editing.edit_agenda_item(year.store, COUNTY, number, point.id, item, seen=point.batch)
    now = year.meeting(number).agenda[0]
    assert (now.id, now.title, now.text, now.origin) == (point.id, "Hello", "and who is here", point.origin)
    with pytest.raises(Conflict):
        editing.edit_agenda_item(year.store, COUNTY, number, point.id, AgendaItem(title="Mine"), seen=point.batch)


@given(moves=st.lists(st.tuples(st.integers(0, 2), st.sampled_from([-1, 1])), max_size=4))
def test_moving_points_loses_none_and_goes_past_no_end(moves: list[tuple[int, int]]) -> None:
    order = ["a", "b", "c"]
    wanted = list(order)
    for at, by in moves:
        to = max(0, min(2, at + by))
        wanted.insert(to, wanted.pop(at))
    for at, by in moves:
        order = editing.moved(order, order[at], by)
    assert order == wanted


def test_a_point_is_moved_and_taken_off(year: Year) -> None:
    number = planned(year)
    first, second, *rest = year.meeting(number).agenda
    editing.move_agenda_item(year.store, COUNTY, number, second.id, -1)
    assert titles(year, number)[:2] == [second.title, first.title]
    editing.move_agenda_item(year.store, COUNTY, number, second.id, -1)
    assert titles(year, number)[:2] == [second.title, first.title]
    editing.remove_agenda_item(year.store, COUNTY, number, second.id)
    assert titles(year, number) == [first.title, *(point.title for point in rest)]


def test_what_is_not_on_the_agenda_is_not_changed(year: Year) -> None:
    number, gone = planned(year), 999
    item = AgendaItem(title="x")
    with pytest.raises(NotFound):
        editing.edit_agenda_item(year.store, COUNTY, number, gone, item, seen=1)
    with pytest.raises(NotFound):
        editing.move_agenda_item(year.store, COUNTY, number, gone, 1)
    with pytest.raises(NotFound):
        editing.remove_agenda_item(year.store, COUNTY, number, gone)
    with year.store.read() as db:
        off = plan_cancellation(db, COUNTY, number)
    sending.record(year.store, COUNTY, off)
    with pytest.raises(BadInput):
        editing.move_agenda_item(year.store, COUNTY, number, year.meeting(number).agenda[0].id, 1)
