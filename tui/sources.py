"""What the palette finds besides actions: cases, contacts and units, on the quick thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from model.language import _
from tui.reader import Reader
from tui.screens.palette import Found, Source

if TYPE_CHECKING:
    from tui.app import SamlopApp

_EACH = 12


def sources(app: SamlopApp) -> tuple[Source, ...]:
    """Cases by name or number; the directory, contact lists and meetings by name; after them what entries say."""

    async def cases(typed: str) -> Sequence[Found]:
        rows = await answer(app, _cases, typed)
        return [
            Found(
                label=f"{row.id} {row.name}",
                kind=_("case"),
                open=lambda id=row.id: app.desk.open_case(id),  # type: ignore[misc]
                score=0.9,
            )
            for row in rows
        ]

    async def contacts(typed: str) -> Sequence[Found]:
        rows = await answer(app, _contacts, typed)
        return [
            Found(
                label=" · ".join(part for part in (row.name, row.unit) if part),
                kind=_("contact"),
                open=lambda name=row.name: app.desk.look_for(name),  # type: ignore[misc]
                score=0.7,
            )
            for row in rows
        ]

    async def units(typed: str) -> Sequence[Found]:
        names = await answer(app, _units, typed)
        return [
            Found(
                label=name,
                kind=_("unit"),
                open=lambda name=name: app.desk.look_for(name),  # type: ignore[misc]
                score=0.6,
            )
            for name in names
        ]

    async def lists(typed: str) -> Sequence[Found]:
        found = await answer(app, _lists, typed)
        return [
            Found(
                label=title,
                kind=_("contact list"),
                open=lambda id=id: app.go_to_list(id),  # type: ignore[misc]
                score=0.6,
            )
            for id, title in found
        ]

    async def entries(typed: str) -> Sequence[Found]:
        if len(typed) < 4:
            return []
        hits = await answer(app, _entries, typed)
        return [
            Found(
                label=f"{hit.case_id}: {hit.excerpt}",
                kind=hit.kind.label,
                open=lambda id=hit.case_id: app.desk.open_case(id),  # type: ignore[misc]
                score=0.4,
            )
            for hit in hits
        ]

    async def meetings(typed: str) -> Sequence[Found]:
        found = await answer(app, _meetings, typed)
        return [
            Found(
                label=title,
                kind=_("meeting"),
                open=lambda id=number: app.go_to_meeting(id),  # type: ignore[misc]
                score=0.6,
            )
            for number, title in found
        ]

    return cases, contacts, units, lists, meetings, entries


async def answer(app: SamlopApp, fn: Callable[[Reader, str], Any], typed: str) -> Any:
    """Ask the quick thread and wait for the answer. A question that a newer one has overtaken answers nothing."""
    waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    def come(found: Any) -> None:
        if not waiting.done():
            waiting.set_result(found)

    def failed(error: Exception) -> None:
        if not waiting.done():
            waiting.set_exception(error)

    app.ask(fn, typed, then=come, failed=failed, slot=f"palette {fn.__name__}")
    return await waiting


def _cases(reader: Reader, typed: str) -> Any:
    from model import clock
    from model.caseload.order import View, caseload
    from model.caseload.window import rows

    today = clock.today()
    with reader.store.read() as db:
        found = caseload(db, reader.viewer, View(text=f'"{typed}"'), reader.limits, today, reader.memory)
        return rows(db, reader.viewer, found.ids[:_EACH], reader.limits, today)


def _contacts(reader: Reader, typed: str) -> Any:
    from model.contacts import directory

    with reader.store.read() as db:
        return directory.list_contacts(db, text=typed)[:_EACH]


def _units(reader: Reader, typed: str) -> list[str]:
    from model.contacts import directory
    from model.text import fold

    word = fold(typed)
    with reader.store.read() as db:
        return [unit.name for unit in directory.units(db) if word in fold(unit.name)][:_EACH]


def _meetings(reader: Reader, typed: str) -> list[tuple[int, str]]:
    """The latest first."""
    from model.meetings.reading import meetings
    from model.text import fold

    word = fold(typed)
    with reader.store.read() as db:
        there = [(one.id, one.title) for one in meetings(db, reader.viewer) if word in fold(one.title)]
    return there[::-1][:_EACH]


def _lists(reader: Reader, typed: str) -> list[tuple[int, str]]:
    from model.contacts import lists
    from model.text import fold

    word = fold(typed)
    with reader.store.read() as db:
        return [(one.id, one.title) for one in lists.there(db) if word in fold(f"{one.title} {one.name}")][:_EACH]


def _entries(reader: Reader, typed: str) -> Any:
    from model.cases import reading

    with reader.store.read() as db:
        return reading.search(db, reader.viewer, typed, limit=_EACH)
