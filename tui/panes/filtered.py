"""What panes with a line for filtering have in common: it opens with a key, and Esc takes it away."""

from __future__ import annotations

from textual import on
from textual.containers import Vertical
from textual.widgets import Input

from tui.acting import Acting
from tui.widgets.window_list import WindowList


class FilteredPane(Acting, Vertical):
    """A pane with a list under its filter. What typing does is the pane's own."""

    DEFAULT_CSS = """
    FilteredPane > Input { display: none; background: $panel; }
    FilteredPane.-filtering > Input { display: block; }
    """

    filter: Input
    list: WindowList

    def open_filter(self) -> None:
        self.add_class("-filtering")
        self.filter.cursor_position = len(self.filter.value)  # what stands there is gone on with
        self.filter.focus()

    def close_filter(self) -> bool:
        """Take the filter away; False when there was none."""
        if not self.has_class("-filtering"):
            return False
        self.remove_class("-filtering")
        self.filter.value = ""
        self.list.focus()
        return True

    @on(Input.Submitted)
    def _filtered(self, event: Input.Submitted) -> None:
        event.stop()
        self.list.focus()

    def key_down(self) -> None:
        if self.filter.has_focus:
            self.list.focus()
