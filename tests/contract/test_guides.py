"""The guides' examples are played: each `console` block is run on the synthetic county, and says what the program says.

A file that a guide shows below its name is written first. `…` stands for lines that are left out; a last line
`(exit code 3)` for the exit code. When the program says something else for the better, `make guides` writes the answers
anew, as many lines around each `…` as there were: look at them before they are committed.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from commands.main import make_root
from tests.calling import Samlop
from tui.actions import ACTIONS
from tui.keymap import say_key

DOCS = Path(__file__).resolve().parents[2] / "docs"
RENEW = bool(os.environ.get("SAMLOP_RENEW_GUIDES"))  # read before the tests' own environment is made
DAY = "2026-11-18"
LEFT_OUT = "…"

_BLOCK = re.compile(r"(?:^`(?P<name>[\w.-]+)`:\n\n)?^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^(?:\$ )?(samlop .+)$", re.MULTILINE)


@dataclass(slots=True)
class Step:
    """A command, and what the guide says that it answers."""

    command: str
    told: list[str]

    def renewed(self, said: list[str]) -> list[str]:
        if LEFT_OUT not in self.told:
            return said
        first, rest = self.told.index(LEFT_OUT), len(self.told) - 1 - self.told.index(LEFT_OUT)
        return [*said[:first], LEFT_OUT, *said[len(said) - rest :]]

    def fits(self, said: list[str]) -> bool:
        if LEFT_OUT not in self.told:
            return self.told == said
        pattern = "\n".join(".*" if line == LEFT_OUT else re.escape(line) for line in self.told)
        return re.fullmatch(pattern, "\n".join(said), re.DOTALL) is not None


def steps(text: str) -> list[Step]:
    found: list[Step] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append(Step(line[2:], []))
        else:
            found[-1].told.append(line)
    return found


@pytest.fixture
def play(samlop: Samlop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """Run one line of a guide on a coordinator's synthetic county, and give what is said."""
    monkeypatch.setenv("SAMLOP_TODAY", DAY)
    monkeypatch.chdir(tmp_path)
    assert samlop("init", "--demo", "--size", "coordinator", "--plain").code == 0

    def run(line: str) -> list[str]:
        program, *argv = shlex.split(line)
        if program == "mkdir":
            Path(*argv).mkdir()
            return []
        assert program == "samlop", line
        done = samlop(*argv)
        said = [each.rstrip() for each in f"{done.out}{done.err}".splitlines()]
        return said if done.code == 0 else [*said, f"(exit code {done.code})"]

    return run


@pytest.mark.parametrize("page", ["lists.md", "meetings.md"])
def test_a_guide_says_what_the_program_says(page: str, play: Callable[[str], list[str]]) -> None:
    path = DOCS / page
    told = path.read_text(encoding="utf-8")
    wrong, renewed, at = [], [], 0
    for block in _BLOCK.finditer(told):
        text = block["text"]
        if block["name"]:
            Path(block["name"]).write_text(text, encoding="utf-8")
        elif block["kind"] == "console":
            lines = []
            for step in steps(text):
                said = play(step.command)
                lines += [f"$ {step.command}", *step.renewed(said)]
                if not step.fits(said):
                    wrong.append((step.command, said))
            renewed.append(told[at : block.start("text")] + "".join(f"{line}\n" for line in lines))
            at = block.end("text")
    if RENEW:
        path.write_text("".join(renewed) + told[at:], encoding="utf-8")
    else:
        assert wrong == [], "`make guides`"


@pytest.mark.parametrize("page", ["lists.md", "meetings.md"])
def test_keys_in_the_tables_of_a_guide_are_keys(page: str) -> None:
    keys = {say_key(key) for action in ACTIONS for key in action.keys}
    tables = re.findall(r"^\| key \|.*\n\|---\|---\|\n((?:\|.*\n)+)", (DOCS / page).read_text("utf-8"), re.MULTILINE)
    told = {key for table in tables for row in table.splitlines() for key in re.findall(r"`(\S+)`", row.split("|")[1])}
    assert len(told) > 8
    assert told - keys == set()


PAGES = [*DOCS.rglob("*.md"), DOCS.parent / "README.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS.parent)))
def test_commands_and_options_named_in_a_page_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for block in _BLOCK.finditer(text) for line in _COMMAND.findall(block["text"])]
    lines += re.findall(r"`(samlop [^`\n]+)`", text)
    assert [line for line in lines if not exists(line)] == []


def exists(line: str) -> bool:
    """Every word up to the first argument is a command, and every option is one of its or of the program's."""
    command: click.Command = make_root()
    options = named_by(command)
    words = re.split(r"\s[<|>&#]", line, maxsplit=1)[0].split()[1:]
    for word in words:
        if isinstance(command, click.Group) and not word.startswith("-"):
            found = command.get_command(click.Context(command), word)
            if found is None:
                return word.isupper() or word == LEFT_OUT
            command = found
            options |= named_by(command)
    return {word.split("=")[0] for word in words if re.match(r"--?[a-z]", word)} <= options


def named_by(command: click.Command) -> set[str]:
    params = command.get_params(click.Context(command))
    return {name for param in params for name in (*param.opts, *param.secondary_opts)}
