"""Which line of a TOML text a path stands on; the parser itself does not tell."""

import re
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\-\s]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_\-]+|\"[^\"]*\")\s*((?:\.\s*[A-Za-z0-9_\-]+\s*)*)=")


class SourceLines:
    """Line numbers (from 1) of the tables and keys of one TOML text."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._scan(text)

    def find(self, path: Path) -> int | None:
        """The line of the path, or of the nearest table or key around it."""
        for length in range(len(path), 0, -1):
            line = self._lines.get(path[:length])
            if line is not None:
                return line
        return None

    def _scan(self, text: str) -> None:
        table: Path = ()
        inside = ""  # the quotes of a multi-line string that is open
        depth = 0  # of brackets that are open across lines
        for number, line in enumerate(text.splitlines(), 1):
            if inside:
                inside = "" if inside in line else inside
                continue
            if depth == 0:
                header = _HEADER.match(line)
                if header:
                    table = self._open(header[2], header[1] == "[[")
                    for length in range(1, len(table) + 1):
                        self._lines.setdefault(table[:length], number)
                    continue
                key = _KEY.match(line)
                if key:
                    names = [key[1].strip('"'), *key[2].replace(" ", "").split(".")[1:]]
                    for length in range(1, len(names) + 1):
                        self._lines.setdefault((*table, *names[:length]), number)
            bare = re.sub(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'", "", line).split("#")[0]
            depth = max(
                0, depth + len(re.findall(r"[\[{]", bare)) - len(re.findall(r"[\]}]", bare))
            )
            for quotes in ('"""', "'''"):
                if line.count(quotes) % 2:
                    inside = quotes

    def _open(self, dotted: str, repeated: bool) -> Path:
        """The path of a table whose header has just been read, with the indices of its parents."""
        path: Path = ()
        names = [name.strip() for name in dotted.split(".")]
        for position, name in enumerate(names):
            path = (*path, name)
            last = position == len(names) - 1
            if last and repeated:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
        return path
