"""Random numbers by counter: what a draw meets in a month follows from seed, decision, draw and month alone.

The generator is Philox4x64-10 (Salmon, Moraes, Dror and Shaw 2011, doi:10.1145/2063384.2063405), whose words numpy
makes at the speed of C. What is made of the words uses additions, products, quotients, roots and integer operations
alone, in a fixed order and never fused, so that every engine that keeps to this text gives the same bits on every
machine.

    key      (seed, number of the decision)
    counter  (draw + 1, quadruple, 0, 0); a quadruple is four words
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sinobel.world.arrays import Draws
from sinobel.world.elementary.constants import LN2_HIGH, LN2_LOW, LOG

Words = NDArray[np.uint64]
"""Words of 64 random bits."""

WORDS = 4  # of a quadruple
LARGEST_SEED = 2**64 - 1

MANTISSA = np.uint64(12)  # bits of a word that a double has no room for
ONE = np.uint64(0x3FF0000000000000)  # bits of 1.0: with 52 more, a number from 1 to 2
SIGN = np.uint64(1 << 63)
SHIFT_TO_SIGN = np.uint64(62)
HALF_STEP = 1.0 - 2.0**-53  # leaves (n + 1/2) / 2**52 of 1 + n / 2**52: never 0, never 1

SQRT_HALF = np.uint64(0x3FE6A09E667F3BCD)  # bits of the square root of 1/2
FRACTION = np.uint64((1 << 52) - 1)
WHOLE = np.uint64(0x4330000000000000)  # bits of 2**52: with an integer in its fraction, that integer more

# polynomials of minimal error, in the square of the argument, fitted with 40 digits on Chebyshev nodes
SINE = (
    1.5707963267948966,
    -0.6459640975062463,
    0.07969262624616692,
    -0.004681754135314827,
    0.0001604411847266723,
    -3.598842717144858e-06,
    5.691927850489633e-08,
    -6.627624938992472e-10,
)
"""Of sin(pi y / 2) / y for |y| up to 1/2."""
COSINE = (
    -1.2337005501361697,
    0.25366950790104803,
    -0.02086348076335295,
    0.0009192602748390894,
    -2.520204236776104e-05,
    4.710874326431131e-07,
    -6.3863890969045165e-09,
    6.513222727592812e-11,
)
"""Of (cos(pi y / 2) - 1) / y**2 for |y| up to 1/2."""


AT_ONCE = 4096  # quadruples, so that what is worked out of them stays in the cache


def numbers(kind: str, seed: int, decision: int, *, rows: int, first: int, count: int) -> Draws:
    """Random numbers of a decision.

    Parameters
    ----------
    kind : str
        "normal"; "heavy", Student's t with 4 degrees of freedom; any other is uniform between 0 and 1.
    seed, decision : int
        The key, as in `words`.
    rows : int
        How many numbers a draw gets.
    first, count : int
        First draw, and number of draws.

    Returns
    -------
    Draws
        Shape (rows, draws).
    """
    make, of_each = {"normal": (normals, WORDS), "heavy": (student_4, 1)}.get(kind, (_uniform_rows, WORDS))
    quadruples, step = -(-rows // of_each), max(1, AT_ONCE // count)
    result = np.empty((quadruples * of_each, count))
    for start in range(0, quadruples, step):
        end = min(start + step, quadruples)
        result[start * of_each : end * of_each] = make(words(seed, decision, range(start, end), first, count))
    return result[:rows]


def words(seed: int, decision: int, quadruples: Sequence[int], first: int, count: int) -> Words:
    """Words of a decision.

    Parameters
    ----------
    seed : int
        Root, 0 to 2**64 - 1.
    decision : int
        Number of the decision.
    quadruples : Sequence[int]
        Which.
    first, count : int
        First draw, and number of draws.

    Returns
    -------
    Words
        Shape (quadruples, 4, draws).
    """
    key = np.array([seed, decision], np.uint64)
    result = np.empty((len(quadruples), WORDS, count), np.uint64)
    for row, quadruple in enumerate(quadruples):
        counter = np.array([first, quadruple, 0, 0], np.uint64)  # numpy counts up before it draws: first + 1
        generator = np.random.Philox(counter=counter, key=key)
        result[row] = generator.random_raw(WORDS * count).reshape(count, WORDS).T
    return result


def uniform(word: Words) -> Draws:
    """Numbers between 0 and 1, both excluded, one for each word: the middles of 2**52 equal steps."""
    result: Draws = (word >> MANTISSA | ONE).view(np.float64) - HALF_STEP
    return result


def normal_pair(first: Words, second: Words) -> tuple[Draws, Draws]:
    """Two standard normal numbers of two words, by Box and Muller: the first gives the radius, the second the angle.

    Two bits of the second say which quarter of the turn, 52 more the place in it, from -1/2 to 1/2.
    """
    radius = np.sqrt(_minus_two_log(uniform(first)))
    place = (second << np.uint64(2) >> MANTISSA | ONE).view(np.float64) - 1.5
    square = place * place
    sine = place * _polynomial(square, SINE)
    cosine = square * _polynomial(square, COSINE) + 1.0
    odd = (second >> SHIFT_TO_SIGN & np.uint64(1)).astype(bool)
    one, other = np.where(odd, sine, cosine), np.where(odd, cosine, sine)
    turned = (second ^ second << np.uint64(1)) & SIGN  # the cosine is negative in the second and third quarter
    one = (one.view(np.uint64) ^ turned).view(np.float64)
    other = (other.view(np.uint64) ^ second & SIGN).view(np.float64)  # the sine in the third and fourth
    return radius * one, radius * other


def normals(word: Words) -> Draws:
    """Standard normal numbers, four of each quadruple.

    Parameters
    ----------
    word : Words
        Shape (quadruples, 4, draws).

    Returns
    -------
    Draws
        Shape (4 x quadruples, draws).
    """
    pairs = [*normal_pair(word[:, 0], word[:, 1]), *normal_pair(word[:, 2], word[:, 3])]
    return np.stack(pairs, axis=1).reshape(-1, word.shape[-1])


def _uniform_rows(word: Words) -> Draws:
    return uniform(word).reshape(-1, word.shape[-1])


def student_4(word: Words) -> Draws:
    """Student's t with 4 degrees of freedom, one of each quadruple: a normal over the root of a mean of four squares.

    Parameters
    ----------
    word : Words
        Shape (quadruples, 4, draws).

    Returns
    -------
    Draws
        Shape (quadruples, draws).
    """
    normal, _ = normal_pair(word[:, 0], word[:, 1])
    squares = _minus_two_log(uniform(word[:, 2]) * uniform(word[:, 3]))  # the sum of four, chi-square
    result: Draws = normal * np.sqrt(4.0 / squares)
    return result


def _minus_two_log(x: Draws) -> Draws:
    """-2 log(x) of normal positive numbers, from x = m 2**n with m between the roots of 1/2 and of 2."""
    moved = x.view(np.uint64) + (ONE - SQRT_HALF)
    n = (moved >> np.uint64(52) | WHOLE).view(np.float64) - (2.0**52 + 1023)
    f = ((moved & FRACTION) + SQRT_HALF).view(np.float64) - 1.0
    s = f / (f + 2.0)
    z = s * s
    half = f * f * 0.5
    inner = s * (half + z * _polynomial(z, LOG)) + n * LN2_LOW
    result: Draws = -2.0 * (n * LN2_HIGH - ((half - inner) - f))
    return result


def _polynomial(x: Draws, coefficients: Sequence[float]) -> Draws:
    """A polynomial by two chains of Horner, of its even and of its odd terms: engines wait half as long."""
    square = x * x
    return _horner(square, coefficients[::2]) + _horner(square, coefficients[1::2]) * x


def _horner(x: Draws, coefficients: Sequence[float]) -> Draws:
    result: Draws = x * coefficients[-1]
    for value in reversed(coefficients[1:-1]):
        result += value
        result *= x
    result += coefficients[0]
    return result
