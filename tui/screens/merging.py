"""Two contacts who are one person: both side by side, a choice for each field, and F10 makes them one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from model.contacts.merging import MergePlan
from model.language import _
from tui.reader import Reader
from tui.text import content, fit, plain
from tui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from tui.app import SamlopApp

_KEPT, _DROPPED = "●", "○"
_LABEL = 15
_WIDTH = 88


def merge(app: SamlopApp, a: int, b: int, then: Callable[[], object]) -> None:
    """Read both, let a person choose, and merge; `then` is called when it is done."""

    def show(plan: MergePlan) -> None:
        app.push_screen(Merging(plan), chosen)

    def chosen(plan: MergePlan | None) -> None:
        if plan is not None:
            app.ask(_merge, plan, then=lambda _receipt: done(plan))

    def done(plan: MergePlan) -> None:
        words = _("Contacts {a} and {b} are one now, as {a}. u takes it back.")
        app.notify(words.format(a=plan.a, b=plan.b))
        then()
        app.desk.reload()

    app.ask(_plan, a, b, then=show)


class Merging(ModalScreen[MergePlan | None]):
    """Comes back with the plan as it was chosen, or None."""

    BINDINGS = [
        Binding("escape", "dismiss", show=False),
        Binding("f10,ctrl+enter", "merge", show=False, priority=True),
        Binding("left,h", "take('A')", show=False),
        Binding("right,l", "take('B')", show=False),
        Binding("space", "turn", show=False),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
    ]
    DEFAULT_CSS = """
    Merging Dialog { width: 92; max-width: 100%; }
    Merging OptionList { height: auto; max-height: 16; border: none; background: $surface; padding: 0; }
    Merging OptionList:focus { border: none; }
    Merging OptionList:nocolor > .option-list--option-highlighted { text-style: reverse; }
    Merging Static { width: 1fr; }
    """

    def __init__(self, plan: MergePlan) -> None:
        super().__init__()
        self._plan = plan
        self._places = [place for place, field in enumerate(plan.fields) if any(field.shown)]
        """Of the fields that one of the two says something in."""
        self._options = OptionList()
        self._head = Static()

    def compose(self) -> ComposeResult:
        with Dialog() as dialog:
            dialog.border_title = content(_("One person: what is kept?"))
            yield self._head
            yield self._options
            yield Static(content("\n"), classes="gap")
            yield Static(content(_("Roles, lists, cases, tasks and meetings of both are kept.")))
            yield Static(content(_("← → whose value · F10 merge · Esc leave both as they are")))

    def on_mount(self) -> None:
        self._show()
        self._options.highlighted = 0
        self._options.focus()

    def on_resize(self, _event: events.Resize) -> None:
        self._show()

    def _show(self) -> None:
        at = self._options.highlighted
        plan = self._plan
        self._head.update(self._line("", str(plan.a), str(plan.b), "", ""))
        self._options.clear_options()
        for place in self._places:
            field = plan.fields[place]
            ours, theirs = (_KEPT, _DROPPED) if field.take == "A" else (_DROPPED, _KEPT)
            a, b = (value or "–" for value in field.shown)
            self._options.add_option(Option(self._line(field.label, a, b, ours, theirs)))
        self._options.highlighted = at

    def _line(self, label: str, a: str, b: str, ours: str, theirs: str) -> Content:
        side = max(6, (min(_WIDTH, self.size.width - 6) - _LABEL - 6) // 2)
        return (
            Content(fit(label, _LABEL))
            + Content(f"{ours:1} ")
            + Content.styled(fit(plain(a), side), "bold" if ours == _KEPT else "")
            + Content(f" {theirs:1} ")
            + Content.styled(fit(plain(b), side), "bold" if theirs == _KEPT else "")
        )

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_turn()

    def action_turn(self) -> None:
        place = self._places[self._options.highlighted or 0]
        self.action_take("B" if self._plan.fields[place].take == "A" else "A")

    def action_take(self, side: Literal["A", "B"]) -> None:
        place = self._places[self._options.highlighted or 0]
        fields = list(self._plan.fields)
        fields[place] = replace(fields[place], take=side)
        self._plan = replace(self._plan, fields=tuple(fields))
        self._show()

    def action_move(self, step: int) -> None:
        self._options.action_cursor_down() if step > 0 else self._options.action_cursor_up()

    def action_merge(self) -> None:
        self.dismiss(self._plan)


def _plan(reader: Reader, a: int, b: int) -> MergePlan:
    from model.contacts.merging import plan_merge

    if b == reader.viewer.contact_id:  # whoever is at the keyboard stays who they are
        a, b = b, a
    with reader.store.read() as db:
        return plan_merge(db, reader.viewer, a, b)


def _merge(reader: Reader, plan: MergePlan) -> object:
    from model.contacts.merging import merge

    return merge(reader.store, reader.viewer, plan)
