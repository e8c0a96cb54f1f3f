"""Files that belong to a record: all of them and the record, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from model.documents import files

Put = Callable[[str, bytes], Path]


@contextmanager
def making(folder: Path, *, replace: bool) -> Iterator[Put]:
    """Gives what writes a file into the folder; when the block fails, the files it made are taken away again.

    Files that were replaced stay as they were written. Errors: those of `files.write_new`.
    """
    made: list[Path] = []

    def put(name: str, data: bytes) -> Path:
        there = (folder / name).exists()
        path = files.write_new(folder, name, data, replace=replace)
        if not there:
            made.append(path)
        return path

    try:
        yield put
    except BaseException:
        for path in made:
            with suppress(OSError):
                path.unlink()
        raise
