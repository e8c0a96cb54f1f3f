"""A meeting is planned on the screen: which kind, what is proposed, and then it is put down. Twice is the same one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from model.language import _, ngettext
from tui.places.meeting_saying import hours, in_full
from tui.reader import Reader
from tui.saying import begin
from tui.screens.dialogs import Choose, Confirm

if TYPE_CHECKING:
    from model.finding import Finding
    from model.meetings.kinds import Kind
    from model.meetings.planning import MeetingPlan, Planned
    from tui.app import SamlopApp

Then = Callable[[int], object]
"""Told which meeting it is."""

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be planned."""

    kind: str
    year: int
    number: int = 1
    group_id: int | None = None
    county: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind, or a group's meeting, that can be planned for a year. `there`: how many of it are planned already."""

    kind: Kind
    there: int
    group_id: int | None = None
    group: str | None = None

    @property
    def name(self) -> str:
        return begin(self.kind.name if self.group is None else f"{self.kind.name}: {self.group}")

    @property
    def more(self) -> bool:
        """There ought to be more of it in the year, or it is by agreement."""
        return self.there == 0 or self.kind.per_year is None or self.there < self.kind.per_year


def of_finding(finding: Finding, year: int) -> Wanted | None:
    """What a finding says is not planned: its command says it in full."""
    if finding.code != "meeting.not_planned":
        return None
    _samlop, _meetings, _plan, kind, *options = finding.fix.split()
    said = dict(zip(options[::2], options[1::2], strict=True))
    group = said.get("--group")
    return Wanted(
        kind,
        int(said.get("--year", year)),
        int(said.get("--number", 1)),
        int(group) if group else None,
        said.get("--county"),
    )


def choose(app: SamlopApp, year: int, then: Then) -> None:
    """Which kind, and for a group which; then the plan."""

    def offered(offers: list[Offer]) -> None:
        options = [(offer, _line(offer)) for offer in offers]
        app.push_screen(Choose(_("Plan a meeting in {year}").format(year=year), options), chosen)

    def chosen(offer: Offer | None) -> None:
        if offer is None:
            return
        number = offer.there + 1 if offer.more else offer.there
        if offer.group_id is None and offer.kind.by_group:
            app.notify(_("There is no group yet. Make one first: s, then n."), severity="warning", timeout=10)
        else:
            plan(app, Wanted(offer.kind.code, year, number, offer.group_id), then)

    app.ask(_offers, year, then=offered)


def plan(app: SamlopApp, wanted: Wanted, then: Then) -> None:
    """Show what is proposed, and put it down; what is there already is gone to."""

    def made(plan: MeetingPlan) -> None:
        if plan.meeting_id is not None:
            app.notify(_("It is planned already: here it is."))
            then(plan.meeting_id)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                app.ask(_apply, plan, then=applied)

        detail = "\n".join(_told(plan))
        app.push_screen(Confirm(plan.record.title, yes=_("Plan"), detail=detail), answered)

    def applied(planned: Planned) -> None:
        app.notify(_("Planned. e changes the day and the place, i invites; u takes it back."), timeout=8)
        then(planned.id)

    app.ask(_plan, wanted, then=made)


def _line(offer: Offer) -> str:
    n = offer.there
    if not n:
        return offer.name
    there = ngettext("{n} is planned", "{n} are planned", n).format(n=n)
    return f"{offer.name} · {there}"


def _told(plan: MeetingPlan) -> Iterator[str]:
    record = plan.record
    when = in_full(record.on_date) if record.on_date else ""
    yield ", ".join(part for part in (when, hours(record.starts_at, record.ends_at), record.place or "") if part)
    yield ""
    for warning in plan.warnings:
        yield f"! {warning}"
    if plan.warnings:
        yield ""
    n = len(plan.invitees)
    yield ngettext("{n} person to invite:", "{n} people to invite:", n).format(n=n)
    yield from (f"  {line}" for line in _roles(plan))
    yield ""
    yield f"{_('Agenda')}:"
    yield from (f"  {n}. {point.title}" for n, point in enumerate(plan.agenda, 1))
    if plan.invitees:
        yield ""
    for who in plan.invitees[:_SHOWN]:
        lacks = "" if who.email else f" ({_('no e-mail')})"
        yield f"  {who.name}, {who.unit}{lacks}" if who.unit else f"  {who.name}{lacks}"
    if n > _SHOWN:
        yield "  " + ngettext("… and {n} more", "… and {n} more", n - _SHOWN).format(n=n - _SHOWN)


def _roles(plan: MeetingPlan) -> Iterator[str]:
    """How many of each role, in the order the kind names them."""
    from model.contacts.directory import role_label

    counted: dict[str, int] = {}
    for who in plan.invitees:
        counted[who.role] = counted.get(who.role, 0) + 1
    for role in sorted(counted, key=lambda code: (*plan.kind.roles, code).index(code)):
        yield f"{counted[role]} {role_label(role) or _('without a role')}"


def _offers(reader: Reader, year: int) -> list[Offer]:
    """Those that lack something first."""
    from model.meetings import groups, kinds, reading

    with reader.store.read() as db:
        known = [kind for kind in kinds.kinds(db) if not kind.of_a_case]
        there = [m for m in reading.meetings(db, reader.viewer, year) if m.cancelled_on is None]
        running = groups.groups(db, ended=False)
    offers = []
    for kind in known:
        mine = [m for m in there if m.kind == kind.code and m.county_no is None]
        if kind.by_group and running:
            offers += [Offer(kind, sum(m.group_id == g.id for m in mine), g.id, g.name) for g in running]
        else:
            offers.append(Offer(kind, len(mine)))
    return sorted(offers, key=lambda offer: offer.there > 0)


def _plan(reader: Reader, wanted: Wanted) -> MeetingPlan:
    from model.meetings.planning import plan_meeting

    with reader.store.read() as db:
        return plan_meeting(
            db,
            reader.viewer,
            wanted.kind,
            wanted.year,
            number=wanted.number,
            group_id=wanted.group_id,
            county=wanted.county,
        )


def _apply(reader: Reader, plan: MeetingPlan) -> Planned:
    from model.meetings.planning import apply

    return apply(reader.store, reader.viewer, plan)
