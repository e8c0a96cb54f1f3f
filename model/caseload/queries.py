"""All SQL of the caseload.

`_KEY` is the rule of `model.caseload.urgency` as SQL over the facts the lens lets through, so that one statement gives
the order of every case. Dates come in as parameters and are compared as ISO text. Cases and facts are read in the order
they lie in, so that grouping needs no sort; the key is one text, because sorting by one is quicker than by five.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from model.caseload.urgency import Limits
from model.privacy import lens
from model.terms import Right, Service
from model.viewer import Viewer

Value = str | int | None

# What a row of an order says beside its number, one bit each: together a byte.
OVERDUE, TODAY, SOON, SILENT, UNKNOWN, AGED, NEW, ASKED = (1 << bit for bit in range(8))
DUE = TODAY | SOON
PER_CASE = 256
"""An order is one text, `id * PER_CASE + flags` between commas, or NULL: read row by row, 25,000 rows would each wait
for the thread that paints to let go of the interpreter."""
NEEDS = OVERDUE | TODAY | SILENT | AGED
"""Any of these: somebody has to do something today."""

_MINE = """AND c.id IN (SELECT m.case_id FROM responsibles m
    WHERE m.contact_id = :lens_contact AND m.service = :lens_service AND m.ends_on IS NULL)"""
_WAS_MINE = """AND c.id IN (SELECT m.case_id FROM responsibles m
    WHERE m.contact_id = :lens_contact AND m.service = :lens_service)"""

# A task another service has given the viewer to do counts as the viewer's service's own do.
_TO_DO = """LEFT JOIN (SELECT t.case_id AS case_id, min(t.due_on) AS due_on FROM tasks t
    WHERE t.owner_id = :lens_contact AND t.done_on IS NULL AND t.case_id IS NOT NULL AND t.due_on IS NOT NULL
    GROUP BY t.case_id) o ON o.case_id = c.id"""
_IN_UNIT = "(:unit_bound = 0 OR coalesce(t.unit_id, 0) = :unit)"
_OWN_TASK = "min(CASE WHEN {own} THEN f.next_task_on END)"
_EITHER_TASK = "CASE WHEN min(o.due_on) < coalesce({own}, '9999-12-31') THEN min(o.due_on) ELSE {own} END"

_KNOWN = """
SELECT c.id AS id, c.status AS status, c.opened_on AS opened_on,
       CASE WHEN c.ot_status = 'OTUK' AND c.track = 'upper_secondary' THEN 1 ELSE 0 END AS unknown,
       {inside} AS inside,
       max(f.last_contact_on) AS contact,
       {task} AS task
FROM cases c
LEFT JOIN facts f ON f.case_id = c.id AND {facts}
{to_do}
WHERE c.closed_on IS NULL {mine} AND {visible}
GROUP BY c.id"""

_SILENT_SINCE = """(status <> 'paused' AND inside = 1
    AND CASE WHEN contact IS NOT NULL THEN contact <= :{day} ELSE unknown = 0 AND opened_on <= :{day} END)"""
_SILENT = _SILENT_SINCE.format(day="silent_day")
_AGED = "(unknown = 1 AND opened_on <= :unknown_day)"
_NEW = "(status = 'referred' AND opened_on >= :new_day)"

# Overdue days come before days that are soon, so the two levels are one key here.
_KEY = f"""CASE WHEN task <= :soon_day THEN '1' || task
    WHEN {_SILENT} THEN '3' || coalesce(contact, opened_on)
    WHEN {_AGED} THEN '4' || opened_on
    WHEN {_NEW} THEN '5' || opened_on
    ELSE '6' END || coalesce(task, '9999-12-31') || coalesce(contact, opened_on)"""

_OPEN = f"""
SELECT string_agg(CAST(id * {PER_CASE}
       + CASE WHEN task IS NULL OR task > :soon_day THEN 0 WHEN task > :today THEN {SOON}
              WHEN task = :today THEN {TODAY} ELSE {OVERDUE} END
       + CASE WHEN {_SILENT} THEN {SILENT} ELSE 0 END
       + CASE WHEN unknown = 0 THEN 0 WHEN {_AGED} THEN {UNKNOWN | AGED} ELSE {UNKNOWN} END
       + CASE WHEN {_NEW} THEN {NEW} ELSE 0 END
       + {{asked}} AS TEXT), ',' ORDER BY {_KEY}, id)
FROM ({{known}}
)"""

_CLOSED = f"""
SELECT string_agg(CAST(c.id * {PER_CASE} AS TEXT), ',' ORDER BY c.closed_on DESC, c.id DESC) FROM cases c
WHERE c.closed_on IS NOT NULL {{mine}} AND {{visible}}"""


def open_order(
    viewer: Viewer, limits: Limits, today: date, *, mine: bool, asked: int | None, given: bool
) -> tuple[str, dict[str, Value]]:
    """Every open case the viewer sees with its flags, in order: see `PER_CASE`.

    `asked`: days of silence for the flag ASKED. `given`: whether `tasks_given` found any; asking 25,000 cases for
    tasks that are not there takes as long as their facts do.
    """
    seen = _seen(viewer, given)
    known = _KNOWN.format(mine=_MINE if mine else "", **seen.sql)
    params = seen.params | days(limits, today)
    asks = "0"
    if asked is not None:
        asks = f"CASE WHEN {_SILENT_SINCE.format(day='asked_day')} THEN {ASKED} ELSE 0 END"
        params["asked_day"] = _before(today, asked)
    return _OPEN.format(known=known, asked=asks), params


def tasks_given(viewer: Viewer) -> tuple[str, dict[str, Value]]:
    """A row when the viewer has open tasks on cases from another service or unit than the own."""
    sql = f"""SELECT 1 FROM tasks t WHERE t.owner_id = :lens_contact AND t.done_on IS NULL AND t.case_id IS NOT NULL
        AND t.due_on IS NOT NULL AND NOT (t.service = :lens_service AND {_IN_UNIT}) LIMIT 1"""
    return sql, {
        "lens_contact": viewer.contact_id,
        "lens_service": viewer.service.value,
        "unit_bound": int(viewer.service.unit_bound),
        "unit": viewer.unit_id or 0,
    }


def closed_order(viewer: Viewer, *, mine: bool) -> tuple[str, dict[str, Value]]:
    """Every closed case the viewer sees, the latest closed first, without flags: see `PER_CASE`."""
    visible = lens.case_visible(viewer)
    params: dict[str, Value] = {"lens_contact": viewer.contact_id, "lens_service": viewer.service.value}
    return _CLOSED.format(visible=visible.sql, mine=_WAS_MINE if mine else ""), params | visible.params


def days(limits: Limits, today: date) -> dict[str, Value]:
    """The limits as the last (or first) day that they take in."""
    return {
        "today": today.isoformat(),
        "soon_day": _before(today, -limits.due_soon_days),
        "silent_day": _before(today, limits.silent_days),
        "unknown_day": _before(today, limits.unknown_days),
        "new_day": _before(today, limits.new_referral_days),
    }


def _before(today: date, number: int) -> str:
    return (today - timedelta(days=number)).isoformat()


@dataclass(frozen=True, slots=True)
class _Seen:
    """The parts of a query that say what the viewer sees, by their names in it."""

    sql: dict[str, str]
    params: dict[str, Value]


def _seen(viewer: Viewer, given: bool = True) -> _Seen:
    visible, facts, own = lens.case_visible(viewer), lens.facts_visible(viewer), lens.facts_own(viewer)
    params: dict[str, Value] = {"lens_contact": viewer.contact_id, "lens_service": viewer.service.value}
    task, to_do = _OWN_TASK.format(own=own.sql), ""
    if given:
        task, to_do = _EITHER_TASK.format(own=task), _TO_DO
    return _Seen(
        {"visible": visible.sql, "facts": facts.sql, "task": task, "to_do": to_do, "inside": _inside(viewer)},
        params | visible.params | facts.params | own.params,
    )


def _inside(viewer: Viewer) -> str:
    """Whoever is on a case reads something of it. An administrator sees that all are there, and may be on none."""
    if not viewer.can(Right.ADMINISTER):
        return "1"
    on_it = lens.case_visible(replace(viewer, rights=viewer.rights - {Right.ADMINISTER}))
    return f"CASE WHEN count(f.case_id) > 0 OR {on_it.sql} THEN 1 ELSE 0 END"


def _responsible(viewer: Viewer) -> str:
    """Which responsible counts: the viewer's service's. The county follows no youth itself: to it anybody counts."""
    return "1 = 1" if viewer.service is Service.COUNTY else "r.service = :lens_service"


_ROWS = f"""
SELECT c.id, c.batch, y.name, y.birth_date, y.protection, {lens.LOCATES.format("u.name")}, y.programme, y.level,
       {lens.LOCATES.format("y.municipality_no")}, c.track, c.status, c.ot_status, c.opened_on, c.closed_on,
       {{responsible}}, p.name, {{inside}},
       max(f.last_contact_on), max(f.last_attempt_on), max(f.last_guardian_on), max(f.last_note_on), {{task}}
FROM cases c
JOIN youths y ON y.id = c.youth_id
LEFT JOIN units u ON u.id = y.school_id
LEFT JOIN contacts p ON p.id = c.contact_person_id
LEFT JOIN facts f ON f.case_id = c.id AND {{facts}}
{{to_do}}
WHERE c.id IN ({{ids}}) AND {{visible}}
GROUP BY c.id, y.id, u.id, p.id"""
_RESPONSIBLE = """(SELECT k.{field} FROM responsibles r JOIN contacts k ON k.id = r.contact_id
    WHERE r.case_id = c.id AND r.ends_on IS NULL AND {whose}
    ORDER BY CASE WHEN r.service = c.service THEN 0 ELSE 1 END, r.service LIMIT 1)"""


def rows(viewer: Viewer, ids: Iterable[int]) -> tuple[str, dict[str, Value]]:
    """All that a line of the caseload says, for the cases of `ids` that the viewer sees, in no order."""
    seen = _seen(viewer)
    responsible = _RESPONSIBLE.format(field="name", whose=_responsible(viewer))
    marks, numbers = _listed(ids)
    return _ROWS.format(ids=marks, responsible=responsible, **seen.sql), seen.params | numbers


_NAMES = """
SELECT c.id, y.folded FROM cases c JOIN youths y ON y.id = c.youth_id WHERE c.id IN ({ids}) AND {visible}"""

_TRAITS = f"""
SELECT c.id, {lens.LOCATES.format("u.folded")}, {lens.LOCATES.format("y.municipality_no")}, c.status, c.ot_status,
       {{responsible}}, c.concerns, c.track
FROM cases c JOIN youths y ON y.id = c.youth_id
LEFT JOIN units u ON u.id = y.school_id
WHERE c.id IN ({{ids}}) AND {{visible}}"""


def names(viewer: Viewer, ids: Iterable[int]) -> tuple[str, dict[str, Value]]:
    """(id, folded name of the youth)."""
    visible = lens.case_visible(viewer)
    marks, numbers = _listed(ids)
    return _NAMES.format(ids=marks, visible=visible.sql), visible.params | numbers


def traits(viewer: Viewer, ids: Iterable[int]) -> tuple[str, dict[str, Value]]:
    """(id, school and municipality where they may be told, status, OT status, responsible, concerns, track)."""
    visible = lens.case_visible(viewer)
    params: dict[str, Value] = {"lens_service": viewer.service.value}
    responsible = _RESPONSIBLE.format(field="folded", whose=_responsible(viewer))
    marks, numbers = _listed(ids)
    sql = _TRAITS.format(ids=marks, visible=visible.sql, responsible=responsible)
    return sql, params | visible.params | numbers


CHUNK = 500
"""How many cases are asked for at once, at most."""


def _listed(ids: Iterable[int]) -> tuple[str, dict[str, Value]]:
    """Marks for these numbers, and the numbers.

    The last one is repeated to a power of two: the driver keeps every statement it has seen, and there are to be few.
    """
    numbers = list(ids)
    size = 1 << max(0, len(numbers) - 1).bit_length()
    numbers += numbers[-1:] * (size - len(numbers))
    params: dict[str, Value] = {f"id{place}": number for place, number in enumerate(numbers)}
    return ", ".join(f":{name}" for name in params), params


def unassigned(viewer: Viewer) -> tuple[str, dict[str, Value]]:
    """How many open cases that the viewer sees have no responsible."""
    visible = lens.case_visible(viewer)
    sql = f"""SELECT count(*) FROM cases c WHERE c.closed_on IS NULL AND {visible.sql} AND NOT EXISTS (
        SELECT 1 FROM responsibles r WHERE r.case_id = c.id AND r.ends_on IS NULL AND {_responsible(viewer)})"""
    return sql, {"lens_service": viewer.service.value, **visible.params}


LATEST = "SELECT coalesce(max(id), 0) FROM batches"
CHANGED_CASES = "SELECT DISTINCT case_id FROM batch_cases WHERE batch > ?"
CHANGED_DIRECTORY = "SELECT 1 FROM ledger WHERE batch > ? AND tbl IN ('contacts', 'units') LIMIT 1"

SAVED = "SELECT name, filter FROM saved_views WHERE owner = ?"
SAVE = """INSERT INTO saved_views (owner, name, filter) VALUES (?, ?, ?)
    ON CONFLICT (owner, name) DO UPDATE SET filter = excluded.filter"""
DROP = "DELETE FROM saved_views WHERE owner = ? AND name = ?"
