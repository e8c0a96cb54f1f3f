"""On which line of a TOML text each table and key stands. tomllib reads the values and forgets where they were.

The text is one that tomllib has taken, so this need only find its way: past strings (of one line or many), comments and
brackets. A key inside an inline table is told by the line of its table.
"""

from __future__ import annotations

import re
from collections import Counter

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_PART = re.compile(r"""[ \t]*(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|([A-Za-z0-9_-]+))[ \t]*(\.?)""")
# What a value is made of, as far as its end is concerned; a long text may itself end in quotes.
_TOKEN = re.compile(
    r'"{3}(?:[^\\]|\\.)*?"{3,5}|\'{3}.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}\n]', re.DOTALL
)


class Lines:
    """Lines, counted from 1, of what a TOML text holds."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at: dict[Path, int] = {}
        self._rows: Counter[Path] = Counter()
        self._read()

    def of(self, *path: str | int) -> int:
        """The line of the key, of the row (counted from 0), or of the nearest that stands around it."""
        for length in range(len(path), 0, -1):
            if (at := self._at.get(path[:length])) is not None:
                return self._text.count("\n", 0, at) + 1
        return 1

    def _read(self) -> None:
        text, place = self._text, 0
        path: Path = ()
        while True:
            place = _end(_BLANK, text, place)
            if place >= len(text):
                return
            if text[place] == "[":
                many = text.startswith("[[", place)
                parts, end = self._key(place + 1 + many)
                path = self._table(parts, place, many=many)
                place = text.index("]", end) + 1 + many
            else:
                parts, end = self._key(place)
                key = (*path, *parts)
                for length in range(len(path) + 1, len(key) + 1):
                    self._at.setdefault(key[:length], place)
                place = self._value(key, text.index("=", end) + 1)

    def _key(self, place: int) -> tuple[tuple[str, ...], int]:
        parts: list[str] = []
        while found := _PART.match(self._text, place):
            parts.append(next(part for part in found.groups()[:3] if part is not None))
            place = found.end()
            if not found[4]:
                break
        return tuple(parts), place

    def _table(self, parts: tuple[str, ...], place: int, *, many: bool) -> Path:
        """Where the keys under a header belong."""
        path: Path = ()
        for depth, part in enumerate(parts):
            path = (*path, part)
            self._at.setdefault(path, place)
            if many and depth == len(parts) - 1:
                self._rows[path] += 1
            if path in self._rows:
                path = (*path, self._rows[path] - 1)
                self._at.setdefault(path, place)
        return path

    def _value(self, key: Path, place: int) -> int:
        """Past a value; the tables in a list of them are noted."""
        open_: list[str] = []
        row = 0
        while found := _TOKEN.search(self._text, place):
            token, place = found[0], found.end()
            if token in "[{":
                if token == "{" and open_ == ["["]:
                    self._at[(*key, row)] = found.start()
                    row += 1
                open_.append(token)
            elif token in "]}":
                open_.pop()
            elif token == "\n" and not open_:
                return place
        return len(self._text)


def _end(pattern: re.Pattern[str], text: str, place: int) -> int:
    found = pattern.match(text, place)
    return found.end() if found else place
