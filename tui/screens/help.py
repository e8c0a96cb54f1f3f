"""Every key and what it does, from the registry; what is off just now says why."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from model.language import _
from tui.acting import Acting, find_host, why_off
from tui.actions import ACTIONS, SCOPES
from tui.keymap import Keymap
from tui.text import content, fit
from tui.widgets.dialog import Dialog


class HelpScreen(ModalScreen[None]):
    """`?` again, Esc or q closes it; the arrows scroll."""

    BINDINGS = [
        Binding("escape,q,question_mark,f1,enter", "dismiss", show=False),
        Binding("j,down", "scroll('down')", show=False),
        Binding("k,up", "scroll('up')", show=False),
        Binding("ctrl+d,pagedown,space", "scroll('page_down')", show=False),
        Binding("ctrl+u,pageup", "scroll('page_up')", show=False),
        Binding("g,home", "scroll('home')", show=False),
        Binding("G,end", "scroll('end')", show=False),
    ]
    DEFAULT_CSS = """
    HelpScreen > Dialog { width: 86; max-width: 100%; height: 90%; padding: 0 1; }
    HelpScreen .heading { text-style: bold; color: $primary; margin-top: 1; }
    HelpScreen .off { color: $text-warning; }
    HelpScreen .foot { dock: bottom; height: 1; color: $text-muted; }
    """

    def __init__(self, keymap: Keymap, intro: Content | None = None) -> None:
        """`intro`: what stands above the keys, such as what the screen below is for."""
        super().__init__()
        self._keymap = keymap
        self._intro = intro

    def compose(self) -> ComposeResult:
        below: Screen[Any] | None = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else None
        with Dialog() as dialog:
            dialog.border_title = Content(_("Help"))
            with VerticalScroll():
                if self._intro is not None:
                    yield Static(self._intro)
                for problem in self._keymap.problems:
                    yield Static(content(f"! {problem}"), classes="off")
                for scope, heading in self._scopes(below):
                    yield Static(Content(_(heading)), classes="heading")
                    for action in (a for a in ACTIONS if a.scope == scope):
                        yield Static(self._line(action.name, action.help, below))
            yield Static(
                Content(_("Esc closes. Keys of your own: `samlop config path`, under [keys].")), classes="foot"
            )

    @staticmethod
    def _scopes(below: Screen[Any] | None) -> list[tuple[str, str]]:
        """Names and headings: those of the place one stands in first, from the focus outwards."""
        focused = below.focused if below is not None else None
        near = focused.ancestors_with_self if focused is not None else [below]
        here = [node.SCOPE for node in near if isinstance(node, Acting) and node.SCOPE != "global"]
        return [(scope, SCOPES[scope][0]) for scope in dict.fromkeys((*here, *SCOPES))]

    def _line(self, name: str, help: str, below: Screen[Any] | None) -> Content:
        line = Content.assemble((fit(self._keymap.say(name), 16), "bold"), " ", _(help))
        host = find_host(below, name) if below is not None else None
        reason = why_off(host, name) if host is not None else None
        return line + content(f" ({reason})", "$text-warning") if reason else line

    def action_scroll(self, where: str) -> None:
        getattr(self.query_one(VerticalScroll), f"scroll_{where}")(animate=False)
