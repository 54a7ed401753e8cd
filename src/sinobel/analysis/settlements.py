"""Settlements of the potash price in simulated futures, and the same of the record: price, wait, refusals, closures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sinobel.inputs import months
from sinobel.inputs.settlements import Settlement
from sinobel.runs.trajectories import Yearly

LED_BY = {
    "belaruskali": "potash_led_by_belaruskali",
    "uralkali": "potash_led_by_uralkali",
    "canpotex": "potash_led_by_canpotex",
}
"""Seller -> indicator that is 1 where it settled first."""
NEEDED = (
    "potash_contract_price",
    "potash_contract_over_spot",
    "potash_spot_at_settlement",
    "potash_spot_price",
    "potash_wait",
    "potash_offers",
    "potash_refusals",
    "market_closed",
    "potash_first_price",
    "potash_cartel",
    *LED_BY.values(),
)
WAITING = "months_without_contract"
"""Indicator that the record has no series of, and that its settlements tell."""
SAME = 1e-6  # of a price, relative: below this it has not changed; yearly values are kept in single precision


@dataclass(frozen=True)
class Share:
    """How often something happens: of all cases together, and the 80 % of futures in the middle, each a history."""

    share: float
    low: float
    high: float

    @property
    def known(self) -> bool:
        """Whether there was any case."""
        return bool(np.isfinite(self.share))


@dataclass(frozen=True)
class Talks:
    """What came of the talks with China in all futures.

    Attributes
    ----------
    over_spot : np.ndarray
        Contract over spot, a value a settlement of Belaruskali.
    fallen, risen : np.ndarray
        Months waited for each, where spot then lay below the contract before, and where it did not.
    refused : Share
        Of the offers to Belaruskali.
    closed : Share
        Of the years in which spot was lower than the year before, those with a closed market.
    led_by : Mapping[str, Share]
        Of the rounds, by seller.
    """

    over_spot: np.ndarray
    fallen: np.ndarray
    risen: np.ndarray
    refused: Share
    closed: Share
    led_by: Mapping[str, Share]


def talks(yearly: Yearly, scenario: str, *, contract: float, spot: float) -> Talks:
    """Settlements of all futures and years.

    Parameters
    ----------
    contract : float
        Price of the last contract at the origin; spot is the mean of the origin's year.
    """

    def of(name: str) -> np.ndarray:
        return np.asarray(yearly[name].sel(scenario=scenario).transpose("draw", "year").values, dtype=float)

    offers, refusals = of("potash_offers"), of("potash_refusals")
    settled = offers - refusals > SAME
    before = _shifted(of("potash_contract_price"), contract)
    fallen = of("potash_spot_at_settlement") < before
    mean_spot = of("potash_spot_price")
    weak = mean_spot < _shifted(mean_spot, spot)
    led = {seller: of(name) for seller, name in LED_BY.items()}
    led["uralkali"] = led["uralkali"] * (1 - of("potash_cartel"))  # under the cartel one house sells for both
    houses = np.maximum(sum(led.values()), 1.0)
    first = of("potash_first_price")
    began = np.abs(first / _shifted(first, contract) - 1) > SAME
    return Talks(
        of("potash_contract_over_spot")[settled],
        fallen=of("potash_wait")[settled & fallen],
        risen=of("potash_wait")[settled & ~fallen],
        refused=_share(refusals, offers),
        closed=_share((of("market_closed") > 0) & weak, weak),
        led_by={seller: _share(began * part / houses, began) for seller, part in led.items()},
    )


def _shifted(values: np.ndarray, opening: float) -> np.ndarray:
    """Values of the year before, (draws, years)."""
    return np.hstack([np.full((len(values), 1), opening), values[:, :-1]])


def _share(cases: np.ndarray, of: np.ndarray) -> Share:
    """Cases over what they could have been; futures in which nothing could have been are left out of the range."""
    count, most = cases.sum(axis=1), of.sum(axis=1)
    known = most > 0
    if not known.any():
        return Share(*[float("nan")] * 3)
    low, high = np.quantile(count[known] / most[known], (0.1, 0.9))
    return Share(float(count.sum() / most.sum()), float(low), float(high))


# --- the record -----------------------------------------------------------------------------------------------------


def fell(each: Settlement) -> bool:
    """Whether spot lay below the contract before, as far as both are recorded."""
    return each.spot is not None and each.before is not None and each.spot < each.before


def with_spot(recorded: Sequence[Settlement]) -> list[Settlement]:
    """Settlements at which spot is recorded."""
    return [each for each in recorded if each.spot is not None]


def leaders(recorded: Sequence[Settlement]) -> tuple[dict[str, float], int]:
    """Seller -> its share of the settlements whose leader is known, and their number."""
    known = [each.led_by for each in recorded if each.led_by]
    return {name: sum(each.get(name, 0.0) for each in known) / max(len(known), 1) for name in LED_BY}, len(known)


def weak_years(spot: Mapping[int, float], recorded: Sequence[Settlement]) -> list[int]:
    """Recorded years in which spot was lower than the year before, since the first settlement with a spot price."""
    first = min((each.year for each in with_spot(recorded)), default=0)
    return [year for year in sorted(spot) if year >= first and spot[year] < spot.get(year - 1, 0.0)]


def months_without(settled: Sequence[Settlement]) -> dict[int, float]:
    """Year -> the most months in a row that it saw without a contract by the record, as the indicator counts them.

    A month counts from the end of the old contract; that in which the next is settled has one.
    """
    if not settled:
        return {}
    most = dict.fromkeys(range(settled[0].year, settled[-1].year + 1), 0.0)
    for each in settled:
        for count in range(1, each.waited):
            year = months.year(each.settled - each.waited + count)
            most[year] = max(most[year], float(count))
    return most
