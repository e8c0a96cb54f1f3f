"""Agreements with their parties, and groups."""

from __future__ import annotations

from functools import cache
from typing import Any

from model.language import N_, _
from model.meetings.agreements import Agreement, Party
from model.meetings.groups import Group
from model.record import fields
from tui.forms.form import Table
from tui.forms.joint import joint, taken
from tui.reader import Reader
from tui.screens.forms.job import Beginning, Done, Job, Seen

_PARTY = ("name", "leader", "signed_on")
_TWO = N_(
    "At least two parties: places of the directory by their names, or others. Signed: the day, where it has been."
)


class NewAgreement(Job):
    NAME = "agreement.new"

    def __init__(self) -> None:
        self.title = _("New agreement")
        self.RECORD = agreement_record()

    def begin(self, reader: Reader) -> Beginning:
        return Beginning(tables={"parties": Table(Party, only=_PARTY, label=_("Parties"))}, told=(_(_TWO),))

    def shown(self, raws: object) -> list[str]:
        title, *rest = (spec.name for spec in fields(Agreement))
        return [title, "parties", *rest]

    def save(self, reader: Reader, record: Any, seen: Seen) -> Done:
        from model.meetings import agreements

        with reader.store.read() as db:
            named = [(agreements.named_party(db, row.name), row) for row in record.parties]
        parties = [
            Party(name=party.name, unit_id=party.unit_id, leader=row.leader, signed_on=row.signed_on)
            for party, row in named
        ]
        agreements.add(reader.store, reader.viewer, taken(Agreement, record), parties)
        return Done(_("The agreement is written down. u takes it back."))


class EditAgreement(Job):
    NAME = "agreement"
    RECORD = Agreement

    def __init__(self, agreement_id: int) -> None:
        self.subject = agreement_id
        self.title = _("Agreement {n}").format(n=agreement_id)

    def begin(self, reader: Reader) -> Beginning:
        from model.meetings.agreements import agreement

        with reader.store.read() as db:
            found = agreement(db, self.subject)
        values = {spec.name: getattr(found.record, spec.name) for spec in fields(Agreement)}
        return Beginning(values, (found.batch,))

    def save(self, reader: Reader, record: Agreement, seen: Seen) -> Done:
        from model.meetings import agreements

        agreements.edit(reader.store, reader.viewer, self.subject, record, seen=seen[0])
        return Done(_("The agreement is changed. u takes it back."))


class NewGroup(Job):
    NAME = "group.new"
    RECORD = Group

    def __init__(self) -> None:
        self.title = _("New group")

    def begin(self, reader: Reader) -> Beginning:
        from model.meetings.agreements import agreements

        with reader.store.read() as db:
            return Beginning(choices={"agreement_id": [(one.id, one.title) for one in agreements(db, ended=False)]})

    def save(self, reader: Reader, record: Group, seen: Seen) -> Done:
        from model.meetings import groups

        groups.add(reader.store, reader.viewer, record)
        return Done(_("The group is made: + puts people into it. u takes it back."))


@cache
def agreement_record() -> type[Any]:
    """An agreement with its parties."""
    return joint("AgreementRecord", (Agreement,), {"parties": (list[Party], ())})
