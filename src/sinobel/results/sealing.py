"""Sealed forecasts: the fans of a version for the years to come, in a file that is written once and never again.

A seal holds its own hash, so that whoever reads it later sees whether it is what was written. It may be scored against
any record when the years have come.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import math
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sinobel.inputs import months
from sinobel.inputs.reading import InputError, Problem, Wording, in_python, model_folder, quoted, read_text, shown
from sinobel.policies.scenarios import BASELINE, load
from sinobel.runs.manifest import HASHED, manifest_of
from sinobel.runs.request import Progress, Request
from sinobel.version import __version__

FOLDER = Path("results") / "sealed"
FORMAT = 1
BANDS = {"p05": 0.05, "p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9, "p95": 0.95}
"""The fan as charts draw it."""
LEVELS = tuple(round((2 * place + 1) / 100, 2) for place in range(50))
"""Quantiles that a score is made of: the middles of fifty equal parts."""
DIGITS = 6  # significant; a score needs three
DRAWS = 10_000
LEAST_DRAWS = 1_000
"""A version is sealed once, so a look whether everything runs must not use it up."""
ENSEMBLE = 1001  # values that stand for a distribution when a seal is scored
_COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True)
class Seal:
    """A sealed forecast, as it was written.

    Attributes
    ----------
    content : Mapping[str, Any]
        Version, commit, date, seed, hashes and fans.
    """

    content: Mapping[str, Any]

    @property
    def origin(self) -> int:
        """Year at whose end it was made."""
        return months.year(months.parse(self.content["origin"]))

    @property
    def indicators(self) -> list[str]:
        """Names of what is forecast."""
        return list(self.content["fans"])

    def years(self, indicator: str) -> list[int]:
        """Years of which an indicator is forecast."""
        return [int(year) for year in self.content["fans"][indicator]["years"]]

    def ensemble(self, indicator: str, year: int) -> np.ndarray:
        """Values that stand for the forecast: its quantiles, with straight lines between them."""
        quantiles = self.content["fans"][indicator]["years"][str(year)]["quantiles"]
        middles = (np.arange(ENSEMBLE) + 0.5) / ENSEMBLE
        result: np.ndarray = np.interp(middles, self.content["levels"], quantiles)
        return result


def seal(
    *, draws: int = DRAWS, seed: int = 2017, out: Path = FOLDER, jobs: int = 1, progress: Progress | None = None
) -> Path:
    """Simulate the baseline from the last shipped origin and write its fans under the name of this version.

    Raises
    ------
    InputError
        When this version is sealed already, the code is not what some commit holds, or the draws are too few.
    """
    from sinobel import store
    from sinobel.results.in_memory import simulated

    file = out / f"{__version__}.json"
    refuse_few(draws)
    refuse_sealed(file)
    commit = commit_of(model_folder().parent)
    request = Request((load(BASELINE),), draws, seed, record=None)
    made = simulated(request, [BASELINE], keep="years", jobs=jobs, progress=progress)
    store.write_once(file, text_of(made, request, commit, datetime.datetime.now(datetime.UTC).date().isoformat()))
    return file


def refuse_few(draws: int) -> None:
    """Raise InputError for fewer draws than the quantiles of a seal can be made of."""
    if draws < LEAST_DRAWS:
        message = (
            f" {draws:,} is too few for a seal: a version is sealed once and for ever, and its outer quantiles need "
            f"{LEAST_DRAWS:,} draws at least"
        )
        raise InputError(Problem(message, argument="draws", hint=f"{DRAWS:,} without {{draws}}"))


def refuse_sealed(file: Path) -> None:
    """Raise InputError where a version is sealed already."""
    if file.exists():
        message = "this version is sealed; a seal is never made anew, the next version has its own"
        raise InputError(Problem(message, shown(file)))


def commit_of(project: Path) -> str:
    """The commit whose code, model and scenarios a checkout holds.

    Raises
    ------
    InputError
        When it is no checkout, or has changes that no commit holds.
    """

    def asked(words: str) -> str:
        done = subprocess.run(["git", "-C", str(project), *words.split()], capture_output=True, text=True, check=False)
        if done.returncode:
            raise InputError("a seal names the commit it was made of, and this is no checkout with a history")
        return done.stdout.strip()

    try:
        commit, changed = asked("rev-parse HEAD"), asked("status -s -- src model scenarios")
    except FileNotFoundError:
        raise InputError("a seal names the commit it was made of, and git is not installed") from None
    if changed:
        first = changed.splitlines()[0][2:].strip()
        raise InputError(f"a seal names the commit it was made of; commit first what differs from it, such as {first}")
    if not _COMMIT.fullmatch(commit):
        raise InputError(f"this is no commit: {quoted(commit)}")
    return commit


def text_of(made: Any, request: Request, commit: str, date: str) -> str:
    """The text of a seal.

    Parameters
    ----------
    made : xr.Dataset
        Yearly values of the request, dims (draw, year).
    """
    manifest = manifest_of(request)
    content: dict[str, Any] = {
        "format": FORMAT,
        "version": __version__,
        "commit": commit,
        "date": date,
        "scenario": request.scenarios[0].name,
        "draws": request.draws,
        "seed": request.seed,
        "origin": request.origin,
        "horizon": request.horizon,
        "vintage": manifest["vintage"],
        "parameters_from": manifest["parameters_from"],
        "generator": manifest["generator"],
        "versions": manifest["versions"],
        "hashes": manifest["hashes"],
        "levels": list(LEVELS),
        "fans": {name: _fan(made[name]) for name in request.shown},
    }
    content["hash"] = hash_of(content)
    return json.dumps(content, indent=0, ensure_ascii=False, allow_nan=False) + "\n"


def _fan(variable: Any) -> dict[str, Any]:
    """Fan and quantiles of an indicator by year. A year without a value in some draws has those of the others."""
    values = variable.transpose("year", "draw").values
    years = {}
    for year, row in zip(variable["year"].values, values, strict=True):
        known = row[np.isfinite(row)]
        if len(known):
            fan = {name: _rounded(np.quantile(known, level)) for name, level in BANDS.items()}
            quantiles = [_rounded(each) for each in np.quantile(known, LEVELS)]
            years[str(int(year))] = {**fan, "quantiles": quantiles}
    return {"label": variable.attrs["long_name"], "unit": variable.attrs["units"], "years": years}


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def hash_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of everything in a seal but its hash."""
    rest = {name: value for name, value in content.items() if name != "hash"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def is_seal(file: Path) -> bool:
    """Whether a file says that it is a sealed forecast; `read_seal` tells whether it is one that holds."""
    try:
        content = json.loads(read_text(file)) if file.is_file() and file.suffix == ".json" else None
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and {"fans", "levels", "hash", "commit"} <= set(content)


def told(file: Path, wording: Wording = in_python) -> list[tuple[str, str]]:
    """What a seal is, in lines of a label and a text, with how it is scored. Raises InputError where it is broken."""
    content = read_seal(file).content
    score = wording("{score()}")
    return [
        ("what", f"a sealed forecast: the fans of {content['scenario']}, written once and held by its hash"),
        ("version", f"{content['version']}, commit {content['commit']}"),
        ("sealed", f"on {content['date']}, {content['draws']:,} draws, seed {content['seed']}"),
        ("forecasts", f"{len(content['fans'])} indicators from {content['origin']} to {content['horizon']}"),
        ("made with", f"{content['parameters_from']}; {content['vintage']}"),
        ("hash", f"{content['hash']}, which is that of what it holds"),
        ("score it", f"{score} on this file, with {wording('{record}')} a folder of rows of the years that have come"),
    ]


def read_seal(file: Path) -> Seal:
    """A sealed forecast.

    Raises
    ------
    InputError
        When it is none, or is not what was written.
    """
    try:
        content = json.loads(read_text(file))
        found, written = hash_of(content), content["hash"]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(Problem("this is no sealed forecast", shown(file))) from None
    if found != written:
        message = "this seal is broken: its hash is not that of what it holds, so somebody changed it after it was made"
        raise InputError(Problem(message, shown(file)))
    if content.get("format") != FORMAT or set(HASHED) - {"record"} - set(content["hashes"]):
        raise InputError(Problem(f"this is no sealed forecast of format {FORMAT}", shown(file)))
    values = (each for fan in content["fans"].values() for year in fan["years"].values() for each in year["quantiles"])
    if not all(math.isfinite(each) for each in values):
        raise InputError(Problem("this seal holds what is no number", shown(file)))
    return Seal(content)
