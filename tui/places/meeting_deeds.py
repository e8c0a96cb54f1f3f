"""What can be done about a meeting, wherever it is seen; and why it cannot be just now."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from model.language import _
from model.terms import MeetingStatus

if TYPE_CHECKING:
    from model.meetings.reading import MeetingRow, MeetingView
    from tui.app import SamlopApp

    Known = MeetingRow | MeetingView | None

Then = Callable[[], object]
"""Called when it is done."""
Deed = Callable[["SamlopApp", int, Then], object]

_TO_COME = (MeetingStatus.PLANNED, MeetingStatus.CALLED)


def why_not(meeting: Known) -> str | None:
    """Why nothing can be changed."""
    if meeting is None:
        return _("Put the cursor on a meeting first.")
    return _("This meeting was called off.") if meeting.cancelled_on else None


def why_not_invite(meeting: Known) -> str | None:
    """Why nobody can be invited, or told that it is called off."""
    if meeting is None or meeting.cancelled_on:
        return why_not(meeting)
    return None if meeting.status in _TO_COME else _("This meeting has been held already.")


def why_not_publish(meeting: Known) -> str | None:
    if meeting is None or meeting.cancelled_on:
        return why_not(meeting)
    return None if meeting.minutes_version else _("There are no minutes yet: m writes them.")


def edit(app: SamlopApp, meeting_id: int, then: Then) -> None:
    """Whoever stands below reads again by itself when the form goes."""
    from tui.screens.forms.meeting import EditMeeting
    from tui.screens.forms.screen import open_form

    open_form(app, EditMeeting(meeting_id))


def minutes(app: SamlopApp, meeting_id: int, then: Then) -> None:
    from tui.places.minutes import MinutesEditor

    app.push_screen(MinutesEditor(meeting_id))


def invite(app: SamlopApp, meeting_id: int, then: Then) -> None:
    from tui.places import sending

    sending.invite(app, meeting_id, then)


def call_off(app: SamlopApp, meeting_id: int, then: Then) -> None:
    from tui.places import sending

    sending.call_off(app, meeting_id, then)


def publish(app: SamlopApp, meeting_id: int, then: Then) -> None:
    from tui.places import publishing

    publishing.publish(app, meeting_id, then)
