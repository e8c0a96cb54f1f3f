"""`samlop youths`: the admission system's list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from commands import importing
from commands.base import Group
from commands.call import Call
from commands.output import Result
from model.language import _, ngettext

if TYPE_CHECKING:
    from model.cases.importing import YouthsReceipt
    from model.cases.youth_plan import YouthPlan
    from model.contacts.files.reading import Sheet
    from model.workplace import Workplace

command = Group("youths", help=_("Youths without a place in upper secondary education."))


@command.command(
    "import",
    help=_(
        "Take in the admission system's lists of those who have not applied, not accepted or broken off. Open cases "
        "are updated and never doubled; new ones start as unknown (OTUK). Each file is one batch, undone as one. Exit "
        "code 3 when something is left for a person."
    ),
)
@importing.options
@click.pass_obj
def import_(call: Call, files: tuple[str, ...], maps: tuple[str, ...], encoding: str | None, dry_run: bool) -> Result:
    return importing.run(call, _Youths(call.workplace, maps), files, encoding, dry_run=dry_run)


class _Youths:
    """The import of youths, for `importing.run`."""

    def __init__(self, work: Workplace, maps: Sequence[str]) -> None:
        self.work = work
        self.maps = maps

    def plan(self, sheet: Sheet) -> YouthPlan:
        from model.cases.importing import plan_youths

        with self.work.store.read() as db:
            return plan_youths(db, self.work.viewer, sheet, self.maps)

    def look(self, sheets: Sequence[Sheet], plans: list[YouthPlan], *, writes: bool) -> list[YouthPlan]:
        return plans

    def is_blocked(self, plan: YouthPlan) -> bool:
        return plan.is_blocked

    def apply(self, plan: YouthPlan) -> YouthsReceipt:
        from model.cases.importing import apply_youths

        return apply_youths(self.work.store, self.work.viewer, plan)

    def data(self, plan: YouthPlan, done: YouthsReceipt | None, *, dry_run: bool) -> dict[str, Any]:
        refused = done is None and not dry_run
        written = {"created": 0, "updated": 0} if refused else {"created": plan.created, "updated": plan.updated}
        names = ("unchanged", "conflicts", "ambiguous", "rejected", "reopen")
        return {
            **written,
            **{name: getattr(plan, name) for name in names},
            "missing": 0,
            "rows": [
                {
                    "line": row.line,
                    "outcome": row.outcome.value,
                    "field": row.field,
                    "reason": row.reason,
                    "case": row.case_id,
                    "changes": [{"field": name, "old": old, "new": new} for name, old, new in row.changes],
                }
                for row in plan.outcomes()
            ],
            "new_cases": self._new_cases(plan, done, refused=refused),
            "batch": done.batch if done else None,
            "dry_run": dry_run,
        }

    def _new_cases(self, plan: YouthPlan, done: YouthsReceipt | None, *, refused: bool) -> list[dict[str, Any]]:
        """Those who had no case before; on a dry run their cases have no number yet."""
        if refused:
            return []
        if done is not None:
            return [{"id": case_id, "name": name} for case_id, name in done.new_cases]
        return [{"id": None, "name": name} for name in plan.new_cases]

    def told(self, data: dict[str, Any]) -> Iterable[str]:
        new = data["new_cases"]
        if not new:
            return
        head = ngettext("{n} had no case before:", "{n} had no case before:", len(new)).format(n=len(new))
        yield head
        for one in new[: importing.MAX_TOLD]:
            yield f"  {one['id'] or ''} {one['name']}".rstrip()
        if len(new) > importing.MAX_TOLD:
            n = len(new) - importing.MAX_TOLD
            yield ngettext("  … and {n} more; --json has it.", "  … and {n} more; --json has them.", n).format(n=n)
