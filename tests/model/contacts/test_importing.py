"""Contact lists as offices send them, taken in: what comes of each row, and of the directory."""

from __future__ import annotations

from datetime import date

import pytest

from model import clock
from model.contacts.intake.importing import as_data
from model.contacts.sightings import last_seen
from model.errors import BadInput
from tests.model.contacts.book import ME, Book, counts

COUNTY = (
    "Namn;Rolle;Eining;Kommune;Telefon;E-post\n"
    "Kari Nes;Rådgjevar;Hafstad vgs;Sunnfjord;57 00 00 01;kari.nes@skule.example.no\n"
    "Ola Moe;Ungdomskontakt;Nav Sunnfjord;4647;+47 57 00 00 02;Ola.Moe@nav.example.no\n"
    "Åse Bø;OT-kontakt;OT Vestland;Førde;57000003;ase.bo@fylke.example.no\n"
)
# The same three people, as a school, a NAV office and a system would write them.
BOKMAAL = (
    "Fornavn,Etternavn,Stilling,Arbeidssted,Kommunenr,Tlf,E-postadresse\r\n"
    "Kari,Nes,Rådgiver,Hafstad videregående skole,4647,57000001,kari.nes@skule.example.no\r\n"
    "Ola,Moe,ungdomskontakt,NAV Sunnfjord,4647,57000002,ola.moe@nav.example.no\r\n"
    "Åse,Bø,OT,OT Vestland,4647,57 00 00 03,ase.bo@fylke.example.no\r\n"
)
ENGLISH = (
    "Name\tPosition\tWorkplace\tMunicipality\tPhone\tE-mail\n"
    '"Nes, Kari"\tcounsellor\tHafstad upper secondary school\tSunnfjord\t+47 57000001\tkari.nes@skule.example.no\n'
    "Ola Moe\tyouth contact\tNAV Sunnfjord\tSunnfjord\t57000002\tOla.Moe@nav.example.no\n"
    "Åse Bø\tOT contact\tOT Vestland\tSunnfjord\t57000003\tase.bo@fylke.example.no\n"
)
FILES = {
    "nynorsk, UTF-8": COUNTY.encode(),
    "nynorsk, cp1252": COUNTY.encode("cp1252"),
    "bokmål, UTF-8 with mark": BOKMAAL.encode("utf-8-sig"),
    "English, tabs, UTF-16": ENGLISH.encode("utf-16"),
}


@pytest.mark.parametrize("file", FILES)
def test_the_lists_of_three_offices_say_the_same(book: Book, file: str) -> None:
    assert counts(book.take(FILES[file])) == {"created": 3}
    kari = book.row("Kari Nes")
    assert kari.roles == (("counsellor", "counsellor"),)
    assert kari.municipality == "Sunnfjord"
    assert kari.phone == "+4757000001"
    assert kari.email == "kari.nes@skule.example.no"
    assert (book.row("Ola Moe").unit or "").casefold() == "nav sunnfjord"
    assert book.row("Åse Bø").roles == (("ot_contact", "OT contact"),)
    kinds = book.all("SELECT kind, service, municipality_no, county_no FROM units ORDER BY id")
    assert kinds == [
        ("school", "school", "4647", "46"),
        ("nav_office", "nav", "4647", "46"),
        ("ot_office", "ot", "4647", "46"),
    ]


@pytest.mark.parametrize("again", FILES)
def test_the_same_people_from_another_office_are_known(book: Book, again: str) -> None:
    book.take(COUNTY)
    before = book.content()
    assert counts(book.take(FILES[again])) == {"unchanged": 3}
    assert book.content() == before


def test_twice_gives_nothing_new_and_no_batch_but_that_the_file_was_read_again(book: Book) -> None:
    assert book.take(COUNTY, "county")["batch"] == 1
    before = book.content()
    again = book.take(COUNTY, "county")
    assert counts(again) == {"unchanged": 3}
    assert (again["rows"], again["batch"]) == ([], None)
    assert book.content() == before
    assert book.all("SELECT file, people, wrote, batch FROM list_readings") == [
        ("list.csv", 3, 1, 1),
        ("list.csv", 3, 0, 1),
    ]


def test_a_file_whose_import_is_undone_was_not_read(book: Book) -> None:
    with clock.fixed(date(2026, 11, 1)):
        book.take(COUNTY, "county")
    with clock.fixed(date(2026, 11, 18)):
        changed = book.take(COUNTY.replace("Kari Nes", "Kari Næss"), "county")
    with book.store.read() as db:
        assert date(2026, 11, 18) in {seen.on for seen in last_seen(db).values()}
    book.undo(changed["batch"])
    with book.store.read() as db:
        assert {seen.on for seen in last_seen(db).values()} == {date(2026, 11, 1)}


def test_a_dry_run_says_what_applying_does_and_changes_nothing(book: Book) -> None:
    book.take(COUNTY)
    before = book.content()
    changed = COUNTY.replace("57 00 00 01", "57 00 00 09") + "Per Li;Rektor;Øyrane vgs;Sunnfjord;;\n"
    plan = book.plan(changed)
    dry = as_data(plan, None, dry_run=True)
    assert book.content() == before
    real = as_data(plan, book.apply(plan), dry_run=False)
    assert dry["batch"] is None
    assert dry["dry_run"]
    assert real["batch"] == 2
    assert {**dry, "batch": None, "dry_run": False} == {**real, "batch": None}
    assert counts(real) == {"created": 1, "updated": 1, "unchanged": 2}


def test_an_update_names_the_line_and_both_texts(book: Book) -> None:
    book.take(COUNTY)
    data = book.take(COUNTY.replace("57 00 00 01", "57 00 00 09"))
    (row,) = data["rows"]
    assert row["line"] == 2
    assert row["outcome"] == "updated"
    assert row["contact"] == book.row("Kari Nes").id
    assert row["changes"] == [{"field": "phone", "old": "+4757000001", "new": "+4757000009"}]


def test_an_import_is_undone_as_one_and_leaves_the_directory_as_it_was(book: Book) -> None:
    book.take(COUNTY)
    before = book.content()
    data = book.take(
        "Namn;Rolle;Eining;Telefon;E-post;Merknad\n"
        "Kari Nes;Rektor;Øyrane vgs;57 00 00 09;kari.nes@skule.example.no;ny\n"
        "Siv Li;Rektor;Firda vgs;;;\n"
        "Ola Moe-Nes;Nav-leder;Nav Kinn;;ola.moe@nav.example.no;\n"
    )
    assert counts(data) == {"created": 1, "updated": 2}
    assert len(book.all("SELECT id FROM units")) == 6
    undone = book.undo(data["batch"])
    assert undone.kept == ()
    assert book.content() == before


def test_blank_cells_keep_what_is_there(book: Book) -> None:
    book.take("Namn;Eining;Telefon;E-post;Merknad\nKari Nes;Hafstad vgs;57000001;kari@example.no;Best før 12\n")
    assert counts(book.take("Namn;Eining;Telefon;E-post;Merknad\nKari Nes;Hafstad vgs;;;\n")) == {"unchanged": 1}
    assert book.row("Kari Nes").phone == "+4757000001"
    assert book.all("SELECT note FROM contacts") == [("Best før 12",)]


def test_a_contact_needs_only_a_name(book: Book) -> None:
    assert counts(book.take("name\nKari Nes\nOla Moe\n")) == {"created": 2}
    assert counts(book.take("name\nOla Moe\nKari Nes\n")) == {"unchanged": 2}
    row = book.row("Kari Nes")
    assert (row.roles, row.unit, row.municipality, row.phone, row.email) == ((), None, None, None, None)


def test_a_unit_without_a_role_is_kept(book: Book) -> None:
    book.take("Namn;Skule\nKari Nes;Hafstad vgs\n")
    assert book.row("Kari Nes").unit == "Hafstad vgs"
    assert book.row("Kari Nes").roles == ()
    assert counts(book.take("Namn;Rolle;Skule\nKari Nes;Rektor;Hafstad vgs\n")) == {"updated": 1}
    assert len(book.all("SELECT id FROM contact_roles")) == 1
    assert book.row("Kari Nes").roles == (("principal", "principal"),)


HOSTILE = ["Kari [vikar] Ås", "[@click=app.quit]x[/]", "=cmd|' /C calc'!A0", "{{7*7}}", "<script>", "[/", "' OR 1=1 --"]


def test_hostile_names_are_somebodys_text(book: Book) -> None:
    quoted = "".join(f'"{name}"\n' for name in HOSTILE)
    assert counts(book.take("name\n" + quoted)) == {"created": len(HOSTILE)}
    assert sorted(row.name for row in book.rows()) == sorted(HOSTILE)
    assert counts(book.take("name\n" + quoted)) == {"unchanged": len(HOSTILE)}


def test_hidden_characters_go_and_are_told_of(book: Book) -> None:
    plan = book.plan("name\nKa\u202eri Nes\nOla Moe\n")
    assert any("2" in warning and "Hidden" in warning for warning in plan.warnings)
    book.apply(plan)
    assert [row.name for row in book.rows()] == ["Kari Nes", "Ola Moe"]


# One person, several rows --------------------------------------------------------------------------------------------


def test_identical_rows_count_once(book: Book) -> None:
    line = "Kari Nes;Rektor;Hafstad vgs;57000001\n"
    assert counts(book.take("Namn;Rolle;Skule;Tlf\n" + line * 3)) == {"created": 1}
    assert counts(book.take("Namn;Rolle;Skule;Tlf\n" + line * 2)) == {"unchanged": 1}


@pytest.mark.parametrize(
    ("head", "one", "other"),
    [
        ("id;name;phone", "7;Kari Nes;57000001", "7;Kari Nes;57000002"),
        ("id;name;phone", "7;Kari Nes;57000001", "7;Ola Moe;57000001"),
        ("name;email;phone", "Kari Nes;k@example.no;57000001", "Kari Nes;k@example.no;57000002"),
        ("name;unit;phone", "Kari Nes;Hafstad vgs;57000001", "Kari Nes;Hafstad vgs;57000002"),
        ("name;phone", "Kari Nes;57000001", "Kari Nes;57000002"),
    ],
)
def test_differing_rows_of_one_person_are_a_conflict_and_neither_is_taken(
    book: Book, head: str, one: str, other: str
) -> None:
    data = book.take(f"{head}\n{one}\n{other}\n{'8;' if head.startswith('id') else ''}Ola Moe{';' * head.count(';')}\n")
    assert counts(data)["conflicts"] == 1
    (row,) = data["rows"]
    assert (row["outcome"], row["line"], row["lines"]) == ("conflict", 2, [2, 3])
    assert "2, 3" in row["reason"]
    assert not [r for r in book.rows() if r.phone]


def test_rows_that_differ_only_in_role_and_unit_are_roles(book: Book) -> None:
    text = (
        "Namn;Rolle;Eining;Kommune;E-post\n"
        "Kari Nes;Rådgjevar;Hafstad vgs;Sunnfjord;kari@example.no\n"
        "Kari Nes;Rådgjevar;Firda vgs;Gloppen;kari@example.no\n"
        "Kari Nes;Rektor / lærer;Firda vgs;Gloppen;kari@example.no\n"
    )
    assert counts(book.take(text)) == {"created": 1}
    roles = book.all("SELECT r.role, u.name FROM contact_roles r JOIN units u ON u.id = r.unit_id ORDER BY r.id")
    assert roles == [
        ("counsellor", "Hafstad vgs"),
        ("counsellor", "Firda vgs"),
        ("principal", "Firda vgs"),
        ("teacher", "Firda vgs"),
    ]
    assert [code for code, _label in book.row("Kari Nes").roles] == ["counsellor", "principal", "teacher"]
    assert counts(book.take(text)) == {"unchanged": 1}
    assert [row.name for row in book.rows(unit="firda")] == ["Kari Nes"]


def test_people_who_share_a_mailbox_stay_themselves(book: Book) -> None:
    text = (
        "Namn;E-post\nKari Nes;post@example.no\nOla Nes;post@example.no\nSiv Moe;post@example.no\n"
        + "".join(f"{chr(65 + n)}{chr(97 + n)}a {chr(75 + n)}li;post@example.no\n" for n in range(6))
    )  # fmt: skip
    assert counts(book.take(text)) == {"created": 9}
    assert counts(book.take(text)) == {"unchanged": 9}


def test_a_new_surname_is_the_same_person_by_the_address(book: Book) -> None:
    book.take("Namn;E-post\nKari Nes;kari@example.no\n")
    assert counts(book.take("Namn;E-post\nKari Nes Moe;Kari@example.no\n")) == {"updated": 1}
    assert [(row.name, row.email) for row in book.rows()] == [("Kari Nes Moe", "kari@example.no")]
    assert book.all("SELECT folded FROM contacts") == [("kari nes mo",)]


def test_two_candidates_are_ambiguous_and_named(book: Book) -> None:
    book.take("id;name;unit\n1;Kari Nes;Hafstad vgs\n2;Kari Nes;Hafstad vgs\n")
    data = book.take("name;unit;phone\nKari Nes;Hafstad vgs;57000001\n")
    assert counts(data) == {"ambiguous": 1}
    (row,) = data["rows"]
    assert row["outcome"] == "ambiguous"
    assert row["candidates"] == [row.id for row in book.rows()]


def test_of_two_units_of_one_name_the_municipality_tells(book: Book) -> None:
    for no in ("1818", "1515"):
        with book.store.write(by=ME, why="unit.add") as w:
            w.insert(
                "units", kind="nav_office", service="nav", name="Nav Herøy", folded="nav heroy", municipality_no=no
            )
    text = "name,unit,municipality\nKari Nes,Nav Herøy,1515\nOla Moe,Nav Herøy,\n"
    data = book.take(text)
    assert counts(data) == {"created": 1, "ambiguous": 1}
    assert data["rows"][0]["line"] == 3
    assert data["rows"][0]["field"] == "unit"
    assert book.row("Kari Nes").unit_id == 2


# What is wrong -------------------------------------------------------------------------------------------------------

WRONG = [
    ("name;phone", "Kari Nes;57 00 00", "phone"),
    ("name;phone", "Kari Nes;ring sentralbordet", "phone"),
    ("name;email", "Kari Nes;kari.example.no", "email"),
    ("name;phone", ";57000001", "name"),
    ("name;until", "Kari Nes;snart", "ends_on"),
    ("name;from;until", "Kari Nes;2026-08-01;2026-07-01", "ends_on"),
    ("name;confirmed", "Kari Nes;1.1.2999", "confirmed_on"),
    ("name;unit", "Kari Nes;" + "u" * 121, "unit"),
    ("name;unit", "K" * 121 + ";Hafstad", "name"),
    ("name;role", "Kari Nes;" + "r" * 81, "role"),
    ("id;name", "i" * 61 + ";Kari Nes", "external_id"),
]


@pytest.mark.parametrize(("head", "bad", "field"), WRONG)
def test_a_bad_row_stops_everything_and_is_named(book: Book, head: str, bad: str, field: str) -> None:
    good = ";".join(["9" if name == "id" else "Ola Moe" if name == "name" else "" for name in head.split(";")])
    plan = book.plan(f"{head}\n{good}\n{bad}\n")
    data = as_data(plan, None, dry_run=False)
    assert counts(data) == {"rejected": 1}
    (row,) = data["rows"]
    assert (row["line"], row["outcome"], row["field"]) == (3, "rejected", field)
    assert row["reason"]
    cells = [cell for cell in bad.split(";") if cell]
    assert not any(cell in row["reason"] for cell in cells)
    with pytest.raises(BadInput, match="1 row"):
        book.apply(plan)
    assert book.rows() == []


SYNTHETIC = "01810710000"  # day 1, month 1 + 80: a synthetic person, with good control digits


@pytest.mark.parametrize("written", [SYNTHETIC, f"fnr {SYNTHETIC[:6]} {SYNTHETIC[6:]}", f"x;{SYNTHETIC}"])
@pytest.mark.parametrize("column", ["note", "role", "unit", "id", "email"])
def test_a_national_identity_number_is_refused_and_not_repeated(book: Book, column: str, written: str) -> None:
    from model import identity

    assert identity.has_number(written)
    plan = book.plan(f'name,{column}\nKari Nes,"{written}"\n')
    data = as_data(plan, None, dry_run=True)
    assert counts(data) == {"rejected": 1}
    assert SYNTHETIC not in str(data)
    assert SYNTHETIC[:6] not in str(data)
    assert SYNTHETIC not in str(plan.warnings)


def test_identity_number_columns_are_dropped_unread_and_told_of(book: Book) -> None:
    plan = book.plan(f"Namn;Fødselsnummer\nKari Nes;{SYNTHETIC}\n")
    assert [w for w in plan.warnings if "Fødselsnummer" in w and "not read" in w]
    book.apply(plan)
    assert SYNTHETIC not in str(book.content())


def test_eastern_digits_are_digits(book: Book) -> None:
    eastern = SYNTHETIC.translate({ord("0") + n: 0x0660 + n for n in range(10)})
    assert as_data(book.plan(f"name;note\nKari Nes;{eastern}\n"), None, dry_run=True)["rejected"] == 1


# What is told --------------------------------------------------------------------------------------------------------


def test_unknown_things_are_kept_as_far_as_they_go_and_told_of(book: Book) -> None:
    plan = book.plan(
        "Namn;Rolle;Eining;Kommune;Favorittfarge\n"
        "Kari Nes;Kaffiansvarleg;Bakrommet;Utopia;blå\n"
    )  # fmt: skip
    told = "\n".join(plan.warnings)
    assert "Kaffiansvarleg" in told
    assert "Favorittfarge" in told
    assert "Bakrommet" in told
    assert "municipality" in told
    book.apply(plan)
    row = book.row("Kari Nes")
    assert row.roles == (("Kaffiansvarleg", "Kaffiansvarleg"),)
    assert (row.unit, row.municipality) == ("Bakrommet", None)


def test_the_rest_of_several_numbers_and_addresses_goes_to_the_note(book: Book) -> None:
    text = (
        "Namn;Telefon;Mobil;E-post;Merknad\n"
        "Kari Nes;57000001 / 90000001;90000002;kari@example.no, post@example.no;Best før 12\n"
    )
    plan = book.plan(text)
    assert any("note" in warning for warning in plan.warnings)
    book.apply(plan)
    ((phone, email, note),) = book.all("SELECT phone, email, note FROM contacts")
    assert (phone, email) == ("+4757000001", "kari@example.no")
    for kept in ("Best før 12", "90 00 00 01", "90 00 00 02", "post@example.no"):
        assert kept in note
    assert counts(book.take(text)) == {"unchanged": 1}


def test_a_dash_is_no_number(book: Book) -> None:
    assert counts(book.take("name;phone;email\nKari Nes;-;–\n")) == {"created": 1}


def test_the_service_column_says_what_kind_of_place_it_is(book: Book) -> None:
    book.take("name,unit,service\nKari Nes,Sunnfjord,NAV\nOla Moe,Hafstad,skule\nSiv Li,Nav fylke Vestland,NAV\n")
    assert [kind for (kind,) in book.all("SELECT kind FROM units ORDER BY id")] == [
        "nav_office",
        "school",
        "nav_county",
    ]


def test_roles_say_what_kind_of_place_it_is_when_nothing_else_does(book: Book) -> None:
    book.take("name,unit,role\nKari Nes,Hafstad,rektor\nOla Moe,Hafstad,rådgiver\n")
    assert book.all("SELECT kind FROM units") == [("school",)]


def test_those_whom_the_list_no_longer_names_are_missing_from_it(book: Book) -> None:
    book.take(COUNTY, "county")
    book.take("name\nSomebody Else\n", "others")
    fewer = "".join(COUNTY.splitlines(keepends=True)[:3])
    data = book.take(fewer, "county")
    assert counts(data) == {"unchanged": 2, "missing": 1}
    assert len(book.rows()) == 4
