"""The box that a question, the help or the palette stands in."""

from __future__ import annotations

from textual.containers import Vertical


class Dialog(Vertical):
    """As wide as what is in it, within the screen. Its `border_title` must be `Content`."""

    DEFAULT_CSS = """
    Dialog {
        width: auto; min-width: 40; max-width: 84; height: auto; max-height: 90%;
        padding: 1 2; border: round $border; border-title-style: bold; background: $surface;
    }
    """
