"""Every test stands alone: its own home, English texts, no key ring, and the clock's date as it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from model import clock, language
from tests.calling import Outcome, Samlop

settings.register_profile("dev", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("dev"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

_FOLDERS = {
    "HOME": "",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "XDG_RUNTIME_DIR": ".run",
}


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home, in the environment so that commands run as processes stay in it too."""
    place = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith(("SAMLOP_", "LC_"))]:
        monkeypatch.delenv(name)
    for name, folder in _FOLDERS.items():
        monkeypatch.setenv(name, str(place / folder))
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    # Text is drawn alike whatever terminal the tests are started from.
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    language.use("en")
    monkeypatch.setattr(clock, "_fixed", None)
    yield place
    language.use("en")


@pytest.fixture
def samlop(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Samlop]:
    """Call the program without a terminal; see tests.calling."""
    from commands.main import run

    def call(*argv: str) -> Outcome:
        capsys.readouterr()
        code = run(argv)
        told = capsys.readouterr()
        return Outcome(code, told.out, told.err)

    monkeypatch.setenv("LANGUAGE", "en")  # set by every call: put back when the test is over
    umask = os.umask(0o077)
    yield call
    os.umask(umask)
