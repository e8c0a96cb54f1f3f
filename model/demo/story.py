"""What happened on a synthetic case: its entries from the first concern to today, or to the end."""

from __future__ import annotations

from model.demo import beats, texts, ways
from model.demo.beats import Beat, Said
from model.demo.courses import Course
from model.demo.dice import Days, Dice
from model.demo.people import Person
from model.demo.texts import Pair, Texts
from model.demo.ways import Mood, Way
from model.terms import (
    CloseReason,
    ConsentForm,
    ConsentStage,
    ContactChannel,
    EntryKind,
    GivenBy,
    MeasureStage,
    Service,
)


class Teller:
    """Tells one story after another; `tell` gives a case's entries by day."""

    def __init__(self, dice: Dice, days: Days) -> None:
        self.dice = dice
        self.days = days
        self.texts = Texts()
        self._course: Course
        self._beats: list[Beat]
        self._reached = 0
        """The last day on which anybody talked with the youth."""

    def tell(self, course: Course, length: int) -> list[Beat]:
        """About `length` entries; what belongs to the story is told even when it takes some more."""
        self._course, self._beats = course, []
        self._reached = self._last_contact(course)
        if course.mood in ways.UNREACHED:
            self._not_reached(length)
        else:
            begun = self._beginning(length)
            self._middle(begun, length)
            self._ending()
        self._beats.sort(key=_by_day)
        return self._beats

    def _last_contact(self, course: Course) -> int:
        if course.closed is not None:
            return course.closed
        lead, dice = course.lead, self.dice
        day = -dice.between(33, 75) if course.mood is Mood.SILENT else -int(26 * dice.random() ** 1.4)
        if lead.left_on is not None:
            day = min(day, lead.left_on)
        return max(day, course.opened)

    # Beginnings -----------------------------------------------------------------------------------------------------

    def _not_reached(self, length: int) -> None:
        """On OT's list, and nobody has talked with the youth yet."""
        course, dice = self._course, self.dice
        ot = course.lead
        start = course.opened
        if course.school and course.way is Way.AT_SCHOOL:
            self._concern(start)
        if course.way is Way.NO_PLACE:
            self._add(start, EntryKind.REFERRAL, ot, "listed", title=self._list_title())
        else:
            self._add(start, EntryKind.REFERRAL, course.school or ot, "referral")
        if course.mood is Mood.NEW or course.unassigned:
            return
        for _ in range(min(max(length - 2, 1), dice.between(1, 4))):
            self._add(
                dice.between(start + 1, -1),
                EntryKind.CONTACT_ATTEMPT,
                ot,
                "attempt",
                channel=dice.draw(beats.REMOTE).value,
            )
        if dice.chance(0.3):
            self._guardian_talk(dice.between(start + 2, -1))
        if dice.chance(0.3):
            self._add(dice.between(start + 2, -1), EntryKind.NOTE, ot, "note")

    def _beginning(self, length: int) -> int:
        """How it began; gives the day from which the rest is told."""
        tell = {
            Way.AT_SCHOOL: self._concern_at_school,
            Way.ADULT: self._concern_at_school,
            Way.LEFT: self._broke_off,
            Way.NO_PLACE: self._without_a_place,
            Way.CONTRACT: self._contract_at_risk,
        }
        return tell[self._course.way](length > 4)

    def _concern_at_school(self, whole: bool) -> int:
        course, dice = self._course, self.dice
        start = course.opened
        school = course.school or course.lead
        self._concern(start)
        day = start + dice.between(2, 12)
        if whole or dice.chance(0.4):
            self._talk(day, school)
        if course.way is Way.AT_SCHOOL and (whole or dice.chance(0.4)):
            day += dice.between(6, 25)
            self._gathering(day, EntryKind.CLARIFICATION_MEETING, "clarifying", school)
        if course.ot and dice.chance(0.7):
            self._add(day + 1, EntryKind.REFERRAL, school, "referral")
        return day + 2

    def _broke_off(self, whole: bool) -> int:
        course, dice = self._course, self.dice
        start = course.opened
        school = course.school or course.lead
        self._add(start, EntryKind.REFERRAL, school, "referral")
        day = start + dice.between(1, 6)
        if whole and dice.chance(0.75):
            self._add(day, EntryKind.CONSULTATION, school, "consult")
        if whole or dice.chance(0.6):
            day += dice.between(2, 12)
            why = dice.draw(beats.INTERRUPTIONS)
            title = f"{why.value} {why.labels[school.unit.nynorsk]}"
            self._gathering(day, EntryKind.CLOSING_CONVERSATION, "closing", school, title=title)
        return day + 1

    def _without_a_place(self, whole: bool) -> int:
        course, dice = self._course, self.dice
        start, ot = course.opened, course.lead
        self._add(start, EntryKind.REFERRAL, ot, "listed", title=self._list_title())
        day = start
        for _ in range(dice.between(0, 2 if whole else 1)):
            day += dice.between(1, 9)
            self._add(day, EntryKind.CONTACT_ATTEMPT, ot, "attempt", channel=dice.draw(beats.REMOTE).value)
        day += dice.between(2, 14)
        self._talk(day, ot)
        if whole and dice.chance(0.6):
            self._add(day, EntryKind.STATUS, ot, "status", title="OTUK → OTOV")
        return day + 1

    def _contract_at_risk(self, whole: bool) -> int:
        course, dice = self._course, self.dice
        start = course.opened
        vocational = course.vocational or course.lead
        self._add(start, EntryKind.CONCERN, course.parties[0] if course.parties else vocational, "concern")
        day = start + dice.between(2, 10)
        self._gathering(day, EntryKind.MEETING, "meeting", vocational)
        if whole and dice.chance(0.35):
            day += dice.between(5, 20)
            self._gathering(day, EntryKind.CLOSING_CONVERSATION, "closing", vocational)
        return day + 1

    # Middles --------------------------------------------------------------------------------------------------------

    def _middle(self, begun: int, length: int) -> None:
        course, dice = self._course, self.dice
        lead = course.lead
        begun = min(begun, self._reached)
        left = length - len(self._beats) - (2 if course.closed is not None else 1)
        if left >= 1:
            self._consents(begun, min(4, max(2, left // 2)))
        if left >= 2 and dice.chance(0.6):
            self._add(
                begun + dice.between(5, 40),
                EntryKind.PLAN,
                lead,
                "plan",
                until=self._ahead(begun),
                title=self._plan_title(),
            )
        if left >= 3 and dice.chance(0.5):
            self._add(begun + dice.between(5, 40), EntryKind.AGREEMENT, lead, "agreement", until=self._ahead(begun))
        for _ in range(min(3, left // 4)):
            self._measure(dice.between(begun, max(begun, self._reached - 10)))
        if course.closed is None:
            self._talk(self._reached, lead)
        workers = [p for p in (course.ot, course.ot, course.ot, course.nav, course.school, *course.parties) if p]
        for _ in range(length - len(self._beats) - (course.closed is not None)):
            self._filler(dice.between(begun, self._reached), dice.pick(workers or [lead]))

    def _filler(self, day: int, by: Person) -> None:
        dice = self.dice
        kind = dice.draw(beats.FILLERS)
        if kind == EntryKind.CONVERSATION:
            self._talk(day, by)
        elif kind == EntryKind.CONTACT_ATTEMPT:
            self._add(self._later(day), EntryKind.CONTACT_ATTEMPT, by, "attempt", channel=dice.draw(beats.REMOTE).value)
        elif kind == EntryKind.NOTE:
            self._add(self._later(day), EntryKind.NOTE, by, "note")
        elif kind == EntryKind.MEETING:
            self._gathering(day, EntryKind.MEETING, "meeting", by)
        elif kind == beats.GUARDIAN_TALK:
            self._guardian_talk(self._later(day))
        elif kind == EntryKind.TASK:
            self._add(self._later(day), EntryKind.TASK, by, "done")
        elif kind == EntryKind.JOURNALISED:
            self._filed(self._later(day), by)
        elif self._course.ot and self._course.ot_status:
            self._add(self._later(day), EntryKind.STATUS, self._course.ot, "status", title=self._course.ot_status.value)
        else:
            self._add(self._later(day), EntryKind.NOTE, by, "note")

    def _later(self, day: int) -> int:
        """What is no talk with the youth may have come after the last one, too."""
        return day if self.dice.chance(0.8) else self.dice.between(day, self._course.end)

    def _measure(self, day: int) -> None:
        course, dice = self._course, self.dice
        by = dice.pick([p for p in (course.nav, course.nav, course.ot, course.school, *course.parties) if p])
        title = self._worded(dice.pick(beats.MEASURES.get(by.service, beats.MEASURES[Service.OT])), by)
        company = dice.pick(beats.COMPANIES) if by.service in (Service.NAV, Service.OT) and dice.chance(0.7) else None
        lasts = dice.between(30, 180)
        started = self._add(
            day, EntryKind.MEASURE, by, "started", stage=MeasureStage.STARTED.value, until=day + lasts, title=title,
            place=None if course.youth.protected else company,
        )  # fmt: skip
        if day + lasts // 2 < self._reached and dice.chance(0.25):
            stage = MeasureStage.CHANGED.value
            self._add(day + lasts // 2, EntryKind.MEASURE, by, "changed", stage=stage, title=title, follows=started)
        ends = day + (lasts if dice.chance(0.7) else lasts * 2 // 3)
        if ends < course.end or course.closed is not None:
            stage = MeasureStage.ENDED.value
            self._add(ends, EntryKind.MEASURE, by, "ended", stage=stage, title=title, follows=started)

    def _consents(self, day: int, count: int) -> None:
        """Who may tell whom. Some say no, some take it back, some set a day, and some have not been asked."""
        course, dice = self._course, self.dice
        ot, nav, school = course.ot, course.nav, course.school
        pairs: list[tuple[Person, Person, float]] = []
        if ot and school:
            pairs += [(school, ot, 0.8), (ot, school, 0.55)]
        if ot and nav:
            pairs += [(nav, ot, 0.68), (ot, nav, 0.7)]
        if nav and school:
            pairs += [(school, nav, 0.5), (nav, school, 0.4)]
        if course.parties and ot:
            pairs.append((course.parties[0], ot, 0.35))
        for giver, taker, part in pairs:
            if count and dice.chance(part):
                count -= 1
                self._consent(day + dice.between(0, 20), giver, taker)

    def _consent(self, day: int, giver: Person, taker: Person) -> None:
        course, dice = self._course, self.dice
        if giver.service is taker.service:
            return
        stage = dice.draw(beats.CONSENTED)
        age = course.youth.age(day)
        by = GivenBy.GUARDIAN if age < 16 or (age < 18 and dice.chance(0.3)) else GivenBy.YOUTH
        form = dice.pick((ConsentForm.WRITTEN, ConsentForm.WRITTEN, ConsentForm.DIGITAL, ConsentForm.ORAL))
        unit = taker.unit.id if taker.service.unit_bound or dice.chance(0.1) else None
        until = day + dice.pick((180, 365, 365)) if stage is ConsentStage.GIVEN and dice.chance(0.2) else None
        said = Said(giver.service, taker.service, unit, by, form, until)
        recorder = giver if giver.left_on is None else course.lead
        first = self._add(day, EntryKind.CONSENT, recorder, "consent", stage=stage.value, said=said)
        if stage is ConsentStage.GIVEN and dice.chance(0.05):
            back = dice.between(first.day + 1, max(first.day + 1, course.end - 1))
            said = Said(giver.service, taker.service, unit, by, form, None)
            self._add(back, EntryKind.CONSENT, recorder, "consent", stage=ConsentStage.WITHDRAWN.value, said=said)

    # Endings --------------------------------------------------------------------------------------------------------

    def _ending(self) -> None:
        course = self._course
        if course.closed is None:
            return
        lead = course.lead
        if course.close_reason in (CloseReason.MOVED, CloseReason.OTHER_SERVICE):
            self._add(course.closed, EntryKind.HANDOVER, lead, "handover")
        elif course.close_reason in (CloseReason.MISTAKE, CloseReason.DECEASED):
            self._add(course.closed, EntryKind.NOTE, lead, "over")
        elif self.dice.chance(0.7):
            title = course.ot_status.value if course.ot_status else None
            self._add(course.closed, EntryKind.STATUS, lead, "status", title=title)
        else:
            self._filed(course.closed, lead)

    # One entry ------------------------------------------------------------------------------------------------------

    def _concern(self, day: int) -> None:
        course = self._course
        self._add(day, EntryKind.CONCERN, course.teacher or course.school or course.lead, "concern")

    def _talk(self, day: int, by: Person) -> None:
        dice = self.dice
        channel = dice.draw(beats.CHANNELS)
        here = channel is ContactChannel.IN_PERSON and not self._course.youth.protected
        beat = self._add(
            min(day, self._reached), EntryKind.CONVERSATION, by, "talk", youth=1, channel=channel.value,
            minutes=dice.pick((15, 20, 30, 30, 45, 60)),
            place=self._worded(dice.pick(beats.PLACES.get(by.service, beats.AT_SCHOOL)), by) if here else None,
        )  # fmt: skip
        if beat.day < -3 and dice.chance(0.2):
            day = self.days.working(min(beat.day + 14, 0))
            beat.text = f"{beat.text} {self._worded(texts.NEXT, by).format(day=self.days.spoken(day))}"
        if dice.chance(0.06):
            beat.system, beat.reference = self._journal(beat)

    def _guardian_talk(self, day: int) -> None:
        self._add(
            day, EntryKind.CONVERSATION, self._course.lead, "guardian", guardian=1, channel=ContactChannel.PHONE.value
        )

    def _gathering(self, day: int, kind: EntryKind, subject: str, by: Person, title: str | None = None) -> None:
        course, dice = self._course, self.dice
        people = [course.youth.given]
        others = (by, course.ot, course.nav if kind != EntryKind.CLARIFICATION_MEETING else None, *course.parties[:1])
        people += dict.fromkeys(p.name for p in others if p)
        guardian = int(course.youth.age(day) < 18 and dice.chance(0.7))
        self._add(
            min(day, self._reached), kind, by, subject, youth=1, guardian=guardian, title=title,
            channel=ContactChannel.IN_PERSON.value, minutes=60, participants=", ".join(people),
            outcome=self._worded(dice.pick(texts.OUTCOMES), by),
        )  # fmt: skip

    def _filed(self, day: int, by: Person) -> None:
        beat = self._add(day, EntryKind.JOURNALISED, by, "filed")
        beat.system, beat.reference = self._journal(beat)

    def _journal(self, beat: Beat) -> tuple[str, str]:
        number = self.dice.between(1_000, 49_999)
        return beats.SYSTEMS.get(beat.by.service, "Acos"), f"{self.days.year(beat.day)}/{number}"

    def _add(
        self,
        day: int,
        kind: EntryKind,
        by: Person,
        subject: str | None,
        *,
        youth: int = 0,
        guardian: int = 0,
        stage: str | None = None,
        until: int | None = None,
        channel: str | None = None,
        place: str | None = None,
        minutes: int | None = None,
        title: str | None = None,
        participants: str | None = None,
        outcome: str | None = None,
        follows: Beat | None = None,
        said: Said | None = None,
    ) -> Beat:
        """Within the case's time, while the author was there, on a working day."""
        course = self._course
        if by.left_on is not None and day > by.left_on:
            day = by.left_on
        earliest = course.opened if follows is None else follows.day
        day = max(self.days.working(min(day, course.end)), earliest)
        text = self.texts.about(self.dice, subject, by.unit.nynorsk) if subject else None
        beat = Beat(
            day, kind, by, text, youth, guardian, stage, until, channel, place, minutes, title, participants, outcome,
            None, None, follows, said,
        )  # fmt: skip
        self._beats.append(beat)
        return beat

    def _worded(self, pair: Pair, by: Person) -> str:
        return pair[by.unit.nynorsk]

    def _ahead(self, day: int) -> int:
        return day + self.dice.pick((90, 120, 180))

    def _list_title(self) -> str:
        return self.dice.pick(("OSON", "OSNP", "OSUT", "OSVE"))

    def _plan_title(self) -> str:
        return f"plan v{self.dice.between(1, 3)}"


def _by_day(beat: Beat) -> int:
    return beat.day
