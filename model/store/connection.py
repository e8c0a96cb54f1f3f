"""The one module that makes connections, and that knows the driver and its exceptions.

The driver is sqlcipher3 with and without a key. It stands in for `pysqlite3` before sqlite_utils is ever imported: else
sqlite_utils catches the exceptions of another driver.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from model.errors import BadInput, DamagedStore, SamlopError, StoreTrouble, WrongKey
from model.language import _

driver: Any = dbapi2  # it comes without types; those of the standard library's twin fit
sys.modules.setdefault("pysqlite3", driver)
# Without this the driver searches for an adapter of None with every NULL it binds: rows with half their fields empty
# went in at a sixth of the speed.
driver.register_adapter(type(None), {}.get)

if TYPE_CHECKING:
    from sqlite3 import Connection as Connection
    from sqlite3 import IntegrityError as IntegrityError
else:
    Connection = driver.Connection
    IntegrityError = driver.IntegrityError

SCREEN_CACHE_KIB = 2 * 1024
COMMAND_CACHE_KIB = 64 * 1024
BUSY_MS = 10_000
# Once its cache is full, the driver makes new statements push out each other, and every call compiles anew.
CACHED_STATEMENTS = 2000
OUTSIDE = "outside the write door"
"""What the ledger's triggers say to a write that goes around the door."""
SMALLEST = 512
"""Bytes in SQLite's smallest page. It takes a shorter file for an empty one, and would write over it."""
_PLAIN_HEADER = b"SQLite format 3\x00"


def is_plain(path: Path) -> bool:
    """Whether the file is an unencrypted SQLite store."""
    with path.open("rb") as file:
        return file.read(16) == _PLAIN_HEADER


def connect(path: Path, key: str | None, *, create: bool = False, cache_kib: int = COMMAND_CACHE_KIB) -> Connection:
    """Open the store's file with its pragmas set. `key`: `x'…'` (64 hex digits), a passphrase, or None (a plain file).

    A file that may not be written to is opened for reading.

    Errors: StoreTrouble (missing, unreadable, locked), WrongKey, DamagedStore, BadInput (not a store at all).
    """
    if create:
        _make_private(path)
    elif not path.exists():
        raise StoreTrouble(_("There is no store at {path}. Make one with: samlop init").format(path=path))
    elif path.is_dir():
        raise StoreTrouble(_("{path} is a folder, not a store. Give the store's file with --store.").format(path=path))
    elif not os.access(path, os.R_OK):
        raise StoreTrouble(_("The store {path} cannot be read. Check who owns the file.").format(path=path))
    elif path.stat().st_size < SMALLEST:
        raise BadInput(_("{path} is empty or too short to be a store. Make one with: samlop init").format(path=path))
    elif is_plain(path):
        key = None  # a plain store has no key; one left over from before does no harm
    with speaking(path):
        db: Connection = driver.connect(
            _address(path),
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_MS / 1000,
            cached_statements=CACHED_STATEMENTS,
        )
    try:
        with speaking(path):
            _prepare(db, path, key, cache_kib)
        return db
    except BaseException:
        db.close()
        raise


def writable(path: Path) -> bool:
    """Whether the store may be written to: its file, and its folder, where the write-ahead log must lie."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _address(path: Path) -> str:
    """How SQLite is to open the file.

    Where nothing may be written there can be no write-ahead log either. When none was left behind, nobody is at work in
    the store (or nobody can be, from here), and it is read as it lies.
    """
    address = path.absolute().as_uri()
    if writable(path):
        return address
    return address + ("?mode=ro" if log_files(path)[0].exists() else "?immutable=1")


def log_files(path: Path) -> tuple[Path, Path]:
    """The write-ahead log and its index, which lie beside an open store."""
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def _prepare(db: Connection, path: Path, key: str | None, cache_kib: int) -> None:
    db.execute("PRAGMA cipher_log_level = NONE")
    if key is not None:
        quoted = key.replace('"', '""')
        db.execute(f'PRAGMA key = "{quoted}"')
    try:
        db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except driver.DatabaseError as error:
        if "not a database" in str(error) or "file is encrypted" in str(error):
            raise WrongKey(
                _("The key does not open {path}, or the file is not a store, or it is damaged at its start.").format(
                    path=path
                )
            ) from None
        raise
    db.execute("PRAGMA foreign_keys = ON")
    if writable(path):
        db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute(f"PRAGMA cache_size = -{cache_kib}")
    db.execute("PRAGMA temp_store = 2")
    db.execute("PRAGMA recursive_triggers = ON")  # else INSERT OR REPLACE takes rows away without a trace
    db.set_authorizer(_authorize)


def _authorize(action: int, first: str | None, *_rest: object) -> int:
    """No other file is attached; VACUUM attaches a nameless one."""
    if action == driver.SQLITE_ATTACH and first:
        return int(driver.SQLITE_DENY)
    return int(driver.SQLITE_OK)


def _make_private(path: Path) -> None:
    """The file is there with mode 0600, in a folder of mode 0700, before SQLite sees it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600))
    except FileExistsError:
        raise StoreTrouble(_("There is a file at {path} already. Choose another place.").format(path=path)) from None
    except OSError as error:
        raise StoreTrouble(
            _("The store cannot be made at {path}: {why}.").format(path=path, why=error.strerror)
        ) from None


def roll_back(db: Connection) -> None:
    """Leave the open transaction, if there is one still: some errors end it by themselves."""
    if db.in_transaction:
        db.execute("ROLLBACK")


@contextmanager
def speaking(path: Path | str) -> Iterator[None]:
    """Turn the driver's errors into sentences; no statement and no value is ever repeated."""
    try:
        yield
    except SamlopError:
        raise
    except driver.Error as error:
        if OUTSIDE in str(error):
            raise  # the program's own fault, and nothing a person could act on
        raise translate(error, path) from None
    except OverflowError as error:
        if "to SQLite" not in str(error):
            raise
        raise BadInput(_("This value does not fit the field.")) from None  # a number longer than the store can hold


def translate(error: Exception, path: Path | str) -> SamlopError:
    """The driver's error as one of ours."""
    said = str(error).lower()
    if "malformed" in said or "corrupt" in said or "not a database" in said:
        return DamagedStore(
            _("The store {path} is damaged. Put the latest backup in its place; samlop doctor says how it is.").format(
                path=path
            )
        )
    if "full" in said:
        return StoreTrouble(_("The disk is full: nothing was changed. Make room and try again."))
    if "readonly" in said or "read-only" in said:
        return StoreTrouble(_("The store {path} can only be read: nothing was changed.").format(path=path))
    if "locked" in said or "busy" in said:
        return StoreTrouble(_("Somebody else is writing to the store for long. Nothing was changed; try again."))
    if "interrupted" in said:
        return StoreTrouble(_("Stopped: nothing was changed."))
    if "unable to open" in said:
        return StoreTrouble(_("The store {path} cannot be opened. Check the folder and its rights.").format(path=path))
    if "disk i/o" in said:
        return StoreTrouble(_("The disk under {path} cannot be read or written right now.").format(path=path))
    if isinstance(error, driver.IntegrityError):
        return BadInput(_("This clashes with something that is in the store already. Nothing was changed."))
    return StoreTrouble(
        _("The store {path} could not do that ({kind}). Run: samlop doctor").format(
            path=path, kind=type(error).__name__
        )
    )
