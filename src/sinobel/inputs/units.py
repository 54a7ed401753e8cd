"""The units of indicators in our words, and as UDUNITS knows them: the library by which the CF conventions name units.

An indicator with another unit could be simulated and not be written, so that `model/indicators.toml` takes these alone.
"""

from __future__ import annotations

UNITS = {
    "USD mn": "1e6",
    "USD per head": "1",
    "USD/t CFR": "t-1",
    "USD/barrel": "barrel-1",
    "kt KCl": "1e3 t",
    "kt crude": "1e3 t",
    "months": "month",
    "%": "percent",
    "fraction": "1",
    "log": "1",
    "index 0-1": "1",
    "level": "1",
    "2005-2016 = 1": "1",
}
"""Our units and those of UDUNITS; dollars are counted without a unit."""
PERIODS = {" a year": "year-1", " a month": "month-1"}
KNOWN = (*UNITS, *(f"{unit}{period}" for unit in ("%", "fraction") for period in PERIODS))
"""What an indicator may have: what flows is counted a year or a month without saying so, what grows says so."""


def udunits(words: str) -> str:
    """A unit as UDUNITS knows it: "USD mn a year" is "1e6 year-1".

    Raises
    ------
    KeyError
        For an unknown one.
    """
    for ending, period in PERIODS.items():
        if words.endswith(ending):
            base = UNITS[words.removesuffix(ending)]
            return period if base == "1" else f"{base} {period}"
    return UNITS[words]
