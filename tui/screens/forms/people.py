"""Whom the youth turns to, and the services that are on a case: changed by choosing, without a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from model.cases.views import CaseView
from model.language import _
from model.terms import Service
from tui.reader import Reader
from tui.screens.assign import colleagues
from tui.screens.dialogs import Choose, Confirm
from tui.screens.forms.case import EditCase, EditYouth
from tui.screens.forms.screen import open_form
from tui.screens.picker import Choice, Picker

if TYPE_CHECKING:
    from tui.app import SamlopApp

Step = Callable[[], object]


def change_case(app: SamlopApp, case_id: int) -> None:
    """Ask what of the case is to be changed, and open that."""

    def ask(case: CaseView) -> None:
        options: list[tuple[Step, str]] = [
            (lambda: open_form(app, EditYouth(case_id)), _("The youth and the guardians")),
            (lambda: open_form(app, EditCase(case_id)), _("The case: status, reason, closing")),
            (lambda: _contact_person(app, case), _("The contact person")),
            (lambda: _add_party(app, case), _("Put a service on the case")),
        ]
        for party in case.parties:
            who = party.contact or party.unit or party.service.label
            said = _("Take {who} off the case").format(who=who)
            options.append((lambda id=party.id, said=said: _end_party(app, id, said), said))  # type: ignore[misc]

        def chosen(step: Step | None) -> None:
            if step is not None:
                step()

        app.push_screen(Choose(_("Change · case {n}").format(n=case_id), options), chosen)

    app.ask(_case, case_id, then=ask)


def _contact_person(app: SamlopApp, case: CaseView) -> None:
    nobody = 0

    def picked(contact: int | None) -> None:
        if contact is not None:
            _do(app, _agree, case.id, contact or None, said=_("The contact person is agreed. u takes it back."))

    def show(choices: list[Choice]) -> None:
        if case.contact_person is not None:
            choices = [Choice(nobody, _("Nobody any more"), case.contact_person[1], ""), *choices]
        app.push_screen(Picker(_("Whom does the youth turn to?"), choices), picked)

    app.ask(colleagues, then=show)


def _add_party(app: SamlopApp, case: CaseView) -> None:
    done = _("{service} is on the case. u takes it back.")

    def chosen(service: Service | None) -> None:
        if service is None:
            return
        said = done.format(service=service.label)
        if not service.unit_bound:
            _do(app, _party, case.id, service, None, said=said)
            return

        def picked(unit: int | None) -> None:
            if unit is not None:
                _do(app, _party, case.id, service, unit, said=said)

        question = _("Which unit of {service}?").format(service=service.label)
        app.ask(_units, service, then=lambda choices: app.push_screen(Picker(question, choices), picked))

    options = [(service, service.label) for service in Service]
    app.push_screen(Choose(_("Which service is to be on the case?"), options), chosen)


def _end_party(app: SamlopApp, party_id: int, question: str) -> None:
    def answered(yes: bool | None) -> None:
        if yes:
            _do(app, _end, party_id, said=_("They are off the case. u takes it back."))

    app.push_screen(Confirm(f"{question}?", yes=_("Take off")), answered)


def _do(app: SamlopApp, fn: Callable[..., object], *args: object, said: str) -> None:
    def done(_receipt: object) -> None:
        app.notify(said)
        app.desk.reload()

    app.ask(fn, *args, then=done)


def _case(reader: Reader, case_id: int) -> CaseView:
    from model.cases import reading

    with reader.store.read() as db:
        return reading.case(db, reader.viewer, case_id)


def _units(reader: Reader, service: Service) -> list[Choice]:
    from model.contacts import directory
    from model.text import fold

    with reader.store.read() as db:
        found = [unit for unit in directory.units(db) if unit.service is service]
    return [Choice(unit.id, unit.name, unit.municipality or "", fold(unit.name)) for unit in found]


def _agree(reader: Reader, case_id: int, contact_id: int | None) -> object:
    from model.cases import writing

    return writing.agree_contact_person(reader.store, reader.viewer, case_id, contact_id)


def _party(reader: Reader, case_id: int, service: Service, unit_id: int | None) -> object:
    from model.cases import writing

    return writing.add_party(reader.store, reader.viewer, case_id, service, unit_id=unit_id)


def _end(reader: Reader, party_id: int) -> object:
    from model.cases import writing

    return writing.end_party(reader.store, reader.viewer, party_id)
