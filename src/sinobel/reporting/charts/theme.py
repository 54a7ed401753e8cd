"""The colors of charts on a page, by day and by night."""

from __future__ import annotations

from sinobel.reporting.charts.style import COLORS, GRID, INK, QUIET

THEME = {
    COLORS[0]: ("blue", "#58aee6"),
    COLORS[1]: ("orange", "#f28a4b"),
    COLORS[2]: ("green", "#34c79c"),
    COLORS[3]: ("pink", "#e3a0c5"),
    COLORS[4]: ("sky", "#9ad3f5"),
    COLORS[5]: ("gray", "#b4b4b4"),
    COLORS[6]: ("amber", "#f5b83d"),
    COLORS[7]: ("record", "#f4f4f4"),
    INK: ("ink", "#eceef0"),
    QUIET: ("quiet", "#a9b0b7"),
    GRID: ("grid", "#343a40"),
    "#ffffff": ("paper", "#15181b"),
    "#9aa0a6": ("mist", "#7d858c"),
    "#a9cbe3": ("pale", "#2d5876"),
    "#f0c4a3": ("peach", "#7d4c2b"),
}
"""Colors of charts -> name of the page's color, and what it is on a dark page."""


def css_colors(dark: bool) -> dict[str, str]:
    """Names of the page's colors and what they are."""
    return {name: night if dark else day for day, (name, night) in THEME.items()}


def color_name(color: str) -> str:
    """The page's color for a color of charts, as CSS."""
    return f"var(--{THEME[color][0]})"
