"""Where the strip of a year puts its meetings."""

from __future__ import annotations

from datetime import date

import pytest

from tests.tui.conftest import TODAY
from tui.places.year_strip import Mark, cell, places


@pytest.mark.parametrize("width", [12, 37, 76, 114])
def test_every_meeting_has_its_own_cell_in_its_month(width: int) -> None:
    days = [date(2026, 12, 9)] * 3 + [date(2026, 1, 1), date(2026, 12, 31), date(2026, 6, 15)]
    taken, now = places(2026, width, [Mark(n, day, "○") for n, day in enumerate(days)], TODAY)
    assert len(taken) == len(days)
    assert now == cell(TODAY, width)
    assert now not in taken
    assert cell(date(2026, 1, 1), width) == 0
    assert cell(date(2026, 12, 31), width) == width - 1
    assert [cell(date(2026, month, 1), width) for month in range(1, 13)] == [width * m // 12 for m in range(12)]
