"""exp, expm1, log, log1p and power that give the same bits on every machine; the world uses no others."""

from sinobel.world.elementary.plain import exp, expm1, log, log1p, power

__all__ = ["exp", "expm1", "log", "log1p", "power"]
