"""A network meeting with minutes: short ways to draft, fill in and file them."""

from __future__ import annotations

import re
from typing import Any

from model.meetings.minutes import draft, filing
from model.meetings.minutes.checking import check
from model.meetings.minutes.records import Checked
from model.meetings.planning import apply, plan_meeting
from tests.model.meetings.year import COUNTY, Year, day


class Minuted:
    """One meeting of a county, by its number."""

    def __init__(self, book: Year, year: int = 2026, on: str | None = None) -> None:
        self.book = book
        with book.store.read() as db:
            plan = plan_meeting(db, COUNTY, "network", year, on=day(on) if on else None)
        self.id = apply(book.store, COUNTY, plan).id
        self.on = str(book.meeting(self.id).on_date)

    def draft(self) -> str:
        with self.book.store.read() as db:
            return draft.new(db, COUNTY, self.id)

    def whole(self, *more: str, attendance: str = "present") -> str:
        """The draft without its how-to, with everything filled in, and more after it."""
        text = self.draft()
        text = text[text.index("summary = ") :]
        text = text.replace('attendance = ""', f'attendance = "{attendance}"').replace(
            'chair = ""', 'chair = "Eli Fylke"'
        )
        text = re.sub(r'text = ""(?!")', 'text = "Talked **through**."', text)
        return "\n".join([text, *more])

    def check(self, text: str) -> Checked:
        with self.book.store.read() as db:
            return check(db, COUNTY, text)

    def file(self, text: str, **said: Any) -> filing.Filed:
        return filing.file(self.book.store, COUNTY, text, **said)

    def codes(self, text: str) -> set[str]:
        return {problem.code for problem in self.check(text).problems}


ACTION = '[[actions]]\nkey = "a1"\ntext = "Send the list"\nowner = {owner}\ndue = 2027-02-01\n'
DECISION = '[[decisions]]\nkey = "d1"\ntext = "One list"\nowner = {owner}\nagenda = 1\n'
