"""What the meeting year asks of somebody: meetings planned, called, held in their month, with minutes, published; NAV
invited to the counsellor conference; steering groups that meet; agreements that are signed, evaluated and not run out.

Pure functions over facts and a day. Something falls due on its `due` day and is overdue after it; what has to be begun
in good time is found some days before. Meetings of a case are no part of this, so nothing here goes by the lens.
Source: S3, R17 to R19; S1 and S2, R37.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from model.finding import Finding, in_order
from model.language import _
from model.meetings import agreements, duties_queries, groups, kinds
from model.meetings.agreements import AgreementView
from model.meetings.kinds import Kind
from model.store.connection import Connection
from model.terms import MeetingKind, Service
from model.viewer import Viewer

RULES = {
    MeetingKind.OT_COOPERATION.value: "R17",
    MeetingKind.NETWORK.value: "R18",
    MeetingKind.COUNSELLOR_CONFERENCE.value: "R19",
    MeetingKind.STEERING_GROUP.value: "R37",
    MeetingKind.NETWORK_GATHERING.value: "R37",
}
OWN_KIND = "R33"
"""Kinds that a county made itself: what it has agreed for the whole county."""

PLAN_AHEAD = 30
"""Days before a meeting has to be called that planning it is asked for."""
CALL_AHEAD = 7
"""Days before it has to be called that calling it is asked for."""
PUBLISH_DAYS = 7
"""Days from the filing of minutes to their publication."""
RUN_OUT_DAYS = 60
"""Days before an agreement runs out that it is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFacts:
    """What is known of a meeting that was not called off."""

    id: int
    kind: str
    title: str
    number: int = 1
    group_id: int | None = None
    county_no: str | None = None
    on_date: date | None = None
    called_on: date | None = None
    held_on: date | None = None
    version: int | None = None
    """The newest minutes."""
    filed_on: date | None = None
    published: int | None = None
    """The newest version that was published."""
    nav_invited: bool = False


@dataclass(frozen=True, slots=True)
class GroupFacts:
    id: int
    name: str


def findings(db: Connection, viewer: Viewer, today: date, year: int | None = None) -> list[Finding]:
    """Every duty that is not met, the longest overdue first.

    Of one year; without one, of this year, with what last year's meetings still lack. Agreements belong to this year.
    """
    found: list[Finding] = []
    known = kinds.kinds(db)
    running = [
        GroupFacts(one.id, one.name) for one in groups.groups(db) if one.ended_on is None or one.ended_on > today
    ]
    of_year = year if year is not None else today.year
    held = meetings(db, of_year)
    for kind in known:
        found += cadence(kind, held, running, of_year, today)
    of_kind = {kind.code: kind for kind in known}
    existing = held if year is not None else [*meetings(db, today.year - 1), *held]
    for meeting in existing:
        if meeting.kind in of_kind:
            found += course(of_kind[meeting.kind], meeting, today)
    if of_year == today.year:
        for one in agreements.agreements(db):
            found += agreement(one, today)
    return in_order(found)


def meetings(db: Connection, year: int) -> list[MeetingFacts]:
    """The facts of a year's meetings."""
    return [
        MeetingFacts(
            id=row[0],
            kind=row[1],
            title=row[2],
            number=row[3],
            group_id=row[4],
            county_no=row[5],
            on_date=_day(row[6]),
            called_on=_day(row[7]),
            held_on=_day(row[8]),
            version=row[9],
            filed_on=_day(row[10]),
            published=row[11],
            nav_invited=bool(row[12]),
        )
        for row in duties_queries.meetings(db, year)
    ]


def cadence(
    kind: Kind, held: Sequence[MeetingFacts], running: Sequence[GroupFacts], year: int, today: date
) -> Iterator[Finding]:
    """Meetings that ought to be planned by now and are not: so many a year, county by county where the kind is held so.

    Each steering group meets at least once a year, more often where the county says so.
    """
    mine = [meeting for meeting in held if meeting.kind == kind.code]
    if kind.by_group:
        for group in running:
            of_group = [meeting for meeting in mine if meeting.group_id == group.id]
            yield from _missing(kind, len(of_group), year, today, group=group)
    elif kind.per_year is not None and not kind.of_a_case:
        for county_no in sorted({meeting.county_no for meeting in mine}, key=str) or [None]:
            there = sum(meeting.county_no == county_no for meeting in mine)
            yield from _missing(kind, there, year, today, county_no=county_no)


def _missing(
    kind: Kind, there: int, year: int, today: date, *, group: GroupFacts | None = None, county_no: str | None = None
) -> Iterator[Finding]:
    wanted = kind.per_year or 1
    for number in range(there + 1, wanted + 1):
        due = call_by(kind, year, number)
        if today < due - timedelta(days=PLAN_AHEAD):
            return
        if group is not None:
            what = _("{group} has no meeting planned for {year}.").format(group=group.name, year=year)
        elif wanted == 1:
            what = _("No {kind} is planned for {year}.").format(kind=kind.name, year=year)
        else:
            sentence = _("{kind}: meeting {n} of {all} in {year} is not planned.")
            what = sentence.format(kind=kind.name, n=number, all=wanted, year=year)
        options = [f"--year {year}"]
        options += [f"--number {number}"] if number > 1 else []
        options += [f"--group {group.id}"] if group else []
        options += [f"--county {county_no}"] if county_no else []
        yield Finding(
            rule=RULES.get(kind.code, OWN_KIND),
            code="meeting.not_planned",
            what=what,
            subject="group" if group else "meeting",
            subject_id=group.id if group else 0,
            name=group.name if group else kind.name,
            whose=_caller(kind),
            due=due,
            evidence=(_("to be held by {day}").format(day=_last_day(kind, year, number)),),
            fix=" ".join(["samlop meetings plan", kind.code, *options]),
        )


def call_by(kind: Kind, year: int, number: int = 1) -> date:
    """By when a meeting without a day is called: in time for the first day of its month, or the last of its part of
    the year."""
    first = date(year, kind.month, 1) if kind.month else _last_day(kind, year, number)
    return first - timedelta(days=kind.call_days)


def _last_day(kind: Kind, year: int, number: int) -> date:
    month = kind.month or 12 * number // (kind.per_year or 1)
    return date(year, month, monthrange(year, month)[1])


def course(kind: Kind, meeting: MeetingFacts, today: date) -> Iterator[Finding]:
    """What a meeting lacks on its way from the plan to published minutes."""
    if meeting.held_on is not None:
        yield from _after(kind, meeting, meeting.held_on, today)
    elif meeting.on_date is None:
        yield _about(
            kind, meeting, "meeting.no_date", _("It has no day."), fix=f"samlop meetings change {meeting.id} --date DAY"
        )
    elif meeting.on_date < today:
        yield _about(
            kind,
            meeting,
            "meeting.not_held",
            _("Nobody has recorded that it was held."),
            since=meeting.on_date,
            due=meeting.on_date,
            fix=f"samlop minutes new {meeting.id}",
        )
    elif meeting.called_on is None:
        due = meeting.on_date - timedelta(days=kind.call_days)
        if today >= due - timedelta(days=CALL_AHEAD):
            evidence = (_("it is on {day}").format(day=meeting.on_date),)
            fix = f"samlop meetings invite {meeting.id}"
            yield _about(
                kind, meeting, "meeting.not_called", _("It is not called."), due=due, evidence=evidence, fix=fix
            )
    yield from _in_its_month(kind, meeting)
    yield from _nav(kind, meeting, today)


def _after(kind: Kind, meeting: MeetingFacts, held_on: date, today: date) -> Iterator[Finding]:
    if meeting.version is None:
        due = held_on + timedelta(days=kind.minutes_days)
        code, what, fix = "meeting.no_minutes", _("Its minutes are not filed."), "samlop minutes new"
        since = held_on
    elif meeting.published is None or meeting.published < meeting.version:
        since = meeting.filed_on or held_on
        due = since + timedelta(days=PUBLISH_DAYS)
        code, what, fix = "meeting.not_published", _("Its minutes are not published."), "samlop minutes publish"
    else:
        return
    if today > due:
        yield _about(kind, meeting, code, what, since=since, due=due, fix=f"{fix} {meeting.id}")


def _in_its_month(kind: Kind, meeting: MeetingFacts) -> Iterator[Finding]:
    day = meeting.held_on or meeting.on_date
    if kind.month is not None and day is not None and day.month != kind.month:
        fix = "" if meeting.held_on else f"samlop meetings change {meeting.id} --date DAY"
        due = date(day.year, kind.month, monthrange(day.year, kind.month)[1])
        what = _("It is not in its month, {month}.").format(month=f"{kind.month:02}")
        evidence = (_("it is on {day}").format(day=day),)
        yield _about(kind, meeting, "meeting.not_in_month", what, due=due, evidence=evidence, fix=fix)


def _nav(kind: Kind, meeting: MeetingFacts, today: date) -> Iterator[Finding]:
    """Source: S3, R19."""
    if kind.code != MeetingKind.COUNSELLOR_CONFERENCE or meeting.nav_invited or meeting.on_date is None:
        return
    due = meeting.on_date - timedelta(days=kind.call_days)
    if meeting.called_on or meeting.held_on or today >= due - timedelta(days=CALL_AHEAD):
        fix = "" if meeting.held_on else f"samlop meetings add {meeting.id} ID"
        yield _about(kind, meeting, "meeting.nav_not_invited", _("Nobody from NAV is invited."), due=due, fix=fix)


def agreement(one: AgreementView, today: date) -> Iterator[Finding]:
    """What an agreement that has not ended lacks. Source: S2, R37."""
    if one.ended_on is not None and one.ended_on <= today:
        return
    fix = f"samlop agreements change {one.id} --until DAY"
    if one.ends_on is not None and one.ends_on < today:
        yield _of(one, "agreement.run_out", _("It has run out."), since=one.ends_on, due=one.ends_on, fix=fix)
        return
    unsigned = [party.name for party in one.parties if party.signed_on is None]
    if unsigned:
        yield _of(
            one,
            "agreement.unsigned",
            _("Not all leaders have signed."),
            since=one.starts_on,
            due=one.starts_on,
            evidence=tuple(unsigned),
            fix=f"samlop agreements sign {one.id} --party NAME --leader NAME",
        )
    if one.ends_on is not None and one.ends_on <= today + timedelta(days=RUN_OUT_DAYS):
        yield _of(one, "agreement.running_out", _("It is about to run out."), due=one.ends_on, fix=fix)
    if one.evaluate_on is not None and one.evaluate_on < today:
        yield _of(
            one,
            "agreement.not_evaluated",
            _("Its evaluation is overdue."),
            since=one.evaluated_on,
            due=one.evaluate_on,
            fix=f"samlop agreements evaluate {one.id} --next DAY",
        )


def _about(
    kind: Kind,
    meeting: MeetingFacts,
    code: str,
    what: str,
    *,
    since: date | None = None,
    due: date | None = None,
    evidence: tuple[str, ...] = (),
    fix: str = "",
) -> Finding:
    rule = RULES.get(kind.code, OWN_KIND)
    said = f"{meeting.title}: {what}"
    return Finding(rule, code, said, "meeting", meeting.id, meeting.title, _caller(kind), since, due, evidence, fix)


def _of(
    one: AgreementView,
    code: str,
    what: str,
    *,
    since: date | None = None,
    due: date | None = None,
    evidence: tuple[str, ...] = (),
    fix: str = "",
) -> Finding:
    """Both leaders answer for what they signed."""
    whose = ", ".join(party.leader or party.name for party in one.parties)
    said = f"{one.title}: {what}"
    return Finding("R37", code, said, "agreement", one.id, one.title, whose, since, due, evidence, fix)


def _caller(kind: Kind) -> str:
    if kind.called_by == "directorates":
        return _("the directorates")
    return Service(kind.called_by).label


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
