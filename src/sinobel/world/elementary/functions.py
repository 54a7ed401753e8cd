"""exp, expm1, log, log1p, power and the quantile of the normal distribution, written once for every engine.

A function is text over primitives: + - * / and roots, comparisons, choices, and operations on the 64 bits of a number.
Each has one right result by the standard of floating-point numbers (IEEE 754), nothing is fused and nothing is looked
up in a table, so an engine that keeps to the text gives the same bits on every machine, however many numbers it works
on at once.

The way of reduction is that of Sun's library (Ng 1993, fdlibm); the polynomials are our own, fitted with 40 digits on
Chebyshev nodes. Errors are below one unit in the last place, those of expm1 below two, of the quantile below five
(`tests/world/elementary`). At the edges the functions give what numpy gives, but for these: log1p(-0.0) and expm1(-0.0)
are 0.0; power gives nan for every negative base and does not know the exceptions of the standard for exponents that are
infinite or no number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from sinobel.world.elementary.constants import (
    ATANH,
    CP,
    CP_HEAD,
    CP_TAIL,
    EXP,
    FAR,
    FRACTION,
    HEAD,
    INFINITY,
    LN2,
    LN2_HEAD,
    LN2_HIGH,
    LN2_LOW,
    LN2_TAIL,
    LOG,
    LOG2E,
    MIDDLE,
    NAN,
    NEAR,
    ONE,
    ROUND,
    ROUND_BITS,
    SIGN,
    SMALLEST_NORMAL,
    SQRT_HALF,
    WHOLE,
)

Value = Any
"""What an engine takes for a double, for 64 bits or for yes and no: an array, the name of a register."""


class Primitives(Protocol):
    """What an engine must know: each works on doubles, but for `whole` and `equal`, which work on 64 bits."""

    def c(self, number: float) -> Value:
        """A double."""

    def k(self, number: int) -> Value:
        """64 bits, from 0 to 2**64 - 1."""

    def add(self, one: Value, other: Value) -> Value:
        """Sum."""

    def sub(self, one: Value, other: Value) -> Value:
        """Difference."""

    def mul(self, one: Value, other: Value) -> Value:
        """Product."""

    def div(self, one: Value, other: Value) -> Value:
        """Quotient."""

    def sqrt(self, one: Value) -> Value:
        """Root."""

    def whole(self, how: str, one: Value, other: Value) -> Value:
        """Add, sub, mul, and, or, xor, shl or lshr of 64 bits, without their sign."""

    def compare(self, how: str, one: Value, other: Value) -> Value:
        """Olt, ogt, ole, oge, oeq: no where a number is nan."""

    def equal(self, one: Value, other: Value) -> Value:
        """Whether 64 bits are the same."""

    def choose(self, where: Value, one: Value, other: Value) -> Value:
        """One where yes, the other where no."""

    def as_bits(self, one: Value) -> Value:
        """The 64 bits of a double."""

    def as_real(self, one: Value) -> Value:
        """The double of 64 bits."""


def polynomial(w: Primitives, x: Value, coefficients: Sequence[float]) -> Value:
    """A polynomial, lowest power first.

    From six terms on by two chains, of its even and of its odd ones: processors wait half as long for the result.

    Parameters
    ----------
    w : Primitives
        The engine.
    x : Value
        Doubles.
    coefficients : Sequence[float]
        Two at least.
    """
    if len(coefficients) < 6:
        return horner(w, x, coefficients)
    square = w.mul(x, x)
    return w.add(horner(w, square, coefficients[::2]), w.mul(horner(w, square, coefficients[1::2]), x))


def horner(w: Primitives, x: Value, coefficients: Sequence[float]) -> Value:
    """A polynomial by one chain, lowest power first; arguments as of `polynomial`."""
    result = w.mul(x, w.c(coefficients[-1]))
    for value in reversed(coefficients[1:-1]):
        result = w.mul(w.add(result, w.c(value)), x)
    return w.add(result, w.c(coefficients[0]))


def exp(w: Primitives, x: Value, *, inside: bool = False) -> Value:
    """Exponential function.

    Parameters
    ----------
    w : Primitives
        The engine.
    x : Value
        Doubles.
    inside : bool
        True where all lie between -700 and 700, so that the edges need no look; the bits are the same.
    """
    if not inside:
        x = between(w, x, -750.0, 710.0)
    shifted = w.add(w.mul(x, w.c(LOG2E)), w.c(ROUND))
    n = w.sub(shifted, w.c(ROUND))
    high, low = w.sub(x, w.mul(n, w.c(LN2_HIGH))), w.mul(n, w.c(LN2_LOW))
    r = w.sub(high, low)
    value = w.sub(w.c(1.0), w.sub(w.sub(low, _beyond(w, r)), high))
    return scaled(w, value, w.as_bits(shifted), inside=inside)


def expm1(w: Primitives, x: Value, *, inside: bool = False) -> Value:
    """Exponential function less one: 2**n (exp(r) - 1 + (1 - 2**-n)).

    Parameters
    ----------
    w : Primitives
        The engine.
    x : Value
        Doubles.
    inside : bool
        True where all lie between -40 and 40; the bits are the same.
    """
    if not inside:
        x = between(w, x, -50.0, 710.0)
    shifted = w.add(w.mul(x, w.c(LOG2E)), w.c(ROUND))
    n = w.sub(shifted, w.c(ROUND))
    high, low = w.sub(x, w.mul(n, w.c(LN2_HIGH))), w.mul(n, w.c(LN2_LOW))
    less = w.sub(high, w.sub(low, _beyond(w, w.sub(high, low))))
    most = n if inside else between(w, n, -100.0, 100.0)  # beyond it the power that follows is nothing beside one
    power_of_two = w.whole("shl", w.whole("sub", w.k(ROUND_BITS + 1023), w.as_bits(w.add(most, w.c(ROUND)))), w.k(52))
    value = w.add(less, w.sub(w.c(1.0), w.as_real(power_of_two)))
    return scaled(w, value, w.as_bits(shifted), inside=inside)


def _beyond(w: Primitives, r: Value) -> Value:
    """exp(r) - 1 - r of |r| up to ln(2) / 2: r c / (2 - c) with c = r - r**2 P(r**2)."""
    square = w.mul(r, r)
    c = w.sub(r, w.mul(square, polynomial(w, square, EXP)))
    return w.div(w.mul(r, c), w.sub(w.c(2.0), c))


def scaled(w: Primitives, value: Value, rounded: Value, *, inside: bool) -> Value:
    """A value between 1/2 and 2 times 2**n, n in the last bits of n + ROUND.

    Parameters
    ----------
    w : Primitives
        The engine.
    value : Value
        Doubles.
    rounded : Value
        64 bits.
    inside : bool
        True where the result is a normal number. If not it takes two steps, so that what is smaller is rounded once.
    """
    if inside:
        return w.as_real(w.whole("add", w.as_bits(value), w.whole("shl", rounded, w.k(52))))
    n = w.whole("sub", rounded, w.k(ROUND_BITS - 4096))  # n + 4096, positive
    half = w.whole("lshr", n, w.k(1))
    for part in (half, w.whole("sub", n, half)):
        value = w.mul(value, w.as_real(w.whole("shl", w.whole("sub", part, w.k(2048 - 1023)), w.k(52))))
    return value


def between(w: Primitives, x: Value, low: float, high: float) -> Value:
    """A number, or the bound beyond which it lies; what is no number stays."""
    x = w.choose(w.compare("olt", x, w.c(low)), w.c(low), x)
    return w.choose(w.compare("ogt", x, w.c(high)), w.c(high), x)


def split(w: Primitives, x: Value, *, inside: bool) -> tuple[Value, Value]:
    """Exponent n and m - 1 of x = m 2**n with m between the roots of 1/2 and of 2.

    Parameters
    ----------
    w : Primitives
        The engine.
    x : Value
        Doubles above zero.
    inside : bool
        True where all are normal numbers; smaller ones are scaled first.
    """
    tiny = None
    if not inside:
        tiny = w.compare("olt", x, w.c(SMALLEST_NORMAL))
        x = w.choose(tiny, w.mul(x, w.c(2.0**54)), x)
    moved = w.whole("add", w.as_bits(x), w.k(ONE - SQRT_HALF))
    n = w.sub(w.as_real(w.whole("or", w.whole("lshr", moved, w.k(52)), w.k(WHOLE))), w.c(2.0**52 + 1023))
    if tiny is not None:
        n = w.choose(tiny, w.sub(n, w.c(54.0)), n)
    m = w.as_real(w.whole("add", w.whole("and", moved, w.k(FRACTION)), w.k(SQRT_HALF)))
    return n, w.sub(m, w.c(1.0))


def log_of(w: Primitives, n: Value, f: Value, lost: Value = None) -> Value:
    """N ln(2) + log(1 + f) + lost."""
    s = w.div(f, w.add(f, w.c(2.0)))
    z = w.mul(s, s)
    half = w.mul(w.mul(f, f), w.c(0.5))
    low = w.mul(n, w.c(LN2_LOW))
    if lost is not None:
        low = w.add(low, lost)
    inner = w.add(w.mul(s, w.add(half, w.mul(z, polynomial(w, z, LOG)))), low)
    return w.sub(w.mul(n, w.c(LN2_HIGH)), w.sub(w.sub(half, inner), f))


def _log_at_edges(w: Primitives, x: Value, result: Value) -> Value:
    """The logarithm of zero, of negative numbers, of infinity and of what is no number."""
    beyond = w.choose(w.compare("oeq", x, w.c(0.0)), w.c(-INFINITY), w.c(NAN))
    result = w.choose(w.compare("ogt", x, w.c(0.0)), result, beyond)
    return w.choose(w.compare("oeq", x, w.c(INFINITY)), x, result)


def log(w: Primitives, x: Value, *, inside: bool = False) -> Value:
    """Natural logarithm.

    Parameters
    ----------
    w : Primitives
        The engine.
    x : Value
        Doubles.
    inside : bool
        True where all are positive, normal and finite; the bits are the same.
    """
    result = log_of(w, *split(w, x, inside=inside))
    return result if inside else _log_at_edges(w, x, result)


def log1p(w: Primitives, x: Value, *, inside: bool = False) -> Value:
    """Natural logarithm of one and a number.

    Parameters
    ----------
    w : Primitives
        The engine.
    x : Value
        Doubles.
    inside : bool
        True where all are above -1 and finite; the bits are the same.
    """
    u = w.add(x, w.c(1.0))
    lost = w.div(w.sub(x, w.sub(u, w.c(1.0))), u)  # what the sum has rounded off
    n, f = split(w, u, inside=True)
    result = log_of(w, n, f, lost)
    return result if inside else _log_at_edges(w, u, result)


def power(w: Primitives, x: Value, y: Value, *, inside: bool = False) -> Value:
    """Power of a number that is not negative: log2(x) in two doubles, times y, and two to that.

    Parameters
    ----------
    w : Primitives
        The engine.
    x, y : Value
        Doubles.
    inside : bool
        True where x lies between 1e-20 and 1e20 and y between -14 and 14; the bits are the same.
    """
    high, low = _log2_in_two(w, x, inside=inside)
    y_head = head(w, y)
    product = w.mul(y_head, high)
    rest = w.add(w.mul(w.sub(y, y_head), high), w.mul(y, low))
    whole = w.add(product, rest)
    bounded = whole if inside else between(w, whole, -1100.0, 1100.0)
    shifted = w.add(bounded, w.c(ROUND))
    product = w.sub(product, w.sub(shifted, w.c(ROUND)))
    t = head(w, w.add(product, rest))
    u = w.mul(t, w.c(LN2_HEAD))
    v = w.add(w.mul(w.sub(rest, w.sub(t, product)), w.c(LN2)), w.mul(t, w.c(LN2_TAIL)))
    a = w.add(u, v)
    lost = w.sub(v, w.sub(a, u))
    value = w.add(w.c(1.0), w.add(a, w.add(_beyond(w, a), w.add(lost, w.mul(a, lost)))))
    result = scaled(w, value, w.as_bits(shifted), inside=inside)
    return result if inside else _power_at_edges(w, x, y, whole, result)


def head(w: Primitives, x: Value) -> Value:
    """The first 26 bits of a double: the product of two such is exact."""
    return w.as_real(w.whole("and", w.as_bits(x), w.k(HEAD)))


def _log2_in_two(w: Primitives, x: Value, *, inside: bool) -> tuple[Value, Value]:
    """log2(x), its first 26 bits and the rest: 2 / ln(2) times s + s**3/3 + s**5 Q(s**2), where s = f / (2 + f)."""
    n, f = split(w, x, inside=inside)
    below = w.add(f, w.c(2.0))
    inverse = w.div(w.c(1.0), below)
    s = w.mul(f, inverse)
    s_head, b_head = head(w, s), head(w, below)
    b_tail = w.sub(f, w.sub(b_head, w.c(2.0)))
    s_tail = w.mul(inverse, w.sub(w.sub(f, w.mul(s_head, b_head)), w.mul(s_head, b_tail)))
    z = w.mul(s, s)
    r = w.mul(w.mul(z, z), polynomial(w, z, ATANH))
    r = w.add(r, w.mul(s_tail, w.add(s_head, s)))
    z_head = w.mul(s_head, s_head)
    t_head = head(w, w.add(w.add(z_head, w.c(3.0)), r))
    t_tail = w.sub(r, w.sub(w.sub(t_head, w.c(3.0)), z_head))
    u, v = w.mul(s_head, t_head), w.add(w.mul(s_tail, t_head), w.mul(t_tail, s))
    p_head = head(w, w.add(u, v))
    p_tail = w.sub(v, w.sub(p_head, u))
    high = w.mul(p_head, w.c(CP_HEAD))
    low = w.add(w.mul(p_head, w.c(CP_TAIL)), w.mul(p_tail, w.c(CP)))
    l_head = head(w, w.add(w.add(high, low), n))
    return l_head, w.sub(low, w.sub(w.sub(l_head, n), high))


def _power_at_edges(w: Primitives, x: Value, y: Value, whole: Value, result: Value) -> Value:
    """Results too large or too small; zero, infinity and negative numbers as bases; an exponent of zero."""
    result = w.choose(w.compare("olt", whole, w.c(-1080.0)), w.c(0.0), result)
    result = w.choose(w.compare("ogt", whole, w.c(1024.5)), w.c(INFINITY), result)
    rising = w.compare("ogt", y, w.c(0.0))
    at_zero = w.choose(rising, w.c(0.0), w.c(INFINITY))
    at_infinity = w.choose(rising, w.c(INFINITY), w.c(0.0))
    result = w.choose(w.compare("oeq", x, w.c(INFINITY)), at_infinity, result)
    result = w.choose(w.compare("oeq", x, w.c(0.0)), at_zero, result)
    result = w.choose(w.compare("oge", x, w.c(0.0)), result, w.c(NAN))
    return w.choose(w.compare("oeq", y, w.c(0.0)), w.c(1.0), result)


def normal_quantile(w: Primitives, u: Value, *, inside: bool = False) -> Value:
    """Quantile of the standard normal distribution, by the quotients of Wichura (1988, AS 241), 16 digits.

    Parameters
    ----------
    w : Primitives
        The engine.
    u : Value
        Doubles, cumulative probabilities.
    inside : bool
        True where all lie between 0 and 1, both excluded; the bits are the same.
    """
    q = w.sub(u, w.c(0.5))
    r = w.sub(w.c(0.180625), w.mul(q, q))
    middle = w.mul(q, _quotient(w, r, *MIDDLE))
    tail = w.choose(w.compare("olt", q, w.c(0.0)), u, w.sub(w.c(1.0), u))
    root = w.sqrt(w.mul(log(w, tail, inside=inside), w.c(-1.0)))
    near = _quotient(w, w.sub(root, w.c(1.6)), *NEAR)
    far = _quotient(w, w.sub(root, w.c(5.0)), *FAR)
    away = w.choose(w.compare("ole", root, w.c(5.0)), near, far)
    signed = w.as_real(w.whole("or", w.as_bits(away), w.whole("and", w.as_bits(q), w.k(SIGN))))
    result = w.choose(w.compare("oge", r, w.c(0.0)), middle, signed)
    if inside:
        return result
    result = w.choose(w.compare("oeq", u, w.c(0.0)), w.c(-INFINITY), result)
    return w.choose(w.compare("oeq", u, w.c(1.0)), w.c(INFINITY), result)


def _quotient(w: Primitives, x: Value, above: Sequence[float], below: Sequence[float]) -> Value:
    return w.div(polynomial(w, x, above), polynomial(w, x, below))


FUNCTIONS: dict[str, tuple[Callable[..., Value], int]] = {
    "exp": (exp, 1),
    "expm1": (expm1, 1),
    "log": (log, 1),
    "log1p": (log1p, 1),
    "power": (power, 2),
    "normal_quantile": (normal_quantile, 1),
}
"""What every engine has: the text of a function, and how many arguments it takes."""
