"""The meeting year of the synthetic county: last year's network meeting with its minutes, this year's on its way, a
meeting of OT, a conference whose minutes are late, and a steering group with its agreements.

Days count from today, and meetings keep to their months: what is shown depends on the season, and how much there is
does not.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256

from model import clock
from model.demo import meeting_texts
from model.demo.dice import Days, Dice, Weighted
from model.demo.lists import keeper
from model.demo.meeting_texts import Said, Told
from model.demo.people import Directory, Person, Unit
from model.meetings import calendar, planning, reading
from model.meetings.minutes import checking, draft, filing, publishing
from model.meetings.reading import MeetingView
from model.store.door import Writer
from model.terms import Attendance, LanguageForm, MeetingKind, Reply, Role, UnitKind
from model.viewer import Viewer

NETWORK_REPLIES, GROUP_REPLIES = -12, -4
_FILED, _PUBLISHED = 6, 9
"""Days after the meeting."""
_CALLED_BEFORE = 40
_LONG_AHEAD = 120
"""What is farther ahead is planned and not called yet."""
_REPLIES = Weighted({Reply.ACCEPTED: 62, Reply.DECLINED: 13, Reply.TENTATIVE: 7, Reply.NONE: 18})
_CAME = Weighted({Attendance.PRESENT: 74, Attendance.EXCUSED: 14, Attendance.ABSENT: 12})


@dataclass(slots=True)
class MeetingYear:
    """The meetings as they are made; first what has been (`past`), then the last weeks, deed by deed."""

    days: Days
    dice: Dice
    directory: Directory
    me: Person
    by: Viewer
    last: date = field(init=False)
    """When the network last met, with minutes."""
    coming: date = field(init=False)
    """When it meets next, or met some days ago."""
    _county: str | None = field(init=False)
    _network: int = 0
    _group: int = 0

    def __post_init__(self) -> None:
        settled = self.days.today - timedelta(days=_PUBLISHED + 1)
        year = settled.year if _december(settled.year) <= settled else settled.year - 1
        self.last, self.coming = _december(year), _december(year + 1)
        several = len(self.directory.counties) > 1
        self._county = self.directory.counties[0].no if several else None

    # What has been ----------------------------------------------------------------------------------------------------

    def past(self, w: Writer) -> None:
        today = self.days.today
        people = {
            Role.COUNTY_CONTACT: keeper(self.directory, Role.COUNTY_CONTACT),
            Role.NAV_COUNTY_CONTACT: keeper(self.directory, Role.NAV_COUNTY_CONTACT),
            Role.OT_COORDINATOR: self.me,
        }
        network = self._plan(w, MeetingKind.NETWORK, self.last)
        self._hold(w, network, self.last, meeting_texts.NETWORK, people)
        spring = _april(today.year if _april(today.year) < today - timedelta(days=30) else today.year - 1)
        cooperation = self._plan(w, MeetingKind.OT_COOPERATION, spring)
        self._hold(w, cooperation, spring, meeting_texts.OT_COOPERATION, people)
        day = _working_day(today - timedelta(days=50))
        conference = self._plan(w, MeetingKind.COUNSELLOR_CONFERENCE, day)
        self._attended(w, conference, day)
        self._steering(w, people)

    def _steering(self, w: Writer, people: dict[Role, Person]) -> None:
        schools = [unit for unit in self.directory.places if unit.kind is UnitKind.SCHOOL and self._is_here(unit)]
        agreements = [
            self._agreement(w, school, *days)
            for school, days in zip(schools, ((-390, 700, True), (-690, 41, True), (10, 740, False)), strict=False)
        ]
        nav = self._nav(schools[0])
        principal, leader = schools[0].people(Role.PRINCIPAL)[0], nav.people(Role.NAV_LEADER)[0]
        leaders = {Role.PRINCIPAL: principal, Role.NAV_LEADER: leader}
        authority = self.directory.counties[0].authority
        others = authority.people(Role.COUNTY_GOVERNOR_ADVISER, Role.USER_REPRESENTATIVE)
        members = [*leaders.values(), *people.values(), *others]
        name = meeting_texts.GROUP.format(school=schools[0].name)
        self._group = w.insert("meeting_groups", name=name, agreement_id=agreements[0])
        joined = self.days.text(-380)
        w.insert_many(
            "group_members",
            ("group_id", "contact_id", "role", "starts_on"),
            [(self._group, one.id, one.role.value, joined) for one in members if one is not self.me],
        )
        today = self.days.today
        held, ahead = _working_day(today - timedelta(days=75)), _working_day(today + timedelta(days=25))
        first = self._plan(w, MeetingKind.STEERING_GROUP, held, form=LanguageForm.NB)
        self._hold(w, first, held, meeting_texts.STEERING, leaders)
        number = 2 if ahead.year == held.year else 1
        second = self._plan(w, MeetingKind.STEERING_GROUP, ahead, number=number, form=LanguageForm.NB)
        self._call(w, second, _working_day(today - timedelta(days=22)))

    def _agreement(self, w: Writer, school: Unit, begins: int, ends: int, signed: bool) -> int:
        text = self.days.text
        nav, authority = self._nav(school), self.directory.counties[0].authority
        number = w.insert(
            "agreements",
            title=meeting_texts.AGREEMENT.format(school=school.name),
            starts_on=text(begins),
            ends_on=text(ends),
            evaluate_on=text(ends - 30) if ends > 60 else None,
            evaluated_on=None if ends > 60 else text(-100),
            reference=meeting_texts.REFERENCE.format(n=self.dice.between(1_000, 9_999)),
        )
        day = text(min(begins, -3) - 14)
        principal, leader = school.people(Role.PRINCIPAL)[0], nav.people(Role.NAV_LEADER)[0]
        contact = authority.people(Role.COUNTY_CONTACT)[0]
        w.insert_many(
            "agreement_parties",
            ("agreement_id", "unit_id", "name", "leader", "signed_on"),
            [
                (number, school.id, school.name, principal.name, day),
                (number, nav.id, nav.name, leader.name, day if signed else None),
                (number, authority.id, authority.name, contact.name, day),
            ],
        )
        return number

    def _nav(self, school: Unit) -> Unit:
        homes = self.directory.counties[0].homes
        return next((home for home in homes if home.area is school.area), homes[0]).nav[0]

    def _is_here(self, unit: Unit) -> bool:
        return unit.county_no == self.directory.counties[0].no

    # What comes -------------------------------------------------------------------------------------------------------

    def plan_next(self, w: Writer) -> None:
        """This year's network meeting, with what last year's left open on its agenda."""
        self._network = self._plan(w, MeetingKind.NETWORK, self.coming, told=True)

    def call_next(self, w: Writer) -> None:
        if self.coming <= self.days.today + timedelta(days=_LONG_AHEAD):
            self._call(w, self._network, clock.today())

    def network_replies(self, w: Writer) -> None:
        if self.coming <= self.days.today + timedelta(days=_LONG_AHEAD):
            self._reply(w, self._network, clock.today())

    def group_replies(self, w: Writer) -> None:
        groups = reading.meetings(w.db, self.by, kind=MeetingKind.STEERING_GROUP)
        self._reply(w, max(one.id for one in groups), clock.today())

    def network_held(self, w: Writer) -> None:
        """Who came; its minutes are not written yet."""
        if self.coming < self.days.today:
            self._came(w, self._see(w, self._network), self.coming)

    # One meeting ------------------------------------------------------------------------------------------------------

    def _plan(
        self,
        w: Writer,
        kind: MeetingKind,
        on: date,
        *,
        number: int = 1,
        form: LanguageForm = LanguageForm.NN,
        told: bool = False,
    ) -> int:
        """`told`: with the state of the lists and the county's numbers, as on the day of planning."""
        by_group = kind is MeetingKind.STEERING_GROUP
        plan = planning.plan_meeting(
            w.db,
            self.by,
            kind.value,
            on=on,
            number=number,
            group_id=self._group if by_group else None,
            county=None if by_group else self._county,
            starts_at="12:00" if by_group else "10:00",
            ends_at="14:00" if by_group else "15:00",
            place=meeting_texts.PLACES[kind.value],
            form=form,
        )
        if not told:
            plan = replace(plan, agenda=tuple(item for item in plan.agenda if item.origin not in ("lists", "numbers")))
        uid = sha256(f"{kind}/{on}/{number}".encode()).hexdigest()[:32]
        return planning.put_down(w, plan, f"{uid}@samlop.invalid")

    def _see(self, w: Writer, meeting_id: int) -> MeetingView:
        return reading.meeting(w.db, self.by, meeting_id)

    def _call(self, w: Writer, meeting_id: int, on: date) -> None:
        to = [
            {"id": who.id, "name": who.name, "email": who.email}
            for who in self._see(w, meeting_id).participants
            if who.email
        ]
        w.insert(
            "invitations",
            meeting_id=meeting_id,
            sequence=0,
            method="REQUEST",
            on_date=on.isoformat(),
            recipients=json.dumps(to, ensure_ascii=False),
        )
        w.update("meetings", meeting_id, {"called_on": on.isoformat()})

    def _reply(self, w: Writer, meeting_id: int, on: date) -> None:
        answers = [(self.dice.draw(_REPLIES), who.id) for who in self._see(w, meeting_id).participants if who.email]
        rows = [(reply.value, on.isoformat(), number) for reply, number in answers if reply is not Reply.NONE]
        w.update_many("participants", ("reply", "replied_on"), rows)

    def _attended(self, w: Writer, meeting_id: int, on: date) -> None:
        self._call(w, meeting_id, _working_day(on - timedelta(days=_CALLED_BEFORE)))
        self._reply(w, meeting_id, on - timedelta(days=_CALLED_BEFORE - 9))
        self._came(w, self._see(w, meeting_id), on)

    def _came(self, w: Writer, seen: MeetingView, on: date) -> None:
        came = [(self._attendance(who.reply).value, who.id) for who in seen.participants]
        w.update_many("participants", ("attendance",), came)
        w.update("meetings", seen.id, {"held_on": on.isoformat()})

    def _attendance(self, reply: Reply) -> Attendance:
        if reply is Reply.DECLINED:
            return Attendance.EXCUSED
        return Attendance.PRESENT if reply is Reply.ACCEPTED and self.dice.chance(0.9) else self.dice.draw(_CAME)

    def _hold(self, w: Writer, meeting_id: int, on: date, told: Told, people: dict[Role, Person]) -> None:
        """Called, held, with minutes filed and published; what was to be done by now is done, or stands open."""
        self._attended(w, meeting_id, on)
        text = self._minutes(draft.new(w.db, self.by, meeting_id), told, on, people)
        with clock.fixed(on + timedelta(days=_FILED)):
            checked = checking.check(w.db, self.by, text)
            if checked.minutes is None:
                raise ValueError(checked.problems)
            filing.put_down(w, self.by, checked, checked.minutes)
        self._done(w, meeting_id, on, told)
        made = publishing.publish(w.db, self.by, meeting_id, "html")
        w.insert(
            "publications",
            meeting_id=meeting_id,
            version=made.version,
            format=made.format,
            language=made.language,
            digest=made.digest,
            on_date=(on + timedelta(days=_PUBLISHED)).isoformat(),
        )

    def _minutes(self, text: str, told: Told, on: date, people: dict[Role, Person]) -> str:
        from tomli_w import dumps

        said = tomllib.loads(text)
        first = next(iter(people.values()))
        said["summary"] = told.summary
        said["meeting"] |= {"chair": first.id, "secretary": list(people.values())[-1].id}
        for item, words in zip(said["agenda"], told.agenda, strict=False):
            item["text"] = words

        def row(one: Said) -> dict[str, object]:
            made: dict[str, object] = {"key": one.key, "text": one.text, "owner": people[one.owner].id}
            return made if one.due is None else {**made, "due": _working_day(on + timedelta(days=one.due))}

        said["decisions"] = [{**row(one), "agenda": 2} for one in told.decisions]
        said["actions"] = [row(one) for one in told.actions]
        return dumps(said)

    def _done(self, w: Writer, meeting_id: int, on: date, told: Told) -> None:
        yesterday = self.days.today - timedelta(days=1)
        tasks = {action.key: action.task_id for action in self._see(w, meeting_id).actions}
        for one in (*told.decisions, *told.actions):
            number = tasks[one.key]
            if one.done is not None and number is not None:
                day = min(on + timedelta(days=one.done), yesterday)
                w.update("tasks", number, {"done_on": day.isoformat()})


def _december(year: int) -> date:
    return _near(date(year, 12, 15))


def _april(year: int) -> date:
    return _near(date(year, 4, 20))


def _near(day: date) -> date:
    return calendar.propose(day.year, day.month, earliest=day.replace(day=1), at_best=day.replace(day=1))


def _working_day(day: date) -> date:
    """The day itself or the last working day before it."""
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day
