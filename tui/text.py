"""The one door from stored text to the screen.

Stored text is hostile: markup in it would crash or steer a Textual app, and control bytes would reach the terminal. So
every text from the store becomes `Content` here, never markup, and `ControlFilter` is a second wall that takes control
characters out of every segment of the whole app, whoever forgot the door.
"""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.text import Text
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

from model import text as model_text

ELLIPSIS = "…"


def plain(stored: str) -> str:
    """Stored text as one harmless line."""
    return model_text.safe(stored)


def content(stored: str, style: str = "") -> Content:
    """Stored text as one line of `Content`; never markup."""
    return Content.styled(model_text.safe(stored), style)


def lines(stored: str, style: str = "") -> Content:
    """Stored text that may have several lines, as `Content`."""
    return Content.styled(model_text.safe(stored, lines=True), style)


def prompt(stored: str) -> Text:
    """Stored text for the options of a `Select`, which searches while typing only in this kind of text."""
    return Text(model_text.safe(stored))


def fit(harmless: str, width: int) -> str:
    """Exactly `width` cells of a text that has been through `plain`: cut with an ellipsis, or padded."""
    if width <= 0:
        return ""
    if harmless.isascii() and len(harmless) <= width:
        return harmless.ljust(width)
    if cell_len(harmless) <= width:
        return set_cell_size(harmless, width)
    return set_cell_size(set_cell_size(harmless, width - 1).rstrip() + ELLIPSIS, width)


class ControlFilter(LineFilter):
    """Takes control and invisible format characters out of what is about to be painted."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if all(text.isprintable() for text, _style, _control in segments):
            return segments
        return [Segment(model_text.safe(text), style) for text, style, _control in segments]
