"""Drawn parameters by subject, written by `sinobel docs` from `model/parameters`: change them there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sinobel.world.subjects.environment import EnvironmentParameters
from sinobel.world.subjects.finance import FinanceParameters
from sinobel.world.subjects.loans import LoansParameters
from sinobel.world.subjects.oil import OilParameters
from sinobel.world.subjects.politics import PoliticsParameters
from sinobel.world.subjects.potash import PotashParameters
from sinobel.world.subjects.trade import TradeParameters


class Subjects:
    """All of them."""

    environment: EnvironmentParameters
    finance: FinanceParameters
    loans: LoansParameters
    oil: OilParameters
    politics: PoliticsParameters
    potash: PotashParameters
    trade: TradeParameters


SUBJECTS: Mapping[str, type[Any]] = {
    "environment": EnvironmentParameters,
    "finance": FinanceParameters,
    "loans": LoansParameters,
    "oil": OilParameters,
    "politics": PoliticsParameters,
    "potash": PotashParameters,
    "trade": TradeParameters,
}
