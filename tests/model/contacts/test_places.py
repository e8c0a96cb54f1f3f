"""Places as lists write them; unknown rather than guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.contacts import places
from model.contacts.places import find, find_district


def test_the_register_of_2024_is_whole() -> None:
    assert len(places.municipalities()) == 357
    assert [(county.no, county.name) for county in places.counties()][:2] == [("03", "Oslo"), ("11", "Rogaland")]
    assert len(places.counties()) == 15
    assert all(place.no[:2] == place.county_no and len(place.no) == 4 for place in places.municipalities())
    assert len(places.districts()) == 15
    assert all(place.no[:4] == place.municipality_no == places.OSLO for place in places.districts())


def test_every_municipality_is_found_by_its_number_and_its_name() -> None:
    twice = {"Herøy", "Våler"}
    for place in places.municipalities():
        assert find(place.no) == place
        assert find(f"{place.no} {place.name}") == place
        assert find(f"{place.name} ({place.county})") == place
        for name in {place.name, *place.aliases} - twice:
            assert find(name) == find(name.upper()) == find(f" {name} kommune ") == place


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("301", "Oslo"),
        ("0301", "Oslo"),
        ("Førde", "Sunnfjord"),
        ("flora", "Kinn"),
        ("1432", "Sunnfjord"),
        ("1432 Førde", "Sunnfjord"),
        ("Hornindal", "Volda"),
        ("Vågsøy", "Kinn"),
        ("Vaagsoey", "Kinn"),
        ("KÅRASJOK", "Kárášjohka"),
        ("Kárášjohka - Karasjok", "Kárášjohka"),
        ("Guovdageaidnu/Kautokeino", "Guovdageaidnu"),
        ("Nore og Uvdal", "Nore og Uvdal"),
    ],
)
def test_other_ways_of_writing(text: str, name: str) -> None:
    place = find(text)
    assert place is not None
    assert place.name == name


@pytest.mark.parametrize(
    ("text", "no"),
    [
        ("Herøy (Nordland)", "1818"),
        ("Herøy, Møre og Romsdal", "1515"),
        ("Herøy i Møre og Romsdal fylke", "1515"),
        ("våler (innlandet)", "3419"),
        ("Våler i Østfold", "3114"),
    ],
)
def test_two_of_a_name_are_told_apart_by_county(text: str, no: str) -> None:
    assert find(text) == places.municipality(no) is not None


@pytest.mark.parametrize(
    "text",
    ["", " ", "Herøy", "Våler", "Herøy (Agder)", "Sunnfjord (Agder)", "4647 Kinn", "9999", "0", "12345",
     "Karasjok/Alta", "Sunnfjord og Kinn", "Ukjent", "Nav Sunnfjord", "٠٣٠١"],
)  # fmt: skip
def test_what_is_not_known_is_none(text: str) -> None:
    assert find(text) is None


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert find(text) is None or find(text) in places.municipalities()


def test_city_districts_of_oslo() -> None:
    for district in places.districts():
        assert find_district(district.no) == find_district(f"Bydel {district.name}") == district
    hanshaugen = find_district("030104")
    assert hanshaugen is not None
    for text in ("St.Hanshaugen", "sankt hanshaugen", "ST HANSHAUGEN", "Bydel St. Hanshaugen"):
        assert find_district(text) == hanshaugen
    assert find_district("grunerlokka") is not None
    assert find_district("Oslo") is None
    assert find_district("") is None
