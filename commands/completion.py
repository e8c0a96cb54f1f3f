"""`samlop completion SHELL`."""

from __future__ import annotations

import click

from commands.base import command as noun
from commands.output import Result
from model.language import _


@noun(
    "completion",
    help=_("Print the script that makes SHELL complete samlop's commands, for your shell's start-up file."),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> Result:
    from click.shell_completion import ShellComplete, get_completion_class

    known = get_completion_class(shell)
    assert known is not None, shell
    completion = known(ctx.find_root().command, {}, "samlop", "_SAMLOP_COMPLETE")
    # The base class's method: bash's own would start a bash to look at its version.
    script = ShellComplete.source(completion)
    return Result({"shell": shell, "script": script}, script)
