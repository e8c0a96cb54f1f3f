"""An edition as files: sheets that can be taken in again, cards, Markdown, a PDF; and the letter they go with."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model import language
from model.contacts import exporting
from model.documents.markup import markdown_text
from model.documents.sheets import csv_bytes
from model.language import _, ngettext, say_day
from model.lists import content
from model.lists.content import Person
from model.store.connection import Connection
from model.text import sort_key

if TYPE_CHECKING:
    from model.lists.publishing import Format, Issue

# How wide the columns of the PDF are, against each other.
_SHARES = (4, 3, 5, 3, 2, 5, 2)


def files(
    db: Connection, issue: Issue, formats: Sequence[Format], templates: Path | None
) -> tuple[list[tuple[Format, bytes]], tuple[str, ...]]:
    """Each format's bytes, and the characters that the PDF could not show."""
    listed = {one["id"] for one in issue.people}
    people = [
        # What is noted of somebody is ours; a reader's file without it takes nothing away when it is read.
        dataclasses.replace(one, contact=one.contact._replace(note=None))
        for one in exporting.find(db, list_name=issue.row.name)
        if one.contact.id in listed
    ]
    made = []
    replaced: tuple[str, ...] = ()
    for kind in formats:
        if kind == "pdf":
            data, replaced = _pdf(issue, templates)
        elif kind == "md":
            data = markdown(issue).encode()
        elif kind == "vcf":
            data = exporting.vcf_of(people)
        else:
            data = exporting.csv_of(people) if kind == "csv" else exporting.xlsx_of(people)
        made.append((kind, data))
    return made, replaced


def recipients(people: Sequence[dict[str, Any]]) -> bytes:
    """Whom the edition is for, as a sheet."""
    head = (_("no."), _("Name"), _("Unit"), _("E-mail"))
    return csv_bytes(head, [(one["id"], one["name"], one["unit"], one["email"]) for one in people])


def markdown(issue: Issue) -> str:
    head = [label for label, _cells in _columns(issue.people)]
    lines = [
        f"# {markdown_text(issue.row.title)}",
        "",
        markdown_text(_subtitle(issue)),
        "",
        *(f"- {markdown_text(what)}: {markdown_text(how)}" for what, how in facts(issue)),
        "",
        f"| {' | '.join(map(markdown_text, head))} |",
        f"|{'---|' * len(head)}",
        *(f"| {' | '.join(map(markdown_text, row))} |" for row in table(issue.people)),
        "",
    ]
    if issue.changes.since is not None:
        told = issue.changes.lines() or [_("Nothing has changed.")]
        lines += [f"## {markdown_text(heading(issue))}", "", *(f"- {markdown_text(line)}" for line in told), ""]
    return "\n".join(lines)


def heading(issue: Issue) -> str:
    """`Changes since 12.05.2026`"""
    assert issue.changes.since is not None
    return _("Changes since {day}").format(day=_day(issue.changes.since))


def facts(issue: Issue) -> list[tuple[str, str]]:
    found = [(_("People"), str(len(issue.people)))]
    if issue.owner:
        kept = f"{issue.owner}, {issue.owner_email}" if issue.owner_email else issue.owner
        found.insert(0, (_("Answers for the list"), kept))
    return found


def table(people: Sequence[Person]) -> list[list[str]]:
    """The people by unit and name, as texts."""
    ordered = sorted(people, key=lambda one: (sort_key(", ".join(one["units"])), sort_key(one["name"]), one["id"]))
    columns = [cells for _label, cells in _columns(ordered)]
    return [list(row) for row in zip(*columns, strict=True)]


def letter(issue: Issue) -> tuple[str, str]:
    """(subject, text) of the letter that the edition goes with, in the language spoken now."""
    subject = _("{title}, {day}").format(title=issue.row.title, day=_day(issue.on))
    n = len(issue.people)
    parts = [
        _("Hello,"),
        ngettext(
            "here is the list “{title}” as it stands on {day}, with {n} person.",
            "here is the list “{title}” as it stands on {day}, with {n} people.",
            n,
        ).format(title=issue.row.title, day=_day(issue.on), n=n),
    ]
    if issue.changes.since is not None:
        told = issue.changes.lines()
        parts.append("\n".join([f"{heading(issue)}:", *(f"– {line}" for line in told or [_("Nothing has changed.")])]))
    parts.append(_("Please throw away older copies. If something is wrong, answer this message."))
    if issue.owner:
        parts.append(issue.owner)
    return subject, "\n\n".join(parts) + "\n"


def _columns(people: Sequence[Person]) -> list[tuple[str, list[str]]]:
    labels = {
        "name": _("Name"),
        "roles": _("Role"),
        "units": _("Unit"),
        "municipality": _("Municipality"),
        "phone": _("Phone"),
        "email": _("E-mail"),
        "confirmed": _("Last confirmed"),
    }
    return [(label, [_cell(one, name) for one in people]) for name, label in labels.items()]


def _cell(person: Person, name: str) -> str:
    shown = content.shown(person, name)
    return _day(date.fromisoformat(shown)) if name == "confirmed" and shown else shown


def _pdf(issue: Issue, templates: Path | None) -> tuple[bytes, tuple[str, ...]]:
    from model.documents.typesetting import pdf

    data: dict[str, Any] = {
        "subtitle": _subtitle(issue),
        "facts": facts(issue),
        "head": [label for label, _cells in _columns(issue.people)],
        "rows": table(issue.people),
        "columns": _SHARES,
    }
    if issue.changes.any:
        data["changes"] = {"heading": heading(issue), "lines": issue.changes.lines()}
    made = pdf(
        "list", data, title=issue.row.title, language=language.current(), at=issue.on.isoformat(), folder=templates
    )
    return made.pdf, made.replaced


def _subtitle(issue: Issue) -> str:
    return _("Edition of {day}").format(day=_day(issue.on))


def _day(day: date) -> str:
    return say_day(day, "dd.MM.y")
