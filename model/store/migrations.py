"""Numbered raw-SQL migrations. In order: back up, begin, refuse a newer store, apply, check foreign keys, commit."""

from __future__ import annotations

from pathlib import Path

from model.errors import DamagedStore, NewerStore
from model.language import _
from model.store import ledger
from model.store.connection import Connection, connect, speaking

SCHEMA_DIR = Path(__file__).parent / "schema"


def available() -> list[tuple[int, Path]]:
    """(number, file), in order."""
    return sorted((int(path.name[:4]), path) for path in SCHEMA_DIR.glob("[0-9]*.sql"))


def latest() -> int:
    return available()[-1][0]


def version(db: Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def refuse_newer(db: Connection, path: Path) -> None:
    """Raise NewerStore when this program is older than the store."""
    if version(db) > latest():
        raise NewerStore(
            _("The store {path} is written by a newer Samløp. Update the program; nothing was changed.").format(
                path=path
            )
        )


def migrate(db: Connection, path: Path, key: str | None, *, upto: int | None = None) -> list[int]:
    """Bring the store up to date, and say which migrations ran. A store that holds work is backed up beside itself first."""
    refuse_newer(db, path)
    target = latest() if upto is None else upto
    before = version(db)
    if before >= target:
        return []
    if before:
        backup(db, path.with_name(f"{path.name}.before-{before + 1:04d}"), key)
    ran = []
    with speaking(path):
        db.execute("BEGIN IMMEDIATE")
        try:
            refuse_newer(db, path)  # somebody may have been quicker
            for number, file in available():
                if version(db) < number <= target:
                    for statement in _statements(file.read_text(encoding="utf-8")):
                        db.execute(statement)
                    db.execute(f"PRAGMA user_version = {number}")
                    ran.append(number)
            ledger.install(db)
            if db.execute("PRAGMA foreign_key_check").fetchone():
                raise DamagedStore(
                    _("The store {path} has rows that hang on nothing; it was left as it was.").format(path=path)
                )
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
    return ran


def _statements(script: str) -> list[str]:
    """A migration's statements; `executescript` would commit the transaction they belong to."""
    from sqlite3 import complete_statement

    statements, held = [], ""
    for line in script.splitlines(keepends=True):
        held += line
        if complete_statement(held):
            statements.append(held)
            held = ""
    return statements


def backup(db: Connection, target: Path, key: str | None) -> Path:
    """A whole, consistent copy of the store under the same key, in a file of mode 0600. An earlier copy is replaced."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    copy = connect(part, key, create=True)
    try:
        with speaking(target):
            db.backup(copy)
    finally:
        copy.close()
    part.replace(target)
    return target
