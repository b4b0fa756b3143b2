"""Make the README's picture of the desk: ``python tests/readme/picture.py``."""

import asyncio
from datetime import date
from pathlib import Path

from banzheng_tui.tui.agent_app import AgentApp

HERE = Path(__file__).parent
KEYS = ("2", "1", "1", "enter", "1")


async def main() -> None:
    """Answer a few questions of the newborn's registration and keep the screen as SVG."""
    procedures = HERE.parents[1] / "procedures"
    app = AgentApp(None, (procedures,), "newborn-registration", date(2026, 11, 23))
    async with app.run_test(size=(104, 32)) as pilot:
        while app.screen.id != "call":
            await pilot.pause(0.05)
        for key in KEYS:
            await pilot.press(key)
        await pilot.pause(0.2)
        picture = app.export_screenshot(title="banzheng")
    (HERE / "desk.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())
