"""What taking in a list does on the thread for long work: folders, files, columns, the plan, and writing.

These call what `samlop contacts import` calls. Nothing is written before `apply`, but for a mapping that is saved.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from model import text
from model.errors import BadInput, SamlopError
from model.language import _
from tui.reader import Reader

if TYPE_CHECKING:
    from model.contacts.directory import ContactView
    from model.contacts.files.reading import Sheet
    from model.contacts.intake.decided import Outcome
    from model.contacts.intake.guessing import Column
    from model.contacts.intake.importing import Imported
    from model.contacts.intake.mapping import Mapping as Saved
    from model.contacts.intake.persons import Person
    from model.contacts.intake.plan import ContactPlan

Tell = Callable[[int, int], object]

_MOST_FILES = 2_000
_SAMPLES = 4
_SAMPLE = 40  # characters of a cell


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be taken in, and how: the options of the command."""

    path: str = ""
    list_name: str | None = None
    complete: bool = False
    blank_clears: bool = False
    skip_bad: bool = False
    allow_shrink: bool = False
    on_conflict: str = "report"
    encoding: str | None = None


class File(NamedTuple):
    """A file that may be a list, or a folder (`..` the one above)."""

    name: str
    is_folder: bool
    size: int
    changed: float
    """Seconds since 1970."""

    @property
    def changed_on(self) -> date:
        return datetime.fromtimestamp(self.changed, UTC).astimezone().date()


class Folder(NamedTuple):
    path: Path
    files: tuple[File, ...]
    """Newest first; folders after them, by name."""
    trouble: str
    """Why it could not be read, in a sentence; or nothing."""


class Several(NamedTuple):
    """A workbook in which several sheets hold rows: one has to be chosen."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Which column is which, as a person has said it. Columns are counted from 1, as in `Column.number`."""

    fields: Mapping[int, str] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()
    saved: Saved | None = None
    file: str = ""
    """Where `saved` was read."""

    def given(self, number: int, name: str | None) -> Said:
        """With one column said; None leaves it out. A field has one column."""
        fields = {n: told for n, told in self.fields.items() if n != number and told != name}
        if name is None:
            return replace(self, fields=fields, left_out=self.left_out | {number})
        return replace(self, fields={**fields, number: name}, left_out=self.left_out - {number})

    def maps(self, sheet: Sheet) -> tuple[str, ...]:
        """As `--map` pairs."""
        return tuple(f"{sheet.head[number - 1] or number}={name}" for number, name in self.fields.items())


class Shown(NamedTuple):
    """The columns as they would be read."""

    columns: tuple[Column, ...]
    samples: tuple[str, ...]
    trouble: str
    """Why the list cannot be read with them, in a sentence; or nothing."""


class Line(NamedTuple):
    """What comes of one person of the list."""

    lines: tuple[int, ...]
    result: str
    name: str
    outcome: Outcome | None
    """None of somebody new."""
    folded: str
    """What a filter looks in."""
    person: Person | None = None
    """Of somebody new, what the list says."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, and its lines; `sheet` is the whole list, also the columns that were left out."""

    plan: ContactPlan
    sheet: Sheet
    lines: tuple[Line, ...]

    def cells(self, line: int) -> list[tuple[str, str]]:
        """(header, cell) of a row's filled cells; never those of columns with national identity numbers."""
        from model import identity
        from model.contacts.intake import heads

        rows = self.sheet.rows
        place = bisect_left(rows, line, key=lambda row: row.line)
        if place == len(rows) or rows[place].line != line:
            return []
        return [
            (heads.column_name(self.sheet.head, n), identity.mask(cell))
            for n, cell in enumerate(rows[place].cells)
            if cell and not heads.is_identity(self.sheet.head[n])
        ]


def folder(_reader: Reader, path: str | None, _tell: Tell) -> Folder:
    """The lists in a folder; None: where lists usually are."""
    from model.contacts.files.sources import READABLE

    place = where(path) if path else _usual()
    files: list[File] = []
    folders: list[File] = []
    try:
        for number, entry in enumerate(place.iterdir()):
            if number >= _MOST_FILES:
                break
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                folders.append(File(entry.name, True, 0, 0.0))
            elif entry.suffix.lower() in READABLE and entry.is_file():
                told = entry.stat()
                files.append(File(entry.name, False, told.st_size, told.st_mtime))
    except (OSError, ValueError):
        return Folder(place, (), _("This folder cannot be read."))
    files.sort(key=lambda file: (-file.changed, file.name))
    folders.sort(key=lambda file: file.name.casefold())
    above = [] if place.parent == place else [File("..", True, 0, 0.0)]
    return Folder(place, (*files, *above, *folders), "")


def where(path: str) -> Path:
    """The place that a person wrote: `~` is their home."""
    try:
        return Path(path).expanduser().absolute()
    except RuntimeError:  # somebody's home whom nobody knows
        return Path(path).absolute()


def _usual() -> Path:
    home = Path.home()
    return next((place for name in ("Downloads", "Nedlastinger") if (place := home / name).is_dir()), Path.cwd())


def read(_reader: Reader, asked: Asked, sheet: str | None, header: int | None, _tell: Tell) -> Sheet | Several:
    """The list in a file. Errors: BadInput and Usage, one sentence."""
    from model.contacts.files import reading, sources, workbooks
    from model.contacts.intake import rejects

    data, file = reading.file_bytes(str(where(asked.path)))
    try:
        (found,) = sources.read_source(data, file, asked.encoding, sheet, header)
    except BadInput:
        if sheet is not None or not workbooks.is_workbook(data):
            raise
        names = tuple(grid.name for grid in workbooks.grids(data, file) if grid.rows)
        if len(names) < 2:
            raise
        return Several(names)
    return rejects.without_reason(found)


def columns(_reader: Reader, sheet: Sheet, said: Said, _tell: Tell) -> Shown:
    """What each column is taken for; where that cannot be told, as far as it can."""
    from model.contacts.intake import heads
    from model.contacts.intake.guessing import Column, Told, guess
    from model.contacts.intake.synonyms import CONTACT_HEADS

    told = _without(sheet, said.left_out)
    trouble = ""
    try:
        found = guess(told, maps=said.maps(sheet), mapping=said.saved).columns
    except SamlopError as error:
        trouble = error.sentence
        by_head = {n + 1: name for n, name in heads.fields_of(told.head).items() if name in CONTACT_HEADS}
        known = dict.fromkeys(by_head, Told.HEADER) | dict.fromkeys(said.fields, Told.GIVEN)
        fields = {**by_head, **said.fields}
        numbers = enumerate(sheet.head, 1)
        found = tuple(Column(n, head, fields.get(n), known.get(n, Told.NOT)) for n, head in numbers)
    named = tuple(replace(one, head=sheet.head[one.number - 1]) for one in found)
    return Shown(named, tuple(_samples(sheet, n) for n in range(len(sheet.head))), trouble)


def load_mapping(_reader: Reader, path: str, _tell: Tell) -> Said:
    from model.contacts.intake import mapping

    return Said(saved=mapping.load(str(where(path))), file=path)


def save_mapping(
    _reader: Reader, path: str, sheet: Sheet, shown: Shown, said: Said, list_name: str | None, _tell: Tell
) -> str:
    """Write down what the columns are taken for; gives where. Errors: BadInput, StoreTrouble."""
    from model.contacts.intake import mapping

    place = str(where(path))
    told = {one.head or str(one.number): one.field for one in shown.columns if one.field}
    header = said.saved.header if said.saved else None
    mapping.save(place, mapping.Mapping(told, sheet.name or None, header, list_name))
    return place


def plan(reader: Reader, sheet: Sheet, said: Said, asked: Asked, _tell: Tell) -> Planned:
    """What the list would do. Errors: those of `plan_contacts`."""
    from model.contacts.intake.importing import plan_contacts
    from model.contacts.intake.wish import OnConflict

    with reader.store.read() as db:
        made = plan_contacts(
            db,
            _without(sheet, said.left_out),
            maps=said.maps(sheet),
            mapping=said.saved,
            list_name=asked.list_name,
            on_conflict=OnConflict(asked.on_conflict),
            blank_clears=asked.blank_clears,
            skip_bad=asked.skip_bad,
            complete=asked.complete,
            allow_shrink=asked.allow_shrink,
        )
    return Planned(made, sheet, _lines(made))


def apply(reader: Reader, planned: Planned, rejected: str, tell: Tell) -> tuple[Planned, Imported, str]:
    """Take the list in, one batch. `rejected`: the file for the rows that are left out, written before anything else;
    gives its path. Errors: those of `apply_contacts` and of writing the file; `Interrupted`."""
    from model.contacts.intake import rejects
    from model.contacts.intake.importing import apply_contacts
    from model.documents.files import write_file

    made = planned.plan
    tell(0, made.created + made.updated + made.ended)
    written = ""
    if rejected:
        data = rejects.as_csv([(planned.sheet, made.rows.rejected)])
        written = str(write_file(where(rejected), data))
    try:
        done = apply_contacts(reader.store, reader.viewer, made)
    except BaseException:
        if written:
            Path(written).unlink(missing_ok=True)  # nothing was taken in, so nothing was left out
        raise
    return replace(planned, plan=done.plan, lines=_lines(done.plan)), done, written


def stands(reader: Reader, batch: int) -> bool:
    """Whether what was taken in has not been taken back."""
    from model.store.undo import is_undone

    with reader.store.read() as db:
        return not is_undone(db, batch)


def lists(reader: Reader) -> list[tuple[str, str]]:
    """(name, what it is called) of the lists there are, and of those that every county has."""
    from model.contacts.lists import STANDARD, there

    with reader.store.read() as db:
        found = {one.name: one.title for one in there(db)}
    return list({**found, **{one.name: _(one.title) for one in STANDARD if one.name not in found}}.items())


def candidates(reader: Reader, numbers: Sequence[int]) -> list[ContactView]:
    from model.contacts import directory

    with reader.store.read() as db:
        return [directory.show(db, number) for number in numbers]


def _without(sheet: Sheet, left_out: frozenset[int]) -> Sheet:
    """The sheet with nothing in the columns that are left out; they keep their places."""
    from model.contacts.files.reading import Row

    if not left_out:
        return sheet
    keep = [n + 1 not in left_out for n in range(len(sheet.head))]
    rows = [
        Row(row.line, tuple(cell if kept else "" for cell, kept in zip(row.cells, keep, strict=True)))
        for row in sheet.rows
    ]
    head = tuple(name if kept else "" for name, kept in zip(sheet.head, keep, strict=True))
    return replace(sheet, head=head, rows=rows)


def _samples(sheet: Sheet, column: int) -> str:
    from model import identity
    from model.contacts.intake import heads

    if heads.is_identity(sheet.head[column]):
        return _("(never read)")
    found: dict[str, None] = {}
    for row in sheet.rows[:200]:
        if cell := row.cells[column]:
            found[identity.mask(cell[:_SAMPLE])] = None
        if len(found) == _SAMPLES:
            break
    return " · ".join(found)


def _lines(plan: ContactPlan) -> tuple[Line, ...]:
    """Everybody of whom something comes, in the order of the file; those who are as they were are only counted."""
    from model.contacts.intake.decided import Result

    outcomes = plan.outcomes()
    names = _names(plan, {line for one in outcomes for line in one.lines})
    found = []
    for one in outcomes:
        name = one.name or next((names[line] for line in one.lines if names.get(line)), "")
        found.append(Line(one.lines, one.outcome.value, name, one, text.fold(name)))
    found += [Line(one.lines, Result.CREATED.value, one.name, None, one.folded, one) for one in plan.decided.new]
    return tuple(sorted(found, key=lambda line: (not line.lines, line.lines)))


def _names(plan: ContactPlan, lines: set[int]) -> dict[int, str]:
    """Whom the rows on these lines are about, as far as they say."""
    from model.contacts.intake.heads import NAMES
    from model.contacts.names import full_name

    if not lines:
        return {}
    found = {row.line: row.name for row in plan.rows.rows if row.line in lines}
    at = {one.field: one.number - 1 for one in plan.columns if one.field}
    places = [at.get(name) for name in NAMES]
    for row in plan.sheet.rows:
        if row.line in lines and row.line not in found:
            found[row.line] = full_name(*("" if n is None else row.cells[n] for n in places))
    return found
