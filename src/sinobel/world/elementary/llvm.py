"""The primitives of the elementary functions as text of LLVM, for compilers that are handed it.

Nothing in the text allows a compiler to fuse, to reorder or to leave out: no operation carries a fast-math flag.
"""

from __future__ import annotations

import struct
from functools import cache

from sinobel.world.elementary.functions import FUNCTIONS

MASK64 = (1 << 64) - 1


def bits_of(number: float) -> int:
    """The 64 bits of a double."""
    result: int = struct.unpack("<Q", struct.pack("<d", float(number)))[0]
    return result


class Writer:
    """Writes a function on vectors of some doubles; a value is its name in the text.

    Parameters
    ----------
    lanes : int
        How many doubles a vector has.
    """

    def __init__(self, lanes: int):
        self.lanes = lanes
        self.lines: list[str] = []
        self.real, self.bits, self.flag = (f"<{lanes} x {each}>" for each in ("double", "i64", "i1"))

    def put(self, text: str) -> str:
        """Write an operation down; the name of its result."""
        name = f"%t{len(self.lines) + 1}"
        self.lines.append(f"  {name} = {text}")
        return name

    def c(self, number: float) -> str:
        """A double in every lane."""
        return "<" + ", ".join([f"double 0x{bits_of(number):016X}"] * self.lanes) + ">"

    def k(self, number: int) -> str:
        """64 bits in every lane."""
        signed = number - (1 << 64) if number & MASK64 >> 63 << 63 else number
        return "<" + ", ".join([f"i64 {signed}"] * self.lanes) + ">"

    def _of_reals(self, what: str, one: str, other: str) -> str:
        return self.put(f"{what} {self.real} {one}, {other}")

    def add(self, one: str, other: str) -> str:
        """Sum."""
        return self._of_reals("fadd", one, other)

    def sub(self, one: str, other: str) -> str:
        """Difference."""
        return self._of_reals("fsub", one, other)

    def mul(self, one: str, other: str) -> str:
        """Product."""
        return self._of_reals("fmul", one, other)

    def div(self, one: str, other: str) -> str:
        """Quotient."""
        return self._of_reals("fdiv", one, other)

    def sqrt(self, one: str) -> str:
        """Root; the module declares the function of LLVM (`declarations`)."""
        return self.put(f"call {self.real} @llvm.sqrt.v{self.lanes}f64({self.real} {one})")

    def whole(self, how: str, one: str, other: str) -> str:
        """An operation on 64 bits."""
        return self.put(f"{how} {self.bits} {one}, {other}")

    def compare(self, how: str, one: str, other: str) -> str:
        """Yes or no."""
        return self._of_reals(f"fcmp {how}", one, other)

    def equal(self, one: str, other: str) -> str:
        """Whether bits are the same."""
        return self.put(f"icmp eq {self.bits} {one}, {other}")

    def choose(self, where: str, one: str, other: str) -> str:
        """One where yes, the other where no."""
        return self.put(f"select {self.flag} {where}, {self.real} {one}, {self.real} {other}")

    def as_bits(self, one: str) -> str:
        """The 64 bits of a double."""
        return self.put(f"bitcast {self.real} {one} to {self.bits}")

    def as_real(self, one: str) -> str:
        """The double of 64 bits."""
        return self.put(f"bitcast {self.bits} {one} to {self.real}")


@cache
def function(name: str, lanes: int, *, inline: bool = False) -> str:
    """Text of an elementary function, `@name` of one or two vectors, for a module.

    Parameters
    ----------
    name : str
        One of FUNCTIONS.
    lanes : int
        Doubles in a vector.
    inline : bool
        True to have it put in the place of each call; False to have it called.
    """
    make, count = FUNCTIONS[name]
    writer = Writer(lanes)
    result = make(writer, *[f"%x{place}" for place in range(count)])
    given = ", ".join(f"{writer.real} %x{place}" for place in range(count))
    how = "alwaysinline" if inline else "noinline"
    body = "\n".join(writer.lines)
    begin = f"define internal {writer.real} @{name}({given}) nounwind {how} {{\n"
    return f"{begin}{body}\n  ret {writer.real} {result}\n}}\n"


def declarations(lanes: int) -> str:
    """What a module that takes roots must declare."""
    return f"declare <{lanes} x double> @llvm.sqrt.v{lanes}f64(<{lanes} x double>)\n"


def loop(name: str, lanes: int) -> str:
    """Text of `@name_of_all`: number of numbers, then addresses of the arguments and of the result.

    There must be as many numbers as lanes at least: the last vector reaches back over numbers that are done, so none is
    left over.

    Parameters
    ----------
    name : str
        One of FUNCTIONS.
    lanes : int
        Doubles in a vector.
    """
    count, vector = FUNCTIONS[name][1], f"<{lanes} x double>"
    given = ", ".join(f"ptr %a{place}" for place in range(count))
    read = [
        f"  %p{place} = getelementptr double, ptr %a{place}, i64 %at\n"
        f"  %v{place} = load {vector}, ptr %p{place}, align 8"
        for place in range(count)
    ]
    return "\n".join(
        [
            f"define void @{name}_of_all(i64 %n, {given}, ptr %out) nounwind {{",
            f"entry:\n  %last = sub i64 %n, {lanes}\n  br label %go",
            "go:\n  %i = phi i64 [ 0, %entry ], [ %next, %go ]",
            "  %inside = icmp ult i64 %i, %last\n  %at = select i1 %inside, i64 %i, i64 %last",
            *read,
            f"  %y = call {vector} @{name}({', '.join(f'{vector} %v{place}' for place in range(count))})",
            f"  %to = getelementptr double, ptr %out, i64 %at\n  store {vector} %y, ptr %to, align 8",
            f"  %next = add i64 %i, {lanes}\n  %more = icmp ult i64 %next, %n",
            "  br i1 %more, label %go, label %end\nend:\n  ret void\n}\n",
        ]
    )
