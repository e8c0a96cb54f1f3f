"""`samlop config`: the settings in force, and changing them."""

from __future__ import annotations

import os

import click

from commands.base import Group
from commands.call import Call
from commands.output import Result, Table
from model.language import _

command = Group("config", help=_("Show, change and check the settings."))


@command.command("show", help=_("Show every setting, its value and where the value comes from."))
@click.pass_obj
def show(call: Call) -> Result:
    from model import configfile

    settings = call.settings
    rows = []
    for name, _declared, value, default in configfile.walk(settings):
        origin = _origin(call, name) or ("default" if value == default else "file")
        rows.append({"name": name, "value": value, "default": default, "from": origin})
    told = {"default": _("default"), "file": _("file"), "environment": _("environment"), "option": _("option")}
    table = Table(
        (_("setting"), _("value"), _("from")),
        [(row["name"], _written(row["value"]), told[str(row["from"])]) for row in rows],
    )
    return Result(rows, table, notes=[_("Config file: {file}").format(file=settings.file)])


@command.command("path", help=_("Print where the config file is, or would be."))
@click.pass_obj
def path(call: Call) -> Result:
    file = call.config_file
    notes = [] if file.exists() else [_("There is no file there yet; everything is at its default.")]
    return Result({"path": file, "exists": file.exists()}, str(file), notes=notes)


@command.command(
    "set",
    help=_(
        "Set the setting NAME to VALUE in the config file. An empty VALUE puts the default back. "
        "Names are those of config show; a key is set as in: samlop config set keys.undo f8"
    ),
)
@click.argument("name")
@click.argument("value")
@click.pass_obj
def set_(call: Call, name: str, value: str) -> Result:
    from model import configfile

    settings = configfile.read(call.config_file)
    configfile.change(settings, name, value)
    configfile.save(settings)
    now = {**{n: v for n, _d, v, _default in configfile.walk(settings)}, **_keys(settings.keys)}
    told = _("{name} is now {value}, in {file}.").format(name=name, value=_written(now.get(name)), file=settings.file)
    return Result({"name": name, "value": now.get(name), "path": settings.file}, notes=[told])


@command.command("check", help=_("Check the config file; exit code 2 when something in it is wrong."))
@click.pass_obj
def check(call: Call) -> Result:
    settings = call.settings
    if settings.file.exists():
        told = _("{file} is in order.").format(file=settings.file)
    else:
        told = _("There is no {file}; everything is at its default.").format(file=settings.file)
    return Result({"path": settings.file, "exists": settings.file.exists()}, told)


def _origin(call: Call, name: str) -> str | None:
    """Where a value that does not come from the file comes from."""
    option = {"store": call.store, "language": call.lang}.get(name)
    if option:
        return "option"
    variable = {"store": "SAMLOP_STORE", "language": "SAMLOP_LANG"}.get(name)
    return "environment" if variable and os.environ.get(variable) else None


def _keys(keys: dict[str, str]) -> dict[str, object]:
    return {f"keys.{action}": key for action, key in keys.items()}


def _written(value: object) -> str:
    """A value as the config file has it, without its quotes."""
    if isinstance(value, dict):
        return ", ".join(f"{action} = {key}" for action, key in value.items())
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
