"""The index of words over entries: the one place that knows how the engine searches.

Words go in folded (`model.text.fold`), so that `Bjørn` and `bjoern` meet. The index answers only which rows hold the
words; whoever asks puts the lens beside it in the same query.
"""

from __future__ import annotations

from collections.abc import Iterable

from model.store.connection import Connection
from model.text import fold

# For queries: entries (`e`) that hold the words `:words`, made by `query`. The newest number first is what the index
# gives without sorting.
FOUND_ENTRIES = "entry_words w JOIN entries e ON e.id = w.rowid"
ASKED = "w.entry_words MATCH :words"
NEWEST = "w.rowid DESC"


def words(text: str) -> str:
    """A text as the index holds it.

    Letters outside a to z go in as their numbers: the engine's idea of a letter is older than ours.
    """
    folded = fold(text)
    if folded.isascii():
        return folded
    return "".join(char if char.isascii() else f"x{ord(char):06x}" for char in folded)


def query(text: str) -> str:
    """What people type as a question to the index: every word must be there, each may be the beginning of a longer one.

    "" when there is nothing to ask for. Nothing typed is ever syntax.
    """
    return " AND ".join(f'"{word}"*' for word in words(text).split())


class _Known(dict[str, str]):
    """Words as the index holds them, each worked out once: texts repeat their words, and folding is what takes time."""

    def __missing__(self, word: str) -> str:
        if len(self) > 100_000:
            self.clear()
        self[word] = held = words(word)
        return held


def put(db: Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Add (row id, text) pairs that are not in the index."""
    known = _Known()
    db.executemany(
        "INSERT INTO entry_words (rowid, words) VALUES (?, ?)",
        ((row_id, " ".join(map(known.__getitem__, text.split()))) for row_id, text in rows),
    )


def take_out(db: Connection, ids: Iterable[int]) -> None:
    """Remove rows, those that are there."""
    db.executemany("DELETE FROM entry_words WHERE rowid = ?", ((row_id,) for row_id in ids))


def clear(db: Connection) -> None:
    db.execute("INSERT INTO entry_words (entry_words) VALUES ('delete-all')")


def ids(db: Connection) -> set[int]:
    """The rows the index knows."""
    return {row[0] for row in db.execute("SELECT rowid FROM entry_words")}


def vocabulary(db: Connection) -> dict[str, int]:
    """Every word in the index, and in how many rows it stands."""
    db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.entry_vocabulary USING fts5vocab(main, entry_words, row)")
    return dict(db.execute("SELECT term, doc FROM temp.entry_vocabulary"))
