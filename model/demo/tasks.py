"""What is to be done on synthetic cases, and what has been done."""

from __future__ import annotations

from model.demo import texts
from model.demo.courses import Course
from model.demo.dice import Days, Dice
from model.demo.people import Person, Row
from model.demo.ways import Mood

COLUMNS = ("case_id", "title", "note", "due_on", "service", "unit_id", "owner_id", "done_on")
_SOON = 7
"""Days ahead that count as due soon by default."""


class Tasks:
    """Makes the tasks of one case after another, and keeps their rows."""

    def __init__(self, dice: Dice, days: Days) -> None:
        self.dice = dice
        self.days = days
        self.rows: list[Row] = []

    def of(self, course: Course) -> None:
        dice = self.dice
        if course.closed is not None:
            if dice.chance(0.5):
                self._done(course, course.lead)
            return
        lead = course.lead
        due = self._next(course.mood)
        if due is not None:
            self._add(course, lead, due, None)
        if dice.chance(0.25) and course.mood in (Mood.CALM, Mood.DUE):
            self._add(course, lead, dice.between(_SOON + 10, 90), None)
        for other in (course.nav, course.school):
            if other is not None and other is not lead and dice.chance(0.22):
                self._add(course, other, dice.between(-6, 60), None)
        if course.opened < -30:
            for _ in range(dice.between(0, 2)):
                self._done(course, lead)

    def free(self, owner: Person) -> None:
        """The owner's own, on no case."""
        for title, due in (
            ("Kalle inn til nettverksmøtet i desember", 9),
            ("Gå gjennom lista over OT-kontaktar", 24),
            ("Melde saker til møtet for OT-koordinatorane", -1),
        ):
            self.rows.append(
                (None, title, None, self.days.text(due), owner.service.value, owner.unit.id, owner.id, None)
            )

    def _next(self, mood: Mood) -> int | None:
        dice = self.dice
        if mood is Mood.OVERDUE:
            return -dice.between(1, 18)
        if mood is Mood.DUE:
            return dice.between(0, _SOON)
        if mood is Mood.NEW or not dice.chance(0.5):
            return None
        return dice.between(_SOON + 2, 70)

    def _done(self, course: Course, owner: Person) -> None:
        due = self.dice.between(course.opened + 3, course.end)
        done = max(course.opened, min(due + self.dice.between(-3, 4), course.end))
        self._add(course, owner, due, self.days.working(done))

    def _add(self, course: Course, owner: Person, due: int, done: int | None) -> None:
        title = self.dice.pick(texts.TASKS)[owner.unit.nynorsk]
        day = self.days.working(due)
        nobody = course.unassigned and owner is course.ot
        self.rows.append(
            (
                course.id,
                title,
                None,
                self.days.text(max(day, 0) if due >= 0 else day),
                owner.service.value,
                owner.unit.id,
                None if nobody else owner.id,
                None if done is None else self.days.text(done),
            )
        )
