"""The admission system's list of youths, planned and then applied as one batch; `youth_plan` decides row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from model import clock
from model.cases import changes, guardians, youth_plan, youth_queries
from model.cases.columns import Columns
from model.cases.youth_plan import Step, YouthPlan
from model.cases.youth_rows import lines, read_rows
from model.contacts.files.reading import Sheet
from model.contacts.names import fold_unit
from model.errors import BadInput, Refused
from model.language import _
from model.store.connection import Connection
from model.store.door import Conflict, Receipt, Writer
from model.store.store import Store
from model.terms import Right, Service, UnitKind
from model.viewer import Viewer


@dataclass(frozen=True, slots=True)
class YouthsReceipt(Receipt):
    """The batch's receipt, with those who had no case before: (case, the youth's name)."""

    new_cases: tuple[tuple[int, str], ...] = field(default=())


def plan_youths(db: Connection, viewer: Viewer, sheet: Sheet, maps: Sequence[str] = ()) -> YouthPlan:
    """What the list would do. Nothing is written.

    Errors: Refused (a viewer who is neither OT's nor an administrator), BadInput and Usage (the header).
    """
    if viewer.service is not Service.OT and not viewer.can(Right.ADMINISTER):
        raise Refused(_("The admission system's list is for OT to take in, or for an administrator."))
    return youth_plan.make(db, viewer, read_rows(sheet, maps), youth_queries.newest_batch(db))


def apply_youths(store: Store, viewer: Viewer, plan: YouthPlan) -> YouthsReceipt:
    """Carry out the plan as one batch.

    Errors: BadInput (rows are rejected: nothing is applied), Conflict (the plan would be another by now).
    """
    if plan.is_blocked:
        rejected = [bad.line for bad in plan.read.rejected]
        sentence = _("Nothing was changed: lines {lines} cannot be taken. Correct them, or take them out.")
        raise BadInput(sentence.format(lines=lines(rejected)))
    details = {"file": PurePath(plan.read.file).name}
    with store.write(by=viewer, why="youths.import", details=details) as w:
        newest = youth_queries.newest_batch(w.db, before=w.batch)
        if newest != plan.newest:
            now = youth_plan.make(w.db, viewer, plan.read, newest)
            if now.decided != plan.decided:
                raise Conflict("youths", 0, {})
            plan = now
        new = _Applying(w, viewer).all(plan.steps)
    receipt = w.receipt
    return YouthsReceipt(receipt.batch, receipt.created, receipt.updated, receipt.deleted, receipt.cases, tuple(new))


class _Applying:
    """Writes the steps: what is new in as few statements as there are tables."""

    def __init__(self, w: Writer, viewer: Viewer) -> None:
        self.w = w
        self.today = clock.today().isoformat()
        self.unit_id = viewer.unit_id if viewer.service is Service.OT else None
        self.schools: dict[str, int] = {}

    def all(self, steps: Sequence[Step]) -> list[tuple[int, str]]:
        """Gives (case, the youth's name) of those who had none."""
        opened = [(step, self._youth(step)) for step in steps if step.youth_id is not None and step.case_id is None]
        created = [step for step in steps if step.youth_id is None]
        for step in steps:
            if step.case_id is not None:
                self._youth(step)
                self._case(step, step.case_id)
        opened = [(step, youth_id) for step, youth_id in opened if step.case is not None]
        return self._open([*opened, *zip(created, self._youths(created), strict=True)])

    def _youth(self, step: Step) -> int:
        """Write what is new of a youth who is there."""
        youth_id = step.youth_id or 0
        said = step.youth | self._at_school(step)
        if said:
            self.w.update("youths", youth_id, said)
        if step.guardians:
            guardians.add(self.w, changes.youth(self.w.db, youth_id), step.guardians)
        return youth_id

    def _youths(self, steps: Sequence[Step]) -> Iterable[int]:
        if not steps:
            return ()
        rows = [step.youth | self._at_school(step) for step in steps]
        names = tuple(rows[0])
        ids = self.w.insert_many("youths", names, [[row[name] for name in names] for row in rows])
        people = [
            (youth_id, person["name"], person["phone"], person["email"])
            for youth_id, step in zip(ids, steps, strict=True)
            for person in step.guardians
        ]
        self.w.insert_many("guardians", ("youth_id", "name", "phone", "email"), people)
        return ids

    def _at_school(self, step: Step) -> Columns:
        if step.school is None:
            return {}
        folded = fold_unit(step.school)
        if folded not in self.schools:
            kind = UnitKind.SCHOOL
            self.schools[folded] = self.w.insert(
                "units", kind=kind.value, service=kind.service.value, name=step.school, folded=folded
            )
        return {"school_id": self.schools[folded]}

    def _case(self, step: Step, case_id: int) -> None:
        if step.case:
            self.w.update("cases", case_id, step.case)
        if step.joins:
            self.w.insert(
                "parties", case_id=case_id, service=Service.OT.value, unit_id=self.unit_id, starts_on=self.today
            )

    def _open(self, youths: Sequence[tuple[Step, int]]) -> list[tuple[int, str]]:
        if not youths:
            return []
        about = [step.case or {} for step, _youth_id in youths]
        names = tuple(about[0])
        ids = self.w.insert_many(
            "cases",
            ("youth_id", *names, "service", "unit_id", "opened_on"),
            [
                (youth_id, *(case[name] for name in names), Service.OT.value, self.unit_id, self.today)
                for (_step, youth_id), case in zip(youths, about, strict=True)
            ],
        )
        return [(case_id, step.row.name) for case_id, (step, _youth_id) in zip(ids, youths, strict=True)]
