"""No settings of whoever runs the tests, and a small library to work on."""

from pathlib import Path

import pytest
from support.cli import small_library


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The folder of a small library."""
    return small_library(tmp_path / "library")
