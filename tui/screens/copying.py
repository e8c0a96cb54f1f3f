"""Copy one field of what is under the cursor. What is copied goes to the clipboard and is said nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields as dataclass_fields
from datetime import date
from typing import TYPE_CHECKING, Any

from model.cases.records import Entry, Task, Youth
from model.cases.views import CaseView
from model.contacts.records import Contact
from model.language import _, say_day
from model.record import fields
from tui.screens.dialogs import Choose

if TYPE_CHECKING:
    from tui.app import SamlopApp


def copy_of(app: SamlopApp, thing: Any) -> None:
    """`thing`: an entry, a task, a case, a person of the directory, as they are read."""
    found = list(fields_of(thing))
    if not found:
        app.notify(_("There is nothing to copy here."))
        return

    def chosen(value: str | None) -> None:
        if value is not None:
            app.copy_to_clipboard(value)
            app.notify(_("Copied."))

    app.push_screen(Choose(_("Copy what?"), [(value, f"{label}: {value}") for label, value in found]), chosen)


def fields_of(thing: Any) -> Iterator[tuple[str, str]]:
    """(label, text) of each field that holds one."""
    if isinstance(thing, CaseView):
        yield _("Case"), str(thing.id)
        thing = thing.youth
    there = {field.name for field in dataclass_fields(thing)}
    labels = {spec.name: spec.label for kind in (Task, Entry, Youth, Contact) for spec in fields(kind)}
    labels |= {"role": _("Role"), "unit": _("Unit"), "school": _("School"), "name": _("Name"), "author": _("Author")}
    for name, label in labels.items():
        value = getattr(thing, name, None) if name in there else None
        if value is None or value == "" or isinstance(value, bool | tuple):
            continue
        yield label, say_day(value, "d.M.y") if isinstance(value, date) else str(getattr(value, "label", value))
