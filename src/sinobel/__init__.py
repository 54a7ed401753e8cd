"""sinobel: what Minsk really gets out of Beijing, as an agent-based scenario model.

import sinobel
base   = sinobel.run("baseline", draws=2000)
yearly = sinobel.annual(base)
pair   = sinobel.compare(["baseline", "untied-finance"])
gains  = sinobel.who_gains(pair)                 # sinobel.decide(pair, "belarus"): regret, thresholds, dominance
fan    = sinobel.plot.fan(base, "debt_to_china")  # a matplotlib figure
mine   = sinobel.scenario("baseline").with_change("china.tied_share", 0.4, start="2018-01")
world  = sinobel.World(mine, seed=2017)           # an ordinary mesa.Model; without a seed another future each time
base.sinobel.save("results/base")                 # the folder that `sinobel run` writes; .report("base.html"): the page
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sinobel.version import __version__

__all__ = [
    "InputError",
    "World",
    "__version__",
    "annual",
    "attribute",
    "backtest",
    "brief",
    "calibrate",
    "compare",
    "decide",
    "discover",
    "explain",
    "find",
    "indicators",
    "ledger",
    "levers",
    "loans",
    "money",
    "objectives",
    "plot",
    "record",
    "report",
    "rerun",
    "rules_held",
    "run",
    "save",
    "scenario",
    "scenarios",
    "score",
    "sensitivity",
    "solve",
    "who_gains",
    "workbook",
]

if TYPE_CHECKING:
    from sinobel import plot
    from sinobel.api import (
        annual,
        attribute,
        backtest,
        brief,
        calibrate,
        compare,
        decide,
        discover,
        explain,
        find,
        indicators,
        ledger,
        levers,
        loans,
        money,
        objectives,
        record,
        report,
        rerun,
        rules_held,
        run,
        save,
        scenario,
        scenarios,
        score,
        sensitivity,
        solve,
        who_gains,
        workbook,
    )
    from sinobel.inputs.reading import InputError
    from sinobel.world.world import World

_HOMES = {"World": "sinobel.world.world", "InputError": "sinobel.inputs.reading"}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `import sinobel` is instant."""
    if name not in __all__:
        raise AttributeError(f"module 'sinobel' has no attribute {name!r}")
    from importlib import import_module

    if name == "plot":
        return import_module("sinobel.plot")
    return getattr(import_module(_HOMES.get(name, "sinobel.api")), name)


def __dir__() -> list[str]:
    """Public names, so that an editor offers them before they are imported."""
    return sorted(__all__)
