from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from model import clock
from tests.model.lists.county import TODAY, County


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    """A new store on a day that stands still, with the three standard lists."""
    with clock.fixed(date.fromisoformat(TODAY)):
        made = County(tmp_path / "samlop.store")
        yield made
        made.store.close()
