"""The bundled library, loaded once for all tests."""

from datetime import date
from pathlib import Path

from banzheng_tui.guide.rules import RuleBook, Rules
from banzheng_tui.procedure.library import load_library

TODAY = date(2026, 11, 23)
PROCEDURES = Path(__file__).parents[2] / "procedures"
BUNDLED = load_library([PROCEDURES])
_BOOK = RuleBook(BUNDLED)


def book(procedure_id: str, on: date = TODAY) -> Rules:
    """The rules of a bundled procedure on a day."""
    return _BOOK.rules(procedure_id, on)
