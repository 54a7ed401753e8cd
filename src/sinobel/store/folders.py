"""Results folders: written block by block, complete or plainly marked unfinished, resumable after a kill.

A run works in `NAME.unfinished` beside the folder NAME (`work_area`). Each finished block has a checksum; when all are
there the results are made of them and published (`publish`): files that we made before are replaced, everything else in
the folder stays. A second run of the same request goes on where the first stopped; two runs at once do not mix.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sinobel.analysis import summary
from sinobel.analysis.summary import Summary
from sinobel.inputs import indicators
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.reading import InputError, Problem, digest, digest_stream, read_text, shown
from sinobel.runs import held, trajectories
from sinobel.runs.engines import engine_of
from sinobel.runs.ensemble import Work, block_size
from sinobel.runs.executors import in_parallel, run_blocks
from sinobel.runs.manifest import Manifest, manifest_of, parse_manifest, request_of
from sinobel.runs.request import Progress, Request, blocks
from sinobel.runs.trajectories import Loans, Yearly
from sinobel.store import kinds, tables
from sinobel.store.blocks import BlockFiles, LoanLives, YearlyColumns, finished_draws, simulate_block, simulate_to_disk
from sinobel.store.charts import Drawable, draw_chart
from sinobel.store.files import disk, write_atomically, write_dataset, write_text
from sinobel.store.netcdf import longest, read_dataset
from sinobel.store.ownership import Owned
from sinobel.store.publish import MANIFEST, is_unfinished, publish
from sinobel.store.work_area import ASKED, WorkArea, sweep, unfinished

if TYPE_CHECKING:
    import xarray as xr

SIZE = "size"  # draws in a block of an unfinished run
EXAMPLES = 4  # first draws whose months are kept, for charts of single futures
EXAMPLE_INDICATORS = (
    "potash_spot_price",
    "potash_contract_price",
    "without_contract",
    "market_closed",
    "potash_volume_to_china",
    "exports_to_china",
    "imports_from_china",
    "tied_imports",
    "loan_disbursements",
    "debt_to_china",
    "reserves",
)
VALUES_AT_ONCE = 16_000_000  # numbers of all draws in memory while monthly bands are made
MONTHS_AT_ONCE = 42  # most months whose bands are one task, so that all processes have some


@dataclass
class Results:
    """Everything a finished run keeps.

    Attributes
    ----------
    annual : Yearly
        Per draw and year: indicator -> dims (scenario, draw, year), read from disk when asked for.
    bands : xr.Dataset
        Of every month over draws, dims (scenario, time, band): mean and quantiles.
    examples : xr.Dataset | None
        Every month of the first draws, some indicators, dims (scenario, draw, time)
    loans : Mapping[str, Loans] | None
        The life of every Chinese loan in each scenario, read from disk when asked for; a finished folder keeps of
        them what money.csv tells, and reads them back as None.
    """

    manifest: Manifest
    annual: Yearly
    bands: xr.Dataset
    examples: xr.Dataset | None
    loans: Mapping[str, Loans] | None = None

    def __post_init__(self) -> None:
        """Let whoever asks have pairs of indicators beside them."""
        self.annual = trajectories.with_pairs(self.annual)

    @cached_property
    def summary(self) -> Summary:
        """Bands of the yearly values, each computed once for all charts and tables."""
        return Summary(self.annual)


def read_manifest(path: Path) -> Manifest:
    """The manifest of a folder, a manifest file or a dataset.

    Raises
    ------
    InputError
        When it is missing or damaged.
    """
    if path.is_file() and path.suffix in tables.CARRIERS:
        return parse_manifest(tables.manifest_inside(path), shown(path))
    file = path / MANIFEST if path.is_dir() else path
    if is_unfinished(path) or (not file.is_file() and unfinished(path)):
        raise InputError(Problem("this run is not finished; run the same command again to finish it", shown(path)))
    return parse_manifest(read_text(file), shown(file))


def read_results(folder: Path, only: Collection[str] | None = None) -> Results:
    """A finished results folder.

    Parameters
    ----------
    only : Collection[str] | None
        Indicators whose years are read, and no months.

    Raises
    ------
    InputError
        When something is missing or damaged.
    """
    manifest = read_manifest(folder)
    most = longest(request_of(manifest, shown(folder / MANIFEST)))
    annual = trajectories.columns_of(read_dataset(folder / "annual.nc", most, only))
    if only is not None:
        import xarray as xr

        return Results(manifest, annual, xr.Dataset(), None)
    bands = read_dataset(folder / "monthly-bands.nc", most)
    examples = folder / "monthly-examples.nc"
    return Results(manifest, annual, bands, read_dataset(examples, most) if examples.is_file() else None)


class Run:
    """A run that streams its blocks to disk and can be resumed.

    Parameters
    ----------
    out : Path
        Folder of the results.
    replace : bool
        Move what is in the way there and not ours to `NAME.replaced-N` instead of refusing.
    """

    def __init__(self, request: Request, out: Path, *, replace: bool = False):
        self.request, self.replace = request, replace
        self.manifest = manifest_of(request)
        identity = digest(json.dumps(self.manifest["request"], sort_keys=True), json.dumps(self.manifest["hashes"]))
        self.area = WorkArea(out, identity)
        self.out, self.blocks = self.area.target, self.area.folder / "blocks"
        self.set_aside: Path | None = None
        self._waiting: list[Callable[[], object]] = []  # files that `finish` writes, several at once

    def __enter__(self) -> Run:
        """Take the working folder, keeping what an interrupted run of the same request has finished."""
        if not self.replace:
            Owned(self.out).refuse(kind=kinds.of_request(len(self.request.scenarios)))
        self.area.__enter__()
        try:
            with disk(self.out):
                self.blocks.mkdir(exist_ok=True)
                sweep(self.blocks)
        except BaseException:
            self.area.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the working folder; what is finished stays."""
        with contextlib.suppress(OSError):
            self.blocks.rmdir()
            for name in (ASKED, SIZE):  # nothing is finished: there is nothing to go on from
                (self.area.folder / name).unlink(missing_ok=True)
        self.area.__exit__()

    @property
    def waiting(self) -> list[Path]:
        """Unfinished work of other requests for the same folder, of which the user should know."""
        return [each for each in unfinished(self.out) if each != self.area.folder]

    @property
    def made(self) -> Path:
        """Folder in which the files of the results are made."""
        return self.area.results

    @property
    def has_finished_blocks(self) -> bool:
        """True when the same command goes on from what is finished."""
        return finished_draws(self.blocks) > 0

    def simulate(
        self, jobs: int = 1, executor: Executor | None = None, progress: Progress | None = None, *, keep: str = "years"
    ) -> Results:
        """Simulate what is missing, make the results of all blocks, and give the folder its name.

              needed does not grow with the number of draws

        Parameters
        ----------
        keep : str
            "bands", "years" of every draw, or "months" of every draw as well; without years the memory that is.
        """
        request = self.request
        write_text(self.area.folder / ASKED, json.dumps(self.manifest, ensure_ascii=False))
        every = blocks(request.draws, request.first_draw, self._block_size(jobs))
        files = [BlockFiles(self.blocks, block) for block in every]
        todo = [block for block, file in zip(every, files, strict=True) if not file.complete]
        finished = request.draws - sum(block.count for block in todo)
        if progress:
            progress(finished, request.draws)
        here = executor is None  # own processes see the same disk; a cluster may not
        work: Work = partial(simulate_to_disk, folder=self.blocks) if here else simulate_block
        if here and todo:
            engine_of(request)  # before processes part, so that they share it
        with disk(self.out, lambda: self.has_finished_blocks):
            for block, content in run_blocks(work, request, todo, jobs, executor):
                if content is not None:
                    BlockFiles(self.blocks, block).write(content)
                finished += block.count
                if progress:
                    progress(finished, request.draws)
            return self._results(files, keep, jobs)

    def take(self, held: Results) -> Results:
        """Results of the same request that a finished folder holds, in the place of simulating them."""
        if "rules" in held.manifest:
            self.manifest["rules"] = held.manifest["rules"]
        self.manifest["result"] = held.manifest["result"]
        described = trajectories.described(self.manifest)
        bands = held.bands.assign_attrs(described)
        examples = None if held.examples is None else held.examples.assign_attrs(described)
        self._wait_to_write(held.annual, bands, examples)
        return Results(self.manifest, held.annual, bands, examples)

    def _block_size(self, jobs: int) -> int:
        """Draws in a block: those of an interrupted run, which may have had another number of jobs."""
        kept = self.area.folder / SIZE
        with contextlib.suppress(OSError, ValueError):
            return int(kept.read_text())
        size = block_size(self.request, jobs)
        write_text(kept, str(size))
        return size

    def _results(self, files: Sequence[BlockFiles], keep: str, jobs: int) -> Results:
        """Yearly values per draw, monthly bands and examples, of all blocks; memory is bounded by one indicator."""
        request = self.request
        origin, horizon = request.months
        scenarios = [scenario.name for scenario in request.scenarios]
        annual = YearlyColumns(request, [file.annual(request) for file in files])
        if rules := held.counted((file.rules(request) for file in files), request.scenarios, origin, horizon):
            self.manifest["rules"] = rules
        self.manifest["result"], bands = self._digest_and_bands(annual, files, scenarios, jobs)
        examples = self._examples(files[0])
        self._wait_to_write(annual if keep != "bands" else None, bands, examples)
        if keep == "months":
            self._keep_months(files, scenarios)
        sheets = [file.loans(request) for file in files]
        lives = {name: LoanLives(request, place, sheets) for place, name in enumerate(scenarios)}
        return Results(self.manifest, annual, bands, examples, lives)

    def _wait_to_write(self, annual: Yearly | None, bands: xr.Dataset, examples: xr.Dataset | None) -> None:
        """Let `finish` write the data of the folder."""
        if annual is not None:
            self._waiting.append(partial(self._write_annual, annual))
        self._waiting.append(partial(write_dataset, self.made / "monthly-bands.nc", bands))
        if examples is not None:
            self._waiting.append(partial(write_dataset, self.made / "monthly-examples.nc", examples))

    def _examples(self, file: BlockFiles) -> xr.Dataset | None:
        """Months of the first draws, for charts of single futures; None without any of the indicators they show."""
        recorded = self.request.recorded
        drawn = [name for name in EXAMPLE_INDICATORS if name in recorded]
        if not drawn:
            return None
        rows, few = [recorded.index(name) for name in drawn], min(EXAMPLES, file.block.count)
        first = [values[rows, :, :few].astype(float) for values in file.monthly(self.request)]
        scenarios = [scenario.name for scenario in self.request.scenarios]
        return trajectories.dataset(
            drawn, drawn, first, scenarios=scenarios, span=self.request.months, manifest=self.manifest
        )

    def _digest_and_bands(
        self, annual: Yearly, files: Sequence[BlockFiles], scenarios: Sequence[str], jobs: int
    ) -> tuple[str, xr.Dataset]:
        """Hash of all yearly values, and mean and quantiles of every month."""
        request = self.request
        room = VALUES_AT_ONCE // (request.draws * len(request.recorded) * max(jobs, 1))
        step = max(1, min(room, MONTHS_AT_ONCE))
        starts = range(0, request.count, step)
        tasks: list[Callable[[], Any]] = [partial(_digest, annual)]
        for place in range(len(scenarios)):
            tasks += [partial(_bands, request, files, place, slice(start, start + step)) for start in starts]
        found, *pieces = in_parallel(tasks, jobs)
        rows = [pieces[at : at + len(starts)] for at in range(0, len(pieces), len(starts))]  # one per scenario
        values = {
            name: np.stack([np.concatenate([part[name] for part in parts]) for parts in rows]) for name in request.shown
        }
        return found, trajectories.band_dataset(
            values, scenarios=scenarios, span=request.months, manifest=self.manifest
        )

    def _write_annual(self, annual: Yearly) -> None:
        write_dataset(self.made / "annual.nc", trajectories.yearly_dataset(annual, self.manifest))

    def _keep_months(self, files: Sequence[BlockFiles], scenarios: Sequence[str]) -> None:
        """Write every month of every draw, one file per scenario."""
        request = self.request
        for place, name in enumerate(scenarios):
            values = np.concatenate([file.monthly(request)[place] for file in files], axis=2)
            content = trajectories.dataset(
                request.shown, request.recorded, [values], scenarios=None, span=request.months, manifest=self.manifest
            )
            write_dataset(self.made / f"monthly-{place}-{_slug(name)}.nc", content)

    def write(self, name: str, content: str | bytes) -> None:
        """Write a file of the folder, a text or bytes."""
        data = content.encode("utf-8") if isinstance(content, str) else content
        with disk(self.out):
            write_atomically(self.made / name, lambda temporary: temporary.write_bytes(data))

    def add(self, name: str, make: Callable[[], str | bytes]) -> None:
        """Let `finish` make a file of the folder and write it; several are made at once, none may need another."""
        self._waiting.append(lambda: self.write(name, make()))

    def add_figures(self, figures: Mapping[str, Callable[[], Drawable]]) -> None:
        """Let `finish` draw charts and write each as PNG, SVG and CSV."""
        with disk(self.out):
            (self.made / "charts").mkdir(exist_ok=True)
        self._waiting += [partial(draw_chart, draw, self.made / "charts" / name) for name, draw in figures.items()]

    def add_long(self, annual: Yearly, form: str) -> None:
        """Let `finish` write yearly values per draw as a long table, "csv" or "parquet", one row per value."""
        write = partial(tables.write_csv, annual=annual)
        if form == "parquet":
            write = partial(tables.write_parquet, annual=annual, manifest=self.manifest)
        self._waiting.append(partial(write_atomically, self.made / f"annual.{form}", write))

    def finish(self, jobs: int = 1, progress: Progress | None = None) -> Path:
        """Write what was added, several files at once, and the manifest; publish them as the folder; drop the blocks.

        Parameters
        ----------
        progress : Progress | None
            Told how many of the files are made, of all.

        Returns
        -------
        Path
            The folder; `set_aside` then says where the user's things went that were in the way.
        """
        with disk(self.out, lambda: self.has_finished_blocks):
            in_parallel(self._waiting, jobs, progress)
            write_text(self.made / MANIFEST, json.dumps(self.manifest, indent=1, ensure_ascii=False) + "\n")
            self.set_aside = publish(self.made, self.out, self.area.folder.name, replace=self.replace)
            self.area.done()
        return self.out


def _digest(annual: Yearly) -> str:
    """Hash of all yearly values."""
    return digest_stream(np.ascontiguousarray(annual[name].values).tobytes() for name in annual)


def _bands(request: Request, files: Sequence[BlockFiles], place: int, stretch: slice) -> dict[str, np.ndarray]:
    """Mean and quantiles over draws of some months of a scenario: indicator -> (months, bands).

    The files are mapped anew for it, so that memory lets go of them afterwards.
    """
    known = all_indicators()
    sheets = [file.monthly(request) for file in files]
    part = {
        name: np.concatenate([sheet[place, row, stretch] for sheet in sheets], axis=1)
        for row, name in enumerate(request.recorded)
    }
    return {
        name: summary.bands(indicators.ratios(name, part, yearly=False) if known[name].ratio else part[name])
        for name in request.shown
    }


def _slug(name: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in name.lower()).strip("-")[:60]
