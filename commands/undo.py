"""`samlop undo [BATCH]`."""

from __future__ import annotations

import click

from commands.base import command as noun
from commands.call import Call
from commands.output import Result
from commands.receipts import counted, thing
from commands.types import ID
from model.errors import NotFound
from model.language import _, ngettext


@noun(
    "undo",
    help=_(
        "Undo the batch with the number BATCH; without a number, the newest of your own. What was changed since is "
        "kept, and named: exit code 3. Consents are never undone: a new answer corrects them."
    ),
)
@click.argument("batch", type=ID, required=False, metavar=_("[BATCH]"))
@click.pass_obj
def command(call: Call, batch: int | None) -> Result:
    from model.store.undo import next_undo, undo
    from model.terms import Right

    work = call.workplace
    if batch is None:
        with work.store.read() as db:
            batch = next_undo(db, work.viewer)
        if batch is None:
            raise NotFound(_("There is nothing of yours to undo. See: samlop history"))
    done = undo(work.store, work.viewer, batch, administers=work.viewer.can(Right.ADMINISTER))
    kept = [{"table": k.table, "id": k.row_id, "reason": k.reason} for k in done.kept]
    data = {
        "batch": done.receipt.batch,
        "undid": done.undid,
        **{name: sum(getattr(done.receipt, name).values()) for name in ("created", "updated", "deleted")},
        "kept": kept,
    }
    told = _("Batch {n} is undone.").format(n=batch)
    if done.receipt.batch is not None:
        told += " " + _("To take that back: samlop undo {n}").format(n=done.receipt.batch)
    if not kept:
        return Result(data, [told, *counted(done.receipt)])
    lines = [
        f"  {thing(table)} {n}: {_(reason)}"
        for (table, n, reason) in sorted((k.table, k.row_id, k.reason) for k in done.kept)
    ]
    left = ngettext("{n} thing was kept as it is:", "{n} things were kept as they are:", len(kept)).format(n=len(kept))
    whole = told if done.receipt.batch is not None else _("Nothing of batch {n} could be undone.").format(n=batch)
    return Result(data, [whole, *counted(done.receipt), left, *lines[:MAX_TOLD], *_more(len(lines))], exit_code=3)


MAX_TOLD = 20


def _more(n: int) -> list[str]:
    rest = n - MAX_TOLD
    if rest <= 0:
        return []
    return [
        ngettext("  … and {n} more; --json has them all.", "  … and {n} more; --json has them all.", rest).format(
            n=rest
        )
    ]
