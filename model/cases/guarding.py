"""Youths with a protected address: what locates them is not taken in, and the strictly confidential are not registered.

Source: the address-protection rules, codes 6 and 7.
"""

from __future__ import annotations

from collections.abc import Iterable

from model import clock
from model.cases import changes
from model.cases.columns import Columns
from model.cases.records import Youth
from model.contacts import reach
from model.errors import BadInput
from model.language import _
from model.privacy.lens import LOCATING_FIELDS
from model.record import spec
from model.store.connection import Connection
from model.terms import Right, Service
from model.viewer import Viewer

_COLUMN = {"municipality": "municipality_no"}
LOCATING = frozenset(_COLUMN.get(field, field) for field in LOCATING_FIELDS)
"""The columns of `youths` that locate; of a guardian, phone and e-mail do."""


def nothing_that_locates(said: Columns, guardians: Iterable[Columns]) -> None:
    """Errors: BadInput naming the fields that locate a protected youth. Nobody could read them anyway."""
    named = [name for name in ("phone", "email", "municipality_no", "lodging", "school_id") if said[name] is not None]
    if any(guardian["phone"] or guardian["email"] for guardian in guardians):
        named.append("guardians")
    if not named:
        return
    field = {column: name for name, column in _COLUMN.items()}
    labels = [
        _("the guardians' phone and e-mail") if name == "guardians" else spec(Youth, field.get(name, name)).label
        for name in named
    ]
    sentence = _("What locates a youth with a protected address is not kept. Leave out: {fields}.")
    raise BadInput(sentence.format(fields=", ".join(labels)))


def not_registered(db: Connection) -> str:
    """The sentence that refuses a strictly confidential youth, and whom to call."""
    found = changes.whom_to_call(db, clock.today().isoformat())
    who = _("the county authority's contact person")
    if found is not None:
        who = f"{found[0]}, {reach.show_phone(found[1])}" if found[1] else found[0]
    sentence = _("Strictly confidential address (code 6): Samløp does not register the youth. Call {who}.")
    return sentence.format(who=who)


def may_lift(viewer: Viewer) -> bool:
    """Whether the viewer may say that a youth's address is protected no longer."""
    return viewer.service is Service.OT or viewer.can(Right.ADMINISTER)
