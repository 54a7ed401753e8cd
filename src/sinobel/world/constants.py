"""Conversions: numbers that say how two units hang together. Whatever else moves a result is a parameter or stands,
named and with its unit and reason, on top of the rule that uses it.

The text in `Annotated` is the unit; the test of units reads it and carries it through a month of the world.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

MONTHS_PER_YEAR: Annotated[int, "months per year"] = 12
MONTHS_PER_QUARTER: Annotated[int, "months per quarter"] = 3
QUARTERS_PER_YEAR: Annotated[int, "quarters per year"] = 4
PERCENT: Annotated[int, "%"] = 100  # percent in the whole
KT_PRICED_PER_MILLION: Annotated[int, "kt at USD per tonne in USD mn"] = 1000  # kt at a dollar a tonne make a million
KT_OF_OIL_PER_MILLION: Annotated[float, "kt at USD per barrel in USD mn"] = 1000 / 7.33  # 7.33 barrels a tonne
A_MONTH: Annotated[int, "months"] = 1  # the step of the model
A_YEAR: Annotated[int, "years"] = 1  # what is agreed, due or drawn in a year is a year's rate for this long
YEARLY_TO_MONTHLY: Annotated[float, "square root of years per month"] = 1 / np.sqrt(MONTHS_PER_YEAR)  # of a spread
HALF: Annotated[float, "fraction"] = 0.5  # of a year, a month or a whole: the middle of it
DECEMBER_AFTER_MEAN: Annotated[float, "years"] = 11 / 24  # from the middle of a year to that of its December
QUARTER_AFTER_MEAN: Annotated[float, "years"] = 9 / 24  # likewise, to that of its last quarter
