"""The third step of taking in a list: what it would do, row by row; and what it did, when it is taken in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from model.language import N_, _, ngettext
from tui.acting import Acting
from tui.actions import bindings
from tui.events import Event
from tui.places import taking
from tui.places.taking import Line, Planned
from tui.places.taking_columns import FIELDS
from tui.saying import begin
from tui.text import content, lines
from tui.widgets.columns import Column
from tui.widgets.window_list import Row, WindowList

if TYPE_CHECKING:
    from model.contacts.directory import ContactView
    from model.contacts.intake.plan import ContactPlan
    from tui.app import SamlopApp

_COLUMNS = (Column(5), Column(11, keep=3), Column(16, grow=3, keep=4), Column(14, grow=5, keep=2))
_TWO_SIDES = 100
SUMMARY = 0
"""The first line, under which all that concerns the whole list is told."""

RESULTS: dict[str, tuple[str, str, str]] = {
    # result: (sign, word, tone)
    "created": ("+", N_("new"), "good"),
    "updated": ("~", N_("updated"), "accent"),
    "conflict": ("≠", N_("conflict"), "warn"),
    "ambiguous": ("?", N_("ambiguous"), "warn"),
    "rejected": ("✗", N_("rejected"), "urgent"),
    "left": ("–", N_("has left"), "accent"),
    "missing": ("–", N_("missing"), "warn"),
}


class RowsStep(Acting, Horizontal):
    """Set with `show`. The list's ids are places in `Planned.lines`, counted from 1."""

    SCOPE = "taking_rows"
    BINDINGS = bindings("taking_rows")
    DEFAULT_CSS = """
    RowsStep #taking-rows { width: 5fr; }
    RowsStep #taking-told { width: 4fr; height: 1fr; padding: 0 1; }
    RowsStep #taking-told Static { width: 1fr; height: auto; }
    RowsStep #taking-filter { display: none; background: $panel; }
    RowsStep .-filtering #taking-filter { display: block; }
    RowsStep .-away { display: none; }
    """

    @dataclass
    class Settle(Event):
        """What stops the import, or waits, is to be settled."""

    def __init__(self) -> None:
        super().__init__()
        self.list = WindowList(_COLUMNS, id="taking-outcomes", empty=_("No row fits. Esc shows all."))
        self.filter = Input(
            placeholder=_("name, or what comes of it: new, conflict, rejected …"), id="taking-filter", compact=True
        )
        self.pane = Vertical(classes="pane", id="taking-rows")
        self.side = VerticalScroll(classes="pane", id="taking-told")
        self._body = Static()
        self._planned: Planned | None = None
        self._inside = False
        self.is_done = False
        """The list is taken in: this is what it did."""

    @property
    def samlop(self) -> SamlopApp:
        return cast("SamlopApp", self.app)

    def compose(self) -> ComposeResult:
        with self.pane:
            yield self.filter
            yield self.list
        with self.side:
            yield self._body

    def show(self, planned: Planned) -> None:
        self._planned = planned
        self._fill()
        self._tell()

    # The sides

    def on_resize(self, event: events.Resize) -> None:
        self._divide()

    def _divide(self) -> None:
        """On a narrow screen one side at a time: Enter goes to the right one, Esc back."""
        narrow = self.size.width < _TWO_SIDES
        self.side.set_class(narrow and not self._inside, "-away")
        self.pane.set_class(narrow and self._inside, "-away")

    def _go(self, *, inside: bool) -> None:
        self._inside = inside
        self._divide()
        self.call_after_refresh((self.side if inside else self.list).focus)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self._inside = event.widget is self.side
        self._divide()

    def back(self) -> bool:
        """From the right side to the list, out of the filter; False when there is nothing to go back from."""
        if self._inside:
            self._go(inside=False)
            return True
        if self.pane.has_class("-filtering"):
            self.pane.remove_class("-filtering")
            self.filter.value = ""
            self.list.focus()
            return True
        return False

    def off_ways(self) -> str | None:
        if self.is_done:
            return _("The list is taken in. u takes it back.")
        plan = self._planned.plan if self._planned is not None else None
        if plan is not None and (plan.rejected or plan.conflicts or plan.refusal):
            return None
        return _("There is nothing to put right.")

    def do_ways(self) -> None:
        self.post_message(self.Settle())

    # Filtering

    def do_find_row(self) -> None:
        self._inside = False
        self._divide()
        self.pane.add_class("-filtering")
        self.call_after_refresh(self.filter.focus)

    @on(Input.Changed, "#taking-filter")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._fill()

    @on(Input.Submitted, "#taking-filter")
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.list.focus()

    def _fill(self) -> None:
        planned = self._planned
        if planned is None:
            return
        typed = self.filter.value.strip()
        if typed:
            self.samlop.ask(_find, planned, typed, then=self._found, slot="taking filter")
            return
        self.samlop.threads.forget("taking filter")
        self._found((planned, list(range(len(planned.lines) + 1))))

    def _found(self, found: tuple[Planned, list[int]]) -> None:
        planned, ids = found
        if planned is self._planned:
            self.list.fill(ids)
            n = len(planned.lines)
            shown = len(ids) - (SUMMARY in ids)
            self.pane.border_title = _("Rows")
            all_of = ngettext("{n} row to look at", "{n} rows to look at", n).format(n=n)
            self.pane.border_subtitle = all_of if shown == n else _("{shown} of {n}").format(shown=shown, n=n)

    # The rows

    @on(WindowList.Wanted)
    def _wanted(self, event: WindowList.Wanted) -> None:
        event.stop()
        planned = self._planned
        if planned is not None:
            there = len(planned.lines)
            self.list.give(event.generation, [_row(id, planned) for id in event.ids if id <= there])

    @on(WindowList.Highlighted)
    def _highlighted(self, event: WindowList.Highlighted) -> None:
        event.stop()
        self._tell()

    @on(WindowList.Selected)
    def _selected(self, event: WindowList.Selected) -> None:
        event.stop()
        self._go(inside=True)

    # The right side

    def _tell(self) -> None:
        planned, number = self._planned, self.list.current
        if planned is None or number is None:
            self._body.update(Content(""))
            return
        self.side.scroll_home(animate=False)
        if number == SUMMARY:
            self._say(_summary(planned.plan))
            return
        line = planned.lines[number - 1]
        self._say(_told(line, planned, None))
        if line.outcome is not None and line.outcome.candidates:
            self.samlop.ask(
                taking.candidates,
                line.outcome.candidates,
                then=lambda found: self._candidates_came(planned, number, found),
                failed=lambda _error: None,
                slot="taking candidates",
            )

    def _candidates_came(self, planned: Planned, number: int, found: list[ContactView]) -> None:
        if planned is self._planned and number == self.list.current:
            self._say(_told(planned.lines[number - 1], planned, found))

    def _say(self, said: Iterable[tuple[str, str]]) -> None:
        parts = [content(f"{label}: ", "bold") + lines(text) if label else lines(text) for label, text in said]
        self._body.update(Content("\n").join(parts))


def counts(plan: ContactPlan) -> str:
    """`3 new, 2 updated, 40 unchanged, 1 conflict`"""
    said = (
        (plan.created, _("{n} new")),
        (plan.updated, _("{n} updated")),
        (plan.unchanged, _("{n} unchanged")),
        (plan.ended, _("{n} ended")),
        (plan.conflicts, _("{n} in conflict")),
        (plan.ambiguous, _("{n} ambiguous")),
        (plan.rejected, _("{n} rejected")),
        (plan.missing, _("{n} missing from the list")),
    )
    return ", ".join(words.format(n=n) for place, (n, words) in enumerate(said) if n or place < 3)


def _find(_reader: object, planned: Planned, typed: str) -> tuple[Planned, list[int]]:
    """The places of the lines that have all the words, in the name or in what comes of them."""
    from model.text import fold

    words = fold(typed).split()
    said = {code: fold(_(RESULTS[code][1])) for code in RESULTS}
    return planned, [
        number
        for number, line in enumerate(planned.lines, 1)
        if all(word in line.folded or word in said[line.result] or word in map(str, line.lines) for word in words)
    ]


def _row(id: int, planned: Planned) -> Row:
    if id == SUMMARY:
        n = len(planned.plan.warnings)
        words = ngettext("⚠ {n} warning", "⚠ {n} warnings", n).format(n=n) if n else _("nothing to warn of")
        return Row(id, ("", (_("The list"), "strong"), (planned.plan.list_name or "–", "strong"), words))
    line = planned.lines[id - 1]
    sign, word, tone = RESULTS[line.result]
    at = str(line.lines[0]) if line.lines else "–"
    return Row(id, ((at.rjust(5), "quiet"), (f"{sign} {_(word)}", tone), line.name, _short(line, planned.plan)))


def _short(line: Line, plan: ContactPlan) -> str:
    """The reason, what is changed, or the roles of somebody new, on one line."""
    outcome = line.outcome
    if outcome is None:
        return "; ".join(_roles(line, plan))
    changes = [f"{_label(name)}: {old or '–'} → {new or '–'}" for name, old, new in outcome.changes]
    return "; ".join(changes) or outcome.reason


def _roles(line: Line, plan: ContactPlan) -> Iterable[str]:
    from model.contacts.directory import role_label

    for want in line.person.wants if line.person is not None else ():
        yield ", ".join(filter(None, (want.role and role_label(want.role), plan.decided.unit_name(want.unit))))


def _told(line: Line, planned: Planned, found: list[ContactView] | None) -> Iterable[tuple[str, str]]:
    sign, word, _tone = RESULTS[line.result]
    yield "", f"{sign} {_(word)}" + (f" · {line.name}" if line.name else "")
    outcome = line.outcome
    if outcome is None:
        yield from (("", role) for role in _roles(line, planned.plan))
    else:
        if outcome.reason:
            yield (_label(outcome.field) if line.result == "rejected" and outcome.field else ""), outcome.reason
        if outcome.contact_id:
            yield _("Contact"), str(outcome.contact_id)
        for name, old, new in outcome.changes:
            yield "", ""
            yield "", _label(name)
            yield f"  {_('here')}", str(old or "–")
            yield f"  {_('the file')}" if line.result == "conflict" else f"  {_('then')}", str(new or "–")
        if outcome.candidates:
            yield "", ""
            yield "", _("It could be:")
            for one in found or ():
                yield f"  {one.id}", _whole(one)
    for number in line.lines:
        yield "", ""
        yield "", _("Line {n} of the file").format(n=number)
        for head, cell in planned.cells(number):
            yield f"  {head}", cell


def _whole(contact: ContactView) -> str:
    """Enough to tell two of one name apart."""
    at = [", ".join(filter(None, (role.label, role.unit))) for role in contact.roles if role.runs]
    reach = [contact.phone, contact.email, contact.municipality]
    return " · ".join(filter(None, (contact.name, *at, *reach)))


def _label(name: str) -> str:
    from model.contacts.intake.deciding import field_label

    if name in ("list", "role"):
        return _("List") if name == "list" else _("Role")
    return begin(_(FIELDS[name])) if name in FIELDS else field_label(name)


def _summary(plan: ContactPlan) -> Iterable[tuple[str, str]]:
    yield _("The file"), PurePath(plan.file).name + (f" · {plan.sheet.name}" if plan.sheet.name else "")
    yield _("List"), plan.list_name or "–"
    if plan.wish.reply is not None:
        yield _("Answers"), _("round {n}").format(n=plan.wish.reply.round_id)
    yield "", counts(plan)
    for warning in plan.warnings:
        yield "", ""
        yield "", f"⚠ {warning}"
