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
HEAD = 0xFFFFFFFFF8000000  # of a double: sign, exponent and 26 bits
SIGN = 1 << 63
HALF_STEP = 1.0 - 2.0**-53  # leaves (n + 1/2) / 2**52 of 1 + n / 2**52: never 0, never 1

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
MIDDLE = (
    (
        3.3871328727963665,
        133.14166789178438,
        1971.5909503065513,
        13731.69376550946,
        45921.95393154987,
        67265.7709270087,
        33430.57558358813,
        2509.0809287301227,
    ),
    (
        1.0,
        42.31333070160091,
        687.1870074920579,
        5394.196021424751,
        21213.794301586597,
        39307.89580009271,
        28729.085735721943,
        5226.495278852854,
    ),
)
"""The two polynomials of the quotient of Wichura (1988) for u from 0.075 to 0.925, in 0.180625 - (u - 1/2)**2."""
NEAR = (
    (
        1.4234371107496835,
        4.630337846156546,
        5.769497221460691,
        3.6478483247632045,
        1.2704582524523684,
        0.2417807251774506,
        0.022723844989269184,
        0.0007745450142783414,
    ),
    (
        1.0,
        2.053191626637759,
        1.6763848301838038,
        0.6897673349851,
        0.14810397642748008,
        0.015198666563616457,
        0.0005475938084995345,
        1.0507500716444169e-09,
    ),
)
"""Likewise for those beyond, in sqrt(-log(tail)) - 1.6 up to 5."""
FAR = (
    (
        6.657904643501103,
        5.463784911164114,
        1.7848265399172913,
        0.29656057182850487,
        0.026532189526576124,
        0.0012426609473880784,
        2.7115555687434876e-05,
        2.0103343992922881e-07,
    ),
    (
        1.0,
        0.599832206555888,
        0.1369298809227358,
        0.014875361290850615,
        0.0007868691311456133,
        1.8463183175100548e-05,
        1.421511758316446e-07,
        2.0442631033899397e-15,
    ),
)
"""Likewise beyond that, in sqrt(-log(tail)) - 5."""
