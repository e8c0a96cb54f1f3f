"""Schools and the people at them, put on the lists by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from model.contacts import editing
from model.contacts.records import Contact, RoleAt, Unit
from model.finding import Finding
from model.lists import duties, overview, standard
from model.lists import editing as lists
from model.terms import LanguageForm, Role, UnitKind
from tests.model.contacts.book import ME, Book

TODAY = "2026-08-20"


class County(Book):
    def __init__(self, path: Path) -> None:
        super().__init__(path)
        with self.store.write(by=ME, why="init") as w:
            standard.make(w)

    def unit(
        self, name: str, kind: UnitKind = UnitKind.SCHOOL, form: LanguageForm | None = None, email: str | None = None
    ) -> int:
        unit = Unit(name=name, kind=kind, language_form=form, email=email)
        return editing.add_unit(self.store, ME, unit).id

    def person(
        self,
        name: str,
        role: Role,
        unit: int | None,
        *,
        on: str | None = None,
        confirmed: str | None = None,
        email: str | None = None,
    ) -> int:
        """Somebody in a role, put on the list `on` and confirmed on a day."""
        at = RoleAt(role=role.value, unit_id=unit)
        number = editing.add_contact(self.store, ME, Contact(name=name, email=email), [at]).id
        if confirmed:
            with self.store.write(by=ME, why="contact.confirm") as w:
                w.update("contacts", number, {"confirmed_on": confirmed})
        if on:
            lists.put(self.store, ME, on, [number])
        return number

    def leave(self, number: int, on: str) -> None:
        seen = self.all("SELECT batch FROM contacts WHERE id = ?", number)[0][0]
        editing.leave(self.store, ME, number, date.fromisoformat(on), seen=seen)

    def view(self, name: str, today: str = TODAY) -> overview.ListView:
        with self.store.read() as db:
            return overview.show(db, name, date.fromisoformat(today))

    def duties(self, subject: str, today: str = TODAY) -> dict[str, Finding]:
        """What a list asks of somebody, by code."""
        with self.store.read() as db:
            found = duties.duties(db, date.fromisoformat(today))
        number = {row[1]: row[0] for row in self.all("SELECT id, name FROM lists")}.get(subject, 0)
        return {one.code: one for one in found if one.subject_id == number}
