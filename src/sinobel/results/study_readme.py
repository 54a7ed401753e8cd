"""README and caption of a study folder: what was asked, what came out, what every file and column is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sinobel.inputs import inert, months
from sinobel.results.readme import telling_lines
from sinobel.runs.manifest import Manifest, record_in


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
        f"{record_in(manifest)}; sinobel {manifest['versions']['sinobel']}"
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
