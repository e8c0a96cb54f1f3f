"""Names in lists, and how far a shared mailbox may make two people one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.contacts.names import compatible_surname, fold_people, fold_person, full_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kari Nes", "Kari Nes"),
        ("Nes, Kari Anne", "Kari Anne Nes"),
        ("Nes Moe,Kari", "Kari Nes Moe"),
        ("Kari Nes, vikar", "Kari Nes, vikar"),
        ("Nes, Kari, vikar", "Nes, Kari, vikar"),
        ("Nes,", "Nes,"),
        (" Kari \n Nes ", "Kari Nes"),
        ("", ""),
    ],
)
def test_a_name_is_turned_the_way_it_is_spoken(text: str, name: str) -> None:
    assert full_name(text) == name


def test_parts_are_joined_when_there_is_no_whole_name() -> None:
    assert full_name(given="Kari Anne", surname="Nes") == "Kari Anne Nes"
    assert full_name(given="", surname="Nes") == "Nes"
    assert full_name("Kari Nes", given="Ola", surname="Moe") == "Kari Nes"


@pytest.mark.parametrize(
    ("one", "other", "compatible"),
    [
        ("Kari Nes", "Kari Nes", True),
        ("Kari Ås", "KARI AAS", True),
        ("Kari Nes", "Kari Nes Moe", True),
        ("Kari Nes", "Kari Moe-Nes", True),
        ("Kari Nes (vikar)", "Kari Nes", True),
        ("Kari Nes", "Ola Moe", False),
        ("Per Olav Nes", "Jon Olav Moe", False),
        ("Jan van Berg", "Ola van Dijk", False),
        ("Nes", "Kari Nes", True),
        ("Kari", "Kari Nes", True),
        ("Kari", "Ola Nes", False),
        ("", "Kari Nes", False),
        ("Nguyễn Thị Hà", "Nguyen Thi Ha", True),
    ],
)
def test_surnames(one: str, other: str, compatible: bool) -> None:
    assert compatible_surname(one, other) is compatible_surname(other, one) is compatible


@given(st.text(), st.text())
def test_comparing_does_not_depend_on_order(one: str, other: str) -> None:
    assert compatible_surname(one, other) == compatible_surname(other, one)


@given(st.lists(st.text("aoeå ÅøÆ'\u0301ⵣ-,.İ", max_size=6) | st.text(max_size=6), max_size=5))
def test_names_fold_together_as_they_fold_alone(names: list[str]) -> None:
    assert fold_people(names) == [fold_person(name) for name in names]
