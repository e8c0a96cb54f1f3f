"""Cooperation agreements: between which places, signed by both leaders, from when until when, evaluated when.

Source: S1 and S2, R37.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from model import clock
from model.contacts import directory
from model.errors import BadInput, NotFound
from model.language import N_, _
from model.meetings import agreements_queries as queries
from model.meetings import columns
from model.record import Field, MaxLen
from model.store.connection import Connection
from model.store.door import Receipt, Value, Writer
from model.store.store import Store
from model.text import fold
from model.viewer import Viewer

STATUS = {
    "unsigned": N_("not signed by all"),
    "coming": N_("signed, not begun"),
    "stands": N_("stands"),
    "run_out": N_("run out"),
    "ended": N_("ended"),
}
"""How an agreement stands on a day, by code: told from its dates, not kept."""

AT_LEAST = 2


@dataclass(slots=True, kw_only=True)
class Agreement:
    """What may be said of an agreement, beside its parties."""

    title: Annotated[str, Field(N_("Title")), MaxLen(200)]
    starts_on: Annotated[date | None, Field(N_("From"))] = None
    ends_on: Annotated[date | None, Field(N_("Until"))] = None
    evaluate_on: Annotated[date | None, Field(N_("To be evaluated"), N_("When the parties next look at it."))] = None
    reference: Annotated[
        str | None, Field(N_("Reference"), N_("Where the signed paper is kept: system and number.")), MaxLen(120)
    ] = None
    note: Annotated[str | None, Field(N_("Note"), multiline=True), MaxLen(2000)] = None


@dataclass(slots=True, kw_only=True)
class Party:
    """A party to an agreement: a unit of the directory, or a body that is not in it."""

    name: Annotated[str, Field(N_("Party")), MaxLen(120)]
    leader: Annotated[str | None, Field(N_("Leader"), N_("Who signs.")), MaxLen(120)] = None
    signed_on: Annotated[date | None, Field(N_("Signed"), past=True)] = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class PartyView:
    id: int
    batch: int
    unit_id: int | None
    name: str
    leader: str | None
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class AgreementView:
    """An agreement and its parties. `batch` is what an edit gives as seen; `status` a key of `STATUS`."""

    id: int
    batch: int
    title: str
    starts_on: date | None
    ends_on: date | None
    evaluate_on: date | None
    evaluated_on: date | None
    ended_on: date | None
    reference: str | None
    note: str | None
    status: str
    parties: tuple[PartyView, ...]
    groups: tuple[tuple[int, str], ...]
    """(number, name) of the groups that steer it and have not ended."""

    @property
    def record(self) -> Agreement:
        names = ("title", "starts_on", "ends_on", "evaluate_on", "reference", "note")
        return Agreement(**{name: getattr(self, name) for name in names})


@dataclass(frozen=True, slots=True)
class Added:
    id: int
    receipt: Receipt


def agreements(db: Connection, *, ended: bool = True) -> list[AgreementView]:
    """All agreements in the order they were made; without those that have ended, where they are not asked for."""
    found = _views(db, None)
    return [one for one in found if ended or one.status != "ended"]


def agreement(db: Connection, agreement_id: int) -> AgreementView:
    """Errors: NotFound."""
    found = _views(db, agreement_id)
    if not found:
        raise NotFound(_("There is no agreement {n}. See: samlop agreements list").format(n=agreement_id))
    return found[0]


def named_party(db: Connection, written: str) -> Party:
    """The party somebody means: a unit by its number or its name, else a body of that name. Errors: NotFound."""
    if written.strip().isdecimal():
        unit = directory.unit(db, int(written))
        return Party(name=unit.name, unit_id=unit.id)
    same = [unit for unit in directory.units(db) if fold(unit.name) == fold(written)]
    return Party(name=same[0].name, unit_id=same[0].id) if len(same) == 1 else Party(name=written)


def add(store: Store, viewer: Viewer, record: Agreement, parties: Sequence[Party]) -> Added:
    """Errors: BadInput (fewer than two parties, one named twice, dates that do not follow each other)."""
    row = _row(record)
    rows = [_party_row(party) for party in parties]
    with store.write(by=viewer, why="agreement.add") as w:
        number = w.insert("agreements", **row)
        for one in rows:
            w.insert("agreement_parties", agreement_id=number, **one)
        _check_parties(w, number)
    return Added(number, w.receipt)


def edit(
    store: Store,
    viewer: Viewer,
    agreement_id: int,
    record: Agreement,
    *,
    seen: int,
    add_parties: Sequence[Party] = (),
    drop_parties: Sequence[int] = (),
) -> Receipt:
    """Change an agreement; `drop_parties` are numbers of parties. Errors: NotFound, BadInput, Conflict."""
    row = _row(record)
    rows = [_party_row(party) for party in add_parties]
    with store.write(by=viewer, why="agreement.edit") as w:
        there = {party.id for party in agreement(w.db, agreement_id).parties}
        w.update("agreements", agreement_id, row, seen=seen)
        for number in drop_parties:
            if number not in there:
                raise NotFound(_("The agreement has no party {n}.").format(n=number))
            w.delete("agreement_parties", number)
        for one in rows:
            w.insert("agreement_parties", agreement_id=agreement_id, **one)
        if rows or drop_parties:
            _check_parties(w, agreement_id)
    return w.receipt


def party(found: AgreementView, written: str) -> PartyView:
    """The party somebody means: by its own number, by its unit's name, or by what only its name begins with.

    Errors: NotFound.
    """
    wanted = fold(written)
    named = [one for one in found.parties if fold(one.name) == wanted or str(one.id) == wanted]
    named = named or [one for one in found.parties if wanted and fold(one.name).startswith(wanted)]
    if len(named) != 1:
        sentence = _("Agreement {n} has no such party. See: samlop agreements show {n}")
        raise NotFound(sentence.format(n=found.id))
    return named[0]


def sign(store: Store, viewer: Viewer, party_id: int, leader: str | None, *, on: date | None = None) -> Receipt:
    """A party's leader has signed, today unless `on` says when; a name that is known already need not be given.

    Errors: NotFound, BadInput.
    """
    day = on or clock.today()
    if day > clock.today():
        raise BadInput(_("A signature cannot be of a day that has not been yet."))
    with store.write(by=viewer, why="agreement.sign") as w:
        row = next((row for row in queries.parties(w.db) if row[0] == party_id), None)
        if row is None:
            raise NotFound(_("There is no such party. See: samlop agreements list"))
        signer = leader or row[5]
        if not signer:
            raise BadInput(_("Say who signed: --leader NAME"))
        made = _party_row(Party(name=row[4], leader=signer, signed_on=day, unit_id=row[3]))
        w.update("agreement_parties", party_id, {"leader": made["leader"], "signed_on": made["signed_on"]})
    return w.receipt


def evaluate(
    store: Store, viewer: Viewer, agreement_id: int, *, on: date | None = None, next_on: date | None = None
) -> Receipt:
    """The parties have looked at it, today unless `on` says when; `next_on`: when they will again.

    Errors: NotFound, BadInput.
    """
    day = on or clock.today()
    if day > clock.today():
        raise BadInput(_("An evaluation cannot be of a day that has not been yet."))
    if next_on is not None and next_on <= day:
        raise BadInput(_("The next evaluation comes after this one."))
    values: dict[str, Value] = {
        "evaluated_on": day.isoformat(),
        "evaluate_on": next_on.isoformat() if next_on else None,
    }
    with store.write(by=viewer, why="agreement.edit") as w:
        agreement(w.db, agreement_id)
        w.update("agreements", agreement_id, values)
    return w.receipt


def end(store: Store, viewer: Viewer, agreement_id: int, *, on: date | None = None) -> Receipt:
    """It no longer holds, since today or the day given. Errors: NotFound."""
    with store.write(by=viewer, why="agreement.edit") as w:
        agreement(w.db, agreement_id)
        w.update("agreements", agreement_id, {"ended_on": (on or clock.today()).isoformat()})
    return w.receipt


def _row(record: Agreement) -> dict[str, Value]:
    if record.starts_on and record.ends_on and record.ends_on < record.starts_on:
        raise BadInput(_("An agreement does not end before it begins."))
    return columns.plain(record)


def _party_row(record: Party) -> dict[str, Value]:
    return {**columns.plain(record), "unit_id": record.unit_id}


def _check_parties(w: Writer, agreement_id: int) -> None:
    names = [fold(row[4]) for row in queries.parties(w.db, agreement_id)]
    if len(names) < AT_LEAST:
        raise BadInput(_("An agreement has at least two parties: give --party twice."))
    if len(set(names)) < len(names):
        raise BadInput(_("A party is named twice."))


def _views(db: Connection, agreement_id: int | None) -> list[AgreementView]:
    today = clock.today()
    parties: dict[int, list[PartyView]] = {}
    for number, batch, of, unit_id, name, leader, signed_on in queries.parties(db, agreement_id):
        parties.setdefault(of, []).append(PartyView(number, batch, unit_id, name, leader, _day(signed_on)))
    groups: dict[int, list[tuple[int, str]]] = {}
    for number, _batch, name, of, ended_on, _title in queries.groups(db):
        if of is not None and (ended_on is None or ended_on > today.isoformat()):
            groups.setdefault(of, []).append((number, name))
    found = []
    for row in queries.agreements(db, agreement_id):
        number, batch, title, *days, reference, note = row
        starts_on, ends_on, evaluate_on, evaluated_on, ended_on = map(_day, days)
        of_it = tuple(parties.get(number, ()))
        signed = bool(of_it) and all(one.signed_on for one in of_it)
        found.append(
            AgreementView(
                id=number,
                batch=batch,
                title=title,
                starts_on=starts_on,
                ends_on=ends_on,
                evaluate_on=evaluate_on,
                evaluated_on=evaluated_on,
                ended_on=ended_on,
                reference=reference,
                note=note,
                status=_status(today, starts_on, ends_on, ended_on, signed=signed),
                parties=of_it,
                groups=tuple(groups.get(number, ())),
            )
        )
    return found


def _status(today: date, starts_on: date | None, ends_on: date | None, ended_on: date | None, *, signed: bool) -> str:
    if ended_on is not None and ended_on <= today:
        return "ended"
    if ends_on is not None and ends_on < today:
        return "run_out"
    if not signed:
        return "unsigned"
    return "coming" if starts_on is not None and starts_on > today else "stands"


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
