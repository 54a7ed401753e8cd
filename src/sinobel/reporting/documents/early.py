"""What priors of earlier origins know of later years, from the reasons in `model/parameters`: none is left out."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from sinobel.inputs import months
from sinobel.inputs.parameters import Parameter, all_parameters
from sinobel.reporting.documents.trust import markdown


def later() -> str:
    """How many reasons name a year after each origin, which ones name which year, and which name none."""
    everything = list(all_parameters().values())
    named = [each for each in everything if (each.knows or 0) > months.FIRST_ORIGIN_YEAR]
    constant = [each for each in everything if each.role == "constant"]
    unsure = [each for each in everything if each.role != "constant"]
    counts = [
        [f"December {year}", _after(unsure, year), _after(constant, year)]
        for year in range(months.FIRST_ORIGIN_YEAR, months.LAST_ORIGIN_YEAR)
    ]
    years = [
        [str(year), *(_names(each for each in some if each.knows == year) for some in (unsure, constant))]
        for year in sorted({each.knows for each in named if each.knows})
    ]
    silent = [[each for each in some if each not in named and _of_record(each)] for some in (unsure, constant)]
    told = (
        f"Another {len(silent[0])} uncertain parameters and {len(silent[1])} constants rest on series of the record "
        "and name no such year; read them as if they knew the record to 2016, unless their text names the years that "
        "it used. What the record to an origin puts in its place stands in the table above. The others that are "
        f"uncertain: {_names(each for each in silent[0] if not each.early)}. Constants: {_names(silent[1])}."
    )
    return "\n".join(
        [
            markdown(["from", "uncertain parameters that name a later year", "constants that do"], counts),
            markdown(["latest year named", "uncertain parameters", "constants"], years),
            textwrap.fill(told, 124, break_long_words=False, break_on_hyphens=False) + "\n",
        ]
    )


def _of_record(each: Parameter) -> bool:
    return any(source.startswith("record:") for source in each.evidence)


def _after(some: list[Parameter], year: int) -> str:
    return f"{sum((each.knows or 0) > year for each in some)} of {len(some)}"


def _names(some: Iterable[Parameter]) -> str:
    return ", ".join(f"`{each.name}`" for each in some)
