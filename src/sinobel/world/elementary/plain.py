"""The elementary functions on numpy's arrays, for the world.

With llvmlite installed they are compiled for the processor (`native`), else numpy works them out step by step; the bits
are the same. What is neither a number nor an array of numpy, but an object of its own that numpy hands calls to, gets
the call of numpy's function: units and symbols see `np.exp` as they always have.
"""

from __future__ import annotations

import threading
from typing import Any

import numpy as np

from sinobel.world.arrays import Draws
from sinobel.world.elementary import native
from sinobel.world.elementary.tape import planned, written

AT_ONCE = 4096
"""Numbers that are worked on in one go, so that all buffers stay in the cache."""
KEPT = 64
"""Lists of calls that are kept, each for a function and a number of numbers."""

INSIDE: dict[str, tuple[tuple[float, float], ...]] = {
    "exp": ((-700.0, 700.0),),
    "expm1": ((-40.0, 40.0),),
    "log": ((1e-300, 1e300),),
    "log1p": ((-0.9999999, 1e300),),
    "normal_quantile": ((1e-300, 1.0 - 2.0**-53),),
    "power": ((1e-20, 1e20), (-14.0, 14.0)),
}
"""Between which bounds arguments lie that need no look at the edges."""


class Board(threading.local):
    """Buffers of a thread, and lists of calls on them."""

    def __init__(self) -> None:
        self.buffers: dict[tuple[str, int], np.ndarray] = {}
        self.lists: dict[tuple[str, bool, int], tuple[list[Any], list[np.ndarray], np.ndarray]] = {}

    def buffer(self, kind: str, number: int, count: int) -> np.ndarray:
        """The first numbers of a buffer."""
        place = ("flag" if kind == "flag" else "wide", number)
        if place not in self.buffers:
            self.buffers[place] = np.empty(AT_ONCE, np.bool_ if kind == "flag" else np.float64)
        part = self.buffers[place][:count]
        return part.view(np.uint64) if kind == "bits" else part

    def calls(self, name: str, inside: bool, count: int) -> tuple[list[Any], list[np.ndarray], np.ndarray]:
        """Calls that work out a function of some numbers, the buffers of its arguments, and that of its result."""
        key = (name, inside, count)
        if key not in self.lists:
            if len(self.lists) >= KEPT:
                self.lists.clear()
            plan = planned(*written(name, inside=inside))

            def of(part: Any) -> Any:
                return self.buffer(part[0], part[1], count) if isinstance(part, tuple) else part

            calls = [(call, tuple(map(of, parts))) for call, parts in plan.calls]
            given = [self.buffer("real", number, count) for number in plan.arguments]
            self.lists[key] = calls, given, of(plan.result)
        return self.lists[key]


_BOARD = Board()


def worked_out(name: str, arguments: tuple[np.ndarray, ...], result: np.ndarray) -> None:
    """Let numpy work out a function.

    Parameters
    ----------
    name : str
        One of FUNCTIONS.
    arguments : tuple[np.ndarray, ...]
        float64, shape (n,) or without a shape.
    result : np.ndarray
        Shape (n,), where the results are written.
    """
    for start in range(0, result.size, AT_ONCE):
        parts = [each[start : start + AT_ONCE] if each.ndim else each for each in arguments]
        target = result[start : start + AT_ONCE]
        inside = all(
            np.minimum.reduce(part, axis=None) >= low and np.maximum.reduce(part, axis=None) <= high
            for part, (low, high) in zip(parts, INSIDE[name], strict=True)
        )
        calls, given, outcome = _BOARD.calls(name, inside, target.size)
        for buffer, part in zip(given, parts, strict=True):
            np.copyto(buffer, part)
        if inside:
            for call, operands in calls:
                call(*operands)
        else:
            with np.errstate(all="ignore"):
                for call, operands in calls:
                    call(*operands)
        np.copyto(target, outcome)


_OWN = (np.ndarray, np.generic, float, int)


def _is_other(value: Any) -> bool:
    """True for what is no number and no array, but takes part in numpy's calls."""
    return not isinstance(value, _OWN) and hasattr(value, "__array_ufunc__")


def _worked_out(name: str, arguments: tuple[np.ndarray, ...], result: np.ndarray) -> None:
    """Work out a function of arrays of one size, contiguous, by whatever there is."""
    compiled = native.functions()
    if compiled is None:
        worked_out(name, tuple(each.reshape(-1) for each in arguments), result.reshape(-1))
    elif result.size >= native.LEAST:
        compiled[name](*arguments, result)
    else:  # a vector must be full
        full = np.ones((len(arguments) + 1, native.LEAST))
        for row, each in zip(full, arguments, strict=False):
            row[: each.size] = each.reshape(-1)
        compiled[name](*full)
        result.reshape(-1)[:] = full[-1, : result.size]


def _one(name: str, value: Any) -> Any:
    values = np.asarray(value, np.float64, "C")
    result = np.empty(values.shape)
    _worked_out(name, (values,), result)
    return result if values.ndim else result[()]


def exp(x: Any) -> Draws:
    """Exponential function.

    Parameters
    ----------
    x : Any
        Number or array of any shape.

    Returns
    -------
    Draws
        Of the same shape; inf above 709.78, 0 below -745.13.
    """
    result: Draws = np.exp(x) if _is_other(x) else _one("exp", x)
    return result


def expm1(x: Any) -> Draws:
    """Exponential function less one.

    Parameters
    ----------
    x : Any
        Number or array of any shape.

    Returns
    -------
    Draws
        Of the same shape.
    """
    result: Draws = np.expm1(x) if _is_other(x) else _one("expm1", x)
    return result


def log(x: Any) -> Draws:
    """Natural logarithm.

    Parameters
    ----------
    x : Any
        Number or array of any shape.

    Returns
    -------
    Draws
        Of the same shape; -inf of zero, nan of negative numbers, without a warning.
    """
    result: Draws = np.log(x) if _is_other(x) else _one("log", x)
    return result


def log1p(x: Any) -> Draws:
    """Natural logarithm of one and a number.

    Parameters
    ----------
    x : Any
        Number or array of any shape.

    Returns
    -------
    Draws
        Of the same shape; -inf of -1, nan below, without a warning.
    """
    result: Draws = np.log1p(x) if _is_other(x) else _one("log1p", x)
    return result


def power(x: Any, y: Any) -> Draws:
    """Power.

    Parameters
    ----------
    x : Any
        Number or array of any shape, not negative.
    y : Any
        Number or array whose shape goes with it.

    Returns
    -------
    Draws
        Of the common shape, through logarithms whatever the exponent: a square is written `x**2`, which numpy
        multiplies, a root `np.sqrt(x)`.
    """
    if _is_other(x) or _is_other(y):
        other: Draws = np.power(x, float(y) if isinstance(y, int) else y)  # a whole number would be a square's 2
        return other
    base, exponent = np.broadcast_arrays(np.asarray(x, np.float64), np.asarray(y, np.float64))
    result = np.empty(base.shape)
    _worked_out("power", (np.asarray(base, order="C"), np.asarray(exponent, order="C")), result)
    return result if base.ndim else result[()]


def normal_quantile(u: Any) -> Draws:
    """Quantile of the standard normal distribution (Wichura 1988).

    Parameters
    ----------
    u : Any
        Cumulative probabilities, number or array of any shape.

    Returns
    -------
    Draws
        Of the same shape; infinite at 0 and 1, nan beyond.
    """
    result: Draws = _one("normal_quantile", u)
    return result
