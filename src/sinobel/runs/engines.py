"""Which engine works out the months of a run. All give the same bits, so the choice is one of time alone.

Months are compiled where llvmlite is installed and it pays: compiling a span takes some seconds once on a machine, what
it saves depends on the number of futures.
"""

from __future__ import annotations

import os
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from sinobel.inputs import parameters
from sinobel.inputs.added import AddedRecord
from sinobel.inputs.evidence import evidence_with, using
from sinobel.inputs.reading import digest, digest_folder, model_folder
from sinobel.runs.stepping import PlainSteps, Steps
from sinobel.world.elementary.native import ENGINE, UNAVAILABLE

if TYPE_CHECKING:
    from sinobel.runs.compiled.engine import Span
    from sinobel.runs.compiled.machine import Code
    from sinobel.runs.request import Request
    from sinobel.world.world import World

Engine = tuple["Span", "Code"]
NUMPY, COMPILED = "numpy", "compiled"
PAYS_FROM = 70_000
"""Years of futures, all scenarios together, from which on code is compiled that is not kept yet."""


def engine_of(request: Request) -> Engine | None:
    """The compiled months of a request; None where numpy is to work them out.

    Nothing else follows from the answer than time: `SINOBEL_ENGINE` says "numpy" or "compiled" where it is to be one.
    """
    said = os.environ.get(ENGINE, "")
    if said == NUMPY:
        return None
    pays = said == COMPILED or request.draws * len(request.scenarios) * request.count >= PAYS_FROM * 12
    return _engine(request.origin, request.horizon, _rests_on(request), pays, request.record)


@lru_cache(maxsize=4)
def _engine(origin: str, horizon: str, rests_on: str, pays: bool, record: AddedRecord | None) -> Engine | None:
    try:
        from sinobel.runs.compiled import keeping, machine, making
        from sinobel.runs.compiled.tape import Untraceable

        key = digest(origin, horizon, rests_on, machine.processor())
    except UNAVAILABLE:
        return None
    if (kept := keeping.read(key)) is not None or not pays:
        return kept
    try:
        with using(record):
            program, span = making.traced(origin, horizon)
    except Untraceable:
        return None
    try:
        code = making.compiled(program, span.layout)
    except (Untraceable, *UNAVAILABLE):
        return None
    keeping.write(key, span, code)
    return span, code


def _rests_on(request: Request) -> str:
    """Hash of what the months of a span follow from, whatever the scenario."""
    return digest(_code(), evidence_with(request.record).digest)


@cache
def _code() -> str:
    """Hash of the code of this process, of the files of the model that it reads, and of the compiler."""
    from sinobel.runs.manifest import code_digest, library_version

    of_model = digest_folder(model_folder(), "*.toml")
    return digest(code_digest(), of_model, parameters.table_digest(), library_version("llvmlite"))


def steps_of(world: World, engine: Engine | None) -> Steps:
    """Steps of a world by an engine."""
    if engine is None:
        return PlainSteps(world)
    from sinobel.runs.compiled.engine import CompiledSteps

    return CompiledSteps(world, *engine)
