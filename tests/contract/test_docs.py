"""The pages are as the program is: generated ones are fresh, and no link leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from model import language
from model.caseload import filters
from scripts import docs
from tui.actions import ACTIONS
from tui.keymap import say_key

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
_LINK = re.compile(r"\]\(([^)#\s]+)")


@pytest.mark.parametrize("name", docs.PAGES)
def test_generated_page_is_as_it_would_be_made_today(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == docs.PAGES[name](), "run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = _LINK.findall(page.read_text(encoding="utf-8"))
    inside = [link for link in links if "://" not in link]
    assert [link for link in inside if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_make_targets_named_in_pages_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = re.findall(r"(?:`|^)make ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert [name for name in named if name not in targets] == []


GUIDES = {"docs/coordinator.md": "en", "docs/nb/koordinator.md": "nb"}
_MARKS = set("!•~?+✓⚠●○◆█░")  # signs of the screen, which the same tables tell of


@pytest.mark.parametrize("page", GUIDES)
def test_keys_named_in_a_guide_are_keys(page: str) -> None:
    language.use(GUIDES[page])
    keys = {say_key(key) for action in ACTIONS for key in action.keys}
    told = (ROOT / page).read_text(encoding="utf-8")
    first_cells = re.findall(r"^\| ([^|]+) \|", told, re.MULTILINE)
    in_tables = {key for cell in first_cells for key in re.findall(r"`([^`]+)`", cell) if not key.startswith("▒")}
    in_text = set(re.findall(r"`([A-Za-z/?]|F\d+|ctrl\+\w+|Esc|Enter|PgDn|PgUp|mellomrom|space)`", told))
    assert len(in_tables | in_text) > 40
    assert (in_tables | in_text) - keys - _MARKS == set()


@pytest.mark.parametrize("page", GUIDES)
def test_filters_shown_in_a_guide_are_understood(page: str) -> None:
    language.use(GUIDES[page])
    told = (ROOT / page).read_text(encoding="utf-8")
    shown = re.findall(r"^```\n(.+?)\n```$", told, re.MULTILINE | re.DOTALL)
    assert [line for block in shown for line in block.splitlines() if filters.parse(line).trouble] == []
    named = set(re.findall(r"`(\w+):`", told))
    assert len(named) == sum(tag.takes_value for tag in filters.TAGS)
    assert named <= {name for tag in filters.TAGS for name in tag.names}
