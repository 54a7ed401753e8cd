"""Study folders: what `solve`, `sensitivity` and `discover` leave, written at once and complete.

A study stands in a folder of its own, `results/NAME`, or inside the results folder of a run or comparison of the same
scenario, `results/RUN/studies/NAME`, where the report of that run finds it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from sinobel.inputs.reading import InputError, Problem, as_file_name, digest, shown
from sinobel.policies.scenarios import Scenario
from sinobel.runs.executors import in_parallel
from sinobel.runs.manifest import Manifest
from sinobel.store.charts import Drawable, draw_chart
from sinobel.store.files import ANOTHER, ANOTHER_FOLDER, disk, write_text
from sinobel.store.folders import read_manifest
from sinobel.store.ownership import Owned
from sinobel.store.publish import MANIFEST, publish
from sinobel.store.work_area import WorkArea, check_name

STUDIES = "studies"


def place_of(
    out: Path | None, name: str, scenarios: Sequence[Scenario], *, replace: bool = False, study: str = ""
) -> Path:
    """Folder a study is written to: its own, or below the results of a run of the same scenarios.

    Parameters
    ----------
    out : Path | None
        What the user asked for, None for results/NAME.
    replace : bool
        What is not ours there will be moved out of the way.
    study : str
        Its verb: a study of another kind stays.

    Raises
    ------
    InputError
        When the folder holds something else, results of other scenarios, or cannot be written.
    """
    folder = out or Path("results") / as_file_name(name)
    check_name(folder)
    if (folder / MANIFEST).is_file():
        manifest = read_manifest(folder)
        if "study" not in manifest:
            _same_scenarios(manifest, scenarios, folder)
            folder = folder / STUDIES / as_file_name(name)
    if not replace:
        Owned(folder).refuse(kind=study)
    above = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    if not (above.is_dir() and os.access(above, os.W_OK)):
        raise InputError(Problem("this folder cannot be written", shown(above), hint=ANOTHER))
    return folder


def belongs(study: Manifest, run: Manifest) -> bool:
    """True when every scenario of a study is, as it was studied, one of a run."""
    return set(_digests(study).values()) <= set(_digests(run).values())


def _digests(manifest: Manifest) -> dict[str, str]:
    """Hash of each scenario of a manifest, by name; none in a damaged one."""
    hashes = manifest.get("hashes")
    found = hashes.get("scenarios") if isinstance(hashes, dict) else None
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def _same_scenarios(manifest: Manifest, scenarios: Sequence[Scenario], folder: Path) -> None:
    held = _digests(manifest)
    for scenario in scenarios:
        if scenario.digest not in held.values():
            raise InputError(
                Problem(
                    f"these are results of {', '.join(held)}, not of {scenario.name} as it is now",
                    shown(folder),
                    hint=ANOTHER_FOLDER,
                )
            )


def write_study(
    folder: Path,
    manifest: Manifest,
    texts: Mapping[str, str],
    figures: Mapping[str, Callable[[], Drawable]],
    jobs: int = 1,
    *,
    replace: bool = False,
) -> Path | None:
    """Make tables, charts and manifest beside the folder, then publish them; what we had made there before is replaced.

    Parameters
    ----------
    texts : Mapping[str, str]
        File name -> content.
    figures : Mapping[str, Callable[[], Figure]]
        Name -> function that draws it; written as PNG and SVG below `charts`.

    Returns
    -------
    Path | None
        Where the user's things went that were in the way, with `replace`.
    """
    identity = digest(json.dumps(manifest, sort_keys=True))
    with WorkArea(folder, identity) as area, disk(folder):
        (area.results / "charts").mkdir()
        for name, text in texts.items():
            write_text(area.results / name, text)
        in_parallel([partial(draw_chart, draw, area.results / "charts" / name) for name, draw in figures.items()], jobs)
        write_text(area.results / MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
        return publish(area.results, area.target, identity, replace=replace)
