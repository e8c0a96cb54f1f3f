"""Numbered raw-SQL migrations. In order: back up, begin, refuse a newer store, apply, check foreign keys, commit."""

from __future__ import annotations

from pathlib import Path

from model.errors import BadInput, DamagedStore, NewerStore, StoreTrouble
from model.language import _
from model.store import ledger
from model.store.connection import Connection, connect, driver, roll_back, speaking, writable

APPLICATION = int.from_bytes(b"Saml", "big")
SCHEMA_DIR = Path(__file__).parent / "schema"


def available() -> list[tuple[int, Path]]:
    """(number, file), in order."""
    return sorted((int(path.name[:4]), path) for path in SCHEMA_DIR.glob("[0-9]*.sql"))


def latest() -> int:
    return available()[-1][0]


def version(db: Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def refuse_foreign(db: Connection, path: Path) -> None:
    """Raise BadInput when the file is another program's database."""
    with speaking(path):
        ours = db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION
    if not ours:
        raise BadInput(_("{path} is a database of another program, not a store. It was not touched.").format(path=path))


def refuse_newer(db: Connection, path: Path) -> None:
    """Raise NewerStore when this program is older than the store."""
    if version(db) > latest():
        raise NewerStore(
            _("The store {path} is written by a newer Samløp. Update the program; nothing was changed.").format(
                path=path
            )
        )


def migrate(db: Connection, path: Path, key: str | None, *, upto: int | None = None) -> list[int]:
    """Bring the store up to date, and say which migrations ran. Work in it is backed up beside it first.

    Errors: NewerStore; StoreTrouble; DamagedStore. The store is then as it was.
    """
    target = latest() if upto is None else upto
    with speaking(path):
        refuse_newer(db, path)
        before = version(db)
        if before >= target:
            return []
        if not writable(path):
            raise StoreTrouble(
                _(
                    "The store {path} is from an older Samløp and can only be read, so it cannot be brought up to date."
                ).format(path=path)
            )
        if before:
            _back_up(db, path.with_name(f"{path.name}.before-{before + 1:04d}"), key, before)
        db.execute("PRAGMA foreign_keys = OFF")  # a table may have to be made anew; all is checked before the commit
        try:
            return _apply(db, path, target)
        finally:
            db.execute("PRAGMA foreign_keys = ON")


def _apply(db: Connection, path: Path, target: int) -> list[int]:
    db.execute("BEGIN IMMEDIATE")
    try:
        refuse_newer(db, path)  # somebody may have been quicker
        ran = [(number, file) for number, file in available() if version(db) < number <= target]
        ledger.remove(db)
        for number, file in ran:
            for statement in _statements(file.read_text(encoding="utf-8")):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {number}")
        ledger.install(db)
        if db.execute("PRAGMA foreign_key_check").fetchone():
            raise DamagedStore(
                _("The store {path} has rows that hang on nothing; it was left as it was. Run: samlop doctor").format(
                    path=path
                )
            )
        db.execute("COMMIT")
    except BaseException:
        roll_back(db)
        raise
    return [number for number, _file in ran]


def _statements(script: str) -> list[str]:
    """A migration's statements; `executescript` would commit the transaction they belong to."""
    statements, held = [], ""
    for line in script.splitlines(keepends=True):
        held += line
        if driver.complete_statement(held):
            statements.append(held)
            held = ""
    return statements


def _back_up(db: Connection, target: Path, key: str | None, schema: int) -> None:
    """A whole, consistent copy of the store under the same key, in a file of mode 0600. An earlier copy is replaced.

    `schema`: the version that is to be copied. When another process brings the store up to date first, its copy stands.
    """
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    copy = connect(part, key, create=True)
    try:
        with speaking(target):
            db.backup(copy)
            wanted = version(copy) == schema
            copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except BaseException:
        copy.close()
        part.unlink(missing_ok=True)
        raise
    copy.close()
    if wanted:
        part.replace(target)
    else:
        part.unlink()
