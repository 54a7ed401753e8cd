"""exp, log and their like that give the same bits on every machine; the world uses no others."""

from sinobel.world.elementary.plain import exp, expm1, log, log1p, normal_quantile, power

__all__ = ["exp", "expm1", "log", "log1p", "normal_quantile", "power"]
