"""Residents of the Great Stone park, who come for its law, its way to the Union and its place on the Silk Road."""

from __future__ import annotations

import numpy as np

from sinobel.world.arrays import Draws, Number
from sinobel.world.elementary import exp, log1p
from sinobel.world.guards import TINY, at_least


def protection(*, reform: Draws, law: Number, worth: Draws) -> Draws:
    """How safe a firm is in the park, on the scale of reform: its law stands in for what the country lacks (M24).

    Parameters
    ----------
    reform : Draws
        Index, 0 to 1.
    law : Number
        1 = the decree of 2012; lever belarus.zone_law.
    worth : Draws
        Share of what is missing to full reform that this decree makes good; finance.zone_protection.
    """
    return reform + np.minimum(law * worth, 1.0) * (1 - reform)


def openness(*, law: Number, deference: Number, restricted: Number, priority: Draws) -> Draws:
    """Arrivals over those of usual years that law and the plans of Beijing allow, fraction (M28, M33).

    Parameters
    ----------
    law : Number
        1 = the decree of 2012, 0 = there is no park to join; lever belarus.zone_law.
    deference : Number
        Share of its plans that China carries out, whatever Moscow feels; from `deference_cap`.
    restricted : Number
        1 where China lends for transport and logistics alone; lever china.obor_restriction.
    priority : Draws
        Share by which more come to a node of the Silk Road then; finance.residents_priority.
    """
    return np.minimum(law, 1.0) * deference * (1 + priority * restricted)


def arrivals(*, expected: Draws, spread: Draws, shock: Draws, luck: Draws) -> Draws:
    """Residents that join in a year: a whole number, on average as many as expected.

    Parameters
    ----------
    expected : Draws
        [number].
    spread : Draws
        Of single years, log; finance.residents_spread.
    shock : Draws
        Standard normal.
    luck : Draws
        uniform; it decides whether a part of a resident is one or none.
    """
    return np.floor(expected * exp(spread * shock - spread**2 / 2) + luck)


def joins_path(*, added: Draws, exports: Draws) -> Draws:
    """Logarithm of exports with what residents sell more, or less, than a year ago over those without.

    Parameters
    ----------
    added : Draws
        [USD mn a month].
    exports : Draws
        To the same buyers; [USD mn a month].
    """
    return log1p(np.maximum(added / at_least(exports, TINY), LARGEST_LOSS))


LARGEST_LOSS = -0.2
"""Part of exports to a partner that residents may take with them in a year: a guard, they sell far less."""
