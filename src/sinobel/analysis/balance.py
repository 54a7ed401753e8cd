"""The balance with China taken apart: potash price, potash volume, other exports, tied and ordinary imports."""

from __future__ import annotations

import numpy as np

from sinobel.trajectories import Yearly

CHANNELS = ("potash price", "potash volume", "other exports", "tied imports", "ordinary imports")
NEEDED = (
    "potash_exports_to_china", "potash_volume_to_china", "other_exports_to_china", "tied_imports",
    "ordinary_imports_from_china", "balance_with_china",
)  # fmt: skip


def split_value(value: np.ndarray, volume: np.ndarray, base_value: np.ndarray, base_volume: np.ndarray) -> tuple[
    np.ndarray, np.ndarray
]:  # fmt: skip
    """Change of a value split into price and volume, each at the mean of the other: exact and symmetric.

    Where nothing was shipped in one of the two years there is no price to compare, and all of it is volume.
    """
    traded = (volume > 0) & (base_volume > 0)
    price = np.divide(value, volume, out=np.zeros_like(value), where=traded)
    base_price = np.divide(base_value, base_volume, out=np.zeros_like(value), where=traded)
    by_price = (price - base_price) * (volume + base_volume) / 2
    return np.where(traded, by_price, 0.0), (value - base_value) - np.where(traded, by_price, 0.0)


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
