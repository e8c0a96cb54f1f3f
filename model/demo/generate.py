"""Fill a store with a synthetic county: the same seed and the same day give the same content.

Everything but the last weeks' work is one batch. Days count from `today`; nothing but tasks and spans lies ahead of it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from model import clock
from model.demo import county, courses, lately, lists, people, queries, staffing, tasks, youths
from model.demo.beats import Beat
from model.demo.county import County
from model.demo.courses import Course, Courses
from model.demo.dice import Days, Dice
from model.demo.meeting_year import MeetingYear
from model.demo.people import Directory, Person, Row
from model.demo.story import Teller
from model.demo.tasks import Tasks
from model.demo.ways import UNREACHED
from model.demo.youths import Youths
from model.store.door import Writer
from model.store.store import Store
from model.store.tables import TABLES
from model.terms import Right, Role, Service
from model.viewer import Viewer

_NAME, _OFFICE = "Kari Nes", "OT Sunnfjord"
_MADE_DAYS_AGO = 21


class Size(StrEnum):
    """How large: one coordinator's cases, a county's, or a whole country's."""

    COORDINATOR = "coordinator"
    COUNTY = "county"
    NATIONAL = "national"


@dataclass(frozen=True, slots=True)
class Scale:
    open_cases: int
    closed_cases: int
    entries: int
    contacts: int
    my_part: float | None = None


SCALES = {
    Size.COORDINATOR: Scale(120, 300, 3_000, 300, my_part=0.75),
    Size.COUNTY: Scale(2_500, 10_000, 75_000, 700),
    Size.NATIONAL: Scale(25_000, 100_000, 750_000, 4_000),
}
_MY_LENGTH, _OPEN_LENGTH, _UNREACHED_LENGTH = 16.0, 9.0, 3.0
"""Mean entries on the viewer's own open cases, on other open ones, and where nobody has reached the youth."""


def generate(store: Store, size: str, *, today: date, seed: int = 2024) -> Viewer:
    """Fill the store, and give who is at the keyboard: an OT coordinator with cases of their own.

    Errors: ValueError for an unknown size; those of the write door.
    """
    scale = SCALES[Size(size)]
    dice, days = Dice(seed), Days(today)
    with _not_collecting():
        with clock.fixed(today - timedelta(days=_MADE_DAYS_AGO)), store.write(by=_maker(), why="demo") as w:
            first = queries.next_ids(w.db, TABLES)
            directory = Directory(days, dice, first)
            contacts = scale.contacts - lately.NEW_CONTACTS
            me = staffing.build(directory, _counties(Size(size)), contacts, scale.open_cases, (_NAME, _OFFICE))
            _insert_directory(w, directory)
            made = _insert_cases(w, directory, me, scale)
            _insert_entries(w, made, scale, first["entries"])
            _insert_tasks(w, made)
            caller = replace(
                lately.viewer(lists.keeper(directory, Role.COUNTY_CONTACT)), rights=frozenset({Right.ADMINISTER})
            )
            meetings = MeetingYear(days, Dice(seed), directory, me, caller)
            meetings.past(w)
        lately.live_on(store, made, meetings)
    return lately.viewer(me)


def _maker() -> Viewer:
    return Viewer(None, "Samløp", Service.COUNTY, None, "")


def _counties(size: Size) -> list[County]:
    return {Size.COORDINATOR: county.corner, Size.COUNTY: county.county, Size.NATIONAL: county.country}[size]()


@contextmanager
def _not_collecting() -> Iterator[None]:
    """Hundreds of thousands of objects live to the end: looking for garbage among them is half the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _insert_directory(w: Writer, d: Directory) -> None:
    w.insert_many("units", people.UNIT_COLUMNS, d.units)
    w.insert_many("contacts", people.CONTACT_COLUMNS, d.contacts)
    w.insert_many("contact_roles", people.ROLE_COLUMNS, d.roles)
    lists.insert(w, d)
    w.insert_many("deputies", people.DEPUTY_COLUMNS, d.deputies)
    w.insert_many("nav_coverage", people.NAV_COLUMNS, d.nav_coverage)
    w.insert_many("ot_coverage", people.OT_COLUMNS, d.ot_coverage)


def _insert_cases(w: Writer, d: Directory, me: Person, scale: Scale) -> Courses:
    known = Youths(d.dice, d.days, d.first["youths"])
    made = Courses(d.dice, d.days, d, known, me, scale.my_part, d.first["cases"])
    made.make(scale.open_cases, scale.closed_cases)
    w.insert_many("youths", youths.YOUTH_COLUMNS, known.rows)
    w.insert_many("guardians", youths.GUARDIAN_COLUMNS, known.guardians)
    w.insert_many("cases", courses.CASE_COLUMNS, made.rows)
    w.insert_many("responsibles", courses.RESPONSIBLE_COLUMNS, made.responsibles)
    w.insert_many("parties", courses.PARTY_COLUMNS, made.parties)
    return made


def _insert_entries(w: Writer, made: Courses, scale: Scale, first_id: int) -> None:
    consents: list[Row] = []
    w.insert_many("entries", _ENTRY_COLUMNS, _entries(made, scale, first_id, consents))
    w.insert_many("consents", _CONSENT_COLUMNS, consents)


def _insert_tasks(w: Writer, made: Courses) -> None:
    todo = Tasks(made.dice, made.days)
    for course in made.courses:
        todo.of(course)
    todo.free(made.me)
    w.insert_many("tasks", tasks.COLUMNS, todo.rows)


_ENTRY_COLUMNS = (
    "case_id", "kind", "stage", "on_date", "until_on", "service", "unit_id", "author_id", "author_name", "with_youth",
    "with_guardian", "channel", "place", "minutes", "title", "text", "participants", "outcome", "system", "reference",
    "follows_id",
)  # fmt: skip
_CONSENT_COLUMNS = (
    "entry_id", "from_service", "to_service", "to_unit_id", "given_by", "form", "purpose", "valid_from", "valid_until",
)  # fmt: skip


def _entries(made: Courses, scale: Scale, next_id: int, consents: list[Row]) -> Iterator[Row]:
    """The rows of all stories, case by case. What one story takes too much, the next ones give back."""
    teller = Teller(made.dice, made.days)
    text = made.days.text
    balance = 0.0
    for course, mean in _means(made, scale):
        beats = teller.tell(course, max(1, round(mean * (0.45 + 1.1 * made.dice.random()) + balance * 0.2)))
        balance += mean - len(beats)
        for beat in beats:
            beat.id = next_id
            next_id += 1
            by = beat.by
            yield (
                course.id, beat.kind.value, beat.stage, text(beat.day),
                None if beat.until is None else text(beat.until), by.service.value, by.unit.id, by.id, by.name,
                beat.youth, beat.guardian, beat.channel, beat.place, beat.minutes, beat.title, beat.text,
                beat.participants, beat.outcome, beat.system, beat.reference,
                None if beat.follows is None else beat.follows.id,
            )  # fmt: skip
            if beat.said is not None:
                consents.append(_consent(beat, made.days))
            if by is course.ot and course.mine:
                course.last_own = beat.id


def _consent(beat: Beat, days: Days) -> Row:
    said = beat.said
    assert said is not None  # only consents come here
    return (
        beat.id, said.giver.value, said.taker.value, said.taker_unit, said.by.value, said.form.value,
        "samarbeid om oppfølging", days.text(beat.day), None if said.until is None else days.text(said.until),
    )  # fmt: skip


def _means(made: Courses, scale: Scale) -> list[tuple[Course, float]]:
    """Each case with the mean length of such stories, so that they come to the scale's entries together."""
    means = [(course, _mean(course)) for course in made.courses]
    told = sum(mean for _course, mean in means if mean is not None)
    rest = max(3.0, (scale.entries - told) / scale.closed_cases)
    return [(course, rest if mean is None else mean) for course, mean in means]


def _mean(course: Course) -> float | None:
    if course.closed is not None:
        return None
    if course.mood in UNREACHED:
        return _UNREACHED_LENGTH
    return _MY_LENGTH if course.mine else _OPEN_LENGTH
