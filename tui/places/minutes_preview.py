"""Minutes as they will be read, drawn from the same tree as the PDF. Nothing in a text is obeyed: it is all literal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from model.language import _
from tui.text import content, lines
from tui.widgets.dialog import Dialog

Data = Mapping[str, Any]

_STEP = "  "


class MinutesPreview(ModalScreen[None]):
    """Esc, q or p closes it."""

    BINDINGS = [
        Binding("escape,q,p,enter", "dismiss", show=False),
        Binding("j,down", "scroll('down')", show=False),
        Binding("k,up", "scroll('up')", show=False),
        Binding("ctrl+d,pagedown,space", "scroll('page_down')", show=False),
        Binding("ctrl+u,pageup", "scroll('page_up')", show=False),
        Binding("g,home", "scroll('home')", show=False),
        Binding("G,end", "scroll('end')", show=False),
    ]
    DEFAULT_CSS = """
    MinutesPreview > Dialog { width: 90; max-width: 100%; height: 100%; max-height: 100%; }
    MinutesPreview Static { width: 1fr; height: auto; }
    MinutesPreview .foot { dock: bottom; height: 1; color: $text-muted; }
    """

    def __init__(self, told: Data) -> None:
        """`told`: what `model.meetings.minutes.document` draws up."""
        super().__init__()
        self._told = told

    def compose(self) -> ComposeResult:
        with Dialog() as dialog:
            dialog.border_title = Content(_("Preview"))
            with VerticalScroll():
                yield Static(Content("\n").join(drawn(self._told)))
            yield Static(Content(_("Esc closes.")), classes="foot")

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    def action_scroll(self, where: str) -> None:
        getattr(self.query_one(VerticalScroll), f"scroll_{where}")(animate=False)


def drawn(told: Data) -> Iterator[Content]:
    """Line by line."""
    yield content(told["title"], "bold")
    yield content(told["subtitle"], "$text-muted")
    yield Content("")
    for what, how in told["facts"]:
        yield content(f"{what}: ", "bold") + content(how)
    if told["summary"]["blocks"]:
        yield from _head(told["summary"])
        yield from _blocks(told["summary"]["blocks"], "")
    people = told["participants"]
    if people["units"]:
        yield from _head(people)
        yield content(people["count"], "$text-muted")
        for unit in people["units"]:
            yield content(unit["name"] or "–", "italic")
            for name, role, came in unit["people"]:
                yield content(_STEP + " · ".join(part for part in (name, role, came) if part))
    if told["agenda"]["items"]:
        yield from _head(told["agenda"])
    for n, item in enumerate(told["agenda"]["items"], 1):
        yield content(f"{n}. {item['title']}", "bold")
        yield from _blocks(item["blocks"], _STEP)
        for decision in item["decisions"]:
            yield content(f"{_STEP}▌ {told['agenda']['decided']} ", "bold") + lines(decision)
    for name in ("decisions", "actions", "open_points"):
        if told[name]["rows"]:
            yield from _head(told[name])
            yield from _rows(told[name]["head"], told[name]["rows"])
    if told["next"]:
        yield from _head(told["next"])
        yield content(told["next"]["text"])


def _head(section: Data) -> Iterator[Content]:
    yield Content("")
    yield content(section["heading"], "bold $primary")


def _rows(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Content]:
    """A key and a text, then the rest with its words: readable at any width."""
    for key, text, *rest in rows:
        yield content(f"{key}  ", "bold") + lines(text)
        said = [f"{label}: {value}" for label, value in zip(head[2:], rest, strict=True) if value]
        if said:
            yield content(_STEP + " · ".join(said), "$text-muted")


def _blocks(tree: Sequence[Data], indent: str) -> Iterator[Content]:
    for block in tree:
        match block["t"]:
            case "p":
                yield content(indent) + _runs(block["runs"])
            case "h":
                yield content(indent) + _runs(block["runs"], "bold")
            case "ul" | "ol":
                for n, item in enumerate(block["items"], block.get("start", 1)):
                    mark = "• " if block["t"] == "ul" else f"{n}. "
                    first, *more = list(_blocks(item, "")) or [Content("")]
                    yield content(indent + mark) + first
                    yield from (content(indent + " " * len(mark)) + line for line in more)
            case "quote":
                yield from (content(f"{indent}│ ") + line for line in _blocks(block["blocks"], ""))
            case "code":
                yield from (content(f"{indent}  {line}", "$text-accent") for line in block["text"].split("\n"))
            case "table":
                for row in block["rows"]:
                    yield content(indent) + Content(" │ ").join([_runs(cell) for cell in row])
            case _:
                yield content(f"{indent}───")


def _runs(runs: Sequence[Data], style: str = "") -> Content:
    flags = {"b": "bold", "i": "italic", "d": "strike", "c": "$text-accent"}
    made = Content("")
    for run in runs:
        if run["t"] == "br":
            made += Content("\n")
            continue
        styles = [style, *(name for flag, name in flags.items() if run.get(flag))]
        made += content(run["s"], " ".join(part for part in styles if part))
        if run.get("href") and run["href"] != run["s"]:
            made += content(f" <{run['href']}>", "$text-muted")
    return made
