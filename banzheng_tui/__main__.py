"""``python -m banzheng_tui`` is ``banzheng``."""

import sys

from banzheng_tui.cli import main

if __name__ == "__main__":
    sys.exit(main())
