"""The message catalogues: `python -m scripts.translations update|check|compile`.

`update` takes the texts marked with `_`, `ngettext` and `N_` into `model/locale/{nb,nn}/LC_MESSAGES/samlop.po`, new
ones empty, and drops the ones no longer used. `check` says what is left to translate. `compile` makes the .mo files.
The catalogues hold neither line numbers nor dates and are sorted by text, so that a change shows as no more than it is.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("model", "commands", "tui")
LANGUAGES = {"nb": "bokmål", "nn": "nynorsk"}
KEYWORDS = {"_": 1, "N_": 1, "ngettext": 2}
"""What marks a text, and how many it takes."""
_HOLE = re.compile(r"\{(\w*)[^{}]*\}")
_HEADS = ("Project-Id", "Report-", "POT-Creation", "PO-Revision", "Last-Translator", "Language-Team", "Generated-By")
_DROPPED = tuple(f'"{head}'.encode() for head in _HEADS)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["update"]:
            for language in LANGUAGES:
                update(language)
            return 0
        case ["check"]:
            found = [problem for language in LANGUAGES for problem in problems(language)]
            print("\n".join(found), end="\n" if found else "")
            return 1 if found else 0
        case ["compile"]:
            for language in LANGUAGES:
                compile_one(language)
            return 0
    print("python -m scripts.translations update|check|compile", file=sys.stderr)
    return 2


def place(language: str) -> Path:
    return ROOT / "model" / "locale" / language / "LC_MESSAGES" / "samlop.po"


def sources() -> Catalog:
    """Every text the program marks for translation."""
    catalogue = Catalog(domain="samlop", charset="utf-8")
    for file in sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py")):
        for text in marked(file.read_text(encoding="utf-8")):
            catalogue.add(text)
    return catalogue


def marked(source: str) -> Iterator[str | tuple[str, ...]]:
    """The texts of a module. Read as Python reads it: babel's own reader does not look inside f-strings."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS:
            n = KEYWORDS[call.func.id]
            texts = tuple(a.value for a in call.args[:n] if isinstance(a, ast.Constant) and isinstance(a.value, str))
            if len(texts) == n:
                yield texts if n > 1 else texts[0]


def read(language: str) -> Catalog:
    """The language's catalogue as it is stored; an empty one if there is none yet."""
    if not place(language).exists():
        return Catalog(locale=language, domain="samlop", charset="utf-8")
    with place(language).open("rb") as file:
        return read_po(file, locale=language, domain="samlop")


def update(language: str) -> None:
    catalogue = read(language)
    catalogue.update(sources(), no_fuzzy_matching=True, update_header_comment=False)
    catalogue.fuzzy = False
    catalogue.header_comment = f"# Samløp in {LANGUAGES[language]}."
    written = BytesIO()
    write_po(written, catalogue, width=0, no_location=True, sort_output=True, ignore_obsolete=True)
    lines = [line for line in written.getvalue().splitlines(keepends=True) if not line.startswith(_DROPPED)]
    place(language).parent.mkdir(parents=True, exist_ok=True)
    place(language).write_bytes(b"".join(lines))


def compile_one(language: str) -> None:
    if place(language).exists():
        with place(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, read(language))


def problems(language: str) -> list[str]:
    """What is wrong with the language's catalogue, one sentence each; none when it is complete."""
    catalogue, wanted = read(language), sources()
    stale = "(run `make translations`)"
    found = [f"{language}: not in the catalogue {stale}: {m.id!r}" for m in wanted if m.id and m.id not in catalogue]
    for message in [*catalogue, *catalogue.obsolete.values()]:
        if message.id and message.id not in wanted:
            found.append(f"{language}: no longer used {stale}: {message.id!r}")
        elif message.id:
            found += [f"{language}: {what}: {message.id!r}" for what in faults(message)]
    return found


def faults(message: Message) -> Iterator[str]:
    """What is wrong with one translation."""
    sources = _several(message.id)
    texts = _several(message.string)
    if message.fuzzy:
        yield "uncertain"
    if not texts or not all(texts):
        yield "not translated"
        return
    for number, text in enumerate(texts):
        # The text for one may name the count or leave it out; the text for many has what the source for many has.
        allowed = [_holes(source) for source in (sources if number == 0 else sources[-1:])]
        if _holes(text) not in allowed:
            yield "other placeholders than the source"
        if _edges(text) not in [_edges(source) for source in sources]:
            yield "other spaces or line breaks at the ends than the source"


def _several(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def _holes(text: str) -> list[str]:
    return sorted(_HOLE.findall(text.replace("{{", "").replace("}}", "")))


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
