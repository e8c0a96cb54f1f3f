"""Publish a list: dated files for its audience, a draft of the letter, and a record of what was sent to whom.

An edition is an event: it stays when imports are undone. Source: S3, R06, R13, R25; safety rule 4.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from model import clock
from model.documents import files, mail
from model.errors import BadInput
from model.language import _
from model.lists import content, overview, queries
from model.lists.content import Changes, Person
from model.lists.making import making
from model.lists.overview import EntryView
from model.lists.queries import EditionRow, ListRow
from model.store.connection import Connection
from model.store.door import By, Receipt
from model.store.store import Store
from model.text import sort_key


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    VCF = "vcf"
    MD = "md"
    PDF = "pdf"


MIME = {
    Format.CSV: "text/csv",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.VCF: "text/vcard",
    Format.MD: "text/markdown",
    Format.PDF: "application/pdf",
}
_RECIPIENT = ("id", "name", "unit", "email")


@dataclass(frozen=True, slots=True)
class Published:
    """`edition` None: nothing is new since the edition of the same day, and nothing was written."""

    edition: int | None
    list: ListRow
    on: date
    files: tuple[Path, ...]
    people: int
    recipients: tuple[dict[str, Any], ...]
    changes: Changes
    replaced: tuple[str, ...]
    """Characters that the PDF could not show."""
    receipt: Receipt | None


@dataclass(frozen=True, slots=True)
class Issue:
    """What is about to be published."""

    row: ListRow
    on: date
    entries: tuple[EntryView, ...]
    people: list[Person]
    owner: str | None
    owner_email: str | None
    recipients: tuple[dict[str, Any], ...]
    changes: Changes
    before: EditionRow | None
    number: int
    """Which of the day's editions it is, from 1."""


def changes_since(db: Connection, name: str, today: date | None = None) -> Changes:
    """What has changed on a list since it was last published. Errors: NotFound."""
    return prepare(db, name, today or clock.today()).changes


def news(db: Connection, list_id: int, most: int) -> dict[int, Changes]:
    """What was new in each of so many editions of a list, by the edition's number; the newest first."""
    rows = queries.editions(db, list_id)[: most + 1]
    told = [(row, content.unpack(row.content)) for row in rows]
    found = {}
    for place, (row, people) in enumerate(told[:most]):
        before, was = told[place + 1] if place + 1 < len(told) else (None, [])
        found[row.id] = content.compare(was, people, date.fromisoformat(before.on_date) if before else None)
    return found


def prepare(db: Connection, name: str, today: date) -> Issue:
    """Errors: NotFound."""
    row = overview.find(db, name)
    entries = tuple(overview.entries(db, row, today))
    people = content.of_entries(entries)
    earlier = queries.editions(db, row.id)
    before = earlier[0] if earlier else None
    was = content.unpack(before.content) if before else []
    owner = queries.person(db, row.owner_id) if row.owner_id else None
    return Issue(
        row=row,
        on=today,
        entries=entries,
        people=people,
        owner=owner[0] if owner else None,
        owner_email=owner[1] if owner else None,
        recipients=recipients(db, row, today),
        changes=content.compare(was, people, date.fromisoformat(before.on_date) if before else None),
        before=before,
        number=1 + sum(one.on_date == today.isoformat() for one in earlier),
    )


def recipients(db: Connection, row: ListRow, today: date) -> tuple[dict[str, Any], ...]:
    """Those in the audience's roles today, by name: {id, name, unit, email}."""
    roles = tuple(overview.split(row.audience))
    found: dict[int, dict[str, Any]] = {}
    for contact_id, name, email, _role, _unit_id, unit in (
        queries.holders(db, today.isoformat(), roles) if roles else ()
    ):
        found.setdefault(contact_id, dict(zip(_RECIPIENT, (contact_id, name, unit, email), strict=True)))
    return tuple(sorted(found.values(), key=lambda one: (sort_key(one["name"]), one["id"])))


def publish(
    store: Store,
    viewer: By,
    name: str,
    folder: Path,
    formats: Sequence[Format] = (),
    *,
    again: bool = False,
    replace: bool = False,
    templates: Path | None = None,
) -> Published:
    """Write an edition's files into a folder, and record it; all or nothing. `formats`: none for all of them.

    Published already today with the same people described alike, it does nothing, unless `again`.
    Errors: NotFound, BadInput (nobody is on it), and those of `files.write_new`.
    """
    from model.lists import rendering

    wanted = [one for one in Format if one in formats] or list(Format)
    today = clock.today()
    with store.read() as db:
        issue = prepare(db, name, today)
        if not issue.people:
            raise BadInput(_("There is nobody on the list {name}: nothing to publish.").format(name=issue.row.name))
        old = issue.before
        same_day = old is not None and old.on_date == today.isoformat()
        if same_day and not issue.changes.any and not again:
            return _published(issue, None, (), (), None)
        ready, replaced = rendering.files(db, issue, wanted, templates)
    stem = files.safe_name(issue.row.name, today.isoformat(), *((issue.number,) if issue.number > 1 else ()))
    documents = [(f"{stem}.{kind.value}", kind, data) for kind, data in ready]
    told = issue.recipients
    letter = _letter(issue, [mail.Attachment(n, MIME[kind], data) for n, kind, data in documents])
    beside = [(f"{stem}-recipients.csv", rendering.recipients(told)), (f"{stem}.eml", letter)]
    with making(folder, replace=replace or again) as put:
        written = [put(n, data) for n, data in [*((n, data) for n, _kind, data in documents), *beside]]
        with store.write(by=viewer, why="list.publish", details={"list": issue.row.name}) as w:
            newest = next((one.id for one in queries.editions(w.db, issue.row.id)), None)
            if newest != (old.id if old else None):
                raise BadInput(_("Somebody has published this list meanwhile. Nothing was recorded: look, try again."))
            number = w.insert(
                "editions",
                list_id=issue.row.id,
                list_name=issue.row.name,
                on_date=today.isoformat(),
                formats=",".join(wanted),
                recipients=json.dumps(told, ensure_ascii=False),
                people=len(issue.people),
                content=content.pack(issue.people),
            )
    return _published(issue, number, tuple(written), replaced, w.receipt)


def _letter(issue: Issue, attachments: list[mail.Attachment]) -> bytes:
    """A draft to the owner, with everybody it is for as hidden recipients."""
    from model.lists import rendering

    subject, text = rendering.letter(issue)
    owner = [(issue.owner, issue.owner_email)] if issue.owner and issue.owner_email else []
    return mail.eml_bytes(
        to=owner,
        bcc=[(one["name"], one["email"]) for one in issue.recipients if one["email"]],
        subject=subject,
        text=text,
        attachments=attachments,
        at=issue.on.isoformat(),
        message_id=f"list-{issue.row.id}-{issue.on.isoformat()}-{issue.number}@samlop.invalid",
    )


def _published(
    issue: Issue, number: int | None, written: tuple[Path, ...], replaced: tuple[str, ...], receipt: Receipt | None
) -> Published:
    return Published(
        edition=number,
        list=issue.row,
        on=issue.on,
        files=written,
        people=len(issue.people),
        recipients=issue.recipients,
        changes=issue.changes,
        replaced=replaced,
        receipt=receipt,
    )
