from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.model.contacts.book import Book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """An empty directory."""
    made = Book(tmp_path / "samlop.store")
    yield made
    made.store.close()
