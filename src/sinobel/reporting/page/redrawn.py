"""Charts of one scenario that a page can redraw for another: one drawing, and what changes of it.

Every scenario is drawn by the same painter in the same scale, and the drawings compared: so what a page shows for an
option is to the letter what its own chart would show, and a drawing that differs in a few numbers is a few numbers
more. Without scripts the drawing is that of the first scenario.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from matplotlib.figure import Figure

from sinobel.reporting.charts.chart import PAGE, PHONE, Chart, Medium, svg_text
from sinobel.reporting.page.pictures import Picture, geometry, places, themed, without_told

Change = list[Any]
"""[element, attribute, value], with no attribute for its text; or [element, first child, how many, what instead].

A value that an earlier change has is told as the place of that change: hatched bars lie on others."""
FORMS = {"wide": PAGE, "narrow": PHONE}
_EMPTY = re.compile(r" />")


def picture_of_each(charts: Mapping[str, Chart], key: str) -> Picture:
    """A chart of the first scenario for the page, and what changes of it for each of the others.

    Parameters
    ----------
    charts : Mapping[str, Chart]
        Scenario -> its chart, all of one kind.
    """
    told = next(iter(charts.values()))
    drawings: dict[str, str] = {}
    hover: dict[str, dict[str, Any]] = {}
    redrawn: dict[str, dict[str, Any]] = {name: words(chart) for name, chart in charts.items()}
    for form, medium in FORMS.items():
        texts, figure = _drawn(charts, medium, f"{key}-{form}")
        if form == "narrow":
            texts = {name: without_told(text) for name, text in texts.items()}
        drawings[form], *_ = texts.values()
        if told.readout:
            hover[form] = geometry(figure, told.readout)
        for name, text in texts.items():
            redrawn[name][form] = changes(drawings[form], text)
    if hover:
        hover["narrow"] = places(hover["narrow"])
    rows = [{"scenario": name, **row} for name, chart in charts.items() for row in chart.rows]
    made = Picture(key, told.title, told.reading, drawings["wide"], drawings["narrow"], rows=rows, hover=hover)
    made.redrawn = redrawn
    return made


def words(chart: Chart) -> dict[str, Any]:
    """What a page says of a chart: what it finds, and how to read it, in few words and more."""
    few, rest = Picture("", chart.title, chart.reading, "").how
    readout = chart.readout
    texts = {"series": [{"scenario": "", "texts": row["texts"]} for row in readout.series]} if readout else {}
    return {"title": chart.title, "few": few, "rest": rest, **texts}


def _drawn(charts: Mapping[str, Chart], medium: Medium, key: str) -> tuple[dict[str, str], Figure]:
    """Scenario -> its drawing, all in the same scale, and the figure of the first."""
    figures = {name: chart.draw(medium) for name, chart in charts.items()}
    for axes in zip(*(figure.axes for figure in figures.values()), strict=True):
        limits = [each.get_ylim() for each in axes]
        low, high = ([limit[end] for limit in limits] for end in (0, 1))
        upright = low[0] <= high[0]
        for each in axes:
            each.set_ylim((min(low), max(high)) if upright else (max(low), min(high)))
    return {name: themed(svg_text(figure), key) for name, figure in figures.items()}, next(iter(figures.values()))


def changes(base: str, other: str) -> list[Change]:
    """What makes one drawing of the other; elements are counted as they stand in the text of the first, from 0."""
    before = ElementTree.fromstring(base)
    numbers = {element: place for place, element in enumerate(before.iter())}
    found = list(_changes(before, ElementTree.fromstring(other), numbers))
    first: dict[tuple[str, str], int] = {}
    for place, change in enumerate(found):
        if isinstance(change[1], str) and change[2]:
            earlier = first.setdefault((change[1], change[2]), place)
            change[2] = change[2] if earlier == place else earlier
    return found


def _changes(
    before: ElementTree.Element, after: ElementTree.Element, places: Mapping[ElementTree.Element, int]
) -> Iterator[Change]:
    place = places[before]
    yield from ([place, name, value] for name, value in after.attrib.items() if before.get(name) != value)
    if before.text != after.text:
        yield [place, "", after.text or ""]
    old, new = list(before), list(after)
    start = _alike(old, new)
    end = 0 if start == len(old) == len(new) else _alike(old[start:][::-1], new[start:][::-1])
    last, new_last = len(old) - end, len(new) - end
    for one, other in (*zip(old[:start], new[:start], strict=True), *zip(old[last:], new[new_last:], strict=True)):
        yield from _changes(one, other, places)
    if start < max(last, new_last):
        yield [place, start, last - start, "".join(_markup(each) for each in new[start:new_last])]


def _alike(old: Sequence[ElementTree.Element], new: Sequence[ElementTree.Element]) -> int:
    """How many elements at the start of both are of one kind, so that changing what is in them will do."""
    kinds = zip(map(_kind, old), map(_kind, new), strict=False)
    return next((place for place, (one, other) in enumerate(kinds) if one != other), min(len(old), len(new)))


def _kind(element: ElementTree.Element) -> tuple[str, frozenset[str], str]:
    return element.tag, frozenset(element.attrib), element.get("style", "")


def _markup(element: ElementTree.Element) -> str:
    return _EMPTY.sub("/>", ElementTree.tostring(element, encoding="unicode"))
