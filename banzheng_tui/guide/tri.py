"""Three-valued logic: no, open, yes. ``min`` is and, ``max`` is or, ``YES - x`` is not."""

from typing import Final, TypeAlias

Tri: TypeAlias = int

NO: Final = 0
OPEN: Final = 1
YES: Final = 2
