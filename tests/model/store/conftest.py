from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from model.store.store import Store
from tests.model.store import kit


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with kit.make(tmp_path / "samlop.store") as opened:
        yield opened


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Store]:
    """A store with one row in every table (two contacts), made by batch 1."""
    with kit.make(tmp_path / "full.store", furnished=True) as opened:
        yield opened
