"""`samlop doctor`: whether the store is whole, guarded and private."""

from __future__ import annotations

import click

from commands.base import command as noun
from commands.call import Call
from commands.output import Result
from model.errors import DamagedStore
from model.language import _

FINDINGS = 3


@noun(
    "doctor",
    help=_(
        "Look through the whole store: is every page as it was written, do the ledger's guards stand, is what is kept "
        "for caseload and search what the cases say, can others read it? Exit code 3 when something is found, 7 when "
        "it is damaged."
    ),
)
@click.option("--repair", is_flag=True, help=_("Put right what is only worked out from the rest."))
@click.pass_obj
def command(call: Call, repair: bool) -> Result:
    from model.keeping import doctor

    store = call.workplace.store
    with call.busy(_("Looking through the store …")):
        found = doctor.repair(store) if repair else doctor.examine(store)
    data = [{"kind": one.kind, "sentence": one.sentence, "fix": one.fix, "repairable": one.repairable} for one in found]
    if not found:
        return Result(data, _("The store {path} is in order.").format(path=store.path))
    damaged = any(one.kind is doctor.Kind.DAMAGED for one in found)
    return Result(
        data, [f"{one.sentence} {one.fix}" for one in found], exit_code=DamagedStore.exit_code if damaged else FINDINGS
    )
