"""What the settings name is opened, with those who keep facts true, and as the person they say is at the keyboard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from model.errors import StoreTrouble, Usage, WrongKey
from model.settings import AtKeyboard, Settings
from model.store import keys
from model.store.store import Store
from model.terms import Right, Service
from model.workplace import open_workplace
from tests.model.store import kit
from tests.model.store.kit import KEY, ROWS

KARI = AtKeyboard(contact_id=1, service=Service.OT, unit_id=1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    kit.make(tmp_path / "samlop.store", furnished=True).close()
    keys.write_file(tmp_path / "samlop.key", KEY)
    return Settings(file=tmp_path / "config.toml", store="samlop.store", key_file="samlop.key", viewer=KARI)


def test_the_viewer_is_who_the_settings_name(settings: Settings) -> None:
    work = open_workplace(settings)
    with work.store:
        assert (work.viewer.contact_id, work.viewer.name, work.viewer.unit_name) == (1, "Kari Moe", "Nord vgs")
        assert not work.viewer.can(Right.ADMINISTER)
        with work.another() as second:
            assert second.latest_batch() == 1


def test_an_administrator_may_administer(settings: Settings) -> None:
    with (work := open_workplace(replace(settings, viewer=replace(KARI, administrator=True)))).store:
        assert work.viewer.can(Right.ADMINISTER)


@pytest.mark.parametrize(
    "told", [AtKeyboard(), replace(KARI, contact_id=99), replace(KARI, unit_id=99), replace(KARI, service=None)]
)
def test_nobody_that_the_store_knows(settings: Settings, told: AtKeyboard) -> None:
    with pytest.raises(Usage, match="config"):
        open_workplace(replace(settings, viewer=told))


def test_what_is_written_is_kept_for_the_caseload(settings: Settings) -> None:
    work = open_workplace(settings)
    with work.store as store:
        with store.write(by=work.viewer, why="entry.log") as w:
            w.insert("entries", **{**ROWS["entries"], "on_date": "2026-11-20", "with_youth": 1})
        with store.read() as db:
            facts = db.execute("SELECT last_contact_on FROM facts WHERE service = 'ot'").fetchall()
    assert facts == [("2026-11-20",)]


def test_the_key_is_asked_for_where_there_is_no_file(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "other.store"
    Store.create(path, "horse battery", controller="Testfylket").close()
    named = replace(settings, store=str(path), key_file="", viewer=AtKeyboard(service=Service.OT))
    open_workplace(named, ask=lambda: "horse battery").store.close()
    with pytest.raises(WrongKey):
        open_workplace(named, ask=lambda: "something else")
    with pytest.raises(WrongKey, match="key_file"):
        open_workplace(named)


def test_a_plain_store_and_a_missing_one_ask_for_no_key(settings: Settings, tmp_path: Path) -> None:
    def asked() -> str:
        raise AssertionError

    plain = tmp_path / "plain.store"
    Store.create(plain, None, controller="Testfylket").close()
    named = replace(settings, key_file="", viewer=AtKeyboard(service=Service.OT))
    open_workplace(replace(named, store=str(plain)), ask=asked).store.close()
    with pytest.raises(StoreTrouble, match="samlop init"):
        open_workplace(replace(named, store=str(tmp_path / "missing.store")), ask=asked)
