"""What happens on a case: entries logged, corrected and taken away, and consents, which are neither.

The service, unit and author of an entry are the viewer's. `writing` is the door to these.
"""

from __future__ import annotations

from dataclasses import dataclass

from model import clock
from model.cases import changes, columns
from model.cases.records import Consent, Entry
from model.errors import BadInput, Refused
from model.language import _
from model.record import spec
from model.store.door import Receipt, Writer
from model.store.store import Store
from model.terms import ConsentStage, EntryKind, MeasureStage, OtStatus, Protection, Service, Track
from model.viewer import Viewer

_MAY_LIE_AHEAD = frozenset({EntryKind.PLAN, EntryKind.AGREEMENT, EntryKind.MEETING, EntryKind.MEASURE})
_MAY_REACH = frozenset(
    {
        EntryKind.CONVERSATION,
        EntryKind.CLARIFICATION_MEETING,
        EntryKind.CLOSING_CONVERSATION,
        EntryKind.MEETING,
        EntryKind.AGREEMENT,
        EntryKind.PLAN,
        EntryKind.MEASURE,
    }
)
"""Kinds in which somebody can have been reached, two-way."""

_CONSENT_WHY = {
    ConsentStage.GIVEN: "consent.give",
    ConsentStage.REFUSED: "consent.refuse",
    ConsentStage.WITHDRAWN: "consent.withdraw",
}


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry that was written. `notes`: what followed from it, one sentence each."""

    entry_id: int
    receipt: Receipt
    notes: tuple[str, ...] = ()


def log_entry(store: Store, viewer: Viewer, case_id: int, entry: Entry) -> Logged:
    """Write an entry on a case. OT's first contact with a youth whose OT status is unknown makes it OTOV (R09).

    Errors: NotFound, BadInput.
    """
    values = _checked(entry)
    with store.write(by=viewer, why="entry.log") as w:
        changes.case(w.db, viewer, case_id)
        _follows(w, viewer, case_id, entry)
        entry_id = w.insert("entries", case_id=case_id, **_from(viewer), **values)
        notes = _made_known(w, viewer, case_id, entry)
    return Logged(entry_id, w.receipt, notes)


def edit_entry(store: Store, viewer: Viewer, entry_id: int, entry: Entry, *, seen: int) -> Logged:
    """Correct an entry of one's own service (and unit). Errors: NotFound, Refused, Conflict, BadInput."""
    values = _checked(entry)
    with store.write(by=viewer, why="entry.edit") as w:
        now = _own(w, viewer, entry_id)
        if entry.follows_id == entry_id:
            raise BadInput(_("An entry cannot follow itself."))
        _follows(w, viewer, now.case_id, entry)
        if values["place"] is None and _is_protected(w, viewer, now.case_id):
            del values["place"]  # it was not read, so nobody took it away
        w.update("entries", entry_id, values, seen=seen)
        notes = _made_known(w, viewer, now.case_id, entry)
    return Logged(entry_id, w.receipt, notes)


def delete_entry(store: Store, viewer: Viewer, entry_id: int, *, seen: int) -> Receipt:
    """Take away an entry of one's own service (and unit). Errors: NotFound, Refused, Conflict."""
    with store.write(by=viewer, why="entry.delete") as w:
        _own(w, viewer, entry_id)
        if changes.is_followed(w.db, entry_id):
            raise Refused(_("Other entries speak of this one: take them away first."))
        w.delete("entries", entry_id, seen=seen)
    return w.receipt


def record_consent(store: Store, viewer: Viewer, case_id: int, consent: Consent) -> Logged:
    """Write down that the youth or a guardian gives, refuses or withdraws a consent. The latest word holds.

    Source: S3, R03. Errors: NotFound, BadInput.
    """
    values = columns.consent(consent)
    if consent.from_service is consent.to_service:
        raise BadInput(_("A consent goes from one service to another: choose two."))
    day = consent.on_date or clock.today()
    if day > clock.today():
        raise BadInput(_("{field}: the day has not been yet.").format(field=spec(Consent, "on_date").label))
    if consent.valid_until is not None and consent.valid_until < day:
        raise BadInput(_("The consent cannot end before it is given."))
    stage = values.pop("stage")
    del values["on_date"]
    with store.write(by=viewer, why=_CONSENT_WHY[consent.stage]) as w:
        changes.case(w.db, viewer, case_id)
        if consent.to_unit_id is not None and changes.unit_service(w.db, consent.to_unit_id) != values["to_service"]:
            raise BadInput(_("There is no such unit of {service}.").format(service=consent.to_service.label))
        entry_id = w.insert(
            "entries",
            case_id=case_id,
            kind=EntryKind.CONSENT.value,
            stage=stage,
            on_date=day.isoformat(),
            **_from(viewer),
        )
        w.insert("consents", entry_id=entry_id, valid_from=day.isoformat(), **values)
    return Logged(entry_id, w.receipt)


def _from(viewer: Viewer) -> columns.Columns:
    return {
        "service": viewer.service.value,
        "unit_id": viewer.unit_id,
        "author_id": viewer.contact_id,
        "author_name": viewer.name,
    }


def _checked(entry: Entry) -> columns.Columns:
    """The entry's columns. Errors: BadInput, with what to write instead."""
    if entry.kind is EntryKind.CONSENT:
        raise BadInput(_("A consent is recorded by itself: say who answered, from which service and to which."))
    reached = entry.with_youth or entry.with_guardian
    if entry.kind is EntryKind.CONVERSATION and not reached:
        raise BadInput(
            _("Say who was reached, the youth or a guardian. If nobody was, log it as a contact attempt instead.")
        )
    if entry.kind is EntryKind.CONTACT_ATTEMPT and entry.with_youth:
        raise BadInput(_("The youth was reached, so this was no attempt: log it as a conversation instead."))
    if reached and entry.kind not in _MAY_REACH and entry.kind is not EntryKind.CONTACT_ATTEMPT:
        sentence = _("Nobody is reached by this kind of entry ({kind}). Log the conversation as one of its own.")
        raise BadInput(sentence.format(kind=entry.kind.label))
    if entry.stage is not None and entry.kind is not EntryKind.MEASURE:
        raise BadInput(_("Only a measure has a stage: leave it empty."))
    values = columns.entry(entry)
    if entry.kind is EntryKind.MEASURE and entry.stage is None:
        values["stage"] = MeasureStage.STARTED.value
    if values["stage"] == MeasureStage.STARTED.value and not values["title"]:
        raise BadInput(_("{field}: say which measure begins.").format(field=spec(Entry, "title").label))
    day = entry.on_date or clock.today()
    if day > clock.today() and (reached or entry.kind not in _MAY_LIE_AHEAD):
        sentence = _("{field}: the day has not been yet. What is to be done is a task.")
        raise BadInput(sentence.format(field=spec(Entry, "on_date").label))
    if entry.until_on is not None and entry.until_on < day:
        raise BadInput(_("{field}: this is before the entry began.").format(field=spec(Entry, "until_on").label))
    if entry.kind is EntryKind.NOTE and not (values["text"] or values["title"]):
        raise BadInput(_("The note is empty: write what it is to say."))
    values["on_date"] = day.isoformat()
    return values


def _follows(w: Writer, viewer: Viewer, case_id: int, entry: Entry) -> None:
    if entry.follows_id is not None and changes.entry(w.db, viewer, entry.follows_id).case_id != case_id:
        raise BadInput(_("The entry that this one follows is on another case."))


def _own(w: Writer, viewer: Viewer, entry_id: int) -> changes.EntryRow:
    """An entry that the viewer may change. Errors: NotFound, Refused."""
    row = changes.entry(w.db, viewer, entry_id)
    if row.kind == EntryKind.CONSENT.value:
        raise Refused(_("A consent is never changed or deleted: record what the youth or the guardian says now."))
    if not row.own:
        raise Refused(_("Another service wrote this entry, and only they can change it. Log one of your own."))
    return row


def _is_protected(w: Writer, viewer: Viewer, case_id: int) -> bool:
    youth = changes.youth(w.db, changes.case(w.db, viewer, case_id).youth_id)
    return youth.protection != Protection.NONE.value


def _made_known(w: Writer, viewer: Viewer, case_id: int, entry: Entry) -> tuple[str, ...]:
    """Contact with the youth ends OTUK. Source: the OT code set (first code, until contact is established), R09."""
    if not entry.with_youth or viewer.service is not Service.OT:
        return ()
    case = changes.case(w.db, viewer, case_id)
    if case.track != Track.UPPER_SECONDARY.value or case.ot_status != OtStatus.OTUK.value:
        return ()
    w.update("cases", case_id, {"ot_status": OtStatus.OTOV.value})
    return (_("OT has been in contact with the youth, so the OT status is now OTOV."),)
