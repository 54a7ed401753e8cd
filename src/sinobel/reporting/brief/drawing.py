"""Pictures of the brief as SVG in the colors of a page: readable in light, dark, on a phone and on paper."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from sinobel.reporting.brief.content import RECORD, REFERENCE, Graph, Line, Values
from sinobel.reporting.charts.theme import color_name
from sinobel.reporting.words.wording import minus

LEFT, RIGHT, TOP, BOTTOM = 46.0, 12.0, 8.0, 24.0
TICKS = 5
A_YEAR = 44.0
"""Room that the label of a year takes."""
DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 2")


@dataclass(frozen=True)
class Frame:
    """Where years and values of a picture stand."""

    width: float
    height: float
    years: Sequence[int]
    bottom: float
    top: float

    def x(self, year: int) -> float:
        """Across."""
        span = max(self.years[-1] - self.years[0], 1)
        return LEFT + (year - self.years[0]) / span * (self.width - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """Down."""
        return TOP + (self.top - value) / (self.top - self.bottom) * (self.height - TOP - BOTTOM)


def dash_of(graph: Graph, line: Line) -> str:
    """How a line is broken: the record and the reference are whole."""
    if line.role in (RECORD, REFERENCE):
        return ""
    options = [each for each in graph.lines if each.role not in (RECORD, REFERENCE)]
    return DASHES[options.index(line) % len(DASHES)]


def ticks(low: float, high: float, most: int = TICKS) -> list[float]:
    """Round numbers that span a range."""
    size = max(high - low, 1e-9) / most
    ten = 10 ** math.floor(math.log10(size))
    step = next(each * ten for each in (1, 2, 2.5, 5, 10) if each * ten >= size * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [index * step for index in range(first, max(last, first + 1) + 1)]


def svg(graph: Graph, width: float, height: float) -> Markup:
    """A picture as the text of an SVG; every text in it is a number."""
    seen = [value for line in graph.lines for value in line.values if value is not None]
    seen += [value for value in (*graph.low, *graph.high) if value is not None]
    marks = ticks(min([*seen, 0.0]), max([*seen, 0.0]))
    frame = Frame(width, height, graph.years, marks[0], marks[-1])
    parts = [*_grid(frame, marks), *_years(frame), _band(graph, frame)]
    parts += [_line(graph, line, frame) for line in graph.lines]
    return Markup(f'<svg viewBox="0 0 {width:g} {height:g}" aria-hidden="true">{"".join(parts)}</svg>')


def swatch(graph: Graph, line: Line) -> Markup:
    """A short piece of a line, for the key."""
    return Markup(
        f'<svg viewBox="0 0 26 8" class="swatch" aria-hidden="true"><path d="M0 4H26" {_stroke(graph, line)}/></svg>'
    )


def _stroke(graph: Graph, line: Line) -> str:
    dash = dash_of(graph, line)
    broken = f' stroke-dasharray="{dash}"' if dash else ""
    return f'fill="none" stroke-width="2.2" style="stroke:{color_name(line.color)}"{broken}'


def _grid(frame: Frame, marks: Sequence[float]) -> list[str]:
    step = marks[1] - marks[0]
    power = math.floor(math.log10(step) + 1e-9)
    digits = max(0, math.isclose(step / 10**power, 2.5) - power)
    parts = []
    for mark in marks:
        kind = "zero" if abs(mark) < step / 1e6 else "grid"
        y, text = frame.y(mark), minus(f"{mark:z,.{digits}f}")
        parts.append(f'<path class="{kind}" d="M{LEFT:g} {y:.1f}H{frame.width - RIGHT:g}"/>')
        parts.append(f'<text x="{LEFT - 6:g}" y="{y + 4:.1f}" text-anchor="end">{text}</text>')
    return parts


def _years(frame: Frame) -> list[str]:
    room = max(2, int((frame.width - LEFT - RIGHT) / A_YEAR))
    every = max(1, math.ceil(len(frame.years) / room))
    shown = [year for year in frame.years if (frame.years[-1] - year) % every == 0]
    y = frame.height - 6
    return [
        f'<text x="{min(frame.x(year), frame.width - 17):.1f}" y="{y:g}" text-anchor="middle">{year}</text>'
        for year in shown
    ]


def _points(years: Sequence[int], values: Values, frame: Frame) -> list[str]:
    pairs = zip(years, values, strict=True)
    return [f"{frame.x(year):.1f} {frame.y(value):.1f}" for year, value in pairs if value is not None]


def _band(graph: Graph, frame: Frame) -> str:
    if not graph.low:
        return ""
    upper, lower = _points(graph.years, graph.high, frame), _points(graph.years, graph.low, frame)
    path = "M" + "L".join([*upper, *reversed(lower)]) + "Z"
    return f'<path class="band" d="{path}" style="fill:{color_name(graph.ranged)}"/>'


def _line(graph: Graph, line: Line, frame: Frame) -> str:
    points = _points(graph.years, line.values, frame)
    if len(points) == 1:
        x, y = points[0].split()
        return f'<circle cx="{x}" cy="{y}" r="3" style="fill:{color_name(line.color)}"/>'
    return f'<path d="M{"L".join(points)}" {_stroke(graph, line)}/>' if points else ""
