"""What somebody ought to do: the findings of the routine, each with what puts it right.

The command-line twin is `samlop check`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from model import clock
from model.finding import Finding, Suggestion
from model.language import _, ngettext, say_day
from tui.actions import bindings
from tui.places.place import Place, Said
from tui.reader import Reader
from tui.saying import day
from tui.screens.dialogs import Choose
from tui.widgets.columns import Column
from tui.widgets.window_list import Row

if TYPE_CHECKING:
    from model.cases.assignment import Assignment


class Attention(Place[Finding]):
    """Enter goes to the case, the contact, the list or the meeting; f puts it right where it can be done from here."""

    SCOPE = "attention"
    BINDINGS = bindings("attention")
    MARKING = True
    COLUMNS = (Column(1), Column(4, keep=3), Column(18, grow=5, keep=4), Column(9, keep=2))

    def __init__(self) -> None:
        super().__init__(
            _("Nothing to put right: every duty that Samløp can check is met. Findings come here by themselves.")
        )

    @staticmethod
    def read(reader: Reader) -> list[Finding]:
        from model.routine import checks

        with reader.store.read() as db:
            return checks.findings(db, reader.viewer, clock.today())

    def key(self, item: Finding) -> object:
        return item.rule, item.code, item.subject, item.subject_id, item.what

    def heading(self) -> str:
        n = len(self.items)
        return ngettext("Attention · {n} finding", "Attention · {n} findings", n).format(n=n)

    def row(self, number: int, item: Finding) -> Row:
        overdue = item.overdue(clock.today())
        due = item.due or item.since
        said = item.what if item.name.casefold() in item.what.casefold() else f"{item.name}: {item.what}"
        return Row(
            number,
            (
                ("!", "urgent") if overdue else "",
                (item.rule, "quiet"),
                (said, "strong") if overdue else said,
                day(due) if due else "",
            ),
        )

    def tell(self, item: Finding) -> Iterable[Said]:
        yield "", item.what
        yield "", ""
        yield _("About"), item.name
        yield _("Whose duty"), item.whose
        if item.since:
            yield _("Since"), say_day(item.since)
        if item.due:
            yield _("Due"), say_day(item.due)
        yield _("Rule"), item.rule
        if item.evidence:
            yield _("Told from"), "; ".join(item.evidence)
        if item.suggestions:
            yield "", ""
            for one in item.suggestions:
                yield _("Could take over"), f"{one.name} ({one.why})"
        if item.fix:
            yield "", ""
            yield _("On the command line"), item.fix

    def deeper(self, item: Finding) -> None:
        from tui.screens import opening

        match item.subject:
            case "case":
                self.dismiss()
                self.samlop.desk.open_case(item.subject_id)
            case "contact":
                opening.look_at_contact(self.samlop, item.subject_id)
            case "list":
                self.samlop.go_to_list(item.subject_id)
            case "meeting" if item.subject_id:
                self.samlop.go_to_meeting(item.subject_id)
            case "meeting" | "group" | "agreement" | "meeting_kind":
                self.samlop.do_meetings()
            case _:
                super().deeper(item)

    def do_leave_attention(self) -> None:
        self.leave()

    def off_fix(self) -> str | None:
        if self.current is None:
            return _("There is nothing to put right.")
        if self._cases():
            return None
        return _("Enter goes to where it is put right.")

    def do_fix(self) -> None:
        """Give the marked cases, or this one, to one of those who are suggested for any of them."""
        cases = self._cases()
        suggested = {one.contact_id: one for item in cases for one in item.suggestions}
        options = [(one, f"{one.name} · {one.why}") for one in suggested.values()]
        numbers = sorted({item.subject_id for item in cases})

        def chosen(one: Suggestion | None) -> None:
            if one is not None:
                self.samlop.ask(_assign, numbers, one.contact_id, then=self._assigned)

        n = len(numbers)
        self.app.push_screen(
            Choose(ngettext("Who takes over {n} case?", "Who takes over {n} cases?", n).format(n=n), options), chosen
        )

    def _cases(self) -> list[Finding]:
        return [item for item in self.chosen if item.subject == "case" and item.suggestions]

    def _assigned(self, plan: Assignment) -> None:
        n = len(plan.changes)
        said = ngettext(
            "{name} has {n} case more. u takes it back.", "{name} has {n} cases more. u takes them back.", n
        )
        self.notify(said.format(name=plan.contact, n=n))
        for _case, why in plan.refused[:3]:
            self.notify(why, severity="warning")
        self.list.clear_marks()
        self.samlop.desk.reload()
        self.reload()


def _assign(reader: Reader, cases: list[int], contact_id: int) -> Assignment:
    from model.cases import assignment

    with reader.store.read() as db:
        plan = assignment.plan_assignment(db, reader.viewer, cases, contact_id)
    if plan.changes:
        assignment.apply_assignment(reader.store, reader.viewer, plan)
    return plan
