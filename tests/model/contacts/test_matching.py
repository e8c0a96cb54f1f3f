"""Who is who, held by properties over lists that are as muddled as lists can be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.contacts.files.reading import parse
from model.contacts.intake.decided import Decided
from model.contacts.intake.deciding import decide
from model.contacts.intake.heads import recognise
from model.contacts.intake.known import Known, KnownContact, KnownRole, KnownUnit
from model.contacts.intake.rows import ContactRows, read_rows
from model.contacts.intake.synonyms import CONTACT_HEADS
from model.contacts.names import may_be_one
from tests.model.contacts.book import Book, counts

TODAY = date(2026, 11, 18)
HEAD = "id;name;email;unit;phone"
ROW = st.tuples(
    st.sampled_from(["", "", "1", "2", "3"]),
    st.sampled_from(["Kari Nes", "Ola Nes", "Kari Nes Moe", "K. Nes", "KARI NES", "Kari Moe", "Åse", "Aase Bø"]),
    st.sampled_from(["", "", "a@example.no", "A@example.no", "b@example.no"]),
    st.sampled_from(["", "Nord vgs", "Nord videregående skole", "Sør vgs"]),
    st.sampled_from(["", "57000001", "57000002"]),
)
LIST = st.lists(ROW, min_size=1, max_size=6)
Rows = list[tuple[str, ...]]


def text(rows: Rows) -> str:
    return "\n".join([HEAD, *(";".join(row) for row in rows)]) + "\n"


def read(rows: Rows) -> ContactRows:
    sheet = parse(text(rows).encode(), "list.csv")
    return read_rows(sheet, recognise(sheet.head, CONTACT_HEADS, file="list.csv"))


def directory(rows: Rows) -> Known:
    """Contacts as they may stand after years: nothing keeps them apart but the external ids."""
    units = {"nord vgs": 1, "sor vgs": 2}
    contacts, roles, ids = {}, [], set()
    for said in read(rows).rows:
        number = len(contacts) + 1
        external_id = said.external_id if said.external_id not in ids else None
        ids.add(external_id)
        contacts[number] = KnownContact(
            number, 1, said.name, said.folded, said.phone, said.email, external_id, *[None] * 7
        )
        if said.place is not None:
            roles.append(KnownRole(number, 1, number, "", units[read(rows).places[said.place].folded], None, None))
    there = [KnownUnit(1, "Nord vgs", "nord vgs", None, "school"), KnownUnit(2, "Sør vgs", "sor vgs", None, "school")]
    return Known(1, contacts, roles, there, [], [], {1}, None, {})


def in_order(things: Iterable[object]) -> list[object]:
    return sorted(things, key=repr)


def said(decided: Decided, rows: Rows) -> list[tuple[object, ...]]:
    """What is decided about whom, whatever line they stand on."""

    def who(lines: tuple[int, ...]) -> tuple[object, ...]:
        return tuple(sorted(rows[line - 2] for line in lines))

    return sorted(
        [
            *(("created", who(p.lines), ()) for p in decided.new),
            *(("updated", who(c.person.lines), (c.contact_id, *map(in_order, c.changes[:3]))) for c in decided.changed),
            *(("unchanged", who(lines), ()) for lines in decided.unchanged),
            *((o.outcome.value, who(o.lines), o.candidates) for o in decided.left_over),
        ],
        key=repr,
    )


@given(before=LIST, rows=LIST, data=st.data())
def test_the_order_of_rows_makes_no_difference(before: Rows, rows: Rows, data: st.DataObject) -> None:
    other = data.draw(st.permutations(rows))
    known = directory(before)
    one, two = (said(decide(read(each), known, None, TODAY), each) for each in (rows, other))
    assert one == two


@given(before=LIST, rows=LIST)
def test_no_contact_is_two_people_and_every_row_is_accounted_for(before: Rows, rows: Rows) -> None:
    known = directory(before)
    decided = decide(read(rows), known, None, TODAY)
    met = [change.contact_id for change in decided.changed]
    assert len(set(met)) == len(met)
    assert len(decided.changed) + len(decided.unchanged) <= len(known.contacts)
    lines = [
        *(p.lines for p in decided.new),
        *decided.unchanged,
        *(c.person.lines for c in decided.changed),
        *(o.lines for o in decided.left_over),
    ]
    assert sorted(line for each in lines for line in each) == list(range(2, len(rows) + 2))
    for change in decided.changed:  # an external id, once given, is never taken over by another's
        if change.person.external_id:
            assert known.contacts[change.contact_id].external_id in (None, change.person.external_id)


@settings(max_examples=30)
@given(before=LIST, rows=LIST)
def test_twice_is_once_and_undone_is_never(before: Rows, rows: Rows) -> None:
    with TemporaryDirectory() as folder:
        book = Book(Path(folder) / "a.store")
        book.take(text(before))
        there = book.content()
        batch = book.take(text(rows))["batch"]
        once = book.content()
        again = book.take(text(rows))
        assert (again["created"], again["updated"], again["ended"]) == (0, 0, 0)
        assert book.content() == once
        assert batch is None or book.undo(batch).kept == ()
        assert book.content() == there
        book.store.close()


# The rules, one by one -----------------------------------------------------------------------------------------------


def test_the_external_id_goes_before_everything(book: Book) -> None:
    book.take("id;name;email\n1;Kari Nes;kari@example.no\n2;Kari Moe;moe@example.no\n")
    assert counts(book.take("id;name;email\n2;Kari Nes;kari@example.no\n")) == {"updated": 1}
    assert book.all("SELECT external_id, name FROM contacts ORDER BY id") == [("1", "Kari Nes"), ("2", "Kari Nes")]


def test_two_external_ids_are_two_people_whatever_else_is_alike(book: Book) -> None:
    text = "id;name;email;unit\n1;Kari Nes;kari@example.no;Nord vgs\n2;Kari Nes;kari@example.no;Nord vgs\n"
    assert counts(book.take(text)) == {"created": 2}
    assert counts(book.take(text)) == {"unchanged": 2}


def test_a_row_that_could_be_either_of_two_is_left_alone(book: Book) -> None:
    text = "id;name;unit;phone\n1;Kari Nes;Nord vgs;\n2;Kari Nes;Nord vgs;\n;Kari Nes;Nord vgs;57000001\n"
    data = book.take(text)
    assert counts(data) == {"created": 2, "ambiguous": 1}
    assert data["rows"][0]["line"] == 4


def test_an_id_learnt_later_is_taken_up(book: Book) -> None:
    book.take("name;unit\nKari Nes;Nord vgs\n")
    assert counts(book.take("id;name;unit\n1;Kari Nes;Nord vgs\n")) == {"updated": 1}
    assert counts(book.take("id;name;unit\n1;Kari Moe;Sør vgs\n")) == {"updated": 1}
    assert len(book.rows()) == 1


def test_two_new_people_who_could_both_be_one_contact_are_ambiguous(book: Book) -> None:
    book.take("name;unit\nKari Nes;Nord vgs\n")
    data = book.take("id;name;unit\n1;Kari Nes;Nord vgs\n2;Kari Nes;Nord vgs\n")
    assert counts(data) == {"ambiguous": 2}
    assert [row["candidates"] for row in data["rows"]] == [[1], [1]]


def test_a_name_alone_is_not_taken_for_somebody_who_is_somewhere(book: Book) -> None:
    book.take("name;unit\nKari Nes;Nord vgs\n")
    assert counts(book.take("name\nKari Nes\n")) == {"ambiguous": 1}
    assert counts(book.take("name;unit\nKari Nes;Sør vgs\n")) == {"created": 1}


def test_a_mailbox_of_many_tells_only_equal_names(book: Book) -> None:
    names = [f"{first}a Nes" for first in "BCDEFGHJKLMNPQRSTVWXYZ"]
    text = "name;email\n" + "".join(f"{name};post@example.no\n" for name in [*names, "B. Nes"])
    assert counts(book.take(text)) == {"created": len(names) + 1}
    assert counts(book.take(text)) == {"unchanged": len(names) + 1}


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("Kari Nes", "Kari Nes", True),
        ("Kari Nes", "Kari Anne Nes", True),
        ("Kari Nes", "Anne Kari Nes", True),
        ("Kari Nes", "K. Nes", True),
        ("Kari Nes", "Kari Moe Nes", True),
        ("Kari Nes", "Kari Nes Moe", True),
        ("Kari (vikar) Ås", "Kari Aas", True),
        ("Kari Nes", "Ola Nes", False),
        ("Kari Nes", "O. Nes", False),
        ("Kari Nes", "Kari Moe", False),
        ("Kari Nes", "Resepsjonen", False),
    ],
)
def test_one_address_and_two_names(one: str, other: str, may: bool) -> None:
    assert may_be_one(one, other) is may
    assert may_be_one(other, one) is may
