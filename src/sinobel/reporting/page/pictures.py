"""Charts inside a page: the figure as inline SVG that takes the page's colors, and what a script needs to read it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import cycle
from typing import Any
from urllib.parse import unquote

import numpy as np
from matplotlib.figure import Figure

from sinobel.reporting.charts.chart import PAGE, PHONE, Chart, Medium, Readout, svg_text
from sinobel.reporting.charts.theme import THEME, color_name, css_colors

__all__ = [
    "STYLES",
    "Picture",
    "Rows",
    "color_name",
    "css_colors",
    "geometry",
    "inline",
    "picture",
    "themed",
    "without_told",
]

Rows = Sequence[Mapping[str, Any]]

_COLOR = re.compile(r"#[0-9a-fA-F]{6}\b")
_MARK = re.compile(r'<g id="mark\|([^|"]*)\|([^"]*)"')
_TOLD = re.compile(r'<g id="told\|([^"]*)"')
_SAID = re.compile(r' data-told="[^"]*"')
_ID = re.compile(r' id="([^"]*)"')
_USE = re.compile(r'((?:href="#|url\(#))([^")]+)')
_UPRIGHT = re.compile(r' transform="rotate\(-?0 [^"]*"')
_LONELY = re.compile(r"<g>\n?((?:<(?:path|use|rect)[^>]*/>|<text[^>]*>[^<]*</text>)?)\n?</g>")
_STEP = re.compile(r"\n(?=[LCQz])")
_PATH = re.compile(r' d="[^"]*"')
_PLACE = re.compile(r'( [xy]="-?\d+\.\d)\d"')
_NEEDLESS = re.compile(r"(?<=[a-zA-Z]) | (?=-)")
_PIECE = re.compile(r"([MLCQz])([^MLCQz\"]*)")
_FONT = re.compile(r"""font-family: [^;"]*;? ?""")
_SHORTHAND = re.compile(r"""font: ((?:\w+ )*?)(\d+(?:\.\d+)?)px [^;"]*""")

_DRAW = re.compile(r" \(draw \d+\)")

FEW = 26
"""Words on how to read a chart that stand above it; the rest is a click away."""
DEEPEST = 4  # groups within groups that hold one thing
STYLES = {
    "fill: var(--ink); stroke: var(--ink); stroke-width: 0.8": "axis-tick",
    "fill: none; stroke: var(--grid); stroke-width: 0.8; stroke-linecap: square": "axis-grid",
    "font-size: 12px; text-anchor: middle; fill: var(--ink)": "axis-below",
    "font-size: 12px; text-anchor: end; fill: var(--ink)": "axis-left",
    "fill: none; stroke: var(--quiet); stroke-width: 0.8; stroke-linejoin: miter; stroke-linecap: square": "axis-edge",
    "fill: var(--ink); stroke: var(--ink)": "axis-mark",
    "font-size: 11.5px; text-anchor: end; fill: var(--ink)": "axis-end",
    "font-size: 11.5px; text-anchor: middle; fill: var(--ink)": "axis-middle",
    "font-size: 11.5px; text-anchor: start; fill: var(--ink)": "axis-start",
    "fill: none; stroke: var(--ink); stroke-width: 1.6; stroke-linecap: square": "axis-span",
    "fill: none; stroke: var(--quiet); stroke-width: 0.9; stroke-linecap: square": "axis-step",
    "fill: var(--paper)": "axis-paper",
    "font-size: 12px; text-anchor: start; fill: var(--ink)": "axis-legend",
    "font-size: 11.5px; fill: var(--ink)": "axis-label",
    "font-size: 13px; text-anchor: end; fill: var(--ink)": "axis-cell",
    "font-size: 10px; text-anchor: end; fill: var(--quiet)": "axis-range",
    "fill: none; stroke: var(--ink); stroke-width: 1.5; stroke-linecap: square": "axis-whisker",
    "fill: none; stroke: var(--ink); stroke-width: 1.4": "axis-bar",
    "fill: none; stroke: var(--blue); stroke-opacity: 0.5; stroke-width: 2.5; stroke-linecap: square": "axis-span-blue",
    "fill: none; stroke: var(--quiet); stroke-linecap: square": "axis-thin",
    "font-weight: 700; font-size: 10px; text-anchor: middle; fill: var(--paper)": "axis-share",
    **{
        f"fill: var(--{color}); stroke: var(--{color}); stroke-width: 1.3; stroke-linejoin: miter": f"axis-{color}"
        for color in ("orange", "green", "pink")
    },
}
"""Styles that many parts of drawings share, and the classes that whoever shows drawings gives them."""


@dataclass(frozen=True)
class Line:
    """A line that can be laid over a chart: its name, and its (position, value) points."""

    name: str
    points: Sequence[tuple[float, float]]


@dataclass
class Picture:
    """A chart of the page.

    Attributes
    ----------
    key : str
        Unique in the page.
    title : str
        Says the finding; reading says how to read it.
    wide : str
        SVG text; narrow is the one for a phone, empty where the wide one does.
    rows : Rows
        Exactly what is drawn, the table behind the chart.
    hover : dict[str, Any]
        What the script reads, ready for JSON.
    name : str
        Indicator whose definition the title opens, empty for none.
    unit : str
        Of the rows of a small chart, which has no column for it.
    finds : bool
        Whether the title stands under the topic, because the values below do not tell it.
    redrawn : dict[str, Any]
        Scenario -> what the script changes to show it, of a chart that shows one at a time.
    by_year : dict[str, Any]
        Numbers of every scenario and year, of the chart that shows one of each at a time.
    titles : dict[str, list[str]]
        Scenario -> title in every simulated year, of a chart whose title tells one.
    """

    key: str
    title: str
    reading: str
    wide: str
    narrow: str = ""
    rows: Rows = ()
    hover: dict[str, Any] = field(default_factory=dict)
    name: str = ""
    topic: str = ""
    unit: str = ""
    finds: bool = True
    redrawn: dict[str, Any] = field(default_factory=dict)
    by_year: dict[str, Any] = field(default_factory=dict)
    titles: dict[str, list[str]] = field(default_factory=dict)

    def numbered(self, place: int) -> None:
        """Name parts of the drawings by the picture's place on a page: with its key, ids are a tenth of their text."""
        own = re.compile(rf'(id="|href="#|url\(#){re.escape(self.key)}(-w|-n|)(?:ide|arrow|)(?=-(?:\d|edge))')

        def named(part: Any) -> Any:
            if not isinstance(part, str):
                return part
            return own.sub(lambda found: f"{found[1]}p{place}{found[2].removeprefix('-')}", part)

        self.wide, self.narrow = named(self.wide), named(self.narrow)
        for each in self.redrawn.values():
            for form in ("wide", "narrow"):
                each[form] = [[named(part) for part in change] for change in each[form]]

    def called(self, titles: Mapping[str, str]) -> None:
        """Call scenarios in the table behind the chart by their titles, as all of the page does."""
        self.rows = [
            {**row, "scenario": titles.get(row["scenario"], row["scenario"])} if "scenario" in row else row
            for row in self.rows
        ]

    @property
    def how(self) -> tuple[str, str]:
        """How to read it in few words, and the rest."""
        return few_words(self.reading)


def few_words(text: str) -> tuple[str, str]:
    """The first sentences of a text, of no more than a few words, and those that follow."""
    sentences = re.split(r"(?<=[.;]) (?=[A-Z])", text)
    ends = [len(" ".join(sentences[:end]).split()) for end in range(len(sentences) + 1)]
    cut = max(end for end, words in enumerate(ends) if words <= FEW)
    return " ".join(sentences[:cut]), " ".join(sentences[cut:])


def picture(
    chart: Chart,
    key: str = "",
    *,
    has_phone: bool = True,
    panel: bool = False,
    name: str = "",
    topic: str = "",
    lines: Sequence[Line] = (),
) -> Picture:
    """A chart for the page: wide, and once more for a phone with its panels below each other.

    Parameters
    ----------
    key : str
        Its place on the page; by default the name of the chart.
    has_phone : bool
        False for a chart that has no narrow form; a phone scrolls it sideways.
    panel : bool
        Whether it is a small one, the same on every screen.
    name, topic : str
        Indicator it shows, and what that is called.
    lines : Sequence[Line]
        Laid over a small one, hidden at first.
    """
    key = key or chart.name
    wide, hover = inline(chart, PAGE, key if panel else f"{key}-wide", lines)
    hovers = {"wide": hover} if hover else {}
    drawn = Picture(
        key,
        chart.title,
        reading=_DRAW.sub("", chart.reading),
        wide=wide,
        narrow="",
        rows=[*chart.rows, *(row for line in lines for row in _rows(line, chart.rows[0]))],
        hover=hovers,
        name=name,
        topic=topic,
    )
    if has_phone:
        narrow, narrow_hover = inline(chart, PHONE, f"{key}-narrow")
        drawn.narrow = without_told(narrow)
        drawn.hover = {"wide": hover, "narrow": places(narrow_hover)} if hover else {}
    return drawn


def inline(chart: Chart, medium: Medium, key: str, lines: Sequence[Line] = ()) -> tuple[str, dict[str, Any]]:
    """A chart as SVG text for a page and what a script reads off it.

    Parameters
    ----------
    key : str
        Begins every id, so that ids of several charts do not meet.
    """
    figure = chart.draw(medium)
    text = themed(svg_text(figure), key)
    if lines:
        text = text.replace("</svg>", _laid_over(figure, lines, key) + "</svg>")
    return text, {} if chart.readout is None else geometry(figure, chart.readout)


def _laid_over(figure: Figure, lines: Sequence[Line], key: str) -> str:
    """Lines over the first panel of a figure, cut off at its edges."""
    axis, height, scale = figure.axes[0], 72 * figure.get_size_inches()[1], 72 / figure.dpi
    box = axis.get_window_extent()
    left, top, wide, high = (round(scale * each, 1) for each in (box.x0, box.y1, box.width, box.height))
    edge = f'<rect x="{left}" y="{height - top:.1f}" width="{wide}" height="{high}"/>'
    parts = [f'<clipPath id="{key}-edge">{edge}</clipPath>']
    for place, line in enumerate(lines):
        at = scale * axis.transData.transform(np.array(line.points, dtype=float))
        steps = "L".join(f"{x:.1f} {height - y:.1f}" for x, y in at)
        parts.append(f'<g class="story off" data-story="{place}"><path d="M{steps}" clip-path="url(#{key}-edge)"/></g>')
    return _PATH.sub(_short_path, "".join(parts))


def _rows(line: Line, like: Mapping[str, Any]) -> Rows:
    """A line as rows of the table behind its chart: like those of the record, which is one line as well."""
    empty = dict.fromkeys(like, "")
    return [{**empty, "scenario": line.name, "year": int(year), "p50": value} for year, value in line.points]


def themed(text: str, key: str) -> str:
    """The text of an SVG file for a page: own ids, the page's fonts and colors, marks as classes.

    Of the ids those are kept that something in the drawing means: the others are a quarter of its text.
    """
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.S)
    text = re.sub(r"<!--.*?-->\s*", "", text, flags=re.S)
    text = re.sub(r'<svg [^>]*?viewBox="([^"]*)"[^>]*>', r'<svg class="drawing" viewBox="\1" aria-hidden="true">', text)
    text = _MARK.sub(_marked, text)
    text = _TOLD.sub(lambda found: f'<g data-told="{escape(unquote(found[1]))}"', text)
    short = {
        name: f"{key}-{place}" for place, name in enumerate(dict.fromkeys(found[2] for found in _USE.finditer(text)))
    }
    text = _ID.sub(lambda found: f' id="{short[found[1]]}"' if found[1] in short else "", text)
    text = _UPRIGHT.sub("", text)
    text = _USE.sub(lambda found: found[1] + short[found[2]], text).replace("xlink:href", "href")
    text = _SHORTHAND.sub(_font, text)
    text = _FONT.sub("", text)
    text = _COLOR.sub(_variable, text)
    text = re.sub(r"(?<=\d\.\d{2})\d+", "", text)  # a hundredth of a point is more than a screen shows
    return _lean(re.sub(r"\s*\n\s*", "\n", text).strip())


def _lean(text: str) -> str:
    """The same drawing in fewer words: groups of one thing without a name, the styles of all axes, lines of a path."""
    for _ in range(DEEPEST):
        text = _LONELY.sub(r"\1", text)
    for style, name in STYLES.items():
        text = text.replace(f'style="{style}"', f'class="{name}"')
    text = _PATH.sub(_short_path, _PLACE.sub(r'\1"', _STEP.sub("", text)))
    return re.sub(r"(?<=>)\n(?=<)|\n(?=\")", "", text)


def _short_path(path: re.Match[str]) -> str:
    """A path in tenths of a point, each step told from where the one before ended: half the digits of its places."""
    told, last = [], ""
    x = y = 0
    start = [x, y]
    for letter, numbers in _PIECE.findall(path[0][4:-1]):
        steps = [round(10 * float(number)) for number in numbers.split()]
        if letter == "L" and steps[1] == y:
            word, steps, x = "h", [steps[0] - x], steps[0]
        elif letter == "L" and steps[0] == x:
            word, steps, y = "v", [steps[1] - y], steps[1]
        elif letter in "LCQ":
            word, end = letter.lower(), steps[-2:]
            steps = [each - (y if odd else x) for each, odd in zip(steps, cycle((False, True)), strict=False)]
            x, y = end
        else:
            word = letter
            start = steps or start  # where `z` goes back to, and what follows it begins
            x, y = start
        told.append(("" if word == last and word in "lcq" else word, steps))
        last = word
    text = "".join(word + "".join(f" {_tenths(step)}" for step in steps) for word, steps in told)
    return f' d="{_NEEDLESS.sub("", text)}"'


def _tenths(number: int) -> str:
    """A number of tenths as a path has it."""
    whole, part = divmod(abs(number), 10)
    return ("-" if number < 0 else "") + (f"{whole or ''}.{part}" if part else str(whole))


def _marked(found: re.Match[str]) -> str:
    whose = f' data-scenario="{escape(unquote(found[1]))}"' if found[1] else ""
    return f'<g class="{found[2]}"{whose}'


def _font(found: re.Match[str]) -> str:
    weight = f"; font-weight: {found[1].strip()}" if found[1].strip() else ""
    return f"font-size: {found[2]}px{weight}"


def _variable(found: re.Match[str]) -> str:
    known = THEME.get(found[0]) or THEME.get(found[0].lower()) or THEME.get(found[0].upper())
    return f"var(--{known[0]})" if known else found[0]


def without_told(text: str) -> str:
    """A drawing for a phone without the texts of its parts: they stand as in the wide one, which has them."""
    return _SAID.sub(' data-told=""', text)


def places(hover: Mapping[str, Any]) -> dict[str, Any]:
    """Where positions stand in another form of a chart, which tells the same."""
    return {name: hover[name] for name in ("top", "bottom", "at") if name in hover}


def geometry(figure: Figure, readout: Readout) -> dict[str, Any]:
    """Where the positions of a readout stand in the drawing, in points from its top left corner."""
    width, height = (72 * size for size in figure.get_size_inches())
    axis = figure.axes[readout.panel]
    box = axis.get_position()
    low, high = axis.get_xlim()
    left, right = box.x0 * width, box.x1 * width
    at = left + (np.asarray(readout.positions, float) - low) / (high - low) * (right - left)
    return {
        "top": round((1 - box.y1) * height, 1),
        "bottom": round((1 - box.y0) * height, 1),
        "at": [round(float(position), 1) for position in at],
        "names": readout.names,
        "years": readout.years,
        "series": [dict(row) for row in readout.series],
        "unit": readout.unit,
    }
