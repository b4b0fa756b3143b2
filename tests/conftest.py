"""What every test needs: nothing of the developer's machine, no blinking, snapshots in one place.

After a wanted change of how the desk looks, one command writes all of its snapshots anew; look
at the pictures in `tests/tui/snapshots/` before you commit them:

    python -m pytest tests/tui/test_desk_snapshots.py --snapshot-update
"""

import os
from pathlib import Path

import pytest
from hypothesis import settings

if not os.environ.get("CI"):  # there Hypothesis has a profile of its own, and repeats itself
    settings.register_profile("here", deadline=None)
    settings.load_profile("here")

SETTINGS = (
    "NO_COLOR",
    "FORCE_COLOR",
    "COLUMNS",
    "LINES",
    "COLORTERM",
    "TERM_PROGRAM",
    "UNICODE_VERSION",
    "BROWSER",
    "LC_ALL",
    "LC_CTYPE",
    "TEXTUAL",
    "TEXTUAL_DRIVER",
    "TEXTUAL_PRESS",
    "TEXTUAL_THEME",
    "TEXTUAL_ANIMATIONS",
)


@pytest.fixture(autouse=True)
def _no_machine(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A home without settings, a plain terminal, one language."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    home = _home(request.config, tmp_path_factory)
    monkeypatch.setenv("HOME", str(home))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("LANG", "C.UTF-8")


_HOME = pytest.StashKey[Path]()


def _home(config: pytest.Config, factory: pytest.TempPathFactory) -> Path:
    """One empty folder for the whole run."""
    if _HOME not in config.stash:
        config.stash[_HOME] = factory.mktemp("home")
    return config.stash[_HOME]
