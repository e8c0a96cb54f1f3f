"""One opened store: a connection to read by, and the write door."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from model import clock
from model.store import door, migrations
from model.store.connection import COMMAND_CACHE_KIB, Connection, connect, log_files, roll_back, speaking
from model.store.door import By, Keeper, Writer


def no_keepers() -> Sequence[Keeper]:
    return ()


class Store:
    """A store opened in this thread. Cheap to open: the screen's threads have one each."""

    def __init__(self, path: Path, key: str | None, db: Connection, keepers: Callable[[], Sequence[Keeper]]) -> None:
        self.path = path
        self.db = db
        self._key = key
        self._keepers = keepers

    @classmethod
    def open(
        cls,
        path: Path,
        key: str | None,
        *,
        keepers: Callable[[], Sequence[Keeper]] = no_keepers,
        cache_kib: int = COMMAND_CACHE_KIB,
    ) -> Store:
        """Open a store that is there, and bring an older one up to date (after a backup beside it).

        `keepers` gives those who keep facts and search true; asked at the first write only.
        Errors: StoreTrouble, WrongKey, NewerStore, DamagedStore, BadInput (another program's file).
        """
        db = connect(path, key, cache_kib=cache_kib)
        store = cls(path, key, db, keepers)
        try:
            migrations.refuse_foreign(db, path)
            if migrations.version(db) != migrations.latest():
                migrations.migrate(db, path, key)
        except BaseException:
            db.close()
            raise
        return store

    @classmethod
    def create(
        cls, path: Path, key: str | None, *, controller: str, keepers: Callable[[], Sequence[Keeper]] = no_keepers
    ) -> Store:
        """Make a new store. `controller`: the body that answers for the data in it. Errors: StoreTrouble."""
        db = connect(path, key, create=True)
        try:
            migrations.migrate(db, path, key)
            with speaking(path):
                db.execute(
                    "INSERT INTO about (id, store_id, controller, created_at) VALUES (1, ?, ?, ?)",
                    (os.urandom(16).hex(), controller, clock.stamp()),
                )
        except BaseException:
            db.close()
            for file in (path, *log_files(path)):
                file.unlink(missing_ok=True)
            raise
        return cls(path, key, db, keepers)

    def about(self) -> tuple[str, str, str]:
        """(store id, data controller, when it was made)."""
        with speaking(self.path):
            row = self.db.execute("SELECT store_id, controller, created_at FROM about").fetchone()
        return (row[0], row[1], row[2])

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """The connection to read by, in one snapshot; the driver's errors become sentences."""
        with speaking(self.path):
            if self.db.in_transaction:
                yield self.db
            else:
                self.db.execute("BEGIN")
                try:
                    yield self.db
                finally:
                    roll_back(self.db)

    @contextmanager
    def write(
        self, *, by: By, why: str, details: Mapping[str, Any] | None = None, undoes: int | None = None
    ) -> Iterator[Writer]:
        """Open the write door for one batch; see `model.store.door`."""
        with speaking(self.path):
            try:
                w = door.begin(self.db, by, why, details or {}, undoes)
                yield w
                door.finish(w, self._keepers())
            except BaseException:
                roll_back(self.db)
                raise

    @contextmanager
    def aside(self) -> Iterator[Connection]:
        """Write what stands outside the ledger: drafts, saved views, kept facts. All or nothing."""
        with speaking(self.path):
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
                self.db.execute("COMMIT")
            except BaseException:
                roll_back(self.db)
                raise

    def latest_batch(self) -> int:
        """The number of the newest batch: a colleague's change shows here."""
        with speaking(self.path):
            return int(self.db.execute("SELECT coalesce(max(id), 0) FROM batches").fetchone()[0])

    def data_version(self) -> int:
        """Differs from last time when another connection has committed something."""
        with speaking(self.path):
            return int(self.db.execute("PRAGMA data_version").fetchone()[0])

    def interrupt(self) -> None:
        """Stop what the connection is doing, from another thread."""
        self.db.interrupt()

    def close(self) -> None:
        """Leave one file behind."""
        with suppress(Exception):  # where another process reads or writes, it will do this when it closes
            self.db.execute("PRAGMA busy_timeout = 0")
            self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()
