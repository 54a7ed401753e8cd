"""Blocks of a run on disk: a few files each, and all of them together as yearly values by indicator."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sinobel.inputs import indicators
from sinobel.inputs.reading import InputError, Problem, refuse_memory, shown
from sinobel.runs import trajectories
from sinobel.runs.ensemble import Sheets, fill
from sinobel.runs.held import by_scenario
from sinobel.runs.request import Block, Request
from sinobel.store.files import TEMPORARY, let_go, mapped, write_atomically
from sinobel.store.ownership import content_hash

if TYPE_CHECKING:
    import xarray as xr

STAYS = 500_000_000
"""Bytes of yearly values of a run up to which what was read may stay in memory."""

BlockContent = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
"""Months, years and loans in the precision of `ARRAYS` and the shapes of `shapes`, and what rules did."""


ARRAYS: Mapping[str, type[np.floating[Any]]] = {"monthly": np.float32, "annual": np.float64, "loans": np.float32}
"""Large files of a block and their precision, in the order of `shapes`."""

FILES = (*ARRAYS, "rules")
_FINISHED = re.compile(r"\d{9}-(\d+)-finished\.json")


@dataclass(frozen=True)
class BlockFiles:
    """The files of a block; their checksums are written last and mark it as finished."""

    folder: Path
    block: Block

    def _file(self, what: str) -> Path:
        return self.folder / f"{self.block.first:09d}-{self.block.count}-{what}.npy"

    @property
    def _finished(self) -> Path:
        return self._file("finished").with_suffix(".json")

    @property
    def complete(self) -> bool:
        """True when the block is finished and its files are what they were: one that is damaged is made again."""
        try:
            sums = json.loads(self._finished.read_text())
            return all(sums[what] == content_hash(self._file(what)) for what in FILES)
        except (OSError, ValueError, KeyError, TypeError) as error:
            refuse_memory(error)
            return False

    def simulate(self, request: Request) -> None:
        """Simulate the block straight into its files, which get their names when they are whole."""
        made = {what: self._file(what).with_name(f"{TEMPORARY}{self._file(what).name}") for what in FILES}
        wanted = dict(zip(ARRAYS, shapes(request, self.block), strict=True))
        try:
            arrays = [mapped(made[what], dtype, wanted[what]) for what, dtype in ARRAYS.items()]
            rules = np.zeros(request.held_shape(self.block.count), np.uint8)
            months, years, loans = map(list, arrays)
            fill(request, self.block, Sheets(months, years, loans, by_scenario(rules, request.scenarios)))
            del arrays, months, years, loans
            _save(rules, made["rules"])
            sums = {what: content_hash(file) for what, file in made.items()}
            for what, file in made.items():
                os.replace(file, self._file(what))
        finally:
            for file in made.values():
                file.unlink(missing_ok=True)
        self._finish(sums)

    def write(self, content: BlockContent) -> None:
        """Write a block that was simulated elsewhere, each file at once."""
        for what, values in zip(FILES, content, strict=True):
            write_atomically(self._file(what), partial(_save, values), durably=False)
        self._finish({what: content_hash(self._file(what)) for what in FILES})

    def _finish(self, sums: Mapping[str, str]) -> None:
        """Mark the block as finished. The disk is not waited for: what is lost with the power has another checksum."""
        write_atomically(self._finished, lambda file: file.write_text(json.dumps(sums)), durably=False)

    def monthly(self, request: Request) -> np.ndarray:
        """Months of the recorded indicators, mapped from disk."""
        return self._open("monthly", shapes(request, self.block)[0])

    def annual(self, request: Request) -> np.ndarray:
        """Years of the shown indicators, mapped from disk."""
        return self._open("annual", shapes(request, self.block)[1])

    def loans(self, request: Request) -> np.ndarray:
        """Lives of the loans, mapped from disk."""
        return self._open("loans", shapes(request, self.block)[2])

    def rules(self, request: Request) -> np.ndarray:
        """Months of each year in which the rules of state held, mapped from disk."""
        return self._open("rules", request.held_shape(self.block.count))

    def _open(self, what: str, shape: tuple[int, ...]) -> np.ndarray:
        file = self._file(what)
        try:
            content = np.load(file, mmap_mode="r")
        except (OSError, ValueError) as error:
            refuse_memory(error)
            message = f"this block is damaged ({error}); the same command makes it again"
            raise InputError(Problem(message, shown(file))) from None
        if content.shape != shape:
            raise InputError(Problem("this block belongs to another run", shown(file)))
        result: np.ndarray = content
        return result


def finished_draws(folder: Path) -> int:
    """Number of draws of finished blocks in a folder, by their names."""
    found = (_FINISHED.fullmatch(file.name) for file in folder.glob("*-finished.json"))
    return sum(int(match[1]) for match in found if match)


def shapes(request: Request, block: Block) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Shapes of the months, the years and the loans of a block.

    Returns
    -------
    tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]
        (scenarios, indicators, months or years, draws) twice, then (scenarios, measures, loans, draws).
    """
    scenarios = len(request.scenarios)
    return (
        (scenarios, len(request.recorded), request.count, block.count),
        (scenarios, len(request.shown), request.count // indicators.RECORDED_PER_YEAR, block.count),
        (scenarios, len(trajectories.LOAN_MEASURES), len(request.loans), block.count),
    )


def simulate_block(request: Request, block: Block) -> BlockContent:
    """Simulate a block in memory, for an executor whose workers do not see this disk."""
    months, years, loans = shapes(request, block)
    rules = np.zeros(request.held_shape(block.count), np.uint8)
    content = np.empty(months, np.float32), np.empty(years), np.empty(loans, np.float32), rules
    kept = list(content[0]), list(content[1]), list(content[2]), by_scenario(rules, request.scenarios)
    fill(request, block, Sheets(*kept))
    return content


def simulate_to_disk(request: Request, block: Block, folder: Path) -> None:
    """Simulate a block into its files."""
    BlockFiles(folder, block).simulate(request)


def _save(values: np.ndarray, file: Path) -> None:
    with open(file, "wb") as stream:
        np.save(stream, values)


class YearlyColumns(Mapping[str, Any]):
    """Yearly values of a run, one indicator at a time from its blocks: name -> DataArray (scenario, draw, year)."""

    def __init__(self, request: Request, sheets: Sequence[np.ndarray]):
        self._request, self._sheets = request, sheets  # each mapped from disk, (scenario, indicator, year, draw)
        self._rows = {name: row for row, name in enumerate(request.shown)}
        self._stays = sum(sheet.nbytes for sheet in sheets) < STAYS  # in memory once read
        names = [scenario.name for scenario in request.scenarios]
        draws = sum(sheet.shape[-1] for sheet in sheets)
        self._axes = trajectories.yearly_axes(names, draws, request.first_draw, request.months)

    def __getitem__(self, name: str) -> xr.DataArray:
        row = self._rows[name]
        values = np.concatenate([sheet[:, row] for sheet in self._sheets], axis=-1).swapaxes(1, 2)
        if not self._stays:
            for sheet in self._sheets:
                let_go(sheet)
        return trajectories.yearly_array(name, values, self._axes)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class LoanLives(Mapping[str, np.ndarray]):
    """Lives of the Chinese loans of a scenario of a run, one loan at a time: name -> (measures, draws)."""

    def __init__(self, request: Request, place: int, sheets: Sequence[np.ndarray]):
        self._place, self._sheets = place, sheets  # each mapped from disk, (scenario, measure, loan, draw)
        self._rows = {name: row for row, name in enumerate(request.loans)}

    def __getitem__(self, name: str) -> np.ndarray:
        row = self._rows[name]
        return np.concatenate([sheet[self._place, :, row] for sheet in self._sheets], axis=-1).astype(float)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
