"""Blocks of a run on disk: two files each, and all of them together as yearly values by indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sinobel import trajectories
from sinobel.ensemble import Block, Request, Sheets, fill
from sinobel.held import by_scenario
from sinobel.reading import InputError, Problem, shown
from sinobel.store.files import let_go, mapped, write_atomically

if TYPE_CHECKING:
    import xarray as xr

STAYS = 500_000_000
"""Bytes of yearly values of a run up to which what was read may stay in memory."""

BlockContent = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
"""Months and loans in single precision, years in double precision, in the shapes of `shapes`, and what rules did."""


@dataclass(frozen=True)
class BlockFiles:
    """The four files of a block; the years are written last and mark it as finished."""

    folder: Path
    block: Block

    def _file(self, what: str) -> Path:
        return self.folder / f"{self.block.first:09d}-{self.block.count}-{what}.npy"

    @property
    def complete(self) -> bool:
        """True when the block is finished."""
        return all(self._file(what).is_file() for what in ("annual", "monthly", "loans", "rules"))

    def simulate(self, request: Request) -> None:
        """Simulate the block straight into its files, which get their names when they are whole."""
        months, years, loans = shapes(request, self.block)

        def into(years_file: Path, months_file: Path, loans_file: Path) -> None:
            monthly = mapped(months_file, np.float32, months)
            annual = mapped(years_file, np.float64, years)
            lives = mapped(loans_file, np.float32, loans)
            rules = np.zeros(request.held_shape(self.block.count), np.uint8)
            kept = list(monthly), list(annual), list(lives), by_scenario(rules, request.scenarios)
            fill(request, self.block, Sheets(*kept))
            write_atomically(self._file("rules"), partial(_save, rules))

        def with_months(years_file: Path, months_file: Path) -> None:
            write_atomically(self._file("loans"), partial(into, years_file, months_file))

        def with_years(years_file: Path) -> None:
            write_atomically(self._file("monthly"), partial(with_months, years_file))

        write_atomically(self._file("annual"), with_years)

    def write(self, content: BlockContent) -> None:
        """Write a block that was simulated elsewhere, each file at once."""
        months, years, loans, rules = content
        for what, values in (("monthly", months), ("loans", loans), ("rules", rules), ("annual", years)):
            write_atomically(self._file(what), partial(_save, values))

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
            message = f"this block is damaged ({error}); delete it and run again"
            raise InputError(Problem(message, shown(file))) from None
        if content.shape != shape:
            raise InputError(Problem("this block belongs to another run; delete it and run again", shown(file)))
        return content


def shapes(request: Request, block: Block) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Shapes of the months, the years and the loans of a block.

    returns  (scenarios, indicators, months or years, draws) twice, then (scenarios, measures, loans, draws)
    """
    scenarios = len(request.scenarios)
    return (
        (scenarios, len(request.recorded), request.count, block.count),
        (scenarios, len(request.shown), request.count // trajectories.RECORDED_PER_YEAR, block.count),
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

    def __getitem__(self, name: str) -> xr.DataArray:
        row = self._rows[name]
        values = np.concatenate([sheet[:, row] for sheet in self._sheets], axis=-1).swapaxes(1, 2)
        if not self._stays:
            for sheet in self._sheets:
                let_go(sheet)
        names = [scenario.name for scenario in self._request.scenarios]
        return trajectories.yearly_array(name, values, names, self._request.first_draw, *self._request.months)

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
