"""The anchor of the start: the least that Textual can show."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class EmptyApp(App[None]):
    """One text and nothing else."""

    def compose(self) -> ComposeResult:
        yield Static("READYMARK")


if __name__ == "__main__":
    EmptyApp().run()
