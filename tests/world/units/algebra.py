"""What becomes of units in the arithmetic of the rules, and the error that says where they do not go together."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.world.units.dimensions import ANY, NUMBER, Unit, UnitError, of_powers, raised, times

WORLD = str(Path("sinobel") / "world")


class ControlFlowError(TypeError):
    """Something an engine of arrays could not do: a yes or no of an array, or writing in place."""


def caller() -> tuple[str, str, int]:
    """File, name and line of the code of the world that is at work."""
    frame = sys._getframe(1)
    while frame is not None:
        name = frame.f_code.co_filename
        parts = Path(name).parts
        if (WORLD in name and "tests" not in parts and "elementary" not in parts) or name.startswith("<mutant"):
            return Path(name.strip("<>")).name, frame.f_code.co_qualname, frame.f_lineno
        frame = frame.f_back
    return "tests", "", 0


def refuse(words: str, kind: type[TypeError] = UnitError) -> Any:
    """Raise an error that says where."""
    file, owner, line = caller()
    raise kind(f"{file}:{line} {owner}: {words}")


@dataclass(frozen=True)
class Operand:
    """A unit, and the number itself when it stands in the code as it is."""

    unit: Unit
    literal: float | None = None


def same(one: Unit, other: Unit) -> bool:
    """True for units that are the same, steps of the model apart."""
    return one.form == other.form and one.apart_from_step == other.apart_from_step


def fits(found: Unit, declared: Unit) -> bool:
    """True where what was found has the declared unit, up to one step."""
    if "any" in (found.form, declared.form):
        return True
    return same(found, declared) and abs(found.step - declared.step) <= 1


def together(name: str, *operands: Operand) -> Unit:
    """The common unit of what is compared, chosen from or added: that of the first, as a step changes a level."""
    result = ANY
    for operand in sorted(operands, key=lambda each: each.literal is not None):  # what stands in the code decides last
        unit = operand.unit
        if unit.form == "any":
            continue
        if result.form == "any":
            result = unit
        elif same(result, unit):
            continue
        elif "left" in (result.form, unit.form) and operand.literal is not None and name not in COMPARED:
            result = result if result.form == "left" else unit
        else:
            refuse(f"{name} of {', '.join(str(each.unit) for each in operands)}")
    return result


def added(name: str, one: Operand, other: Operand) -> Unit:
    """Unit of a sum or difference."""
    a, b = one.unit, other.unit
    if "any" in (a.form, b.form):
        return b if a.form == "any" else a
    minus = name == "subtract"
    for literal, unit in ((one, b), (other, a)):
        if literal.literal == 1 and unit.is_rate:  # one and a share a year: what is left, or grows, by then
            return of_powers(dict(unit.apart_from_step), "left")
        if literal.literal == 1 and unit.form == "left" and minus:
            return of_powers(dict(unit.powers))
    if "log" in (a.form, b.form):
        if a.form == b.form and a.powers == b.powers:
            return NUMBER if minus else a
        if NUMBER.form in (a.form, b.form) and (a.is_number or b.is_number):
            return a if a.form == "log" else b
    return together(name, one, other)


def multiplied(name: str, one: Operand, other: Operand) -> Unit:
    """Unit of a product or quotient."""
    a, b = one.unit, other.unit
    if 0 in (one.literal, other.literal) or "any" in (a.form, b.form):
        return ANY
    if a.form == b.form == "plain":
        return times(a, b, 1 if name == "multiply" else -1)
    if a.form == b.form == "left" and a.powers == b.powers:
        return a
    for unit, beside in ((a, b), (b, a)):
        if unit.form == "log" and beside.is_number:
            return unit
        if unit.form == "left" and beside.is_number and (one.literal, other.literal) != (None, None):
            return unit
    return refuse(f"{name} of {a} and {b}")


def power(base: Operand, exponent: Operand) -> Unit:
    """Unit of a power."""
    unit, by = base.unit, exponent.unit
    if unit.form == "any" or by.form == "any" or base.literal == 1:
        return unit
    if exponent.literal is not None:
        return unit if unit.form == "left" else raised(unit, Fraction(exponent.literal).limit_denominator(12))
    if unit.form == "left" and by.form == "plain":
        return of_powers(dict(times(Unit(unit.powers), by).powers), "left")
    if unit.is_number and by.is_number:
        return NUMBER
    return refuse(f"{unit} to the power of {by}")


def exponential(unit: Unit) -> Unit:
    """Unit of exp."""
    if unit.form == "any" or unit.is_number:
        return NUMBER
    if unit.is_rate:
        return of_powers(dict(unit.apart_from_step), "left")
    if unit.form == "log":
        return Unit(unit.powers)
    return refuse(f"exponential of {unit}")


def logarithm(unit: Unit) -> Unit:
    """Unit of log."""
    if unit.form == "any" or unit.is_number:
        return NUMBER
    if unit.form == "left":
        return of_powers(dict(unit.powers))
    if unit.form == "plain":
        return Unit(unit.powers, "log")
    return refuse(f"logarithm of {unit}")


def near_one(unit: Unit) -> Unit:
    """Unit of log1p and expm1: a rate stays a rate, a number a number."""
    return unit if unit.form == "any" or unit.is_number or unit.is_rate else refuse(f"log1p or expm1 of {unit}")


COMPARED = {"less", "less_equal", "greater", "greater_equal", "equal", "not_equal"}
LOGICAL = {"logical_and", "logical_or", "logical_not", "bitwise_and", "bitwise_or", "invert", "isnan", "isfinite"}
KEPT = {"negative", "absolute", "floor", "ceil", "rint", "positive", "fabs"}


def unit_of_ufunc(name: str, operands: list[Operand]) -> Unit:
    """Unit of what a universal function gives."""
    units = [each.unit for each in operands]
    match name:
        case "add" | "subtract":
            return added(name, *operands)
        case "multiply" | "divide" | "floor_divide":
            return multiplied(name, *operands)
        case "power" | "float_power":
            return power(*operands)
        case "minimum" | "maximum":
            return together(name, *operands)
        case "exp":
            return exponential(units[0])
        case "log":
            return logarithm(units[0])
        case "log1p" | "expm1":
            return near_one(units[0])
        case "sqrt":
            return raised(units[0], Fraction(1, 2)) if units[0].form == "plain" else units[0]
        case "square":
            return power(operands[0], Operand(NUMBER, 2))
    if name in COMPARED:
        together(name, *operands)
        return NUMBER
    if name in LOGICAL:
        return NUMBER
    if name in KEPT:
        return units[0]
    return refuse(f"nobody has explained np.{name} to the tracer", ControlFlowError)
