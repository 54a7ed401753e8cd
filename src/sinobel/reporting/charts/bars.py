"""Bars of a series as one shape: a page draws a stack of them in a tenth of the text that single bars take."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

CODES = (Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY)


def bars(
    axis: Any, at: np.ndarray, heights: np.ndarray, bottom: np.ndarray, *, width: float | np.ndarray, **look: Any
) -> PathPatch:
    """Draw bars beside each other, from `bottom` up.

    Parameters
    ----------
    at : np.ndarray
        Their middles; heights and bottom, of the same shape.
    look : Any
        Arguments of a patch: color, hatch.
    """
    left, right, top = at - width / 2, at + width / 2, bottom + heights
    corners = np.stack([(left, bottom), (left, top), (right, top), (right, bottom), (left, bottom)])
    vertices = corners.transpose(2, 0, 1).reshape(-1, 2)
    patch = PathPatch(Path(vertices, CODES * len(at)), **look)
    axis.add_patch(patch)
    axis.autoscale_view()
    return patch
