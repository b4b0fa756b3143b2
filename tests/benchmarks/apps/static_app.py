"""The anchor of the keys: one text, written anew for each key."""

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Static


class StaticApp(App[None]):
    """Counts the keys."""

    ENABLE_COMMAND_PALETTE = False
    keys = 0

    def compose(self) -> ComposeResult:
        yield Static("READYMARK <0>")

    def on_key(self, event: events.Key) -> None:
        event.stop()
        self.keys += 1
        self.query_one(Static).update(f"READYMARK <{self.keys}>")


if __name__ == "__main__":
    StaticApp().run()
