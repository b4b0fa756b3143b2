"""The one text field of the call: for typed answers and for notes, each with its own draft."""

from textual.widgets import Input


class EntryField(Input):
    """Keeps what was typed and not confirmed while something else is on the screen."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        # The next key must not replace what is typed, and a blinking cursor costs traffic.
        super().__init__(id=id, select_on_focus=False)
        self.cursor_blink = False
        self.writing: str | None = None
        """What is being written: a question's id, or the notes; None: nothing."""
        self._drafts: dict[str | None, str] = {}

    def write(self, what: str | None, placeholder: str) -> bool:
        """Turn to writing something, or to nothing; whether that is new."""
        self.placeholder = placeholder
        if what == self.writing:
            return False
        self._drafts[self.writing] = self.value
        self.writing = what
        self.value = self._drafts.pop(what, "")
        self.cursor_position = len(self.value)
        return True

    def forget(self) -> None:
        """Drop everything typed: the call is over."""
        self.value = ""
        self._drafts.clear()
