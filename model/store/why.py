"""What a batch was for: the codes that writes carry, and their words in history."""

from __future__ import annotations

from model.language import N_, _

WHY: dict[str, str] = {
    "init": N_("store made"),
    "demo": N_("synthetic county made"),
    "undo": N_("undone"),
    "redo": N_("done again"),
    "contacts.import": N_("contacts imported"),
    "youths.import": N_("youths imported"),
    "contact.add": N_("contact added"),
    "contact.edit": N_("contact changed"),
    "contact.roles": N_("roles set"),
    "contact.leave": N_("contact has left"),
    "deputy.set": N_("deputy set"),
    "deputy.end": N_("deputy ended"),
    "unit.add": N_("unit added"),
    "unit.edit": N_("unit changed"),
    "coverage.set": N_("who serves whom"),
    "coverage.end": N_("serves no longer"),
    "case.open": N_("case opened"),
    "case.edit": N_("case changed"),
    "case.assign": N_("responsible set"),
    "case.contact_person": N_("contact person agreed"),
    "case.party": N_("parties changed"),
    "youth.edit": N_("youth changed"),
    "entry.log": N_("entry logged"),
    "entry.edit": N_("entry changed"),
    "entry.delete": N_("entry deleted"),
    "consent.give": N_("consent given"),
    "consent.refuse": N_("consent refused"),
    "consent.withdraw": N_("consent withdrawn"),
    "task.add": N_("task added"),
    "task.edit": N_("task changed"),
    "task.done": N_("task done"),
    "task.reopen": N_("task reopened"),
}


def say(code: str) -> str:
    """The words of a code, in the reader's language."""
    return _(WHY[code]) if code in WHY else code
