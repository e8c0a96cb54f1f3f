"""Give cases a responsible: pick somebody, look at the plan, and apply it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from model.cases.assignment import Assignment
from model.language import _, ngettext
from tui.reader import Reader
from tui.screens.dialogs import Confirm
from tui.screens.picker import Choice, Picker
from tui.screens.working import work

if TYPE_CHECKING:
    from tui.app import SamlopApp

_TOLD = 30
_QUICK = 200
"""As many as are done before anybody could ask how far it has come."""


def assign(app: SamlopApp, cases: Sequence[int], then: Callable[[], object]) -> None:
    """Ask who, show what would change, and do it as one batch; `then` is called when it is done."""
    question = ngettext(
        "Who is to be responsible for the case?", "Who is to be responsible for the {n} cases?", len(cases)
    ).format(n=len(cases))

    def picked(contact: int | None) -> None:
        if contact is not None:
            app.ask(_plan, tuple(cases), contact, then=show)

    def show(plan: Assignment) -> None:
        if not plan.changes:
            app.notify(_nothing(plan), severity="warning")
            return

        def answered(yes: bool | None) -> None:
            if yes and len(plan.changes) <= _QUICK:
                app.ask(_apply, plan, then=lambda _receipt: done(plan))
            elif yes:
                apply_long(plan)

        app.push_screen(Confirm(_question(plan), yes=_("Assign"), detail="\n".join(_lines(plan))), answered)

    def apply_long(plan: Assignment) -> None:
        """So many that a person would wonder: on the other thread, and they can stop it; then nothing is changed."""
        work(app, _question(plan), _apply_long, plan, then=lambda _receipt: done(plan))

    def done(plan: Assignment) -> None:
        n = len(plan.changes)
        app.notify(
            ngettext("{n} case assigned. u takes it back.", "{n} cases assigned. u takes it back.", n).format(n=n)
        )
        then()

    app.ask(colleagues, then=lambda choices: app.push_screen(Picker(question, choices), picked))


def _question(plan: Assignment) -> str:
    n = len(plan.changes)
    return ngettext("{name} becomes responsible for {n} case.", "{name} becomes responsible for {n} cases.", n).format(
        name=plan.contact, n=n
    )


def _nothing(plan: Assignment) -> str:
    if plan.refused:
        return plan.refused[0][1]
    return _("{name} is responsible already.").format(name=plan.contact)


def _lines(plan: Assignment) -> list[str]:
    told = [
        _("{case}: from {old}").format(case=change.case_id, old=change.old)
        if change.old
        else _("{case}: has nobody").format(case=change.case_id)
        for change in plan.changes[:_TOLD]
    ]
    rest = len(plan.changes) - len(told)
    if rest:
        told.append(ngettext("… and {n} more", "… and {n} more", rest).format(n=rest))
    if plan.unchanged:
        n = len(plan.unchanged)
        told.append(ngettext("{n} is theirs already", "{n} are theirs already", n).format(n=n))
    return told + [sentence for _case, sentence in plan.refused]


def colleagues(reader: Reader) -> list[Choice]:
    """Everybody in the directory, the viewer's own service first."""
    from model.contacts import directory
    from model.text import fold

    with reader.store.read() as db:
        contacts = [contact for contact in directory.list_contacts(db) if not contact.left]
    own = {reader.viewer.service.value}
    choices = []
    for contact in contacts:
        roles = ", ".join(label for _code, label in contact.roles)
        detail = " · ".join(part for part in (roles, contact.unit) if part)
        choices.append(Choice(contact.id, contact.name, detail, fold(f"{contact.name} {detail}")))
    mine = {c.id for c in contacts if own & _services(c.roles)}
    return sorted(choices, key=lambda choice: choice.id not in mine)


def _services(roles: Sequence[tuple[str, str]]) -> set[str]:
    from model.terms import Role

    known = [Role.read(code) for code, _label in roles]
    return {role.service.value for role in known if role is not None and role.service is not None}


def _plan(reader: Reader, cases: tuple[int, ...], contact: int) -> Assignment:
    from model.cases.assignment import plan_assignment

    with reader.store.read() as db:
        return plan_assignment(db, reader.viewer, cases, contact)


def _apply(reader: Reader, plan: Assignment) -> object:
    from model.cases.assignment import apply_assignment

    return apply_assignment(reader.store, reader.viewer, plan)


def _apply_long(reader: Reader, plan: Assignment, tell: Callable[[int, int], object]) -> object:
    tell(0, len(plan.changes))
    return _apply(reader, plan)
