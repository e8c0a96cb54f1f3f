"""Stored text in Markdown and HTML, where it shows as it was written: `*x*`, `<script>` and `[a](b)` are text.

Source: safety rule 2.
"""

from __future__ import annotations

import html
import re

from model.text import safe

# Wherever they stand; and what begins a list, a heading or a rule only where a line begins.
_ALWAYS = re.compile(r"[\\`*_\[\]<>|~&$!]")
_FIRST = re.compile(r"(?m)^(\s*)(?:([#+\-=:])|(\d+)([.)]))")


def markdown_text(text: str, *, lines: bool = False) -> str:
    """The text such that Markdown shows it literally. One line, unless `lines`: then its line breaks are shown."""
    told = safe(text, lines=lines).replace("\t", " ").strip()
    told = _ALWAYS.sub(r"\\\g<0>", told)
    told = _FIRST.sub(lambda at: f"\\{at[2]}" if at[2] else f"{at[3]}\\{at[4]}", told)
    return told.replace("\n", "\\\n")


def html_text(text: str) -> str:
    """The text such that HTML shows it literally, between tags and in quoted attributes."""
    return html.escape(safe(text, lines=True))
