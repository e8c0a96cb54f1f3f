"""What goes out of the directory comes back as it was: whatever people are called, and whatever is noted of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import clock, identity, language
from model.contacts import exporting
from model.contacts.editing import add_contact, add_unit, leave
from model.contacts.files.sources import read_source
from model.contacts.intake.importing import plan_contacts
from model.contacts.intake.plan import ContactPlan
from model.contacts.names import full_name
from model.contacts.records import Contact, RoleAt, Unit
from model.demo.generate import generate
from model.errors import BadInput
from model.store.connection import Connection
from model.store.store import Store
from model.terms import LanguageForm, UnitKind
from model.text import clean
from tests.model.contacts.book import ME, Book

LIST = """Navn;Rolle;Enhet;Kommune;Telefon;E-post;Ansattnr;Målform;Bekreftet;Fra;Til;Merknad
Kari Nes;rådgiver;Førde vgs;Sunnfjord;57000001;kari.nes@example.no;A1;nynorsk;2026-05-01;2020-08-01;;Ring tysdag
Kari Nes;OT-kontakt;OT Sunnfjord;Sunnfjord;;;A1;;;;2027-06-30;
Ola Moe;ungdomskontakt;Nav Bergen;Bergen;;ola.moe@example.no;;;;;;
Åse Øy;miljøkoordinator;Førde vgs;;;ase@example.no;;bokmål;;;;
Per Li;;;;;per@example.no;;;;;;
"""


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with clock.fixed(date(2026, 11, 21)):
        yield


def _plan(store: Store, kind: str, list_name: str | None = None, **asked: str) -> ContactPlan:
    """What reading an export of the directory would do to it."""
    with store.read() as db:
        data = exporting.FILES[kind](exporting.find(db, **asked))
        [sheet] = read_source(data, f"contacts.{kind}")
        return plan_contacts(db, sheet, list_name=list_name)


def _done(plan: ContactPlan) -> tuple[int, ...]:
    """What a plan would do: nothing is all zeros."""
    return (plan.created, plan.updated, plan.conflicts, plan.ambiguous, plan.rejected)


def contact_rows(db: Connection, **asked: Any) -> tuple[tuple[str, ...], list[exporting.Row]]:
    return exporting.head(), list(exporting.rows_of(exporting.find(db, **asked)))


@pytest.mark.parametrize("spoken", ["nb", "nn", "en"])
@pytest.mark.parametrize("kind", ["csv", "xlsx", "vcf"])
def test_reading_it_back_changes_nothing(book: Book, kind: str, spoken: str) -> None:
    book.take(LIST, "rådgivere")
    language.use(spoken)
    plan = _plan(book.store, kind)
    assert (_done(plan), plan.unchanged, plan.missing) == ((0,) * 5, 4, 0)
    plan = _plan(book.store, kind, "rådgivere")
    assert (_done(plan), plan.unchanged, plan.missing) == ((0,) * 5, 4, 0)


def test_a_row_a_role_with_all_there_is_to_know(book: Book) -> None:
    book.take(LIST)
    with book.store.read() as db:
        head, rows = contact_rows(db)
    assert head[:4] == ("Samløp no.", "Name", "Role", "Unit")
    kari = [row for row in rows if row[1] == "Kari Nes"]
    assert [row[2:] for row in kari] == [
        ("counsellor", "Førde vgs", "school", "Sunnfjord", "57 00 00 01", "kari.nes@example.no", "A1", "Nynorsk",
         "2026-05-01", "2020-08-01", None, "Ring tysdag"),
        ("OT contact", "OT Sunnfjord", "follow-up service (OT)", "Sunnfjord", "57 00 00 01", "kari.nes@example.no",
         "A1", "Nynorsk", "2026-05-01", None, "2027-06-30", "Ring tysdag"),
    ]  # fmt: skip
    assert [row[1] for row in rows] == ["Kari Nes", "Kari Nes", "Ola Moe", "Per Li", "Åse Øy"]
    assert [row[2:5] for row in rows[3:]] == [(None, None, None), ("miljøkoordinator", "Førde vgs", "school")]


def test_who_is_asked_for_comes_with_all_roles_so_that_none_is_ended_by_reading_it(book: Book) -> None:
    book.take(LIST)
    for asked in ({"role": "counsellor"}, {"unit": "OT Sunnfjord"}, {"municipality": "4647", "unit": "OT"}):
        with book.store.read() as db:
            _head, rows = contact_rows(db, **asked)
        assert [row[1] for row in rows] == ["Kari Nes", "Kari Nes"]
        assert _done(_plan(book.store, "csv", **asked)) == (0,) * 5


def test_a_list_has_those_who_are_on_it(book: Book) -> None:
    book.take(LIST)
    book.take("Navn;E-post\nOla Moe;ola.moe@example.no\n", "nav")
    with book.store.read() as db:
        assert [row[1] for row in contact_rows(db, list_name="nav")[1]] == ["Ola Moe"]
        with pytest.raises(BadInput, match="no list called"):
            contact_rows(db, list_name="nobody's")


def test_those_who_left_and_roles_that_ended_stay_at_home(book: Book) -> None:
    book.take(LIST)
    with book.store.read() as db:
        ids = {row[1]: row[0] for row in contact_rows(db)[1]}
    leave(book.store, ME, int(ids["Ola Moe"] or 0), date(2026, 11, 1))
    with clock.fixed(date(2027, 7, 1)), book.store.read() as db:
        rows = contact_rows(db)[1]
        assert [(row[1], row[2]) for row in rows if row[1] != "Åse Øy"] == [
            ("Kari Nes", "counsellor"),
            ("Per Li", None),
        ]
        assert "Ola" not in exporting.vcf_of(exporting.find(db)).decode()


def test_cards_carry_what_telephones_show(book: Book) -> None:
    book.take(LIST)
    with book.store.read() as db:
        cards = exporting.vcf_of(exporting.find(db)).decode().split("END:VCARD\r\n")
    assert len(cards) == 5
    for line in (
        "FN:Kari Nes",
        "N:Nes;Kari;;;",
        "post1.ORG:Førde vgs",
        "post1.ROLE:counsellor",
        "TEL;TYPE=work:+4757000001",
    ):
        assert f"{line}\r\n" in cards[0]


def test_json_is_for_scripts_and_has_codes(book: Book) -> None:
    book.take(LIST)
    with book.store.read() as db:
        told = json.loads(exporting.json_of(exporting.find(db, role="counsellor")))
    assert [(one["name"], one["phone"], one["municipality_no"]) for one in told] == [
        ("Kari Nes", "+4757000001", "4647")
    ]
    assert [(role["role"], role["service"], role["ends_on"]) for role in told[0]["roles"]] == [
        ("counsellor", "school", None),
        ("ot_contact", "ot", "2027-06-30"),
    ]


def test_nothing_of_a_youth_is_in_the_statements() -> None:
    text = Path(exporting.__file__).read_text(encoding="utf-8")
    assert "model.cases" not in text
    assert "SELECT" not in text


_ODD = st.text(st.sampled_from("=+-@|%'\";\\,.<>$#*[]{}ÅøčŊ😀ሀ \n\t12ab_x00Dß"), min_size=1, max_size=20) | st.text(
    min_size=1
)


def _is_name(text: str) -> bool:
    """A list turns `Nes, Kari` round, and a name has a letter; the rest is as people write it."""
    return bool(text) and len(text) <= 120 and full_name(text) == text and not identity.has_number(text)


names = st.builds(clean, _ODD).filter(_is_name)
notes = st.builds(lambda text: clean(text, lines=True), _ODD).filter(
    lambda text: len(text) <= 2000 and not identity.has_number(text)
)


@given(people=st.lists(st.tuples(names, st.none() | notes, st.none() | names, st.booleans()), min_size=1, max_size=9))
@settings(max_examples=15)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_name_or_note_is_changed_by_going_out_and_in(
    kind: str,
    people: list[tuple[str, str | None, str | None, bool]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    book = Book(tmp_path_factory.mktemp("book") / "samlop.store")
    try:
        unit = add_unit(book.store, ME, Unit(name="Førde vgs", kind=UnitKind.SCHOOL)).id
        for number, (name, note, external, placed) in enumerate(people):
            contact = Contact(
                name=name,
                note=note,
                external_id=f"{number}{external}"[:60] if external else None,
                language_form=LanguageForm.NN if placed else None,
            )
            add_contact(book.store, ME, contact, [RoleAt(role="counsellor", unit_id=unit)] if placed else [])
        assert _done(_plan(book.store, kind)) == (0,) * 5
        with book.store.read() as db:
            told = exporting.csv_of(exporting.find(db)).decode("utf-8-sig")
        for row in csv.reader(io.StringIO(told, newline=""), delimiter=";"):
            assert not any(cell[:1] in tuple("=+-@|%\t\r\n") for cell in row if cell)
    finally:
        book.store.close()


def test_a_whole_directory_goes_out_and_in(book: Book) -> None:
    generate(book.store, "coordinator", today=clock.today())
    for kind in ("csv", "xlsx", "vcf"):
        plan = _plan(book.store, kind)
        assert (kind, _done(plan)) == (kind, (0,) * 5)
        assert plan.unchanged > 100
