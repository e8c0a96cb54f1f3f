"""Two rows of the directory that are one person become one, by a plan that is shown first.

What names the one names the other afterwards, wherever it stands: the schema tells which columns those are. The row
that was merged stays, because history names it, and says whose it is now. One batch, undone as one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from model.contacts import places, queries, reach
from model.contacts.editing import merged
from model.contacts.names import fold_person
from model.contacts.records import Contact
from model.errors import BadInput, NotFound, Refused
from model.language import _
from model.record import fields
from model.store import references
from model.store.connection import Connection
from model.store.door import By, Conflict, Receipt, Value, Writer
from model.store.store import Store
from model.terms import LanguageForm

Side = Literal["A", "B"]
Row = dict[str, Any]

# What an invitation or a filed action says stays when an import is undone: these name contacts without hanging on them.
_LOOSE = (("participants", "contact_id"), ("actions", "owner_id"))

# Where one person may stand once: the columns that make two rows the same, beside the contact's own.
_ONCE: dict[str, tuple[str, ...]] = {
    "contact_roles": ("role", "unit_id"),
    "ot_coverage": ("school_id", "municipality_no"),
    "deputies": ("contact_id", "deputy_id"),
    "list_entries": ("list_id",),
    "parties": ("case_id", "service", "unit_id"),
    "group_members": ("group_id",),
    "participants": ("meeting_id",),
}
_NOTHING_SAID = {"reply": "none", "attendance": "unknown"}
"""What stands in a participant's row before anybody says something."""
_DIRECTORY = ("contact_roles", "deputies", "ot_coverage", "list_entries", "lists")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what either says, and whose value is kept."""

    name: str
    label: str
    a: str | None
    b: str | None
    take: Side

    @property
    def shown(self) -> tuple[str | None, str | None]:
        """Both values as people read them."""
        return _shown(self.name, self.a), _shown(self.name, self.b)


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What merging would do. `seen`: the batches that A and B stood as."""

    a: int
    b: int
    a_name: str
    b_name: str
    seen: tuple[int, int]
    fields: tuple[Field, ...]
    confirmed_on: date | None
    """The later of the two."""
    moved: Mapping[str, int]
    """Rows of the directory that B hands over, by table. What hangs on B on cases goes along and is not counted: not
    everybody may know of it."""


def plan_merge(db: Connection, viewer: By, a: int, b: int, take: Mapping[str, str] | None = None) -> MergePlan:
    """B becomes A. `take`: field name to "A" or "B"; else A's value, and B's where A has none. Nothing is written.

    Errors: BadInput (the same number twice, an unknown field), NotFound (also when one is merged already), Refused
    (B is the viewer).
    """
    take = take or {}
    names = [spec.name for spec in fields(Contact)]
    unknown = sorted(set(take) - set(names))
    if unknown:
        sentence = _("No field is called {name}. The fields are: {fields}.")
        raise BadInput(sentence.format(name=", ".join(map(ascii, unknown)), fields=", ".join(names)))
    if a == b:
        raise BadInput(_("These are the same number. Give the numbers of two contacts."))
    if b == viewer.contact_id:
        raise Refused(
            _("Contact {b} is you. Merge the other into yourself: samlop contacts merge {b} {a}").format(a=a, b=b)
        )
    one, other = _contact(db, a), _contact(db, b)
    chosen = []
    for spec in fields(Contact):
        ours, theirs = (row[_column(spec.name)] for row in (one, other))
        side: Side = "B" if take.get(spec.name, "A" if ours is not None else "B") == "B" else "A"
        if spec.name not in take and theirs is None:
            side = "A"
        chosen.append(Field(spec.name, spec.label, ours, theirs, side))
    confirmed = max(filter(None, (one["confirmed_on"], other["confirmed_on"])), default=None)
    moved: dict[str, int] = {}
    for table, column in references.to(db, "contacts"):
        if table in _DIRECTORY:
            n = len(queries.rows_that_name(db, table, column, b))
            moved[table] = moved.get(table, 0) + n
    return MergePlan(
        a,
        b,
        one["name"],
        other["name"],
        (one["batch"], other["batch"]),
        tuple(chosen),
        date.fromisoformat(confirmed) if confirmed else None,
        {table: n for table, n in moved.items() if n},
    )


def merge(store: Store, viewer: By, plan: MergePlan) -> Receipt:
    """Carry the plan out. Errors: Conflict, when one of them was changed since it was made; NotFound."""
    with store.write(by=viewer, why="contact.merge", details={"into": plan.a, "merged": plan.b}) as w:
        one, other = _contact(w.db, plan.a), _contact(w.db, plan.b)
        for row, seen in zip((one, other), plan.seen, strict=True):
            if row["batch"] != seen:
                raise Conflict("contacts", row["id"], {})
        for table, column in (*references.to(w.db, "contacts"), *_LOOSE):
            _hand_over(w, table, column, plan.a, plan.b)
        kept = _kept(plan, one, other)
        left: dict[str, Value] = {"merged_into": plan.a}
        if other["external_id"] is not None and kept["external_id"] == other["external_id"]:
            left["external_id"] = None  # a list's number of somebody stands in one row
        w.update("contacts", plan.b, left)
        w.update("contacts", plan.a, kept)
    return w.receipt


def _contact(db: Connection, number: int) -> Row:
    found = queries.contact(db, number)
    if found is None:
        raise NotFound(_("There is no contact {n}. See: samlop contacts list").format(n=number))
    row = dict(zip(queries.CONTACT, found, strict=True))
    if row["merged_into"] is not None:
        raise merged(number, row["merged_into"])
    return row


def _shown(field: str, value: str | None) -> str | None:
    if value is None:
        return None
    if field == "phone":
        return reach.show_phone(value)
    if field == "municipality":
        place = places.municipality(value)
        return place.name if place else value
    return LanguageForm(value).label if field == "language_form" else value


def _column(field: str) -> str:
    return "municipality_no" if field == "municipality" else field


def _kept(plan: MergePlan, one: Row, other: Row) -> dict[str, Value]:
    """A's row as it will be. Whoever is still here in one of the rows has not left; what bounced is the address."""
    sides = {field.name: one if field.take == "A" else other for field in plan.fields}
    kept: dict[str, Value] = {_column(name): row[_column(name)] for name, row in sides.items()}
    same = one["email"] == other["email"]
    bounced = [row["bounced_on"] for row in (one, other) if same or row is sides["email"]]
    gone = [row["left_on"] for row in (one, other)]
    return kept | {
        "folded": fold_person(str(kept["name"])),
        "confirmed_on": plan.confirmed_on.isoformat() if plan.confirmed_on else None,
        "bounced_on": max(filter(None, bounced), default=None),
        "left_on": None if None in gone else max(gone),
    }


def _hand_over(w: Writer, table: str, column: str, a: int, b: int) -> None:
    """What names B in the column names A; where A stands already, the two rows become one."""
    same = _ONCE.get(table)
    for row in queries.rows_that_name(w.db, table, column, b):
        moved = row | {column: a}
        if table == "deputies" and moved["contact_id"] == moved["deputy_id"]:
            w.delete(table, row["id"])  # nobody is their own deputy
            continue
        twins = [
            mine
            for mine in queries.rows_that_name(w.db, table, column, a)
            if same and all(mine[name] == moved[name] for name in same) and _meet(mine, row)
        ]
        if twins:
            w.delete(table, row["id"])
            twin, *others = twins
            changes = _joined(twin, row)
            if "starts_on" in row:  # B was there while A was away: A's times before and after are one now
                for mine in others:
                    w.delete(table, mine["id"])
                    changes |= _joined(twin | changes, mine)
            if changes:
                w.update(table, twin["id"], changes)
        else:
            w.update(table, row["id"], {column: a})


def _meet(one: Row, other: Row) -> bool:
    """Rows that last from a day to a day are the same when they have a day in common."""
    if "starts_on" not in one:
        return True
    starts = max(one["starts_on"] or "", other["starts_on"] or "")
    return starts <= min(one["ends_on"] or "9999", other["ends_on"] or "9999")


def _joined(mine: Row, theirs: Row) -> dict[str, Value]:
    """What A's row says when B's says the same of another time, or more."""
    changes: dict[str, Value] = {}
    for name in ("starts_on", "ends_on", "ended_on"):
        if name in mine:
            days = [row[name] for row in (mine, theirs)]
            known = [day for day in days if day is not None]
            if name == "starts_on":  # a day that is known goes before one that is not
                changes[name] = min(known, default=None)
            else:
                changes[name] = None if len(known) < 2 else max(known)
    for name, nothing in _NOTHING_SAID.items():
        if name in mine and mine[name] == nothing:
            changes[name] = theirs[name]
            if name == "reply":
                changes["replied_on"] = theirs["replied_on"]
    return changes
