"""The agent's desk: the way from the command line to its app, with the terminal made ready."""

import gc
import sys
from datetime import date
from pathlib import Path

from banzheng_tui.tui.terminal import GlyphOption, Refusal, preflight


def _import_asyncio_without_ssl() -> None:
    """Asyncio does without ssl where there is none; the desk speaks to no network.

    Saves a tenth of the time to the first screen.
    """
    if "ssl" in sys.modules or "asyncio" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]  # what an import of it then finds
    try:
        import asyncio  # noqa: F401, PLC0415
    finally:
        del sys.modules["ssl"]


def run_agent(
    libraries: tuple[Path, ...],
    procedure: str | None,
    glyphs: GlyphOption,
    on: date | None,
    settings: Path | None = None,
) -> int:
    """Open the agent's desk; its exit status, or that of a refusal with a sentence on stderr.

    ``settings``: the folder of the user's settings, where files of days off may lie.
    """
    terminal = preflight(glyphs=glyphs)
    if isinstance(terminal, Refusal):
        print(terminal.message, file=sys.stderr)
        return terminal.code
    gc.disable()  # until the first screen is painted (DeskApp.on_ready)
    _import_asyncio_without_ssl()
    # Textual reads the environment when it is imported: not before the preflight.
    from banzheng_tui.tui.agent_app import AgentApp  # noqa: PLC0415

    today = date.today()
    app = AgentApp(terminal, libraries, procedure, on or today, today)
    app.settings = settings
    app.run()
    return app.return_code or 0
