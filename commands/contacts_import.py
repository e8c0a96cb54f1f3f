"""`samlop contacts import`: lists of professionals taken in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands import importing
from commands.base import Command
from commands.call import Call
from commands.output import Result
from model.errors import Usage
from model.language import _, ngettext

if TYPE_CHECKING:
    from model.contacts.files.reading import Sheet
    from model.contacts.intake.importing import Imported
    from model.contacts.intake.plan import ContactPlan
    from model.workplace import Workplace


@click.command(
    "import",
    cls=Command,
    help=_(
        "Take in contact lists: CSV, xlsx, xls, ods or vCard; - is standard input. People are matched on the number "
        "Samløp gave them, then the list's own id, then e-mail with a name that fits, then phone and name, then name "
        "and unit; never by guess. Each file is one batch, undone as one; the same file again gives nothing new. Exit "
        "code 3 when something is left for a person."
    ),
)
@importing.options
@click.option(
    "--list", "list_name", metavar="NAME", help=_("The contact list these people belong to; a new one is made.")
)
@click.option(
    "--complete",
    is_flag=True,
    help=_("The file has everybody at the units it names: whom it leaves out ends there. Needs --list."),
)
@click.option("--allow-shrink", is_flag=True, help=_("Also when more than a quarter of those on the list would go."))
@click.option(
    "--on-conflict",
    type=click.Choice(["report", "file", "store"]),
    default="report",
    help=_(
        "What was changed here since the last import, and differs: show both and wait, take the file's, or keep ours."
    ),
)
@click.option(
    "--blank",
    type=click.Choice(["keep", "clear"]),
    default="keep",
    help=_("Whether an empty cell clears the phone, e-mail, municipality or language form that is there."),
)
@click.option("--skip-bad", is_flag=True, help=_("Leave out rejected rows and take the others."))
@click.option(
    "--rejects", metavar="FILE", help=_("Write the rejected rows here with the reason, to be mended and imported.")
)
@click.option("--sheet", metavar="NAME", help=_("The sheet of a workbook to read, or all."))
@click.option("--mapping", metavar="FILE", help=_("Take the columns as this file says; --save-mapping makes one."))
@click.option(
    "--save-mapping", metavar="FILE", help=_("Write down which column was taken for which, for the next time.")
)
@click.pass_obj
def command(
    call: Call,
    files: tuple[str, ...],
    maps: tuple[str, ...],
    encoding: str | None,
    dry_run: bool,
    list_name: str | None,
    complete: bool,
    allow_shrink: bool,
    on_conflict: str,
    blank: str,
    skip_bad: bool,
    rejects: str | None,
    sheet: str | None,
    mapping: str | None,
    save_mapping: str | None,
) -> Result:
    from model.contacts.intake import mapping as mappings
    from model.contacts.intake.wish import OnConflict

    if rejects is not None and not skip_bad:
        raise Usage(_("--rejects needs --skip-bad: without it, a rejected row stops the import, and none is left out."))
    if "-" in (rejects, save_mapping):
        raise Usage(_("--rejects and --save-mapping take a file; standard output tells what the import did."))
    given = mappings.load(mapping) if mapping else None
    kind = Contacts(
        call.workplace,
        rejects=rejects,
        save_mapping=save_mapping,
        maps=maps,
        mapping=given,
        list_name=list_name,
        complete=complete,
        allow_shrink=allow_shrink,
        on_conflict=OnConflict(on_conflict),
        blank_clears=blank == "clear",
        skip_bad=skip_bad,
    )
    chosen = sheet or (given.sheet if given else None)
    header = given.header if given else None
    result = importing.run(call, kind, files, encoding, dry_run=dry_run, sheet=chosen, header=header)
    result.data["rejects"] = kind.written
    return result


class Contacts:
    """The import of contacts, for `importing.run`. `how`: as `intake.importing.plan_contacts` takes it."""

    def __init__(
        self, work: Workplace, *, rejects: str | None = None, save_mapping: str | None = None, **how: Any
    ) -> None:
        self.work = work
        self.rejects = rejects
        self.save_mapping = save_mapping
        self.how = how
        self.written: str | None = None
        """The file that rejected rows were written to."""

    def plan(self, sheet: Sheet) -> ContactPlan:
        from model.contacts.intake.importing import plan_contacts

        with self.work.store.read() as db:
            return plan_contacts(db, sheet, **self.how)

    def look(self, sheets: Sequence[Sheet], plans: list[ContactPlan], *, writes: bool) -> list[ContactPlan]:
        """All files together: whom one names, another does not miss. Writes the files that were asked for."""
        if len(plans) > 1 and self.how.get("complete"):
            self.how["named"] = frozenset().union(*(plan.named for plan in plans))
            plans = [self.plan(sheet) for sheet in sheets]
        if self.save_mapping:
            self._save(plans[0])
        if self.rejects and writes:
            self._reject(plans)
        return plans

    def is_blocked(self, plan: ContactPlan) -> bool:
        return plan.is_blocked

    def apply(self, plan: ContactPlan) -> Imported:
        from model.contacts.intake.importing import apply_contacts

        return apply_contacts(self.work.store, self.work.viewer, plan)

    def data(self, plan: ContactPlan, done: Imported | None, *, dry_run: bool) -> dict[str, Any]:
        from model.contacts.intake.importing import as_data

        return as_data(plan, done, dry_run=dry_run)

    def told(self, data: dict[str, Any]) -> Iterable[str]:
        """On a dry run, which column was taken for which; whatever it is, what becomes of rows that were left out."""
        if data["dry_run"]:
            yield _("Columns:")
            yield from (_column(one) for one in data["columns"])
        if self.written and data["rejected"]:
            n = data["rejected"]
            sentence = ngettext(
                "{n} row was left out, and written to {file}. Mend it there and import that file.",
                "{n} rows were left out, and written to {file}. Mend them there and import that file.",
                n,
            )
            yield sentence.format(n=n, file=self.written)

    def _save(self, plan: ContactPlan) -> None:
        from model.contacts.intake import mapping

        columns = {one.head or str(one.number): one.field for one in plan.columns if one.field}
        given = self.how.get("mapping")
        made = mapping.Mapping(columns, plan.sheet.name or None, given.header if given else None, plan.list_name)
        mapping.save(str(self.save_mapping), made)

    def _reject(self, plans: Sequence[ContactPlan]) -> None:
        """One file of all that is rejected, written before anything is taken in: where it cannot be, nothing is."""
        from model.contacts.intake import rejects
        from model.documents.files import write_file

        bad = [plan for plan in plans if plan.rejected]
        if not bad:
            return
        if len({plan.sheet.head for plan in bad}) > 1:
            raise Usage(_("--rejects: these files have different columns. Import them one by one, each with its own."))
        data = rejects.as_csv([(plan.sheet, plan.rows.rejected) for plan in bad])
        self.written = str(write_file(Path(str(self.rejects)), data))


def _column(one: dict[str, Any]) -> str:
    head = one["head"] or _("column {n}").format(n=one["column"])
    told = {
        "given": _("  {head} → {field}, as given"),
        "header": _("  {head} → {field}, by its header"),
        "cells": _("  {head} → {field}, by what is in it"),
        "not": _("  {head}: left out"),
    }
    return told[one["told"]].format(head=head, field=one["field"])
