"""Everything a key can do, said once.

From this table come the bindings, the bar of keys, the help screen, the palette and `docs/reference/keys.md`. An
action's name is what a person writes under `[keys]` in the settings. How it is done is a method `do_<name>` of the
widget or screen that stands for its scope; why it is off just now is said by a method `off_<name>` (see `tui.acting`).

Defaults keep clear of `[ ] { } \\ ~ @ $`, which Nordic keyboards hide behind AltGr, and of the keys terminals swallow.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding, BindingType

from model.language import N_, _


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a key can do."""

    name: str
    scope: str
    keys: tuple[str, ...]
    """Its usual keys, as Textual names them or as single characters."""
    label: str
    help: str
    footer: bool = False
    """Shown in the bar of keys at the bottom."""
    palette: bool = True
    """Offered in the palette."""


SCOPES: dict[str, tuple[str, tuple[str, ...]]] = {
    # name: (heading, the scopes whose keys also work there)
    "global": (N_("Everywhere"), ()),
    "work": (N_("Main screen"), ("global",)),
    "list": (N_("Lists"), ("work", "global")),
    "caseload": (N_("Caseload"), ("list", "work", "global")),
    "timeline": (N_("Timeline"), ("list", "work", "global")),
    "directory": (N_("Directory"), ("list", "work", "global")),
    "form": (N_("Forms"), ("global",)),
    "attention": (N_("Attention"), ("list", "global")),
    "contact_lists": (N_("Contact lists"), ("list", "global")),
    "list_people": (N_("People of a list"), ("list", "global")),
    "meetings": (N_("Meetings"), ("list", "global")),
    "meeting": (N_("One meeting"), ("list", "global")),
    "people": (N_("One meeting: its people"), ("meeting", "global")),  # in this list space is not a mark
    "agenda": (N_("One meeting: its agenda"), ("meeting", "global")),
    "agreements": (N_("Agreements"), ("list", "global")),
    "groups": (N_("Groups"), ("list", "global")),
    "taking": (N_("Take in a list"), ("list", "global")),
    "taking_columns": (N_("Take in a list: columns"), ("taking", "list", "global")),
    "taking_rows": (N_("Take in a list: what it would do"), ("taking", "list", "global")),
    "minutes": (N_("The minutes"), ("list", "global")),
    "entry": (N_("One entry"), ()),
    "contact": (N_("One contact"), ()),
}

ACTIONS: tuple[Action, ...] = (
    Action("new_entry", "work", ("n",), N_("New entry"), N_("Write down what happened in the open case."), footer=True),
    Action("new_task", "work", ("t",), N_("Task"), N_("Add something to be done in the open case."), footer=True),
    Action("measure", "work", ("m",), N_("Measure"), N_("Start a measure in the open case, or end one."), footer=True),
    Action("consent", "work", ("c",), N_("Consent"), N_("See consent; give, refuse or withdraw it."), footer=True),
    Action("filter", "work", ("/",), N_("Filter"), N_("Narrow the list while you type."), footer=True),
    Action("done", "work", ("d",), N_("Done"), N_("Mark the task under the cursor as done.")),
    Action("edit", "work", ("e",), N_("Edit"), N_("Change what is under the cursor.")),
    Action("new_case", "work", ("N",), N_("New case"), N_("Open a case for a youth.")),
    Action("copy", "work", ("y",), N_("Copy"), N_("Copy one field of what is under the cursor.")),
    Action("pane_1", "work", ("1",), N_("Caseload"), N_("Go to the caseload.")),
    Action("pane_2", "work", ("2",), N_("Timeline"), N_("Go to the timeline of the open case.")),
    Action("pane_3", "work", ("3",), N_("Directory"), N_("Go to the directory.")),
    Action("zoom", "work", ("z",), N_("Zoom"), N_("Give the pane the whole screen, or give it back.")),
    Action("back", "work", ("escape",), N_("Back"), N_("Out of the filter, the zoom, the pane."), palette=False),
    Action("assign", "caseload", ("a",), N_("Assign"), N_("Give the marked cases, or this one, a responsible.")),
    Action("views", "caseload", ("v",), N_("Views"), N_("Choose a saved view, or save this one.")),
    Action(
        "confirm", "directory", ("v",), N_("Confirm"), N_("What is said of those marked, or of this one, holds."), True
    ),
    Action("merge", "directory", ("=",), N_("Merge"), N_("Make two marked contacts who are one person one.")),
    Action("new_contact", "directory", ("+",), N_("New contact"), N_("Put somebody into the directory.")),
    Action("earlier", "timeline", ("h", "left"), N_("Earlier"), N_("Show an earlier month."), palette=False),
    Action("later", "timeline", ("l", "right"), N_("Later"), N_("Show a later month."), palette=False),
    Action("open", "list", ("enter",), N_("Open"), N_("Go deeper into what is under the cursor."), palette=False),
    Action("mark", "list", ("space",), N_("Mark"), N_("Mark or unmark, and step down."), footer=True, palette=False),
    Action("mark_all", "list", ("ctrl+a",), N_("Mark all"), N_("Mark everything in the list, or nothing.")),
    Action("down", "list", ("j", "down"), N_("Down"), N_("One line down."), palette=False),
    Action("up", "list", ("k", "up"), N_("Up"), N_("One line up."), palette=False),
    Action("half_down", "list", ("ctrl+d",), N_("Half a page down"), N_("Half a page down."), palette=False),
    Action("half_up", "list", ("ctrl+u",), N_("Half a page up"), N_("Half a page up."), palette=False),
    Action("page_down", "list", ("pagedown",), N_("Page down"), N_("One page down."), palette=False),
    Action("page_up", "list", ("pageup",), N_("Page up"), N_("One page up."), palette=False),
    Action("first", "list", ("g", "home"), N_("First"), N_("To the first line."), palette=False),
    Action("last", "list", ("G", "end"), N_("Last"), N_("To the last line."), palette=False),
    Action("save", "form", ("f10", "ctrl+enter"), N_("Save"), N_("Save the form."), footer=True, palette=False),
    Action("keep", "form", ("escape",), N_("Back"), N_("Leave the form and keep a draft."), True, False),
    Action("discard", "form", ("f9",), N_("Discard"), N_("Throw away what is typed, and the draft."), palette=False),
    Action("add_row", "form", ("f8",), N_("Add a row"), N_("Add a row to the table with the cursor."), palette=False),
    Action("change_entry", "entry", ("e",), N_("Edit"), N_("Change the entry, where it is your own."), True, False),
    Action("delete_entry", "entry", ("x",), N_("Delete"), N_("Take away the entry, where it is yours."), True, False),
    Action("answer", "entry", ("c",), N_("Consent"), N_("See the case's consents, and record an answer."), True, False),
    Action("copy_entry", "entry", ("y",), N_("Copy"), N_("Copy one field of the entry."), True, False),
    Action("leave_entry", "entry", ("escape", "q"), N_("Back"), N_("Back to the timeline."), True, False),
    Action("change_contact", "contact", ("e",), N_("Edit"), N_("Change the contact and the roles."), True, False),
    Action("confirm_contact", "contact", ("v",), N_("Confirm"), N_("What is said of the contact holds."), True, False),
    Action("deputy", "contact", ("d",), N_("Deputy"), N_("Say who answers for the contact from today."), True, False),
    Action("serves", "contact", ("s",), N_("Serves"), N_("Say whom the contact or the office serves."), True, False),
    Action("has_left", "contact", ("x",), N_("Has left"), N_("Say when the contact leaves."), True, False),
    Action("copy_contact", "contact", ("y",), N_("Copy"), N_("Copy one field of the contact."), True, False),
    Action("leave_contact", "contact", ("escape", "q"), N_("Back"), N_("Back to the directory."), True, False),
    Action(
        "fix", "attention", ("f",), N_("Put right"), N_("Give the marked cases to somebody suggested."), footer=True
    ),
    Action("leave_attention", "attention", ("escape",), N_("Back"), N_("Back to the work."), True, False),
    Action("start_round", "contact_lists", ("s",), N_("Round"), N_("Ask every unit whether the list holds."), True),
    Action("remind", "contact_lists", ("m",), N_("Remind"), N_("Write to those who have not answered."), True),
    Action("close_round", "contact_lists", ("d",), N_("Close the round"), N_("Wait for no more answers.")),
    Action("take_in_list", "contact_lists", ("i",), N_("Take in"), N_("Read a reply or the list from a file."), True),
    Action("publish", "contact_lists", ("p",), N_("Publish"), N_("Write an edition for the list's readers."), True),
    Action("list_owner", "contact_lists", ("o",), N_("Owner"), N_("Say who answers for the list."), True),
    Action("edit_list", "contact_lists", ("e",), N_("Edit"), N_("Change title, roles, readers and cadence.")),
    Action("new_list", "contact_lists", ("+",), N_("New list"), N_("Make a contact list.")),
    Action("about_list", "contact_lists", ("l", "right"), N_("Read"), N_("Go to the list's page, to read all of it.")),
    Action("leave_lists", "contact_lists", ("escape",), N_("Back"), N_("Back to the work."), True, False),
    Action("confirm_people", "list_people", ("v",), N_("Confirm"), N_("What the list says of them holds."), True),
    Action("people_left", "list_people", ("x",), N_("Has left"), N_("Say when somebody leaves."), True),
    Action("put_on", "list_people", ("+",), N_("Put on"), N_("Put somebody of the directory on the list."), True),
    Action("take_off_list", "list_people", ("-",), N_("Take off"), N_("Take those marked, or this one, off the list.")),
    Action("filter_people", "list_people", ("/",), N_("Filter"), N_("Narrow the people while you type."), True),
    Action(
        "leave_people", "list_people", ("escape",), N_("Back"), N_("Out of the filter, back to the lists."), True, False
    ),
    Action("meeting_plan", "meetings", ("p",), N_("Plan"), N_("Plan a meeting: day, people and agenda."), True),
    Action("meeting_invite", "meetings", ("i",), N_("Invite"), N_("Write the invitations to a folder."), True),
    Action("meeting_edit", "meetings", ("e",), N_("Edit"), N_("Change the day, the time, the place, the title."), True),
    Action("meeting_minutes", "meetings", ("m",), N_("The minutes"), N_("Write the minutes of the meeting."), True),
    Action("meeting_publish", "meetings", ("P",), N_("Publish"), N_("Publish the minutes: PDF, Markdown, HTML."), True),
    Action("meeting_off", "meetings", ("x",), N_("Call off"), N_("Call the meeting off, and tell the invited.")),
    Action("year_before", "meetings", ("h", "left"), N_("Year before"), N_("Show the year before.")),
    Action("year_after", "meetings", ("l", "right"), N_("Year after"), N_("Show the year after.")),
    Action("meeting_about", "meetings", ("o",), N_("Read"), N_("Go to the right side, to read all of it.")),
    Action(
        "agreements", "meetings", ("a",), N_("Agreements"), N_("See the agreements: signed, valid, evaluated."), True
    ),
    Action("groups", "meetings", ("s",), N_("Groups"), N_("See the steering groups and who is in them."), True),
    Action("leave_meetings", "meetings", ("escape",), N_("Back"), N_("Back to the work."), True, False),
    Action("attend", "people", ("space",), N_("Was there"), N_("Not recorded, present, excused, absent."), True),
    Action("attend_unit", "people", ("w",), N_("Whole unit"), N_("Say the same of everybody of the unit."), True),
    Action("reply", "people", ("a",), N_("Reply"), N_("No reply, accepted, declined, tentative."), True),
    Action("add_person", "people", ("+",), N_("Add"), N_("Ask somebody of the directory to come, or a guest."), True),
    Action("take_off", "people", ("x",), N_("Take off"), N_("Take somebody off the meeting."), True),
    Action("point_add", "agenda", ("+",), N_("Add a point"), N_("Put a point last on the agenda."), True),
    Action(
        "point_edit", "agenda", ("o",), N_("Change the point"), N_("Change a point's title or text; Enter too."), True
    ),
    Action("point_up", "agenda", ("K", "shift+up"), N_("Move up"), N_("Take the point before the one above it."), True),
    Action("point_down", "agenda", ("J", "shift+down"), N_("Move down"), N_("Take the point after the next."), True),
    Action("point_off", "agenda", ("x",), N_("Take off"), N_("Take the point off the agenda."), True),
    Action("this_invite", "meeting", ("i",), N_("Invite"), N_("Write the invitations to a folder."), True),
    Action("this_edit", "meeting", ("e",), N_("Edit"), N_("Change the day, the time, the place, the title."), True),
    Action("this_minutes", "meeting", ("m",), N_("The minutes"), N_("Write the minutes of the meeting."), True),
    Action("this_publish", "meeting", ("P",), N_("Publish"), N_("Publish the minutes: PDF, Markdown, HTML.")),
    Action("this_off", "meeting", ("X",), N_("Call off"), N_("Call the meeting off, and tell the invited.")),
    Action("leave_meeting", "meeting", ("escape",), N_("Back"), N_("Back to the year."), True, False),
    Action("agreement_new", "agreements", ("n",), N_("New"), N_("Write down an agreement and its parties."), True),
    Action("agreement_sign", "agreements", ("s",), N_("Sign"), N_("Say that a party's leader has signed."), True),
    Action(
        "agreement_evaluate",
        "agreements",
        ("v",),
        N_("Evaluate"),
        N_("Say that it was evaluated, and when next."),
        True,
    ),
    Action("agreement_edit", "agreements", ("e",), N_("Edit"), N_("Change title, dates, reference, note."), True),
    Action("agreement_end", "agreements", ("x",), N_("End"), N_("Say that it no longer holds."), True),
    Action("agreement_about", "agreements", ("l", "right"), N_("Read"), N_("Go to the right side, to read all of it.")),
    Action("leave_agreements", "agreements", ("escape",), N_("Back"), N_("Back to the year."), True, False),
    Action("group_new", "groups", ("n",), N_("New"), N_("Make a group, such as a steering group."), True),
    Action("group_join", "groups", ("+",), N_("Add"), N_("Somebody comes into the group."), True),
    Action("group_leave", "groups", ("x",), N_("Take out"), N_("Somebody goes out of the group."), True),
    Action("group_plan", "groups", ("p",), N_("Plan"), N_("Plan the group's meeting of this year."), True),
    Action("group_end", "groups", ("X",), N_("End"), N_("Say that the group is no more.")),
    Action("group_about", "groups", ("l", "right"), N_("Read"), N_("Go to the right side, to read all of it.")),
    Action("leave_groups", "groups", ("escape",), N_("Back"), N_("Back to the year."), True, False),
    Action(
        "take_on",
        "taking",
        ("f10", "ctrl+enter"),
        N_("Go on"),
        N_("To the next step; the last one takes the list in."),
        True,
        False,
    ),
    Action(
        "take_back",
        "taking",
        ("escape",),
        N_("Back"),
        N_("A step back; nothing is written before the last."),
        True,
        False,
    ),
    Action(
        "load_mapping", "taking_columns", ("o",), N_("Load"), N_("Take the columns as a mapping's file says."), True
    ),
    Action(
        "save_mapping", "taking_columns", ("s",), N_("Save"), N_("Write down which column is which, in a file."), True
    ),
    Action(
        "ways", "taking_rows", ("f",), N_("Put right"), N_("Leave out bad rows, settle conflicts, let people go."), True
    ),
    Action("find_row", "taking_rows", ("/",), N_("Filter"), N_("Narrow the rows while you type."), True),
    Action(
        "file_minutes", "minutes", ("f10", "ctrl+enter"), N_("File"), N_("File the minutes, whole or lacking."), True
    ),
    Action("preview_minutes", "minutes", ("p",), N_("Preview"), N_("See the minutes as they will be read."), True),
    Action(
        "publish_minutes", "minutes", ("P",), N_("Publish"), N_("Write the filed minutes to a folder: PDF, text."), True
    ),
    Action(
        "check_minutes", "minutes", ("c",), N_("Check"), N_("See what is lacking or wrong; Enter goes there."), True
    ),
    Action("add_decision", "minutes", ("d",), N_("Decision"), N_("Add a decision."), True),
    Action("add_action", "minutes", ("a",), N_("Action"), N_("Add something to be done."), True),
    Action("add_item", "minutes", ("i",), N_("Item"), N_("Add an item to the agenda.")),
    Action("add_participant", "minutes", ("+",), N_("Participant"), N_("Add somebody who came besides.")),
    Action("take_out", "minutes", ("x", "delete"), N_("Take out"), N_("Take out the line under the cursor.")),
    Action("move_down", "minutes", ("J", "shift+down"), N_("Move down"), N_("Move the line one place down.")),
    Action("move_up", "minutes", ("K", "shift+up"), N_("Move up"), N_("Move the line one place up.")),
    Action("write_minutes", "minutes", ("w",), N_("Write the file"), N_("Write the minutes file (TOML) to a folder.")),
    Action("read_minutes", "minutes", ("o",), N_("Take in a file"), N_("Take in a minutes file edited elsewhere.")),
    Action("discard_minutes", "minutes", ("f9",), N_("Discard"), N_("Throw away what is written and not filed.")),
    Action("leave_minutes", "minutes", ("escape",), N_("Back"), N_("Back; what is written is kept."), True, False),
    Action("undo", "global", ("u",), N_("Undo"), N_("Take back the last change you made."), footer=True),
    Action("redo", "global", ("U", "ctrl+r"), N_("Redo"), N_("Do again what you took back.")),
    Action("attention", "global", ("A",), N_("Attention"), N_("See what somebody ought to do, and put it right.")),
    Action("meetings", "global", ("M",), N_("Meetings"), N_("See the meeting year: plan, invite, minutes.")),
    Action("contact_lists", "global", ("C",), N_("Contact lists"), N_("See owners, ages, rounds and editions.")),
    Action("take_in", "global", ("I",), N_("Take in a list"), N_("Read a list from a file, look, take it in.")),
    Action("history", "global", ("H",), N_("History"), N_("See what was changed, when and by whom.")),
    Action("refresh", "global", ("r", "f5"), N_("Refresh"), N_("Read everything again.")),
    Action("theme", "global", ("T",), N_("Theme"), N_("Change between light, dark and high contrast.")),
    Action("language", "global", ("L",), N_("Language"), N_("Choose the language, from the next start.")),
    Action("quit", "global", ("q",), N_("Quit"), N_("Leave Samløp. Drafts are kept.")),
    Action("help", "global", ("?", "f1"), N_("Help"), N_("See every key and what it does."), footer=True),
    Action("palette", "global", ("ctrl+p",), N_("Anything"), N_("Find a case, person, unit or action."), True, False),
)

BY_NAME = {action.name: action for action in ACTIONS}


def bindings(scope: str) -> list[BindingType]:
    """The `BINDINGS` of what stands for a scope. Keys of one's own come with `App.set_keymap(keymap.changed)`."""
    return [
        Binding(",".join(a.keys), f"act('{a.name}')", _(a.label), show=a.footer, tooltip=_(a.help), id=a.name)
        for a in ACTIONS
        if a.scope == scope
    ]


def together(one: str, other: str) -> bool:
    """Can keys of these two scopes be within reach at the same moment?"""
    return one == other or other in SCOPES[one][1] or one in SCOPES[other][1]
