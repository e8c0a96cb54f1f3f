"""Minutes published: a PDF for the archive (PDF/A-2a and PDF/UA-1 in one file), Markdown or HTML.

The same minutes are the same bytes, whenever and wherever they are published. Source: R19, S3; safety rules 1, 2, 4.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model import clock
from model.documents.files import safe_name
from model.documents.markup import html_text, markdown_text
from model.meetings.minutes import queries
from model.meetings.minutes.blocks import as_html, as_markdown, markdown_table
from model.meetings.minutes.document import document
from model.store.connection import Connection
from model.store.store import Store
from model.viewer import Viewer

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMATS = ("pdf", "md", "html")

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """Minutes as a file. `replaced`: characters no font has, shown as �."""

    meeting_id: int
    version: int
    format: str
    language: str
    name: str
    data: bytes
    digest: str
    replaced: tuple[str, ...]
    was_published: bool
    """Just as it is, before."""


def publish(
    db: Connection,
    viewer: Viewer,
    meeting_id: int,
    format_: str,
    language: str | None = None,
    *,
    templates: Path | None = None,
) -> Document:
    """The newest minutes of a meeting as a document; `templates` is a county's folder of its own.

    Errors: NotFound; BadInput for a template that does not work.
    """
    told = document(db, viewer, meeting_id, language)
    replaced: tuple[str, ...] = ()
    if format_ == "pdf":
        from model.documents import typesetting

        made = typesetting.pdf(
            "minutes", told, title=told["title"], language=told["language"], at=told["filed_on"], folder=templates
        )
        data, replaced = made.pdf, made.replaced
    else:
        data = (_markdown(told) if format_ == "md" else _html(told)).encode()
    name = safe_name("minutes", meeting_id, told["language"], suffix=f".{format_}")
    digest = hashlib.sha256(data).hexdigest()
    before = queries.is_published(db, meeting_id, format_, told["language"], digest)
    return Document(meeting_id, told["version"], format_, told["language"], name, data, digest, replaced, before)


def is_there(path: Path, made: Document) -> bool:
    """This very document is at the path already, in a plain file."""
    try:
        return not path.is_symlink() and path.stat().st_size == len(made.data) and path.read_bytes() == made.data
    except OSError:
        return False


def record(store: Store, viewer: Viewer, made: Document) -> int | None:
    """That the document was published: the batch, or None when the very same was published before."""
    if made.was_published:
        return None
    details = {"meeting": made.meeting_id, "format": made.format, "language": made.language}
    with store.write(by=viewer, why="minutes.publish", details=details) as w:
        if not queries.is_published(w.db, made.meeting_id, made.format, made.language, made.digest):
            w.insert(
                "publications",
                meeting_id=made.meeting_id,
                version=made.version,
                format=made.format,
                language=made.language,
                digest=made.digest,
                on_date=clock.today().isoformat(),
            )
    return w.receipt.batch


# Markdown ------------------------------------------------------------------------------------------------------------


def _markdown(told: Data) -> str:
    def lines() -> list[str]:
        parts = [f"# {_inline(told['title'])}", markdown_text(told["subtitle"])]
        parts.append("\n".join(f"- **{_inline(what)}:** {_inline(how)}" for what, how in told["facts"]))
        if told["summary"]["blocks"]:
            parts += [_head(told["summary"]), as_markdown(told["summary"]["blocks"], 3)]
        people = told["participants"]
        if people["units"]:
            rows = [[unit["name"], *row] for unit in people["units"] for row in unit["people"]]
            parts += [_head(people), markdown_text(people["count"]), _cells(people["head"], rows)]
        if told["agenda"]["items"]:
            parts.append(_head(told["agenda"]))
        for n, item in enumerate(told["agenda"]["items"], 1):
            parts += [f"### {n}. {_inline(item['title'])}", as_markdown(item["blocks"], 4)]
            decided = told["agenda"]["decided"]
            parts += [f"> **{decided}** {_inline(one)}" for one in item["decisions"]]
        for name in ("decisions", "actions", "open_points"):
            if told[name]["rows"]:
                parts += [_head(told[name]), _cells(told[name]["head"], told[name]["rows"])]
        if told["next"]:
            parts += [_head(told["next"]), markdown_text(told["next"]["text"])]
        return parts

    return "\n\n".join(part for part in lines() if part) + "\n"


def _head(section: Data) -> str:
    return f"## {markdown_text(section['heading'])}"


def _cells(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return markdown_table([_inline(cell) for cell in head], [[_inline(cell) for cell in row] for row in rows])


def _inline(text: str) -> str:
    """Text within a line: what begins a list where a line begins, begins nothing here."""
    return markdown_text(f"x{text}")[1:]


# HTML ----------------------------------------------------------------------------------------------------------------

_STYLE = """
body { font: 1rem/1.5 Georgia, "Times New Roman", serif; color: #1d2733 }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
h1, h2, h3, h4 { color: #1f4e79; line-height: 1.25 } h2 { margin-top: 2em }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: .35em .6em }
th { border-bottom: 2px solid #1f4e79 } td { border-bottom: 1px solid #c9d1d9; white-space: pre-line }
dl { display: grid; grid-template-columns: auto 1fr; gap: .3em 1.2em } dt { color: #55606c } dd { margin: 0 }
.decision { border-left: 3px solid #1f4e79; padding-left: .8em } .quiet { color: #55606c }
"""


def _html(told: Data) -> str:
    parts = [f"<h1>{html_text(told['title'])}</h1>", f'<p class="quiet">{html_text(told["subtitle"])}</p>']
    facts = "".join(f"<dt>{html_text(what)}</dt><dd>{html_text(how)}</dd>\n" for what, how in told["facts"])
    parts.append(f"<dl>\n{facts}</dl>")
    if told["summary"]["blocks"]:
        parts += [_html_head(told["summary"]), as_html(told["summary"]["blocks"], 3)]
    people = told["participants"]
    if people["units"]:
        rows = [[unit["name"], *row] for unit in people["units"] for row in unit["people"]]
        parts += [_html_head(people), f"<p>{html_text(people['count'])}</p>", _html_table(people["head"], rows)]
    if told["agenda"]["items"]:
        parts.append(_html_head(told["agenda"]))
    for n, item in enumerate(told["agenda"]["items"], 1):
        parts += [f"<h3>{n}. {html_text(item['title'])}</h3>", as_html(item["blocks"], 4)]
        decided = html_text(told["agenda"]["decided"])
        for one in item["decisions"]:
            parts.append(f'<p class="decision"><strong>{decided}</strong> {html_text(one)}</p>')
    for name in ("decisions", "actions", "open_points"):
        if told[name]["rows"]:
            parts += [_html_head(told[name]), _html_table(told[name]["head"], told[name]["rows"])]
    if told["next"]:
        parts += [_html_head(told["next"]), f"<p>{html_text(told['next']['text'])}</p>"]
    head = (
        f'<!doctype html>\n<html lang="{told["language"]}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html_text(told['title'])}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    )
    return head + "\n".join(part.strip() for part in parts if part) + "\n</body>\n</html>\n"


def _html_head(section: Data) -> str:
    return f"<h2>{html_text(section['heading'])}</h2>"


def _html_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    cells = "".join(f'<th scope="col">{html_text(cell)}</th>' for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{html_text(cell)}</td>" for cell in row) + "</tr>\n" for row in rows)
    return f"<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>"
