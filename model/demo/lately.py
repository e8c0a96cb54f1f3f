"""The last weeks' work in the synthetic county: small batches by different people, so that history has something true
to show, and the viewer something to undo.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from model import clock
from model.demo import lists, meeting_year, queries
from model.demo.courses import Course, Courses
from model.demo.meeting_year import MeetingYear
from model.demo.names import mobile
from model.demo.people import Person
from model.demo.texts import Texts
from model.demo.ways import Mood
from model.store.door import Value, Writer
from model.store.store import Store
from model.store.undo import undo
from model.terms import (
    CaseStatus,
    ConsentForm,
    ConsentStage,
    ContactChannel,
    EntryKind,
    GivenBy,
    OtStatus,
    Role,
    Service,
)
from model.text import fold
from model.viewer import Viewer

NEW_CONTACTS = 1


@dataclass(frozen=True, slots=True)
class _Deed:
    """One batch: when, by whom, what for."""

    day: int
    by: Person
    why: str
    do: Callable[[Writer], object]
    undone: bool = False


def viewer(person: Person) -> Viewer:
    """The professional as one who reads and writes."""
    return Viewer(person.id, person.name, person.service, person.unit.id, person.unit.name)


def live_on(store: Store, made: Courses, meetings: MeetingYear) -> None:
    """Write the last weeks' batches, oldest first."""
    deeds = _Deeds(made, meetings)
    for deed in sorted(deeds.all(), key=lambda deed: deed.day):
        with clock.fixed(made.days.today + timedelta(days=deed.day)):
            with store.write(by=viewer(deed.by), why=deed.why) as w:
                deed.do(w)
            if deed.undone and w.receipt.batch is not None:
                undo(store, viewer(deed.by), w.receipt.batch)


class _Deeds:
    def __init__(self, made: Courses, meetings: MeetingYear) -> None:
        self.made = made
        self.meetings = meetings
        self.days = made.days
        self.dice = made.dice
        self.me = made.me
        self.texts = Texts()
        staying = [c for c in made.courses if c.mine and not c.unassigned and c.mood in (Mood.CALM, Mood.DUE)]
        self.own = [c for c in staying if not c.youth.protected and c.opened < -60]

    def all(self) -> list[_Deed]:
        return [
            *self._directory(),
            *self._meeting_year(),
            *self._own_work(),
            *self._others(),
            *self._first_contact(),
            *self._taken_over(),
        ]

    def _directory(self) -> list[_Deed]:
        """The county's list comes in, and a colleague's number is put right."""
        directory = self.made.directory
        authority = directory.counties[0].authority.people(Role.COUNTY_CONTACT)[0]
        listed = [p for p in directory.people if p.role is Role.COUNSELLOR and p.left_on is None][::4][:24]
        school = listed[0].unit

        def imported(w: Writer) -> None:
            w.update_many("contacts", ("confirmed_on",), [(self.days.text(-19), person.id) for person in listed])
            new = w.insert(
                "contacts",
                name="Synnøve Fossheim",
                folded=fold("Synnøve Fossheim"),
                phone=mobile(self.dice),
                email=f"synnove.fossheim@{school.domain}",
                language_form="nn",
                confirmed_on=self.days.text(-19),
            )
            w.insert("list_entries", list_id=1, contact_id=new)
            named = [*(person.id for person in listed), new]
            lists.read(w, 1, lists.FILES[0], self.days.text(-19), named, took_in=True)
            w.insert(
                "contact_roles", contact_id=new, role=Role.COUNSELLOR, unit_id=school.id, starts_on=self.days.text(-30)
            )

        def corrected(w: Writer) -> None:
            w.update("contacts", listed[-1].id, {"phone": mobile(self.dice), "confirmed_on": self.days.text(-5)})

        return [
            _Deed(-19, authority, "contacts.import", imported),
            _Deed(lists.ROUND_STARTED, authority, "list.round", lambda w: lists.start_round(w, directory)),
            _Deed(lists.ROUND_ANSWERED, authority, "contacts.import", lambda w: lists.answer(w, directory)),
            _Deed(-5, self.me, "contact.edit", corrected),
        ]

    def _meeting_year(self) -> list[_Deed]:
        authority = lists.keeper(self.made.directory, Role.COUNTY_CONTACT)
        meetings = self.meetings
        return [
            _Deed(-20, authority, "meeting.plan", meetings.plan_next),
            _Deed(-18, authority, "meeting.invite", meetings.call_next),
            _Deed(meeting_year.NETWORK_REPLIES, authority, "meeting.replies", meetings.network_replies),
            _Deed(meeting_year.GROUP_REPLIES, authority, "meeting.replies", meetings.group_replies),
            _Deed(0, authority, "meeting.attendance", meetings.network_held),
        ]

    def _own_work(self) -> list[_Deed]:
        """What the viewer has written, corrected, done and undone."""
        me, own = self.me, self.own
        deeds = [
            _Deed(-day, me, "entry.log", self._logged(own[place], me, -day, reached=place % 3 != 2))
            for place, day in enumerate((18, 15, 12, 9, 7, 4, 2, 1))
            if place < len(own)
        ]
        for place, day in ((8, -14), (9, -3)):
            if place < len(own):
                deeds.append(_Deed(day, me, "task.add", self._task(own[place], "Sende oppsummering til skulen", day)))
                deeds.append(_Deed(day + 2, me, "task.done", self._task_done(own[place])))
        wrong = next((c for c in own[10:] if c.last_own is not None), None)
        if wrong is not None:
            deeds.append(_Deed(-6, me, "entry.log", self._logged(wrong, me, -6, reached=False), undone=True))
            deeds.append(_Deed(-6, me, "entry.edit", self._corrected(wrong)))
            deeds.append(_Deed(-2, me, "case.contact_person", self._agreed(wrong)))
        if len(own) > 12:
            deeds.append(_Deed(-8, me, "consent.give", self._consented(own[-1])))
            deeds.append(_Deed(-1, me, "youth.edit", self._new_number(own[-2])))
        return deeds

    def _others(self) -> list[_Deed]:
        """What NAV and the schools have written on the viewer's cases, and colleagues on theirs."""
        deeds = []
        with_nav = [c for c in self.own if c.nav is not None and c.nav.left_on is None]
        with_school = [c for c in self.own if c.school is not None and c.school.left_on is None]
        for course, day in zip(with_nav[-3:], (-13, -6, 0), strict=False):
            assert course.nav is not None  # chosen so
            deeds.append(_Deed(day, course.nav, "entry.log", self._logged(course, course.nav, day, reached=True)))
        for course, day in zip(with_school[-3:], (-11, -7, -1), strict=False):
            assert course.school is not None  # chosen so
            deeds.append(
                _Deed(day, course.school, "entry.log", self._logged(course, course.school, day, reached=False))
            )
        theirs = [
            c for c in self.made.courses
            if c.closed is None and not c.mine and c.mood is Mood.CALM and c.ot is not None and c.ot.left_on is None
            and c.opened < -60
        ]  # fmt: skip
        for course, day in zip(theirs[-8:], (-17, -16, -10, -9, -8, -4, -3, -2), strict=False):
            assert course.ot is not None  # chosen so
            deeds.append(_Deed(day, course.ot, "entry.log", self._logged(course, course.ot, day, reached=True)))
        return deeds

    def _first_contact(self) -> list[_Deed]:
        """A youth nobody knew of has answered: the status follows."""
        found = next((c for c in self.made.courses if c.mine and c.mood is Mood.FRESH and c.ot_status), None)
        if found is None:
            return []
        course = found

        def answered(w: Writer) -> None:
            self._logged(course, self.me, -1, reached=True)(w)
            w.update("cases", course.id, {"ot_status": OtStatus.OTOV.value, "status": CaseStatus.MAPPING.value})

        return [_Deed(-1, self.me, "entry.log", answered)]

    def _taken_over(self) -> list[_Deed]:
        """Two cases of a colleague who has left."""
        left = [
            c for c in self.made.courses
            if c.ot is not None and c.ot.left_on is not None and c.ot.unit is self.me.unit and c.closed is None
            and not c.unassigned
        ][:2]  # fmt: skip

        def assigned(w: Writer) -> None:
            for course in left:
                running = queries.running_responsible(w.db, course.id, Service.OT.value)
                w.update("responsibles", running, {"ends_on": self.days.text(-10)})
                w.insert(
                    "responsibles",
                    case_id=course.id,
                    service=Service.OT.value,
                    contact_id=self.me.id,
                    starts_on=self.days.text(-10),
                )

        return [_Deed(-10, self.me, "case.assign", assigned)] if left else []

    # One deed -------------------------------------------------------------------------------------------------------

    def _logged(self, course: Course, by: Person, day: int, *, reached: bool) -> Callable[[Writer], object]:
        form = by.unit.nynorsk
        texts = self.texts
        kind = EntryKind.CONVERSATION if reached else EntryKind.NOTE
        text = texts.about(self.dice, "talk" if reached else "note", form)

        def do(w: Writer) -> None:
            w.insert(
                "entries",
                case_id=course.id,
                kind=kind.value,
                on_date=self.days.text(day),
                service=by.service.value,
                unit_id=by.unit.id,
                author_id=by.id,
                author_name=by.name,
                with_youth=int(reached),
                channel=ContactChannel.PHONE.value if reached else None,
                minutes=20 if reached else None,
                text=text,
            )

        return do

    def _corrected(self, course: Course) -> Callable[[Writer], object]:
        return lambda w: w.update("entries", course.last_own or 0, {"text": "Retta: møtet var på skulen."})

    def _task(self, course: Course, title: str, day: int) -> Callable[[Writer], object]:
        me = self.me

        def do(w: Writer) -> None:
            w.insert(
                "tasks",
                case_id=course.id,
                title=title,
                due_on=self.days.text(day + 4),
                service=me.service.value,
                unit_id=me.unit.id,
                owner_id=me.id,
            )

        return do

    def _task_done(self, course: Course) -> Callable[[Writer], object]:
        def do(w: Writer) -> None:
            newest = queries.newest_task(w.db, course.id)
            w.update("tasks", newest, {"done_on": clock.today().isoformat()})

        return do

    def _agreed(self, course: Course) -> Callable[[Writer], object]:
        said: dict[str, Value] = {"contact_person_id": self.me.id, "contact_person_on": self.days.text(-2)}
        return lambda w: w.update("cases", course.id, said)

    def _new_number(self, course: Course) -> Callable[[Writer], object]:
        return lambda w: w.update("youths", course.youth.id, {"phone": mobile(self.dice)})

    def _consented(self, course: Course) -> Callable[[Writer], object]:
        me, day = self.me, self.days.text(-8)

        def do(w: Writer) -> None:
            entry = w.insert(
                "entries",
                case_id=course.id,
                kind=EntryKind.CONSENT.value,
                stage=ConsentStage.GIVEN.value,
                on_date=day,
                service=me.service.value,
                unit_id=me.unit.id,
                author_id=me.id,
                author_name=me.name,
            )
            w.insert(
                "consents",
                entry_id=entry,
                from_service=Service.OT.value,
                to_service=Service.NAV.value,
                given_by=GivenBy.YOUTH.value,
                form=ConsentForm.DIGITAL.value,
                valid_from=day,
            )

        return do
