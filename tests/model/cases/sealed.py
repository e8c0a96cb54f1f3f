"""The small county of `world`, in an encrypted store as people have it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from model.cases import facts
from model.store.store import Store
from tests.model.cases.world import World, _fill

KEY = "x'" + "5a" * 32 + "'"


@cache
def _template() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "county.db"
        with Store.create(path, KEY, controller="Testfylket", keepers=lambda: (facts.keep,)) as store:
            _fill(store)
        return path.read_bytes()


class SealedWorld(World):
    def __init__(self, folder: Path) -> None:
        path = folder / "county.db"
        path.write_bytes(_template())
        self.store = Store.open(path, KEY, keepers=lambda: (facts.keep,))
        self.store.db.execute("PRAGMA synchronous = OFF")  # a test's store need not outlive the power
        self.made = 0

    def one(self, sql: str, *params: object) -> tuple[Any, ...]:
        """The one row that a question gives."""
        (row,) = self.all(sql, *params)
        return row

    def all(self, sql: str, *params: object) -> list[tuple[Any, ...]]:
        with self.store.read() as db:
            return [tuple(row) for row in db.execute(sql, params)]

    def batch_of(self, table: str, row_id: int) -> int:
        return int(self.one(f"SELECT batch FROM {table} WHERE id = ?", row_id)[0])
