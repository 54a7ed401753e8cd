"""The sign of a scenario beside its name on a page: its line with its marker, as the charts draw them."""

from __future__ import annotations

import math

from markupsafe import Markup

from sinobel.reporting.charts.style import Look
from sinobel.reporting.page.pictures import color_name

WIDTH, HEIGHT, SIZE = 28, 14, 5.0  # of a sign and half a marker, in points
DASHES = {"-": "", "--": "6 3", ":": "2 3", "-.": "6 2 2 2"}


def sign(look: Look, name: str = "") -> Markup:
    """A scenario's sign as inline SVG: decoration beside the name, or in its place, where a screen reader says it.

    Parameters
    ----------
    name : str
        What it stands for; empty for decoration.
    """
    color = color_name(look.color)
    inside = color if look.filled else "var(--page)"
    dash = f' stroke-dasharray="{DASHES[look.dash]}"' if DASHES[look.dash] else ""
    points = " ".join(f"{WIDTH / 2 + SIZE * x:.1f},{HEIGHT / 2 + SIZE * y:.1f}" for x, y in _outline(look.marker))
    told = Markup('role="img" aria-label="{}"').format(name) if name else 'aria-hidden="true"'
    return Markup(
        f'<svg class="sign" viewBox="0 0 {WIDTH} {HEIGHT}" {told} style="stroke:{color};fill:{inside}">'
        f'<path d="M0 {HEIGHT / 2:g}H{WIDTH}"{dash}/><polygon points="{points}"/></svg>'
    )


def _outline(marker: str) -> list[tuple[float, float]]:
    """Corners of a marker around the middle, at most one from it; y runs down."""
    if marker == "*":
        return _around(10, (1.15, 0.45))
    if marker in ("P", "X"):
        third = 0.36
        plus = [
            (-third, -1.0),
            (third, -1.0),
            (third, -third),
            (1.0, -third),
            (1.0, third),
            (third, third),
            (third, 1.0),
            (-third, 1.0),
            (-third, third),
            (-1.0, third),
            (-1.0, -third),
            (-third, -third),
        ]
        turn = math.sqrt(0.5)
        return plus if marker == "P" else [(turn * (x - y), turn * (x + y)) for x, y in plus]
    if marker in ("^", "v"):
        side = -1.0 if marker == "^" else 1.0
        return [(0.0, side), (-1.0, -0.8 * side), (1.0, -0.8 * side)]
    if marker == "s":
        return [(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)]
    return _around(4 if marker == "D" else 24, (1.0,))


def _around(corners: int, radii: tuple[float, ...]) -> list[tuple[float, float]]:
    """Corners of a regular shape, the first above the middle."""
    turns = [2 * math.pi * corner / corners for corner in range(corners)]
    return [
        (radii[index % len(radii)] * math.sin(turn), -radii[index % len(radii)] * math.cos(turn))
        for index, turn in enumerate(turns)
    ]
