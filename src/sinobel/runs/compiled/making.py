"""Machine code for a span of months: every month traced on a small world, made one program, and compiled."""

from __future__ import annotations

from collections import defaultdict

from sinobel.inputs.indicators import all_indicators, recorded_names
from sinobel.runs.compiled import machine
from sinobel.runs.compiled.engine import Span
from sinobel.runs.compiled.kernels import LEVERS, ONCE, form_name, text_of
from sinobel.runs.compiled.layout import Layout, layout_of
from sinobel.runs.compiled.program import Form, Numbers, Program, form_of, program_of
from sinobel.runs.compiled.tape import Tape
from sinobel.runs.compiled.trace import OF_MONTH, Calendar, Key, parts_of, run_opened, trace
from sinobel.world.world import World

DRAWS = 2
"""Futures of the world that is traced: more than one, so that what differs by draw can be told."""


def traced(origin: str, horizon: str) -> tuple[Program, Span]:
    """The program of all months of a span but the first.

    Raises
    ------
    Untraceable
        Where the world does what is no operation on arrays; says what and where.
    """
    forms: dict[Form, dict[int, Numbers]] = defaultdict(dict)
    calendars: dict[int, tuple[Calendar, Calendar]] = {}
    world = World(draws=DRAWS, seed=0, origin=origin, horizon=horizon, parameters="prior", collect=False)
    parts = parts_of(world)

    def fixed(key: Key) -> bool:
        _, place, name, *path = key
        declared = parts[place].declared.get(name)
        return OF_MONTH not in path and (declared is None or declared.kind == "fixed")

    world.step()
    tape = Tape(DRAWS)
    names = recorded_names(list(all_indicators()))  # in the order in which runs record them
    while world.running:
        world.turn_month()
        month = trace(world, tape, names)
        form, forms_numbers = form_of(month)
        forms[form][world.month] = forms_numbers
        calendars[world.month] = month.calendars
        run_opened(world)
    world.close()
    program = program_of(forms, fixed)
    return program, Span(layout_of(program), program.months, program.numbers, calendars)


def names_of(span: Span) -> list[str]:
    """Names of the functions of a span."""
    return [ONCE, LEVERS, *(form_name(form) for form in sorted(set(span.forms.values())))]


def compiled(program: Program, layout: Layout, *, lanes: int | None = None) -> machine.Code:
    """Machine code of a program for this processor."""
    lanes = lanes or machine.lanes_of_host()
    names = [ONCE, LEVERS, *(form_name(form) for form in range(len(program.forms)))]
    return machine.compiled(text_of(program, layout, lanes, inline=False), names, lanes)
