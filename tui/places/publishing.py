"""Minutes are published from the screen: in which form, which language, to which folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from model.language import LANGUAGES, _
from tui.reader import Reader
from tui.screens.asking import ask_folder
from tui.screens.dialogs import Choose, Confirm
from tui.screens.working import work

if TYPE_CHECKING:
    from model.meetings.minutes.publishing import Document
    from tui.app import SamlopApp

Then = Callable[[], object]
Tell = Callable[[int, int], object]

_FORMATS = ("pdf", "md", "html")


def publish(app: SamlopApp, meeting_id: int, then: Then) -> None:
    """In which form, in which language (the meeting's own is proposed), to which folder."""
    labels = {"pdf": _("PDF for the archive"), "md": "Markdown", "html": "HTML"}
    names = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}

    def form_chosen(format_: str | None) -> None:
        if format_ is not None:
            app.ask(_language, meeting_id, then=lambda own: ask_language(format_, own))

    def ask_language(format_: str, own: str) -> None:
        def chosen(language: str | None) -> None:
            if language is not None:
                ask_folder(
                    app,
                    _("The folder for the minutes"),
                    "samlop-minutes",
                    lambda folder: _publish_to(app, meeting_id, format_, language, folder, then),
                )

        options = [(code, names[code]) for code in LANGUAGES]
        app.push_screen(Choose(_("In which language?"), options, chosen=own), chosen)

    app.push_screen(Choose(_("Publish the minutes as"), [(one, labels[one]) for one in _FORMATS]), form_chosen)


def _publish_to(
    app: SamlopApp, meeting_id: int, format_: str, language: str, folder: Path, then: Then, *, replace: bool = False
) -> None:
    templates = app.workplace.settings.templates_path

    def done(answer: tuple[Document, bool, bool]) -> None:
        made, written, before = answer
        if not written:
            question = _("{file} is there already, and says something else.").format(file=folder / made.name)
            app.push_screen(Confirm(question, yes=_("Replace it")), replaced)
            return
        said = _("{file} is written.").format(file=folder / made.name)
        app.notify(f"{said} {_('It was published before, just as it is.')}" if before else said, timeout=10)
        if made.replaced:
            chars = ", ".join(f"{char} (U+{ord(char):04X})" for char in made.replaced)
            words = _("No font has these characters, which are shown as � instead: {chars}").format(chars=chars)
            app.notify(words, severity="warning", timeout=15)
        then()

    def replaced(yes: bool | None) -> None:
        if yes:
            _publish_to(app, meeting_id, format_, language, folder, then, replace=True)

    args = (meeting_id, format_, language, templates, folder, replace)
    work(app, _("Setting the minutes …"), _publish, *args, then=done)


def _language(reader: Reader, meeting_id: int) -> str:
    from model.meetings.reading import meeting

    with reader.store.read() as db:
        own = meeting(db, reader.viewer, meeting_id).language_form
    return own.value if own is not None else "nb"


def _publish(
    reader: Reader,
    meeting_id: int,
    format_: str,
    language: str,
    templates: Path | None,
    folder: Path,
    replace: bool,
    tell: Tell,
) -> tuple[Document, bool, bool]:
    """The document, whether it stands in the folder now, and whether it was published before just as it is."""
    from model.documents.files import make_folder, write_new
    from model.meetings.minutes import publishing

    with reader.store.read() as db:
        made = publishing.publish(db, reader.viewer, meeting_id, format_, language, templates=templates)
    tell(0, 1)
    path = folder / made.name
    if not publishing.is_there(path, made):
        if path.exists() and not replace:
            return made, False, False
        write_new(make_folder(folder), made.name, made.data, replace=replace)
    return made, True, publishing.record(reader.store, reader.viewer, made) is None
