"""Short texts of records, as lists and looks show them. Stored text in them still goes through `tui.text`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from model import clock
from model.cases.views import ConsentView, EntryView
from model.language import _, ngettext

if TYPE_CHECKING:
    from model.contacts.editing import Confirmed


def months() -> list[str]:
    """The twelve months, in three or four letters."""
    return _("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()


def begin(label: str) -> str:
    """A label where a line begins: `School`, and `OT` as it is."""
    return label[:1].upper() + label[1:]


def day(on: date) -> str:
    """`18 Nov`, and `18 Nov 25` in another year."""
    said = f"{on.day:2} {months()[on.month - 1]}"
    return said if on.year == clock.today().year else f"{said} {on.year % 100:02}"


def one_line(entry: EntryView) -> str:
    """What an entry says, as one line: how, what, and the beginning of the text."""
    said = []
    if entry.channel is not None:
        said.append(entry.channel.label)
    if entry.consent is not None:
        said.append(consent_line(entry.consent))
    said += [part for part in (entry.title, entry.outcome) if part]
    if entry.text:
        said.append(" ".join(entry.text[:200].split()))
    if entry.system:
        said.append(_("journalised in {system}").format(system=entry.system))
    return " · ".join(said)


def consent_line(consent: ConsentView) -> str:
    """`school → NAV until 1 Jun`."""
    to = consent.to_unit or consent.to_service.label
    said = f"{consent.from_service.label} → {to}"
    if consent.valid_until is not None:
        said = _("{consent} until {day}").format(consent=said, day=day(consent.valid_until).strip())
    return said


def confirmed(done: Confirmed) -> str:
    """What a person is told when they have confirmed contacts."""
    n = len(done.ids)
    if not n:
        return _("That was confirmed today already.")
    return ngettext(
        "{n} contact is confirmed. u takes it back.", "{n} contacts are confirmed. u takes it back.", n
    ).format(n=n)


WARNS = "⚠"
GONE = "✗"


def standing(*, left: bool, bounced: bool, old: bool, confirmed_on: date | None) -> tuple[str, str]:
    """What to know before somebody is called or written to, with its sign, and the tone; else how old it is."""
    if left:
        return f"{GONE} " + _("has left"), "warn"
    told = [_("mail comes back")] if bounced else []
    age = _("never confirmed") if confirmed_on is None else age_of(confirmed_on)
    if old:
        told.append(age)
    if told:
        return f"{WARNS} " + ", ".join(told), "warn"
    return age, "quiet"


def age_of(confirmed_on: date | None) -> str:
    """How long ago a contact was confirmed: `14 months old`; empty when within the month, or unknown."""
    if confirmed_on is None:
        return ""
    today = clock.today()
    n = (today.year - confirmed_on.year) * 12 + today.month - confirmed_on.month
    return ngettext("{n} month old", "{n} months old", n).format(n=n) if n > 0 else ""
