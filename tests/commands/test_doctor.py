"""`samlop doctor`: what is wrong with a store, and what to do about it."""

from __future__ import annotations

from pathlib import Path

from model.store.store import Store
from tests.calling import Samlop


def test_a_sound_store_is_in_order(samlop: Samlop, case: int, ot: Path) -> None:
    told = samlop("doctor")
    assert (told.code, told.out) == (0, f"The store {ot} is in order.\n")


def test_what_others_can_read_is_found_with_the_way_to_close_it(samlop: Samlop, case: int, ot: Path) -> None:
    ot.chmod(0o644)
    told = samlop("doctor", "--json")
    assert told.code == 3
    assert {finding["kind"] for finding in told.data} == {"open_to_others"}
    people = samlop("doctor")
    assert people.code == 3
    assert str(ot) in people.out
    assert "chmod 600" in people.out


def test_what_is_only_worked_out_is_repaired(samlop: Samlop, case: int, ot: Path, home: Path) -> None:
    key = next((home / ".config/samlop").glob("*.key")).read_text().strip()
    with Store.open(ot, key) as store, store.aside() as db:
        db.execute("DELETE FROM insiders")
    assert samlop("cases", "show", str(case), "--json").code in (0, 1)
    found = samlop("doctor", "--json")
    assert (found.code, [one["repairable"] for one in found.data]) == (3, [True])
    assert "--repair" in found.data[0]["fix"]
    mended = samlop("doctor", "--repair", "--json")
    assert (mended.code, mended.data) == (0, [])
    assert samlop("doctor").code == 0
