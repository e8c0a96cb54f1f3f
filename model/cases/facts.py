"""What is kept over the cases, so that a caseload of thousands is ordered from dates and not from timelines.

Four tables, each worked out from the others by one statement (`model.cases.queries`), for the cases a batch touched:

* `facts`: for each open case, service and (in services bound to units) unit: first and last two-way contact with the
  youth, last attempt, last contact with a guardian, last other entry, next task. Dates only. Source: R09, R31.
* `standing_consents`: the yeses that no later word has taken back. Source: R03.
* `insiders`: the services, or units, that are on a case, closed ones too.
* `entry_words`: the words of entries. The place is left out where the youth is protected: a search must not locate.

Nothing here looks at the clock: a date that comes or passes changes no row. What is rebuilt equals what is kept.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from model.cases import queries
from model.store import search
from model.store.connection import Connection
from model.store.door import Touched


def keep(touched: Touched) -> None:
    """Work the kept tables out anew for what a batch touched. The write door calls it, within the batch."""
    _aim_at(touched.db, touched.cases)
    for table in ("facts", "standing_consents"):
        _work_out(touched.db, table)
    touched.db.executemany(queries.KEEP_CASE, ((case,) for case in _cases_by_work_place(touched)))
    _work_out(touched.db, "insiders")
    touched.db.execute(queries.NO_KEPT_CASES)
    _keep_words(touched)


def rebuild(db: Connection) -> None:
    """Work everything out from nothing; within `Store.aside()`."""
    for table in queries.KEPT:
        db.execute(f"DELETE FROM {table}")
    _aim_at_all(db)
    for table in queries.KEPT:
        db.execute(queries.work_out(table))
    db.execute(queries.NO_KEPT_CASES)
    search.clear(db)
    search.put(db, _worded(db.execute(queries.WORDS_OF_ALL)))


def differences(db: Connection) -> list[str]:
    """Names of the kept tables that a rebuild would change. None in a sound store."""
    _aim_at_all(db)
    differing = [table for table in queries.KEPT if db.execute(queries.differing(table)).fetchone()[0]]
    db.execute(queries.NO_KEPT_CASES)
    ids: set[int] = set()
    words: Counter[str] = Counter()
    for entry, text in _worded(db.execute(queries.WORDS_OF_ALL)):
        ids.add(entry)
        words.update(set(search.words(text).split()))
    if search.ids(db) != ids or search.vocabulary(db) != words:
        differing.append("entry_words")
    return differing


def _aim_at(db: Connection, cases: Iterable[int]) -> None:
    db.execute(queries.KEPT_CASES)
    db.execute(queries.NO_KEPT_CASES)
    db.executemany(queries.KEEP_CASE, ((case,) for case in cases))


def _aim_at_all(db: Connection) -> None:
    _aim_at(db, ())
    db.execute(queries.KEEP_ALL_CASES)


def _work_out(db: Connection, table: str) -> None:
    db.execute(queries.forget(table))
    db.execute(queries.work_out(table))


def _cases_by_work_place(touched: Touched) -> Iterator[int]:
    """Cases whose responsible or party has come to, or left, a unit; and those at a unit that changed its service."""
    db = touched.db
    if span := touched.ranges.get("contact_roles"):
        yield from _ids(db.execute(queries.CASES_OF_ROLES, (*span, *span)))
    contacts: set[int] = set()
    for role, before in _changed(touched, "contact_roles"):
        contacts.update(_ids(db.execute(queries.CONTACT_OF_ROLE, (role,))))
        if before:
            contacts.add(before["contact_id"])
    for contact in contacts:
        yield from _ids(db.execute(queries.CASES_OF_CONTACT, (contact, contact)))
    for unit, before in _changed(touched, "units"):
        now = db.execute(queries.SERVICE_OF_UNIT, (unit,)).fetchone()
        if now and before and before["service"] != now[0]:
            yield from _ids(db.execute(queries.CASES_OF_UNIT, (unit, unit, unit)))


def _keep_words(touched: Touched) -> None:
    db = touched.db
    first, last = touched.ranges.get("entries", (1, 0))
    if first <= last:
        search.put(db, _worded(db.execute(queries.WORDS_OF_RANGE, (first, last))))
    again = {entry for entry, _before in _changed(touched, "entries")}
    for youth, before in _changed(touched, "youths"):
        now = db.execute(queries.PROTECTION_OF, (youth,)).fetchone()
        if now and before and before["protection"] != now[0]:
            again.update(_ids(db.execute(queries.ENTRIES_OF_YOUTH, (youth,))))
    if again:
        search.take_out(db, again)
        for entry in again:
            search.put(db, _worded(db.execute(queries.WORDS_OF_ENTRY, (entry,))))


def _worded(rows: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    return ((entry, text) for entry, text in rows if text.strip())


def _changed(touched: Touched, table: str) -> list[tuple[int, dict[str, Any] | None]]:
    """Rows of the table that the batch changed, deleted or put back, with what they were, where they were there."""
    rows = touched.db.execute(queries.CHANGED, (touched.batch, table)).fetchall()
    return [(row_id, json.loads(before) if before else None) for row_id, before in rows]


def _ids(rows: Iterable[tuple[Any, ...]]) -> Iterator[int]:
    return (row[0] for row in rows)
