"""The config file: read with tomllib, checked by hand against `model.settings`, written with tomli-w.

By hand, because every command reads it and pydantic would double a command's start.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import Any

from model import places
from model.errors import StoreTrouble, Usage
from model.language import _
from model.record import Spec, fields, spec
from model.settings import AtKeyboard, Language, Settings


def read(file: Path) -> Settings:
    """What the config file says, and defaults for the rest (for all of it when there is no file).

    Errors: Usage with the file, the place in it and the way out; StoreTrouble when it cannot be read.
    """
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        return Settings(file=file)
    except OSError:
        raise StoreTrouble(_("The config file {file} cannot be read.").format(file=file)) from None
    return replace(Settings(**_checked(Settings, _parsed(raw, file), file)), file=file)


def load(file: Path | None = None, *, store: str | None = None, language: str | None = None) -> Settings:
    """The settings a command works with: options first, then `SAMLOP_STORE` and `SAMLOP_LANG`, then the file."""
    settings = read(file or places.config_file())
    store = store or os.environ.get("SAMLOP_STORE")
    if store:  # given on the way in, so relative to where the person stands
        settings.store = str(Path(store).expanduser().absolute())
    language = language or os.environ.get("SAMLOP_LANG")
    if language:
        try:
            settings.language = Language(language)
        except ValueError:
            raise Usage(_("SAMLOP_LANG must be one of nb, nn and en.")) from None
    return settings


def save(settings: Settings) -> None:
    """Write what differs from the defaults to `settings.file`, whole or not at all, mode 0600. Errors: StoreTrouble."""
    try:
        places.write_private(settings.file, _document(settings, example=False).encode())
    except OSError as error:
        raise StoreTrouble(
            _("The config file {file} cannot be written: {why}.").format(file=settings.file, why=error.strerror)
        ) from None


def example() -> str:
    """The text of `config.example.toml`: every setting with its help, commented out at its default. Speaks English."""
    return _document(Settings(), example=True)


def walk(settings: Settings) -> Iterator[tuple[str, Spec, Any, Any]]:
    """Every setting as (dotted name, its declaration, value, default); `[keys]` is one of them."""
    for outer in fields(Settings):
        value = getattr(settings, outer.name)
        if outer.type is AtKeyboard:
            for inner in fields(AtKeyboard):
                yield f"{outer.name}.{inner.name}", inner, getattr(value, inner.name), inner.default
        else:
            yield outer.name, outer, value, {} if outer.type is dict else outer.default


def change(settings: Settings, name: str, written: str) -> None:
    """Set one setting from how a person writes it; an empty text puts the default back. Errors: Usage."""
    section, _dot, inner = name.partition(".")
    if section == "keys" and inner:
        keys = {**settings.keys, inner: written} if written else {k: v for k, v in settings.keys.items() if k != inner}
        settings.keys = _fitting(spec(Settings, "keys"), keys, section)
        return
    known = {path: declared for path, declared, _value, _default in walk(settings)}
    if name not in known or name == "keys":
        raise Usage(_unknown(name, [n for n in known if n != "keys"]))
    declared = known[name]
    target: Any = settings.viewer if inner else settings
    value = declared.default if written == "" else _fitting(declared, _typed(declared, written), name)
    setattr(target, declared.name, value)


def _typed(declared: Spec, written: str) -> Any:
    if declared.type is bool:
        return {"true": True, "false": False}.get(written.lower(), written)
    if declared.type is int and re.fullmatch(r"-?\d{1,9}", written):
        return int(written)
    return written


def _parsed(raw: bytes, file: Path) -> dict[str, Any]:
    import tomllib  # only when there is a file

    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Usage(_("{file}, line {line}: this is not UTF-8 text.").format(file=file, line=line)) from None
    except (ValueError, RecursionError) as error:  # also numbers of thousands of digits
        at = re.search(r"line (\d+), column (\d+)", str(error))
        # A value that is never finished has no place of its own: then the last line.
        row, column = at.group(1, 2) if at else (str(raw.count(b"\n") + 1), "1")
        raise Usage(
            _("{file}, line {line}, column {column}: this is not valid TOML; texts stand in quotes.").format(
                file=file, line=row, column=column
            )
        ) from None


def _checked(section: type, values: Mapping[str, Any], file: Path, within: str = "") -> dict[str, Any]:
    known = {declared.name: declared for declared in fields(section)}
    ready: dict[str, Any] = {}
    for name, value in values.items():
        path = within + name
        try:
            if name not in known:
                raise Usage(_unknown(path, [within + other for other in known]))
            if known[name].type is AtKeyboard and isinstance(value, dict):
                ready[name] = AtKeyboard(**_checked(AtKeyboard, value, file, f"{name}."))
            else:
                ready[name] = _fitting(known[name], value, path)
        except Usage as problem:
            raise Usage(problem.sentence if within else f"{file}: {problem.sentence}") from None
    return ready


def _fitting(declared: Spec, value: Any, path: str) -> Any:
    """The value in its own type, or Usage with the setting named."""
    if declared.choices is not None:
        allowed = [str(choice.value) for choice in declared.choices]
        if value == "" and declared.optional:
            return None
        if value not in allowed:
            shown = ", ".join(f'"{code}"' for code in allowed)
            raise Usage(_("{name} must be one of {choices}.").format(name=path, choices=shown))
        return declared.type(value)
    if declared.type is dict:
        if not isinstance(value, dict) or not all(isinstance(key, str) and key for key in value.values()):
            raise Usage(_('{name} must be a table of actions and keys, such as undo = "f8".').format(name=path))
        if not all(text.isprintable() for pair in value.items() for text in pair):
            raise Usage(_("{name} must have no control characters.").format(name=path))
        return value
    if not isinstance(value, declared.type) or (isinstance(value, bool) and declared.type is not bool):
        raise Usage(_wrong_type(declared.type).format(name=path))
    return _within_limits(declared, value, path)


def _within_limits(declared: Spec, value: Any, path: str) -> Any:
    if declared.ge is not None and value < declared.ge:
        raise Usage(_("{name} must be at least {n}.").format(name=path, n=declared.ge))
    if declared.le is not None and value > declared.le:
        raise Usage(_("{name} must be at most {n}.").format(name=path, n=declared.le))
    if declared.max_length is not None and len(value) > declared.max_length:
        raise Usage(_("{name} must have at most {n} characters.").format(name=path, n=declared.max_length))
    if isinstance(value, str) and not value.isprintable():
        raise Usage(_("{name} must have no control characters.").format(name=path))
    return value


def _wrong_type(wanted: type) -> str:
    if wanted is int:
        return _("{name} must be a whole number.")
    if wanted is bool:
        return _("{name} must be true or false.")
    if wanted is str:
        return _("{name} must be a text in quotes.")
    return _("{name} must be a table of its own, [{name}].")


def _unknown(path: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(path, known, n=1)
    shown = path if path.isprintable() else ascii(path)
    if near:
        return _("No setting is called {name}. Did you mean {near}?").format(name=shown, near=near[0])
    return _("No setting is called {name}. See them all with: samlop config show").format(name=shown)


def _document(settings: Settings, *, example: bool) -> str:
    """The file as text: help above each setting; an example shows all, a saved one what differs from the defaults."""
    import tomli_w

    def plain(value: Any) -> Any:
        return value.value if isinstance(value, Enum) else "" if value is None else value

    parts = [_("Samløp's settings. See: samlop config show"), ""] if not example else [*_example_head(), ""]
    lines = [f"# {part}".rstrip() if part else "" for part in parts]
    table = ""
    for path, declared, value, default in walk(settings):
        section, _dot, inner = path.partition(".")
        table_now = section if inner or declared.type is dict else ""
        shown = example or value != default
        if shown and table_now != table:
            lines += [f"# {spec(Settings, table_now).help}", f"[{table_now}]"]
            table = table_now
        if shown and declared.type is dict:
            lines += tomli_w.dumps(value).splitlines()
        elif shown:
            assignment = tomli_w.dumps({declared.name: plain(value)}).rstrip()
            lines += [f"# {declared.help}", f"# {assignment}" if example else assignment, ""]
    return "\n".join(lines).rstrip() + "\n"


def _example_head() -> list[str]:
    return [
        _("Samløp's settings, each at its default. Copy what you want to change into the file that"),
        _("samlop config path names, and take away its number sign; samlop init makes a first one."),
    ]
