"""How much work a calibration does, and which years it looks at."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sinobel.studies.calibration import sampler

FIRST_ORIGIN, LAST_VINTAGE = 2008, 2016
SEEDS_APART = 10_000
"""The origins of a calibration have seeds of their own, its seed so often and their year."""
LARGEST_SEED = (2**63 - SEEDS_APART) // SEEDS_APART


@dataclass(frozen=True)
class Settings:
    """How much work a calibration does.

    Attributes
    ----------
    futures : int
        Simulated a year and origin to learn from.
    truths : int
        Futures with known parameters that the sampler is checked on.
    draws : int
        Kept of the last posterior, and half as many of the earlier ones.
    """

    futures: int = 16384
    truths: int = 192
    draws: int = 2048
    seed: int = 2017
    effort: sampler.Effort = sampler.USUAL
    check_effort: sampler.Effort = sampler.QUICK
    first_origin: int = FIRST_ORIGIN
    vintages: tuple[int, ...] = tuple(range(FIRST_ORIGIN + 1, LAST_VINTAGE + 1))

    def as_written(self) -> dict[str, Any]:
        """Settings ready for JSON."""
        return asdict(self)


QUICK = Settings(
    futures=512,
    truths=8,
    draws=256,
    first_origin=2013,
    vintages=(2014, 2016),
    effort=sampler.Effort(chains=128, rounds=4, warm_up=40, kept=4, apart=10),
    check_effort=sampler.Effort(chains=64, rounds=3, warm_up=20, kept=2, apart=5),
)
"""Settings that go through everything in half a minute, for tests; their posterior is too rough to use."""
