"""The tables that people's work lands in, and how their rows hang together.

`root` and `link` say which record a row is a part of: undo puts a record and its children back together or not at all.
`cases` selects the cases that rows (aliased `t`) belong to, for the change feed and the facts; `cases_before` those
that they belonged to, from their images in the ledger (aliased `l`).
"""

from __future__ import annotations

from dataclasses import dataclass

_CASE_BEFORE = "json_extract(l.before, '$.case_id') FROM ledger l"


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    root: str
    link: str = "id"
    """The column that holds the root's id; for `root == name` the row's own."""
    cases: str | None = None
    cases_before: str | None = None
    one_way: bool = False
    """An event: corrected by a later event, never undone."""
    guard: tuple[str, str] | None = None
    """A column that guards somebody, and the value that means it does not: no undo brings that value back."""


def _of_meeting(name: str, root: str, link: str = "id", *, one_way: bool = False) -> Table:
    """A part of a meeting, which may be a meeting of a case."""
    return Table(
        name,
        root,
        link,
        cases=f"SELECT m.case_id FROM {name} t JOIN meetings m ON m.id = t.meeting_id",
        cases_before="m.case_id FROM ledger l JOIN meetings m ON m.id = json_extract(l.before, '$.meeting_id')",
        one_way=one_way,
    )


# Parents before children: undo deletes from the end, and puts back from the start.
TABLES: dict[str, Table] = {
    t.name: t
    for t in (
        Table("units", "units"),
        Table("contacts", "contacts"),
        Table("contact_roles", "contacts", "contact_id"),
        Table("deputies", "contacts", "contact_id"),
        Table("nav_coverage", "nav_coverage"),
        Table("ot_coverage", "ot_coverage"),
        Table("lists", "lists"),
        Table("list_entries", "contacts", "contact_id"),
        Table("rounds", "rounds", one_way=True),
        Table("round_mails", "rounds", "round_id", one_way=True),
        Table("round_answers", "round_answers"),
        Table("editions", "editions", one_way=True),
        Table(
            "youths",
            "youths",
            cases="SELECT c.id FROM youths t JOIN cases c ON c.youth_id = t.id",
            guard=("protection", "none"),
        ),
        Table(
            "guardians",
            "youths",
            "youth_id",
            cases="SELECT c.id FROM guardians t JOIN cases c ON c.youth_id = t.youth_id",
            cases_before="c.id FROM ledger l JOIN cases c ON c.youth_id = json_extract(l.before, '$.youth_id')",
        ),
        Table("cases", "cases", cases="SELECT t.id FROM cases t", cases_before="l.row_id FROM ledger l"),
        Table(
            "responsibles",
            "cases",
            "case_id",
            cases="SELECT t.case_id FROM responsibles t",
            cases_before=_CASE_BEFORE,
        ),
        Table("parties", "cases", "case_id", cases="SELECT t.case_id FROM parties t", cases_before=_CASE_BEFORE),
        Table("entries", "entries", cases="SELECT t.case_id FROM entries t", cases_before=_CASE_BEFORE),
        Table(
            "consents",
            "entries",
            "entry_id",
            cases="SELECT e.case_id FROM consents t JOIN entries e ON e.id = t.entry_id",
            one_way=True,
        ),
        Table("tasks", "tasks", cases="SELECT t.case_id FROM tasks t", cases_before=_CASE_BEFORE),
        Table("meeting_kinds", "meeting_kinds"),
        Table("agreements", "agreements"),
        Table("agreement_parties", "agreements", "agreement_id"),
        Table("meeting_groups", "meeting_groups"),
        Table("group_members", "meeting_groups", "group_id"),
        Table("meetings", "meetings", cases="SELECT t.case_id FROM meetings t", cases_before=_CASE_BEFORE),
        _of_meeting("participants", "participants"),
        _of_meeting("actions", "actions"),
        _of_meeting("agenda_items", "meetings", "meeting_id"),
        _of_meeting("invitations", "invitations", one_way=True),
        _of_meeting("minutes", "minutes", one_way=True),
        _of_meeting("publications", "publications", one_way=True),
    )
}
