"""What the app has before it has any case in it: walls against hostile text, themes, keys, a discreet crash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Group
from rich.text import Text
from textual.app import App
from textual.filter import LineFilter

from model.language import _
from tui.acting import Acting, act_named
from tui.actions import bindings
from tui.keymap import Keymap
from tui.text import ControlFilter
from tui.themes import THEMES, following


class KitApp(Acting, App[None]):
    """See the module. The app stands for the scope `global`: a subclass has the `do_` methods that are missing here."""

    SCOPE = "global"
    BINDINGS = bindings("global")
    ENABLE_COMMAND_PALETTE = False  # ours is tui.screens.palette
    CSS_PATH = Path(__file__).with_name("samlop.tcss")  # also for a subclass that lives elsewhere

    def __init__(self, *, keys: Mapping[str, str] | None = None, theme: str = "dark") -> None:
        """`keys`: action -> keys, from the settings. `theme`: one of `tui.themes.THEMES`."""
        super().__init__()
        self.keymap = Keymap.read(keys or {})
        self.theme_name = theme
        for made in THEMES.values():
            self.register_theme(made)
        self.theme = THEMES[theme].name
        self.set_keymap(self.keymap.changed)
        self._wall = ControlFilter()

    def on_mount(self) -> None:
        for problem in self.keymap.problems:
            self.notify(problem, severity="warning", timeout=12)

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), self._wall]

    def notify(self, message: str, **kwargs: Any) -> None:
        """Never as markup: messages carry names."""
        kwargs["markup"] = False
        super().notify(message, **kwargs)

    async def action_act_named(self, name: str) -> None:
        await act_named(self, name)

    def action_help_quit(self) -> None:
        """ctrl+c copies selected text; whoever expects it to quit is told what does."""
        self.notify(_("{key} quits. Nothing is lost: drafts are kept.").format(key=self.keymap.say("quit")))

    def do_theme(self) -> None:
        self.theme_name = following(self.theme_name)
        self.theme = THEMES[self.theme_name].name

    def do_help(self) -> None:
        from tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.keymap))

    def do_quit(self) -> None:
        self.exit()

    def _fatal_error(self) -> None:
        """An unforeseen error ends the app with where it happened, never with values: personal data is in them.

        Overrides Textual's own, which prints local variables.
        """
        import sys
        import traceback

        from model import trace

        kind, _error, trail = sys.exc_info()
        frames = traceback.extract_tb(trail)
        where = "\n".join(f"  {trace.within(f.filename)}:{f.lineno} {f.name}" for f in frames)
        self.bell()
        self._exit_renderables.append(
            Group(
                Text(_("Samløp stopped because of an error in the program. What you had saved is safe.")),
                Text(f"{kind.__name__ if kind else ''}\n{where}"),
            )
        )
        self._close_messages_no_wait()
