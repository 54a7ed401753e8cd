"""README and caption of a study folder: what was asked, what came out, what every file and column is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sinobel.inputs import inert, months
from sinobel.results.readme import telling_lines
from sinobel.runs.manifest import Manifest

COMMON = {
    "scenario": "name of the scenario",
    "against": "scenario whose indicator is subtracted, future by future; empty for none",
    "indicator": "what is reported; `sinobel explain NAME` tells what it means and where it comes from",
    "year": "calendar year; flows are summed over it, stocks are its end, prices are its mean",
}
SENSITIVITY = COMMON | {
    "factor": "a parameter, parameters that calibration ties together, all other parameters, or chance",
    "kind": "parameter, other parameters, subject, or chance",
    "label": "the factor in words",
    "subject": "file of `model/parameters` it stands in",
    "first, first_low, first_high": "share of the variance that knowing this factor alone would take away, and its "
    "90 % bootstrap interval; estimates near zero may fall below it",
    "total, total_low, total_high": "share that would be left if all other factors were known: `first` and all that "
    "the factor does together with others; totals add up to more than 1",
    "measure": "what the variance is of: values, or percentiles in the ordinary ensemble where the most extreme 1 % of "
    "futures carry more than a quarter of the variance of values",
    "other_measure, other_first, other_total": "the same shares in the other measure",
    "parameter_unit": "unit of the parameter",
    "effect": "mean change of the indicator when the parameter moves from its 5th to its 95th percentile and all else, "
    "chance included, stays",
    "size, size_low, size_high": "mean of the absolute changes and its 90 % interval: what the screening ranks by",
    "spread": "standard deviation of the changes: large where the effect depends on everything else",
}
DISCOVERY = COMMON | {
    "failure": "what counts as failure",
    "failing": "share of all futures that fail",
    "box, rule": "number of a box of futures, and its conditions in words; all of them hold in it",
    "coverage": "share of all failures that lie in the box",
    "density, density_low, density_high": "share of the futures of the box that fail, with its 90 % interval",
    "futures, failures": "futures in the box and those that fail; like coverage and density counted on draws that were "
    "not used to find the box",
    "density_found": "density on the draws the box was found in",
    "factor, label, unit": "a parameter, or a condition of the world averaged from the first year to the one judged",
    "low, high": "edges of the box: above low, up to high; empty where it is open",
    "low_percentile, high_percentile": "where the edges lie among all futures",
    "least, most": "range of the factor over all futures",
}
SOLVING = COMMON | {
    "lever, second": "value of the lever, and of the second one where there are two; in the unit of the lever",
    "value_low, value_high": "90 % range of the found value for the chance of having drawn these futures",
    "probability": "share of futures in which the target holds; every target where there are several",
    "probability_low, probability_high": "its 90 % interval for the chance of having drawn these futures",
    "median, p10, p90": "of the indicator of the target over futures, in its yearly unit",
    "holds": "whether the target is reached with the wanted probability",
    "range_low, range_high": "ends of a stretch of values of the lever that reach the target",
    "needed": "smallest change of the second lever that reaches the target at this value of the first; empty for none",
}


def caption(manifest: Manifest, runs: str) -> str:
    """One line for the foot of a chart: runs, seed, origin, vintage.

    Parameters
    ----------
    runs : str
        For example "40,024 runs".
    """
    request = manifest["request"]
    origin = months.label(months.parse(request["origin"]))
    return (
        f"{runs}; parameters from {manifest['parameters_from']}, seed {request['seed']}, origin {origin}; "
        f"{manifest['vintage']}; sinobel {manifest['versions']['sinobel']}"
    )


def readme(
    title: str,
    verdicts: Sequence[str],
    method: str,
    files: Mapping[str, str],
    columns: Mapping[str, str],
    manifest: Manifest,
    runs: str,
) -> str:
    """README of a study folder."""
    lines = [f"# {inert.markdown(title)}", ""]
    lines += [f"- {inert.markdown(verdict)}" for verdict in verdicts]
    lines += telling_lines(manifest)
    lines += ["", method, "", f"{inert.markdown(caption(manifest, runs))}."]
    lines += ["", "| file | holds |", "| --- | --- |"]
    lines += [f"| `{name}` | {holds} |" for name, holds in files.items()]
    lines += ["", "Columns of the tables:", "", "| column | meaning |", "| --- | --- |"]
    lines += [f"| {name} | {meaning} |" for name, meaning in columns.items()]
    lines += ["", "Made with", "", f"    {inert.command(manifest['command'])}"]
    lines += ["", "and made again, number by number, with", "", "    sinobel rerun manifest.json", ""]
    return "\n".join(lines)
