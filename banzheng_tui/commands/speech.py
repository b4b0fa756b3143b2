"""Lines of text in and out, without any control character of the terminal."""

import re
import sys

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def printable(text: str) -> str:
    """One line without anything that a terminal would obey instead of showing."""
    return _CONTROL.sub("\ufffd", text.replace("\t", " "))


def say(*lines: str) -> None:
    """Write lines at once."""
    for line in lines:
        sys.stdout.write(printable(line) + "\n")
    sys.stdout.flush()


def hear(prompt: str) -> str | None:
    """The next line typed, stripped, or None when there is no more; bad bytes are replaced."""
    if sys.stdin is None:
        return None
    if sys.stdin.isatty():
        sys.stdout.write(printable(prompt))
        sys.stdout.flush()
    raw = sys.stdin.buffer.readline()
    if not raw:
        if sys.stdin.isatty():
            say("")
        return None
    return _CONTROL.sub("", raw.decode("utf-8", "replace").lstrip("\ufeff")).strip()
