"""Two rows that are one person: what is kept, what goes along, and that undoing brings all of it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.contacts import directory, editing
from model.contacts.merging import MergePlan, merge, plan_merge
from model.contacts.records import Contact
from model.errors import BadInput, NotFound, Refused
from model.store import ledger, references
from model.store.door import Conflict, Writer
from model.store.tables import TABLES
from tests.model.contacts.book import ME, Book

A, B, C = 1, 2, 3
DAYS = (None, "2020-08-01", "2023-06-30", "2025-01-01", "2026-06-30")


def contacts(book: Book, **b: object) -> None:
    """A with an e-mail, B with what is given, and C."""
    with book.store.write(by=ME, why="demo") as w:
        w.insert("units", kind="school", service="school", name="Hafstad vgs", folded="hafstad vgs")
        w.insert("units", kind="school", service="school", name="Mo vgs", folded="mo vgs")
        w.insert("contacts", name="Kari Nes", folded="kari nes", email="kari@nes.example", confirmed_on="2026-01-01")
        w.insert("contacts", **{"name": "Kari A. Nes", "folded": "kari a nes"} | b)  # type: ignore[arg-type]
        w.insert("contacts", name="Ola Moe", folded="ola mo")


def plan(book: Book, a: int = A, b: int = B, **take: str) -> MergePlan:
    with book.store.read() as db:
        return plan_merge(db, ME, a, b, take)


def whole(book: Book) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of people's work, but for the numbers of batches."""
    with book.store.read() as db:
        columns = {table: [name for name in ledger.columns(db, table) if name != "batch"] for table in TABLES}
    return {table: book.all(f"SELECT {', '.join(names)} FROM {table} ORDER BY id") for table, names in columns.items()}


def naming(book: Book, contact: int) -> int:
    """How many places name the contact."""
    with book.store.read() as db:
        at = [*references.to(db, "contacts"), ("participants", "contact_id"), ("actions", "owner_id")]
    return sum(
        book.all(f"SELECT count(*) FROM {table} WHERE {column} = ?", contact)[0][0]
        for table, column in at
        if table != "contacts"
    )


# Fields ---------------------------------------------------------------------------------------------------------------


def test_a_keeps_its_own_values_and_takes_bs_where_it_has_none(book: Book) -> None:
    contacts(book, email="other@nes.example", phone="+4757000000", external_id="77", confirmed_on="2026-03-01")
    made = plan(book)
    assert {field.name: field.take for field in made.fields if field.a or field.b} == {
        "name": "A",
        "email": "A",
        "phone": "B",
        "external_id": "B",
    }
    merge(book.store, ME, made)
    (row,) = [row for row in book.rows() if row.id == A]
    assert (row.name, row.email, row.phone) == ("Kari Nes", "kari@nes.example", "+4757000000")
    assert row.confirmed_on == date(2026, 3, 1), "the later of the two"
    assert book.all("SELECT id, external_id, merged_into FROM contacts ORDER BY id") == [
        (A, "77", None),
        (B, None, A),
        (C, None, None),
    ]
    assert [row.id for row in book.rows()] == [A, C], "B is listed no more"


def test_a_field_is_taken_from_whom_it_is_asked_to_be(book: Book) -> None:
    contacts(book, email="other@nes.example")
    merge(book.store, ME, plan(book, name="B", email="B", phone="A"))
    (row,) = [row for row in book.rows() if row.id == A]
    assert (row.name, row.email, row.phone) == ("Kari A. Nes", "other@nes.example", None)
    assert book.all("SELECT folded FROM contacts WHERE id = ?", A) == [("kari a nes",)], "and is found by it"


@pytest.mark.parametrize(("take", "bounced"), [("A", None), ("B", "2026-02-02")])
def test_what_bounced_is_the_address(book: Book, take: str, bounced: str | None) -> None:
    contacts(book, email="other@nes.example", bounced_on="2026-02-02")
    merge(book.store, ME, plan(book, email=take))
    assert book.all("SELECT bounced_on FROM contacts WHERE id = ?", A) == [(bounced,)]


@pytest.mark.parametrize(
    ("ours", "theirs", "kept"), [("2026-01-01", None, None), ("2026-01-01", "2026-02-01", "2026-02-01")]
)
def test_whoever_is_here_in_one_of_the_rows_has_not_left(
    book: Book, ours: str, theirs: str | None, kept: str | None
) -> None:
    contacts(book, left_on=theirs)
    with book.store.write(by=ME, why="contact.leave") as w:
        w.update("contacts", A, {"left_on": ours})
    merge(book.store, ME, plan(book))
    assert book.all("SELECT left_on FROM contacts WHERE id = ?", A) == [(kept,)]


# What is refused ------------------------------------------------------------------------------------------------------


def test_what_cannot_be_merged_is_refused_with_the_reason(book: Book) -> None:
    contacts(book)
    for a, b, problem, words in (
        (A, A, BadInput, "the same number"),
        (A, 9, NotFound, "no contact 9"),
        (9, A, NotFound, "no contact 9"),
    ):
        with pytest.raises(problem, match=words):
            plan(book, a, b)
    with pytest.raises(BadInput, match=r"No field is called .*shoe"):
        plan(book, shoe="A")
    with book.store.read() as db, pytest.raises(Refused, match="is you"):
        plan_merge(db, replace(ME, contact_id=B), A, B)
    merge(book.store, ME, plan(book))
    for a, b in ((B, C), (C, B), (A, B)):
        with pytest.raises(NotFound, match=f"Contact {B} was merged into contact {A}"):
            plan(book, a, b)
    with book.store.read() as db, pytest.raises(NotFound, match=f"merged into contact {A}"):
        directory.show(db, B)
    with pytest.raises(NotFound, match="was merged"):
        editing.leave(book.store, ME, B, date(2026, 1, 1))


def test_a_plan_does_not_outlive_a_change(book: Book) -> None:
    contacts(book)
    made = plan(book)
    with book.store.read() as db:
        seen = directory.show(db, B).batch
    editing.edit_contact(book.store, ME, B, Contact(name="Kari Aa Nes"), seen=seen)
    with pytest.raises(Conflict):
        merge(book.store, ME, made)
    assert book.all("SELECT merged_into FROM contacts WHERE id = ?", B) == [(None,)]


# What goes along ------------------------------------------------------------------------------------------------------


def test_everything_that_names_b_names_a_and_undo_brings_it_back(book: Book) -> None:
    """Whatever table comes to name contacts is held to this: its rows are made here from the schema."""
    contacts(book)
    with book.store.write(by=ME, why="demo") as w:
        at = fill(w)
    before = whole(book)
    assert naming(book, B) >= len(at) - 1, "in every column, but that nobody is merged into them"
    receipt = merge(book.store, ME, plan(book))
    assert naming(book, B) == 0
    assert receipt.batch is not None
    done = book.undo(receipt.batch)
    assert done.kept == ()
    assert whole(book) == before


def fill(w: Writer) -> list[tuple[str, str]]:
    """A row that names B in every column that can; gives the columns."""
    youth = w.insert("youths", name="Ola Prøve", folded="ola prove")
    case = w.insert("cases", youth_id=youth, track="upper_secondary", status="active", service="ot",
                    opened_on="2026-01-01", contact_person_id=B)  # fmt: skip
    w.insert("responsibles", case_id=case, service="ot", contact_id=B, starts_on="2026-01-01")
    w.insert("parties", case_id=case, service="nav", contact_id=B, starts_on="2026-01-01")
    w.insert("entries", case_id=case, kind="note", on_date="2026-01-01", service="ot", author_id=B, author_name="K")
    w.insert("tasks", case_id=case, title="Ring", service="ot", owner_id=B)
    w.insert("contact_roles", contact_id=B, role="counsellor", unit_id=1)
    w.insert("deputies", contact_id=B, deputy_id=C, starts_on="2026-01-01")
    w.insert("deputies", contact_id=C, deputy_id=B, starts_on="2026-01-01")
    w.insert("ot_coverage", contact_id=B, school_id=1)
    counsellors = w.insert("lists", name="counsellors", title="Counsellors", owner_id=B)
    w.insert("list_entries", list_id=counsellors, contact_id=B)
    group = w.insert("meeting_groups", name="The steering group")
    w.insert("group_members", group_id=group, contact_id=B, starts_on="2026-01-01")
    meeting = w.insert("meetings", kind="steering", title="Autumn", year=2026, uid="a@samlop")
    w.insert("participants", meeting_id=meeting, contact_id=B, name="Kari")
    w.insert("actions", meeting_id=meeting, kind="action", key="a1", text="Ring", owner_id=B)
    named = [*references.to(w.db, "contacts"), ("participants", "contact_id"), ("actions", "owner_id")]
    for table, column in named:
        if table != "contacts":
            found = w.db.execute(f"SELECT count(*) FROM {table} WHERE {column} = ?", (B,)).fetchone()
            assert found[0], f"{table}.{column} names contacts, and this test does not know it"
    return named


def test_one_person_stands_once_on_a_list_in_a_role_and_at_a_meeting(book: Book) -> None:
    contacts(book)
    with book.store.write(by=ME, why="demo") as w:
        counsellors = w.insert("lists", name="counsellors", title="Counsellors")
        w.insert("list_entries", list_id=counsellors, contact_id=A, ended_on="2025-01-01")
        w.insert("list_entries", list_id=counsellors, contact_id=B)
        w.insert(
            "contact_roles", contact_id=A, role="counsellor", unit_id=1, starts_on="2024-08-01", ends_on="2026-01-01"
        )
        w.insert("contact_roles", contact_id=B, role="counsellor", unit_id=1, starts_on="2020-08-01")
        w.insert("contact_roles", contact_id=B, role="counsellor", unit_id=2)
        w.insert("deputies", contact_id=A, deputy_id=B, starts_on="2026-01-01")
        meeting = w.insert("meetings", kind="steering", title="Autumn", year=2026, uid="a@samlop")
        w.insert("participants", meeting_id=meeting, contact_id=A, name="Kari", attendance="present")
        w.insert(
            "participants", meeting_id=meeting, contact_id=B, name="Kari", reply="accepted", replied_on="2026-02-01"
        )
    before = whole(book)
    receipt = merge(book.store, ME, plan(book))
    assert book.all("SELECT contact_id, ended_on FROM list_entries") == [(A, None)], "still on it, as B was"
    assert book.all("SELECT contact_id, unit_id, starts_on, ends_on FROM contact_roles ORDER BY id") == [
        (A, 1, "2020-08-01", None),
        (A, 2, None, None),
    ]
    assert book.all("SELECT count(*) FROM deputies") == [(0,)], "nobody is their own deputy"
    assert book.all("SELECT contact_id, reply, replied_on, attendance FROM participants") == [
        (A, "accepted", "2026-02-01", "present")
    ]
    assert receipt.batch is not None
    book.undo(receipt.batch)
    assert whole(book) == before


def test_whoever_left_came_back_and_was_there_as_somebody_else_meanwhile_has_the_role_once(book: Book) -> None:
    contacts(book)
    with book.store.write(by=ME, why="demo") as w:
        w.insert("contact_roles", contact_id=A, role="counsellor", unit_id=1, ends_on="2026-02-11")
        w.insert("contact_roles", contact_id=A, role="counsellor", unit_id=1, starts_on="2026-09-10")
        w.insert("contact_roles", contact_id=B, role="counsellor", unit_id=1)
    before = whole(book)
    receipt = merge(book.store, ME, plan(book))
    roles = book.all("SELECT contact_id, unit_id, starts_on, ends_on FROM contact_roles")
    assert roles == [(A, 1, "2026-09-10", None)], "a day that is known goes before one that is not"
    assert receipt.batch is not None
    book.undo(receipt.batch)
    assert whole(book) == before


ROLES = st.lists(
    st.tuples(st.sampled_from([A, B]), st.sampled_from(["counsellor", "principal"]), st.sampled_from([1, 2, None]),
              st.sampled_from(DAYS), st.sampled_from(DAYS)),
    max_size=6,
)  # fmt: skip
LISTED = st.lists(
    st.tuples(st.sampled_from([A, B]), st.sampled_from([1, 2]), st.sampled_from(DAYS)), unique_by=lambda e: e[:2]
)
DEPUTIES = st.lists(
    st.sampled_from([(A, B), (B, A), (A, C), (B, C), (C, A), (C, B)]).flatmap(
        lambda pair: st.tuples(st.just(pair), st.sampled_from(DAYS))
    ),
    max_size=4,
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("merging")


@given(ROLES, LISTED, DEPUTIES, st.sampled_from([None, "x@nes.example"]), st.sampled_from([None, "77"]), st.booleans())
def test_merged_and_undone_is_as_before(
    shared: Path,
    roles: list[tuple[int, str, int | None, str | None, str | None]],
    listed: list[tuple[int, int, str | None]],
    deputies: list[tuple[tuple[int, int], str | None]],
    email: str | None,
    external: str | None,
    turned: bool,
) -> None:
    """Nobody's role, list or deputy is lost on the way, and undoing brings every row back as it was."""
    book = Book(shared / "samlop.store")
    try:
        contacts(book, email=email, external_id=external)
        with book.store.write(by=ME, why="demo") as w:
            for name in ("counsellors", "leaders"):
                w.insert("lists", name=name, title=name)
            for contact, role, unit, starts, ends in roles:
                w.insert("contact_roles", contact_id=contact, role=role, unit_id=unit, starts_on=starts, ends_on=ends)
            for contact, on, ended in listed:
                w.insert("list_entries", contact_id=contact, list_id=on, ended_on=ended)
            for (contact, deputy), ends in deputies:
                w.insert("deputies", contact_id=contact, deputy_id=deputy, starts_on="2020-01-01", ends_on=ends)
        before = whole(book)
        a, b = (B, A) if turned else (A, B)
        receipt = merge(book.store, ME, plan(book, a, b))
        assert naming(book, b) == 0
        running = {(role, unit) for _c, role, unit, _s, ends in roles if ends is None}
        kept = set(book.all("SELECT role, unit_id FROM contact_roles WHERE ends_on IS NULL"))
        assert kept == running, "what ran runs"
        assert {row[0] for row in book.all("SELECT list_id FROM list_entries")} == {on for _c, on, _e in listed}
        assert receipt.batch is not None
        after = whole(book)
        done = book.undo(receipt.batch)
        assert done.kept == ()
        assert whole(book) == before
        assert done.receipt.batch is not None
        assert book.undo(done.receipt.batch).kept == ()
        assert whole(book) == after, "and done again"
    finally:
        book.store.close()
        for file in shared.iterdir():
            file.unlink()
