"""The agent's desk: the way from the command line to its app, with the terminal made ready."""

import gc
from datetime import date
from pathlib import Path

from banzheng_tui.tui.terminal import GlyphOption, Refusal, preflight


def run_agent(
    libraries: tuple[Path, ...], procedure: str | None, glyphs: GlyphOption, on: date | None
) -> int:
    """Open the agent's desk; its exit status, or that of a refusal with a sentence on stderr."""
    terminal = preflight(glyphs=glyphs)
    if isinstance(terminal, Refusal):
        import sys  # noqa: PLC0415

        print(terminal.message, file=sys.stderr)
        return terminal.code
    gc.disable()  # until the first screen is painted (DeskApp.on_ready)
    # Textual reads the environment when it is imported: not before the preflight.
    from banzheng_tui.tui.agent_app import AgentApp  # noqa: PLC0415

    app = AgentApp(terminal, libraries, procedure, on or date.today())
    app.run()
    return app.return_code or 0
