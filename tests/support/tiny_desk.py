"""The smallest desk: a field, and a line that says what it got. For tests in a real terminal."""

# ruff: noqa: PLC0415 - nothing of Textual before the preflight
from __future__ import annotations

import gc

gc.disable()

import sys  # noqa: E402

from banzheng_tui.tui.terminal import Refusal, preflight  # noqa: E402


def main() -> int:
    terminal = preflight()
    if isinstance(terminal, Refusal):
        print(terminal.message, file=sys.stderr)
        return terminal.code

    from textual.app import ComposeResult
    from textual.widgets import Input, Static

    from banzheng_tui.tui.app_base import DeskApp

    class TinyDesk(DeskApp):
        def compose(self) -> ComposeResult:
            yield Static(f"READY {self.glyphs.name}")
            yield Input()
            yield Static(markup=False)

        def on_input_changed(self, event: Input.Changed) -> None:
            if event.value.endswith("boom"):
                secret = "张三330102199001011234"  # a local variable and an error's words
                raise ValueError(secret)
            self.query(Static).last().update(f"GOT<{event.value}>")

        def on_input_submitted(self) -> None:
            self.exit(0)

    app = TinyDesk(terminal)
    app.run()
    return app.return_code or 0


if __name__ == "__main__":
    sys.exit(main())
