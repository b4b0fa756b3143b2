"""Mistakes of the one who called the program, told in Chinese: what, where, how to mend it."""


class InputError(Exception):
    """What was given is wrong (exit status 1)."""

    def __init__(self, message: str, field: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.hint = hint

    def lines(self) -> list[str]:
        """The message, where it is, and how to mend it; empty parts are left out."""
        parts = (("出错了", self.message), ("在哪里", self.field), ("怎么办", self.hint))
        return [line for name, text in parts if text for line in f"{name}：{text}".splitlines()]

    def as_json(self) -> dict[str, str]:
        """The error as scripts read it."""
        return {"message": self.message, "field": self.field, "hint": self.hint}


class UsageError(Exception):
    """The command was put together wrongly (exit status 2)."""
