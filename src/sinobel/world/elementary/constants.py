"""Numbers of the elementary functions. Polynomials have minimal error, fitted with 40 digits on Chebyshev nodes."""

from __future__ import annotations

INFINITY, NAN = float("inf"), float("nan")
SMALLEST_NORMAL = 2.0**-1022
ROUND = 6755399441055744.0  # 1.5 2**52: what is added to it is rounded to a whole number
LOG2E = 1.4426950408889634

LN2 = float.fromhex("0x1.62e42fefa39efp-1")
LN2_HIGH = float.fromhex("0x1.62e42feep-1")  # its last 21 bits are zero: a product with a whole number is exact
LN2_LOW = float.fromhex("0x1.a39ef35793c76p-33")
LN2_HEAD = float.fromhex("0x1.62e42f8p-1")  # 26 bits
LN2_TAIL = float.fromhex("0x1.be8e7bcd5e4f2p-27")
CP = float.fromhex("0x1.ec709dc3a03fdp-1")  # 2 / (3 ln 2)
CP_HEAD = float.fromhex("0x1.ec709d8p-1")
CP_TAIL = float.fromhex("0x1.0e80ff5d27f05p-27")

ONE = 0x3FF0000000000000  # bits of 1.0
SQRT_HALF = 0x3FE6A09E667F3BCD  # bits of the root of 1/2
FRACTION = (1 << 52) - 1
WHOLE = 0x4330000000000000  # bits of 2**52: with an integer in its fraction, that integer more
ROUND_BITS = 0x4338000000000000  # bits of ROUND
HEAD = 0xFFFFFFFFF8000000

EXP = (
    0.1666666666666666,
    -0.0027777777777562864,
    6.613756470855508e-05,
    -1.6534058842837582e-06,
    4.1437096880780196e-08,
)
"""Of (r (e**r + 1) / (e**r - 1) - 2) / r**2 in r**2, for |r| up to ln(2) / 2."""
LOG = (
    0.666666666666667,
    0.3999999999989889,
    0.28571428626253836,
    0.22222211089379496,
    0.1818289243253687,
    0.15331611722055008,
    0.14617807153417325,
)
"""Of (2 artanh(s) - 2 s) / s**3 in s**2, for |s| below (sqrt(2) - 1) / (sqrt(2) + 1)."""
ATANH = (
    0.6,
    0.4285714285714406,
    0.3333333333247915,
    0.2727272750414977,
    0.2307689233051077,
    0.20002213198218508,
    0.17559189696845096,
    0.1758649059127012,
)
"""Of 3 (artanh(s) / s - 1 - s**2 / 3) / s**4 in s**2, for the same s."""
