"""What an edition keeps, and what the next one tells by it."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from model.lists import content

PEOPLE = st.dictionaries(
    st.integers(1, 50),
    st.fixed_dictionaries(
        {
            "name": st.text(min_size=1, max_size=10),
            "roles": st.lists(st.sampled_from(["counsellor", "ot_contact", "own words"]), unique=True),
            "units": st.lists(st.text(max_size=5)),
            "municipality": st.none() | st.text(max_size=5),
            "phone": st.none() | st.just("+4757000000"),
            "email": st.none() | st.just("a@example.no"),
            "confirmed": st.none() | st.just("2026-01-01"),
        }
    ),
).map(lambda found: [{"id": number, **person} for number, person in sorted(found.items())])
DAY = date(2026, 1, 1)


@given(PEOPLE)
def test_what_is_packed_comes_back_and_is_no_news(people: list[content.Person]) -> None:
    packed = content.pack(people)
    assert content.unpack(packed) == people
    assert packed == content.pack(content.unpack(packed))
    assert packed.isascii()
    assert not content.compare(people, people, DAY).any


@given(PEOPLE, PEOPLE)
def test_each_person_who_differs_is_told_of_once(was: list[content.Person], now: list[content.Person]) -> None:
    found = content.compare(was, now, DAY)
    before, after = {p["id"]: p for p in was}, {p["id"]: p for p in now}
    assert {one[0] for one in found.came} == after.keys() - before.keys()
    assert {one[0] for one in found.left} == before.keys() - after.keys()
    assert {one.contact_id for one in found.changed} == {
        number
        for number in before.keys() & after.keys()
        if any(before[number][name] != after[number][name] for name in content.FIELDS)
    }
    assert len(found.lines()) == len(found.came) + len(found.left) + len(found.changed)
    back = content.compare(now, was, DAY)
    assert (back.came, back.left) == (found.left, found.came)


def test_the_first_edition_has_no_news() -> None:
    assert not content.compare([], [{"id": 1, "name": "Kari", "units": []}], None).any
