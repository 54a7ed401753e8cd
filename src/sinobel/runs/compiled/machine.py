"""Text of LLVM as machine code of this processor."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Call = Callable[[np.ndarray, np.ndarray, int], None]
"""Works on memory, with the numbers of a month, through so many blocks."""


@dataclass(frozen=True)
class Code:
    """Compiled functions by name, and the object they can be loaded from again."""

    calls: dict[str, Call]
    object: bytes
    lanes: int


def lanes_of_host() -> int:
    """Doubles in a vector of this processor."""
    from llvmlite import binding

    features = binding.get_host_cpu_features()
    return 8 if features.get("avx512f") else 4 if features.get("avx2") else 2


def processor() -> str:
    """What machine code is made for, as part of the key of what is kept."""
    from llvmlite import binding

    return f"{binding.get_host_cpu_name()} {binding.get_host_cpu_features().flatten()}"


def compiled(text: str, names: Sequence[str], lanes: int, *, plain: bool = False) -> Code:
    """Compile a module.

    Parameters
    ----------
    plain : bool
        For any processor of this family instead of this one.
    """
    from llvmlite import binding

    machine = _machine(plain)
    width = f'"min-legal-vector-width"="{64 * lanes}" "prefer-vector-width"="{64 * lanes}"'
    module = binding.parse_assembly(text.replace("nounwind", f"nounwind {width}"))
    module.verify()
    return loaded(machine.emit_object(module), names, lanes)


def _machine(plain: bool) -> Any:
    from llvmlite import binding

    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    return binding.Target.from_default_triple().create_target_machine(
        cpu="x86-64" if plain else binding.get_host_cpu_name(),
        features="" if plain else binding.get_host_cpu_features().flatten(),
        opt=1,
    )


def loaded(code: bytes, names: Sequence[str], lanes: int) -> Code:
    """Take up machine code that was compiled before."""
    from llvmlite import binding

    engine = binding.create_mcjit_compiler(binding.parse_assembly(""), _machine(False))
    engine.add_object_file(binding.ObjectFileRef.from_data(code))
    engine.finalize_object()
    return Code({name: _call(engine, name) for name in names}, code, lanes)


def _call(engine: Any, name: str) -> Call:
    kind = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64)
    function = kind(engine.get_function_address(name))

    def call(memory: np.ndarray, numbers: np.ndarray, blocks: int) -> None:
        function(memory.ctypes.data, numbers.ctypes.data, blocks)

    call.engine = engine  # type: ignore[attr-defined]
    return call
