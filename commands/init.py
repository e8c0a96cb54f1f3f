"""`samlop init`: makes the store, its key and the config file, and says who is at the keyboard."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from commands import init_key, init_who, start
from commands.base import command as noun
from commands.call import Call, tell
from commands.output import Result
from model.errors import SamlopError, StoreTrouble, Usage
from model.language import _

if TYPE_CHECKING:
    from pathlib import Path

    from model.settings import Settings
    from model.store.store import Store
    from model.workplace import Workplace

SIZES = ("coordinator", "county", "national")


@noun(
    "init",
    help=_(
        "Make the store, its key and the config file, and say who is at the keyboard. On a terminal it asks; without "
        "one you are the system's user, administrator for the county authority, unless the options say otherwise."
    ),
)
@click.option("--demo", is_flag=True, help=_("Fill the store with a synthetic county; nobody in it is real."))
@click.option("--size", type=click.Choice(SIZES), help=_("How large the synthetic county is (county)."))
@click.option("--plain", is_flag=True, help=_("Do not encrypt the store. Only where something else encrypts the disk."))
@click.option(
    "--key-file", metavar="FILE", help=_("Keep the key in FILE; it is made, for you alone to read, if missing.")
)
@click.option("--name", metavar="NAME", help=_("Your name; it is put in the directory."))
@click.option("--service", metavar="SERVICE", help=_("The service you work for: ot, nav, school, county …"))
@click.option("--unit", metavar="NAME", help=_("Your school, office or team."))
@click.option("--controller", metavar="NAME", help=_("The body that answers for the data (the data controller)."))
@click.pass_obj
def command(
    call: Call,
    demo: bool,
    size: str | None,
    plain: bool,
    key_file: str | None,
    name: str | None,
    service: str | None,
    unit: str | None,
    controller: str | None,
) -> Result:
    if size and not demo:
        raise Usage(_("--size is the size of the synthetic county: give --demo with it."))
    if plain and key_file:
        raise Usage(_("--plain makes a store without a key: leave out --key-file."))
    if demo and (name or service or unit):
        raise Usage(_("In the synthetic county you are one of its own: leave out --name, --service and --unit."))
    asks = call.interactive and not demo
    who = init_who.Who(name, init_who.service(service), unit, controller)
    settings, path = _place(call, asks=asks)
    if demo:
        who = replace(who, controller=controller or _("a county that does not exist"))
    else:
        who = (init_who.ask(who) if asks else who).settled()
    key = init_key.settle(settings, path, plain=plain, file=key_file, ask=asks)
    store, batch = _make(call, settings, path, key, who, size or "county" if demo else None)
    with store:
        work = _workplace(settings, store, key.key)
        return _told(work, key.kept, batch, _offer_import(call, work) if asks else [])


def _place(call: Call, *, asks: bool) -> tuple[Settings, Path]:
    """The settings to be, and where the store goes. Errors: StoreTrouble, when there is something there already."""
    from pathlib import Path

    from model import configfile

    settings = configfile.read(call.config_file)
    path = configfile.load(call.config_file, store=call.store).store_path
    if (settings.store or settings.viewer.service is not None) and settings.store_path != path:
        raise StoreTrouble(
            _("The config file {file} belongs to another store, {path}. Choose another file with --config.").format(
                file=settings.file, path=settings.store_path
            )
        )
    if asks and not call.store and not path.exists():
        from commands import asking

        path = Path(asking.text(_("Where the store goes"), str(path))).expanduser().absolute()
    if path.exists():
        raise StoreTrouble(
            _("There is a file at {path} already, and it was left alone. Choose another place with --store.").format(
                path=path
            )
        )
    return settings, path


def _make(
    call: Call, settings: Settings, path: Path, key: init_key.Key, who: init_who.Who, size: str | None
) -> tuple[Store, int | None]:
    """The store with what is in it from the start, and the config file; all of it or nothing."""
    from model import configfile
    from model.store.store import Store
    from model.workplace import keepers

    usual = replace(settings, store="").store_path
    settings.store = "" if path == usual else str(path)
    store: Store | None = None
    start.note_ctrl_c()
    try:
        store = Store.create(path, key.key, controller=who.controller or "", keepers=keepers)
        batch = _fill(call, store, settings, size) if size else init_who.enter(store, settings, who)
        configfile.save(settings)
    except BaseException:
        if store is not None:
            store.close()
            for ending in ("", "-wal", "-shm"):
                path.with_name(path.name + ending).unlink(missing_ok=True)
        if key.made is not None:
            key.made.unlink(missing_ok=True)
        raise
    return store, batch


def _fill(call: Call, store: Store, settings: Settings, size: str) -> int:
    """Make the synthetic county; who is at the keyboard is one of its own."""
    from model import clock
    from model.demo.generate import generate
    from model.settings import AtKeyboard
    from model.terms import Right

    with call.busy(_("Making a synthetic county …")):
        viewer = generate(store, size, today=clock.today())
    settings.viewer = AtKeyboard(
        contact_id=viewer.contact_id or 0,
        service=viewer.service,
        unit_id=viewer.unit_id or 0,
        administrator=viewer.can(Right.ADMINISTER),
    )
    return store.latest_batch()


def _workplace(settings: Settings, store: Store, key: str | None) -> Workplace:
    from model.workplace import Workplace, find_viewer

    return Workplace(settings, store, find_viewer(store, settings), key)


def _offer_import(call: Call, work: Workplace) -> list[str]:
    """Take in a contact list at once, for those who want to."""
    from commands import asking, importing
    from commands.contacts_import import Contacts

    file = asking.text(_("A contact list to take in now (empty: none)"), "")
    if not file:
        return []
    kind = Contacts(work)
    try:
        plan = importing.run(call, kind, [file], None, dry_run=True)
        for line in (*importing.lines(plan), *plan.warnings):
            tell(line)
        if not asking.yes(_("Take it in?"), default=True):
            return []
        return importing.lines(importing.run(call, kind, [file], None, dry_run=False))
    except SamlopError as problem:
        tell(problem.sentence)
        return [_("No list was taken in. Try again with: samlop contacts import FILE")]


def _told(work: Workplace, kept: str, batch: int | None, imported: list[str]) -> Result:
    settings, viewer = work.settings, work.viewer
    _id, controller, _at = work.store.about()
    data = {
        "store": work.store.path,
        "config": settings.file,
        "key": kept,
        "key_file": settings.key_path,
        "controller": controller,
        "viewer": {
            "contact_id": viewer.contact_id,
            "name": viewer.name,
            "service": viewer.service,
            "unit_id": viewer.unit_id,
            "unit": viewer.unit_name or None,
            "administrator": settings.viewer.administrator,
        },
        "batch": batch,
    }
    who = ", ".join(filter(None, (viewer.name, viewer.service.label, viewer.unit_name)))
    lines = [
        _("The store is {path}.").format(path=work.store.path),
        _keeping(settings, kept),
        _("Settings: {file}").format(file=settings.file),
        _("At the keyboard: {who}. On a store of your own this is a declaration, not a login.").format(who=who),
        _("The data controller is {controller}.").format(controller=controller),
        *(imported or [_("Take in a list: samlop contacts import FILE")]),
        _("Open the screen: samlop"),
    ]
    return Result(data, lines)


def _keeping(settings: Settings, kept: str) -> str:
    if kept == "none":
        return _("It is NOT encrypted: whoever can read the file can read everything in it.")
    if kept == "keyring":
        return _("Its key is in the desktop's keyring. Without it nobody can open the store.")
    if kept == "passphrase":
        return _("It opens with your passphrase. Without it nobody can open the store.")
    return _("Its key is in {file}. Keep a copy elsewhere: without it nobody can open the store.").format(
        file=settings.key_path
    )
