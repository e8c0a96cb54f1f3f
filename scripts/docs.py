"""The reference pages, made from what they describe: `python -m scripts.docs [--check]`.

Commands from the command tree, keys from the screen's registry, codes from the terms, fields from the records, and
`config.example.toml` from the settings. With `--check` nothing is written, and the pages that would change are named.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import is_dataclass
from enum import Enum
from importlib import import_module
from pathlib import Path

from model import configfile, language, record, terms
from model.term import Term

ROOT = Path(__file__).resolve().parents[1]
_WIDTH = 100


def main(arguments: list[str]) -> int:
    language.use("en")
    pages = {ROOT / name: make() for name, make in PAGES.items()}
    changed = [page for page, text in pages.items() if not page.exists() or page.read_text(encoding="utf-8") != text]
    if arguments == ["--check"]:
        for page in changed:
            print(f"{page.relative_to(ROOT)} is not as it would be made today: run `make docs`", file=sys.stderr)
        return 1 if changed else 0
    for page in changed:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(pages[page], encoding="utf-8")
    return 0


def commands() -> str:
    """Every command's own help, in the order `samlop --help` has them."""
    from commands.main import PROGRAM, make_root

    parts = _head("Commands", "Every command, as its `--help` shows it.")
    for depth, path, help_text in _helps(make_root(), PROGRAM):
        parts += [f"{'#' * (depth + 2)} {path}", "", "```text", help_text, "```", ""]
    return _page(parts)


def _helps(command: object, name: str, depth: int = 0, parent: object = None) -> Iterator[tuple[int, str, str]]:
    import click

    assert isinstance(command, click.Command)
    assert parent is None or isinstance(parent, click.Context)
    settings = {**command.context_settings, "terminal_width": _WIDTH}
    context = click.Context(command, info_name=name, parent=parent, **settings)
    lines = command.get_help(context).splitlines()
    yield min(depth, 2), context.command_path, "\n".join(line.rstrip() for line in lines)
    if isinstance(command, click.Group):
        for verb in command.list_commands(context):
            yield from _helps(command.get_command(context, verb), verb, depth + 1, context)


def keys() -> str:
    """What every key does, by the place it works in."""
    from tui.actions import ACTIONS, SCOPES
    from tui.keymap import Keymap

    usual = Keymap.read({})
    parts = _head(
        "Keys",
        "Every key and what it does. To use another, write the action's name and the key under `[keys]` in the config"
        ' file: `undo = "f8"`. Keys that clash are told when the screen opens.',
    )
    for scope, (heading, _also) in SCOPES.items():
        rows = [
            (f"`{usual.say(a.name)}`", f"`{a.name}`", language._(a.label), language._(a.help))
            for a in ACTIONS
            if a.scope == scope
        ]
        if rows:
            parts += [f"## {language._(heading)}", "", *_table(("key", "action", "label", "does"), rows), ""]
    return _page(parts)


def codes() -> str:
    """The code sets: what is stored and what scripts see, with the three names."""
    parts = _head(
        "Codes",
        "The code is what is stored and what `--json` shows. Imported files may use the code or any of the names.",
    )
    for name in sorted(terms.__all__):
        code_set = getattr(terms, name)
        if code_set is Term or not issubclass(code_set, Term):
            continue
        rows = [(f"`{term.value}`", *term.labels) for term in code_set]
        about = _about(code_set)
        heads = ("code", "bokmål", "nynorsk", "English")
        parts += [f"## {name}", "", *about, *_table(heads, rows), ""]
    return _page(parts)


def records() -> str:
    """The fields of every record, as forms and imports take them."""
    parts = _head("Records", "The fields that forms show and imports read, with the headers that files may use.")
    for kind in _record_classes():
        specs = record.fields(kind)
        rows = [(f"`{s.name}`", s.label, _limits(s), s.help, ", ".join(s.field.heads)) for s in specs]
        about = _about(kind)
        heads = ("field", "label", "takes", "help", "headers in files")
        parts += [f"## {kind.__name__}", "", *about, *_table(heads, rows), ""]
    return _page(parts)


def _record_classes() -> Iterator[type]:
    for file in sorted((ROOT / "model").glob("*/records.py")):
        module = import_module(f"model.{file.parent.name}.records")
        for _name, kind in inspect.getmembers(module, inspect.isclass):
            if kind.__module__ == module.__name__ and is_dataclass(kind) and record.fields(kind):
                yield kind


def _limits(spec: record.Spec) -> str:
    kind = f"one of {spec.type.__name__}" if issubclass(spec.type, Enum) else _KINDS.get(spec.type.__name__, "a table")
    bounds = [
        f"at most {spec.max_length} characters" if spec.max_length is not None and spec.type is str else "",
        f"from {spec.ge}" if spec.ge is not None else "",
        f"to {spec.le}" if spec.le is not None else "",
        "required" if spec.required else "",
    ]
    return ", ".join([kind, *filter(None, bounds)])


_KINDS = {"str": "text", "int": "whole number", "bool": "yes or no", "date": "date"}


def _about(kind: type) -> list[str]:
    """The class's own docstring and a blank line; neither an inherited one nor the signature that dataclass writes."""
    told = inspect.cleandoc(vars(kind).get("__doc__") or "")
    return [] if not told or told.startswith(f"{kind.__name__}(") else [*told.splitlines(), ""]


def _head(title: str, about: str) -> list[str]:
    return [f"# {title}", "", "<!-- Made by `make docs`; do not edit. -->", "", about, ""]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(cell.replace("|", r"\|").replace("\n", " ") for cell in cells) + " |"

    return [line(heads), "|---" * len(heads) + "|", *map(line, rows)]


def _page(parts: list[str]) -> str:
    return "\n".join(parts).strip() + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "docs/reference/commands.md": commands,
    "docs/reference/keys.md": keys,
    "docs/reference/codes.md": codes,
    "docs/reference/records.md": records,
    "config.example.toml": configfile.example,
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
