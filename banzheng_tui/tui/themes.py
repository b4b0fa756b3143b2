"""Two calm themes: ink and paper. Each colour has one meaning, and never carries it alone.

primary    the current step, focus            (cool)
warning    possible, differs by place         (amber)
success    done                               (green)
error      cannot be taken back               (vermilion)
"""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

INK: Final = Theme(
    name="banzheng-ink",
    dark=True,
    primary="#7cc4e8",
    secondary="#9db4cc",
    accent="#7cc4e8",
    warning="#e8b860",
    error="#ff8266",
    success="#8fce97",
    foreground="#e6e3da",
    background="#10161f",
    surface="#17202c",
    panel="#1f2b3a",
    variables={
        "text-muted": "#9eabba",
        "text-disabled": "#7f8c9b",
        "border": "#7cc4e8",
        "border-blurred": "#3a4a5e",
        "block-cursor-background": "#7cc4e8",
        "block-cursor-foreground": "#10161f",
        "block-cursor-blurred-background": "#2a3a4d",
        "block-cursor-blurred-foreground": "#e6e3da",
        "input-selection-background": "#2f5f7d",
        "footer-key-foreground": "#7cc4e8",
        "scrollbar": "#3a4a5e",
        "scrollbar-background": "#10161f",
    },
)

PAPER: Final = Theme(
    name="banzheng-paper",
    dark=False,
    primary="#0b5a80",
    secondary="#44586c",
    accent="#0b5a80",
    warning="#7d5200",
    error="#b3270f",
    success="#1f6a33",
    foreground="#22262c",
    background="#f6f2e8",
    surface="#fdfaf2",
    panel="#ebe5d6",
    variables={
        "text-muted": "#535c66",
        "text-disabled": "#666d76",
        "border": "#0b5a80",
        "border-blurred": "#b9b09a",
        "block-cursor-background": "#0b5a80",
        "block-cursor-foreground": "#fdfaf2",
        "block-cursor-blurred-background": "#d8d0bc",
        "block-cursor-blurred-foreground": "#22262c",
        "input-selection-background": "#a9cfe2",
        "footer-key-foreground": "#0b5a80",
        "scrollbar": "#b9b09a",
        "scrollbar-background": "#f6f2e8",
    },
)

THEMES: Final = (INK, PAPER)
