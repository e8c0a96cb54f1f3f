"""What the lists ask of somebody: an owner who is there, confirmations no older than agreed, an answer to each round,
an edition that is not out of date, and a county contact whom everybody knows.

Source: S3, R06 (counsellors), R13 (OT contacts), R16 (the county's contact and the compiling), R25 (youth contacts).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from model.contacts.lists import named
from model.dates import months_on
from model.finding import Finding, in_order
from model.language import _, ngettext
from model.lists import overview, queries
from model.lists.overview import ListSummary
from model.store.connection import Connection
from model.terms import Role

_RULES = {"counsellors": "R06", "ot_contacts": "R13", "youth_contacts": "R25"}
"""By the name of the standard list; a county may call its own otherwise."""
_MOST_NAMED = 5


def duties(db: Connection, today: date) -> list[Finding]:
    """Everything that is wanting, the longest overdue first."""
    found = [finding for one in overview.lists(db, today) for finding in _of_list(db, one, today)]
    return in_order([*found, *_county_contact(db, today)])


def _of_list(db: Connection, one: ListSummary, today: date) -> Iterator[Finding]:
    yield from _owner(one)
    yield from _past(one, today)
    yield from _units(db, one, today)
    yield from _round(one)
    yield from _edition(one, today)


def _owner(one: ListSummary) -> Iterator[Finding]:
    fix = f"samlop lists set-owner {one.name} ID"
    if one.owner_id is None:
        yield _finding(one, "list.no_owner", _("Nobody answers for the list."), fix=fix)
    elif one.owner_left:
        sentence = _("{name}, who answers for the list, has left.").format(name=one.owner)
        yield _finding(one, "list.owner_left", sentence, fix=fix)


def _past(one: ListSummary, today: date) -> Iterator[Finding]:
    if not one.past or one.cadence_months is None:
        return
    sentence = ngettext(
        "{n} person on the list was not confirmed in the last {months} months.",
        "{n} people on the list were not confirmed in the last {months} months.",
        one.past,
    ).format(n=one.past, months=one.cadence_months)
    evidence = []
    if one.never:
        evidence.append(ngettext("{n} was never confirmed", "{n} were never confirmed", one.never).format(n=one.never))
    if one.oldest:
        evidence.append(_("the oldest confirmation is of {day}").format(day=one.oldest))
    due = months_on(one.oldest, one.cadence_months) if one.oldest else None
    yield _finding(
        one,
        "list.past_cadence",
        sentence,
        since=one.oldest,
        due=due if due and due < today else None,
        evidence=tuple(evidence),
        fix=f"samlop lists remind {one.name} -o FOLDER" if one.round else f"samlop lists round {one.name} -o FOLDER",
    )


def _units(db: Connection, one: ListSummary, today: date) -> Iterator[Finding]:
    """One finding a list; which units is its evidence."""
    row = overview.find(db, one.name)
    without = overview.units_without(db, row, today)
    if without:
        n = len(without)
        roles = ", ".join(label for _code, label in one.roles)
        sentence = ngettext("{n} unit has nobody as {role}.", "{n} units have nobody as {role}.", n)
        named = [unit.name for unit in without[:_MOST_NAMED]]
        if n > _MOST_NAMED:
            named.append(_("… and {n} more of these.").format(n=n - _MOST_NAMED))
        yield _finding(
            one,
            "list.unit_without",
            sentence.format(n=n, role=roles),
            evidence=tuple(named),
            fix=f"samlop lists show {one.name}",
        )


def _round(one: ListSummary) -> Iterator[Finding]:
    waiting = one.round.unanswered if one.round else ()
    if one.round and waiting:
        n = len(waiting)
        sentence = ngettext(
            "{n} unit has not answered the round that started on {day}.",
            "{n} units have not answered the round that started on {day}.",
            n,
        )
        yield _finding(
            one,
            "list.round_unanswered",
            sentence.format(n=n, day=one.round.starts_on),
            since=one.round.starts_on,
            due=one.round.due_on,
            evidence=tuple(unit.unit for unit in waiting[:_MOST_NAMED]),
            fix=f"samlop lists remind {one.name} -o FOLDER",
        )
    elif one.round:
        yield _finding(
            one,
            "list.round_to_close",
            _("Everybody has answered the round; it can be closed."),
            since=one.round.starts_on,
            fix=f"samlop lists close {one.name}",
        )


def _edition(one: ListSummary, today: date) -> Iterator[Finding]:
    fix = f"samlop lists publish {one.name} -o FOLDER"
    if not one.people:
        return
    if one.last_edition is None:
        yield _finding(one, "list.never_published", _("The list was never published."), fix=fix)
    elif one.cadence_months and (due := months_on(one.last_edition, one.cadence_months)) < today:
        sentence = _("The list was last published on {day}.").format(day=one.last_edition)
        yield _finding(one, "list.edition_old", sentence, since=one.last_edition, due=due, fix=fix)


def _county_contact(db: Connection, today: date) -> Iterator[Finding]:
    """Source: R16, a named county contact."""
    if not queries.holders(db, today.isoformat(), (Role.COUNTY_CONTACT.value,)):
        yield Finding(
            rule="R16",
            code="county.no_contact",
            what=_("No county contact is named in the directory."),
            subject="unit",
            subject_id=0,
            name=_("the county"),
            whose=_("the county"),
            fix="samlop contacts import FILE",
        )


def _finding(
    one: ListSummary,
    code: str,
    what: str,
    *,
    since: date | None = None,
    due: date | None = None,
    evidence: tuple[str, ...] = (),
    fix: str = "",
) -> Finding:
    return Finding(
        rule=_RULES.get(_standard_name(one), "R16"),
        code=code,
        what=what,
        subject="list",
        subject_id=one.id,
        name=one.title,
        whose=one.owner if one.owner and not one.owner_left else _keeper(one),
        since=since,
        due=due,
        evidence=evidence,
        fix=fix,
    )


def _keeper(one: ListSummary) -> str:
    """Who is to see to it that the list has an owner. Source: R16, R25."""
    return _("NAV at county level") if _standard_name(one) == "youth_contacts" else _("the county")


def _standard_name(one: ListSummary) -> str:
    """Which of the routine's lists it is, whatever name it was first filled under; "" for another."""
    standard = named(one.name)
    return standard.name if standard else ""
