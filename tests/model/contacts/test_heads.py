"""Headers as offices write them."""

from __future__ import annotations

import pytest

from model.contacts.intake.heads import Heads, recognise
from model.contacts.intake.synonyms import CONTACT_HEADS, Synonyms, youth_heads
from model.errors import BadInput, Usage
from model.text import fold


def contacts(*head: str, maps: tuple[str, ...] = ()) -> Heads:
    return recognise(head, CONTACT_HEADS, file="list.csv", maps=maps)


def youths(*head: str, maps: tuple[str, ...] = ()) -> Heads:
    return recognise(head, youth_heads(), file="list.csv", maps=maps)


FIELDS = ("name", "role", "unit", "municipality", "phone", "mobile", "email", "confirmed_on", "starts_on", "note")


@pytest.mark.parametrize(
    "head",
    [
        ("Navn", "Rolle", "Arbeidssted", "Kommune", "Tlf.", "Mobil", "E-post", "Sist bekreftet", "Fra", "Merknad"),
        ("NAMN", "Funksjon", "Skule / kontor", "Kommunenr.", "Telefonnr", "Mobilnr.", "e-postadresse:",
         "Sist stadfesta (dato)", "Frå dato", "Merknader"),
        ("Full name", "Position", "Workplace", "Municipality", "Phone", "Mobile", "E-mail", "Last confirmed",
         "Valid from", "Comments"),
        ("Navn/Namn", "Stilling (tittel)", "NAV-kontor", "kommunenavn", "Telefon / Phone", "mobiltelefon", "epost",
         "Bekreftet", "gyldig_fra", "Notat"),
        ("name", "role", "unit", "municipality", "phone", "mobile", "email", "confirmed_on", "starts_on", "note"),
    ],
)  # fmt: skip
def test_contact_headers_in_three_languages(head: tuple[str, ...]) -> None:
    found = contacts(*head)
    assert found.columns == {field: n for n, field in enumerate(FIELDS)}
    assert found.unknown == ()


def test_youth_headers_with_guardians() -> None:
    found = youths(
        "Elevens etternavn", "Elevens fornavn", "Født", "Elevnr.", "Heimkommune", "Avgiverskole", "Programområde",
        "Trinn", "Årsakskode", "Gradering", "Mobil", "E-post", "Foresatt 1", "Foresatt 1 mobil", "E-post foresatt 1",
        "Føresett 2 namn", "Tlf. foresatt 2", "Skostørrelse",
    )  # fmt: skip
    assert list(found.columns) == [
        "given_name", "surname", "birth_date", "local_id", "municipality", "school", "programme", "level", "reason",
        "address_protection", "mobile", "email", "guardian_name", "guardian_phone", "guardian_email", "guardian2_name",
        "guardian2_phone",
    ]  # fmt: skip
    assert (found.columns["surname"], found.columns["given_name"], found.columns["guardian2_phone"]) == (0, 1, 16)
    assert found.unknown == ("Skostørrelse",)
    assert found.protection == (9,)


@pytest.mark.parametrize("synonyms", [CONTACT_HEADS, youth_heads()])
def test_no_synonym_means_two_fields(synonyms: Synonyms) -> None:
    owners: dict[str, str] = {}
    for field, words in synonyms.items():
        for word in words:
            assert owners.setdefault(fold(word).replace(" ", ""), field) == field, word


@pytest.mark.parametrize(
    "header",
    [
        "Fødselsnummer", "FØDSELSNR.", "Fødselsnummer (11 siffer)", "Elevens fødselsnr", "fnr", "Fnr./D-nr.",
        "D-nummer", "Personnummer", "Fødsels- og personnummer", "national_id", "National identity number",
        "Fødselsdato/personnr", "elev fnr", "Foedselsnummer", "DUF-nummer",
    ],
)  # fmt: skip
@pytest.mark.parametrize("read", [contacts, youths])
def test_identity_numbers_are_known_to_be_left_alone(header: str, read: object) -> None:
    assert callable(read)
    found = read("Navn", header, "Telefon")
    assert found.identity == (header,)
    assert found.columns == {"name": 0, "phone": 2}
    assert found.unknown == ()
    with pytest.raises(Usage, match="identity numbers"):
        read("Navn", header, maps=(f"{header}=phone",))


def test_phone_and_employee_numbers_are_no_identity_numbers() -> None:
    found = contacts("Navn", "Tlfnr", "Ansattnr", "Kommunenr")
    assert found.columns == {"name": 0, "phone": 1, "external_id": 2, "municipality": 3}
    assert youths("Navn", "Fødselsdato").columns["birth_date"] == 1


def test_every_column_of_address_protection_is_found() -> None:
    found = youths("Navn", "Kode 6", "Kode 7", "Strengt fortrolig adresse", "Adressesperre (ja/nei)")
    assert found.protection == (1, 2, 3, 4)
    assert found.columns["address_protection"] == 1
    assert found.unknown == ()
    mapped = youths("Navn", "Sperre", "Kode 6", maps=("Sperre=address_protection",))
    assert mapped.protection == (1, 2)
    assert contacts("Navn", "Kode 6").unknown == ("Kode 6",)


def test_of_two_names_for_a_field_the_better_is_taken_and_the_other_told() -> None:
    found = contacts("Namn", "Kommune", "Kommunenr", "Bedrift", "")
    assert found.columns["municipality"] == 2
    assert found.unknown == ("Kommune", "Bedrift", "column 5")


def test_two_columns_as_good_as_each_other_are_asked_about() -> None:
    with pytest.raises(BadInput, match=r"columns 2 and 3 could both be phone.*--map"):
        contacts("Namn", "Telefon (arbeid)", "Telefon (privat)")
    found = contacts("Namn", "Telefon (arbeid)", "Telefon (privat)", maps=("Telefon (privat)=phone",))
    assert (found.columns["phone"], found.unknown) == (2, ("Telefon (arbeid)",))


def test_map_goes_before_synonyms() -> None:
    found = contacts("Kven", "Namn", "a=b", maps=("kven = name", "a=b=role"))
    assert found.columns == {"name": 0, "role": 2}
    assert found.unknown == ("Namn",)


def test_map_mistakes_list_the_choices() -> None:
    with pytest.raises(Usage, match=r"takes a column and a field"):
        contacts("Namn", maps=("Namn",))
    with pytest.raises(Usage) as field:
        contacts("Namn", maps=("Namn=nmae",))
    assert all(name in field.value.sentence for name in CONTACT_HEADS)
    with pytest.raises(Usage, match="Choose one of Namn, Kven"):
        contacts("Namn", "Kven", maps=("Kvem=role",))
    with pytest.raises(Usage, match="two columns"):
        contacts("Namn", "Kven", maps=("Namn=name", "Kven=name"))
    assert field.value.exit_code == 2


def test_a_list_without_names_or_without_header_says_nothing_of_its_data() -> None:
    with pytest.raises(BadInput, match="no column with names") as none:
        contacts("Kari Nordmann", "57000000", "kari@example.no")
    with pytest.raises(Usage) as mapped:
        contacts("Kari Nordmann", "57000000", maps=("Navn=name",))
    assert "Kari" not in none.value.sentence + mapped.value.sentence
    assert contacts("Fornavn", "Etternavn").columns == {"given_name": 0, "surname": 1}
