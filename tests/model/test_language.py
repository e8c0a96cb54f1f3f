"""Speaking another language within a block."""

from __future__ import annotations

from datetime import date
from threading import Thread

import pytest

from model import language
from model.language import _, say_day
from model.terms import Role


def test_a_block_speaks_another_language_and_everybody_else_goes_on_in_theirs() -> None:
    heard: list[tuple[str, str]] = []
    with language.speaking("nn"):
        assert (language.current(), _("Name"), Role.COUNSELLOR.label) == ("nn", "Namn", "rådgjevar")
        assert say_day(date(2026, 1, 5), "EEEE") == "måndag"
        other = Thread(target=lambda: heard.append((_("Name"), Role.COUNSELLOR.label)))
        other.start()
        other.join()
        with language.speaking("nb"):
            assert _("Name") == "Navn"
        assert _("Name") == "Namn"
    assert heard == [("Name", "counsellor")]
    assert (language.current(), _("Name")) == ("en", "Name")


def test_a_language_nobody_here_speaks_is_refused() -> None:
    with pytest.raises(ValueError, match="fr"), language.speaking("fr"):
        raise AssertionError
