"""The program from its words to its exit code: process, language, command, and one clear sentence when it fails."""

from __future__ import annotations

from collections.abc import Sequence

from commands import start
from commands.base import Root
from commands.call import Call
from commands.registry import NOUNS
from model.language import _

PROGRAM = "samlop"


def make_root() -> Root:
    """The command tree, in the language spoken now."""
    return Root(
        NOUNS,
        name=PROGRAM,
        help=_("The workplace of those who follow up young people at risk of dropping out of school.")
        + "\n\n"
        + _("Alone it opens the screen; without a terminal, or with --json, it gives the day's summary."),
        callback=_alone,
        invoke_without_command=True,
        context_settings={"terminal_width": start.help_width()},
    )


def _alone() -> object:
    """`samlop` with nothing behind it."""
    import click

    ctx = click.get_current_context()
    if ctx.invoked_subcommand is not None:
        return None
    from commands import screen

    return screen.alone(ctx.obj)


def run(argv: Sequence[str]) -> int:
    """Run one call and return its exit code; results go to stdout, talk and errors to stderr."""
    start.guard()
    start.choose_language(argv)
    call = Call()
    try:
        code = make_root().main(list(argv), prog_name=PROGRAM, standalone_mode=False, obj=call)
        return int(code or 0)
    except SystemExit as stopped:  # click's own way out of shell completion
        return stopped.code if isinstance(stopped.code, int) else 1
    except BaseException as failure:
        from commands import trouble

        return trouble.report(failure, argv)
    finally:
        call.close()
