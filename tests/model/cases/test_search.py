"""The index of words: what goes in is what is asked for, in any script, and nothing typed is syntax."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.store import search
from model.text import tokens
from tests.model.cases.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.store.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_a_text_is_found_by_each_of_its_words_and_all_of_them(world: World, text: str) -> None:
    with world.store.aside() as db:
        search.clear(db)
        search.put(db, [(1, text)])
        for asked in (*tokens(text), text):
            if search.query(asked):
                rows = db.execute("SELECT rowid FROM entry_words WHERE entry_words MATCH ?", (search.query(asked),))
                assert rows.fetchall() == [(1,)], asked
        assert set(search.vocabulary(db)) == set(search.words(text).split())
        search.take_out(db, [1, 2])
        assert search.ids(db) == set()


def test_nothing_typed_is_syntax() -> None:
    assert (
        search.query('mentor" OR "x* NEAR(a b) -c')
        == '"mentor"* AND "or"* AND "x"* AND "near"* AND "a"* AND "b"* AND "c"*'
    )
    assert search.query(" \"'* ") == ""
