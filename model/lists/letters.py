"""The letter of a round, in the unit's own written language: what we have, how to answer, until when.

Source: S3 (each school and OT office answers for its own rows), R06, R13, R16, R25.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from model import language
from model.contacts.directory import role_label
from model.contacts.reach import show_phone
from model.documents import mail, sheets
from model.language import LANGUAGES, _, say_day
from model.lists import overview, queries, replies
from model.lists.overview import EntryView
from model.lists.queries import ListRow
from model.lists.replies import Ticket
from model.store.connection import Connection
from model.terms import Role

# Who answers for a unit's rows, where the unit has no address of its own.
LEADERS = (Role.PRINCIPAL, Role.NAV_LEADER, Role.DEPARTMENT_HEAD)
REMINDED = timedelta(days=7)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Addresses = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A unit that a round asks, with what the list says of it. `unit_id` 0: those on the list who have no unit."""

    unit_id: int
    unit: str
    to: Addresses
    """Names and addresses; none: somebody must find out whom to ask."""
    language: str
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as files: a draft for the mail program, the form by itself, the text by itself."""

    eml: bytes
    form: bytes
    text: str


def asked(db: Connection, row: ListRow, today: date) -> list[Asked]:
    """Everybody a round of the list asks: the units its people are at, and those that ought to have somebody."""
    on = today.isoformat()
    units = {number: (name, email, form) for number, _kind, name, _no, email, form in queries.units(db, on)}
    there: dict[int, list[EntryView]] = {one.id: [] for one in overview.units_without(db, row, today)}
    for entry in overview.entries(db, row, today):
        for unit_id in [number for number, _name in entry.units] or [0]:
            there.setdefault(unit_id, []).append(entry)
    leaders: dict[int, list[tuple[str, str, str | None]]] = {}
    forms = queries.language_forms(db)
    held = queries.holders(db, on, tuple(role.value for role in LEADERS))
    for contact_id, name, email, _role, unit_id, _unit in sorted(held, key=lambda one: LEADERS.index(one[3])):
        if email:
            leaders.setdefault(unit_id, []).append((name, email, forms.get(contact_id)))
    found = []
    for unit_id, entries in there.items():
        name, email, form = units.get(unit_id, (_("Without a unit"), None, None))
        lead = leaders.get(unit_id, [])[:1]
        to: Addresses = ((name, email),) if email else tuple((who, where) for who, where, _form in lead)
        to = to or tuple((one.name, one.email) for one in entries if one.email)
        told = [form, *(theirs for _who, _where, theirs in lead), _most(one.language_form for one in entries)]
        spoken = next((one for one in told if one in LANGUAGES), language.current())
        found.append(Asked(unit_id, name, to, spoken, tuple(entries)))
    return sorted(found, key=lambda one: one.unit_id)


def write(
    row: ListRow,
    ticket: Ticket,
    one: Asked,
    due: date,
    on: date,
    owner: str | None,
    fmt: str,
    stem: str,
    *,
    reminder: bool,
) -> Letter:
    """The letter to one unit. `fmt`: the form as `csv` or `xlsx`; `stem`: what its file is called, less the ending."""
    if reminder:  # whoever is reminded on the last day has time to answer too
        due = max(due, on + REMINDED)
    with language.speaking(one.language):
        head = replies.head()
        rows = replies.rows(ticket, one.unit if one.unit_id else "", one.entries, overview.split(row.roles))
        form = sheets.csv_bytes(head, rows) if fmt == "csv" else sheets.xlsx_bytes(head, rows, title=row.title)
        subject = _subject(row, due, reminder=reminder)
        text = _text(row, one, due, owner, reminder=reminder)
    kind = "text/csv" if fmt == "csv" else XLSX
    eml = mail.eml_bytes(
        to=one.to,
        subject=subject,
        text=text,
        attachments=[mail.Attachment(f"{stem}.{fmt}", kind, form)],
        at=on.isoformat(),
        message_id=f"list-round-{ticket}-{on.isoformat()}{'-reminder' if reminder else ''}@samlop.invalid",
    )
    return Letter(eml, form, f"{subject}\n\n{text}")


def _subject(row: ListRow, due: date, *, reminder: bool) -> str:
    sentence = (
        _("Reminder: {title}: is this still right? Please answer by {day}")
        if reminder
        else _("{title}: is this still right? Please answer by {day}")
    )
    return sentence.format(title=row.title, day=_day(due))


def _text(row: ListRow, one: Asked, due: date, owner: str | None, *, reminder: bool) -> str:
    parts = [_("Hello,")]
    if reminder:
        parts.append(_("we have not had your answer yet, and the list is no better than the answers."))
    if one.entries:
        sentence = _("this is what the list “{title}” says about {unit}. Please look through it by {day}.")
    else:
        sentence = _("the list “{title}” has nobody at {unit}. Please tell us who it is by {day}.")
    # After "Hello," the letter goes on in a small letter; after a sentence it does not.
    sentence = sentence[0].upper() + sentence[1:] if reminder else sentence
    parts.append(sentence.format(title=row.title, unit=one.unit, day=_day(due)))
    if one.entries:
        columns = (_("Name"), _("Role"), _("Phone"), _("E-mail"), _("Last confirmed"))
        parts.append(replies.as_text(columns, [_line(entry) for entry in one.entries]))
    parts.append(
        _(
            "Fill in the attached form and send it back: correct what is wrong, write “yes” or “has left” in the "
            "column “{column}”, and add those who are missing on the empty rows. Leave the last two columns as they "
            "are."
        ).format(column=_("Still right"))
    )
    if owner:
        parts.append(owner)
    return "\n\n".join(parts) + "\n"


def _line(entry: EntryView) -> Sequence[str]:
    return (
        entry.name,
        ", ".join(role_label(code) for code, _label in entry.roles),
        show_phone(entry.phone) if entry.phone else "",
        entry.email or "",
        _day(entry.confirmed_on) if entry.confirmed_on else _("never"),
    )


def _most(forms: Iterable[str | None]) -> str | None:
    """The written language that most of them use; the first of several."""
    counted = Counter(form for form in forms if form)
    return counted.most_common(1)[0][0] if counted else None


def _day(day: date) -> str:
    return say_day(day, "long")
