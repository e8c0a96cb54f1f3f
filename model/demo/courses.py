"""The course of each synthetic case: how it began, who is on it, how it stands or how it ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log

from model.demo import ways
from model.demo.dice import Days, Dice, Weighted
from model.demo.people import Directory, Home, Person, Row, Unit
from model.demo.ways import Mood, Way
from model.demo.youths import Youth, Youths
from model.terms import CaseStatus, CloseReason, ConcernTag, OtStatus, Role, Track

CASE_COLUMNS = (
    "youth_id", "track", "status", "ot_status", "reason", "channel", "concerns", "service", "unit_id", "opened_on",
    "closed_on", "close_reason", "contact_person_id", "contact_person_on",
)  # fmt: skip
RESPONSIBLE_COLUMNS = ("case_id", "service", "contact_id", "starts_on", "ends_on")
PARTY_COLUMNS = ("case_id", "service", "unit_id", "contact_id", "starts_on", "ends_on")

_OT_ROLES = (Role.OT_COORDINATOR, Role.OT_CONTACT)
_TAG_ORDER = {tag: place for place, tag in enumerate(ConcernTag)}


@dataclass(slots=True, eq=False)
class Course:
    """One case, as its story needs it. Days count from today; `closed` is None while it is open."""

    id: int
    youth: Youth
    way: Way
    mood: Mood
    opened: int
    closed: int | None
    close_reason: CloseReason | None
    ot_status: OtStatus | None
    ot: Person | None
    nav: Person | None
    school: Person | None
    """The counsellor, at the school or in adult education."""
    teacher: Person | None
    vocational: Person | None
    parties: list[Person] = field(default_factory=list)
    unassigned: bool = False
    mine: bool = False
    last_own: int | None = None
    """The id of the latest entry by the case's own OT contact."""

    @property
    def end(self) -> int:
        return 0 if self.closed is None else self.closed

    @property
    def lead(self) -> Person:
        """Who does most: OT, else the school, else whoever there is."""
        found = self.ot or self.vocational or self.school or self.nav
        assert found is not None  # every way has somebody
        return found


@dataclass(slots=True)
class Courses:
    """Makes the cases one by one, in the order they were opened, and keeps their rows."""

    dice: Dice
    days: Days
    directory: Directory
    youths: Youths
    me: Person
    my_part: float | None
    """The part of all open cases with OT on them that are the viewer's; None where OT shares them evenly."""
    first_id: int
    rows: list[Row] = field(default_factory=list)
    responsibles: list[Row] = field(default_factory=list)
    parties: list[Row] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)
    protected: int = 0
    _homes: Weighted[Home] = field(init=False)
    _turn: dict[int, int] = field(default_factory=dict)
    _earlier: list[Course] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._homes = Weighted({home: home.area.weight for county in self.directory.counties for home in county.homes})

    def make(self, open_cases: int, closed_cases: int) -> None:
        moods = [mood for mood, part in ways.MOODS.items() for _ in range(round(open_cases * part))]
        moods += [Mood.CALM] * (open_cases - len(moods))
        openings = [self._still_open(mood) for mood in moods] + [self._ended() for _ in range(closed_cases)]
        openings.sort(key=lambda opening: opening[0])
        for opened, closed, mood in openings:
            self._add(opened, closed, mood)

    def _still_open(self, mood: Mood) -> tuple[int, int | None, Mood]:
        dice = self.dice
        long_ago = min(int(-240 * log(1 - dice.random())), 1_050)
        if mood is Mood.NEW:
            day = -dice.between(0, 13)
        elif mood is Mood.FRESH:
            day = -dice.between(16, 29)
        elif mood is Mood.UNKNOWN:
            day = -dice.between(33, 140)
        else:
            day = -long_ago - (110 if mood is Mood.SILENT else 40)
        return self.days.working(day), None, mood

    def _ended(self) -> tuple[int, int | None, Mood]:
        dice = self.dice
        closed = -dice.between(2, 2_500)
        lasted = 45 + min(int(-190 * log(1 - dice.random())), 900)
        return self.days.working(closed - lasted), self.days.working(closed), Mood.CLOSED

    def _add(self, opened: int, closed: int | None, mood: Mood) -> None:
        dice = self.dice
        weights = {Mood.NEW: ways.WAYS_NEW, Mood.UNKNOWN: ways.WAYS_UNREACHED, Mood.FRESH: ways.WAYS_UNREACHED}
        way = dice.draw(weights.get(mood, ways.WAYS))
        youth = self._youth(way, opened, closed)
        course = self._staffed(youth, way, mood, opened, closed)
        self.courses.append(course)
        if closed is not None and way in (Way.AT_SCHOOL, Way.LEFT):
            self._earlier.append(course)
        self._case_row(course)
        self._responsible_rows(course)
        self._party_rows(course)

    # Who ------------------------------------------------------------------------------------------------------------

    def _youth(self, way: Way, opened: int, closed: int | None) -> Youth:
        """Somebody new, or somebody who has been followed up before."""
        dice = self.dice
        if self._earlier and way in (Way.AT_SCHOOL, Way.LEFT) and dice.chance(0.14):
            place = int(dice.random() * len(self._earlier))
            before = self._earlier[place]
            if before.end < opened - 20 and before.youth.age(opened) < 21:
                del self._earlier[place]
                return before.youth
        part = (0.05, 0.012)[self.protected] if closed is None and self.protected < 2 else 0.0004
        protected = way is not Way.ADULT and dice.chance(part)
        self.protected += protected and closed is None
        return self.youths.make(dice.draw(self._homes), way, opened, closed, protected)

    def _staffed(self, youth: Youth, way: Way, mood: Mood, opened: int, closed: int | None) -> Course:
        dice, home = self.dice, youth.home
        recent = opened > -110
        school = teacher = vocational = nav = None
        if way is Way.ADULT:
            school = self._one_of(home.adult.people(Role.COUNSELLOR), recent)
            teacher = self._one_of(home.adult.people(Role.TEACHER), recent)
        elif youth.school is not None:
            school = self._one_of(youth.school.people(Role.COUNSELLOR), recent)
            teacher = self._one_of(youth.school.people(Role.CONTACT_TEACHER), recent)
        if way is Way.CONTRACT:
            vocational = self._one_of(home.county.vocational.people(Role.VOCATIONAL_ADVISER), recent)
        if (
            dice.chance(0.72 if way is Way.ADULT else 0.36 if way is Way.AT_SCHOOL else 0.58)
            and mood not in ways.UNREACHED
        ):
            nav = self._one_of(dice.pick(home.nav).people(Role.YOUTH_CONTACT, Role.NAV_ADVISER), recent)
        ot = None
        if way is not Way.ADULT and (way is not Way.AT_SCHOOL or mood is Mood.NEW or dice.chance(0.9)):
            ot = self._ot(home, closed, recent)
        reason = dice.draw(ways.CLOSE_REASONS) if closed is not None else None
        return Course(
            id=self.first_id + len(self.courses),
            youth=youth,
            way=way,
            mood=mood,
            opened=opened,
            closed=closed,
            close_reason=reason,
            ot_status=self._ot_status(way, mood, reason),
            ot=ot,
            nav=nav,
            school=school,
            teacher=teacher,
            vocational=vocational,
            parties=self._others(youth, way, mood),
            unassigned=ot is not None and closed is None and dice.chance(_UNASSIGNED.get(mood, 0.012)),
            mine=ot is self.me and closed is None,
        )

    def _one_of(self, people: list[Person], recent: bool) -> Person | None:
        """One of them; new cases never go to those who have left, and few old ones still hang on them."""
        staying = [person for person in people if person.left_on is None]
        if staying and (recent or self.dice.chance(0.7)):
            return self.dice.pick(staying)
        return self.dice.pick(people) if people else None

    def _ot(self, home: Home, closed: int | None, recent: bool) -> Person | None:
        if self.my_part is not None and closed is None and self.dice.chance(self.my_part):
            return self.me
        workers = home.ot.people(*_OT_ROLES)
        turn = self._turn[home.ot.id] = self._turn.get(home.ot.id, 0) + (closed is None)
        person = workers[turn % len(workers)] if closed is None else self.dice.pick(workers)
        return self._one_of(workers, recent) if person.left_on is not None and recent else person

    def _others(self, youth: Youth, way: Way, mood: Mood) -> list[Person]:
        dice, home = self.dice, youth.home
        found: list[Person] = []
        if way is Way.CONTRACT:
            found += dice.pick(home.county.training).people(Role.TRAINING_SUPERVISOR)[:1]
            if dice.chance(0.3):
                found += dice.pick(home.county.employers[:3]).people(Role.TRAINING_SUPERVISOR)[:1]
        if mood in ways.UNREACHED or not dice.chance(0.34):
            return found
        kind = dice.random()
        if kind < 0.4 and youth.school is not None:
            found += self.directory.nurses[youth.school.id].people(Role.SCHOOL_NURSE)[:1]
        elif kind < 0.7:
            found += home.ppt.people(Role.PPT_ADVISER)[:1]
        elif kind < 0.85:
            found += home.child_welfare.people(Role.CHILD_WELFARE_WORKER)[:1]
        else:
            found += [dice.pick(home.outreach.people(Role.OUTREACH_WORKER, Role.MUNICIPAL_CONTACT))]
        return found

    def _ot_status(self, way: Way, mood: Mood, reason: CloseReason | None) -> OtStatus | None:
        if way is Way.ADULT:
            return None
        if reason is not None:
            return self.dice.draw(ways.LAST_STATUS[reason])
        if mood in ways.UNREACHED:
            return OtStatus.OTUK if way in (Way.LEFT, Way.NO_PLACE) else None
        return self.dice.draw(ways.OT_STATUS[way])

    # Rows -----------------------------------------------------------------------------------------------------------

    def _case_row(self, course: Course) -> None:
        dice, days, way = self.dice, self.days, course.way
        opener = self._opener(course)
        tags = {dice.draw(ways.CONCERNS) for _ in range(dice.between(0 if way is Way.NO_PLACE else 1, 3))}
        agreed = course.mood not in ways.UNREACHED and dice.chance(0.55 if course.closed is None else 0.35)
        person = dice.pick([p for p in (course.ot, course.nav, course.school, course.lead) if p]) if agreed else None
        since = min(course.opened + dice.between(10, 60), course.end)
        reason = dice.draw(ways.REASONS[way])
        self.rows.append(
            (
                course.youth.id,
                (Track.ADULT_EDUCATION if way is Way.ADULT else Track.UPPER_SECONDARY).value,
                self._status(course).value,
                course.ot_status.value if course.ot_status else None,
                reason.value if reason else None,
                dice.draw(ways.CHANNELS[way]).value,
                ",".join(tag.value for tag in sorted(tags, key=_TAG_ORDER.__getitem__)),
                opener.service.value,
                opener.id,
                days.text(course.opened),
                days.text(course.closed) if course.closed is not None else None,
                course.close_reason.value if course.close_reason else None,
                person.id if person else None,
                days.text(since) if person else None,
            )
        )

    def _opener(self, course: Course) -> Unit:
        """The unit that opened the case. What nobody at OT answers for yet, OT has opened itself."""
        dice, home = self.dice, course.youth.home
        if course.unassigned:
            return home.ot
        if course.way in (Way.AT_SCHOOL, Way.ADULT) and course.school and dice.chance(0.8):
            return course.school.unit
        if course.way is Way.LEFT and course.school and dice.chance(0.45):
            return course.school.unit
        if course.way is Way.CONTRACT and course.vocational:
            return course.vocational.unit if dice.chance(0.85) else home.county.authority
        if course.way is Way.NO_PLACE and course.nav and dice.chance(0.2):
            return course.nav.unit
        return course.lead.unit

    def _status(self, course: Course) -> CaseStatus:
        if course.closed is not None:
            return CaseStatus.CLOSED
        if course.mood is Mood.NEW:
            return CaseStatus.REFERRED
        if course.mood in ways.UNREACHED:
            return CaseStatus.MAPPING if self.dice.chance(0.6) else CaseStatus.REFERRED
        return self.dice.draw(ways.SILENT_STATUS if course.mood is Mood.SILENT else ways.AT_WORK)

    def _responsible_rows(self, course: Course) -> None:
        dice, days = self.dice, self.days
        ends = None if course.closed is None else days.text(course.closed)
        for person in (course.ot, course.nav, course.school, course.vocational):
            if person is None or (person is course.ot and course.unassigned):
                continue
            starts = min(course.opened + dice.between(0, 12), course.end)
            service = person.service.value
            if course.end - starts > 150 and dice.chance(0.08):  # somebody else answered for it first
                others = [p for p in person.unit.people(person.role) if p is not person]
                handed = starts + (course.end - starts) // 3
                if others and (person.left_on is None or person.left_on > handed):
                    self.responsibles.append(
                        (course.id, service, dice.pick(others).id, days.text(starts), days.text(handed))
                    )
                    starts = handed
            self.responsibles.append((course.id, service, person.id, days.text(starts), ends))

    def _party_rows(self, course: Course) -> None:
        dice, days = self.dice, self.days
        for person in course.parties:
            starts = min(course.opened + dice.between(5, 60), course.end)
            ends = course.closed
            if ends is None and course.opened < -200 and dice.chance(0.15):
                ends = -dice.between(5, 60)
            self.parties.append(
                (
                    course.id,
                    person.service.value,
                    person.unit.id,
                    person.id,
                    days.text(starts),
                    None if ends is None else days.text(ends),
                )
            )


_UNASSIGNED = {Mood.NEW: 0.4, Mood.FRESH: 0.15, Mood.UNKNOWN: 0.06}
