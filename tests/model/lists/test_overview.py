"""Who is on a list, how old it is, and whom it misses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.dates import months_on
from model.errors import NotFound
from model.lists import ages
from model.lists import editing as lists
from model.terms import Role, UnitKind
from tests.model.contacts.book import ME
from tests.model.lists.county import County


def test_who_has_left_or_has_no_role_any_more_is_not_on_the_list(county: County) -> None:
    school = county.unit("Hafstad vgs")
    stays = county.person("Anne Berg", Role.COUNSELLOR, school, on="counsellors", confirmed="2026-08-01")
    goes = county.person("Per Lid", Role.COUNSELLOR, school, on="counsellors")
    county.leave(goes, "2026-08-19")
    later = county.person("Siv Moe", Role.COUNSELLOR, school, on="counsellors")
    county.leave(later, "2026-09-01")
    assert [e.contact_id for e in county.view("counsellors").entries] == [stays, later]
    assert [e.contact_id for e in county.view("counsellors", "2026-09-02").entries] == [stays]
    one = county.view("counsellors", "2026-09-02").list
    assert (one.people, one.never, one.past, one.newest) == (1, 0, 0, date(2026, 8, 1))


def test_somebody_with_the_role_at_two_schools_stands_once_and_at_both(county: County) -> None:
    one, other = county.unit("Hafstad vgs"), county.unit("Dale vgs")
    both = county.person("Anne Berg", Role.COUNSELLOR, one, on="counsellors")
    with county.store.write(by=ME, why="contact.roles") as w:
        w.insert("contact_roles", contact_id=both, role="counsellor", unit_id=other)
        w.insert("contact_roles", contact_id=both, role="teacher", unit_id=county_unit(county, "Flora vgs"))
    [entry] = county.view("counsellors").entries
    assert [name for _id, name in entry.units] == ["Hafstad vgs", "Dale vgs"]
    assert entry.roles == (("counsellor", "counsellor"),)
    assert [unit.name for unit in county.view("counsellors").units_without] == ["Flora vgs"]


def county_unit(county: County, name: str) -> int:
    """A school made inside another write."""
    return int(
        county.store.db.execute(
            "INSERT INTO units (kind, service, name, folded, batch) "
            "SELECT 'school', 'school', ?, 'flora vgs', batch FROM door RETURNING id",
            (name,),
        ).fetchone()[0]
    )


def test_units_that_ought_to_have_somebody_are_those_of_the_roles_service(county: County) -> None:
    county.unit("Nav Kinn", UnitKind.NAV_OFFICE)
    county.unit("Nav Vestland", UnitKind.NAV_COUNTY)
    county.unit("OT Kinn", UnitKind.OT_OFFICE)
    county.unit("Flora vgs")
    named = {name: [u.name for u in county.view(name).units_without] for name in ("counsellors", "ot_contacts")}
    assert named == {"counsellors": ["Flora vgs"], "ot_contacts": ["OT Kinn"]}
    assert [u.name for u in county.view("youth_contacts").units_without] == ["Nav Kinn"]


def test_a_list_is_found_by_what_people_call_it(county: County) -> None:
    number = county.view("counsellors").list.id
    for written in ("Rådgjevarar", "rådgiverliste", "COUNSELLORS", str(number)):
        assert county.view(written).list.id == number
    for written in ("", "0", "9" * 30, "nobody"):
        with pytest.raises(NotFound):
            county.view(written)


def test_taken_off_and_put_back(county: County) -> None:
    who = county.person("Anne Berg", Role.COUNSELLOR, county.unit("Hafstad vgs"), on="counsellors")
    assert lists.put(county.store, ME, "counsellors", [who]).receipt.batch is None
    lists.take(county.store, ME, "counsellors", [who])
    assert county.view("counsellors").entries == ()
    assert [one.contact_id for one in county.view("counsellors").unlisted] == [who]
    assert lists.take(county.store, ME, "counsellors", [who]).receipt.batch is None
    lists.put(county.store, ME, "counsellors", [who])
    assert [entry.contact_id for entry in county.view("counsellors").entries] == [who]


DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(st.lists(st.none() | DAYS, max_size=30), DAYS)
def test_every_confirmation_is_in_one_bucket(days: Sequence[date | None], today: date) -> None:
    found = ages.spread(days, today)
    assert sum(bucket.people for bucket in found) == len(days)
    assert found[-1].people == days.count(None)
    for bucket in found[:-1]:
        assert bucket.from_months is not None
        newest = months_on(today, -bucket.from_months) if bucket.from_months else date.max
        oldest = months_on(today, -bucket.until_months) if bucket.until_months else date.min
        assert bucket.people == sum(day is not None and oldest < day <= newest for day in days)


@given(DAYS, st.integers(1, 60))
def test_past_is_one_day_more_than_the_cadence(today: date, months: int) -> None:
    edge = months_on(today, -months)
    assert not ages.is_past(edge, months, today)
    assert ages.is_past(edge - timedelta(days=1), months, today)
    assert ages.is_past(None, months, today)
    assert not ages.is_past(None, None, today)
