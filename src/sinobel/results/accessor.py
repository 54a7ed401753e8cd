"""`dataset.sinobel`: what a dataset of results can do by itself; xarray knows it once this module is imported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import xarray as xr

from sinobel.results import answered, saving
from sinobel.results.answered import Answered
from sinobel.results.findings import tell_aside
from sinobel.runs.executors import cores
from sinobel.runs.manifest import Manifest
from sinobel.runs.request import Progress


@xr.register_dataset_accessor("sinobel")  # type: ignore[no-untyped-call]
class Accessor:
    """What made a dataset of `sinobel.run` or `sinobel.compare`, and its folder and report."""

    def __init__(self, dataset: xr.Dataset):
        self._dataset = dataset

    @property
    def manifest(self) -> Manifest:
        """What made the numbers: request, versions, hashes."""
        return saving.manifest_in(self._dataset, "manifest")

    def answer(
        self,
        of: str | Iterable[str] | None = None,
        year: int | str | Iterable[int | str] | None = None,
        *,
        reference: str | None = None,
    ) -> Answered:
        """What the results say to what is asked of them, in sentences and numbers, as the command line tells it.

        Parameters
        ----------
        of : str | Iterable[str] | None
            Indicators that are told first, or what two make, "debt_to_china / gdp"; what scenarios say that they are
            about, else what moves most.
        year : int | str | Iterable[int | str] | None
            Years that are told; without them those in which most moves.
        reference : str | None
            Scenario of a comparison that the others are held against; the first.

        Returns
        -------
        Answered
            It tells itself, in a notebook with its table; `.table()` gives the numbers as a frame.

        Raises
        ------
        InputError
            For an indicator, a year or a scenario that the results do not hold.

        Examples
        --------
        >>> import sinobel
        >>> pair = sinobel.compare(["baseline", "untied-finance"], draws=20, horizon="2019-12", keep="years")
        >>> list(pair.sinobel.answer("tied_imports", 2018).table().columns)
        ['scenario', 'indicator', 'year', 'unit', 'low', 'median', 'high', 'share']
        """
        return answered.answer(self._dataset, of, year, reference)

    def save(
        self,
        folder: str | Path,
        *,
        keep: str = "years",
        formats: str | Sequence[str] = "nc",
        country: str | None = None,
        objectives: str | Path | None = None,
        weights: Mapping[str, float] | None = None,
        discount: float = 0.0,
        charts: bool = True,
        replace: bool = False,
        jobs: int = 1,
        progress: Progress | None = None,
    ) -> Path:
        """Write the results folder, as `sinobel.save` does; returns where it lies.

        Parameters
        ----------
        folder : str | Path
            Where the results go.
        keep : str
            What the folder keeps of every draw: "bands" (nothing), "years", or "months" as well.
        formats : str | Sequence[str]
            Data files: nc, csv, parquet, iamc, xlsx.
        country : str | None
            Country whose choice the folder of a comparison tells.
        objectives : str | Path | None
            File of what countries want, like `model/objectives.toml`; the shipped ones.
        weights : Mapping[str, float] | None
            Objective -> weight under every position of its country, for example {"belarus.income": 40}.
        discount : float
            Rate a year for what counts cumulatively, 0.05 is 5 %; the first simulated year counts in full.
        charts : bool
            With the charts; without them a folder is made sooner, with all its numbers.
        replace : bool
            Move what is in the way and not ours aside instead of refusing.
        jobs : int
            Processes, 0 takes every core; results do not depend on it.
        progress : Progress | None
            Called with the number of finished draws and of all draws as the work goes on, in place of what is shown.

        Returns
        -------
        Path
            The folder.
        """
        made = saving.save(
            self._dataset,
            folder,
            keep=keep,
            formats=formats,
            country=country,
            objectives=objectives,
            weights=weights,
            discount=discount,
            charts=charts,
            replace=replace,
            jobs=cores(jobs),
            progress=progress,
        )
        tell_aside(made.aside)
        return made.folder

    def report(
        self,
        out: str | Path | None = None,
        *,
        studies: Sequence[str | Path] = (),
        country: str | None = None,
        objectives: str | Path | None = None,
        weights: Mapping[str, float] | None = None,
        discount: float | None = None,
        replace: bool = False,
        jobs: int = 1,
    ) -> Path:
        """Write the report, as `sinobel.report` does; returns its file.

        Parameters
        ----------
        out : str | Path | None
            The file; report.html in the current folder.
        studies : Sequence[str | Path]
            Folders of `sensitivity` or `discover` to tell with it.
        country : str | None
            Country whose choice the report of a comparison tells.
        objectives : str | Path | None
            File of what countries want, like `model/objectives.toml`; the shipped ones.
        weights : Mapping[str, float] | None
            Objective -> weight under every position of its country, for example {"belarus.income": 40}.
        discount : float | None
            Rate a year for what counts cumulatively, 0.05 is 5 %; the first simulated year counts in full.
        replace : bool
            Move what is in the way and not ours aside instead of refusing.
        jobs : int
            Processes, 0 takes every core; results do not depend on it.

        Returns
        -------
        Path
            The file.
        """
        question = {"country": country, "objectives": objectives, "weights": weights, "discount": discount}
        made = saving.report(self._dataset, out, studies=studies, replace=replace, jobs=cores(jobs), question=question)
        tell_aside(made.aside)
        return made.file

    def brief(
        self,
        out: str | Path | None = None,
        *,
        title: str = "",
        author: str = "",
        date: str = "",
        logo: str | Path | None = None,
        language: str = "en",
        replace: bool = False,
        jobs: int = 1,
    ) -> Path:
        """Write two pages to send, as `sinobel.brief` does; returns the file.

        Parameters
        ----------
        out : str | Path | None
            File ending in .html, .docx or .pptx; brief.html in the current folder.
        title : str
            Its title; by default that of the option.
        author : str
            Who sends it.
        date : str
            Its date, as you write it.
        logo : str | Path | None
            A PNG or JPEG of at most 500 kB.
        language : str
            Of headings and labels: en, ru, be or zh.
        replace : bool
            Move a file that is none of ours aside instead of refusing.
        jobs : int
            Processes.

        Returns
        -------
        Path
            The file.
        """
        head = {"title": title, "author": author, "date": date, "logo": logo, "language": language}
        made = saving.brief(self._dataset, out, replace=replace, jobs=cores(jobs), **head)
        tell_aside(made.aside)
        return made.file

    def __repr__(self) -> str:
        request = self.manifest["request"]
        names = ", ".join(each["name"] for each in request["scenarios"])
        return f"<results of {names}: {request['draws']:,} draws, seed {request['seed']}; save(folder), report(file)>"
