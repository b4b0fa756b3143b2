"""Pictures of the desk, on a small library of its own and with a clock that stands.

`python -m pytest tests/tui/test_desk_snapshots.py --snapshot-update` writes them anew.
"""

from __future__ import annotations

import gc
import unicodedata
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from pytest_textual_snapshot import SVGImageExtension  # type: ignore[import-untyped]
from support.desk import NARROW, WIDE, Desk, answer_night_stall, new_app, open_desk
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from syrupy.location import PyTestLocation
from textual.pilot import Pilot

from banzheng_tui.tui.session import Session
from banzheng_tui.tui.widgets import call_panes

FOLDER = Path(__file__).parent / "snapshots" / "test_desk_snapshots"
STALL = "night-stall"


async def settle(desk: Desk) -> None:
    """What is worked out behind the call is on the screen; the first screen has nothing behind."""
    if desk.app.screen.id == "call":
        await desk.refined()


async def nothing(desk: Desk) -> None:
    """The screen as it opens."""


async def question(desk: Desk) -> None:
    await desk.choose("夜市里面")
    await desk.press("1")


async def typing(desk: Desk) -> None:
    await answer_night_stall(desk, until="rent")
    await desk.enter("一大笔")


async def plan(desk: Desk) -> None:
    await answer_night_stall(desk)
    await desk.press("p", "space", "down", "down")


async def refusal(desk: Desk) -> None:
    await desk.choose("自家院子")
    await desk.choose("吃的")
    await desk.choose("不是")


async def answers(desk: Desk) -> None:
    await desk.choose("自家院子")
    await desk.choose("吃的")
    await desk.press("e")


async def change(desk: Desk) -> None:
    await desk.choose("自家院子")
    await desk.choose("吃的")
    await desk.choose("是")
    await desk.press("e", "1")
    await desk.choose("夜市里面")


async def another_day(desk: Desk) -> None:
    await desk.choose("街边")
    await desk.press("d")
    await desk.enter("2027-01-01")
    await desk.pilot.pause()


async def why(desk: Desk) -> None:
    await answer_night_stall(desk)
    await desk.press("p", "down", "w")


async def excluded(desk: Desk) -> None:
    await desk.choose("夜市里面")
    await desk.press("x", "down")


async def why_not(desk: Desk) -> None:
    await desk.choose("夜市里面")
    await desk.press("x", "1")


async def way(desk: Desk) -> None:
    await answer_night_stall(desk)
    await desk.press("l", "space", "down")


async def open_way(desk: Desk) -> None:
    await desk.press("l")


async def schedule(desk: Desk) -> None:
    await way(desk)
    await desk.press("t")


async def station(desk: Desk) -> None:
    await way(desk)
    await desk.press("enter")


async def help_page(desk: Desk) -> None:
    await desk.press("question_mark")


async def search(desk: Desk) -> None:
    await desk.type("摆地摊")


STATES: dict[str, tuple[str | None, Callable[[Desk], Awaitable[None]]]] = {
    "home": (None, nothing),
    "search": (None, search),
    "question": (STALL, question),
    "typing": (STALL, typing),
    "plan": (STALL, plan),
    "end": (STALL, answer_night_stall),
    "refusal": (STALL, refusal),
    "answers": (STALL, answers),
    "change": (STALL, change),
    "another-day": (STALL, another_day),
    "why": (STALL, why),
    "excluded": (STALL, excluded),
    "why-not": (STALL, why_not),
    "way": (STALL, way),
    "open-way": (STALL, open_way),
    "schedule": (STALL, schedule),
    "station": (STALL, station),
    "help": (STALL, help_page),
    "overdue": ("stall-insurance", nothing),
}
every_state = pytest.mark.parametrize("state", STATES)
both_sizes = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["100x30", "80x24"])


class TextSnapshot(SingleFileSnapshotExtension):
    """Screens as text files."""

    _file_extension = "txt"
    _write_mode = WriteMode.TEXT


@pytest.fixture(autouse=True)
def _standing_clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every call has lasted 00:00, and all snapshots lie in one folder."""
    made = Session.__post_init__

    def begin(session: Session) -> None:
        session.started = 0.0
        made(session)

    monkeypatch.setattr(Session, "__post_init__", begin)
    monkeypatch.setattr(call_panes, "monotonic", lambda: 0.0)

    def dirname(cls: type, *, test_location: PyTestLocation) -> str:  # noqa: ARG001
        return str(FOLDER)

    for extension in (SVGImageExtension, TextSnapshot):
        monkeypatch.setattr(extension, "dirname", classmethod(dirname))
    yield
    gc.unfreeze()


@every_state
@both_sizes
def test_picture(snap_compare: Callable[..., bool], state: str, size: tuple[int, int]) -> None:
    procedure, does = STATES[state]
    app = new_app(procedure=procedure, size=size)

    async def prepare(pilot: Pilot[int]) -> None:
        desk = Desk(app, pilot)
        await desk.ready()
        await does(desk)
        await settle(desk)

    assert snap_compare(app, terminal_size=size, run_before=prepare)


@every_state
@both_sizes
async def test_plain_screen_as_text(
    snapshot: SnapshotAssertion, state: str, size: tuple[int, int]
) -> None:
    procedure, does = STATES[state]
    async with open_desk(procedure=procedure, size=size, glyphs="plain") as desk:
        await does(desk)
        await settle(desk)
        text = desk.text
    assert not {char for char in text if unicodedata.east_asian_width(char) == "A"}
    assert text == snapshot(extension_class=TextSnapshot)
