"""An edition is published once, whoever else is at it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from model.errors import BadInput
from model.lists import publishing, rendering
from model.lists.publishing import Format
from model.store.store import Store
from model.terms import Role
from tests.model.contacts.book import KEY, ME
from tests.model.lists.county import County


def test_two_who_publish_at_once_publish_one_edition(
    county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    county.person("Anne Berg", Role.COUNSELLOR, county.unit("Aurland vgs"), on="counsellors")
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    for folder in (mine, theirs):
        folder.mkdir()
    letter = rendering.letter

    def meanwhile(*told: Any) -> tuple[str, str]:
        monkeypatch.setattr(rendering, "letter", letter)
        other = Store.open(county.store.path, KEY)
        publishing.publish(other, ME, "counsellors", theirs, [Format.CSV])
        other.close()
        return letter(*told)

    monkeypatch.setattr(rendering, "letter", meanwhile)
    with pytest.raises(BadInput, match="meanwhile"):
        publishing.publish(county.store, ME, "counsellors", mine, [Format.CSV])
    assert ([*mine.iterdir()], len([*theirs.iterdir()])) == ([], 3)
    assert county.all("SELECT count(*) FROM editions") == [(1,)]
