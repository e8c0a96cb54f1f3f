"""Who may be one person: found by what two rows share, never where only a mailbox or a switchboard is shared."""

from __future__ import annotations

import pytest

from model.contacts.duplicates import Pair, Reason, find
from model.contacts.names import fold_person
from tests.model.contacts.book import ME, Book

SCHOOL, OTHER = 1, 2


def people(book: Book, *rows: dict[str, object]) -> list[Pair]:
    """The pairs found among people with a name, `email`, `phone` and `at` a unit; numbers from 1."""
    with book.store.write(by=ME, why="demo") as w:
        for name in ("Hafstad vgs", "Mo vgs"):
            w.insert("units", kind="school", service="school", name=name, folded=name.lower())
        for row in rows:
            name = str(row["name"])
            email, phone = (None if row.get(key) is None else str(row[key]) for key in ("email", "phone"))
            number = w.insert("contacts", name=name, folded=fold_person(name), email=email, phone=phone)
            if row.get("at"):
                w.insert("contact_roles", contact_id=number, role="counsellor", unit_id=int(str(row["at"])))
    with book.store.read() as db:
        return find(db)


def who(*names: str, **same: object) -> list[dict[str, object]]:
    return [{"name": name, **same} for name in names]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (who("Kari Nes", "Kari Anne Nes", email="kari@nes.example"), Reason.EMAIL),
        (who("Kari Nes", "K. Nes", phone="+4757000001"), Reason.PHONE),
        (who("Kari Nes", "KARI NES", at=SCHOOL), Reason.NAME_AND_UNIT),
        (who("Kari Nes", "Kari Nes"), Reason.NAME_AND_UNIT),
        ([*who("Kari Nes", at=SCHOOL), *who("Kari Nes")], Reason.NAME),
        (who("Kristin Nes", "Kirstin Nes", at=SCHOOL), Reason.NEAR_NAME),
        (who("Kristin Nes", "Kristine Nes", at=SCHOOL), Reason.NEAR_NAME),
        (who("Kristin Nes", "Nes Kristin", at=SCHOOL), Reason.NEAR_NAME),
    ],
)
def test_what_two_rows_share_is_the_reason(book: Book, rows: list[dict[str, object]], reason: Reason) -> None:
    [pair] = people(book, *rows)
    assert (pair.a, pair.b, pair.reasons) == (1, 2, (reason,))


@pytest.mark.parametrize(
    "rows",
    [
        who("Kari Nes", "Ola Nes", email="post@skule.example"),
        who("Kari Nes", "Ola Moe", phone="+4757000001"),
        [*who("Kari Nes", at=SCHOOL), *who("Kari Nes", at=OTHER)],
        [*who("Kristin Nes", at=SCHOOL), *who("Kristine Nes", at=OTHER)],
        who("Kristin Nes", "Kristine Nes"),
        who("Kari Nes", "Mari Moe", at=SCHOOL),
    ],
)
def test_what_others_share_too_is_no_reason(book: Book, rows: list[dict[str, object]]) -> None:
    assert people(book, *rows) == []


def test_the_surest_comes_first_and_a_merged_row_no_more(book: Book) -> None:
    same = who("Kari Nes", "Kari Nes", email="kari@nes.example", phone="+4757000001", at=SCHOOL)
    pairs = people(book, *who("Ola Moe", "Ola Mo", at=SCHOOL), *same)
    assert [(pair.a, pair.b, len(pair.reasons)) for pair in pairs] == [(3, 4, 3), (1, 2, 1)]
    assert pairs[0].score > pairs[1].score
    with book.store.write(by=ME, why="contact.merge") as w:
        w.update("contacts", 4, {"merged_into": 3})
    with book.store.read() as db:
        assert [(pair.a, pair.b) for pair in find(db)] == [(1, 2)]


def test_a_mailbox_that_everybody_shares_costs_no_more_than_its_length(book: Book) -> None:
    shared = [{"name": "Kari Nes", "email": "post@skule.example", "at": SCHOOL} for _n in range(2000)]
    pairs = people(book, *shared)
    assert 2000 <= len(pairs) <= 2000 * 8
