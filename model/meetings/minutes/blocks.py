"""Markdown as a tree of plain data, which Markdown, HTML and a PDF are then drawn from.

A text is read once, and only what the tree can hold is kept of it: paragraphs, headings, lists, quotes, code, rules,
tables, emphasis and links that lead to a page or an address. HTML and pictures are shown as the text they are, so that
a document fetches nothing, and nobody's text becomes part of a program.

Source: safety rules 2 and 16.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from model.documents.markup import html_text, markdown_text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Block = dict[str, Any]
"""`t`: p, h, ul, ol, quote, code, rule or table; with `runs`, `items`, `blocks`, `text` or `rows`."""
Run = dict[str, Any]
"""A piece of a line: `t` text (with `s`, and `b`, `i`, `d`, `c`, `href` where they apply) or br."""

_PLAIN = re.compile(r"[^\\`*_\[\]<>|~&!#\t]*")
_MEANS_SOMETHING = re.compile(r"(?m)^ *(?:[-+=:]|\d+[.)]|    )|  $")
_LEADS_SOMEWHERE = ("http://", "https://", "mailto:")
_DEEPEST = 6  # lists in lists and quotes in quotes; what is deeper is drawn at this depth
_CUT_OFF = 90  # levels, of which each list takes two: beyond them the reader of Markdown leaves text out


def blocks(text: str) -> list[Block]:
    """The Markdown as a tree."""
    if _PLAIN.fullmatch(text) and not _MEANS_SOMETHING.search(text):
        return _plain(text)  # most of what is said in a meeting; the reader of Markdown is slow to load
    tokens = _markdown().parse(text)
    if any(token.level >= _CUT_OFF for token in tokens):
        return _plain(text)
    return _Tree(tokens).blocks()


def _plain(text: str) -> list[Block]:
    parts = (re.sub(r" *\n *", " ", part.strip()) for part in re.split(r"\n(?: *\n)+", text))
    return [{"t": "p", "runs": [{"t": "text", "s": part}]} for part in parts if part]


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("js-default", {"html": False, "linkify": False, "maxNesting": 100})
    return reader.disable("image")


class _Tree:
    """Tokens, read from the first to the last."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def blocks(self, until: str = "") -> list[Block]:
        made: list[Block] = []
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type == until:
                break
            made.extend(self._block(token))
        return made

    def _block(self, token: Token) -> Iterable[Block]:
        match token.type:
            case "paragraph_open" | "heading_open":
                runs = _runs(self.tokens[self.at].children or [])
                self.at += 2
                if token.type == "paragraph_open":
                    yield {"t": "p", "runs": runs}
                elif any(run.get("s", "").strip() for run in runs):  # an empty heading is none to those who hear it
                    yield {"t": "h", "runs": runs}
            case "bullet_list_open" | "ordered_list_open":
                items = self._items(token.type.replace("open", "close"))
                if self.depth >= _DEEPEST:
                    yield from (block for item in items for block in item)
                elif token.type == "bullet_list_open":
                    yield {"t": "ul", "items": items}
                else:
                    yield {"t": "ol", "start": int(token.attrs.get("start", 1)), "items": items}
            case "blockquote_open":
                inner = self._within("blockquote_close")
                yield from inner if self.depth >= _DEEPEST else [{"t": "quote", "blocks": inner}]
            case "fence" | "code_block":
                yield {"t": "code", "text": token.content.rstrip("\n")}
            case "hr":
                yield {"t": "rule"}
            case "table_open":
                yield {"t": "table", "rows": self._rows()}
            case "inline":
                yield {"t": "p", "runs": _runs(token.children or [])}

    def _within(self, until: str) -> list[Block]:
        self.depth += 1
        found = self.blocks(until)
        self.depth -= 1
        return found

    def _items(self, until: str) -> list[list[Block]]:
        items = []
        while self.tokens[self.at].type != until:
            self.at += 1  # list_item_open
            items.append(self._within("list_item_close"))
        self.at += 1
        return items

    def _rows(self) -> list[list[list[Run]]]:
        rows: list[list[list[Run]]] = []
        while (token := self.tokens[self.at]).type != "table_close":
            self.at += 1
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(_runs(token.children or []))
        self.at += 1
        return rows


def _runs(tokens: Sequence[Token]) -> list[Run]:
    runs: list[Run] = []
    now: dict[str, Any] = {}
    flags = {"strong": "b", "em": "i", "s": "d"}
    for token in tokens:
        name, _sep, end = token.type.rpartition("_")
        if name in flags and end in ("open", "close"):
            now = {**now, flags[name]: True} if end == "open" else {k: v for k, v in now.items() if k != flags[name]}
        elif token.type == "link_open":
            href = str(token.attrs.get("href", ""))
            now = {**now, "href": href} if href.startswith(_LEADS_SOMEWHERE) else now
        elif token.type == "link_close":
            now = {key: value for key, value in now.items() if key != "href"}
        elif token.type == "hardbreak":
            runs.append({"t": "br"})
        elif token.type == "softbreak":
            _join(runs, {"t": "text", "s": " ", **now})
        elif token.type == "code_inline":
            runs.append({"t": "text", "s": token.content, "c": True, **now})
        elif token.content:
            _join(runs, {"t": "text", "s": token.content, **now})
    return runs


def _join(runs: list[Run], run: Run) -> None:
    """Put a run after the others, as one with the last where it looks the same."""
    if runs and {**runs[-1], "s": ""} == {**run, "s": ""}:
        runs[-1] = {**run, "s": runs[-1]["s"] + run["s"]}
    else:
        runs.append(run)


# Out again -----------------------------------------------------------------------------------------------------------


def as_html(tree: Sequence[Block], level: int) -> str:
    """The tree as HTML; its headings are of this level."""
    return "".join(_html(block, level) for block in tree)


def _html(block: Block, level: int) -> str:
    match block["t"]:
        case "p":
            return f"<p>{_html_runs(block['runs'])}</p>\n"
        case "h":
            return f"<h{level}>{_html_runs(block['runs'])}</h{level}>\n"
        case "ul" | "ol" as tag:
            start = f' start="{block["start"]}"' if block.get("start", 1) != 1 else ""
            items = "".join(f"<li>{_html_item(item, level)}</li>\n" for item in block["items"])
            return f"<{tag}{start}>\n{items}</{tag}>\n"
        case "quote":
            return f"<blockquote>\n{as_html(block['blocks'], level)}</blockquote>\n"
        case "code":
            return f"<pre><code>{html_text(block['text'])}</code></pre>\n"
        case "table":
            head, *rows = block["rows"]
            cells = "".join(f'<th scope="col">{_html_runs(cell)}</th>' for cell in head)
            body = "".join(f"<tr>{''.join(f'<td>{_html_runs(cell)}</td>' for cell in row)}</tr>\n" for row in rows)
            return f"<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"
    return "<hr>\n"


def _html_item(item: Sequence[Block], level: int) -> str:
    if len(item) == 1 and item[0]["t"] == "p":
        return _html_runs(item[0]["runs"])
    return as_html(item, level).strip()


def _html_runs(runs: Sequence[Run]) -> str:
    made = []
    for run in runs:
        said = "<br>" if run["t"] == "br" else html_text(run["s"])
        for flag, tag in (("c", "code"), ("d", "s"), ("i", "em"), ("b", "strong")):
            said = f"<{tag}>{said}</{tag}>" if run.get(flag) else said
        made.append(f'<a href="{html_text(run["href"])}">{said}</a>' if run.get("href") else said)
    return "".join(made)


def as_markdown(tree: Sequence[Block], level: int) -> str:
    """The tree as Markdown; its headings are of this level."""
    return "\n\n".join(_markdown_block(block, level) for block in tree)


def _markdown_block(block: Block, level: int) -> str:
    match block["t"]:
        case "p":
            return _markdown_runs(block["runs"])
        case "h":
            return f"{'#' * level} {_markdown_runs(block['runs'])}"
        case "ul":
            return "\n".join(_indented("- ", _markdown_item(item, level)) for item in block["items"])
        case "ol":
            numbered = enumerate(block["items"], block["start"])
            return "\n".join(_indented(f"{n}. ", _markdown_item(item, level)) for n, item in numbered)
        case "quote":
            return "\n".join(f"> {line}".rstrip() for line in as_markdown(block["blocks"], level).split("\n"))
        case "code":
            fence = _fence(block["text"], 3)
            return f"{fence}\n{block['text']}\n{fence}"
        case "table":
            head, *rows = [[_markdown_runs(cell) for cell in row] for row in block["rows"]]
            return markdown_table(head, rows)
    return "---"


def _markdown_item(item: Sequence[Block], level: int) -> str:
    """A list right after a line belongs to it, without a line between."""
    parts = [as_markdown(item[:1], level)]
    for block in item[1:]:
        parts += ["\n" if block["t"] in ("ul", "ol") else "\n\n", _markdown_block(block, level)]
    return "".join(parts)


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _markdown_runs(runs: Sequence[Run]) -> str:
    made = []
    for run in runs:
        if run["t"] == "br":
            made.append("\\\n")
            continue
        said = run["s"]
        if run.get("c"):
            tick = _fence(said, 1)
            pad = " " if said.startswith("`") or said.endswith("`") else ""
            said = f"{tick}{pad}{said}{pad}{tick}"
        else:
            bare = said.strip()
            lead, tail = said[: len(said) - len(said.lstrip())], said[len(said.rstrip()) :] if bare else ""
            said = markdown_text(bare)
            for flag, mark in (("d", "~~"), ("i", "*"), ("b", "**")):
                said = f"{mark}{said}{mark}" if run.get(flag) and bare else said
            said = f"{lead}{said}{tail}"
        made.append(f"[{said}](<{run['href']}>)" if run.get("href") else said)
    return "".join(made)


def _indented(mark: str, text: str) -> str:
    first, *rest = text.split("\n")
    return "\n".join([mark + first, *(f"{' ' * len(mark)}{line}" if line else "" for line in rest)])


def _fence(text: str, shortest: int) -> str:
    longest = max((len(found) for found in re.findall("`+", text)), default=0)
    return "`" * max(shortest, longest + 1)
