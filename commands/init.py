"""`samlop init`: makes the store, its key and the config file, and says who is at the keyboard."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from commands.base import command as noun
from commands.call import Call
from commands.output import Result
from model.errors import StoreTrouble, Usage
from model.language import _

if TYPE_CHECKING:
    from pathlib import Path

    from model.settings import Settings
    from model.store.store import Store
    from model.terms import Service

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
    from model import configfile

    settings, path = _place(call)
    who = _Who(name, _service(service), unit, controller)
    if call.interactive and not demo:
        who = _ask_who(who)
    who = who.settled(demo=demo)
    key, kept, made = _key(call, settings, path, plain=plain, given=key_file)
    settings.store = _written(path, settings)
    store: Store | None = None
    try:
        store = _make(path, key, who)
        if demo:
            batch = _fill(call, store, settings, size or "county")
        else:
            batch = _enter(store, settings, who)
        configfile.save(settings)
    except BaseException:
        _unmake(store, made)
        raise
    with store:
        return _told(settings, store, kept, batch)


@dataclass(frozen=True, slots=True)
class _Who:
    """Who says to be at the keyboard."""

    name: str | None
    service: Service | None
    unit: str | None
    controller: str | None

    def settled(self, *, demo: bool) -> _Who:
        """With the documented defaults for what is not said."""
        from model.terms import Service

        if demo:
            return replace(self, controller=self.controller or _("a county that does not exist"))
        service = self.service or Service.COUNTY
        return replace(self, service=service, controller=self.controller or self.unit or service.label)


def _service(written: str | None) -> Service | None:
    from model.terms import Service

    if not written:
        return None
    found = Service.read(written)
    if found is None:
        codes = ", ".join(Service)
        raise Usage(_("{value} is not a service. The services are: {codes}.").format(value=written, codes=codes))
    return found


def _ask_who(who: _Who) -> _Who:
    """What the options have not said, asked on the terminal."""
    from commands import asking
    from model.terms import Service

    name = who.name or asking.text(_("Your name"), system_user())
    service = who.service or asking.term(_("The service you work for"), Service, Service.OT)
    unit = who.unit or asking.text(_("Your school, office or team (empty: none)"), "")
    controller = who.controller or asking.text(
        _("Who answers for the data: the data controller"), unit or service.label
    )
    return _Who(name, service, unit or None, controller)


def _place(call: Call) -> tuple[Settings, Path]:
    """The settings to be, and where the store goes. Errors: StoreTrouble, when there is something there already."""
    from model import configfile

    settings = configfile.read(call.config_file)
    path = configfile.load(call.config_file, store=call.store).store_path
    if path.exists():
        raise StoreTrouble(
            _("There is a file at {path} already, and it was left alone. Choose another place with --store.").format(
                path=path
            )
        )
    if (settings.store or settings.viewer.service is not None) and settings.store_path != path:
        raise StoreTrouble(
            _("The config file {file} belongs to another store, {path}. Choose another file with --config.").format(
                file=settings.file, path=settings.store_path
            )
        )
    return settings, path


def _written(path: Path, settings: Settings) -> str:
    """The store's place as the config file has it: nothing, where it is the usual one."""
    return "" if path == replace(settings, store="").store_path else str(path)


def _key(
    call: Call, settings: Settings, path: Path, *, plain: bool, given: str | None
) -> tuple[str | None, str, Path | None]:
    """(the key, where it is kept: `none`, `file`, `keyring` or `passphrase`, the key file that was made for it)."""
    from pathlib import Path

    from model.store import keys

    if plain:
        settings.key_file = ""
        return None, "none", None
    file = Path(given).expanduser().absolute() if given else settings.key_path
    if file is None:
        kept = _ask_keeping() if call.interactive else "keyring"
        if kept == "passphrase":
            return _new_passphrase(), kept, None
        key = keys.new_key()
        if kept == "keyring" and keys.to_keyring(path, key):
            return key, kept, None
        file = settings.file.with_name(f"{path.stem}.key")
    made = None if file.exists() else file
    if made is not None:
        keys.write_file(file, keys.new_key())
    settings.key_file = str(file)
    return keys.read_file(file), "file", made


def _ask_keeping() -> str:
    from commands import asking

    return asking.choice(_("Where to keep the store's key"), ("keyring", "file", "passphrase"), "keyring")


def _new_passphrase() -> str:
    from model.store import keys

    typed: str = click.prompt(
        _("A passphrase for the store (nobody can open it without)"),
        hide_input=True,
        confirmation_prompt=True,
        err=True,
    )
    return keys.as_passphrase(typed)


def _make(path: Path, key: str | None, who: _Who) -> Store:
    from model.store.store import Store
    from model.workplace import keepers

    return Store.create(path, key, controller=who.controller or "", keepers=keepers)


def _unmake(store: Store | None, key_file: Path | None) -> None:
    """What was not finished is not left behind: the next try starts afresh."""
    if store is not None:
        store.close()
        for ending in ("", "-wal", "-shm"):
            store.path.with_name(store.path.name + ending).unlink(missing_ok=True)
    if key_file is not None:
        key_file.unlink(missing_ok=True)


def _fill(call: Call, store: Store, settings: Settings, size: str) -> int | None:
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


def _enter(store: Store, settings: Settings, who: _Who) -> int | None:
    """Write who is at the keyboard into the settings, and into the directory when they gave their name or unit."""
    from model.settings import AtKeyboard

    settings.viewer = AtKeyboard(name=who.name or system_user(), service=who.service, administrator=True)
    return None


def _told(settings: Settings, store: Store, key: str, batch: int | None) -> Result:
    from model.workplace import find_viewer

    viewer = find_viewer(store, settings)
    _id, controller, _at = store.about()
    data = {
        "store": store.path,
        "config": settings.file,
        "key": key,
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
        _("The store is {path}.").format(path=store.path),
        _keeping(settings, key),
        _("Settings: {file}").format(file=settings.file),
        _("At the keyboard: {who}. On a store of your own this is a declaration, not a login.").format(who=who),
        _("The data controller is {controller}.").format(controller=controller),
        _("Next: samlop contacts import FILE, and samlop opens the screen."),
    ]
    return Result(data, lines)


def _keeping(settings: Settings, key: str) -> str:
    if key == "none":
        return _("It is NOT encrypted: whoever can read the file can read everything in it.")
    if key == "keyring":
        return _("Its key is in the desktop's keyring. Without it nobody can open the store.")
    if key == "passphrase":
        return _("It opens with your passphrase. Without it nobody can open the store.")
    return _("Its key is in {file}. Keep a copy elsewhere: without it nobody can open the store.").format(
        file=settings.key_path
    )


def system_user() -> str:
    """The operating system's user: the full name where the system knows one."""
    import getpass
    import pwd

    from model.text import clean

    try:
        entry = pwd.getpwuid(os.getuid())
    except KeyError:
        return clean(getpass.getuser())
    return clean(entry.pw_gecos.partition(",")[0]).strip() or clean(entry.pw_name)
