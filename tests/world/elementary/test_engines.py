"""All engines give the same bits: numpy, vectors of two, four and eight, a plain processor; a whole world too."""

import os
import platform
import subprocess
import sys

import numpy as np
import pytest

from sinobel.policies import scenarios
from sinobel.world import elementary
from sinobel.world.elementary import llvm, native, plain
from sinobel.world.elementary.functions import FUNCTIONS
from sinobel.world.readings import observe
from sinobel.world.world import World

COUNT = 1_000_000


def arguments(name, count):
    """Numbers of all sizes that a function takes, its edges among them."""
    draw = np.random.default_rng(len(name))
    wide = {
        "exp": draw.normal(0, 1, count) * 10 ** draw.uniform(-5, 3, count),
        "expm1": draw.normal(0, 1, count) * 10 ** draw.uniform(-5, 3, count),
        "log": 10 ** draw.uniform(-322, 308, count),
        "log1p": 10 ** draw.uniform(-20, 20, count) - draw.uniform(0, 1, count),
        "power": 10 ** draw.uniform(-8, 8, count),
        "normal_quantile": draw.uniform(0, 1, count) ** 9,
    }[name]
    wide[:12] = (0.0, -0.0, 1.0, -1.0, 2.0, np.inf, -np.inf, np.nan, 1e-310, 1e300, -1e300, 0.5)
    draw.shuffle(wide)
    return (wide, draw.normal(0, 20, count)) if name == "power" else (wide,)


def of_numpy(name, given):
    """The results of numpy's engine."""
    result = np.empty(given[0].shape)
    plain.worked_out(name, given, result)
    return result


def same(one, other):
    """Whether numbers have the same bits, those that are no numbers aside."""
    return ((one.view(np.uint64) == other.view(np.uint64)) | (np.isnan(one) & np.isnan(other))).all()


def engines():
    """Lanes, and the processor that is compiled for."""
    yield from ((lanes, None) for lanes in (2, 4, 8))
    if platform.machine().lower() in ("x86_64", "amd64"):
        yield from ((lanes, "x86-64") for lanes in (2, 4, 8))


@pytest.mark.parametrize(("lanes", "processor"), list(engines()))
def test_compiled_functions_give_the_bits_of_numpy(lanes, processor):
    pytest.importorskip("llvmlite")
    compiled = native.compiled(lanes, processor=processor)
    for name in FUNCTIONS:
        given = arguments(name, COUNT)
        result = np.empty(COUNT)
        compiled[name](*given, result)
        assert same(of_numpy(name, given), result), name


@pytest.mark.parametrize("name", FUNCTIONS)
def test_without_a_look_at_the_edges_the_bits_are_the_same(name):
    bounds = plain.INSIDE[name]
    draw = np.random.default_rng(7)
    given = [np.clip(draw.normal(0.5, 5, 5000), low, high) for low, high in bounds]
    quick = of_numpy(name, given)
    beyond = [np.append(each, [np.nan, np.nan]) for each in given]
    careful = of_numpy(name, beyond)[:-2]
    assert same(
        quick, np.concatenate([of_numpy(name, [each[part : part + 1] for each in given]) for part in range(5000)])
    )
    assert same(quick[-900:], careful[-900:])


@pytest.mark.parametrize("count", [1, 7, 8, 9, 17, 4095, 4096, 4097])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_result_of_a_number_depends_on_nothing_beside_it(name, count):
    given = [each[-count:] for each in arguments(name, 10_000)]
    found = getattr(elementary, name)(*given)
    assert same(found, of_numpy(name, given))
    for each in given:
        each.flags.writeable = False
    assert same(found, getattr(elementary, name)(*given))
    assert same(found[::-1], getattr(elementary, name)(*(each[::-1] for each in given)))
    assert same(found, getattr(elementary, name)(*(each.reshape(1, -1) for each in given))[0])


def test_an_exponent_for_all_is_like_one_for_each():
    base = np.linspace(0.1, 9, 5000)
    for count in (5, 5000):
        for exponent in (2, 0.5, 1 / 12, -3.3):
            each = np.full(count, exponent, float)
            assert same(elementary.power(base[:count], exponent), elementary.power(base[:count], each))


class Symbol:
    """Takes part in the calls of numpy, and writes down which."""

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        return ufunc.__name__, inputs[1:]


def test_objects_of_their_own_see_the_functions_of_numpy():
    for name in ("exp", "expm1", "log", "log1p"):
        assert getattr(elementary, name)(Symbol()) == (name, ())
    assert elementary.power(Symbol(), 2) == ("power", (2.0,))
    assert isinstance(elementary.power(Symbol(), 2)[1][0], float), "a square would have a whole number"


def test_the_text_of_a_function_allows_no_other_rounding():
    for name in FUNCTIONS:
        text = llvm.function(name, 4)
        assert "fast" not in text
        assert "fmuladd" not in text
        assert "contract" not in text


def baseline(draws):
    """What a world shows after two Januaries."""
    world = World(scenarios.BASELINE, draws, 2017, collect=False)
    for _ in range(14):
        world.step()
    return observe(world)


def test_a_world_is_the_same_with_and_without_compiled_functions(monkeypatch):
    pytest.importorskip("llvmlite")
    assert native.functions() is not None
    compiled = baseline(20)
    monkeypatch.setenv(native.ENGINE, "numpy")
    native.functions.cache_clear()
    try:
        assert native.functions() is None
        for name, value in baseline(20).items():
            np.testing.assert_array_equal(compiled[name], value, err_msg=name)
    finally:
        monkeypatch.undo()
        native.functions.cache_clear()


OLD = """
import hashlib
from tests.world.elementary.test_engines import baseline
digest = hashlib.sha256()
for name, value in sorted(baseline(20).items()):
    digest.update(name.encode() + value.tobytes())
print(digest.hexdigest())
"""


def of_a_processor(**environment):
    """Digest of what a world shows, from a process that takes the processor for another."""
    done = subprocess.run(
        [sys.executable, "-c", OLD],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, native.ENGINE: "numpy", "PYTHONPATH": os.pathsep.join(sys.path), **environment},
    )
    return done.stdout


def test_a_world_is_the_same_on_an_older_processor():
    """As if it had no wide vectors and no fused products: in numpy, in its linear algebra and in the system's library."""
    found = np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])
    without = ",".join(f"-{each}" for each in ("AVX", "AVX2", "AVX512F", "FMA", "FMA4"))
    older = of_a_processor(
        NPY_DISABLE_CPU_FEATURES=" ".join(found),
        OPENBLAS_CORETYPE="Nehalem" if platform.machine() == "x86_64" else "",
        GLIBC_TUNABLES=f"glibc.cpu.hwcaps={without}",
    )
    assert older == of_a_processor()


def test_nothing_is_compiled_before_it_is_needed():
    code = "import sys; from sinobel.world.world import World; print('llvmlite' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
