"""A contact list into the directory: plan it, show the plan, apply it through the write door.

    (sheet,) = read_sheets([path])
    with store.read() as db:
        plan = plan_contacts(db, sheet, maps=("Namn=name",), list_name="counsellors")
    imported = apply_contacts(store, viewer, plan)
    as_data(plan, imported, dry_run=False)

All or nothing: while a row is rejected, nothing is applied, unless bad rows are to be skipped. The plan is made outside
the lock; what somebody changes between plan and applying is a conflict, and is not overwritten. Every file that is
applied leaves a reading, also where it changed nothing: who was seen, and on which line. One that changes nothing is no
batch: a list read every night does not bury what people did under nights with nothing new.
Source: R06, R13, R16, R25, safety rules 3 and 9.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from model import clock, identity
from model.contacts import lists
from model.contacts.files.reading import Sheet, say_lines, unswept
from model.contacts.intake import applying, known, rejects, replying, serving
from model.contacts.intake.decided import Decided
from model.contacts.intake.deciding import decide
from model.contacts.intake.guessing import Columns, guess
from model.contacts.intake.plan import ContactPlan
from model.contacts.intake.reconciling import reconcile
from model.contacts.intake.rows import ContactRows, read_rows
from model.contacts.intake.wish import CLEARABLE, OnConflict, Wish
from model.errors import BadInput, Usage
from model.language import _, ngettext
from model.store.connection import Connection
from model.store.door import By, Receipt
from model.store.store import Store
from model.terms import Role
from model.text import clean

if TYPE_CHECKING:
    from model.contacts.intake.mapping import Mapping
    from model.contacts.intake.replying import Reply

_MOST = 20  # warnings of one kind
_LONGEST_NAME = 60  # of a list, as where lists are made
_FEWEST = 20  # people in scope; below these a quarter is soon gone
_ROLES = frozenset(role.value for role in Role)


@dataclass(frozen=True, slots=True)
class Imported:
    """What applying a plan did. `plan` says it in full: as it was shown, less what somebody changed in between."""

    plan: ContactPlan
    receipt: Receipt

    @property
    def batch(self) -> int | None:
        return self.receipt.batch


def plan_contacts(
    db: Connection,
    sheet: Sheet,
    *,
    maps: Sequence[str] = (),
    mapping: Mapping | None = None,
    list_name: str | None = None,
    on_conflict: OnConflict = OnConflict.REPORT,
    blank_clears: bool = False,
    skip_bad: bool = False,
    complete: bool = False,
    allow_shrink: bool = False,
    named: Set[int] = frozenset(),
) -> ContactPlan:
    """What a list would do. `maps`: `Namn=name` pairs; `mapping`: a saved one; `list_name`: the list its people belong
    to, by any name it goes by; `named`: contacts whom other files of the same import name.

    Errors: BadInput or Usage, when the columns cannot be told, or `complete` has no list; those of `replying.read`.
    """
    today = clock.today()
    sheet = rejects.without_reason(sheet)
    columns = guess(sheet, maps=maps, mapping=mapping)
    heads = columns.heads
    sheet = replying.without_empty(sheet, heads.columns)
    with unswept():
        rows = read_rows(sheet, heads)
        if "serves" in heads.columns:
            serving.read(sheet, heads.columns["serves"], rows)
        reply = replying.read(db, sheet, heads.columns, rows, today)
        name = _list_name(db, list_name or (mapping.list_name if mapping else None), reply)
        if complete and name is None:
            raise Usage(_("--complete needs --list: whose list is it that the file has all of?"))
        blind = [one.line for one in rows.rejected if one.field == "name"]
        wish = Wish(
            on_conflict=on_conflict,
            clears=_clears(columns) if blank_clears else frozenset(),
            unclear=frozenset((*rows.unknown_municipalities, *rows.unknown_forms)),
            complete=complete and not blind,
            reply=reply,
            spared=rejects.names(sheet, heads.columns, rows.rejected),
            named=frozenset(named),
            no_roles="role" not in heads.columns,
        )
        there = known.load(db, name)
        decided = decide(rows, there, name, today, wish)
    new_list = [_("New list: {name}.").format(name=name)] if name and there.list_ is None else []
    warnings = [
        *new_list,
        *sheet.notes,
        *rows.notes,
        *columns.warnings,
        *_of_columns(sheet, columns),
        *_of_rows(rows),
        *_of_decisions(decided),
        *_of_roles(decided),
    ]
    if complete and blind:
        sentence = _("Nobody was taken off the list, because some rows do not say whom they are about: lines {lines}.")
        warnings.append(sentence.format(lines=say_lines(blind)))
    return ContactPlan(
        sheet=sheet,
        list_name=name,
        today=today,
        rows=rows,
        decided=decided,
        warnings=tuple(warnings),
        columns=columns.columns,
        wish=wish,
        skip_bad=skip_bad,
        refusal="" if allow_shrink else _refusal(decided),
    )


def apply_contacts(store: Store, viewer: By, plan: ContactPlan) -> Imported:
    """Do what a plan says, in one batch. Errors: BadInput while a row is rejected or too many would go; the store's."""
    if plan.rejected and not plan.skip_bad:
        sentence = ngettext(
            "{n} row was rejected, so nothing was imported. Correct it and import the list again.",
            "{n} rows were rejected, so nothing was imported. Correct them and import the list again.",
            plan.rejected,
        )
        raise BadInput(sentence.format(n=plan.rejected))
    if plan.refusal:
        raise BadInput(plan.refusal)
    file, reply = PurePath(plan.file).name, plan.wish.reply
    details = {"file": file, "list": plan.list_name, **({"round": reply.round_id} if reply else {})}
    roles = dict.fromkeys(code for row in plan.rows.rows for code in row.roles if code in _ROLES)
    read = applying.Read(file, plan.list_name, tuple(roles), plan.today, reply)
    with unswept(), store.write(by=viewer, why="contacts.import", details=details) as w:
        decided = plan.decided
        if known.newest(w.db, before=w.batch) != decided.batch:
            now = known.load(w.db, plan.list_name, before=w.batch)
            decided = reconcile(decided, decide(plan.rows, now, plan.list_name, plan.today, plan.wish))
        unwritten = applying.write(w, decided, read)
    if unwritten is not None:
        applying.note(store, unwritten)
    return Imported(replace(plan, decided=decided), w.receipt)


def as_data(plan: ContactPlan, imported: Imported | None, *, dry_run: bool) -> dict[str, Any]:
    """An import's `data`: counts, one outcome a row but for created and unchanged ones, the columns, the batch.

    With neither a dry run nor anything imported, the plan was refused: then nothing was created, updated or ended.
    """
    shown = imported.plan if imported else plan
    refused = imported is None and not dry_run
    return {
        "created": 0 if refused else shown.created,
        "updated": 0 if refused else shown.updated,
        "unchanged": shown.unchanged,
        "ended": 0 if refused else shown.ended,
        "conflicts": shown.conflicts,
        "ambiguous": shown.ambiguous,
        "rejected": shown.rejected,
        "missing": shown.missing,
        "rows": [
            {
                "line": outcome.line,
                "lines": list(outcome.lines),
                "outcome": outcome.outcome.value,
                "field": outcome.field,
                "reason": outcome.reason,
                "contact": outcome.contact_id,
                "name": outcome.name or None,
                "candidates": list(outcome.candidates),
                "changes": [{"field": name, "old": old, "new": new} for name, old, new in outcome.changes],
            }
            for outcome in shown.outcomes()
        ],
        "columns": [
            {"column": one.number, "head": one.head or None, "field": one.field, "told": one.told.value}
            for one in shown.columns
        ],
        "units": [{"name": unit.name, "kind": unit.kind.value} for unit in shown.new_units],
        "list": shown.list_name,
        "round": shown.wish.reply.round_id if shown.wish.reply else None,
        "refused": shown.refusal or None,
        "batch": imported.batch if imported else None,
        "dry_run": dry_run,
    }


def _list_name(db: Connection, written: str | None, reply: Reply | None) -> str | None:
    told = clean(written) if written else ""
    if identity.has_number(told):
        sentence = _("{field}: this holds a national identity number, which Samløp does not keep. Take it out.")
        raise BadInput(sentence.format(field="--list"))
    if len(told) > _LONGEST_NAME:
        problem = _("At most {n} characters.").format(n=_LONGEST_NAME)
        raise BadInput(_("{field}: {problem}").format(field="--list", problem=problem))
    name = lists.name_for(db, told) if told else None
    if reply is None:
        return name
    asked = next(one.name for one in lists.there(db) if one.id == reply.list_id)
    if name is not None and name != asked:
        sentence = _("The file answers a round of {asked}, and --list says {name}. Leave --list out.")
        raise Usage(sentence.format(asked=asked, name=name))
    return asked


def _clears(columns: Columns) -> frozenset[str]:
    """The fields whose column is there."""
    there = {"municipality": "municipality_no", "mobile": "phone"}
    return frozenset(there.get(field, field) for field in columns.heads.columns) & frozenset(CLEARABLE)


def _refusal(decided: Decided) -> str:
    """A sentence where so many would go that the file is probably not the whole list."""
    going = sum(not end.lines for end in decided.ended)
    if decided.in_scope < _FEWEST or going * 4 <= decided.in_scope:
        return ""
    sentence = _(
        "{n} of {all} on the list at these units are not in the file, and would be taken off the list: more than a "
        "quarter, so nothing was changed. If that is right, import it with --allow-shrink."
    )
    return sentence.format(n=going, all=decided.in_scope)


def _of_columns(sheet: Sheet, columns: Columns) -> Iterable[str]:
    heads = columns.heads
    if heads.identity:
        sentence = _("Columns with national identity numbers were not read: {columns}.")
        yield sentence.format(columns=", ".join(heads.identity))
    if heads.unknown:
        sentence = _('Columns nobody knows were left out: {columns}. Name them with --map "Column=field".')
        yield sentence.format(columns=", ".join(heads.unknown))
    if sheet.cleaned:
        sentence = _("Hidden or control characters were taken out of lines {lines}.")
        yield sentence.format(lines=say_lines(sheet.cleaned))


def _of_rows(rows: ContactRows) -> Iterable[str]:
    sentence = _("Unknown role kept as text: {role}.")
    yield from _some([sentence.format(role=role) for role in rows.unknown_roles])
    for lines, told in (
        (rows.unknown_municipalities, _("Unknown municipality, left blank: lines {lines}.")),
        (rows.unknown_services, _("Unknown service: lines {lines}.")),
        (rows.unknown_forms, _("Unknown language form, left blank: lines {lines}.")),
        (rows.unknown_served, _("Serves: a municipality nobody knows was left out: lines {lines}.")),
        (rows.several, _("More phone numbers or addresses than there is room for: the first is kept, the others went "
                         "to the note. Lines {lines}.")),
    ):  # fmt: skip
        if lines:
            yield told.format(lines=say_lines(lines))


def _of_roles(decided: Decided) -> Iterable[str]:
    n = decided.in_list_role
    if n:
        sentence = ngettext(
            "The file has no roles: {n} new person got that of the list.",
            "The file has no roles: {n} new people got that of the list.",
            n,
        )
        yield sentence.format(n=n)


def _of_decisions(decided: Decided) -> Iterable[str]:
    told, guessed = (
        _("New unit: {name} ({kind})."),
        _("New unit: {name}. Nothing tells its kind: a column “Service” would."),
    )
    units = sorted(decided.units.values(), key=lambda unit: (unit.told, unit.folded))
    yield from _some([(told if u.told else guessed).format(name=u.name, kind=u.kind.label) for u in units])
    if decided.nobody_serves:
        sentence = _("Serves: only a NAV office with its name in the row, or an OT contact for whole municipalities, "
                     "can be told to serve. Left out: lines {lines}.")  # fmt: skip
        yield sentence.format(lines=say_lines(decided.nobody_serves))
    if decided.gone:
        sentence = _("The directory says that these have left, and that was kept: lines {lines}.")
        yield sentence.format(lines=say_lines(decided.gone))


def _some(warnings: list[str]) -> list[str]:
    """The first of many warnings of a kind, and how many more there are."""
    more = len(warnings) - _MOST
    return [*warnings[:_MOST], _("… and {n} more of these.").format(n=more)] if more > 0 else warnings
