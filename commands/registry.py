"""The nouns of the command line, with the module each lives in: `samlop --help` is told from here alone.

A noun's module defines `command`: a click group of verbs, or a single command.
"""

from __future__ import annotations

from typing import NamedTuple

from model.language import N_


class Noun(NamedTuple):
    name: str
    module: str
    help: str


NOUNS = (
    Noun("init", "commands.init", N_("Make a store, its key and the config file.")),
    Noun("contacts", "commands.contacts", N_("The directory: import, list, show, confirm, export, merge.")),
    Noun("lists", "commands.lists", N_("Contact lists: owner, age, rounds, editions.")),
    Noun("youths", "commands.youths", N_("Take in the admission system's list of youths.")),
    Noun("cases", "commands.cases", N_("Cases: list, show, open, log what happened, assign.")),
    Noun("tasks", "commands.tasks", N_("What is due: list, add, done.")),
    Noun("consent", "commands.consent", N_("Who lets which service tell which: show, give, refuse, withdraw.")),
    Noun("check", "commands.check", N_("What somebody ought to do: contacts who left, meetings not called.")),
    Noun("meetings", "commands.meetings", N_("The meeting year: plan, invite, replies, attendance.")),
    Noun("minutes", "commands.minutes", N_("Minutes: new, check, file, publish, status.")),
    Noun("agreements", "commands.agreements", N_("Cooperation agreements: parties, signatures, dates.")),
    Noun("groups", "commands.groups", N_("Steering groups and their members.")),
    Noun("history", "commands.history", N_("What was done, by whom and when.")),
    Noun("undo", "commands.undo", N_("Undo a batch.")),
    Noun("doctor", "commands.doctor", N_("Look through the store for damage.")),
    Noun("config", "commands.config", N_("Show, change and check the settings.")),
    Noun("completion", "commands.completion", N_("Print what makes a shell complete samlop's commands.")),
)
