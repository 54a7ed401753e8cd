"""Random numbers by counter: published words, the same bits as a plain computation, the distributions they promise."""

import math
import struct
import zlib

import numpy as np
import pytest
from scipy import stats

from sinobel.world import philox
from sinobel.world.elementary import chance, native_chance
from sinobel.world.elementary.constants import ONE
from sinobel.world.elementary.direct import Direct

OIL = zlib.crc32(b"normal environment.oil")
M0, M1 = 0xD2E7470EE14C6C93, 0xCA5A826395121157
W0, W1 = 0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B
MASK = 2**64 - 1
NUMPY = Direct()


def philox4x64(key, counter):
    """The generator in whole numbers, from its description."""
    (k0, k1), (c0, c1, c2, c3) = key, counter
    for _ in range(10):
        first, second = M0 * c0, M1 * c2
        c0, c1, c2, c3 = (second >> 64) ^ c1 ^ k0, second & MASK, (first >> 64) ^ c3 ^ k1, first & MASK
        k0, k1 = (k0 + W0) & MASK, (k1 + W1) & MASK
    return c0, c1, c2, c3


def rows_of(kind, word):
    """Numbers of words, (quadruples, 4, draws), as rows."""
    parts = chance.of_quadruple(NUMPY, kind, [word[:, place] for place in range(4)])
    return np.stack(parts, axis=1).reshape(-1, word.shape[-1])


@pytest.mark.parametrize(
    ("key", "counter", "expected"),
    [  # known answers of Random123
        ((0, 0), (0, 0, 0, 0), "16554d9eca36314c db20fe9d672d0fdc d7e772cee186176b 7e68b68aec7ba23b"),
        ((MASK, MASK), (MASK,) * 4, "87b092c3013fe90b 438c3c67be8d0224 9cc7d7c69cd777b6 a09caebf594f0ba0"),
    ],
)
def test_the_generator_of_these_tests_is_philox(key, counter, expected):
    assert philox4x64(key, counter) == tuple(int(word, 16) for word in expected.split())


@pytest.mark.parametrize("seed", [0, 2017, 2**63, MASK])
def test_words_are_those_of_key_and_counter(seed):
    made = philox.words(seed, OIL, range(3), 1022, 5)
    for quadruple in range(3):
        for place in range(5):
            counter = (1022 + place + 1, quadruple, 0, 0)
            assert tuple(int(word) for word in made[quadruple, :, place]) == philox4x64((seed, OIL), counter)


def test_numbers_have_the_bits_that_every_engine_must_give():
    word = philox.words(2017, OIL, [0], 0, 2)
    assert [f"{int(each):016x}" for each in word[0, :, 0]] == [
        "d7bd0b1954055681",
        "da6091a5e877f9a7",
        "052e11b27afc0cd5",
        "a751bc346e145121",
    ]
    normals = ["-0x1.49a0eb1f21879p-4", "-0x1.28abb53e6d8c1p-1", "-0x1.5fbfbbc9c6882p+1", "-0x1.ff05364c4e7d0p-2"]
    uniforms = ["0x1.af7a1632a80abp-1", "0x1.b4c1234bd0effp-1", "0x1.4b846c9ebf020p-6", "0x1.4ea37868dc28bp-1"]
    assert [float(number).hex() for number in rows_of("normal", word)[:, 0]] == normals
    assert [float(number).hex() for number in rows_of("uniform", word)[:, 0]] == uniforms
    assert float(rows_of("heavy", word)[0, 0]).hex() == "-0x1.c04640d97ec04p-5"


@pytest.mark.parametrize("kind", ["normal", "heavy", "uniform", "quantile"])
def test_a_number_depends_on_its_draw_and_row_alone(kind, monkeypatch):
    whole = philox.numbers(kind, 3, 9, rows=23, first=0, count=70)
    assert whole.shape == (23, 70)
    assert np.array_equal(philox.numbers(kind, 3, 9, rows=6, first=41, count=8), whole[:6, 41:49])
    monkeypatch.setattr(native_chance, "kernels", lambda: None)
    monkeypatch.setattr(philox, "AT_ONCE", 100)
    assert np.array_equal(philox.numbers(kind, 3, 9, rows=23, first=0, count=70), whole)


def test_uniform_numbers_are_never_0_or_1():
    ends = chance.uniform(NUMPY, np.array([0, MASK], np.uint64))
    assert ends.tolist() == [2.0**-53, 1 - 2.0**-53]


def test_normal_numbers_are_those_of_the_library_functions():
    """Within a few units of the last place of radius and angle as the mathematical library has them."""
    first, second = philox.words(5, 1, [0], 0, 100_000)[0, :2]
    one, other = chance.normal_pair(NUMPY, first, second)
    radius = np.sqrt(-2 * np.log(chance.uniform(NUMPY, first)))
    quarter = (second >> np.uint64(62)).astype(int)
    angle = math.pi / 2 * (quarter + chance.uniform(NUMPY, second << np.uint64(2)) - 0.5 - 2.0**-53)
    np.testing.assert_allclose(one, radius * np.cos(angle), atol=1e-14)
    np.testing.assert_allclose(other, radius * np.sin(angle), atol=1e-14)


def test_distributions():
    """Half a million numbers each; the thresholds are passed by chance once in ten thousand, with this seed or another."""
    word = philox.words(11, 7, range(125), 0, 1000)
    assert stats.kstest(rows_of("normal", word).ravel(), "norm").pvalue > 1e-4
    assert stats.kstest(rows_of("uniform", word).ravel(), "uniform").pvalue > 1e-4
    assert stats.kstest(rows_of("heavy", word).ravel(), stats.t(4).cdf).pvalue > 1e-4
    rows = rows_of("normal", word)
    assert np.abs(np.corrcoef(rows[:8]) - np.eye(8)).max() < 4.5 / math.sqrt(1000)


def test_a_double_is_what_these_tests_take_it_for():
    assert struct.unpack("<Q", struct.pack("<d", 1.0))[0] == int(ONE)


@pytest.mark.parametrize("kind", chance.OF_QUADRUPLE)
@pytest.mark.parametrize("processor", [None, "x86-64"])
@pytest.mark.parametrize("lanes", [2, 4, 8])
def test_compiled_numbers_have_the_same_bits(kind, lanes, processor, monkeypatch):
    pytest.importorskip("llvmlite", reason="numbers are compiled where llvmlite is installed")
    monkeypatch.setattr(native_chance, "kernels", lambda: None)
    plain = philox.numbers(kind, MASK - 5, OIL, rows=8, first=2**40, count=101)
    made = np.empty_like(plain)
    call = native_chance.compiled(lanes, processor=processor)[kind]
    native_chance.numbers(call, (MASK - 5, OIL), 8 // chance.OF_QUADRUPLE[kind], 2**40, made)
    assert np.array_equal(made, plain)
