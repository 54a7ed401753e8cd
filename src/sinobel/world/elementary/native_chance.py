"""Random numbers by counter, compiled for the processor when llvmlite is there: words and what they make at once."""

from __future__ import annotations

import ctypes
import os
from functools import cache
from typing import Any

import numpy as np

from sinobel.world.elementary.chance import OF_QUADRUPLE, of_quadruple, words
from sinobel.world.elementary.llvm import Writer, declarations
from sinobel.world.elementary.native import ENGINE, UNAVAILABLE, lanes_of_host, linked


@cache
def kernels() -> dict[str, Any] | None:
    """The compiled functions by kind of number; None without llvmlite, or where numpy is to work."""
    if os.environ.get(ENGINE) == "numpy":
        return None
    try:
        return compiled()
    except UNAVAILABLE:
        return None


def compiled(lanes: int | None = None, *, processor: str | None = None) -> dict[str, Any]:
    """Compile a function for each kind of number; arguments as of `native.compiled`."""
    lanes = lanes or lanes_of_host()
    engine = linked(declarations(lanes) + "".join(text(kind, lanes) for kind in OF_QUADRUPLE), lanes, processor)
    taken = (ctypes.c_int64,) * 5
    found = {}
    for kind in OF_QUADRUPLE:
        call = ctypes.CFUNCTYPE(None, *taken, ctypes.c_void_p)(engine.get_function_address(f"{kind}_numbers"))
        call.engine, call.lanes = engine, lanes  # type: ignore[attr-defined]
        found[kind] = call
    return found


def numbers(call: Any, key: tuple[int, int], quadruples: int, first: int, result: np.ndarray) -> None:
    """Fill an array with random numbers.

    Parameters
    ----------
    call : Any
        One of `kernels`.
    key : tuple[int, int]
        Seed and number of the decision.
    quadruples : int
        How many, from 0 on.
    first : int
        First draw.
    result : np.ndarray
        (numbers of the quadruples, draws), as many draws as `call.lanes` at least.
    """
    seed, decision = (value - 2**64 if value >= 2**63 else value for value in key)
    call(*(seed, decision, quadruples, first), *(result.shape[1], result.ctypes.data))


def text(kind: str, lanes: int) -> str:
    """Text of `@kind_numbers`: seed, decision, quadruples, first draw, draws, and the address of the result.

    There must be as many draws as lanes at least: the last vector reaches back over draws that are done.
    """
    writer = Writer(lanes)
    put = writer.put

    def spread(value: str) -> str:
        one = put(f"insertelement {writer.bits} undef, i64 {value}, i32 0")
        return put(f"shufflevector {writer.bits} {one}, {writer.bits} undef, <{lanes} x i32> zeroinitializer")

    ahead = "<" + ", ".join(f"i64 {lane + 1}" for lane in range(lanes)) + ">"
    draws = writer.whole("add", spread(put("add i64 %first, %at")), ahead)
    word = words(writer, (spread("%seed"), spread("%decision")), (draws, spread("%q"), writer.k(0), writer.k(0)))
    for row, value in enumerate(made := of_quadruple(writer, kind, word)):
        start = put(f"mul i64 {put(f'add i64 %row, {row}')}, %count")
        place = put(f"getelementptr double, ptr %out, i64 {put(f'add i64 {start}, %at')}")
        writer.lines.append(f"  store {writer.real} {value}, ptr {place}, align 8")
    body = "\n".join(writer.lines)
    taken = "i64 %seed, i64 %decision, i64 %quads, i64 %first, i64 %count, ptr %out"
    return (
        f"define void @{kind}_numbers({taken}) nounwind {{\n"
        f"entry:\n  %last = sub i64 %count, {lanes}\n  br label %quadruple\n"
        "quadruple:\n  %q = phi i64 [ 0, %entry ], [ %q.next, %quadruple.end ]\n"
        f"  %row = mul i64 %q, {len(made)}\n  br label %go\n"
        "go:\n  %i = phi i64 [ 0, %quadruple ], [ %i.next, %go ]\n"
        "  %inside = icmp ult i64 %i, %last\n  %at = select i1 %inside, i64 %i, i64 %last\n"
        f"{body}\n  %i.next = add i64 %i, {lanes}\n  %i.more = icmp ult i64 %i.next, %count\n"
        "  br i1 %i.more, label %go, label %quadruple.end\n"
        "quadruple.end:\n  %q.next = add i64 %q, 1\n  %q.more = icmp ult i64 %q.next, %quads\n"
        "  br i1 %q.more, label %quadruple, label %end\nend:\n  ret void\n}\n"
    )
