"""What is said of a meeting, somebody who comes from outside the directory, a point of the agenda."""

from __future__ import annotations

from model.language import _
from model.meetings.records import AgendaItem, Guest, Meeting
from model.record import fields
from tui.reader import Reader
from tui.screens.forms.job import Beginning, Done, Job, Seen
from tui.text import plain


class EditMeeting(Job):
    """Day, hours, place, title. After it was called, a change of these has to be told."""

    NAME = "meeting.edit"
    RECORD = Meeting

    def __init__(self, meeting_id: int) -> None:
        self.subject = meeting_id
        self.title = _("Meeting {n}").format(n=meeting_id)

    def begin(self, reader: Reader) -> Beginning:
        from model.meetings.reading import meeting

        with reader.store.read() as db:
            view = meeting(db, reader.viewer, self.subject)
        told: tuple[str, ...] = ()
        if view.called_on is not None:
            told = (
                _("The meeting is called: a new day, time, place or title has to be told, by inviting again."),
                _("A new day or time takes back the replies."),
            )
        values = {spec.name: getattr(view, spec.name) for spec in fields(Meeting)}
        return Beginning(values, (view.batch,), told=told)

    def save(self, reader: Reader, record: Meeting, seen: Seen) -> Done:
        from model import clock
        from model.meetings.editing import edit_meeting
        from model.meetings.planning import day_warnings
        from model.meetings.reading import meeting

        with reader.store.read() as db:
            before = meeting(db, reader.viewer, self.subject)
        edit_meeting(reader.store, reader.viewer, self.subject, record, seen=seen[0])
        with reader.store.read() as db:
            after = meeting(db, reader.viewer, self.subject)
        said = [_("The meeting is changed. u takes it back.")]
        if after.sequence > before.sequence:
            said.append(_("People have to be told: i invites again."))
        if after.on_date is not None and after.on_date != before.on_date:
            said += day_warnings(after.on_date, clock.today())
        return Done(" ".join(said))


class NewGuest(Job):
    NAME = "meeting.guest"
    RECORD = Guest

    def __init__(self, meeting_id: int) -> None:
        self.subject = meeting_id
        self.title = _("A guest who is not in the directory")

    def save(self, reader: Reader, record: Guest, seen: Seen) -> Done:
        from model.meetings.editing import add_guest

        add_guest(reader.store, reader.viewer, self.subject, record)
        return Done(_("The guest is asked to come. u takes it back."))


class NewPoint(Job):
    NAME = "meeting.point"
    RECORD = AgendaItem

    def __init__(self, meeting_id: int) -> None:
        self.subject = meeting_id
        self.title = _("A new point on the agenda")

    def save(self, reader: Reader, record: AgendaItem, seen: Seen) -> Done:
        from model.meetings.editing import add_agenda_item

        add_agenda_item(reader.store, reader.viewer, self.subject, record)
        return Done(_("The point stands last on the agenda. u takes it back."))


class EditPoint(Job):
    NAME = "meeting.point.edit"
    RECORD = AgendaItem

    def __init__(self, meeting_id: int, item_id: int, title: str) -> None:
        self._meeting_id = meeting_id
        self.subject = item_id
        self.title = plain(title)

    def begin(self, reader: Reader) -> Beginning:
        from model.errors import NotFound
        from model.meetings.reading import meeting

        with reader.store.read() as db:
            agenda = meeting(db, reader.viewer, self._meeting_id).agenda
        point = next((one for one in agenda if one.id == self.subject), None)
        if point is None:
            raise NotFound(_("That point is not on the agenda any more."))
        return Beginning({"title": point.title, "text": point.text}, (point.batch,))

    def save(self, reader: Reader, record: AgendaItem, seen: Seen) -> Done:
        from model.meetings.editing import edit_agenda_item

        edit_agenda_item(reader.store, reader.viewer, self._meeting_id, self.subject, record, seen=seen[0])
        return Done(_("The point is changed. u takes it back."))
