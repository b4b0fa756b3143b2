"""Run `python -m banzheng_tui` and write down when it begins to import what.

python imports.py LOG [arguments of banzheng]
"""

import os
import runpy
import sys
from time import perf_counter

LOG = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)


def note(event: str, arguments: tuple[object, ...]) -> None:
    """One line a module; written at once, for the program is ended by force."""
    if event == "import":
        os.write(LOG, f"{perf_counter()} {arguments[0]}\n".encode())


if __name__ == "__main__":
    sys.argv = ["banzheng", *sys.argv[2:]]
    sys.path.pop(0)  # this folder
    sys.addaudithook(note)
    runpy.run_module("banzheng_tui", run_name="__main__")
