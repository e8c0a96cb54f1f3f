"""Killed at any moment, or crowded: what was acknowledged is there, whole, and nothing is half there.

The quick runs are part of the suite; `make faults` does the long ones.
"""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from model.cases import facts
from model.keeping.doctor import examine
from model.store import ledger, migrations
from model.store.connection import connect
from model.store.store import Store
from tests.faults.writers import PEOPLE
from tests.model.store import kit
from tests.model.store.kit import KEY, ME, content

ROOT = Path(__file__).resolve().parents[2]
NEW_COLUMN = (
    "ALTER TABLE contacts ADD COLUMN languages TEXT NOT NULL DEFAULT 'nb';\nUPDATE contacts SET languages = 'nn';"
)

KILLS = [pytest.param(6, id="a few"), pytest.param(100, id="many", marks=pytest.mark.slow)]


def start(job: str, store: Path, argument: object) -> subprocess.Popen[str]:
    """A writer at work; it has opened the store when its first line comes."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.writers", job, str(store), str(argument)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def kill_after(writer: subprocess.Popen[str], seconds: float) -> int:
    """Let it work, kill it outright, and give the last number it said."""
    assert writer.stdout is not None
    said = [int(writer.stdout.readline())]
    time.sleep(seconds)
    writer.send_signal(signal.SIGKILL)
    said += [int(line) for line in writer.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    writer.wait()
    return said[-1]


def furnish(path: Path) -> None:
    with kit.make(path, furnished=True) as store, store.aside() as db:
        facts.rebuild(db)


@pytest.mark.parametrize("kills", KILLS)
def test_imports_killed_at_any_moment_are_whole_or_not_there(tmp_path: Path, kills: int) -> None:
    path = tmp_path / "samlop.store"
    furnish(path)
    chance = random.Random(kills)
    done = 0
    for _ in range(kills):
        done = max(done, kill_after(start("import", path, done + 1), chance.uniform(0, 0.3)))
        with Store.open(path, KEY) as store:
            imported = {
                int(n): (contacts, roles)
                for n, contacts, roles in store.db.execute(
                    "SELECT c.note, count(DISTINCT c.id), count(r.id) FROM contacts c JOIN contact_roles r "
                    "ON r.contact_id = c.id WHERE c.note IS NOT NULL GROUP BY c.note"
                )
            }
            assert set(imported) >= set(range(1, done + 1))
            assert set(imported.values()) <= {(PEOPLE, PEOPLE)}
            assert examine(store) == []
            done = max([done, *imported])
    assert done > kills / 2


@pytest.mark.parametrize("kills", KILLS)
def test_edits_killed_at_any_moment_are_all_there_and_none_is_torn(tmp_path: Path, kills: int) -> None:
    path = tmp_path / "samlop.store"
    furnish(path)
    chance = random.Random(kills)
    done = 0
    for _ in range(kills):
        done = max(done, kill_after(start("edit", path, done + 1), chance.uniform(0, 0.2)))
        with Store.open(path, KEY) as store:
            note = int(kit.value(store, "contacts", 1, "note") or 0)
            assert kit.value(store, "entries", 1, "text") == str(note) or note == 0
            assert note in (done, done + 1)  # the last may have been written and its acknowledgement not
            with store.read() as db:
                notes = db.execute("SELECT details FROM batches WHERE why = 'contact.edit' ORDER BY id").fetchall()
            assert [json.loads(told)["n"] for (told,) in notes] == list(range(1, note + 1))
            assert examine(store) == []
            done = note
    assert done > kills


@pytest.mark.parametrize("kills", KILLS)
def test_a_migration_killed_at_any_moment_is_done_or_not_begun(tmp_path: Path, kills: int) -> None:
    schema = tmp_path / "schema"
    shutil.copytree(migrations.SCHEMA_DIR, schema)
    number = migrations.latest() + 1
    (schema / f"{number:04d}_more.sql").write_text(NEW_COLUMN, encoding="utf-8")
    old = tmp_path / "old.store"
    with kit.make(old, furnished=True) as store:
        with store.write(by=ME, why="contacts.import") as w:
            w.insert_many("contacts", ("name", "folded"), [(f"N{i}" * 20, "n") for i in range(5000)])
        right = content(store)
    chance = random.Random(kills)
    ends = {True: 0, False: 0}
    path = tmp_path / "samlop.store"
    for _ in range(kills):
        for left in tmp_path.glob("samlop.store*"):
            left.unlink()
        shutil.copy(old, path)
        kill_after(start("migrate", path, schema), chance.uniform(0, 0.12))
        db = connect(path, KEY)
        moved = migrations.version(db) == number
        ends[moved] += 1
        names = ledger.columns(db, "contacts")
        assert ("languages" in names) == moved
        assert ledger.differences(db) == []
        listed = ", ".join(name for name in names if name != "languages")
        assert db.execute(f"SELECT {listed} FROM contacts ORDER BY id").fetchall() == right["contacts"]
        if moved:
            assert db.execute("SELECT DISTINCT languages FROM contacts").fetchall() == [("nn",)]
            copy = tmp_path / f"samlop.store.before-{number:04d}"
            with Store.open(copy, KEY) as before:
                assert content(before) == right
        db.close()
    assert sum(ends.values()) == kills
    assert kills < 50 or min(ends.values()) > 0


@pytest.mark.parametrize("each", [pytest.param(50, id="a few"), pytest.param(200, id="many", marks=pytest.mark.slow)])
def test_four_who_write_at_once_all_get_their_turn(tmp_path: Path, each: int) -> None:
    path = tmp_path / "samlop.store"
    furnish(path)
    with Store.open(path, KEY) as store, store.write(by=ME, why="contact.edit") as w:
        w.update("contacts", 2, {"note": "0"})
    writers = [start("churn", path, f"{name}:{each}") for name in "abcd"]
    for writer in writers:
        out, _err = writer.communicate()
        assert writer.returncode == 0
        assert out.split() == [str(n) for n in range(1, each + 1)]
    with Store.open(path, KEY) as store:
        assert kit.value(store, "contacts", 2, "note") == str(4 * each)
        with store.read() as db:
            told = [json.loads(row[0]) for row in db.execute("SELECT details FROM batches WHERE id > 2")]
            images = db.execute("SELECT count(*) FROM ledger WHERE batch > 2").fetchone()[0]
        assert images == 4 * each
        for name in "abcd":
            assert [one["n"] for one in told if one["writer"] == name] == list(range(1, each + 1))
        assert examine(store) == []
