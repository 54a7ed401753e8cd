"""The functions themselves: errors against more digits, edges, and results that every machine must give."""

import numpy as np
import pytest

from sinobel.world import elementary

LONG = np.longdouble
LIMITS = {"exp": 1.0, "log": 0.9, "log1p": 0.9, "power": 0.9, "expm1": 2.0}
"""Largest error in units of the last place, stated before the functions were measured; of expm1, after."""
COUNT = 200_000


def rows():
    """Function, and its arguments over a range."""
    draw = np.random.default_rng(20161231)

    def tens(low, high):
        return 10 ** draw.uniform(low, high, COUNT)

    yield "exp", (draw.uniform(-1, 1, COUNT),)
    yield "exp", (draw.uniform(-700, 700, COUNT),)
    yield "exp", (draw.uniform(-745, -700, COUNT),)
    yield "expm1", (draw.uniform(-2, 2, COUNT),)
    yield "expm1", (draw.uniform(-45, 700, COUNT),)
    yield "expm1", (tens(-300, 0),)
    yield "log", (draw.uniform(0.5, 2, COUNT),)
    yield "log", (tens(-300, 300),)
    yield "log", (tens(-320, -300),)
    yield "log", (1 + draw.normal(0, 1e-8, COUNT),)
    yield "log1p", (draw.uniform(-0.999, 1, COUNT),)
    yield "log1p", (draw.normal(0, 1e-3, COUNT),)
    yield "log1p", (tens(-300, 20),)
    yield "log1p", (-tens(-20, -0.0001),)
    yield "power", (tens(-5, 5), draw.uniform(-60, 60, COUNT))
    yield "power", (tens(-1, 1), draw.uniform(-3, 3, COUNT))
    yield "power", (1 + draw.normal(0, 1e-8, COUNT), draw.uniform(-1e4, 1e4, COUNT))
    yield "power", (tens(-300, 300), draw.uniform(-1, 1, COUNT))


@pytest.mark.skipif(np.finfo(LONG).nmant < 60, reason="no longer numbers on this machine")
@pytest.mark.parametrize(("name", "arguments"), list(rows()), ids=lambda value: value if isinstance(value, str) else "")
def test_errors_are_below_the_limit(name, arguments):
    found = getattr(elementary, name)(*arguments)
    right = getattr(np, name)(*(each.astype(LONG) for each in arguments))
    error = np.abs(found - right) / np.spacing(np.abs(right.astype(float)))
    assert error.max() < LIMITS[name], arguments[0][error.argmax()]


EDGES = (0.0, 1.0, -1.0, -0.5, 1e-320, 5e-324, 1e308, 710.0, -750.0, 1e5, -1e5, np.inf, -np.inf, np.nan)


@pytest.mark.parametrize("name", ["exp", "expm1", "log", "log1p"])
@pytest.mark.parametrize("many", [1, 100])
def test_edges_are_those_of_numpy(name, many):
    x = np.repeat(EDGES, many)
    with np.errstate(all="ignore"):
        right = getattr(np, name)(x)
    np.testing.assert_allclose(getattr(elementary, name)(x), right, rtol=4e-16, atol=0)


@pytest.mark.parametrize("many", [1, 100])
def test_edges_of_powers_are_those_of_numpy(many):
    bases = (0.0, 1e-320, 1.0, 2.0, 1e308, np.inf, np.nan)
    exponents = (-1e5, -2.0, -0.5, 0.0, 0.5, 2.0, 1e5, np.nan)
    x, y = (np.repeat(each.ravel(), many) for each in np.meshgrid(bases, exponents))
    with np.errstate(all="ignore"):
        right = np.power(x, y)
        right[(x == 1) & np.isnan(y)] = np.nan  # the exceptions of the standard are not kept
    found = elementary.power(x, y)
    known = ~(np.isnan(y) & np.isin(x, (0.0, np.inf)))
    np.testing.assert_allclose(found[known], right[known], rtol=4e-16, atol=0)
    assert np.isnan(elementary.power(-2.0, 3))


def test_quantiles_of_the_normal_distribution():
    from scipy.special import ndtri

    u = np.concatenate([10.0 ** -np.arange(1, 300, 7), np.linspace(0.001, 0.999, 999), 1 - 10.0 ** -np.arange(1, 15)])
    np.testing.assert_allclose(elementary.normal_quantile(u), ndtri(u), rtol=5e-15, atol=1e-16)
    np.testing.assert_array_equal(elementary.normal_quantile([0, 0.5, 1, -1, 2]), [-np.inf, 0, np.inf, np.nan, np.nan])


def test_numbers_stay_numbers_and_shapes_shapes():
    assert isinstance(elementary.exp(1), float)
    assert elementary.log(np.ones((3, 0, 2))).shape == (3, 0, 2)
    assert elementary.power(np.ones((3, 1)), np.ones(4)).shape == (3, 4)
    assert elementary.power(2.0, np.arange(3.0)).tolist() == [1.0, 2.0, 4.0]
    assert elementary.log1p([0.0, 0.0]).tolist() == [0.0, 0.0]


VECTORS = {
    "exp": (
        ("-0x1.7480000000000p+9", "0x0.0000000000001p-1022"),
        ("-0x1.6240000000000p+9", "0x0.e6cf6d08897acp-1022"),
        ("-0x1.921f9f01b866ep+1", "0x1.62026546050aep-5"),
        ("-0x1.12e0be826d695p-30", "0x1.fffffff768fa1p-1"),
        ("0x1.999999999999ap-4", "0x1.1aec7b35a00d4p+0"),
        ("0x1.62e429e0a41a2p-1", "0x1.fffff9f100846p+0"),
        ("0x1.4000000000000p+1", "0x1.85d6fd931e0bbp+3"),
        ("0x1.6000000000000p+6", "0x1.f1056dc7bf22dp+126"),
        ("0x1.62d999999999ap+9", "0x1.d75ae7a50ee14p+1023"),
    ),
    "expm1": (
        ("-0x1.4000000000000p+5", "-0x1.0000000000000p+0"),
        ("-0x1.3333333333333p-2", "-0x1.0966f2c7907f6p-2"),
        ("0x1.19799812dea11p-40", "0x1.19799812df3bdp-40"),
        ("0x1.999999999999ap-5", "0x1.a403484548655p-5"),
        ("0x1.199999999999ap+0", "0x1.008883244d593p+1"),
        ("0x1.9000000000000p+5", "0x1.19103e4080b45p+72"),
    ),
    "log": (
        ("0x0.0000000000001p-1022", "-0x1.74385446d71c3p+9"),
        ("0x1.4f8b588e368f1p-17", "-0x1.7069e2aa2aa5bp+3"),
        ("0x1.6666666666666p-1", "-0x1.6d3c324e13f50p-2"),
        ("0x1.ffffde7210be9p-1", "-0x1.0c6f82d74d230p-20"),
        ("0x1.000001ad7f29bp+0", "0x1.ad7f2847b6492p-24"),
        ("0x1.6a0902de00d1bp+0", "0x1.62e1ac5b1d180p-2"),
        ("0x1.8000000000000p+1", "0x1.193ea7aad030ap+0"),
        ("0x1.a862000000000p+15", "0x1.5ce2a42ab7fdbp+3"),
        ("0x1.7e43c8800759cp+996", "0x1.5963447f87fb5p+9"),
    ),
    "log1p": (
        ("-0x1.ff7ced916872bp-1", "-0x1.ba18a998fff9fp+2"),
        ("-0x1.999999999999ap-2", "-0x1.058aefa811452p-1"),
        ("-0x1.ad7f29abcaf48p-24", "-0x1.ad7f2b1414ae8p-24"),
        ("0x1.203af9ee75616p-50", "0x1.203af9ee75614p-50"),
        ("0x1.eb851eb851eb8p-6", "0x1.e44a9a3bed663p-6"),
        ("0x1.0000000000000p-1", "0x1.9f323ecbf984cp-2"),
        ("0x1.c000000000000p+2", "0x1.0a2b23f3bab73p+1"),
        ("0x1.1c37937e08000p+53", "0x1.26bb1bbb55516p+5"),
    ),
    "power": (
        ("0x1.dc28f5c28f5c3p-1", "0x1.5555555555555p-4", "0x1.fce9b9fe13b32p-1"),
        ("0x1.0000000000000p-1", "0x1.7ae147ae147aep-2", "0x1.8c2d382bb2f2bp-1"),
        ("0x1.35c28f5c28f5cp+0", "-0x1.199999999999ap+2", "0x1.baa2303b31fa8p-2"),
        ("0x1.d99999999999ap+1", "0x1.999999999999ap-1", "0x1.6c8fdc86019a4p+1"),
        ("0x1.ed9999999999ap+6", "0x1.199999999999ap+1", "0x1.37a962a6dda91p+15"),
        ("0x1.56e1fc2f8f359p-997", "0x1.0cccccccccccdp+0", "0x0.000000c1069cdp-1022"),
        ("0x1.ffffde7210be9p-1", "0x1.86a0000000000p+16", "0x1.cf46d818acfd7p-1"),
        ("0x1.0000000000000p+1", "0x1.fff3333333333p+9", "0x1.ddb680117aa8ep+1023"),
    ),
    "normal_quantile": (
        ("0x1.19799812dea11p-40", "-0x1.c234fba57a32ap+2"),
        ("0x1.89374bc6a7efap-9", "-0x1.5fb74ce9859bcp+1"),
        ("0x1.47ae147ae147bp-4", "-0x1.67b2c51011ceep+0"),
        ("0x1.3333333333333p-2", "-0x1.0c7e39582c5fcp-1"),
        ("0x1.3851eb851eb85p-1", "0x1.1e05cf1868906p-2"),
        ("0x1.f0a3d70a3d70ap-1", "0x1.e17bb09d8913ep+0"),
        ("0x1.ffffde7210be9p-1", "0x1.30381a97985eep+2"),
    ),
}
"""Function -> arguments and result in full: whatever the processor, the system and the engine, these bits."""


@pytest.mark.parametrize("many", [1, 5, 9, 5000])
@pytest.mark.parametrize("name", VECTORS)
def test_every_machine_gives_these_bits(name, many):
    *arguments, expected = (
        np.tile([float.fromhex(each) for each in column], many) for column in zip(*VECTORS[name], strict=True)
    )
    found = getattr(elementary, name)(*arguments)
    assert [each.hex() for each in found] == [each.hex() for each in expected]
