"""The balance with China taken apart: potash price, potash volume, other exports, tied and ordinary imports."""

from __future__ import annotations

import numpy as np

from sinobel.analysis.channels import split_value
from sinobel.runs.trajectories import Yearly

CHANNELS = ("potash price", "potash volume", "other exports", "tied imports", "ordinary imports")
NEEDED = (
    "potash_exports_to_china",
    "potash_volume_to_china",
    "other_exports_to_china",
    "tied_imports",
    "ordinary_imports_from_china",
    "balance_with_china",
)


def change_by_channel(yearly: Yearly, scenario: str) -> dict[str, np.ndarray]:
    """Change of the balance since the first year by channel, draw by draw: name -> (draws, years).

    The channels add up to the change of `balance_with_china` in every draw; each is positive when it improves it.
    """

    def get(name: str) -> np.ndarray:
        return yearly[name].sel(scenario=scenario).transpose("draw", "year").values

    def base(values: np.ndarray) -> np.ndarray:
        return np.broadcast_to(values[:, :1], values.shape)

    potash, volume = get("potash_exports_to_china"), get("potash_volume_to_china")
    by_price, by_volume = split_value(potash, volume, base(potash), base(volume))
    others, tied, ordinary = (
        get(name) - base(get(name))
        for name in ("other_exports_to_china", "tied_imports", "ordinary_imports_from_china")
    )
    return dict(zip(CHANNELS, (by_price, by_volume, others, -tied, -ordinary), strict=True))
