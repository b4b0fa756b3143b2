"""The bundled library, loaded once for all tests."""

from datetime import date
from functools import cache
from pathlib import Path

from banzheng_tui.guide.rules import Rules, compile_rules
from banzheng_tui.procedure.library import load_library

TODAY = date(2026, 11, 23)
PROCEDURES = Path(__file__).parents[2] / "procedures"
BUNDLED = load_library([PROCEDURES])


@cache
def book(procedure_id: str, on: date = TODAY) -> Rules:
    """The rules of a bundled procedure on a day, by itself: nothing is brought along."""
    return compile_rules(BUNDLED.procedures[procedure_id], BUNDLED.catalog, on)
