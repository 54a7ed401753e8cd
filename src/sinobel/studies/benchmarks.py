"""Which naive forecast each series is compared with, and what it starts from: the information of the model's books.

The choice is made by what a series is, before any score is seen. Where the record has December or the last months of a
year, a naive forecast starts there as the model does. It has two vintages: what has a reference period that ends by the
origin, which is the rule for the model too, and what would have been published by the middle of that December.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial

import numpy as np

from sinobel.analysis.benchmarks import GROWING, LAST_PRICE, STILL, Walk, season
from sinobel.inputs import months
from sinobel.inputs.evidence import Record, all_evidence
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.recorded import CONTRACT, recorded_values

FIRST_YEAR = 1998  # of what naive forecasts learn from
BALANCES = {"balance_with_china", "services_balance", "current_account", "net_transfer_from_china"}
COUNTED = {"flow", "stock", "price"}
SEASON_YEARS = 5  # whose same months tell the season of a quarter
DECEMBER, NOVEMBER, OCTOBER, SEPTEMBER = 12, 11, 10, 9

Start = Callable[[int, bool], float | None]
"""What is known of the level of a series at the end of a year, and whether only what was published counts."""


def walk_of(indicator: str) -> Walk:
    """The naive forecast that an indicator is compared with: fixed by what it is."""
    if indicator == CONTRACT:
        return LAST_PRICE
    kind = all_indicators()[indicator].kind
    always = all(value > 0 for value in recorded_values()[indicator].values())
    return GROWING if kind in COUNTED and indicator not in BALANCES and always else STILL


def forecast(indicator: str, origin: int, horizon: int, *, published: bool = False) -> np.ndarray | None:
    """The naive forecast of an indicator from the end of a year, as quantiles; None where too little is known.

    Parameters
    ----------
    published : bool
        From what would have been published by the middle of December, instead of what ended by its end.
    """
    starts = {
        year: start
        for year in range(FIRST_YEAR, origin + 1)
        if (start := _start(indicator, year, published)) is not None
    }
    known = origin - 1 if published and indicator != CONTRACT else origin  # settlements are news of the day
    values = {year: value for year, value in recorded_values()[indicator].items() if FIRST_YEAR <= year <= known}
    return walk_of(indicator).forecast(values, starts, origin, horizon)


def started(indicator: str) -> str:
    """What a naive forecast of an indicator starts from, in words."""
    series = all_indicators()[indicator].record or ""
    return _STARTS[series][0] if series in _STARTS else "the year"


def _start(indicator: str, year: int, published: bool) -> float | None:
    return _start_on(all_evidence().record, indicator, year, published)


@lru_cache(maxsize=20_000)
def _start_on(_record: Record, indicator: str, year: int, published: bool) -> float | None:
    series = all_indicators()[indicator].record or ""
    if series in _STARTS and (start := _STARTS[series][1](year, published)) is not None:
        return start
    return recorded_values()[indicator].get(year - 1 if published and indicator != CONTRACT else year)


def _month(series: str, year: int, month: int) -> float | None:
    """A monthly value, as it stood at the end of its year; None where the record has none."""
    record = all_evidence().record
    if series not in record:
        return None
    try:
        return record.known_at(months.parse(f"{year}-12")).at_month(series, months.parse(f"{year}-{month:02}"))
    except KeyError:
        return None


def _level(series: str, year: int, published: bool) -> float | None:
    """Of a price: that of December, or of November where only that was published."""
    return _month(series, year, NOVEMBER if published else DECEMBER)


def _quote(series: str, year: int, published: bool) -> float | None:  # noqa: ARG001
    """Of a price that the press quotes day by day: that of December."""
    return _month(series, year, DECEMBER)


def _pace(series: str, yearly: str, year: int, published: bool) -> float | None:
    """Of a flow: the pace of the last three months a year, in terms of the last yearly value that is known.

    The season is taken out, growth since the base year is not, as in the books of the model.
    """
    last, base = (OCTOBER, year - 1) if published else (DECEMBER, year)
    reading = all_evidence().record.yearly(yearly).get(base)
    found = pace({at: value for at, value in _monthly(series).items() if at[0] <= year}, year, base, last)
    return None if reading is None or found is None else reading.value * found


def pace(monthly: Mapping[tuple[int, int], float], year: int, base: int, last: int) -> float | None:
    """The pace of three months up to one of a year, over the pace of a base year; None where months are missing.

    Parameters
    ----------
    monthly : Mapping[tuple[int, int], float]
        (year, month of it from 1) -> value.
    """
    of_season = season(monthly, year - 1, last - 2, last, SEASON_YEARS)
    quarter = [monthly.get((year, month)) for month in range(last - 2, last + 1)]
    whole = [monthly.get((base, month)) for month in range(1, 13)]
    if of_season is None or None in quarter or None in whole:
        return None
    return float(np.mean([each or 0.0 for each in quarter]) / np.mean([each or 0.0 for each in whole]) / of_season)


def _monthly(series: str) -> Mapping[tuple[int, int], float]:
    """Every monthly value of a series: (year, month) -> value."""
    return _monthly_on(all_evidence().record, series)


@lru_cache(maxsize=100)
def _monthly_on(record: Record, series: str) -> Mapping[tuple[int, int], float]:
    readings = record.readings(series) if series in record else ()
    return {(months.year(each.end), each.end % 12 + 1): each.value for each in readings if each.start == each.end}


def _in_dollars(year: int, published: bool) -> float | None:
    """Of output in dollars: the last year known at the real exchange rate of the last month known.

    Prices are known against the same month of the year before, and are taken to rise evenly.
    """
    last, base = (NOVEMBER, year - 1) if published else (DECEMBER, year)
    reading = all_evidence().record.yearly("gdp_usd.BLR").get(base)
    rates = [_month("exchange_rate_byn_per_usd_month", base, month) for month in range(1, 13)]
    now = _month("exchange_rate_byn_per_usd_month", year, last)
    rises = {each: _month("cpi_yoy.BLR_month", each, last) for each in range(base, year + 1)}
    if reading is None or now is None or None in rates or None in rises.values():
        return None
    logs = {each: float(np.log1p((rise or 0.0) / 100)) for each, rise in rises.items()}
    prices = logs[base] * (last - 6.5) / 12 + sum(logs[each] for each in range(base + 1, year + 1))
    return float(reading.value * np.exp(prices) * np.mean([rate or np.nan for rate in rates]) / now)


def _of_quarter(series: str, year: int, published: bool) -> float | None:
    """Of growth: that of the last quarter over the same one a year before, or of the third as published."""
    return _month(series, year, SEPTEMBER if published else DECEMBER)


_EXPORTS, _IMPORTS = "exports_goods.BLR.WLD_month", "imports_goods.BLR.WLD_month"


def _late(yearly: str, year: int, published: bool) -> tuple[float, float] | None:
    """The last yearly value that is known of a series with a start, and that start."""
    reading = all_evidence().record.yearly(yearly).get(year - 1 if published else year)
    start = _STARTS[yearly][1](year, published)
    return None if reading is None or start is None else (reading.value, start)


def _with_moved(series: str, moved: Mapping[str, int], year: int, published: bool) -> float | None:
    """Of a balance: the last that is known, with what some of its parts have moved since.

    Parameters
    ----------
    moved : Mapping[str, int]
        Yearly series that has a start -> 1 where the balance counts it, -1 where it takes it off.
    """
    reading = all_evidence().record.yearly(series).get(year - 1 if published else year)
    parts = {each: _late(each, year, published) for each in moved}
    if reading is None or None in parts.values():
        return None
    return reading.value + sum(moved[each] * (part[1] - part[0]) for each, part in parts.items() if part)


def _over_moved(series: str, below: str, year: int, published: bool) -> float | None:
    """Of a ratio: the last that is known, over what it is measured by as that stands now."""
    reading, part = (
        all_evidence().record.yearly(series).get(year - 1 if published else year),
        _late(below, year, published),
    )
    return None if reading is None or part is None else reading.value * part[0] / part[1]


_GOODS = {"exports.BLR.WLD": 1, "imports.BLR.WLD": -1}
_STARTS: Mapping[str, tuple[str, Start]] = {
    "oil_price_brent": ("December's price", partial(_level, "oil_price_brent_month")),
    "potash_spot_year_average": ("December's price", partial(_quote, "potash_spot_at_origin")),
    "exchange_rate_byn_per_usd": ("December's rate", partial(_level, "exchange_rate_byn_per_usd_month")),
    "gdp_growth.RUS": ("the last quarter", partial(_of_quarter, "gdp_growth_quarter_yoy.RUS")),
    "gdp_growth.EU": ("the last quarter", partial(_of_quarter, "gdp_growth_quarter_yoy.EU")),
    "exports.BLR.WLD": ("the last quarter", partial(_pace, _EXPORTS, "exports.BLR.WLD")),
    "imports.BLR.WLD": ("the last quarter", partial(_pace, _IMPORTS, "imports.BLR.WLD")),
    "exports.BLR.RUS": ("the last quarter of all exports", partial(_pace, _EXPORTS, "exports.BLR.RUS")),
    "exports.BLR.EU": ("the last quarter of all exports", partial(_pace, _EXPORTS, "exports.BLR.EU")),
    "imports.BLR.RUS": ("the last quarter of all imports", partial(_pace, _IMPORTS, "imports.BLR.RUS")),
    "imports.BLR.EU": ("the last quarter of all imports", partial(_pace, _IMPORTS, "imports.BLR.EU")),
    "imports.BLR.CHN": ("the last quarter of all imports", partial(_pace, _IMPORTS, "imports.BLR.CHN")),
    "balance.BLR.CHN": (
        "the last quarter of all imports",
        partial(_with_moved, "balance.BLR.CHN", {"imports.BLR.CHN": -1}),
    ),
    "current_account.BLR": ("the last quarter of goods", partial(_with_moved, "current_account.BLR", _GOODS)),
    "reserve_cover.BLR": (
        "the last quarter of all imports",
        partial(_over_moved, "reserve_cover.BLR", "imports.BLR.WLD"),
    ),
    "gdp_usd.BLR": ("December's real exchange rate", _in_dollars),
    "public_external_debt_to_gdp.BLR": (
        "December's real exchange rate",
        partial(_over_moved, "public_external_debt_to_gdp.BLR", "gdp_usd.BLR"),
    ),
}
"""Yearly series of the record -> what a naive forecast starts from, in words and as a function of year and vintage.

What opening moves by the end of the year starts there, and so does what is reckoned from it: a balance or a ratio.
Trade by partner has no months of its own here, so it starts where all trade took it, as in the books. Exports to China
do not: opening leaves them where the year had them.
"""
