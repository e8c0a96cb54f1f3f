"""Kinds of entries that have forms of their own, met where the form of a new entry or of a change is asked for."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from model.cases import drafts, writing
from model.cases.records import Consent
from model.terms import ConsentForm, ConsentStage, EntryKind, GivenBy, Service
from tests.tui.conftest import OLA, County
from tests.tui.kit import shown, until
from tui.forms.form import Form
from tui.panes.timeline import TimelinePane
from tui.screens.looks import EntryLook

SIZE = (140, 32)


async def ready(pilot: Pilot[Any]) -> None:
    """The desk shows Ola's case."""
    await until(pilot, lambda: "Ring the counsellor" in shown(pilot.app))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [EntryKind.MEASURE, EntryKind.CONSENT])
async def test_a_draft_of_the_command_line_opens_with_what_was_written(county: County, kind: EntryKind) -> None:
    typed = {"kind": kind.value, "text": "Begun elsewhere"}
    app = county.app()
    with county.open() as store:
        drafts.keep(store, app.workplace.viewer, "entry", OLA, {"seen": [], "typed": typed})
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot)
        await pilot.press("n")
        await until(pilot, lambda: "Begun elsewhere" in shown(app))
        assert "text" in app.screen.query(Form).last().fields


async def test_a_consent_of_ones_own_is_read_and_not_edited(county: County) -> None:
    consent = Consent(
        stage=ConsentStage.GIVEN,
        from_service=Service.OT,
        to_service=Service.NAV,
        given_by=GivenBy.YOUTH,
        form=ConsentForm.WRITTEN,
    )
    app = county.app()
    with county.open() as store:
        entry = writing.record_consent(store, app.workplace.viewer, OLA, consent).entry_id
    async with app.run_test(size=SIZE) as pilot:
        await ready(pilot)
        await pilot.press("2")
        timeline = app.screen.query_one(TimelinePane)
        timeline.list.go_to(entry)
        await until(pilot, lambda: timeline.list.current == entry)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, EntryLook))
