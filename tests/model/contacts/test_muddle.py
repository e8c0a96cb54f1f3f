"""Lists, hands, merges and every option together: whatever was done before, an import is planned as it is applied, done
once however often, and undone to the last cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from model import clock
from model.contacts.intake.importing import as_data
from model.contacts.intake.wish import OnConflict
from tests.model.contacts.book import ME, Book, counts

HEAD = "Samløp-nr;id;name;email;role;unit;phone;stemmer\n"
ROW = st.tuples(
    st.sampled_from(["", "", "", "1", "2", "99"]),
    st.sampled_from(["", "", "1", "2", "3"]),
    st.sampled_from(["Kari Nes", "Ola Nes", "Kari Nes Moe", "K. Nes", "Åse Bø"]),
    st.sampled_from(["", "", "a@example.no", "b@example.no"]),
    st.sampled_from(["", "rektor", "rådgiver"]),
    st.sampled_from(["", "Nord vgs", "Sør vgs"]),
    st.sampled_from(["", "57000001", "57000002"]),
    st.sampled_from(["", "", "", "ja", "sluttet"]),
)
LIST = st.lists(ROW, min_size=1, max_size=5)
HAND = st.tuples(
    st.sampled_from(["phone", "email", "name", "left_on", "merged_into"]),
    st.integers(0, 3),
    st.sampled_from(["x", "y"]),
)
HOW = st.fixed_dictionaries(
    {
        "on_conflict": st.sampled_from(list(OnConflict)),
        "blank_clears": st.booleans(),
        "complete": st.booleans(),
    }
)
STEP = st.one_of(
    st.tuples(st.just("list"), LIST, st.sampled_from(["a", "b"])),
    st.tuples(st.just("hand"), HAND, st.just("")),
)


def text(rows: list[tuple[str, ...]]) -> str:
    return HEAD + "".join(";".join(row) + "\n" for row in rows)


def by_hand(book: Book, change: tuple[str, int, str]) -> None:
    """Somebody changes one of those who are there."""
    field, place, value = change
    there = [number for (number,) in book.all("SELECT id FROM contacts WHERE merged_into IS NULL ORDER BY id")]
    if not there or (field == "merged_into" and len(there) < 2):
        return
    number = there[place % len(there)]
    others = [other for other in there if other != number]
    new: dict[str, Any] = {
        "phone": {"phone": f"+475700000{'56'[value == 'x']}"},
        "email": {"email": f"{value}@example.no"},
        "name": {"name": f"Kari {value.upper()} Nes", "folded": f"kari {value} nes"},
        "left_on": {"left_on": "2026-09-01"},
        "merged_into": {"merged_into": others[0] if others else None},
    }
    with book.store.write(by=ME, why="contact.edit") as w:
        w.update("contacts", number, new[field])


@settings(max_examples=100)
@given(steps=st.lists(STEP, max_size=4), rows=LIST, how=HOW)
def test_planned_is_applied_twice_is_once_and_undone_is_never(
    steps: list[tuple[str, Any, str]], rows: list[tuple[str, ...]], how: dict[str, Any]
) -> None:
    with TemporaryDirectory() as folder:
        book = Book(Path(folder) / "a.store")
        with clock.fixed(date(2026, 8, 1)):
            book.take("name;unit\nKari Nes;Nord vgs\nOla Nes;\n")  # so that the numbers mean somebody
            for kind, given_, name in steps:
                if kind == "list":
                    book.take(text(given_), name)
                else:
                    by_hand(book, given_)
        with clock.fixed(date(2026, 11, 18)):
            before = book.content()
            plan = book.plan(text(rows), "a", **how)
            dry = as_data(plan, None, dry_run=True)
            assert book.content() == before
            imported = book.apply(plan)
            real = as_data(plan, imported, dry_run=False)
            assert {**dry, "batch": None, "dry_run": False} == {**real, "batch": None}
            once = book.content()
            again = book.take(text(rows), "a", **how)
            assert not {"created", "updated", "ended"} & set(counts(again))
            assert book.content() == once
            assert again["batch"] is None
            assert imported.batch is None or book.undo(imported.batch).kept == ()
            assert book.content() == before
        book.store.close()
