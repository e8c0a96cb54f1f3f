"""The small-cell rule, against somebody who tries every table that fits what is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.privacy.suppression import LEAST, UNDER, Shown, Table, alone, crossed, divided

SMALL = st.integers(0, 7)


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.cells]


def test_what_is_large_enough_is_shown_rounded_with_its_total() -> None:
    table = divided([[12, 13, 40]])
    assert texts(table) == [["10", "15", "40"]]
    assert table.total.text == "65"
    assert not table.suppressed


@pytest.mark.parametrize(("number", "shown"), [(0, "under 5"), (4, "under 5"), (5, "5"), (7, "5"), (8, "10")])
def test_the_limit_itself_is_shown_and_nought_is_not(number: int, shown: str) -> None:
    assert alone(number).text == shown


def test_one_small_number_takes_the_smallest_other_with_it() -> None:
    table = divided([[2, 9, 30]])
    assert texts(table) == [["under 5", "not shown", "30"]]
    assert table.total.text == "40"


def test_small_numbers_that_hide_each_other_take_nobody_with_them() -> None:
    assert texts(divided([[2, 2, 3, 30]])) == [["under 5", "under 5", "under 5", "30"]]


def test_small_numbers_that_add_up_to_nothing_are_not_given_away_as_noughts() -> None:
    assert texts(divided([[0, 0, 9, 30]])) == [["under 5", "under 5", "not shown", "30"]]


def test_a_way_that_shows_all_does_not_give_back_what_another_hides() -> None:
    table = divided([[20, 1], [14, 7]])
    assert texts(table) == [["not shown", "under 5"], ["15", "5"]]
    assert table.total.text == "20"


def test_where_hiding_does_not_help_nothing_is_shown() -> None:
    table = divided([[3, 3]])
    assert texts(table) == [["not shown", "not shown"]]
    assert table.total.text == "not shown"


def test_a_hidden_cell_of_a_crossed_table_takes_one_in_its_row_one_in_its_column_and_the_corner() -> None:
    table = crossed([[2, 20, 30], [12, 15, 40], [50, 60, 70]])
    hidden = {(i, j) for i, row in enumerate(table.cells) for j, cell in enumerate(row) if cell.number is None}
    assert hidden == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert [cell.text for cell in (*table.rows, *table.columns, table.total)] == [
        "50",
        "65",
        "180",
        "65",
        "95",
        "140",
        "300",
    ]


def test_a_limit_that_hides_nobody_and_ways_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError):
        divided([[10]], under=LEAST - 1)
    with pytest.raises(ValueError):
        divided([[10], [9]])
    with pytest.raises(ValueError):
        crossed([[1, 2], [3]])


@given(st.lists(SMALL, min_size=1, max_size=5))
def test_one_way_tells_no_more_of_a_small_number_than_that_it_is_small(numbers: list[int]) -> None:
    table = divided([numbers], under=LEAST)
    _nothing_is_reckoned([*table.cells[0], table.total], [*numbers, sum(numbers)], lambda n: (*n, sum(n)))


@given(st.integers(0, 14), st.data())
def test_several_ways_tell_no_more_either(people: int, data: st.DataObject) -> None:
    ways = [_parts(people, data.draw(st.lists(st.integers(0, people), min_size=1, max_size=2))) for _way in range(2)]
    table = divided(ways, under=LEAST)
    first = len(ways[0])

    def with_total(cells: Sequence[int]) -> tuple[int, ...] | None:
        return (*cells, sum(cells[:first])) if sum(cells[:first]) == sum(cells[first:]) else None

    _nothing_is_reckoned([*table.cells[0], *table.cells[1], table.total], [*ways[0], *ways[1], people], with_total)


@given(st.lists(st.tuples(SMALL, SMALL), min_size=1, max_size=3))
def test_rows_and_columns_tell_no_more_either(rows: list[tuple[int, int]]) -> None:
    table = crossed(rows, under=LEAST)
    marks = [*(cell for row in table.cells for cell in row), *table.rows, *table.columns, table.total]
    _nothing_is_reckoned(marks, _with_totals([n for row in rows for n in row]), _with_totals)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=6), st.data())
def test_one_person_more_is_never_seen_as_one(numbers: list[int], data: st.DataObject) -> None:
    more = list(numbers)
    more[data.draw(st.integers(0, len(numbers) - 1))] += 1
    before, after = divided([numbers]), divided([more])
    for one, other in zip((*before.cells[0], before.total), (*after.cells[0], after.total), strict=True):
        if one.number is not None and other.number is not None:
            assert abs(one.number - other.number) in (0, UNDER)


def _nothing_is_reckoned(
    marks: Sequence[Shown], true: Sequence[int], with_totals: Callable[[Sequence[int]], Sequence[int] | None]
) -> None:
    """Of the tables that fit what is shown, told exactly: a small number may be any small one, a hidden one several.

    What is hidden for another's sake is known not to be small, unless nothing at all is shown.
    """
    withheld = all(mark.number is None and mark.under is None for mark in marks)
    cells = next(n for n in range(len(true)) if with_totals(true[:n]) == tuple(true))
    could_be = [_choices(mark, number, withheld) for mark, number in zip(marks, true, strict=True)]
    seen: list[set[int]] = [set() for _mark in marks]
    for filled in product(*could_be[:cells]):
        table = with_totals(filled)
        if table is not None and all(n in among for n, among in zip(table, could_be, strict=True)):
            for place, n in enumerate(table):
                seen[place].add(n)
    for mark, number, found in zip(marks, true, seen, strict=True):
        assert number in found
        if mark.number is not None:
            assert number >= LEAST
        elif mark.under is not None:
            assert found == set(range(LEAST))
        else:
            assert len(found) > 1


def _choices(mark: Shown, number: int, withheld: bool) -> range:
    """What the number could be; of a large hidden one, what lies near enough for a small one to be any."""
    if mark.number is not None:
        return range(number, number + 1)
    if mark.under is not None:
        return range(LEAST)
    return range(max(number - LEAST, 0 if withheld else LEAST), number + LEAST)


def _with_totals(flat: Sequence[int]) -> tuple[int, ...]:
    """Rows of two, with the totals of both."""
    rows = [flat[i : i + 2] for i in range(0, len(flat), 2)]
    columns = [sum(flat[i::2]) for i in range(2)]
    return (*flat, *map(sum, rows), *columns, sum(flat))


def _parts(people: int, cuts: list[int]) -> list[int]:
    at = [0, *sorted(cuts), people]
    return [b - a for a, b in pairwise(at)]
