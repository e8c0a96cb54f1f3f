"""The classes all commands are made of: global options before or after the noun, one way out for results.

@group.command("list", help=_("…"))
@click.argument("case", type=int)
@click.pass_obj
def list_(call: Call, case: int) -> Result: ...
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from commands.call import Call
from commands.registry import Noun
from model import __version__
from model.language import LANGUAGES, _

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    call = ctx.find_object(Call)
    if value and call is not None and param.name is not None:
        setattr(call, param.name, value)


def _say_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"samlop {__version__}")
        ctx.exit()


def _show_help(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


def _files(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The shell completes a file's name. (click.Path would, but it asks for translations as soon as it is made.)"""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


@cache
def global_options() -> tuple[click.Option, ...]:
    """The options every command takes, wherever they stand. The one after the verb wins."""

    def option(*names: str, **rest: Any) -> click.Option:
        return click.Option(names, expose_value=False, callback=_keep, **rest)

    return (
        click.Option(
            ["-h", "--help"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_help,
            help=_("Show this message and exit."),
        ),
        option("--store", metavar="PATH", shell_complete=_files, help=_("The store to work on. Also SAMLOP_STORE.")),
        option("--config", metavar="PATH", shell_complete=_files, help=_("The config file. Also SAMLOP_CONFIG.")),
        option("--lang", type=click.Choice(LANGUAGES), help=_("The language to speak. Also SAMLOP_LANG.")),
        option("--json", is_flag=True, help=_("Give the result as JSON.")),
        option("--quiet", is_flag=True, help=_("Say nothing on stderr but errors.")),
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_say_version,
            help=_("Show the version and exit."),
        ),
    )


class Command(click.Command):
    """A verb. Its function returns a `Result`, which is rendered here; the command's value is the exit code."""

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **{**_words(), **rest})

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        return [*super().get_params(ctx), *global_options()]

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _format_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _format_options(self, ctx, formatter)

    def invoke(self, ctx: click.Context) -> int:
        from commands import output

        result = super().invoke(ctx)
        return output.render(result, ctx.obj, ctx.command_path.partition(" ")[2])


class Group(click.Group):
    """A noun with its verbs."""

    command_class = Command

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **{**_words(), "subcommand_metavar": _("COMMAND [ARGS]..."), **rest})

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        return [*super().get_params(ctx), *global_options()]

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _format_usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.format_commands(ctx, formatter)
        _format_options(self, ctx, formatter)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as unknown:
            raise click.NoSuchCommand(unknown.command_name, possibilities=self.list_commands(ctx), ctx=ctx) from None


class Root(Group):
    """`samlop` itself: nouns are imported when they are called, and not before."""

    def __init__(self, nouns: Sequence[Noun], **rest: Any) -> None:
        super().__init__(**rest)
        self.nouns = {noun.name: noun for noun in nouns}

    def invoke(self, ctx: click.Context) -> int:
        from commands import output

        result = super().invoke(ctx)
        # A verb has rendered its own and gives its exit code; `samlop` alone gives what is still to be rendered.
        return result if isinstance(result, int) else output.render(result, ctx.obj, "")

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.nouns)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        noun = self.nouns.get(cmd_name)
        if noun is None:
            return None
        command: click.Command = import_module(noun.module).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl([(noun.name, _(noun.help)) for noun in self.nouns.values()])


def command(name: str, **rest: Any) -> Callable[[Callable[..., Any]], Command]:
    """A noun that is its own verb, such as `completion`."""
    return click.command(name, cls=Command, **rest)


def _words() -> dict[str, Any]:
    """`--help` is an option of ours like the others."""
    return {"options_metavar": _("[OPTIONS]"), "add_help_option": False}


def _format_usage(shown: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    formatter.write_usage(ctx.command_path, " ".join(shown.collect_usage_pieces(ctx)), prefix=_("Usage:") + " ")


def _format_options(shown: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """The command's own options; the global ones are told once, by `samlop --help`."""
    shared = global_options()
    own = [p.get_help_record(ctx) for p in shown.get_params(ctx) if p not in shared and isinstance(p, click.Option)]
    told = [record for record in own if record is not None]
    if ctx.parent is None:
        told += [record for option in shared if (record := option.get_help_record(ctx))]
    if told:
        with formatter.section(_("Options")):
            formatter.write_dl(told)
    if ctx.parent is not None:
        formatter.write_paragraph()
        formatter.write_text(_("The options of samlop itself may stand here too: see samlop --help."))
