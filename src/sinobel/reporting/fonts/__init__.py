"""Fonts for every script: what the font of charts has no signs for is drawn in the fonts beside this file.

A sign that they lack as well is looked for in the fonts of the machine; one that no font has is told by its number.
"""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import io
import re
import unicodedata
import warnings
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text

from sinobel.inputs.reading import content_of

HOUSE = "DejaVu Sans"
SHIPPED = tuple(sorted(Path(__file__).parent.glob("*.ttf")))
TEXT = {
    weights: Path(__file__).parent / f"SinobelText-{called}.woff2"
    for weights, called in (("100 500", "Regular"), ("600 900", "Semibold"))
}
"""Weights of CSS -> the typeface of pages in it."""
MOST_NUMBERS = 4
"""Signs in a row that are told by their numbers; what follows them is left out."""


class LegibleFigure(Figure):
    """A figure whose texts are readable in any script and stand as they were written, wherever it is drawn."""

    def draw(self, renderer: Any) -> None:
        """Draw it. A vector file holds text, but outlines where its reader may lack the font."""
        with legible(self, raster=isinstance(renderer, RendererAgg)):
            super().draw(renderer)


@contextlib.contextmanager
def legible(fig: Figure, *, raster: bool) -> Iterator[None]:
    """Within this, the texts of a figure have fonts for all of their signs; afterwards they are as before."""
    changed = {}
    for text in _texts(fig):
        text.set_parse_math(False)
        written = text.get_text()
        if lacking := beyond(written):
            changed[text] = (written, text.get_fontfamily())
            text.set_fontfamily([*text.get_fontfamily(), *families(lacking)])
            if raster:
                _tell_in_numbers(text)
            elif drawable(written) == written:
                text.draw = partial(_draw_outlines, text)  # type: ignore[method-assign]
    try:
        with warnings.catch_warnings():
            if changed and not raster:  # what no font here has stays text, and its reader may have one
                warnings.filterwarnings("ignore", "Glyph .* missing")
            yield
    finally:
        for text, (written, family) in changed.items():
            for replaced in ("set_text", "draw"):
                vars(text).pop(replaced, None)
            text.set_text(written)
            text.set_fontfamily(family)


def _tell_in_numbers(text: Text) -> None:
    """Let a text hold what can be drawn alone; labels of axes are set anew while drawing."""
    told = partial(_set_drawable, text)
    told(text.get_text())
    text.set_text = told  # type: ignore[method-assign]


def _set_drawable(text: Text, written: str) -> None:
    Text.set_text(text, drawable(written))


def _draw_outlines(text: Text, renderer: Any) -> None:
    with mpl.rc_context({"svg.fonttype": "path"}):
        Text.draw(text, renderer)


def _texts(fig: Figure) -> list[Text]:
    """Every text of a figure, the labels of axes included, which are otherwise made while drawing."""
    for axes in fig.axes:
        for axis in (axes.xaxis, axes.yaxis):
            axis.get_majorticklabels()
    return [text for text in fig.findobj(Text) if isinstance(text, Text)]


def beyond(text: str) -> frozenset[str]:
    """Signs of a text that the house's font lacks."""
    return frozenset() if text.isascii() else frozenset(text) - _signs(HOUSE) - {"\n"}


def faces(text: str, name: str) -> str:
    """CSS that gives a page under one name what it needs of the shipped fonts; empty where it needs nothing."""
    lacking = beyond(text)
    parts = [(path, lacking & _has(str(path))) for path in SHIPPED]
    return "".join(
        f'@font-face {{ font-family: "{name}"; src: url("data:font/woff;base64,{_cut(path, signs)}"); '
        f"unicode-range: {', '.join(f'U+{ord(sign):X}' for sign in sorted(signs))}; }}\n"
        for path, signs in parts
        if signs
    )


def text_faces(name: str) -> str:
    """CSS that gives a page the shipped typeface of its text under one name, in both weights."""
    return "".join(
        f'@font-face {{ font-family: "{name}"; font-weight: {weight}; '
        f'src: url("data:font/woff2;base64,{base64.b64encode(content_of(path)).decode()}") format("woff2"); }}\n'
        for weight, path in TEXT.items()
    )


def _cut(path: Path, signs: frozenset[str]) -> str:
    """Some signs of a font as a file of their own, in base64."""
    from fontTools import subset

    options = subset.Options(flavor="woff", layout_features=["*"], notdef_outline=True, recalc_timestamp=False)
    stream = io.BytesIO()
    with subset.load_font(str(path), options) as font:  # an open file otherwise lives until it is collected
        cutter = subset.Subsetter(options)
        cutter.populate(text="".join(signs))
        cutter.subset(font)
        subset.save_font(font, stream, options)
    return base64.b64encode(stream.getvalue()).decode()


def families(signs: frozenset[str]) -> list[str]:
    """Names of the fonts that have some signs which the house's font lacks: the shipped ones first."""
    names = []
    left = set(signs)
    for name in _shipped():
        if left & _signs(name):
            names.append(name)
            left -= _signs(name)
    return names + sorted({_on_this_machine(sign) for sign in left} - {""})


def drawable(text: str) -> str:
    """A text with the numbers of those signs that no font has, such as `U+0E44·0E17`; marks without a look are gone."""
    known = set().union(_signs(HOUSE), *map(_signs, _shipped()))
    lost = {sign for sign in set(text) - known - {"\n"} if not _on_this_machine(sign)}
    unseen = {sign for sign in lost if unicodedata.category(sign) == "Cf" or "VARIATION" in unicodedata.name(sign, "")}
    shown = "".join(sign for sign in text if sign not in unseen)
    if lost == unseen:
        return shown
    runs = f"[{re.escape(''.join(sorted(lost - unseen)))}]+"
    return re.sub(runs, lambda run: _numbers(run[0]), shown)


def _numbers(run: str) -> str:
    more = "…" if len(run) > MOST_NUMBERS else ""
    return "U+" + "·".join(f"{ord(sign):04X}" for sign in run[:MOST_NUMBERS]) + more


@cache
def _shipped() -> tuple[str, ...]:
    """Names of the shipped fonts, which matplotlib knows from now on, as bold ones too: they have one weight."""
    names = []
    for path in SHIPPED:
        font_manager.fontManager.addfont(path)
        entry = font_manager.fontManager.ttflist[-1]
        font_manager.fontManager.ttflist.append(dataclasses.replace(entry, weight=700))
        names.append(entry.name)
    return tuple(names)


@cache
def _signs(name: str) -> frozenset[str]:
    """What a font has signs for."""
    return _has(font_manager.findfont(name, fallback_to_default=False))


@cache
def _has(path: str) -> frozenset[str]:
    return frozenset(map(chr, FT2Font(path).get_charmap()))


@cache
def _on_this_machine(sign: str) -> str:
    """Name of the first font of this machine that has a sign, empty for none."""
    for entry in sorted(font_manager.fontManager.ttflist, key=lambda entry: (entry.name, entry.fname)):
        if "Last Resort" in entry.name:  # its signs say what is missing
            continue
        with contextlib.suppress(OSError, RuntimeError):  # a file that is gone or damaged
            if sign in _has(entry.fname):
                return entry.name
    return ""
