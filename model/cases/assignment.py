"""Who is responsible for a case: one contact per service, set for many cases at once by a plan that is shown first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from model import clock
from model.cases import changes
from model.errors import BadInput, Refused
from model.language import _
from model.store.connection import Connection
from model.store.door import Conflict, Receipt
from model.store.store import Store
from model.terms import Right, Service
from model.viewer import Viewer


class Reassigned(NamedTuple):
    """One case that changes hands."""

    case_id: int
    old: str | None
    """Who has it now."""
    seen: int | None
    """The batch that set them."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """What assigning would do, and what it would not and why."""

    contact_id: int
    contact: str
    service: Service
    changes: tuple[Reassigned, ...]
    unchanged: tuple[int, ...]
    refused: tuple[tuple[int, str], ...]
    """(case, one sentence)"""


def plan_assignment(db: Connection, viewer: Viewer, case_ids: Iterable[int], contact_id: int) -> Assignment:
    """Make the contact responsible, for the service they work for, on the cases. Nothing is written.

    Another service's responsible can be set where that service is on the case already, or by an administrator: to be
    made responsible is to learn of the youth. Errors: BadInput (nobody to assign to).
    """
    name = active_contact(db, contact_id)
    service = service_of(db, viewer, contact_id)
    ids = list(dict.fromkeys(case_ids))
    visible = changes.visible_cases(db, viewer, ids)
    now = changes.responsibles(db, visible, service.value)
    may = set(visible) if _may_everywhere(viewer, service) else changes.on_case(db, visible, service.value)
    moved: list[Reassigned] = []
    unchanged: list[int] = []
    refused: list[tuple[int, str]] = []
    for case_id in ids:
        running = now.get(case_id)
        if case_id not in visible:
            refused.append((case_id, _("There is no case {n}.").format(n=case_id)))
        elif visible[case_id].closed_on is not None:
            refused.append((case_id, _("Case {n} is closed.").format(n=case_id)))
        elif running is not None and running.contact_id == contact_id:
            unchanged.append(case_id)
        elif case_id not in may:
            sentence = _("Case {n}: {service} is not on the case. Make it a party first.")
            refused.append((case_id, sentence.format(n=case_id, service=service.label)))
        else:
            moved.append(Reassigned(case_id, running.name if running else None, running.batch if running else None))
    return Assignment(contact_id, name, service, tuple(moved), tuple(unchanged), tuple(refused))


def apply_assignment(store: Store, viewer: Viewer, plan: Assignment) -> Receipt:
    """Carry out the plan as one batch. Errors: Conflict, when a case has changed hands or closed since it was made."""
    today = clock.today().isoformat()
    ids = [change.case_id for change in plan.changes]
    with store.write(by=viewer, why="case.assign", details={"contact_id": plan.contact_id}) as w:
        now = plan_assignment(w.db, viewer, ids, plan.contact_id)
        if now.changes != plan.changes or now.service is not plan.service:
            other = set(plan.changes).symmetric_difference(now.changes)
            raise Conflict("cases", min((change.case_id for change in other), default=0), {})
        running = changes.responsibles(w.db, ids, plan.service.value)
        w.update_many("responsibles", ("ends_on",), [(today, row.id) for row in running.values()])
        w.insert_many(
            "responsibles",
            ("case_id", "service", "contact_id", "starts_on"),
            [(case_id, plan.service.value, plan.contact_id, today) for case_id in ids],
        )
    return w.receipt


def active_contact(db: Connection, contact_id: int) -> str:
    """The name of a contact who is still there. Errors: BadInput."""
    found = changes.contact(db, contact_id)
    if found is None:
        raise BadInput(_("There is no contact {n} in the directory.").format(n=contact_id))
    name, left_on = found
    if left_on is not None and left_on <= clock.today().isoformat():
        raise BadInput(_("Contact {n} has left. Choose somebody else.").format(n=contact_id))
    return name


def service_of(db: Connection, viewer: Viewer, contact_id: int) -> Service:
    """The service that a contact would be responsible for: the viewer's own where they share it. Errors: BadInput."""
    active_contact(db, contact_id)
    found = changes.services_of(db, contact_id, clock.today().isoformat())
    if contact_id == viewer.contact_id or viewer.service in found:
        return viewer.service
    if len(found) == 1:
        return found.pop()
    if found:
        sentence = _("Contact {n} works for several services. Let one of those services set the responsible.")
    else:
        sentence = _("Contact {n} has no role in any service. Give them one in the directory first.")
    raise BadInput(sentence.format(n=contact_id))


def may_set(viewer: Viewer, service: Service) -> None:
    """Errors: Refused, when the viewer may not put the service on a case by naming its responsible."""
    if not _may_everywhere(viewer, service):
        sentence = _("{service} is not on the case. Open it first, and make {service} a party where there is consent.")
        raise Refused(sentence.format(service=service.label))


def _may_everywhere(viewer: Viewer, service: Service) -> bool:
    return service is viewer.service or viewer.can(Right.ADMINISTER)
