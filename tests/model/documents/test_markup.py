"""Stored text in Markdown and HTML shows as it was written."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from model.documents.markup import html_text, markdown_text
from model.text import clean

HOSTILE = st.text(st.sampled_from("\\`*_[]<>()#+-=.!|~&$:;{}1 2aÅ\n\t\"'/@h"), max_size=25) | st.text(max_size=40)


def render_html(markdown: str) -> str:
    return str(MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False}).render(markdown))


def _shown(markdown: str) -> str:
    """What a reader sees of rendered Markdown."""
    rendered = re.sub(r"<br ?/?>\n?", "\n", render_html(markdown))
    return html.unescape(re.sub(r"</?p>", "", rendered)).strip("\n")


@given(st.builds(clean, HOSTILE))
def test_a_line_shows_as_it_was_written(text: str) -> None:
    assert _shown(markdown_text(text)) == text


@given(st.builds(lambda text: clean(text, lines=True).replace("\t", " "), HOSTILE))
def test_lines_show_as_they_were_written(text: str) -> None:
    shown = "\n".join(line.strip() for line in _shown(markdown_text(text, lines=True)).split("\n"))
    assert shown == "\n".join(" ".join(line.split(" ")).strip() for line in text.split("\n"))


@given(st.builds(clean, HOSTILE))
def test_in_a_list_and_in_a_table_it_is_still_text(text: str) -> None:
    assert render_html(f"- x{markdown_text(text)}\n").count("<") == 4
    table = render_html(f"| a | b |\n|---|---|\n| x{markdown_text(text)} | y |\n")
    assert table.count("<td>") == 2


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{7*7}}", "[a](javascript:x)", "**b**", "# h", "&lt;"])
def test_known_bad_texts(text: str) -> None:
    assert render_html(markdown_text(text)) == f"<p>{html_text(text).replace('&#x27;', chr(39))}</p>\n"


def test_ordinary_text_is_not_made_ugly() -> None:
    text = "Møte 18.11.2026 kl. 10-12 (Førde), sjå s. 3: «ja» - Kari"
    assert markdown_text(text) == text


def test_html_text_stands_in_quotes_too() -> None:
    assert html_text("<a href=\"x\" title='y'>\u202e&") == "&lt;a href=&quot;x&quot; title=&#x27;y&#x27;&gt;&amp;"
