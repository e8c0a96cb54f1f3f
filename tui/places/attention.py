"""What somebody ought to do: the findings of the routine, each with what puts it right.

The command-line twin is `samlop check`.
"""

from __future__ import annotations

from collections.abc import Iterable

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


class Attention(Place[Finding]):
    """Enter goes to the case, the contact, the list or the meeting; f puts it right where it can be done from here."""

    SCOPE = "attention"
    BINDINGS = bindings("attention")
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
        return Row(
            number,
            (
                ("!", "urgent") if overdue else "",
                (item.rule, "quiet"),
                (item.what, "strong") if overdue else item.what,
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
        for number, line in enumerate(item.evidence):
            yield (_("Told from") if number == 0 else " "), line
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
                self.samlop.do_contact_lists()
            case "meeting" | "agreement" | "meeting_kind":
                self.samlop.do_meetings()
            case _:
                super().deeper(item)

    def do_leave_attention(self) -> None:
        self.leave()

    def off_fix(self) -> str | None:
        item = self.current
        if item is None:
            return _("There is nothing to put right.")
        if item.subject == "case" and item.suggestions:
            return None
        return _("Enter goes to where it is put right.")

    def do_fix(self) -> None:
        """Give the case to one of those who are suggested."""
        item = self.current
        assert item is not None
        options = [(one, f"{one.name} · {one.why}") for one in item.suggestions]

        def chosen(one: Suggestion | None) -> None:
            if one is not None:
                self.samlop.ask(_assign, item.subject_id, one.contact_id, then=self._assigned)

        self.app.push_screen(Choose(_("Who takes over?"), options), chosen)

    def _assigned(self, name: str) -> None:
        self.notify(_("{name} has the case now. u takes it back.").format(name=name))
        self.samlop.desk.reload()
        self.reload()


def _assign(reader: Reader, case_id: int, contact_id: int) -> str:
    from model.cases import assignment

    with reader.store.read() as db:
        plan = assignment.plan_assignment(db, reader.viewer, [case_id], contact_id)
    assignment.apply_assignment(reader.store, reader.viewer, plan)
    return plan.contact
