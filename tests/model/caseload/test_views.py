"""Views with a name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from model import clock, language
from model.caseload import views
from model.caseload.order import View, caseload
from model.caseload.urgency import Limits
from model.errors import BadInput, NotFound
from model.viewer import Viewer
from tests.model.cases.world import NILS, OLA, TODAY, World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    with world.store, clock.fixed(TODAY):
        yield world


def names(world: World, viewer: Viewer) -> list[str]:
    with world.store.read() as db:
        return [view.name for view in views.views(db, viewer)]


BUILT_IN = ["mine", "all", "unassigned", "silent", "unknown", "closed"]


def test_the_views_that_come_with_the_program_show_what_they_say(world: World) -> None:
    mine, unknown, closed = world.case(), world.case(), world.case()
    world.responsible(mine, "ot", OLA)
    world.entry(mine, kind="conversation", with_youth=1, on_date="2026-11-20")
    with world.store.write(by=world.viewer(), why="case.edit") as w:
        w.update("cases", unknown, {"ot_status": "OTUK", "opened_on": "2026-11-20"})
        w.update("cases", closed, {"status": "closed", "closed_on": "2026-11-01"})
    silent = world.case()
    with world.store.read() as db:
        shown = {
            view.name: set(caseload(db, world.viewer(), view.view, Limits(), TODAY).ids)
            for view in views.views(db, world.viewer())
        }
    assert shown == {
        "mine": {mine},
        "all": {mine, unknown, silent},
        "unassigned": {unknown, silent},
        "silent": {silent},
        "unknown": {unknown},
        "closed": {closed},
    }


@pytest.mark.parametrize(
    "view",
    [
        View(text="school:nord silent:30"),
        View(mine=True, text='status:"på vent" ås'),
        View(mine=True),
        View(closed=True, text="ola"),
        View(mine=True, closed=True),
        View(),
    ],
)
def test_a_saved_view_comes_back_as_it_was(world: World, view: View) -> None:
    viewer = world.viewer()
    views.save(world.store, viewer, " Nord  ", view)
    with world.store.read() as db:
        found = views.named(db, viewer, "nord")
    assert (found.name, found.view, found.built_in) == ("Nord", view, False)


def test_own_views_are_ones_own_and_stand_by_name(world: World) -> None:
    viewer = world.viewer()
    for name in ("Østre", "Åse", "Bø"):
        views.save(world.store, viewer, name, View(text="x"))
    assert names(world, viewer) == [*BUILT_IN, "Bø", "Østre", "Åse"]
    assert names(world, world.viewer(contact_id=NILS)) == BUILT_IN
    views.save(world.store, viewer, "Bø", View(text="y"))
    views.drop(world.store, viewer, "Åse")
    assert names(world, viewer) == [*BUILT_IN, "Bø", "Østre"]
    with world.store.read() as db:
        assert views.named(db, viewer, "Bø").view == View(text="y")
    assert world.store.latest_batch() == 1  # outside the ledger: the county's own batch is the only one


def test_a_view_that_cannot_be_kept_or_found_says_why(world: World) -> None:
    viewer = world.viewer()
    for name in ("", "  ", "x" * 61, "Silent", "mine"):
        with pytest.raises(BadInput):
            views.save(world.store, viewer, name, View())
    with pytest.raises(BadInput, match="skul: is no filter"):
        views.save(world.store, viewer, "Nord", View(text="skul:nord"))
    with pytest.raises(NotFound, match="mine, all, unassigned"), world.store.read() as db:
        views.named(db, viewer, "nowhere")
    with pytest.raises(NotFound):
        views.drop(world.store, viewer, "nowhere")
    language.use("nb")
    with pytest.raises(BadInput):
        views.save(world.store, viewer, "silent", View())
