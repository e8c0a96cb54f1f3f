"""Whatever goes wrong becomes one sentence on stderr, in the reader's language, and an exit code."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence

import click

from commands import start
from commands.call import tell
from commands.registry import NOUNS
from model.errors import Interrupted, SamlopError
from model.language import N_, _

FAILED = 1

_REASONS = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EACCES: N_("the system does not let you"),
    errno.EPERM: N_("the system does not let you"),
    errno.EROFS: N_("it is on a disk that cannot be written to"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("your share of the disk is used up"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("a part of the path is a file and not a folder"),
    errno.EEXIST: N_("there is a file of that name already"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ELOOP: N_("it is a link"),
}


def report(failure: BaseException, argv: Sequence[str]) -> int:
    """Tell it and return the exit code; what is nobody's fault but Samløp's leaves a trace without personal data."""
    if start.was_stopped():
        failure = KeyboardInterrupt()
    if isinstance(failure, SamlopError):
        tell(failure.sentence)
        return failure.exit_code
    if isinstance(failure, click.exceptions.NoArgsIsHelpError):
        click.echo(failure.format_message(), err=True)
        return failure.exit_code
    if isinstance(failure, click.ClickException):
        tell(_usage_sentence(failure))
        return failure.exit_code
    if isinstance(failure, KeyboardInterrupt | click.Abort | EOFError):
        tell(_("Stopped. What was not finished was not written."))
        return Interrupted.exit_code
    if isinstance(failure, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if isinstance(failure, OSError) and failure.errno in _REASONS:
        # Without a name it is what the program writes its result to: every other file is opened by name.
        named = isinstance(failure.filename, str)
        tell(f"{failure.filename if named else _('Standard output')}: {_(_REASONS[failure.errno])}.")
        if not named:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    if isinstance(failure, MemoryError):
        tell(_("There is not enough memory for this."))
        return FAILED
    tell(_crash_sentence(failure, argv))
    return FAILED


def _usage_sentence(failure: click.ClickException) -> str:
    from model import identity

    message = identity.mask(failure.format_message())
    if isinstance(failure, click.UsageError) and failure.ctx is not None:
        see = _("See: {command} --help").format(command=failure.ctx.command_path)
        return f"{message} {see}"
    return message


def _crash_sentence(failure: BaseException, argv: Sequence[str]) -> str:
    from model import trace

    # The noun alone: what follows may be somebody's file or text.
    noun = next((word for word in argv if word in {noun.name for noun in NOUNS}), "samlop")
    file = trace.write(failure, noun)
    if file is None:
        return _("Something went wrong in Samløp itself, and no trace of it could be written.")
    return _(
        "Something went wrong in Samløp itself. Where, and no personal data, stands in {file}: "
        "give it to whoever looks after the program."
    ).format(file=file)
