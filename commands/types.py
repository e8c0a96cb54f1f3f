"""What options take: members of code sets, and days as people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from model.language import _

if TYPE_CHECKING:
    from datetime import date

    from click.shell_completion import CompletionItem

    from model.term import Term


class Code(click.ParamType["Term"]):
    """A member of a code set of `model.terms`: its code, a name or a synonym, in any of the languages."""

    def __init__(self, code_set: str) -> None:
        self.code_set = code_set
        self.name = "code"

    def _members(self) -> type[Term]:
        from model import terms

        members: type[Term] = getattr(terms, self.code_set)
        return members

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return _("CODE")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Term:
        members = self._members()
        found = members.read(value)
        if found is None:
            self.fail(_("choose one of {choices}.").format(choices=", ".join(members)), param, ctx)
        return found

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(code.value, help=code.label) for code in self._members() if code.startswith(incomplete)]


class Day(click.ParamType["date"]):
    """A day: `2026-11-18`, `18.11`, `+2w`, `fri`. `past`: one without a year was, rather than will be."""

    name = "day"

    def __init__(self, *, past: bool = False) -> None:
        self.past = past

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return _("DAY")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        from model.dates import read_day

        try:
            return read_day(value, past=self.past)
        except ValueError as problem:
            self.fail(str(problem), param, ctx)


class _Number(click.IntRange):
    """What the store can hold as a row's number; help texts need not tell how long that may be."""

    LAST = 2**63 - 1

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        number: int = super().convert(value, param, ctx)
        if number > self.LAST:
            sentence = _("{value} is not in the range {range}.")
            self.fail(sentence.format(value=number, range=f"1<=x<={self.LAST}"), param, ctx)
        return number


ID = _Number(min=1)
"""The number of a case, a contact, a task or a batch."""
