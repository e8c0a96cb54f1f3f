"""What goes out from a contact list: the letters of a round, reminders, editions. Each is looked at before it is done.

The command-line twins are `samlop lists round`, `remind` and `publish`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from model import clock
from model.language import N_, _, ngettext, say_day
from tui.reader import Reader
from tui.saying import WARNS
from tui.screens.asking import ask_day, ask_folder
from tui.screens.dialogs import Choose, Confirm
from tui.screens.ticking import ChooseSome
from tui.screens.working import work

if TYPE_CHECKING:
    from model.lists.content import Changes
    from model.lists.letters import Asked
    from model.lists.overview import ListSummary
    from model.lists.publishing import Issue, Published
    from model.lists.rounds import Sent
    from tui.app import SamlopApp

Tell = Callable[[int, int], object]

FORMS = (("xlsx", N_("A workbook (xlsx)")), ("csv", N_("A text file (csv)")))
FORMATS = {
    "csv": N_("A text file for other programs (csv)"),
    "xlsx": N_("A workbook (xlsx)"),
    "vcf": N_("Cards for address books (vcf)"),
    "md": N_("A page of plain text (md)"),
    "pdf": N_("A page to print and read (pdf)"),
}
_MOST_CHANGES = 30


def start_round(app: SamlopApp, one: ListSummary) -> None:
    """Ask for the form, the folder and the day, show whom the letters go to, and write them."""
    from model.lists.rounds import DAYS

    def show(asked: Sequence[Asked]) -> None:
        if not asked:
            app.notify(
                _("There is nobody on this list and no unit that ought to be: nobody to ask."), severity="warning"
            )
            return

        def form_chosen(fmt: str | None) -> None:
            if fmt is not None:
                ask_folder(app, _("Folder for the letters"), _folder(one, "round"), lambda at: folder_given(fmt, at))

        def folder_given(fmt: str, folder: Path) -> None:
            begin = clock.today() + timedelta(days=DAYS)
            ask_day(app, _("Answers by"), begin, lambda due: due_given(fmt, folder, due), to_come=True)

        def due_given(fmt: str, folder: Path, due: date) -> None:
            n = len(asked)
            question = ngettext(
                "Write {n} letter about “{title}”, to be answered by {day}?",
                "Write {n} letters about “{title}”, to be answered by {day}?",
                n,
            ).format(n=n, title=one.title, day=say_day(due))
            _confirm_letters(
                app,
                question,
                asked,
                lambda title: work(app, title, _start, one.name, folder, due, fmt, then=lambda sent: _told(app, sent)),
            )

        _choose_form(app, form_chosen)

    app.ask(_asked, one.name, False, then=show)


def remind(app: SamlopApp, one: ListSummary) -> None:
    """Ask for the form and the folder, show who has not answered, and write to them."""

    def show(asked: Sequence[Asked]) -> None:
        if not asked:
            app.notify(_("Nobody is waiting for a reminder today."))
            return

        def form_chosen(fmt: str | None) -> None:
            if fmt is not None:
                ask_folder(app, _("Folder for the letters"), _folder(one, "reminder"), lambda at: folder_given(fmt, at))

        def folder_given(fmt: str, folder: Path) -> None:
            n = len(asked)
            question = ngettext(
                "Remind {n} unit that has not answered about “{title}”?",
                "Remind {n} units that have not answered about “{title}”?",
                n,
            ).format(n=n, title=one.title)
            _confirm_letters(
                app,
                question,
                asked,
                lambda title: work(app, title, _remind, one.name, folder, fmt, then=lambda sent: _told(app, sent)),
            )

        _choose_form(app, form_chosen)

    app.ask(_asked, one.name, True, then=show)


def publish(app: SamlopApp, one: ListSummary) -> None:
    """Ask for the formats and the folder, show what is new and how many it is for, and write the edition."""

    def formats_chosen(formats: tuple[str, ...] | None) -> None:
        if formats is not None:
            ask_folder(app, _("Folder for the edition"), _folder(one, "edition"), lambda at: folder_given(formats, at))

    def folder_given(formats: tuple[str, ...], folder: Path) -> None:
        app.ask(_issue, one.name, then=lambda issue: show(issue, formats, folder))

    def show(issue: Issue, formats: tuple[str, ...], folder: Path) -> None:
        again = issue.before is not None and issue.before.on_date == issue.on.isoformat() and not issue.changes.any

        def answered(yes: bool | None) -> None:
            if yes:
                work(app, _("Writing the edition"), _publish, one.name, folder, formats, again, then=done)

        def done(published: Published) -> None:
            if published.edition is None:
                app.notify(_("Nothing is new since today's edition, and nothing was written."), severity="warning")
                return
            n = len(published.files)
            app.notify(
                ngettext(
                    "The edition is written: {n} file in {folder}.", "The edition is written: {n} files in {folder}.", n
                ).format(n=n, folder=folder),
                timeout=10,
            )

        app.push_screen(
            Confirm(_question(issue, again=again), yes=_("Publish"), detail="\n".join(_edition(issue))), answered
        )

    options = [(code, _(label)) for code, label in FORMATS.items()]
    app.push_screen(ChooseSome(_("Publish as"), options), formats_chosen)


def new_since(changes: Changes) -> list[str]:
    """What has changed since the last edition, for people."""
    if changes.since is None:
        return [_("This is the first edition.")]
    told = changes.lines()
    if not told:
        return [_("Nothing has changed since {day}.").format(day=say_day(changes.since))]
    more = len(told) - _MOST_CHANGES
    rest = [ngettext("… and {n} more", "… and {n} more", more).format(n=more)] if more > 0 else []
    return [_("New since {day}:").format(day=say_day(changes.since)), *told[:_MOST_CHANGES], *rest]


def _question(issue: Issue, *, again: bool) -> str:
    if again:
        return _("“{title}” was published today, and nothing is new. Publish it again?").format(title=issue.row.title)
    said = _("Publish “{title}”: {people} on the list, readers: {n}?")
    return said.format(title=issue.row.title, people=len(issue.people), n=len(issue.recipients))


def _edition(issue: Issue) -> Iterable[str]:
    if not issue.recipients:
        yield f"{WARNS} " + _("Nobody in the directory has a role the list is for.")
    if without := sum(not one["email"] for one in issue.recipients):
        yield f"{WARNS} " + ngettext(
            "{n} of those it is for has no e-mail address.", "{n} of those it is for have no e-mail address.", without
        ).format(n=without)
    yield from new_since(issue.changes)


def _choose_form(app: SamlopApp, then: Callable[[str | None], None]) -> None:
    app.push_screen(Choose(_("The form to answer in"), [(code, _(label)) for code, label in FORMS]), then)


def _confirm_letters(app: SamlopApp, question: str, asked: Sequence[Asked], write: Callable[[str], object]) -> None:
    """Whom the letters go to, those first whom somebody must find out about."""
    nobody = [one for one in asked if not one.to]
    told = []
    if nobody:
        n = len(nobody)
        told.append(
            f"{WARNS} "
            + ngettext(
                "For {n} of them nobody to write to is known; find out whom to ask:",
                "For {n} of them nobody to write to is known; find out whom to ask:",
                n,
            ).format(n=n)
        )
        told += [f"  {one.unit}" for one in nobody]
    told += [f"{one.unit} → {', '.join(address for _name, address in one.to)}" for one in asked if one.to]

    def answered(yes: bool | None) -> None:
        if yes:
            write(_("Writing the letters"))

    app.push_screen(Confirm(question, yes=_("Write them"), detail="\n".join(told)), answered)


def _told(app: SamlopApp, sent: Sent) -> None:
    if not sent.files:
        app.notify(_("Nothing was written: a colleague was there first."), severity="warning")
        return
    n = len(sent.units)
    said = ngettext(
        "{n} letter is in {folder}. Open the .eml file in your mail program and send it.",
        "{n} letters are in {folder}. Open the .eml files in your mail program and send them.",
        n,
    ).format(n=n, folder=sent.files[0].parent)
    app.notify(said, timeout=10)
    if sent.nobody:
        n = len(sent.nobody)
        said = ngettext(
            "{n} unit has nobody to write to: {units}.", "{n} units have nobody to write to: {units}.", n
        ).format(n=n, units=", ".join(sent.nobody[:3]) + (" …" if n > 3 else ""))
        app.notify(said, severity="warning", timeout=10)


def _folder(one: ListSummary, what: str) -> str:
    """The name of a new folder for files that belong together."""
    from model.documents.files import safe_name

    return safe_name(one.name, what, clock.today().isoformat())


def _asked(reader: Reader, name: str, reminder: bool) -> Sequence[Asked]:
    from model.lists import rounds

    with reader.store.read() as db:
        return rounds.to_ask(db, name, reminder=reminder)


def _start(reader: Reader, name: str, folder: Path, due: date, fmt: str, tell: Tell) -> Sent:
    from model.documents.files import make_folder
    from model.lists import rounds

    tell(0, 1)
    return rounds.start(reader.store, reader.viewer, name, make_folder(folder), due=due, fmt=fmt)


def _remind(reader: Reader, name: str, folder: Path, fmt: str, tell: Tell) -> Sent:
    from model.documents.files import make_folder
    from model.lists import rounds

    tell(0, 1)
    return rounds.remind(reader.store, reader.viewer, name, make_folder(folder), fmt=fmt)


def _issue(reader: Reader, name: str) -> Issue:
    from model.lists import publishing

    with reader.store.read() as db:
        return publishing.prepare(db, name, clock.today())


def _publish(reader: Reader, name: str, folder: Path, formats: tuple[str, ...], again: bool, tell: Tell) -> Published:
    from model.documents.files import make_folder
    from model.lists import publishing
    from model.lists.publishing import Format

    tell(0, 1)
    wanted = [Format(one) for one in formats]
    return publishing.publish(reader.store, reader.viewer, name, make_folder(folder), wanted, again=again)
