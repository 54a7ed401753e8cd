"""Story lines on the page: a few named futures that a reader can lay over the projections."""

from __future__ import annotations

from collections.abc import Sequence

from sinobel.reporting.page.page_data import PageData
from sinobel.reporting.page.pictures import Line
from sinobel.reporting.words.stories import NamedStory


def lines(data: PageData, indicator: str, found: Sequence[NamedStory]) -> list[Line]:
    """An indicator along each story line, from the last recorded year on."""
    start = data.drawn.get(indicator, {}).get(data.origin)
    before = [] if start is None else [(data.origin, start)]
    variable = data.summary[indicator].sel(scenario=data.reference).transpose("draw", "year")
    drawn = [[*before, *zip(data.years, map(float, variable[each.draw].values), strict=True)] for each in found]
    return [Line(each.name, points) for each, points in zip(found, drawn, strict=True)]
