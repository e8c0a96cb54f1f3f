"""What is written in minutes, as documents: nothing lost, nothing obeyed, nobody told what they may not know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from model import clock
from model.documents import typesetting
from model.errors import NotFound
from model.meetings.minutes import filing, publishing
from model.meetings.minutes.blocks import _markdown, _Tree, as_html, as_markdown, blocks
from model.meetings.planning import apply, plan_meeting
from model.terms import Service
from model.viewer import Viewer
from tests.model.meetings.minuted import ACTION, Minuted
from tests.model.meetings.year import COUNTY, KARI, OT_A, Year

OT = Viewer(None, "OT", Service.OT, OT_A, "OT A")

RICH = """# Heading

One *two* **three _four_** `five` ~~six~~ [seven](https://example.org/?a=b&c=d) [no](javascript:alert) ![p](http://x/y.png)
hard  \nbreak

3. three
4. four
   - deep
     - deeper

     with more

> quoted
> > twice
> # heading in it

| a | b |
|---|---|
| `x` | **y** |

```
code <b>
```

---

- [ ] a
-
"""
_TAGS = frozenset(
    {"p", "h4", "ul", "ol", "li", "blockquote", "pre", "code", "hr", "br", "em", "strong", "s", "a"}
    | {"table", "thead", "tbody", "tr", "th", "td"}
)
_MARKS = st.text(st.sampled_from("ab1 \n*_`#->|[]()<&!~\\.:=$"), max_size=60)


@pytest.fixture
def held(year: Year) -> Iterator[Minuted]:
    made = Minuted(year, on="2026-12-15")
    with clock.fixed(date(2026, 12, 20)):
        yield made


@given(st.text(st.sampled_from("ab1 \n.,#-*"), max_size=40))
@example("a\n\n\nb\n c  \n\n d")
def test_plain_text_is_read_alike_with_and_without_the_reader(text: str) -> None:
    assert blocks(text) == _Tree(_markdown().parse(text)).blocks()


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name not in ("start", "scope")]


@given(_MARKS)
@example(RICH)
@example("<script>alert(1)</script><img src=x onerror=y>")
@example("[x](javascript:alert(1)) [y](data:text/html,x) [z](file:///etc/passwd) [w](relative)")
def test_html_holds_only_what_the_tree_can_hold(text: str) -> None:
    seen = _Seen()
    seen.feed(as_html(blocks(text), 4))
    assert seen.tags <= _TAGS
    assert all(link.startswith(("http://", "https://", "mailto:")) for link in seen.links)


@pytest.mark.parametrize("deep", ["> " * 18, "- " * 40, "1. " * 60, "> " * 300, "> - " * 99])
def test_text_that_is_too_deep_is_not_lost(deep: str) -> None:
    assert _words(blocks(f"{deep}x")).endswith("x")
    assert "x" in as_html(blocks(f"{deep}x"), 4)


@given(_MARKS)
@example(RICH)
def test_markdown_written_out_has_the_same_words(text: str) -> None:
    tree = blocks(text)
    again = blocks(as_markdown(tree, 4))
    assert _words(again) == _words(tree)


def _words(tree: object) -> str:
    if isinstance(tree, dict):
        return "".join(
            _words(value) for key, value in tree.items() if key in ("runs", "items", "blocks", "rows", "s", "text")
        )
    if isinstance(tree, list):
        return "".join(map(_words, tree))
    return re.sub(r"\s", "", str(tree))


@settings(max_examples=15)
@given(_MARKS)
@example(RICH)
@example("> " * 18 + "x")
@example("#")
@example("1. " * 40 + "x")
@example("- > " * 40 + "x")
def test_any_text_is_typeset(text: str) -> None:
    empty = {"heading": "H", "head": [], "rows": []}
    told: dict[str, Any] = {
        "subtitle": "s",
        "facts": [],
        "summary": {"heading": "S", "blocks": blocks(text)},
        "participants": {"heading": "P", "head": [], "units": [], "count": ""},
        "agenda": {
            "heading": "A",
            "decided": "D",
            "items": [{"title": text.replace("\n", " "), "blocks": blocks(text), "decisions": [text]}],
        },
        "decisions": {"heading": "D", "head": ["a"], "rows": [[text]]},
        "actions": empty,
        "open_points": empty,
        "next": None,
    }
    made = typesetting.pdf("minutes", told, title="T", language="nb", at="2026-12-20")
    assert made.pdf.startswith(b"%PDF")


def test_every_format_has_everything(held: Minuted) -> None:
    text = held.whole(ACTION.format(owner=KARI)).replace('summary = ""', 'summary = "It **went** well."')
    held.file(text.replace('place = ""', 'place = "Fylkeshuset"'))
    with held.book.store.read() as db:
        page = publishing.publish(db, COUNTY, held.id, "html", "en").data.decode()
        plain = publishing.publish(db, COUNTY, held.id, "md", "en").data.decode()
    for said in (
        "Fylkeshuset",
        "15 December 2026",
        "Eli Fylke",
        "Nils Dahl",
        "Nord vgs",
        "Send the list",
        "1 February 2027",
    ):
        assert said in page, said
        assert said in plain, said
    assert "<strong>went</strong>" in page
    assert "**went**" in plain
    assert '<html lang="en">' in page


def test_minutes_of_a_case_are_for_those_who_see_it_and_name_no_youth(year: Year, tmp_path: Path) -> None:
    case = year.case()
    with year.store.read() as db:
        plan = plan_meeting(db, OT, "clarification", 2026, case_id=case, on=date(2026, 12, 1))
    meeting = apply(year.store, OT, plan).id
    with clock.fixed(date(2026, 12, 20)):
        text = (
            f"[meeting]\nid = {meeting}\ndate = 2026-12-01\nplace = 'Room 5'\nchair = 'X'\n"
            "[[participants]]\nname = 'Guest'\nunit = 'Some school'\nguest = true\nattendance = 'present'\n"
            "[[actions]]\nkey = 'a1'\ntext = 'Call'\nowner = 'X'\ndue = 2027-01-10\n"
        )
        assert filing.file(year.store, OT, text).is_filed
    ((of_case,),) = year.all("SELECT case_id FROM tasks")
    assert of_case == case
    stranger = Viewer(None, "NAV", Service.NAV, 3, "Nav A")
    with year.store.read() as db:
        for format_ in publishing.FORMATS:
            with pytest.raises(NotFound):
                publishing.publish(db, stranger, meeting, format_)
        ((name,),) = year.all("SELECT y.name FROM youths y JOIN cases c ON c.youth_id = y.id WHERE c.id = ?", case)
        page = publishing.publish(db, OT, meeting, "html").data.decode()
    assert name not in page
    assert "Room 5" in page
    assert "Some school" in page
    ((youth,),) = year.all("SELECT youth_id FROM cases WHERE id = ?", case)
    year.change("youths", youth, protection="confidential")
    with year.store.read() as db:
        page = publishing.publish(db, OT, meeting, "html").data.decode()
    assert "Room 5" not in page
    assert "Some school" not in page
    assert filing.file(year.store, stranger, text).version is None
