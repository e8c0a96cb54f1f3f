"""The SQL of the meeting duties: what is known of meetings that are not of a case. Days are ISO text here."""

from __future__ import annotations

from typing import Any

from model.store.connection import Connection
from model.terms import Role, Service

Rows = list[tuple[Any, ...]]

_FROM_NAV = tuple(role.value for role in Role if role.service is Service.NAV)
_MARKS = ", ".join("?" * len(_FROM_NAV))


def meetings(db: Connection, year: int) -> Rows:
    """(id, kind, title, number, group id, county, day, called, held, newest minutes and when filed, newest published,
    somebody of NAV invited) of a year's meetings that were not called off, in their order."""
    sql = f"""
    SELECT m.id, m.kind, m.title, m.number, m.group_id, m.county_no, m.on_date, m.called_on, m.held_on,
        v.version, v.filed_on, (SELECT max(p.version) FROM publications p WHERE p.meeting_id = m.id),
        EXISTS (SELECT 1 FROM participants p LEFT JOIN units u ON u.id = p.unit_id
            WHERE p.meeting_id = m.id AND (u.service = ? OR p.role IN ({_MARKS})))
    FROM meetings m
    LEFT JOIN minutes v ON v.meeting_id = m.id
        AND v.version = (SELECT max(w.version) FROM minutes w WHERE w.meeting_id = m.id)
    WHERE m.year = ? AND m.case_id IS NULL AND m.cancelled_on IS NULL
    ORDER BY m.number, coalesce(m.on_date, '9999'), m.id"""
    return db.execute(sql, (Service.NAV.value, *_FROM_NAV, year)).fetchall()
