"""What becomes of each row of the admission system's list, decided before anything is written.

An open case is updated and never doubled; its OT status is never reset. A closed one is proposed for reopening, by a
person. A new one starts as OTUK until contact with the youth is made. Source: S3, R09, R32; safety rules 6 and 9.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from model.cases import guarding, youth_queries
from model.cases.columns import Columns
from model.cases.youth_matching import Match, Stored, Verdict, distinct, match
from model.cases.youth_queries import ListedCase
from model.cases.youth_rows import Listed, YouthRows, lines, stricter
from model.contacts.intake.heads import PROTECTION
from model.contacts.names import fold_unit
from model.language import _
from model.store.connection import Connection
from model.store.door import Value
from model.terms import CaseStatus, Channel, OtStatus, Protection, Track
from model.text import fold
from model.viewer import Viewer


class Result(StrEnum):
    """What comes of a row. Scripts see these words."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    AMBIGUOUS = "ambiguous"
    REJECTED = "rejected"
    """Cannot be taken: it stops the whole list."""
    REFUSED = "refused"
    """A strictly confidential youth, who is left out of the list. Counted as rejected."""
    REOPEN = "reopen"
    """The case is closed: for a person to open again."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of one row of the file."""

    line: int
    outcome: Result
    reason: str = ""
    field: str | None = None
    changes: tuple[tuple[str, Value, Value], ...] = ()
    """(field, what stood there, what the list says); the old is None where the viewer may not see it."""
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What is written for one row. `youth_id` None: a new youth; `case_id` None: a new case, unless `case` is None."""

    row: Listed
    youth_id: int | None
    youth: Columns
    case_id: int | None
    case: Columns | None
    guardians: tuple[Columns, ...] = ()
    joins: bool = False
    """OT is not on the open case, and becomes a party."""
    school: str | None = None
    """A school that is not in the directory yet."""


@dataclass(frozen=True, slots=True)
class YouthPlan:
    """What applying the list would do."""

    read: YouthRows
    decided: tuple[Outcome, ...]
    """One for each row of the file that counts, in the file's order."""
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]
    newest: int
    """The newest batch when the plan was made."""

    @property
    def created(self) -> int:
        return self._count(Result.CREATED)

    @property
    def updated(self) -> int:
        return self._count(Result.UPDATED)

    @property
    def unchanged(self) -> int:
        return self._count(Result.UNCHANGED)

    @property
    def conflicts(self) -> int:
        return self._count(Result.CONFLICT)

    @property
    def ambiguous(self) -> int:
        return self._count(Result.AMBIGUOUS)

    @property
    def rejected(self) -> int:
        return self._count(Result.REJECTED, Result.REFUSED)

    @property
    def reopen(self) -> int:
        """Closed cases that are proposed for reopening."""
        return self._count(Result.REOPEN)

    def _count(self, *results: Result) -> int:
        return sum(outcome.outcome in results for outcome in self.decided)

    def outcomes(self) -> list[Outcome]:
        """What comes of every row that is not created or unchanged, in the order of the file."""
        return [outcome for outcome in self.decided if outcome.outcome not in (Result.CREATED, Result.UNCHANGED)]

    @property
    def new_cases(self) -> tuple[str, ...]:
        """The names of those who had no case before."""
        return tuple(step.row.name for step in self.steps if step.case is not None and step.case_id is None)

    @property
    def is_blocked(self) -> bool:
        """Rows are rejected, so nothing is applied."""
        return self._count(Result.REJECTED) > 0

    @property
    def left_for_a_person(self) -> bool:
        return bool(self.conflicts or self.ambiguous or self.rejected or self.reopen)


def make(db: Connection, viewer: Viewer, read: YouthRows, newest: int) -> YouthPlan:
    """The plan for a list as the store stands. `newest`: the newest batch there is."""
    return _Planning(db, viewer, read).plan(newest)


class _Planning:
    """Reads what the list's rows touch, and decides row by row."""

    def __init__(self, db: Connection, viewer: Viewer, read: YouthRows) -> None:
        self.read = read
        rows, conflicts = distinct(read.rows)
        self.matches = [*match(rows, map(Stored._make, youth_queries.all_youths(db))), *conflicts]
        found = sorted({m.youth_id for m in self.matches if m.youth_id is not None})
        self.youths = youth_queries.listed_youths(db, found)
        self.cases: dict[int, list[ListedCase]] = defaultdict(list)
        for case in youth_queries.listed_cases(db, viewer, found):
            self.cases[case.youth_id].append(case)
        self.guardians: dict[int, dict[str, tuple[str | None, str | None]]] = defaultdict(dict)
        for youth_id, name, phone, email in youth_queries.listed_guardians(db, found):
            self.guardians[youth_id][fold(name)] = (phone, email)
        self.schools: dict[str, list[int]] = defaultdict(list)
        for unit_id, name in youth_queries.schools(db):
            self.schools[fold_unit(name)].append(unit_id)
        self.refusal = guarding.not_registered(db)
        self.steps: list[Step] = []
        self.several_schools: list[int] = []
        self.new_schools: dict[str, str] = {}
        self.lapsed: list[int] = []

    def plan(self, newest: int) -> YouthPlan:
        outcomes = [Outcome(bad.line, Result.REJECTED, bad.reason, bad.field) for bad in self.read.rejected]
        outcomes += [self._decide(found) for found in self.matches]
        return YouthPlan(
            read=self.read,
            decided=tuple(sorted(outcomes, key=lambda outcome: outcome.line)),
            steps=tuple(self.steps),
            warnings=(*self.read.warnings, *self._warnings()),
            newest=newest,
        )

    def _warnings(self) -> Iterable[str]:
        made = {step.school: None for step in self.steps if step.school}
        if made:
            sentence = _("Schools that were not in the directory are added: {names}.")
            yield sentence.format(names=", ".join(made))
        if self.several_schools:
            sentence = _("Several schools have the name on lines {lines}. It was left empty.")
            yield sentence.format(lines=lines(self.several_schools))
        if self.lapsed:
            sentence = _("The list no longer says that the youths on lines {lines} have a protected address. "
                         "They stay protected until somebody has looked at it.")  # fmt: skip
            yield sentence.format(lines=lines(self.lapsed))

    def _decide(self, found: Match) -> Outcome:
        row = found.row
        if found.verdict in (Verdict.AMBIGUOUS, Verdict.CONFLICT):
            if row.protection is Protection.STRICTLY_CONFIDENTIAL:
                return Outcome(row.line, Result.REFUSED, self.refusal, PROTECTION)
            return Outcome(row.line, Result(found.verdict.value), found.reason)
        if row.protection is Protection.STRICTLY_CONFIDENTIAL:
            return self._refuse(row, found.youth_id)
        if found.youth_id is None:
            return self._create(row, None)
        of_track = [c for c in self.cases[found.youth_id] if c.track == Track.UPPER_SECONDARY]
        opened = [c for c in self.cases[found.youth_id] if c.closed_on is None]
        if opened:
            return self._update(row, found.youth_id, next((c for c in opened if c in of_track), opened[0]))
        closed = next((c for c in of_track if c.visible or c.has_ot), None)
        if closed is not None:
            reason = _("Case {n} is closed. Open it again if the youth is to be followed up.").format(n=closed.id)
            return Outcome(row.line, Result.REOPEN, reason, case_id=closed.id)
        return self._create(row, found.youth_id)

    def _refuse(self, row: Listed, youth_id: int | None) -> Outcome:
        """Not registered; and whoever is in the store already is hidden from now on."""
        if youth_id is None or self.youths[youth_id]["protection"] == row.protection:
            return Outcome(row.line, Result.REFUSED, self.refusal, PROTECTION)
        protection = Protection.STRICTLY_CONFIDENTIAL.value
        self.steps.append(Step(row, youth_id, {"protection": protection}, None, None))
        return Outcome(row.line, Result.REFUSED, self.refusal, PROTECTION, (("protection", None, protection),))

    def _create(self, row: Listed, youth_id: int | None) -> Outcome:
        if row.is_move:
            reason = _(
                "The code tells of a move within education, not of an interruption. Open a case if one is needed."
            )
            return Outcome(row.line, Result.AMBIGUOUS, reason)
        said, school = self._said(row)
        case: Columns = {
            "track": Track.UPPER_SECONDARY.value,
            "status": CaseStatus.REFERRED.value,
            "ot_status": OtStatus.OTUK.value,
            "reason": row.reason.value if row.reason else None,
            "channel": Channel.ADMISSION_LIST.value,
        }
        if youth_id is not None:
            said, school = self._news(row, youth_id, said, school)
        people = self._new_guardians(row, youth_id)
        self.steps.append(Step(row, youth_id, said, None, case, people, school=school))
        return Outcome(row.line, Result.CREATED)

    def _update(self, row: Listed, youth_id: int, case: ListedCase) -> Outcome:
        said, school = self._news(row, youth_id, *self._said(row))
        about: Columns = {}
        if case.track == Track.UPPER_SECONDARY:
            if row.reason is not None and row.reason.value != case.reason:
                about["reason"] = row.reason.value
            if case.ot_status is None and not row.is_move:  # never reset, but a youth on the list has one
                about["ot_status"] = (OtStatus.OTOV if case.met else OtStatus.OTUK).value
        people = self._new_guardians(row, youth_id)
        joins = not case.has_ot
        if not (said or school or about or people or joins):
            return Outcome(row.line, Result.UNCHANGED, case_id=case.id)
        self.steps.append(Step(row, youth_id, said, case.id, about, people, joins, school))
        before: dict[str, Any] = self.youths[youth_id] | case._asdict() if case.visible else {}
        news = {name: value for name, value in (said | about).items() if name != "folded"}
        told: list[tuple[str, Value, Value]] = [(name, before.get(name), value) for name, value in news.items()]
        told += [("school", None, school)] if school else []
        told += [("guardian", None, person["name"]) for person in people]
        reason = _("OT becomes a party on a case that is open already.") if joins else ""
        return Outcome(row.line, Result.UPDATED, reason, changes=tuple(told), case_id=case.id)

    def _said(self, row: Listed) -> tuple[Columns, str | None]:
        """What the row says of the youth, and the name of a school to make."""
        school_id, school = self._school(row)
        said: Columns = {
            "name": row.name,
            "folded": row.folded,
            "birth_date": row.birth_date,
            "local_id": row.local_id,
            "municipality_no": row.municipality_no,
            "district": row.district,
            "school_id": school_id,
            "programme": row.programme.value if row.programme else None,
            "level": row.level.value if row.level else None,
            "phone": row.phone,
            "email": row.email,
            "protection": (row.protection or Protection.NONE).value,
        }
        return said, school

    def _school(self, row: Listed) -> tuple[int | None, str | None]:
        if row.school is None:
            return None, None
        folded = fold_unit(row.school)
        known = self.schools.get(folded, [])
        if len(known) > 1:
            self.several_schools.append(row.line)
            return None, None
        if known:
            return known[0], None
        return None, self.new_schools.setdefault(folded, row.school)

    def _news(self, row: Listed, youth_id: int, said: Columns, school: str | None) -> tuple[Columns, str | None]:
        """What the row says that the store does not: blank keeps, and protection is raised but never lowered."""
        now = self.youths[youth_id]
        news: Columns = {name: value for name, value in said.items() if value is not None and value != now[name]}
        if news.get("folded") is None:
            news.pop("name", None)  # the same name in another spelling
        if "municipality_no" in news and now["district"] != row.district:
            news["district"] = row.district
        stored = Protection(now["protection"])
        if row.protection is None or not stricter(row.protection, stored):
            news.pop("protection", None)
        if row.protection is Protection.NONE and stored is not Protection.NONE:
            self.lapsed.append(row.line)
        if stored is not Protection.NONE:
            news, school = {n: v for n, v in news.items() if n not in guarding.LOCATING}, None
        return news, school

    def _new_guardians(self, row: Listed, youth_id: int | None) -> tuple[Columns, ...]:
        if youth_id is not None and self.youths[youth_id]["protection"] != Protection.NONE.value:
            return ()
        there = self.guardians[youth_id] if youth_id is not None else {}
        found: list[Columns] = []
        for name, phone, email in row.guardians:
            now = there.get(fold(name))
            if now is None or (phone and phone != now[0]) or (email and email != now[1]):
                found.append({"name": name, "phone": phone, "email": email})
        return tuple(found)
