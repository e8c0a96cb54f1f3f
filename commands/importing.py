"""What the imports of contacts and of youths have in common: read, plan, show, apply, and one receipt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

from commands.call import Call
from commands.output import Result, Table
from model.language import _, ngettext

if TYPE_CHECKING:
    from model.contacts.files.reading import Sheet

COUNTS = ("created", "updated", "unchanged", "ended", "conflicts", "ambiguous", "rejected", "missing", "reopen")
MAX_TOLD = 50
"""Rows shown to people; `--json` has them all."""

FAILED = 1
LEFT_FOR_A_PERSON = 3

F = TypeVar("F", bound=Callable[..., Any])


class Plan(Protocol):
    """What a list would do."""

    @property
    def warnings(self) -> tuple[str, ...]: ...
    @property
    def left_for_a_person(self) -> bool: ...


class Import(Protocol):
    """How one kind of list is taken in."""

    def plan(self, sheet: Sheet) -> Plan: ...
    def look(self, sheets: Sequence[Sheet], plans: list[Any], *, writes: bool) -> list[Any]:
        """All plans together, before anything is applied; `writes`: it is about to be."""
        ...

    def is_blocked(self, plan: Any) -> bool: ...
    def apply(self, plan: Any) -> Any: ...
    def data(self, plan: Any, done: Any, *, dry_run: bool) -> dict[str, Any]: ...
    def told(self, data: dict[str, Any]) -> Iterable[str]: ...


def options(command: F) -> F:
    """The files and options of every import."""
    for decorate in (
        click.option("--dry-run", is_flag=True, help=_("Show what the list would do, and change nothing.")),
        click.option("--encoding", metavar="NAME", help=_("The file's encoding, where it is not recognised.")),
        click.option(
            "--map",
            "maps",
            multiple=True,
            metavar='"HEADER=FIELD"',
            help=_("Take the column HEADER for FIELD, as docs/reference/records.md names it. May be repeated."),
        ),
        click.argument("files", nargs=-1, required=True, metavar=_("FILE...")),
    ):
        command = decorate(command)
    return command


def run(
    call: Call,
    kind: Import,
    files: Sequence[str],
    encoding: str | None,
    *,
    dry_run: bool,
    sheet: str | None = None,
    header: int | None = None,
) -> Result:
    """Plan every file before anything is written; then each is one batch. What stops one of them stops them all.

    `sheet`: of workbooks, or "all"; `header`: its line, where it is not found by itself.
    """
    from model.contacts.files.sources import read_sheets

    with call.busy(_("Reading the list …")):
        sheets = read_sheets(files, encoding=encoding, sheet=sheet, header=header)
        plans = [kind.plan(one) for one in sheets]
    blocked = not dry_run and any(kind.is_blocked(plan) for plan in plans)
    plans = kind.look(sheets, plans, writes=not dry_run and not blocked)
    blocked = not dry_run and any(kind.is_blocked(plan) for plan in plans)
    parts = []
    for place, (one, plan) in enumerate(zip(sheets, plans, strict=True)):
        done = None
        if not dry_run and not blocked:
            with call.busy(_("Writing …")):
                fresh = plan if place == 0 else kind.plan(one)  # the files before it may have changed what is there
                done = kind.apply(fresh)
                plans[place] = plan = fresh
        named = {"file": one.file, **({"sheet": one.name} if one.name else {})}
        parts.append({**named, **kind.data(plan, done, dry_run=dry_run)})
    data = _together(parts)
    text = [line for part in parts for line in _told(part, kind, several=len(parts) > 1, blocked=blocked)]
    warnings = [warning for plan in plans for warning in plan.warnings]
    left = any(plan.left_for_a_person for plan in plans) or bool(data["rejected"])
    return Result(data, text, warnings=warnings, exit_code=FAILED if blocked else LEFT_FOR_A_PERSON if left else 0)


def lines(result: Result) -> list[str]:
    """What `run` says to people."""
    return [] if isinstance(result.text, Table) else [line for line in result.text if isinstance(line, str)]


def _together(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """One file's data as it is; of several, the counts added and the rows with their file."""
    if len(parts) == 1:
        return parts[0]
    whole = {name: sum(part[name] for part in parts) for name in COUNTS if name in parts[0]}
    rows = [{**{n: part[n] for n in ("file", "sheet") if n in part}, **row} for part in parts for row in part["rows"]]
    batches = [part["batch"] for part in parts if part["batch"] is not None]
    batch = batches[-1] if batches else None
    return {**whole, "rows": rows, "batch": batch, "dry_run": parts[0]["dry_run"], "files": parts}


def _told(part: dict[str, Any], kind: Import, *, several: bool, blocked: bool) -> Iterable[str]:
    if several:
        yield " · ".join(filter(None, [part["file"], part.get("sheet")])) + ":"
    yield _counts(part)
    yield from kind.told(part)
    rows = part["rows"]
    for row in rows[:MAX_TOLD]:
        yield _row(row)
    if len(rows) > MAX_TOLD:
        n = len(rows) - MAX_TOLD
        yield ngettext("  … and {n} more row; --json has it.", "  … and {n} more rows; --json has them.", n).format(n=n)
    if part.get("refused"):
        yield part["refused"]
    if blocked and part["rejected"]:
        yield _("Nothing was changed, because of the rejected rows. Correct them, or take them out.")
    elif blocked and not part.get("refused"):
        yield _("Nothing was changed, because of another file.")
    elif part["dry_run"]:
        yield _("This was a dry run: nothing was changed.")
    elif not any(part.get(name) for name in ("created", "updated", "ended")):
        yield _("There was nothing to change.")
    if part["batch"] is not None:
        yield _("Batch {n}. To undo it: samlop undo {n}").format(n=part["batch"])


def _counts(part: dict[str, Any]) -> str:
    said = {
        "created": _("{n} new"),
        "updated": _("{n} updated"),
        "unchanged": _("{n} unchanged"),
        "ended": _("{n} ended"),
        "conflicts": _("{n} in conflict"),
        "ambiguous": _("{n} ambiguous"),
        "rejected": _("{n} rejected"),
        "missing": _("{n} missing from the list"),
        "reopen": _("{n} closed, to open again"),
    }
    always = ("created", "updated", "unchanged")
    counted = [said[name].format(n=part[name]) for name in said if part.get(name) or name in always]
    return ", ".join(counted) + "."


def _row(row: dict[str, Any]) -> str:
    """One row of the file, and what becomes of it."""
    outcomes = {
        "updated": _("updated"),
        "conflict": _("in conflict"),
        "ambiguous": _("ambiguous"),
        "rejected": _("rejected"),
        "refused": _("refused"),
        "reopen": _("closed"),
        "left": _("has left"),
        "missing": _("missing"),
    }
    changes = [f"{c['field']}: {c['old'] or '–'} → {c['new'] or '–'}" for c in row["changes"]]
    said = " ".join(filter(None, [row["reason"], "; ".join(changes)]))
    line = row.get("name") or _("line {n}").format(n=row["line"])
    if row.get("name") and row["line"] is not None:
        line = _("line {n}, {name}").format(n=row["line"], name=row["name"])
    return f"  {line}: {outcomes[row['outcome']]}. {said}".rstrip()
