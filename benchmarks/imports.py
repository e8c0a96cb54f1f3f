"""A list of 100,000 contacts into an encrypted store, against the same file into a table that checks nothing."""

from __future__ import annotations

import csv
import json
import random
import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.bench import BENCH, ENV, ROOT, Bench, Demo, demo, scratch, timed
from benchmarks.measure import Growth, NotMeasured, Result, alternate
from benchmarks.peers import peer

ROWS = 100_000
_FIRST = (
    "Kari",
    "Ola",
    "Anne",
    "Per",
    "Åse",
    "Jon",
    "Máret",
    "Ánte",
    "Fatima",
    "Omar",
    "Linh",
    "Duc",
    "Zofia",
    "Hodan",
)
_LAST = ("Nes", "Moe", "Bø", "Haugen", "Sæther", "Vik", "Øien", "Somby", "Utsi", "Ali", "Hassan", "Trần", "Wójcik")
_ROLES = (("rådgiver", "{} vgs"), ("ungdomskontakt", "Nav {}"), ("OT-kontakt", "OT {}"))


def imports(bench: Bench) -> Iterator[Result]:
    """Planned and applied, then the same file again."""
    folder = scratch()
    file = _list(ROWS)
    again: list[float] = []

    def ours() -> float:
        first = _import(folder, file, "created", ROWS)
        again.append(_import(folder, file, "unchanged", ROWS, fresh=False))
        return first

    def theirs() -> float:
        database = folder / "contacts.db"
        database.unlink(missing_ok=True)
        command = [str(peer("sqlite-utils")), "upsert", str(database), "contacts", str(file), "--csv", "--pk", "id"]
        taken = timed(command)
        counted = [str(peer("sqlite-utils")), "query", str(database), "select count(*) as n from contacts", "--csv"]
        timed(counted, shows=str(ROWS))
        return taken

    first, other = alternate(bench.runs(5), ours, theirs, warm=False)
    yield Result("import of 100,000 contacts, planned and applied", "sqlite-utils upsert --csv", 1.0, first, other)
    yield Result("the same file again, unchanged", "its first import", 0.7, statistics.median(again), first)


def growing(bench: Bench) -> Growth:
    """The import at a hundredth, a tenth and all of it."""
    folder = scratch()
    sizes = (ROWS // 100, ROWS // 10, ROWS)
    lists = [_list(rows) for rows in sizes]
    measures = [
        lambda file=file, rows=rows: _import(folder, file, "created", rows)
        for file, rows in zip(lists, sizes, strict=True)
    ]
    return Growth("import of contacts", sizes, tuple(alternate(bench.runs(3), *measures, warm=False)))


def _import(folder: Path, file: Path, outcome: str, rows: int, *, fresh: bool = True) -> float:
    """Seconds of one import of a list into a store; `fresh`: into a new one, without anybody in it."""
    empty: Demo = demo("empty")
    store = folder / "samlop.store"
    if fresh:
        for old in folder.glob("samlop.store*"):
            old.unlink()
        shutil.copy(empty.store, store)
    command = [*empty.samlop, "--store", str(store), "contacts", "import", str(file), "--json"]
    begun = time.perf_counter()
    done = subprocess.run(command, env=ENV, cwd=ROOT, capture_output=True, text=True)
    taken = time.perf_counter() - begun
    if done.returncode:
        raise NotMeasured(f"the import ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    data = json.loads(done.stdout)["data"]
    if data[outcome] != rows:
        raise NotMeasured(f"the import should give {rows} {outcome}, and gave {data[outcome]}")
    return taken


def _list(rows: int) -> Path:
    """So many people at units all over the country, as a county's system would write them; the same every time."""
    file = BENCH / f"contacts-{rows}.csv"
    if file.exists():
        return file
    dice = random.Random(rows)
    file.parent.mkdir(exist_ok=True)
    places = _places()
    unfinished = file.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "name", "role", "unit", "municipality", "phone", "email"])
        for number in range(1, rows + 1):
            first, last = dice.choice(_FIRST), dice.choice(_LAST)
            role, unit = dice.choice(_ROLES)
            place = dice.choice(places)
            phone = f"9{number:07}" if dice.random() < 0.9 else f"+47 9{number:07}"
            email = f"person{number}@example.no" if dice.random() < 0.95 else ""
            writer.writerow([number, f"{first} {last}", role, unit.format(place), place, phone, email])
    unfinished.rename(file)
    return file


def _places() -> list[str]:
    """The municipalities that one name means."""
    from model.contacts import places

    names = [place.name for place in places.municipalities()]
    return sorted(name for name in names if names.count(name) == 1)
