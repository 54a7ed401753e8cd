"""What docstrings of charts have in common, said once: a decorator puts it into each, so that help and pages are whole.

A docstring in the source holds what is the chart's own: what it shows, arguments that no other chart has, an example.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

Chart = TypeVar("Chart", bound=Callable[..., Any])

GIVES = """Returns
-------
Figure
    To show, to save with `savefig`, or to go on drawing on."""

ANYTHING = "For anything that is not allowed, with what is."

OF_RESULTS = {
    "results": "xr.Dataset\n    Of `run`, or of `compare`, with the indicators of the chart.",
    "scenario": "str | None\n    Which one of a comparison; the first.",
}

OF_COMPARISON = {
    "results": "xr.Dataset\n    Of `compare`, or its yearly values; dims in any order, any draws of it.",
    "reference": "str | None\n    Scenario the others are compared with; the first.",
    "objectives": "str | Path | None\n    File of what countries want, like `model/objectives.toml`; the shipped ones.",
    "weights": "Mapping[str, float] | None\n    Objective -> weight under every position of its country, "
    'for example {"belarus.income": 40}.',
    "discount": "float\n    Rate a year for what counts cumulatively, 0.05 is 5 %; the first simulated year counts in "
    "full.",
}


def of_results(chart: Chart) -> Chart:
    """Say of a chart of one scenario, or of all, what results it takes, which scenario, and what it gives."""
    return _whole(chart, OF_RESULTS, ANYTHING)


def of_comparison(chart: Chart) -> Chart:
    """Say of a chart of options against a reference what it takes and gives."""
    return _whole(chart, OF_COMPARISON, ANYTHING)


def of_finding(verb: str) -> Callable[[Chart], Chart]:
    """Say of a chart of what a verb found, and of its type, what it takes and gives."""

    def told(chart: Chart) -> Chart:
        argument, kind = next(iter(inspect.get_annotations(chart).items()))
        entry = {argument: f"{kind}\n    What `sinobel.{verb}` found."}
        return _whole(chart, entry, "For what is no such finding, and for one with nothing to draw.")

    return told


def _whole(chart: Chart, shared: Mapping[str, str], refused: str) -> Chart:
    """The chart with sections that it lacks, and entries for arguments that it does not describe itself."""
    if not chart.__doc__:  # python -OO leaves none
        return chart
    text, *sections = re.split(r"\n\n(?=[A-Z]\w+\n---)", inspect.cleandoc(chart.__doc__))
    told = {section.partition("\n")[0]: section for section in sections}
    own = dict(re.findall(r"^(\w+) : (.*(?:\n    .*)*)", told.get("Parameters", ""), flags=re.MULTILINE))
    described = {**shared, **own}
    entries = [f"{name} : {described[name]}" for name in inspect.signature(chart).parameters]
    parts = [
        text,
        "\n".join(["Parameters", "----------", *entries]),
        GIVES,
        told.get("Raises", f"Raises\n------\nInputError\n    {refused}"),
        told["Examples"],
    ]
    chart.__doc__ = "\n\n".join(parts) + "\n"
    return chart
