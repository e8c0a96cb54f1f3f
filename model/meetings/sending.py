"""What goes out, as files, and that it went out, as an event. Source: safety rules 4 and 16."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from model import clock
from model.errors import BadInput
from model.language import _
from model.meetings import ics, queries
from model.meetings.editing import changeable
from model.meetings.inviting import File, Invitation, stem
from model.store.door import Receipt
from model.store.store import Store
from model.viewer import Viewer

MOST_TOGETHER = 200
"""With more people, messages that each name all of them would fill a mailbox: 600 of them are 55 MB."""

NOTHING = Receipt(None, {}, {}, {}, frozenset())


def files(invitation: Invitation, *, merge: bool) -> list[File]:
    """The calendar's file, and a message a recipient or, with `merge`, one table of all of them."""
    from model.documents import files as names
    from model.documents.mail import Attachment, eml_bytes
    from model.documents.sheets import csv_bytes

    whole = invitation.calendar
    if not invitation.letters or whole is None:
        return []
    if merge:
        head = (_("Name"), _("E-mail"), _("Language form"), _("Subject"), _("Text"))
        rows = [(to.name, to.email, to.form.value, to.subject, to.text) for to in invitation.letters]
        return [whole, File(names.safe_name(*stem(invitation), suffix=".csv"), csv_bytes(head, rows))]
    found = [whole]
    life = invitation.meeting.uid.partition("@")[0]
    together = len(invitation.everybody) <= MOST_TOGETHER
    for to in invitation.letters:
        own = whole.data if together else invitation.calendar_for([ics.Person(to.name, to.email)])
        data = eml_bytes(
            to=[(to.name, to.email)],
            subject=to.subject,
            text=to.text,
            attachments=[Attachment(whole.name, f"text/calendar; method={invitation.method}", own)],
            sender=(invitation.sender.name, invitation.sender.email),
            at=invitation.at,
            message_id=f"{life}.{invitation.time}.{to.participant_id}@samlop.invalid",
        )
        found.append(File(names.safe_name(*stem(invitation), to.participant_id, suffix=".eml"), data))
    return found


def send(
    store: Store, viewer: Viewer, invitation: Invitation, folder: Path, *, merge: bool = False, replace: bool = False
) -> tuple[Receipt, tuple[Path, ...]]:
    """Write the files and record what went out; where one of the two fails, neither is done.

    Errors: as `documents.files.write_new`; BadInput when the meeting was changed since the invitation was made.
    """
    from model.documents.files import write_new

    written: list[Path] = []
    try:
        for file in files(invitation, merge=merge):
            written.append(write_new(folder, file.name, file.data, replace=replace))
        return record(store, viewer, invitation), tuple(written)
    except BaseException:
        for path in () if replace else written:
            with suppress(OSError):
                path.unlink()
        raise


def record(store: Store, viewer: Viewer, invitation: Invitation) -> Receipt:
    """What went out, as an event; a cancellation calls the meeting off. Errors: NotFound, BadInput."""
    view, method = invitation.meeting, invitation.method
    if method == "REQUEST" and not invitation.letters:
        return NOTHING
    today = clock.today().isoformat()
    why = "meeting.invite" if method == "REQUEST" else "meeting.cancel"
    with store.write(by=viewer, why=why, details={"meeting": view.id, "people": len(invitation.letters)}) as w:
        now = changeable(w.db, viewer, view.id)
        if now["batch"] != view.batch or len(queries.invitations(w.db, view.id)) != len(view.invitations):
            raise BadInput(
                _("Somebody has changed the meeting meanwhile. Nothing was recorded: look at it, try again.")
            )
        if invitation.letters:
            recipients = [{"id": to.participant_id, "name": to.name, "email": to.email} for to in invitation.letters]
            w.insert(
                "invitations",
                meeting_id=view.id,
                sequence=invitation.sequence,
                method=method,
                on_date=today,
                recipients=json.dumps(recipients, ensure_ascii=False),
            )
        ended = {"cancelled_on": today} if method == "CANCEL" else {"called_on": now["called_on"] or today}
        w.update("meetings", view.id, {**ended, "sequence": invitation.sequence})
    return w.receipt
