"""Files that Samløp makes: inside the folder that was chosen, under names of its own making, whole or not at all.

A file's bytes are written beside it under a passing name, forced to the disk, and only then given the file's name. A
name is never taken from stored text as it stands: `safe_name` makes it of numbers and ASCII letters.

Source: safety rule 4.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from model.errors import BadInput, SamlopError, StoreTrouble
from model.language import _
from model.text import fold

_SAFE = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)*")
_NOT_ASCII = re.compile(r"[^a-z0-9]+")
_LONGEST = 100  # characters of a name; some shares take no more than 143 bytes
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)


def safe_name(*parts: str | int, suffix: str = "") -> str:
    """A file name of the parts: `safe_name("minutes", 12, "Årsmøte", suffix=".pdf")` is `minutes-12-arsmote.pdf`.

    Small letters a to z, digits and hyphens only, so that no part can lead out of a folder; parts that leave nothing
    are left out, and a name of nothing is `document`.
    """
    slugs = (_NOT_ASCII.sub("-", fold(str(part))).strip("-") for part in parts)
    stem = "-".join(slug for slug in slugs if slug) or "document"
    return stem[: _LONGEST - len(suffix)].rstrip("-") + suffix


def write_new(folder: Path, name: str, data: bytes, *, replace: bool = False) -> Path:
    """Write a file of this name in the folder, and nothing where that cannot be done in full. Gives its path.

    `name` is one that `safe_name` makes (else ValueError: a name is never somebody's text). The folder is made where
    only it is missing. Only with `replace` does a file of that name make way, in one step.

    Errors: BadInput or StoreTrouble with one sentence that names the file: it exists, there is no such folder, it may
    not be written in, the disk is full.
    """
    if not _SAFE.fullmatch(name) or len(name) > _LONGEST:
        raise ValueError("name")
    if not folder.exists():
        make_folder(folder)
    return _write(folder, name, data, replace)


def write_file(path: Path, data: bytes, *, replace: bool = False) -> Path:
    """`write_new` for a path that a person named (`-o FILE`)."""
    if path.name in ("", ".."):
        raise BadInput(_("{path} is a folder. Name a file in it.").format(path=path))
    return _write(path.parent, path.name, data, replace)


def make_folder(path: Path) -> Path:
    """A folder to write in: made, unless it is there; what it stands in must be there. Errors: as `write_new`."""
    with _told(path):
        path.mkdir(exist_ok=True)
    return path


def _write(folder: Path, name: str, data: bytes, replace: bool) -> Path:
    path = folder / name
    passing = f".{os.getpid()}-{os.urandom(4).hex()}.part"
    with _told(path), _opened(folder) as place:
        _check(place, name, replace)
        try:
            _fill(os.open(passing, _NEW, 0o600, dir_fd=place), data)
            if replace:
                os.replace(passing, name, src_dir_fd=place, dst_dir_fd=place)
            else:
                _name(passing, name, place)
        except BaseException:
            with suppress(OSError):
                os.unlink(passing, dir_fd=place)
            raise
    return path


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    """The folder itself, so that nobody can put another in its place meanwhile."""
    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield place
    finally:
        os.close(place)


def _check(place: int, name: str, replace: bool) -> None:
    """Before anything is written: only a plain file makes way, and only when asked to."""
    try:
        there = os.stat(name, dir_fd=place, follow_symlinks=False)
    except FileNotFoundError:
        return
    if stat.S_ISDIR(there.st_mode):
        raise IsADirectoryError
    if not replace or not stat.S_ISREG(there.st_mode):
        raise FileExistsError


def _fill(file: int, data: bytes) -> None:
    with os.fdopen(file, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _name(passing: str, name: str, place: int) -> None:
    """Give the file its name, unless there is one of that name by now."""
    try:
        os.link(passing, name, src_dir_fd=place, dst_dir_fd=place, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # A memory stick or a share without links: hold the name with an empty file, and take its place.
        os.close(os.open(name, _NEW, 0o600, dir_fd=place))
        os.replace(passing, name, src_dir_fd=place, dst_dir_fd=place)
    else:
        os.unlink(passing, dir_fd=place)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the system says, as one sentence."""
    try:
        yield
    except OSError as error:
        raise _sentence(error, path) from None
    except ValueError:  # a NUL in a path
        raise BadInput(_("That is not a name a file can have. Choose another.")) from None


def _sentence(error: OSError, path: Path) -> SamlopError:
    if isinstance(error, FileExistsError):
        sentence = _("{path} exists already, and was left as it is. Choose another name, or say --replace.")
        return BadInput(sentence.format(path=path))
    if isinstance(error, IsADirectoryError):
        return BadInput(_("{path} is a folder. Name a file in it.").format(path=path))
    if isinstance(error, FileNotFoundError):
        return BadInput(_("{folder}: there is no such folder. Make it, or choose another.").format(folder=path.parent))
    if isinstance(error, NotADirectoryError):
        return BadInput(_("{folder} is not a folder. Choose another.").format(folder=path.parent))
    if error.errno == errno.ENAMETOOLONG:
        return BadInput(_("That name is too long for a file. Choose a shorter one."))
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        sentence = _("{folder} may not be written in by you. Choose another folder, or ask its owner for access.")
    elif error.errno in (errno.ENOSPC, errno.EDQUOT):
        sentence = _("{path} was not written: the disk is full. Make room, or choose another disk.")
    else:
        sentence = _(
            "{path} was not written: the disk or the share it is on does not answer as it should. Try another."
        )
    return StoreTrouble(sentence.format(path=path, folder=path.parent))
