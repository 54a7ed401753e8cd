"""sinobel: what Minsk really gets out of Beijing, as an agent-based scenario model.

import sinobel
base   = sinobel.run("baseline", draws=2000)
yearly = sinobel.annual(base)
pair   = sinobel.compare(["baseline", "untied-finance"])
gains  = sinobel.who_gains(pair)                 # sinobel.decide(pair, "belarus"): regret, thresholds, dominance
mine   = sinobel.scenario("baseline").with_change("china.tied_share", 0.4, start="2018-01")
world  = sinobel.World(mine, seed=2017)           # an ordinary mesa.Model; without a seed another future each time
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.2.0"
__all__ = [
    "InputError", "World", "annual", "compare", "decide", "discover", "rules_held", "run", "scenario", "sensitivity",
    "solve", "who_gains",
]  # fmt: skip

if TYPE_CHECKING:
    from sinobel.api import annual, compare, decide, rules_held, run, scenario, who_gains
    from sinobel.reading import InputError
    from sinobel.studies import discover, sensitivity, solve
    from sinobel.world import World

_HOMES = {
    "World": "sinobel.world", "InputError": "sinobel.reading", "discover": "sinobel.studies",
    "sensitivity": "sinobel.studies", "solve": "sinobel.studies",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that `import sinobel` is instant."""
    if name not in __all__:
        raise AttributeError(f"module 'sinobel' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES.get(name, "sinobel.api")), name)
