"""What a write did, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.language import N_, _, ngettext

if TYPE_CHECKING:
    from model.store.door import Receipt

THINGS = {
    "units": N_("unit"),
    "contacts": N_("contact"),
    "contact_roles": N_("role"),
    "deputies": N_("deputy"),
    "nav_coverage": N_("NAV coverage"),
    "ot_coverage": N_("OT coverage"),
    "youths": N_("youth"),
    "guardians": N_("guardian"),
    "cases": N_("case"),
    "responsibles": N_("responsible"),
    "parties": N_("party"),
    "entries": N_("entry"),
    "consents": N_("consent"),
    "tasks": N_("task"),
    "lists": N_("list"),
    "list_entries": N_("place on a list"),
    "rounds": N_("round"),
    "round_mails": N_("mail of a round"),
    "round_answers": N_("answer to a round"),
    "editions": N_("edition"),
    "meeting_kinds": N_("kind of meeting"),
    "agreements": N_("agreement"),
    "agreement_parties": N_("party to an agreement"),
    "meeting_groups": N_("group"),
    "group_members": N_("member of a group"),
    "meetings": N_("meeting"),
    "participants": N_("participant"),
    "actions": N_("decision or action"),
    "agenda_items": N_("item on the agenda"),
    "invitations": N_("invitation"),
    "minutes": N_("minutes"),
    "publications": N_("published minutes"),
}
"""What a row of each table is called."""


def thing(table: str) -> str:
    return _(THINGS[table])


def counted(receipt: Receipt) -> list[str]:
    """One line that counts what was added, changed and taken away; none when nothing was."""
    parts = []
    for counts, say in (
        (receipt.created, _added),
        (receipt.updated, _changed),
        (receipt.deleted, _removed),
    ):
        n = sum(counts.values())
        if n:
            parts.append(say(n))
    return [", ".join(parts) + "."] if parts else []


def _added(n: int) -> str:
    return ngettext("{n} row added", "{n} rows added", n).format(n=n)


def _changed(n: int) -> str:
    return ngettext("{n} row changed", "{n} rows changed", n).format(n=n)


def _removed(n: int) -> str:
    return ngettext("{n} row removed", "{n} rows removed", n).format(n=n)
