"""Names in lists, and how far a shared mailbox may make two people one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.contacts.names import compatible_surname, full_name, same_surname


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
    ("one", "other", "same", "compatible"),
    [
        ("Kari Nes", "Kari Nes", True, True),
        ("Kari Ås", "KARI AAS", True, True),
        ("Kari Nes", "Kari Nes Moe", False, True),
        ("Kari Nes", "Kari Moe-Nes", True, True),
        ("Kari Nes (vikar)", "Kari Nes", True, True),
        ("Kari Nes", "Ola Moe", False, False),
        ("Per Olav Nes", "Jon Olav Moe", False, False),
        ("Jan van Berg", "Ola van Dijk", False, False),
        ("Nes", "Kari Nes", True, True),
        ("Kari", "Kari Nes", False, True),
        ("Kari", "Ola Nes", False, False),
        ("", "Kari Nes", False, False),
        ("Nguyễn Thị Hà", "Nguyen Thi Ha", True, True),
    ],
)
def test_surnames(one: str, other: str, same: bool, compatible: bool) -> None:
    assert same_surname(one, other) is same_surname(other, one) is same
    assert compatible_surname(one, other) is compatible_surname(other, one) is compatible


@given(st.text(), st.text())
def test_comparing_does_not_depend_on_order_and_sameness_is_compatible(one: str, other: str) -> None:
    assert compatible_surname(one, other) == compatible_surname(other, one)
    assert compatible_surname(one, other) or not same_surname(one, other)
