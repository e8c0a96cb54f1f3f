"""What somebody changed between two imports of a list, and what the list says then."""

from __future__ import annotations

import pytest

from model.contacts import lists
from model.contacts.intake.wish import OnConflict
from tests.model.contacts.book import ME, Book, counts

HEAD = "id;name;unit;phone;email\n"


def row(phone: str = "57000001", email: str = "kari@example.no", name: str = "Kari Nes") -> str:
    return f"{HEAD}1;{name};Nord vgs;{phone};{email}\n"


def phone(book: Book) -> str:
    return str(book.row("Kari Nes").phone)


def test_the_list_says_what_it_said_so_the_change_stands(book: Book) -> None:
    book.take(row(), "a")
    book.set("Kari Nes", phone="+4757000002")
    for _time in range(3):
        assert counts(book.take(row(), "a")) == {"unchanged": 1}
    assert phone(book) == "+4757000002"


def test_the_change_stands_and_the_rest_of_the_row_is_taken_again_and_again(book: Book) -> None:
    book.take(row(), "a")
    book.set("Kari Nes", phone="+4757000002")
    assert counts(book.take(row(email="nes@example.no"), "a")) == {"updated": 1}
    assert counts(book.take(row(email="nes@example.no"), "a")) == {"unchanged": 1}
    assert counts(book.take(row(email="kn@example.no"), "a")) == {"updated": 1}
    assert phone(book) == "+4757000002"


def test_something_else_again_is_a_conflict_and_the_whole_row_waits(book: Book) -> None:
    book.take(row(), "a")
    book.set("Kari Nes", phone="+4757000002")
    before = book.content()
    data = book.take(row("57000003", "nes@example.no"), "a")
    assert counts(data) == {"conflicts": 1}
    (told,) = data["rows"]
    assert told["changes"] == [{"field": "phone", "old": "+4757000002", "new": "+4757000003"}]
    assert (told["contact"], told["field"], told["line"]) == (1, "phone", 2)
    assert book.content() == before


@pytest.mark.parametrize(("choice", "stands"), [(OnConflict.FILE, "+4757000003"), (OnConflict.STORE, "+4757000002")])
def test_a_conflict_is_settled_either_way(book: Book, choice: OnConflict, stands: str) -> None:
    book.take(row(), "a")
    book.set("Kari Nes", phone="+4757000002")
    new = row("57000003", "nes@example.no")
    assert counts(book.take(new, "a", on_conflict=choice)) == {"updated": 1}
    assert (phone(book), book.row("Kari Nes").email) == (stands, "nes@example.no")
    assert counts(book.take(new, "a", on_conflict=choice)) == {"unchanged": 1}
    assert phone(book) == stands


def test_what_the_file_and_the_store_agree_on_is_where_the_next_change_starts(book: Book) -> None:
    book.take(row(), "a")
    book.set("Kari Nes", phone="+4757000002")
    assert counts(book.take(row("57000002"), "a")) == {"unchanged": 1}
    assert counts(book.take(row("57000003"), "a")) == {"updated": 1}
    assert phone(book) == "+4757000003"


def test_what_a_list_found_there_already_it_has_said_too(book: Book) -> None:
    book.take(row(), "other")
    book.take(row(), "a")
    book.set("Kari Nes", phone="+4757000002")
    assert counts(book.take(row(), "a")) == {"unchanged": 1}
    assert counts(book.take(row("57000003"), "a")) == {"conflicts": 1}


def test_two_lists_do_not_fight(book: Book) -> None:
    book.take(row(), "a")
    book.take(row("57000002"), "b")
    for name, said in (("a", "57000001"), ("b", "57000002"), ("a", "57000001")):
        assert counts(book.take(row(said), name)) == {"unchanged": 1}
    assert phone(book) == "+4757000002"


def test_an_import_that_is_undone_has_said_nothing(book: Book) -> None:
    book.take(row(), "a")
    batch = book.take(row("57000002"), "a")["batch"]
    book.undo(batch)
    assert counts(book.take(row("57000002"), "a")) == {"updated": 1}


def test_a_name_somebody_corrected_stays(book: Book) -> None:
    book.take(row(), "a")
    book.set("Kari Nes", name="Kari Nés", folded="kari nes")
    assert counts(book.take(row(), "a")) == {"unchanged": 1}
    assert [r.name for r in book.rows()] == ["Kari Nés"]


def test_a_new_address_is_not_the_one_that_mail_came_back_from(book: Book) -> None:
    book.take(row(), "a")
    book.set("Kari Nes", bounced_on="2026-01-01")
    book.take(row(), "a")
    assert book.all("SELECT bounced_on FROM contacts") == [("2026-01-01",)]
    book.take(row(email="nes@example.no"), "a")
    assert book.all("SELECT bounced_on FROM contacts") == [(None,)]


# Blank cells ---------------------------------------------------------------------------------------------------------

FULL = (
    "id;name;unit;phone;mobile;email;municipality;målform;note\n"
    "1;Kari Nes;Nord vgs;57000001;;kari@example.no;Kinn;nynorsk;ring\n"
)


def test_blank_cells_clear_what_they_may_when_asked(book: Book) -> None:
    book.take(FULL, "a")
    blank = "id;name;unit;phone;mobile;email;municipality;målform;note\n1;Kari Nes;Nord vgs;;;;;;\n"
    assert counts(book.take(blank, "a")) == {"unchanged": 1}
    data = book.take(blank, "a", blank_clears=True)
    assert {change["field"] for change in data["rows"][0]["changes"]} == {
        "phone", "email", "municipality_no", "language_form",
    }  # fmt: skip
    told = book.all("SELECT phone, email, municipality_no, language_form, external_id, note FROM contacts")
    assert told == [(None, None, None, None, "1", "ring")]
    assert counts(book.take(blank, "a", blank_clears=True)) == {"unchanged": 1}


def test_a_column_that_is_not_there_clears_nothing_nor_does_what_nobody_knows(book: Book) -> None:
    book.take(FULL, "a")
    assert counts(book.take("id;name;unit\n1;Kari Nes;Nord vgs\n", "a", blank_clears=True)) == {"unchanged": 1}
    unknown = "id;name;unit;municipality\n1;Kari Nes;Nord vgs;Utopia\n"
    assert counts(book.take(unknown, "a", blank_clears=True)) == {"unchanged": 1}


def test_one_blank_row_of_several_clears_nothing(book: Book) -> None:
    book.take(FULL, "a")
    text = "id;name;unit;phone\n1;Kari Nes;Nord vgs;57000001\n1;Kari Nes;Sør vgs;\n"
    book.take(text, "a", blank_clears=True)
    assert phone(book) == "+4757000001"


# The lists themselves ------------------------------------------------------------------------------------------------


def test_a_list_is_made_of_whom_it_has(book: Book) -> None:
    book.take("name;role;unit\nKari Nes;rektor;Nord vgs\nOla Moe;Kaffiansvarleg;Nord vgs\n", "Leiarane")
    assert book.all("SELECT name, title, roles, cadence_months FROM lists") == [
        ("Leiarane", "Leiarane", "principal", None)
    ]


@pytest.mark.parametrize(
    "name", ["Rådgjevarar", "rådgiverliste", "COUNSELLORS", "Counsellors at the upper secondary schools"]
)
def test_the_standard_lists_go_by_many_names(book: Book, name: str) -> None:
    """The name under which it is first filled is its own."""
    assert book.take("name;unit\nKari Nes;Nord vgs\n", name)["list"] == name
    assert book.take("name;unit\nKari Nes;Nord vgs\n", "counsellors")["list"] == name
    assert book.all("SELECT name, roles, cadence_months FROM lists") == [(name, "counsellor", 6)]


def test_a_list_is_found_by_its_title_however_it_is_spelled(book: Book) -> None:
    with book.store.write(by=ME, why="list.add") as w:
        w.insert("lists", name="pp", title="PP-tenesta i fylket")
    assert book.take("name;unit\nKari Nes;Nord vgs\n", "pp tenesta i fylket")["list"] == "pp"
    with book.store.read() as db:
        assert lists.find(db, "nobody knows") is None


# Merged contacts -----------------------------------------------------------------------------------------------------


def merged(book: Book, number: int, into: int) -> None:
    with book.store.write(by=ME, why="contact.merge") as w:
        w.update("contacts", number, {"merged_into": into})


@pytest.mark.parametrize(
    "said",
    ["2;Kari Moe;;;", ";Kari Moe;;;moe@example.no", ";Kari Moe;;57000002;", ";K. Moe;;;moe@example.no"],
)
def test_what_a_merged_row_says_leads_to_whom_it_became_and_does_not_come_back(book: Book, said: str) -> None:
    book.take(HEAD + "1;Kari Nes;Nord vgs;57000001;nes@example.no\n2;Kari Moe;;57000002;moe@example.no\n", "a")
    merged(book, 2, 1)
    assert counts(book.take(HEAD + said + "\n", "a")) in (
        {"unchanged": 1, "missing": 0},
        {"unchanged": 1},
        {"updated": 1},
    )
    told = book.all("SELECT id, external_id, email, merged_into FROM contacts ORDER BY id")
    assert told == [(1, "1", "nes@example.no", None), (2, "2", "moe@example.no", 1)]


def test_both_rows_of_somebody_who_was_merged_are_one_person_who_differs(book: Book) -> None:
    text = HEAD + "1;Kari Nes;Nord vgs;57000001;nes@example.no\n2;Kari Moe;;57000002;moe@example.no\n"
    book.take(text, "a")
    merged(book, 2, 1)
    before = book.content()
    assert counts(book.take(text, "a")) == {"conflicts": 1}
    assert book.content() == before


# The directory's own numbers -----------------------------------------------------------------------------------------


def test_the_number_finds_somebody_whose_every_thing_changed(book: Book) -> None:
    book.take("name;unit;email\nKari Nes;Nord vgs;kari@example.no\n")
    new = "Samløp-nr;name;unit;email\n1;Kari Anne Nes;Sør vgs;anne@example.no\n"
    assert counts(book.take(new)) == {"updated": 1}
    assert len(book.rows()) == 1


def test_a_row_written_over_with_somebody_else_is_somebody_else(book: Book) -> None:
    book.take("name;unit;email\nKari Nes;Nord vgs;kari@example.no\n")
    assert counts(book.take("Samløp-nr;name;unit;email\n1;Ola Moe;Nord vgs;ola@example.no\n")) == {"created": 1}
    assert sorted(r.name for r in book.rows()) == ["Kari Nes", "Ola Moe"]


def test_a_number_and_an_external_id_of_two_are_ambiguous(book: Book) -> None:
    book.take("id;name\n1;Kari Nes\n2;Kari Nes\n")
    data = book.take("Samløp-nr;id;name\n1;2;Kari Nes\n")
    assert counts(data) == {"ambiguous": 1}
    assert data["rows"][0]["candidates"] == [1, 2]
    assert counts(book.take("Samløp-nr;id;name\n1;3;Kari Nes\n")) == {"ambiguous": 1}


def test_numbers_keep_two_namesakes_apart(book: Book) -> None:
    book.take("id;name;unit\n1;Kari Nes;Nord vgs\n2;Kari Nes;Nord vgs\n")
    with book.store.write(by=ME, why="contact.edit") as w:
        for number in (1, 2):
            w.update("contacts", number, {"external_id": None})
    text = "Samløp-nr;name;unit;phone\n1;Kari Nes;Nord vgs;57000001\n2;Kari Nes;Nord vgs;57000002\n"
    assert counts(book.take(text)) == {"updated": 2}
    assert book.all("SELECT phone FROM contacts ORDER BY id") == [("+4757000001",), ("+4757000002",)]


def test_phone_and_name_find_somebody_and_a_switchboard_does_not(book: Book) -> None:
    book.take("name;unit;phone\nKari Nes;Nord vgs;57000001\n")
    assert counts(book.take("name;unit;phone\nKari Nes;Sør vgs;57000001\n")) == {"updated": 1}
    assert counts(book.take("name;unit;phone\nOla Moe;Sør vgs;57000001\n")) == {"created": 1}


def test_whoever_is_new_on_a_list_of_one_role_has_it_where_the_file_tells_no_roles(book: Book) -> None:
    plan = book.plan("name;unit\nKari Nes;Nord vgs\nOla Moe;\n", "counsellors")
    assert "2 new people got that of the list" in " ".join(plan.warnings)
    book.apply(plan)
    roles = book.all("SELECT c.name, r.role, r.unit_id FROM contact_roles r JOIN contacts c ON c.id = r.contact_id")
    assert roles == [("Kari Nes", "counsellor", 1), ("Ola Moe", "counsellor", None)]
    assert counts(book.take("name;unit\nKari Nes;Nord vgs\nOla Moe;\n", "counsellors")) == {"unchanged": 2}
    book.take("name;role;unit\nSiv Li;rektor;Nord vgs\n", "counsellors")
    book.take("name;unit\nSiv Li;Nord vgs\n", "counsellors")
    assert [code for code, _label in book.row("Siv Li").roles] == ["principal"]
    book.take("name;role\nEli Vik;\n", "counsellors")
    assert book.row("Eli Vik").roles == ()
    book.take("name;unit\nPer By;Nord vgs\n", "Others")
    assert book.row("Per By").roles == ()
