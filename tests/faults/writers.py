"""Processes that write to a store and may be killed at any moment. They say a number only when its write has come back.

python -m tests.faults.writers import|edit|migrate|churn STORE ARGUMENT
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from model.cases import facts
from model.store import migrations
from model.store.store import Store
from model.store.undo import undo
from tests.model.store.kit import KEY, ME

PEOPLE = 200
"""In each import: its contacts, each with one role."""


def say(n: int) -> None:
    print(n, flush=True)  # noqa: T201


def opened(path: Path) -> Store:
    return Store.open(path, KEY, keepers=lambda: (facts.keep,))


def imports(path: Path, start: str) -> None:
    """Import after import. Each is `PEOPLE` contacts with a role; every third is undone, and that undo undone."""
    with opened(path) as store:
        say(0)
        for n in count(int(start)):
            with store.write(by=ME, why="contacts.import", details={"n": n}) as w:
                ids = w.insert_many(
                    "contacts", ("name", "folded", "note"), [(f"N{i}", "n", str(n)) for i in range(PEOPLE)]
                )
                w.insert_many("contact_roles", ("contact_id", "role"), [(i, "counsellor") for i in ids])
            if n % 3 == 0:
                back = undo(store, ME, w.receipt.batch or 0)
                undo(store, ME, back.receipt.batch or 0)
            say(n)


def edits(path: Path, start: str) -> None:
    """One small batch after another, on one contact: `note` and the entry's `text` say the same number."""
    with opened(path) as store:
        say(0)
        for n in count(int(start)):
            with store.write(by=ME, why="contact.edit", details={"n": n}) as w:
                w.update("contacts", 1, {"note": str(n)})
                w.update("entries", 1, {"text": str(n)})
            say(n)


def migration(path: Path, schema: str) -> None:
    """Open the store with a folder of migrations that has one more."""
    migrations.SCHEMA_DIR = Path(schema)
    say(0)
    opened(path).close()
    say(1)


def churn(path: Path, work: str) -> None:
    """`NAME:TIMES`: so many edits, each reading the contact and then adding one to its number."""
    name, times = work.split(":")
    with opened(path) as store:
        for n in range(1, int(times) + 1):
            with store.write(by=ME, why="contact.edit", details={"writer": name, "n": n}) as w:
                before = int(w.db.execute("SELECT note FROM contacts WHERE id = 2").fetchone()[0])
                w.update("contacts", 2, {"note": str(before + 1)})
            say(n)


if __name__ == "__main__":
    job, store_path, argument = sys.argv[1:]
    {"import": imports, "edit": edits, "migrate": migration, "churn": churn}[job](Path(store_path), argument)
