"""Study folders: what `solve`, `sensitivity` and `discover` leave, written at once and complete.

A study stands in a folder of its own, `results/NAME`, or inside the results folder of a run or comparison of the same
scenario, `results/RUN/studies/NAME`, where the report of that run finds it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinobel.executors import in_parallel
from sinobel.reading import InputError, Problem, shown
from sinobel.scenarios import Scenario
from sinobel.store.files import disk, write_text
from sinobel.store.folders import MANIFEST, UNFINISHED, read_manifest, write_chart

if TYPE_CHECKING:
    from matplotlib.figure import Figure

STUDIES = "studies"


def place_of(out: Path | None, name: str, scenarios: Sequence[Scenario]) -> Path:
    """Folder a study is written to: its own, or below the results of a run of the same scenarios.

    out    what the user asked for, None for results/NAME
    Raises InputError when the folder holds something else, results of other scenarios, or cannot be written.
    """
    folder = out or Path("results") / name
    if folder.exists() and not folder.is_dir():
        raise InputError(Problem("this is a file, not a folder; choose another with --out", shown(folder)))
    if folder.is_dir() and any(folder.iterdir()):
        if not (folder / MANIFEST).is_file():
            raise InputError(
                Problem("this folder holds files that are no results; choose another with --out", shown(folder))
            )
        manifest = read_manifest(folder)
        if "study" not in manifest:
            _same_scenarios(manifest, scenarios, folder)
            folder = folder / STUDIES / name
    above = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    if not (above.is_dir() and os.access(above, os.W_OK)):
        raise InputError(Problem("this folder cannot be written; choose another with --out", shown(above)))
    return folder


def _same_scenarios(manifest: Mapping[str, Any], scenarios: Sequence[Scenario], folder: Path) -> None:
    held = manifest.get("hashes", {}).get("scenarios", {})
    for scenario in scenarios:
        if scenario.digest not in held.values():
            raise InputError(
                Problem(
                    f"these are results of {', '.join(held)}, not of {scenario.name} as it is now; "
                    "choose another folder with --out",
                    shown(folder),
                )
            )


def write_study(
    folder: Path, manifest: Mapping[str, Any], texts: Mapping[str, str],
    figures: Mapping[str, Callable[[], Figure]], jobs: int = 1,
) -> None:  # fmt: skip
    """Write tables, charts and manifest beside the folder, then give it its name; what was there before is replaced.

    texts    file name -> content
    figures  name -> function that draws it; written as PNG and SVG below `charts`
    """
    work = folder.with_name(folder.name + UNFINISHED)
    with disk(folder):
        shutil.rmtree(work, ignore_errors=True)
        (work / "charts").mkdir(parents=True)
        for name, text in texts.items():
            write_text(work / name, text)
        in_parallel([partial(_draw, draw, work / "charts" / name) for name, draw in figures.items()], jobs)
        write_text(work / MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
        before = folder.with_name(folder.name + ".before")
        shutil.rmtree(before, ignore_errors=True)
        if folder.exists():
            folder.rename(before)
        work.rename(folder)
        shutil.rmtree(before, ignore_errors=True)


def _draw(draw: Callable[[], Figure], path: Path) -> None:
    write_chart(path, draw())
