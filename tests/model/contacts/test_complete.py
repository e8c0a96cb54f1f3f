"""Files that are complete for the units they name, and replies to a round: who ends, who waits, and who never does."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import clock
from model.contacts import provenance, sightings
from model.errors import BadInput, SamlopError, Usage
from tests.model.contacts.book import ME, Book, counts

TODAY = date(2026, 11, 18)
HEAD = "name;role;unit\n"
KARI, OLA, SIV = "Kari Nes;rådgiver;Nord vgs\n", "Ola Moe;rådgiver;Nord vgs\n", "Siv Li;rådgiver;Sør vgs\n"


def left(book: Book) -> dict[str, str | None]:
    return dict(book.all("SELECT name, left_on FROM contacts ORDER BY id"))


def on_list(book: Book) -> list[str]:
    running = "SELECT contact_id FROM list_entries WHERE ended_on IS NULL"
    return [name for (name,) in book.all(f"SELECT name FROM contacts WHERE id IN ({running}) ORDER BY id")]


@pytest.fixture(autouse=True)
def _on_the_day() -> object:
    with clock.fixed(TODAY):
        yield


def test_whom_a_complete_file_leaves_out_ends_where_it_speaks_of(book: Book) -> None:
    with clock.fixed(date(2026, 8, 1)):
        book.take(HEAD + KARI + OLA + SIV, "counsellors")
    before = book.content()
    data = book.take(HEAD + KARI, "counsellors", complete=True)
    assert counts(data) == {"unchanged": 1, "ended": 1, "missing": 1}
    (row,) = data["rows"]
    assert (row["outcome"], row["name"], row["contact"], row["line"]) == ("missing", "Ola Moe", 2, None)
    assert [change["field"] for change in row["changes"]] == ["role", "list", "left_on"]
    assert left(book) == {"Kari Nes": None, "Ola Moe": "2026-11-18", "Siv Li": None}
    assert on_list(book) == ["Kari Nes", "Siv Li"]
    assert book.all("SELECT ends_on FROM contact_roles WHERE contact_id = 2") == [("2026-11-17",)]
    assert counts(book.take(HEAD + KARI, "counsellors", complete=True)) == {"unchanged": 1}
    book.undo(data["batch"])
    assert book.content() == before


def test_without_the_word_they_are_only_counted(book: Book) -> None:
    book.take(HEAD + KARI + OLA, "counsellors")
    before = book.content()
    assert counts(book.take(HEAD + KARI, "counsellors")) == {"unchanged": 1, "missing": 1}
    assert book.content() == before


def test_who_is_at_another_unit_too_ends_only_at_this(book: Book) -> None:
    both = "id;name;role;unit\n1;Kari Nes;rådgiver;Nord vgs\n2;Ola Moe;rådgiver;Nord vgs\n2;Ola Moe;rådgiver;Sør vgs\n"
    book.take(both, "counsellors")
    assert counts(book.take(HEAD + KARI, "counsellors", complete=True)) == {"unchanged": 1, "ended": 1, "missing": 1}
    assert left(book)["Ola Moe"] is None
    assert on_list(book) == ["Kari Nes", "Ola Moe"]
    ends = book.all(
        "SELECT u.name, r.ends_on FROM contact_roles r JOIN units u ON u.id = r.unit_id WHERE contact_id = 2"
    )
    assert ends == [("Nord vgs", "2026-11-17"), ("Sør vgs", None)]


def test_a_role_the_list_is_not_of_stays(book: Book) -> None:
    book.take(HEAD + KARI + OLA, "counsellors")
    with book.store.write(by=ME, why="contact.roles") as w:
        w.insert("contact_roles", contact_id=2, role="teacher", unit_id=1)
    book.take(HEAD + KARI, "counsellors", complete=True)
    assert left(book)["Ola Moe"] is None
    assert on_list(book) == ["Kari Nes"]
    assert [code for code, _label in book.row("Ola Moe").roles] == ["teacher"]


def test_who_is_on_another_list_has_not_left(book: Book) -> None:
    book.take(HEAD + KARI + OLA, "counsellors")
    book.take(HEAD + OLA, "other")
    book.take(HEAD + KARI, "counsellors", complete=True)
    assert left(book)["Ola Moe"] is None


def test_who_comes_back_is_here_again(book: Book) -> None:
    with clock.fixed(date(2026, 8, 1)):
        book.take(HEAD + KARI + OLA, "counsellors")
    with clock.fixed(date(2026, 9, 1)):
        book.take(HEAD + KARI, "counsellors", complete=True)
    data = book.take(HEAD + KARI + OLA, "counsellors")
    assert counts(data) == {"unchanged": 1, "updated": 1}
    assert left(book)["Ola Moe"] is None
    assert on_list(book) == ["Kari Nes", "Ola Moe"]
    assert [code for code, _label in book.row("Ola Moe").roles] == ["counsellor"]


def test_who_left_by_hand_is_not_brought_back_by_a_list(book: Book) -> None:
    book.take(HEAD + KARI, "counsellors")
    book.set("Kari Nes", left_on="2026-10-01")
    book.take(HEAD + KARI, "counsellors")
    assert left(book)["Kari Nes"] == "2026-10-01"


def test_people_without_a_unit_are_missed_only_by_a_file_with_such_rows(book: Book) -> None:
    book.take("name;role\nKari Nes;rådgiver\nOla Moe;rådgiver\n", "counsellors")
    assert counts(book.take(HEAD + SIV, "counsellors", complete=True)) == {"created": 1}
    data = book.take("name;role\nKari Nes;rådgiver\n", "counsellors", complete=True)
    assert counts(data) == {"unchanged": 1, "ended": 1, "missing": 1}
    assert on_list(book) == ["Kari Nes", "Siv Li"]


def test_whom_a_row_may_be_about_is_not_missing(book: Book) -> None:
    book.take(
        "id;name;role;unit;phone\n1;Kari Nes;rådgiver;Nord vgs;57000001\n2;Ola Moe;rådgiver;Nord vgs;\n", "counsellors"
    )
    bad = "id;name;role;unit;phone\n1;Kari Nes;rådgiver;Nord vgs;\n;Ola Moe;rådgiver;Nord vgs;12\n"
    data = book.take(bad, "counsellors", complete=True, skip_bad=True)
    assert counts(data) == {"unchanged": 1, "rejected": 1}
    nameless = "id;name;role;unit;phone\n1;Kari Nes;rådgiver;Nord vgs;\n9;;rådgiver;Nord vgs;57000001\n"
    plan = book.plan(nameless, "counsellors", complete=True, skip_bad=True)
    assert plan.ended == 0
    assert any("Nobody was taken off" in warning for warning in plan.warnings)


def many(n: int) -> str:
    return HEAD + "".join(f"{chr(65 + i)}ne {chr(65 + i)}moe;rådgiver;Nord vgs\n" for i in range(n))


def test_more_than_a_quarter_of_twenty_is_refused_and_a_quarter_is_not(book: Book) -> None:
    book.take(many(20), "counsellors")
    before = book.content()
    plan = book.plan(many(14), "counsellors", complete=True)
    assert "--allow-shrink" in plan.refusal
    assert plan.left_for_a_person
    with pytest.raises(BadInput, match="6 of 20"):
        book.apply(plan)
    assert book.content() == before
    assert book.take(many(15), "counsellors", complete=True)["ended"] == 5
    assert book.take(many(5), "counsellors", complete=True, allow_shrink=True)["ended"] == 10


def test_fewer_than_twenty_may_shrink(book: Book) -> None:
    book.take(many(19), "counsellors")
    assert book.take(many(1), "counsellors", complete=True)["ended"] == 18


def test_complete_needs_to_know_of_which_list(book: Book) -> None:
    with pytest.raises(Usage, match="--list"):
        book.plan(HEAD + KARI, complete=True)


# Replies to a round --------------------------------------------------------------------------------------------------


def asked(book: Book, closed_on: str | None = None) -> int:
    """A round of the counsellors' list."""
    (list_id,) = book.all("SELECT id FROM lists")[0]
    with book.store.write(by=ME, why="list.round") as w:
        return w.insert(
            "rounds",
            list_id=list_id,
            list_name="counsellors",
            starts_on="2026-11-01",
            due_on="2026-11-15",
            closed_on=closed_on,
        )


FORM = "Name;Role;Unit;Still right;Samløp-nr;Samløp-runde\n"


def test_a_reply_confirms_lets_go_and_asks_about_whom_it_leaves_out(book: Book) -> None:
    book.take(HEAD + KARI + OLA + SIV + "Eva By;rådgiver;Nord vgs\n", "counsellors")
    number = asked(book)
    before = book.content()
    form = (
        FORM
        + f"Kari Nes;rådgiver;Nord vgs;;1;{number}-1\n"
        + f"Ola Moe;rådgiver;Nord vgs;sluttet;2;{number}-1\n"
        + f"Per Ny;rådgiver;;;;{number}-1\n"
        + f";;Nord vgs;;;{number}-1\n"
    )
    data = book.take(form)
    assert counts(data) == {"created": 1, "updated": 1, "ended": 1, "missing": 1}
    assert (data["list"], data["round"]) == ("counsellors", number)
    told = {row["name"] or row["contact"]: row["outcome"] for row in data["rows"]}
    assert told == {1: "updated", "Ola Moe": "left", "Eva By": "missing"}
    days = dict(book.all("SELECT name, confirmed_on FROM contacts"))
    assert days == {"Kari Nes": "2026-11-18", "Ola Moe": None, "Siv Li": None, "Eva By": None, "Per Ny": "2026-11-18"}
    assert left(book) == {"Kari Nes": None, "Ola Moe": "2026-11-18", "Siv Li": None, "Eva By": None, "Per Ny": None}
    assert book.row("Per Ny").unit == "Nord vgs"
    assert book.all("SELECT round_id, unit_id, file, on_date FROM round_answers") == [
        (number, 1, "list.csv", "2026-11-18")
    ]
    again = book.take(form)
    assert counts(again) == {"unchanged": 3, "missing": 1}
    book.undo(again["batch"])
    book.undo(data["batch"])
    assert book.content() == before
    assert book.all("SELECT id FROM round_answers") == []


def test_a_reply_that_is_complete_ends_whom_it_leaves_out(book: Book) -> None:
    book.take(HEAD + KARI + OLA + SIV, "counsellors")
    number = asked(book)
    data = book.take(FORM + f"Kari Nes;rådgiver;Nord vgs;ja;1;{number}-1\n", complete=True)
    assert (data["ended"], data["missing"]) == (1, 1)
    assert on_list(book) == ["Kari Nes", "Siv Li"]


def test_a_spreadsheet_that_made_something_of_the_ticket_is_understood(book: Book) -> None:
    book.take(HEAD + KARI, "counsellors")
    number = asked(book)
    data = book.take(FORM + f"Kari Nes;rådgiver;Nord vgs;1.11.2026;1;R{number}/1\n")
    assert data["round"] == number
    assert book.all("SELECT confirmed_on FROM contacts") == [("2026-11-01",)]


def test_a_reply_to_no_round_a_closed_one_or_several_says_so(book: Book) -> None:
    book.take(HEAD + KARI, "counsellors")
    closed, running = asked(book, "2026-11-16"), asked(book)
    for tickets, words in (("99-1", "round 99"), (f"{closed}-1", "closed on"), (f"{running}-1,{closed}-1", "several")):
        rows = "".join(f"Kari Nes;rådgiver;Nord vgs;;1;{ticket}\n" for ticket in tickets.split(","))
        with pytest.raises(SamlopError, match=words):
            book.plan(FORM + rows)
    with pytest.raises(Usage, match="answers a round of counsellors"):
        book.plan(FORM + f"Kari Nes;rådgiver;Nord vgs;;1;{running}-1\n", "others")


def test_an_answer_nobody_understands_is_rejected_and_somebody_unknown_who_left_is_asked_about(book: Book) -> None:
    book.take(HEAD + KARI, "counsellors")
    data = book.take(HEAD.strip() + ";stemmer\nKari Nes;rådgiver;Nord vgs;kanskje\n", "counsellors", skip_bad=True)
    assert [(row["outcome"], row["field"]) for row in data["rows"]] == [("rejected", "still")]
    data = book.take(HEAD.strip() + ";stemmer\nOla Ukjend;rådgiver;Nord vgs;slutta\n", "counsellors")
    assert counts(data) == {"ambiguous": 1, "missing": 1}


# Who was seen, and where things came from ----------------------------------------------------------------------------


def test_last_seen_is_the_last_file_that_named_somebody(book: Book) -> None:
    with clock.fixed(date(2026, 8, 1)):
        book.take(HEAD + KARI + OLA, "counsellors")
    with clock.fixed(date(2026, 9, 1)):
        book.take(HEAD + OLA, "counsellors")
    book.take(HEAD + KARI, "other")
    with book.store.read() as db:
        of_list, of_any = sightings.last_seen(db, 1), sightings.last_seen(db)
        assert of_list == {1: (date(2026, 8, 1), "list.csv", 2), 2: (date(2026, 9, 1), "list.csv", 2)}
        assert of_any[1] == (TODAY, "list.csv", 2) == sightings.last_seen_of(db, 1)
        assert sightings.last_seen_of(db, 99) is None


@given(st.dictionaries(st.integers(1, 2**31 - 1), st.integers(1, 2**31 - 1), max_size=20), st.data())
def test_what_is_packed_is_unpacked(seen: dict[int, int], data: st.DataObject) -> None:
    contacts = data.draw(st.permutations(list(seen)))
    differing = data.draw(st.sets(st.integers(1, 2**31 - 1), max_size=3))
    packed = sightings.pack(contacts, [seen[contact] for contact in contacts], differing)
    told = sightings.unpack(packed)
    assert dict(zip(told.contacts, told.lines, strict=True)) == seen
    assert told.differing == differing
    assert sightings.differs(packed) is bool(differing)


def test_each_value_says_where_it_came_from(book: Book) -> None:
    with clock.fixed(date(2026, 8, 1)):
        book.take(
            "name;unit;phone;email\nOla Moe;Nord vgs;;\nKari Nes;Nord vgs;57000001;kari@example.no\n", "counsellors"
        )
    book.set("Kari Nes", phone="+4757000002")
    batch = book.take("name;unit;email\nKari Nes;Nord vgs;Kari@example.no\n", "other")["batch"]
    book.take("name;unit;email;confirmed\nKari Nes;Nord vgs;kari@example.no;1.11.2026\n", "other")
    with book.store.read() as db:
        told = provenance.origin(db, 2)
        assert provenance.origin(db, 99) == {}
    where = {name: (one.list, one.file, one.line, one.on) for name, one in told.items()}
    first = ("Counsellors at the upper secondary schools", "list.csv", 3, date(2026, 8, 1))
    assert where["name"] == where["email"] == where["role 2"] == first
    assert where["phone"] == (None, None, None, TODAY)
    assert told["phone"].why == "contact changed"
    assert told["phone"].by == "Kari Moe"
    assert where["confirmed_on"] == ("other", "list.csv", 2, TODAY)
    assert batch is not None


# Held by properties --------------------------------------------------------------------------------------------------

UNITS = ["Nord vgs", "Sør vgs", "Aust vgs", ""]
PEOPLE = ["Kari Nes", "Ola Moe", "Siv Li", "Eva By", "Per Ås"]
ROW = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(["rådgiver", "rektor", ""]), st.sampled_from(UNITS))
LIST = st.lists(ROW, min_size=1, max_size=7)


def text(rows: list[tuple[str, ...]]) -> str:
    return HEAD + "".join(";".join((name, role, unit)) + "\n" for name, role, unit in rows)


@settings(max_examples=40)
@given(first=LIST, other=LIST, rows=LIST)
def test_a_complete_file_ends_nobody_elsewhere_twice_is_once_and_undone_is_never(
    first: list[tuple[str, ...]], other: list[tuple[str, ...]], rows: list[tuple[str, ...]]
) -> None:
    with TemporaryDirectory() as folder:
        book = Book(Path(folder) / "a.store")
        with clock.fixed(date(2026, 8, 1)):
            book.take(text(first), "counsellors")
            book.take(text(other), "others")
        unit = "coalesce((SELECT name FROM units u WHERE u.id = r.unit_id), '')"
        roles = f"SELECT r.id, r.contact_id, {unit}, r.ends_on FROM contact_roles r"
        before, were = book.content(), {row[0]: row for row in book.all(roles)}
        there = set(on_list(book))
        plan = book.plan(text(rows), "counsellors", complete=True)
        assert book.content() == before
        batch = book.apply(plan).batch
        units = {unit for _name, _role, unit in rows}
        named = {name for name, _role, _unit in rows}
        after = book.all(roles)
        missing = {end.contact_id for end in plan.decided.ended}
        for number, contact, unit, ends_on in after:
            if number in were and were[number][3] != ends_on and contact in missing:
                assert unit in units
        assert there - set(on_list(book)) <= set(PEOPLE) - named
        once = book.content()
        again = counts(book.take(text(rows), "counsellors", complete=True))
        assert set(again) <= {"unchanged", "ambiguous", "conflicts"}
        assert book.content() == once
        assert batch is None or book.undo(batch).kept == ()
        assert book.content() == before
        book.store.close()
