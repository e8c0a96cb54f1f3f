"""What a contact list's page says: who answers for it, how old it is, whom it misses, rounds and editions."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from model import clock
from model.language import _, ngettext, say_day
from tui.places.place import Said
from tui.saying import GONE, WARNS, age_of, day
from tui.screens.list_sending import new_since
from tui.text import content

if TYPE_CHECKING:
    from model.lists.ages import Bucket
    from model.lists.content import Changes
    from model.lists.editions import Edition
    from model.lists.overview import EntryView, ListSummary, ListView
    from model.lists.progress import AskedUnit, RoundView

EDITIONS = 8
"""So many of the newest are told of."""
_NAMED = 12
_BAR = range(4, 25)
"""How long the longest bar of the ages may be, in cells."""


@dataclass(frozen=True, slots=True)
class Detail:
    """What is read of one list. `news`: what was new in its newest editions; `since`: and is since then."""

    view: ListView
    news: Mapping[int, Changes]
    since: Changes


def head(one: ListSummary) -> Iterable[Said]:
    """What is known of every list at once."""
    yield content(one.title, "bold")
    yield _("Name"), one.name
    if one.roles:
        yield _("Of"), ", ".join(label for _code, label in one.roles)
    if one.audience:
        yield _("For"), ", ".join(label for _code, label in one.audience)
    if one.owner is None:
        yield _("Owner"), f"{WARNS} " + _("nobody answers for the list")
    else:
        yield _("Owner"), f"{one.owner} · {GONE} " + _("has left") if one.owner_left else one.owner
    if one.cadence_months is None:
        yield _("Cadence"), _("none is said")
    else:
        n = one.cadence_months
        yield _("Cadence"), ngettext("every month", "every {n} months", n).format(n=n)
    yield _("Last edition"), say_day(one.last_edition) if one.last_edition else _("never published")
    if one.note:
        yield "", one.note


def whole(detail: Detail, room: int) -> Iterable[Said]:
    """The page, below its head. `room`: how wide it is."""
    view = detail.view
    yield from _ages(view, room)
    yield from _past(view)
    yield from _missing(view)
    for round_ in view.rounds:
        yield from _round(round_)
    yield from _editions(view, detail)


def twins(one: ListSummary) -> Iterable[Said]:
    """The same on the command line."""
    name = shlex.quote(one.name)
    yield from title(_("On the command line"))
    yield "", f"samlop lists show {name}"
    if one.round is None:
        yield "", f"samlop lists round {name} -o FOLDER"
    else:
        yield "", f"samlop lists remind {name} -o FOLDER"
        yield "", f"samlop lists close {name}"
    yield "", f"samlop contacts import FILE --list {name}"
    yield "", f"samlop lists publish {name} -o FOLDER"
    yield "", f"samlop lists set-owner {name} ID"
    yield "", f"samlop lists edit {name}"


def progress(one: RoundView) -> str:
    return _("{answered} of {asked} answered").format(answered=one.answered, asked=len(one.units))


def age(entry: EntryView) -> str:
    """How long ago somebody was confirmed."""
    return _("never confirmed") if entry.confirmed_on is None else age_of(entry.confirmed_on)


def title(text: str) -> Iterable[Said]:
    yield "", ""
    yield content(text, "bold")


def _ages(view: ListView, room: int) -> Iterable[Said]:
    if not view.entries:
        yield "", ""
        yield "", _("There is nobody on the list. It is filled from a file, or by putting people on it.")
        return
    n = len(view.entries)
    yield from title(ngettext("Last confirmed ({n} person)", "Last confirmed ({n} people)", n).format(n=n))
    most = max(bucket.people for bucket in view.ages)
    wide = max(len(bucket.label) for bucket in view.ages)
    around = wide + len(f"     {most} {WARNS}")
    longest = min(max(_BAR[0], room - around), _BAR[-1])
    for bucket in view.ages:
        bar = "█" * -(-bucket.people * longest // most)
        late = bucket.people and _late(bucket, view.list.cadence_months)
        said = f"  {bucket.label.ljust(wide)}  {bar}{' ' if bar else ''}{bucket.people}"
        yield content(f"{said} {WARNS}" if late else said, "$text-warning" if late else "")


def _late(bucket: Bucket, cadence: int | None) -> bool:
    """Whether everybody in it is past the cadence."""
    return cadence is not None and (bucket.from_months is None or bucket.from_months >= cadence)


def _past(view: ListView) -> Iterable[Said]:
    late = [entry for entry in view.entries if entry.past]
    if not late:
        return
    n, months = len(late), view.list.cadence_months
    yield from title(
        f"{WARNS} "
        + ngettext(
            "{n} was not confirmed in the last {months} months",
            "{n} were not confirmed in the last {months} months",
            n,
        ).format(n=n, months=months)
    )
    eldest = sorted(late, key=lambda entry: entry.confirmed_on or date.min)
    yield from _named(" · ".join(part for part in (entry.name, entry.unit, age(entry)) if part) for entry in eldest)


def _missing(view: ListView) -> Iterable[Said]:
    if view.units_without:
        n = len(view.units_without)
        yield from title(f"{WARNS} " + ngettext("{n} unit without anybody", "{n} units without anybody", n).format(n=n))
        yield from _named(
            f"{unit.name}, {unit.municipality}" if unit.municipality else unit.name for unit in view.units_without
        )
    if view.unlisted:
        n = len(view.unlisted)
        yield from title(
            ngettext("{n} in the role, not on the list", "{n} in the role, not on the list", n).format(n=n)
        )
        yield from _named(f"{one.name} · {one.unit}" if one.unit else one.name for one in view.unlisted)


def _named(names: Iterable[str]) -> Iterable[Said]:
    """The first of them, and how many more."""
    told = list(names)
    yield from (("", f"  {name}") for name in told[:_NAMED])
    if (more := len(told) - _NAMED) > 0:
        yield "", "  " + ngettext("… and {n} more", "… and {n} more", more).format(n=more)


def _round(one: RoundView) -> Iterable[Said]:
    """Of the one that runs every unit; of one that is over, who never answered."""
    if one.closed_on is None:
        late = one.due_on < clock.today() and one.unanswered
        due = _("answers by {day}").format(day=say_day(one.due_on))
        yield from title(_("Round since {day}").format(day=say_day(one.starts_on)))
        yield "", f"  {progress(one)} · {due}" + (f" {WARNS}" if late else "")
        for unit in one.units:
            yield content(f"  {_answer(unit)}", "" if unit.answered_on or not late else "$text-warning")
        return
    yield from title(_("Round {start} – {end}").format(start=say_day(one.starts_on), end=say_day(one.closed_on)))
    yield "", f"  {progress(one)}"
    if one.unanswered:
        yield "", "  " + _("Never answered: {units}").format(units=", ".join(unit.unit for unit in one.unanswered))


def _answer(unit: AskedUnit) -> str:
    said = [_("sent {day}").format(day=day(unit.asked_on).strip())]
    if not unit.to_email:
        said = [f"{WARNS} " + _("nobody to write to")]
    if unit.reminded_on:
        said.append(_("reminded {day}").format(day=day(max(unit.reminded_on)).strip()))
    if unit.answered_on:
        said.append("✓ " + _("answered {day}").format(day=day(unit.answered_on).strip()))
        if unit.changed:
            said.append(ngettext("{n} changed", "{n} changed", unit.changed).format(n=unit.changed))
    else:
        said.append(_("no answer"))
    return f"{unit.unit}: {', '.join(said)}"


def _editions(view: ListView, detail: Detail) -> Iterable[Said]:
    if not view.editions:
        return
    yield from title(_("Editions"))
    for one in view.editions[:EDITIONS]:
        yield "", f"  {_edition(one, detail.news.get(one.id))}"
    if (more := len(view.editions) - EDITIONS) > 0:
        yield "", "  " + ngettext("… and {n} more", "… and {n} more", more).format(n=more)
    yield "", ""
    yield from (("", line) for line in new_since(detail.since))


def _edition(one: Edition, news: Changes | None) -> str:
    n = len(one.recipients)
    said = [
        say_day(one.on_date),
        ngettext("{n} person", "{n} people", one.people).format(n=one.people),
        ngettext("for {n} reader", "for {n} readers", n).format(n=n),
        ", ".join(one.formats),
    ]
    if news is not None and news.since is not None:
        counts = (
            (ngettext("{n} new", "{n} new", len(news.came)), news.came),
            (ngettext("{n} gone", "{n} gone", len(news.left)), news.left),
            (ngettext("{n} changed", "{n} changed", len(news.changed)), news.changed),
        )
        said.append(", ".join(words.format(n=len(what)) for words, what in counts if what) or _("nothing new"))
    return " · ".join(said)
