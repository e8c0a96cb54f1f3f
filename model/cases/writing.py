"""Opening a case, and what is known of the youth and agreed on the case. What happens on it is in `entering`.

Everything is checked under the store's pen, through the lens: a case that the viewer may not see is not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from model import clock
from model.cases import assignment, changes, columns, guardians, guarding
from model.cases.entering import Logged, delete_entry, edit_entry, log_entry, record_consent
from model.cases.records import Case, Youth
from model.errors import BadInput, Refused
from model.language import _
from model.store.connection import Connection
from model.store.door import Receipt, Value
from model.store.store import Store
from model.terms import CaseStatus, EducationRight, Protection, Service
from model.viewer import Viewer

__all__ = [
    "Logged",
    "Opened",
    "add_party",
    "agree_contact_person",
    "delete_entry",
    "edit_case",
    "edit_entry",
    "edit_youth",
    "end_party",
    "log_entry",
    "open_case",
    "record_consent",
]

_UNSAID = (None, EducationRight.UNKNOWN.value, Protection.NONE.value)


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that was opened. The youth may have been known before."""

    case_id: int
    youth_id: int
    receipt: Receipt


def open_case(store: Store, viewer: Viewer, youth: Youth, case: Case, *, responsible_id: int | None = None) -> Opened:
    """Open a case for a youth, who is known again by local id, else by name and birth date.

    `responsible_id`: the contact who answers for it, for the service that they work for.
    Errors: Refused (strictly confidential address; a youth known by a case that the viewer may not see), BadInput (a
    case is open already, an identity number, a value that cannot be).
    """
    if case.status is CaseStatus.CLOSED:
        raise BadInput(_("A case is opened first, and closed when the follow-up has ended."))
    said, about = columns.youth(youth), columns.case(case)
    people = [columns.guardian(guardian) for guardian in youth.guardians]
    _not_ahead(youth.birth_date, _("Born"))
    _not_ahead(case.opened_on, _("Opened"))
    today = clock.today().isoformat()
    about.setdefault("opened_on", today)
    with store.write(by=viewer, why="case.open") as w:
        if youth.protection is Protection.STRICTLY_CONFIDENTIAL:
            raise Refused(guarding.not_registered(w.db))
        _is_unit(w.db, youth.school_id, _("School"))
        known = _known(w.db, viewer, said)
        if youth.protection is not Protection.NONE or (known and known.protection != Protection.NONE.value):
            guarding.nothing_that_locates(said, people)
        if known is None:
            youth_id = w.insert("youths", **said)
        else:
            youth_id = known.id
            _not_open_already(w.db, viewer, youth_id, about["track"])
            w.update("youths", youth_id, {name: value for name, value in said.items() if value not in _UNSAID})
        guardians.add(w, changes.youth(w.db, youth_id), people)
        case_id = w.insert("cases", youth_id=youth_id, service=viewer.service.value, unit_id=viewer.unit_id, **about)
        if responsible_id is not None:
            service = assignment.service_of(w.db, viewer, responsible_id)
            assignment.may_set(viewer, service)
            w.insert("responsibles", case_id=case_id, service=service.value, contact_id=responsible_id, starts_on=today)
    return Opened(case_id, youth_id, w.receipt)


def _known(db: Connection, viewer: Viewer, said: columns.Columns) -> changes.YouthRow | None:
    """The youth, where the viewer sees a case of theirs already. Two who fit are nobody: it is never guessed."""
    by_id, by_name = changes.known_youths(db, viewer, said["local_id"], said["folded"], said["birth_date"])
    if by_id:
        youth, visible = by_id[0]
        if not visible:
            raise Refused(_("This local id is on a case that your service is not on. Ask OT to make you a party."))
        if youth.folded != said["folded"] and youth.birth_date != said["birth_date"]:
            raise BadInput(_("This local id is on a case of another youth. Check the number."))
        return youth
    seen = [youth for youth, visible in by_name if visible]
    return seen[0] if len(seen) == 1 else None


def _not_open_already(db: Connection, viewer: Viewer, youth_id: int, track: Value) -> None:
    found = changes.open_case_of(db, viewer, youth_id, str(track))
    if found is None:
        return
    case_id, visible = found
    if not visible:
        raise Refused(_("The youth has an open case that your service is not on. Ask OT to make you a party."))
    raise BadInput(_("Case {n} is open for this youth already. Write on that one.").format(n=case_id))


def edit_youth(store: Store, viewer: Viewer, case_id: int, youth: Youth, *, seen: int) -> Receipt:
    """Change what is known of the case's youth; guardians who are left out are removed.

    `seen`: the youth's batch as it was read. What locates a protected person is not read, and so not changed either.
    Anybody on the case puts a protection up; OT or an administrator lifts it. Source: the address-protection rules.
    Errors: NotFound, Conflict, BadInput, Refused.
    """
    said = columns.youth(youth)
    people = [(guardian.id, columns.guardian(guardian)) for guardian in youth.guardians]
    _not_ahead(youth.birth_date, _("Born"))
    with store.write(by=viewer, why="youth.edit") as w:
        case = changes.case(w.db, viewer, case_id)
        now = changes.youth(w.db, case.youth_id)
        _is_unit(w.db, youth.school_id, _("School"))
        if now.protection != Protection.NONE.value:
            if youth.protection is Protection.NONE and not guarding.may_lift(viewer):
                raise Refused(_("Only OT or an administrator lifts an address protection. Ask one of them."))
            guarding.nothing_that_locates(said, [values for _told, values in people])
        if now.protection != Protection.NONE.value or youth.protection is not Protection.NONE:
            said = {name: value for name, value in said.items() if name not in guarding.LOCATING}
            people = [(told, _without_reach(values)) for told, values in people]
        elif said["municipality_no"] == now.municipality_no and not said["district"]:
            del said["district"]  # the municipality's name alone says nothing new of the district
        w.update("youths", now.id, said, seen=seen)
        guardians.replace(w, now, people, seen=seen)
    return w.receipt


def _without_reach(values: columns.Columns) -> columns.Columns:
    return {name: value for name, value in values.items() if name not in ("phone", "email")}


def edit_case(store: Store, viewer: Viewer, case_id: int, case: Case, *, seen: int) -> Receipt:
    """Change the case, close it (with a reason) or open it again. `seen`: the case's batch as it was read.

    Errors: NotFound, Conflict, BadInput (another case is open for the youth), Refused.
    """
    about = columns.case(case)
    _not_ahead(case.opened_on, _("Opened"))
    with store.write(by=viewer, why="case.edit") as w:
        now = changes.case(w.db, viewer, case_id)
        closed = case.status is CaseStatus.CLOSED
        if not closed and (now.closed_on is not None or now.track != about["track"]):
            _not_open_already(w.db, viewer, now.youth_id, about["track"])
        if closed and now.closed_on is None:
            about["closed_on"] = clock.today().isoformat()
        elif not closed and now.closed_on is not None:
            about["closed_on"] = None
        w.update("cases", case_id, about, seen=seen)
    return w.receipt


def agree_contact_person(
    store: Store, viewer: Viewer, case_id: int, contact_id: int | None, on: date | None = None
) -> Receipt:
    """Who the youth and the company have agreed to turn to; None: nobody any more. Source: S3, R30."""
    with store.write(by=viewer, why="case.contact_person") as w:
        changes.case(w.db, viewer, case_id)
        if contact_id is None:
            w.update("cases", case_id, {"contact_person_id": None, "contact_person_on": None})
        else:
            assignment.active_contact(w.db, contact_id)
            day = (on or clock.today()).isoformat()
            w.update("cases", case_id, {"contact_person_id": contact_id, "contact_person_on": day})
    return w.receipt


def add_party(
    store: Store,
    viewer: Viewer,
    case_id: int,
    service: Service,
    *,
    unit_id: int | None = None,
    contact_id: int | None = None,
    on: date | None = None,
) -> Receipt:
    """Put a service, a unit of it or one of its people on the case: they learn of it, and read what consent lets them.

    Source: S1, R08. Errors: NotFound, BadInput.
    """
    if service.unit_bound and unit_id is None:
        raise BadInput(_("{service} works unit by unit: say which unit.").format(service=service.label))
    with store.write(by=viewer, why="case.party") as w:
        changes.case(w.db, viewer, case_id)
        if unit_id is not None and changes.unit_service(w.db, unit_id) != service.value:
            raise BadInput(_("There is no such unit of {service}.").format(service=service.label))
        if contact_id is not None:
            assignment.active_contact(w.db, contact_id)
        if not changes.has_party(w.db, case_id, service.value, unit_id, contact_id):
            day = (on or clock.today()).isoformat()
            w.insert(
                "parties",
                case_id=case_id,
                service=service.value,
                unit_id=unit_id,
                contact_id=contact_id,
                starts_on=day,
            )
    return w.receipt


def end_party(store: Store, viewer: Viewer, party_id: int, on: date | None = None) -> Receipt:
    """The party is on the case no more. Errors: NotFound, BadInput (before it began)."""
    day = (on or clock.today()).isoformat()
    with store.write(by=viewer, why="case.party") as w:
        _case_id, starts_on, ends_on = changes.party(w.db, viewer, party_id)
        if day < starts_on:
            raise BadInput(_("The party cannot end before it began."))
        if ends_on is None:
            w.update("parties", party_id, {"ends_on": day})
    return w.receipt


def _is_unit(db: Connection, unit_id: int | None, label: str) -> None:
    if unit_id is not None and changes.unit_service(db, unit_id) is None:
        raise BadInput(_("{field}: there is no such unit.").format(field=label))


def _not_ahead(day: date | None, label: str) -> None:
    if day is not None and day > clock.today():
        raise BadInput(_("{field}: the day has not been yet.").format(field=label))
