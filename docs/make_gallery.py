"""The gallery of shipped scenarios, docs/gallery.html: `python docs/make_gallery.py` makes it.

One file that opens offline: for each scenario its question, one sentence with a number that answers it, and a picture
of what it changes most, all from the same futures as the baseline. A test compares its scenarios, questions and the
digest of the posterior with those of the project, so that an old gallery is noticed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from jinja2 import Environment

import sinobel
from sinobel.analysis import differences
from sinobel.analysis.summary import quantiles
from sinobel.inputs import months
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.levers import all_levers
from sinobel.inputs.posterior import posterior_digest
from sinobel.inputs.recorded import recorded_values
from sinobel.policies import scenarios
from sinobel.policies.focus import Focus
from sinobel.policies.scenario import BASELINE, Scenario
from sinobel.reporting.charts.chart import PAGE
from sinobel.reporting.charts.thumbnail import thumbnail
from sinobel.reporting.page.pictures import STYLES, css_colors, inline
from sinobel.reporting.words import facts
from sinobel.reporting.words.facts import Told
from sinobel.reporting.words.wording import plain

if TYPE_CHECKING:
    import xarray as xr

FOLDER = Path(__file__).resolve().parent
FILE, TEMPLATE = FOLDER / "gallery.html", FOLDER / "gallery_template.html"
DRAWS = 500
AT_ONCE = 4
"""Options that are held against the baseline together, so that memory stays small."""
OWNERS = {
    "china": "If China acts",
    "belarus": "If Belarus acts",
    "russia": "If Russia acts",
    "eu": "If the European Union and its neighbors act",
    "world": "If the world outside changes",
    "several": "If several act at once",
}
"""Who moves a lever or signs -> heading, in the order of the page."""


@dataclass(frozen=True)
class Card:
    """A scenario of the gallery: what it asks, what comes, and a picture as SVG text, empty where nothing moves."""

    scenario: Scenario
    owner: str
    sentence: str
    drawn: str = ""
    picture: str = ""


def owner_of(scenario: Scenario) -> str:
    """Who acts in a scenario, "several" where nobody alone does: owners of its levers and lenders of its events."""
    owners = {all_levers()[change.lever].owner for change in scenario.changes}
    owners |= {getattr(event, "lender", "china") for event in scenario.events}  # who invests is Chinese
    return owners.pop() if len(owners) == 1 and owners <= set(OWNERS) else "several"


def told() -> list[str]:
    """Indicators that an answer may lead with."""
    return [name for name, each in all_indicators().items() if each.told]


def cards(draws: int = DRAWS) -> Iterator[Card]:
    """A card for each shipped scenario but the baseline."""
    names = [name for name in scenarios.shipped_names() if name != BASELINE]
    for first in range(0, len(names), AT_ONCE):
        some = names[first : first + AT_ONCE]
        results = sinobel.compare([BASELINE, *some], draws=draws, keep="years", indicators=told(), jobs=0)
        annual = {str(name): results[name] for name in results.data_vars}
        origin = months.year(months.parse(months.DEFAULT_ORIGIN))
        found = facts.told(annual, BASELINE, recorded_values(), origin, Focus())
        for name in some:
            yield _card(scenarios.load(name), found[name], annual)


def _card(scenario: Scenario, found: Told, annual: dict[str, xr.DataArray]) -> Card:
    (sentence,) = facts.sentences({scenario.name: found}, {scenario.name: scenario.title})
    text, owner = plain(sentence), owner_of(scenario)
    if not found.found:
        return Card(scenario, owner, text)
    lead = all_indicators()[found.found[0].indicator]
    variable = annual[lead.name]
    options, change = differences.changes(variable, BASELINE)
    low, middle, high = quantiles(change[options.index(scenario.name)], (0.1, 0.5, 0.9)).T
    years, bands = np.asarray(variable["year"].values), {"p10": low, "p50": middle, "p90": high}
    picture, _ = inline(thumbnail(lead.label, lead.yearly_unit, years, bands), PAGE, scenario.name)
    return Card(scenario, owner, text, lead.label, picture)


def page(made: Sequence[Card]) -> str:
    """The HTML text of the gallery."""
    template = Environment(autoescape=True).from_string(TEMPLATE.read_text(encoding="utf-8"))
    return template.render(
        count=len(made),
        draws=DRAWS,
        first=months.label(months.parse(months.DEFAULT_ORIGIN) + 1),
        sections=[
            (heading, chosen)
            for owner, heading in OWNERS.items()
            if (chosen := [card for card in made if card.owner == owner])
        ],
        light=css_colors(False),
        dark=css_colors(True),
        styles=STYLES,
        posterior=posterior_digest(),
        version=sinobel.__version__,
    )


def main() -> None:
    """Write the page."""
    text = page(list(cards()))
    FILE.write_text(text, encoding="utf-8")
    print(f"{FILE.name}: {len(text) / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
