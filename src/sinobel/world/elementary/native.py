"""The elementary functions, compiled for the processor when llvmlite is there."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from sinobel.world.elementary import llvm
from sinobel.world.elementary.functions import FUNCTIONS

LEAST = 8
"""Numbers that a vector must be full with."""
ENGINE = "SINOBEL_ENGINE"
"""The variable of the environment that says "numpy" where nothing is to be compiled."""

UNAVAILABLE = (ImportError, AttributeError, OSError, RuntimeError)
"""What comes of a compiler that is not there, is one of another time, or does not know the processor."""

Compiled = Callable[..., None]
"""Takes the arguments and the array of the results: float64, contiguous, of one size, `LEAST` at least."""


@cache
def functions() -> dict[str, Compiled] | None:
    """The compiled functions by name; None without llvmlite, or where numpy is to work."""
    if os.environ.get(ENGINE) == "numpy":
        return None
    try:
        return compiled()
    except UNAVAILABLE:
        return None


def compiled(lanes: int | None = None, *, processor: str | None = None) -> dict[str, Compiled]:
    """Compile the functions.

    Parameters
    ----------
    lanes : int | None
        Numbers in a vector, 8 at most; those that the processor has if None.
    processor : str | None
        Name of another one to compile for, without what only this one can.

    Returns
    -------
    dict[str, Compiled]
        By name.

    Raises
    ------
    ImportError
        Without llvmlite.
    """
    lanes = lanes or lanes_of_host()
    text = "".join(llvm.function(name, lanes, inline=True) + llvm.loop(name, lanes) for name in FUNCTIONS)
    engine = linked(text, lanes, processor)
    return {name: _callable(engine, name, count) for name, (_, count) in FUNCTIONS.items()}


def lanes_of_host() -> int:
    """Doubles in a vector of this processor, 8 at most."""
    from llvmlite import binding

    features = binding.get_host_cpu_features()
    return 8 if features.get("avx512f") else 4 if features.get("avx2") else 2


def linked(text: str, lanes: int, processor: str | None = None) -> Any:
    """Compile the text of a module; what it gives knows the addresses of its functions.

    Parameters
    ----------
    text : str
        Of LLVM.
    lanes : int
        Numbers in its vectors.
    processor : str | None
        As of `compiled`.
    """
    from llvmlite import binding

    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    machine = binding.Target.from_default_triple().create_target_machine(
        cpu=processor or binding.get_host_cpu_name(),
        features="" if processor else binding.get_host_cpu_features().flatten(),
        opt=2,
    )
    width = f'"min-legal-vector-width"="{64 * lanes}" "prefer-vector-width"="{64 * lanes}"'
    module = binding.parse_assembly(text.replace("nounwind", f"nounwind {width}"))
    module.verify()
    options = binding.create_pipeline_tuning_options(speed_level=2)
    options.loop_vectorization = options.slp_vectorization = False
    builder = binding.create_pass_builder(machine, options)
    builder.getModulePassManager().run(module, builder)
    engine = binding.create_mcjit_compiler(module, machine)
    engine.finalize_object()
    return engine


def _callable(engine: Any, name: str, arguments: int) -> Compiled:
    """A compiled function as one of arrays; it keeps the engine, whose memory holds the code."""
    kind = ctypes.CFUNCTYPE(None, ctypes.c_int64, *[ctypes.c_void_p] * (arguments + 1))
    call = kind(engine.get_function_address(f"{name}_of_all"))

    def on_arrays(*arrays: np.ndarray) -> None:
        call(arrays[0].size, *map(_address, arrays))

    on_arrays.engine = engine  # type: ignore[attr-defined]
    return on_arrays


def _address(array: np.ndarray) -> int:
    """Where an array begins. Numpy's own answer takes four times as long, but knows arrays that may not be written."""
    if array.flags.writeable:
        return ctypes.addressof(ctypes.c_char.from_buffer(array))  # type: ignore[arg-type]
    return int(array.ctypes.data)
