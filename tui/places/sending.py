"""Invitations, and what calls a meeting off: looked at, confirmed, and written to a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from model.language import _, ngettext
from tui.reader import Reader
from tui.screens.asking import ask_folder
from tui.screens.dialogs import Choose, Confirm
from tui.screens.working import work

if TYPE_CHECKING:
    from model.meetings.inviting import Invitation
    from tui.app import SamlopApp

Then = Callable[[], object]
Tell = Callable[[int, int], object]


def invite(app: SamlopApp, meeting_id: int, then: Then, *, again: bool = False) -> None:
    """Who would be told, and who cannot be; then the files. `again`: also those who know already."""

    def made(plan: Invitation) -> None:
        if not plan.letters and not again and _reachable(plan):
            question = _("Everybody knows already. Write to all of them once more?")
            app.push_screen(Confirm(question, yes=_("Write again")), once_more)
        elif not plan.letters:
            app.push_screen(Confirm(_("Nobody can be told."), yes=_("Back"), detail="\n".join(_left(plan))))
        else:
            n = len(plan.letters)
            question = ngettext("Invite {n} person?", "Invite {n} people?", n).format(n=n)
            app.push_screen(Confirm(question, yes=_("Invite"), detail="\n".join(_told(plan))), answered(plan))

    def once_more(yes: bool | None) -> None:
        if yes:
            invite(app, meeting_id, then, again=True)

    def answered(plan: Invitation) -> Callable[[bool | None], None]:
        return lambda yes: _how(app, plan, then) if yes else None

    app.ask(_plan_invitation, meeting_id, again, then=made)


def call_off(app: SamlopApp, meeting_id: int, then: Then) -> None:
    """Those who were invited are told; nobody, where nobody was."""

    def made(plan: Invitation) -> None:
        n = len(plan.letters)
        if n:
            sentence = ngettext("{n} person was invited and is told.", "{n} people were invited and are told.", n)
            detail = "\n".join([sentence.format(n=n), *_left(plan)])
        else:
            detail = _("Nobody was invited, so nobody has to be told.")
        question = _("Call off {title}?").format(title=plan.meeting.title)
        app.push_screen(Confirm(question, yes=_("Call off"), no=_("Leave it"), detail=detail), answered(plan))

    def answered(plan: Invitation) -> Callable[[bool | None], None]:
        def go_on(yes: bool | None) -> None:
            if yes and plan.letters:
                _how(app, plan, then)
            elif yes:
                _write(app, plan, Path(), then, merge=False)

        return go_on

    app.ask(_plan_cancellation, meeting_id, then=made)


def _how(app: SamlopApp, plan: Invitation, then: Then) -> None:
    from model.documents.files import safe_name

    def chosen(merge: bool | None) -> None:
        if merge is not None:
            name = safe_name("samlop", "meeting", plan.meeting.id)
            ask_folder(app, _("The folder for the files"), name, lambda at: _write(app, plan, at, then, merge=merge))

    options = [
        (False, _("A message to each, as drafts for the mail program (.eml)")),
        (True, _("One table for a mail merge (.csv)")),
    ]
    app.push_screen(Choose(_("As what?"), options), chosen)


def _write(app: SamlopApp, plan: Invitation, folder: Path, then: Then, *, merge: bool) -> None:
    def done(written: tuple[Path, ...]) -> None:
        app.notify(_sent(plan, folder, len(written)), timeout=10)
        then()

    work(app, _("Writing …"), _send, plan, folder, merge, then=done)


def _sent(plan: Invitation, folder: Path, files: int) -> str:
    n = len(plan.letters)
    if plan.method == "CANCEL" and not n:
        return _("It is called off.")
    told = ngettext("{n} file in {folder}.", "{n} files in {folder}.", files).format(n=files, folder=folder)
    if plan.method == "CANCEL":
        return _("It is called off.") + " " + told
    return told + " " + _("Open them in the mail program and send them: Samløp sends nothing itself.")


def _reachable(plan: Invitation) -> bool:
    return len(plan.unreachable) + len(plan.left) < len(plan.meeting.participants)


def _told(plan: Invitation) -> Iterator[str]:
    yield _("From {name}, {email}").format(name=plan.sender.name, email=plan.sender.email)
    yield from _left(plan)
    yield ""
    yield from (f"  {to.name} <{to.email}>" for to in plan.letters)


def _left(plan: Invitation) -> Iterator[str]:
    """Those who cannot be told, or perhaps not."""
    for people, sentence in (
        (plan.unreachable, _("Not told, because there is no e-mail address:")),
        (plan.left, _("Not told, because they will have left by then:")),
        (plan.bounced, _("Mail to these has come back before:")),
    ):
        if people:
            yield ""
            yield f"! {sentence}"
            yield from (f"  {who.name}, {who.unit}" if who.unit else f"  {who.name}" for who in people)


def _plan_invitation(reader: Reader, meeting_id: int, again: bool) -> Invitation:
    from model.meetings.inviting import plan_invitation

    with reader.store.read() as db:
        return plan_invitation(db, reader.viewer, meeting_id, again=again)


def _plan_cancellation(reader: Reader, meeting_id: int) -> Invitation:
    from model.meetings.inviting import plan_cancellation

    with reader.store.read() as db:
        return plan_cancellation(db, reader.viewer, meeting_id)


def _send(reader: Reader, plan: Invitation, folder: Path, merge: bool, tell: Tell) -> tuple[Path, ...]:
    from model.documents.files import make_folder
    from model.meetings.sending import send

    tell(0, len(plan.letters))
    if plan.letters:
        make_folder(folder)
    return send(reader.store, reader.viewer, plan, folder, merge=merge)[1]
