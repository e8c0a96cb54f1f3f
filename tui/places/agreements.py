"""Cooperation agreements: who has signed, from when until when they stand, when they are to be evaluated.

The command-line twin is `samlop agreements`. Source: S1 and S2, R37.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from model import clock
from model.language import _, ngettext
from tui.actions import bindings
from tui.places.meeting_saying import in_full
from tui.places.place import Place, Said
from tui.reader import Reader
from tui.screens.asking import ask_day
from tui.screens.dialogs import Ask, Choose
from tui.widgets.columns import Column
from tui.widgets.window_list import Row

if TYPE_CHECKING:
    from model.meetings.agreements import AgreementView, PartyView

_SIGNS = {"unsigned": ("!", "warn"), "coming": ("○", ""), "stands": ("●", "good"), "run_out": ("!", "urgent")}
_ENDED = ("×", "quiet")


class Agreements(Place["AgreementView"]):
    """Signed, evaluated and ended from here; Enter changes one."""

    SCOPE = "agreements"
    BINDINGS = bindings("agreements")
    COLUMNS = (Column(1), Column(16, grow=4, keep=9), Column(16, grow=2, keep=2), Column(15, keep=1))

    def __init__(self) -> None:
        super().__init__(
            _(
                "Cooperation agreements, with both leaders' signatures, how long they stand and when they are to be "
                "evaluated. n writes one down."
            )
        )

    @staticmethod
    def read(reader: Reader) -> list[AgreementView]:
        from model.meetings.agreements import agreements

        with reader.store.read() as db:
            return sorted(agreements(db), key=lambda one: one.status == "ended")

    def key(self, item: AgreementView) -> object:
        return item.id

    def heading(self) -> str:
        n = len(self.items)
        return ngettext("Agreements · {n}", "Agreements · {n}", n).format(n=n)

    def row(self, number: int, item: AgreementView) -> Row:
        sign, tone = _SIGNS.get(item.status, _ENDED)
        until = _("until {day}").format(day=in_full(item.ends_on)) if item.ends_on else ""
        return Row(number, ((sign, tone), item.title, (_status(item), tone), until))

    def tell(self, item: AgreementView) -> Iterable[Said]:
        yield "", f"{item.id} · {item.title}"
        yield _("Status"), _status(item)
        for label, on in (
            (_("From"), item.starts_on),
            (_("Until"), item.ends_on),
            (_("Evaluated"), item.evaluated_on),
            (_("To be evaluated"), item.evaluate_on),
            (_("Ended"), item.ended_on),
        ):
            if on is not None:
                yield label, in_full(on)
        if item.reference:
            yield _("Reference"), item.reference
        yield "", ""
        for party in item.parties:
            if party.signed_on is None:
                how = _("not signed")
            else:
                how = _("signed {day} by {name}").format(day=in_full(party.signed_on), name=party.leader or "?")
            yield party.name, how
        for _number, name in item.groups:
            yield _("Steered by"), name
        if item.note:
            yield "", ""
            yield "", item.note
        yield "", ""
        yield _("On the command line"), f"samlop agreements show {item.id}"

    def deeper(self, item: AgreementView) -> None:
        self.do_agreement_edit()

    def do_leave_agreements(self) -> None:
        self.leave()

    def do_agreement_about(self) -> None:
        if self.current is not None:
            super().deeper(self.current)

    def do_agreement_new(self) -> None:
        from tui.screens.forms.agreement import NewAgreement
        from tui.screens.forms.screen import open_form

        open_form(self.samlop, NewAgreement())

    def off_agreement_edit(self) -> str | None:
        return None if self.current is not None else _("There is no agreement yet: n writes one down.")

    off_agreement_about = off_agreement_sign = off_agreement_evaluate = off_agreement_end = off_agreement_edit

    def do_agreement_edit(self) -> None:
        from tui.screens.forms.agreement import EditAgreement
        from tui.screens.forms.screen import open_form

        if self.current is not None:
            open_form(self.samlop, EditAgreement(self.current.id))

    def do_agreement_sign(self) -> None:
        """Who of those who have not, the leader's name, and the day."""
        item = self.current
        left = [party for party in item.parties if party.signed_on is None] if item is not None else []

        def chosen(party: PartyView | None) -> None:
            if party is None:
                return

            def named(leader: str | None) -> None:
                if leader is not None:
                    ask_day(self.samlop, _("Signed on"), clock.today(), lambda on: self._sign(party, leader, on))

            self.app.push_screen(
                Ask(_("Which leader of {party} signed?").format(party=party.name), party.leader or ""), named
            )

        if not left:
            self.notify(_("Everybody has signed."))
        elif len(left) == 1:
            chosen(left[0])
        else:
            self.app.push_screen(Choose(_("Who signed?"), [(party, party.name) for party in left]), chosen)

    def _sign(self, party: PartyView, leader: str, on: date) -> None:
        self.samlop.ask(_sign, party.id, leader, on, then=lambda _r: self._done(_("Signed. u takes it back.")))

    def do_agreement_evaluate(self) -> None:
        item = self.current
        if item is None:
            return

        def evaluated(on: date) -> None:
            ask_day(self.samlop, _("To be evaluated next"), _in_a_year(on), lambda next_on: write(on, next_on))

        def write(on: date, next_on: date) -> None:
            said = _("The evaluation is written down. u takes it back.")
            self.samlop.ask(_evaluate, item.id, on, next_on, then=lambda _r: self._done(said))

        ask_day(self.samlop, _("Evaluated on"), clock.today(), evaluated)

    def do_agreement_end(self) -> None:
        item = self.current
        if item is None:
            return

        def ended(on: date) -> None:
            said = _("The agreement has its last day. u takes it back.")
            self.samlop.ask(_end, item.id, on, then=lambda _r: self._done(said))

        ask_day(self.samlop, _("It no longer holds from"), clock.today(), ended)

    def _done(self, words: str) -> None:
        self.notify(words)
        self.reload()


def _status(item: AgreementView) -> str:
    from datetime import timedelta

    from model.meetings.agreements import STATUS
    from model.meetings.duties import RUN_OUT_DAYS

    soon = clock.today() + timedelta(days=RUN_OUT_DAYS)
    if item.status == "stands" and item.ends_on is not None and item.ends_on <= soon:
        return _("stands, about to run out")
    return _(STATUS[item.status])


def _in_a_year(on: date) -> date:
    return on.replace(year=on.year + 1, day=min(on.day, 28))


def _sign(reader: Reader, party_id: int, leader: str, on: date) -> object:
    from model.meetings import agreements

    return agreements.sign(reader.store, reader.viewer, party_id, leader, on=on)


def _evaluate(reader: Reader, agreement_id: int, on: date, next_on: date) -> object:
    from model.meetings import agreements

    return agreements.evaluate(reader.store, reader.viewer, agreement_id, on=on, next_on=next_on)


def _end(reader: Reader, agreement_id: int, on: date) -> object:
    from model.meetings import agreements

    return agreements.end(reader.store, reader.viewer, agreement_id, on=on)
