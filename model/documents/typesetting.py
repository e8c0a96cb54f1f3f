"""Data typeset as PDF: PDF/A-2a and PDF/UA-1 in one file, the same data being the same bytes on every machine.

A template is a Typst file. It gets its data as JSON through `sys.inputs`, never as markup, so what is in the data is
shown as it stands. Templates see a folder with nothing but templates in it, and no fonts but Typst's own and those a
county put beside its templates. A county copies the templates, changes them, and puts letterhead and logo with them.

Source: R19, S3 (minutes are kept); safety rules 1, 2 and 16.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model import incoming
from model.documents.files import write_new
from model.errors import BadInput, StoreTrouble
from model.language import _
from model.text import clean, safe

if TYPE_CHECKING:
    from typst import TypstError

SHIPPED = Path(__file__).parent / "templates"
LOGOS = ("logo.svg", "logo.png")
LETTERHEAD = "letterhead.txt"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_FONTS = (".ttf", ".otf", ".ttc")
_MAX_MEGABYTES = 20  # of a file beside the templates
_NO_FONT = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_AT = re.compile(r"┌─ (?P<file>.*):(?P<line>\d+):\d+")
# A template can put the name of a package together where no search finds it. Then Typst asks for it, and is sent to
# where nothing answers, on this machine.
_NOWHERE = {"http_proxy": "http://127.0.0.1:0", "https_proxy": "http://127.0.0.1:0", "no_proxy": ""}
_PACKAGE = re.compile(r'"@|\\u\{0*40\}')


@dataclass(frozen=True, slots=True)
class Typeset:
    """A PDF, and the characters that no font has, shown in it as �."""

    pdf: bytes
    replaced: tuple[str, ...]


def pdf(
    template: str, data: Mapping[str, Any], *, title: str, language: str, at: str, folder: Path | None = None
) -> Typeset:
    """Typeset data with the template of this name (`minutes`: the file `minutes.typ`).

    `data` is what JSON can hold. `language` is nb, nn or en. `at` is an ISO day or stamp, which the file tells as the
    time it was made. `folder` holds a county's own templates, letterhead and logo; what is not in it is as shipped.

    Errors: BadInput with the file, the line and what is wrong, when a template of the county's does not work.
    """
    from typst import TypstError

    with _root(folder) as root:
        source = root / f"{template}.typ"
        if not source.is_file():
            raise BadInput(_("There is no template {name}.typ.").format(name=template))
        told = _Told({"title": clean(title), "data": _json(data), "language": language, **_letterhead(root)})
        while True:  # every round replaces some character, and most texts have none to replace
            try:
                return Typeset(_compile(source, root, told.inputs, _made(at)), told.replaced)
            except TypstError as error:
                if not told.replace(_without_font(error)):
                    raise _broken(error, root, folder) from None


def templates() -> tuple[str, ...]:
    """The names of the templates that come with Samløp."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.typ")))


def copy_templates(folder: Path) -> list[Path]:
    """Copy the shipped templates into a folder, for a county to change. Those that are there already are left alone.

    Gives what was copied. Errors: those of `files.write_new`.
    """
    found = (SHIPPED / f"{name}.typ" for name in templates())
    return [write_new(folder, path.name, path.read_bytes()) for path in found if not (folder / path.name).exists()]


class _Told:
    """What a template is told, with the characters that no font has taken out."""

    def __init__(self, inputs: dict[str, str]) -> None:
        self.inputs = inputs
        self.missing: set[str] = set()
        self.replace({char for char in "".join(inputs.values()) if unicodedata.category(char) in ("Co", "Cn")})

    @property
    def replaced(self) -> tuple[str, ...]:
        return tuple(sorted(self.missing))

    def replace(self, chars: set[str]) -> bool:
        """Show these as �. Was there any of them?"""
        found = (chars - {REPLACEMENT}) & set("".join(self.inputs.values()))
        table = str.maketrans(dict.fromkeys(found, REPLACEMENT))
        self.inputs = {name: text.translate(table) for name, text in self.inputs.items()}
        self.missing |= found
        return bool(found)


def _json(data: Mapping[str, Any]) -> str:
    return json.dumps(_safe(data), ensure_ascii=False, sort_keys=True)


def _safe(value: Any) -> Any:
    if isinstance(value, str):
        return safe(value, lines=True)
    if isinstance(value, Mapping):
        return {str(key): _safe(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_safe(one) for one in value]
    return value


def _compile(source: Path, root: Path, inputs: dict[str, str], made: datetime) -> bytes:
    import typst

    with _offline():
        found: bytes = typst.compile(
            source,
            root=root,
            font_paths=[root],
            ignore_system_fonts=True,
            sys_inputs=inputs,
            pdf_standards=["a-2a", "ua-1"],
            timestamp=made,
            package_path=root,
            package_cache_path=root,
        )
    return found


@contextmanager
def _offline() -> Iterator[None]:
    names = [way for name in _NOWHERE for way in (name, name.upper())]
    before = {name: os.environ[name] for name in names if name in os.environ}
    os.environ.update({name: _NOWHERE[name.lower()] for name in names})
    try:
        yield
    finally:
        for name in names:
            os.environ.pop(name, None)
        os.environ.update(before)


def _made(at: str) -> datetime:
    moment = datetime.fromisoformat(at)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@contextmanager
def _root(folder: Path | None) -> Iterator[Path]:
    """A folder with the templates and nothing else: those shipped, with a county's own over them."""
    if folder is None:
        yield SHIPPED
        return
    from tempfile import TemporaryDirectory

    if not folder.is_dir():
        raise BadInput(_("{folder}: there is no such folder. Make it, or choose another.").format(folder=folder))
    found = {path.name: path.read_bytes() for path in SHIPPED.glob("*.typ")} | _own(folder)
    with TemporaryDirectory(prefix="samlop-") as made:
        root = Path(made)
        try:
            for name, content in found.items():
                (root / name).write_bytes(content)
        except OSError:
            sentence = _("{folder} has no room for what a PDF is made from. Make room there, and try again.")
            raise StoreTrouble(sentence.format(folder=root.parent)) from None
        yield root


def _own(folder: Path) -> dict[str, bytes]:
    """A county's templates, fonts, letterhead and logo, by name; nothing else of its folder is read."""
    try:
        there = sorted(folder.iterdir())
    except OSError:
        raise BadInput(_("{file} cannot be read. Ask its owner for access.").format(file=folder)) from None
    wanted = (path for path in there if path.suffix in (".typ", *_FONTS) or path.name in (*LOGOS, LETTERHEAD))
    return {path.name: _content(path, folder) for path in wanted}


def _content(path: Path, folder: Path) -> bytes:
    most = _MAX_MEGABYTES * 1_000_000
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            sentence = _("{file} is a link to somewhere else. Put the file itself there, or take it away.")
            raise BadInput(sentence.format(file=path))
        if not path.is_file():
            raise OSError
        data = incoming.read(path, most + 1)
        if len(data) > most:
            sentence = _("{file} is larger than {n} MB. Make it smaller.")
            raise BadInput(sentence.format(file=path, n=_MAX_MEGABYTES))
    except OSError:
        raise BadInput(
            _("{file} cannot be read. Ask its owner for access, or take it away.").format(file=path)
        ) from None
    if path.suffix == ".typ" and _PACKAGE.search(data.decode(errors="replace")):
        sentence = _(
            "{file} asks for a package from the network, which Samløp does not use. Copy what it needs instead."
        )
        raise BadInput(sentence.format(file=path))
    return data


def _letterhead(root: Path) -> dict[str, str]:
    """The sender's lines and the logo. The first line, the sender's name, is what the logo is called."""
    logo = next((name for name in LOGOS if (root / name).is_file()), "")
    file = root / LETTERHEAD
    text = file.read_bytes().decode("utf-8-sig", errors="replace") if file.is_file() else ""
    return {"logo": logo, "letterhead": clean(text, lines=True)}


def _without_font(error: TypstError) -> set[str]:
    """The characters that an error is about because no font has them.

    What is told is a letter with what is drawn on it. The letter may have a font, so the others go first, and the
    letter only when it is told alone.
    """
    found = [_ESCAPE.sub(lambda at: chr(int(at[1], 16)), text) for text in _NO_FONT.findall(error.diagnostic)]
    return {char for text in found for char in text[1:] or text if not char.isascii()}


def _broken(error: TypstError, root: Path, folder: Path | None) -> BadInput:
    """A template that does not work, as one sentence: the file and the line in it, and what Typst says."""
    place = folder or root
    said = safe(error.message).replace(str(root), str(place))
    at = _AT.search(error.diagnostic)
    if at is None:
        return BadInput(_("{folder}: a template does not work: {said}.").format(folder=place, said=said))
    file = place / Path(at["file"]).name
    return BadInput(_("{file}, line {line}: {said}. Mend the template.").format(file=file, line=at["line"], said=said))
