"""Where the bundled definitions lie."""

from pathlib import Path


def bundled() -> Path:
    """The bundled library: inside the package in a wheel, beside it in a checkout."""
    # Not importlib.resources: it costs more to import than this whole program needs to start.
    package = Path(__file__).resolve().parent
    inside = package / "procedures"
    return inside if inside.is_dir() else package.parent / "procedures"
