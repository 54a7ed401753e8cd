"""What becomes of random words, written once for every engine: uniform and normal numbers, and Student's t.

The generator is Philox4x64-10 (`world.philox`). Functions are text over the primitives of `functions`.
"""

from __future__ import annotations

from collections.abc import Sequence

from sinobel.world.elementary.constants import HALF_STEP, ONE, SIGN
from sinobel.world.elementary.functions import Primitives, Value, log_of, polynomial, split

MULTIPLIERS = (0xD2E7470EE14C6C93, 0xCA5A826395121157)
STEPS = (0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B)
"""What the two halves of the counter are multiplied by, and what is added to the key, in each of the rounds."""
ROUNDS = 10
LOW = 0xFFFFFFFF
MANTISSA = 12  # bits of a word that a double has no room for

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


def words(w: Primitives, key: Sequence[Value], counter: Sequence[Value]) -> tuple[Value, ...]:
    """Four words.

    Parameters
    ----------
    w : Primitives
        The engine.
    key : Sequence[Value]
        Two times 64 bits.
    counter : Sequence[Value]
        Four times 64 bits.
    """
    first, second = key
    one, two, three, four = counter
    for left in reversed(range(ROUNDS)):
        high, low = _product(w, MULTIPLIERS[0], one)
        other_high, other_low = _product(w, MULTIPLIERS[1], three)
        one, three = _three_xor(w, other_high, two, first), _three_xor(w, high, four, second)
        two, four = other_low, low
        if left:
            first, second = (w.whole("add", part, w.k(step)) for part, step in zip((first, second), STEPS, strict=True))
    return one, two, three, four


def _three_xor(w: Primitives, one: Value, other: Value, third: Value) -> Value:
    return w.whole("xor", w.whole("xor", one, other), third)


def _product(w: Primitives, constant: int, x: Value) -> tuple[Value, Value]:
    """High and low 64 bits of a product, from products of 32 bits."""
    c_high, c_low = w.k(constant >> 32), w.k(constant & LOW)
    x_high, x_low = w.whole("lshr", x, w.k(32)), w.whole("and", x, w.k(LOW))
    low, middle = w.whole("mul", x_low, c_low), w.whole("mul", x_high, c_low)
    other, high = w.whole("mul", x_low, c_high), w.whole("mul", x_high, c_high)
    middle = w.whole("add", middle, w.whole("lshr", low, w.k(32)))
    other = w.whole("add", other, w.whole("and", middle, w.k(LOW)))
    carried = w.whole("add", w.whole("lshr", middle, w.k(32)), w.whole("lshr", other, w.k(32)))
    below = w.whole("or", w.whole("shl", other, w.k(32)), w.whole("and", low, w.k(LOW)))
    return w.whole("add", high, carried), below


def uniform(w: Primitives, word: Value) -> Value:
    """A number between 0 and 1, both excluded: the middle of one of 2**52 equal steps."""
    return w.sub(_from_one_to_two(w, word), w.c(HALF_STEP))


def _from_one_to_two(w: Primitives, word: Value) -> Value:
    return w.as_real(w.whole("or", w.whole("lshr", word, w.k(MANTISSA)), w.k(ONE)))


def normal_pair(w: Primitives, first: Value, second: Value) -> tuple[Value, Value]:
    """Two standard normal numbers of two words, by Box and Muller: the first gives the radius, the second the angle.

    Two bits of the second say which quarter of the turn, 52 more the place in it, from -1/2 to 1/2.
    """
    radius = w.sqrt(minus_two_log(w, uniform(w, first)))
    place = w.sub(_from_one_to_two(w, w.whole("shl", second, w.k(2))), w.c(1.5))
    square = w.mul(place, place)
    sine = w.mul(place, polynomial(w, square, SINE))
    cosine = w.add(w.mul(square, polynomial(w, square, COSINE)), w.c(1.0))
    odd = w.equal(w.whole("and", w.whole("lshr", second, w.k(62)), w.k(1)), w.k(1))
    turned = w.whole("xor", second, w.whole("shl", second, w.k(1)))  # the cosine is negative in quarters two and three
    one = _signed(w, w.choose(odd, sine, cosine), turned)
    other = _signed(w, w.choose(odd, cosine, sine), second)  # the sine in three and four
    return w.mul(radius, one), w.mul(radius, other)


def _signed(w: Primitives, x: Value, word: Value) -> Value:
    """A number whose sign is turned where the first bit of a word is set."""
    return w.as_real(w.whole("xor", w.as_bits(x), w.whole("and", word, w.k(SIGN))))


def minus_two_log(w: Primitives, x: Value) -> Value:
    """-2 log(x) of normal positive numbers."""
    return w.mul(w.c(-2.0), log_of(w, *split(w, x, inside=True)))


def student_4(w: Primitives, word: Sequence[Value]) -> Value:
    """Student's t with 4 degrees of freedom of four words: a normal over the root of a mean of four squares."""
    normal, _ = normal_pair(w, word[0], word[1])
    squares = minus_two_log(w, w.mul(uniform(w, word[2]), uniform(w, word[3])))  # the sum of four, chi-square
    return w.mul(normal, w.sqrt(w.div(w.c(4.0), squares)))


def of_quadruple(w: Primitives, kind: str, word: Sequence[Value]) -> list[Value]:
    """Numbers of a kind that four words make: one of Student's t, else four.

    Parameters
    ----------
    w : Primitives
        The engine.
    kind : str
        "normal"; "heavy", Student's t; or "uniform".
    word : Sequence[Value]
        Four times 64 bits.
    """
    if kind == "heavy":
        return [student_4(w, word)]
    if kind == "normal":
        return [*normal_pair(w, word[0], word[1]), *normal_pair(w, word[2], word[3])]
    return [uniform(w, each) for each in word]


OF_QUADRUPLE = {"normal": 4, "heavy": 1, "uniform": 4}
"""How many numbers of each kind four words make."""
