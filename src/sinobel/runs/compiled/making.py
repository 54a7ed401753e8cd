"""Machine code for a span of months: every month traced on a small world, made one program, compiled, and kept."""

from __future__ import annotations

from collections import defaultdict

from sinobel.runs.compiled import machine
from sinobel.runs.compiled.engine import Compiled
from sinobel.runs.compiled.kernels import LEVERS, ONCE, form_name, text_of
from sinobel.runs.compiled.layout import layout_of
from sinobel.runs.compiled.program import Form, Numbers, Program, form_of, program_of
from sinobel.runs.compiled.trace import OF_MONTH, Key, parts_of, run_opened, trace
from sinobel.world.readings import readings
from sinobel.world.world import World

DRAWS = 2
"""Futures of the world that is traced: more than one, so that what differs by draw can be told."""


def traced(origin: str, horizon: str) -> tuple[Program, dict[int, dict[Key, float]]]:
    """The program of all months but the first, and the calendars they leave."""
    forms: dict[Form, dict[int, Numbers]] = defaultdict(dict)
    calendars: dict[int, dict[Key, float]] = {}
    world = World(draws=DRAWS, seed=0, origin=origin, horizon=horizon, parameters="prior", collect=False)
    parts = parts_of(world)

    def fixed(key: Key) -> bool:
        _, place, name, *path = key
        declared = parts[str(place)].declared.get(str(name))
        return OF_MONTH not in path and (declared is None or declared.kind == "fixed")

    world.step()
    names = list(readings())
    while world.running:
        world._open_month()
        month = trace(world, names)
        form, numbers = form_of(month)
        forms[form][world.month] = numbers
        calendars[world.month] = dict(month.calendars)
        run_opened(world)
    world.close()
    return program_of(forms, fixed), calendars


def compiled(origin: str, horizon: str) -> Compiled:
    """Trace and compile the months of a span."""
    program, calendars = traced(origin, horizon)
    layout, lanes = layout_of(program), machine.lanes_of_host()
    names = [ONCE, LEVERS, *(form_name(form) for form in range(len(program.forms)))]
    code = machine.compiled(text_of(program, layout, lanes, inline=False), names, lanes)
    return Compiled(program, layout, code.calls, calendars)
