from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from model import clock
from tests.model.meetings.year import TODAY, Year


@pytest.fixture
def year(tmp_path: Path) -> Iterator[Year]:
    """A county on 21 November 2026."""
    with clock.fixed(TODAY):
        made = Year(tmp_path)
        yield made
        made.store.close()
