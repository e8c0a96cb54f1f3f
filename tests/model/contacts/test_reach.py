"""Phone numbers and addresses: the quick way and the libraries' way are one."""

from __future__ import annotations

import phonenumbers
import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import assume, example, given
from hypothesis import strategies as st

from model.contacts import reach
from model.contacts.reach import (
    read_email,
    read_emails,
    read_phone,
    read_phones,
    read_plain_emails,
    read_plain_phones,
    show_phone,
)

E164 = phonenumbers.PhoneNumberFormat.E164
NATIONAL = phonenumbers.PhoneNumberFormat.NATIONAL


@pytest.mark.parametrize(
    ("text", "stored", "shown"),
    [
        ("57 00 00 00", "+4757000000", "57 00 00 00"),
        ("57000000", "+4757000000", "57 00 00 00"),
        ("+47 900 00 000", "+4790000000", "90 00 00 00"),
        ("0047 57 00 00 00", "+4757000000", "57 00 00 00"),
        ("4757000000", "+4757000000", "57 00 00 00"),
        ("tlf. 57 00 00 00", "+4757000000", "57 00 00 00"),
        ("900 00 000 (mob.)", "+4790000000", "90 00 00 00"),
        ("Mobil: 900 00 000", "+4790000000", "90 00 00 00"),
        ("57.00.00.00", "+4757000000", "57 00 00 00"),
        ("(57) 00-00-00", "+4757000000", "57 00 00 00"),
        ("815 22 040", "+4781522040", "815 22 040"),
        ("05003", "+4705003", "05003"),
        ("116 117", "+47116117", "116117"),
        ("+46 70 123 45 67", "+46701234567", "+46 70 123 45 67"),
    ],
)
def test_phones_as_people_write_them(text: str, stored: str, shown: str) -> None:
    assert read_phone(text) == stored
    assert show_phone(stored) == shown
    assert read_phone(shown) == stored


@pytest.mark.parametrize("text", ["", "x", "123", "5700000", "570000000", "ring meg", "57 00 00 00 ext 12", "5" * 999])
def test_what_is_no_phone_is_said_without_repeating_it(text: str) -> None:
    with pytest.raises(ValueError, match="not a phone number") as caught:
        read_phone(text)
    assert len(text) < 3 or text not in str(caught.value)


def test_several_in_a_cell() -> None:
    assert read_phones("57 00 00 00 / 900 00 000;57000000") == ["+4757000000", "+4790000000"]
    assert read_emails("a@x.no; Kari Nes <b@x.no>,\na@X.no") == ["a@x.no", "b@x.no"]
    assert read_phones("57 00 00 00 (jobb), 900 00 000 (mobil)") == ["+4757000000", "+4790000000"]
    assert read_phones("57 00 00 00 ::: 900 00 000") == ["+4757000000", "+4790000000"]
    assert read_phones(" / ") == []


WRITTEN = st.from_regex(r" ?(\+ ?4 ?7|0 ?0 ?4 ?7)? {0,2}([0-9] {0,2}){8}", fullmatch=True)


@given(WRITTEN)
@example("+4759000000")
@example("0047 40000000")
@example("47474747")
@example("0047 4 7 4 7 4 7 4 7")
def test_the_quick_way_to_a_number_is_the_librarys(text: str) -> None:
    assume(reach._plain_number(text))
    number = phonenumbers.parse(text, "NO")
    assert phonenumbers.is_possible_number(number)
    assert read_phone(text) == phonenumbers.format_number(number, E164)


@given(st.from_regex(r"[2-9][0-9]{7}", fullmatch=True))
@example("59000000")
@example("58000000")
@example("80000000")
@example("40000000")
def test_the_quick_way_to_show_a_number_is_the_librarys(digits: str) -> None:
    number = phonenumbers.parse(digits, "NO")
    assert show_phone(f"+47{digits}") == phonenumbers.format_number(number, NATIONAL)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("Kari.Nes@VLFK.no", "Kari.Nes@vlfk.no"),
        (" kari@skole.vlfk.no ", "kari@skole.vlfk.no"),
        ("Kari Nes <kari@vlfk.no>", "kari@vlfk.no"),
        ("mailto:kari@vlfk.no", "kari@vlfk.no"),
        ("post@målselv.kommune.no", "post@målselv.kommune.no"),
        ("kari+ot@example.com", "kari+ot@example.com"),
        ("kari@skole.test", "kari@skole.test"),
    ],
)
def test_addresses_as_people_write_them(text: str, stored: str) -> None:
    assert read_email(text) == stored
    assert read_email(stored) == stored


@pytest.mark.parametrize("text", ["", "kari", "kari@", "@x.no", "a b@x.no", "a..b@x.no", "kari@x", "kari@-x.no"])
def test_what_is_no_address_is_said_without_repeating_it(text: str) -> None:
    with pytest.raises(ValueError, match="not an e-mail address") as caught:
        read_email(text)
    assert len(text) < 5 or text not in str(caught.value)


LOCAL = st.text(alphabet="abzAZ019._+-", min_size=1, max_size=66)
LABEL = st.text(alphabet="abzAZ019-", min_size=1, max_size=65)
RESERVED = ("arpa", "invalid", "local", "localhost", "onion", "test")


@given(LOCAL, st.lists(LABEL, min_size=1, max_size=4))
@example("a" * 64, ["b" * 63, "c" * 63, "d" * 61])
@example("a" * 64, ["b" * 63, "c" * 63, "no"])
@example("a", ["xn--bcher-kva", "no"])
@example("a", ["ab--cd", "no"])
@example("a.", ["b", "no"])
@example("a", ["b", "x1"])
@example("a", ["1", "2"])
def test_the_quick_way_to_an_address_is_the_librarys(local: str, labels: list[str]) -> None:
    assume(labels[-1].lower() not in RESERVED)
    address = f"{local}@{'.'.join(labels)}"
    try:
        expected = validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError:
        with pytest.raises(ValueError):
            read_email(address)
    else:
        assert read_email(address) == expected


# Whole columns --------------------------------------------------------------------------------------------------------

CELL = st.one_of(
    st.just(""),
    st.sampled_from(["57 00 00 01", "+4757000001", "0047 57000001", "12345678", "815 00 000", "57000001\n57000002"]),
    st.sampled_from(["kari@example.no", "Kari.Nes@Example.no", "k@xn--a.no", "a@b.no\nc@d.no", f"{'k' * 70}@a.no"]),
    st.text("57 +@.akA-\n", max_size=12),
)


@given(st.lists(CELL, min_size=1, max_size=4))
def test_a_column_read_at_once_is_read_as_its_cells_are(cells: list[str]) -> None:
    for at_once, one in ((read_plain_phones, read_phone), (read_plain_emails, read_email)):
        values = at_once(cells)
        if values is not None:
            assert values == [one(cell) if cell.strip() else None for cell in cells]


def test_plain_columns_are_read_at_once() -> None:
    assert read_plain_phones(["57 00 00 01", "", "+4790000001"]) == ["+4757000001", None, "+4790000001"]
    assert read_plain_emails(["kari@example.no", "", "Ola.Moe@nav.example.no"]) is not None
    assert read_plain_phones(["57000001", "57"]) is None
    assert read_plain_emails(["kari@example.no", "kari"]) is None
