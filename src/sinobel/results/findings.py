"""What studies find, as a Python user holds it: it tells itself, gives a table, draws itself and saves its folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sinobel.inputs.evidence import using
from sinobel.inputs.reading import InputError, shown
from sinobel.results import discover_folder, sensitivity_folder, solve_folder
from sinobel.results.interruption import Interrupted
from sinobel.results.study_folder import Asked, StudyFolder
from sinobel.results.told import Told
from sinobel.runs.manifest import Manifest
from sinobel.studies.discover.prim import Findings as Boxes
from sinobel.studies.sensitivity.plan import Findings as Shares
from sinobel.studies.solve.plan import Solution as Trials

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sinobel.reporting.charts.chart import Chart
    from sinobel.runs.request import Progress


class Finding(Told):
    """What a study found and was asked."""

    asked: Asked

    @property
    def contents(self) -> StudyFolder:
        """What its folder holds."""
        raise NotImplementedError

    def table(self) -> pd.DataFrame:
        """Its main table as a frame; the verdicts and the manifest stand in `.attrs`.

        Returns
        -------
        pd.DataFrame
            What `rows` gives, one row each.
        """
        frame, made = super().table(), self.contents
        frame.attrs.update(verdicts=list(made.verdicts), manifest=dict(made.manifest))
        return frame

    @property
    def verdicts(self) -> Sequence[str]:
        """What was found, in sentences."""
        return self.contents.verdicts

    def figure(self) -> Figure | None:
        """Its chart; None where there is nothing to draw.

        Returns
        -------
        Figure | None
            To show, to save with `savefig`, or to go on drawing on.
        """
        made = self.contents
        return figure_of(made.figures[made.first_chart]()) if made.first_chart else None

    def save(self, folder: str | Path | None = None, *, replace: bool = False) -> Path:
        """Write the folder of the study, as the command of the same name does; returns where it lies.

        Parameters
        ----------
        folder : str | Path | None
            By default in `results`; inside the results of the same scenario the study goes to its folder `studies`.
        replace : bool
            Move what is in the way and not ours aside instead of refusing.

        Returns
        -------
        Path
            The folder.

        Raises
        ------
        InputError
            When something else is there.
        """
        place = self.asked.place(None if folder is None else Path(folder), replace=replace)
        tell_aside(self.contents.write(place, replace=replace))
        return place


@dataclass(frozen=True, repr=False)
class Solution(Finding, Trials):
    """What `solve` found: the value of a lever that reaches a target, and the trade-off on the way there."""

    asked: Asked = field(kw_only=True)

    @property
    def contents(self) -> StudyFolder:
        """What its folder holds."""
        with using(self.asked.record):
            return solve_folder.folder(self.asked, self)

    def rows(self) -> list[dict[str, Any]]:
        """The trade-off as tidy rows, one per value tried.

        Returns
        -------
        list[dict[str, Any]]
            One dict a row, the same keys in each.
        """
        from sinobel.studies.solve.tables import curve_rows

        return [dict(row) for row in curve_rows(self)]


@dataclass(frozen=True, repr=False)
class SensitivityFindings(Finding, Shares):
    """What `sensitivity` found: shares of the variance of an indicator."""

    asked: Asked = field(kw_only=True)

    @property
    def contents(self) -> StudyFolder:
        """What its folder holds."""
        with using(self.asked.record):
            return sensitivity_folder.folder(self.asked, self)

    def rows(self) -> list[dict[str, Any]]:
        """Shares by factor as tidy rows.

        Returns
        -------
        list[dict[str, Any]]
            One dict a row, the same keys in each.
        """
        from sinobel.studies.sensitivity.tables import share_rows

        return [dict(row) for row in share_rows(self)]


@dataclass(frozen=True, repr=False)
class FailureFindings(Finding, Boxes):
    """What `discover` found: boxes of futures in which a scenario fails."""

    asked: Asked = field(kw_only=True)

    @property
    def contents(self) -> StudyFolder:
        """What its folder holds."""
        with using(self.asked.record):
            return discover_folder.folder(self.asked, self)

    def rows(self) -> list[dict[str, Any]]:
        """Boxes as tidy rows, one per condition.

        Returns
        -------
        list[dict[str, Any]]
            One dict a row, the same keys in each.
        """
        from sinobel.studies.discover.study import box_rows

        return [dict(row) for row in box_rows(self.asked.plan, self)]


def found(asked: Asked, jobs: int = 1, progress: Progress | None = None) -> Finding:
    """Carry out a study.

    Raises
    ------
    Interrupted
        When the user interrupts it.
    """
    from sinobel.studies.discover import study as discover
    from sinobel.studies.sensitivity import study as sensitivity
    from sinobel.studies.solve import search as solve

    try:
        with using(asked.record):
            if asked.study == "solve":
                return _as(Solution, solve.run(asked.plan, jobs, progress), asked)
            if asked.study == "sensitivity":
                return _as(SensitivityFindings, sensitivity.run(asked.plan, jobs, progress), asked)
            return _as(FailureFindings, discover.run(asked.plan, jobs, progress), asked)
    except KeyboardInterrupt:
        raise Interrupted(goes_on=False) from None


Kind = TypeVar("Kind", bound=Finding)


def _as(kind: type[Kind], simple: Any, asked: Asked) -> Kind:
    make: Any = kind
    made: Kind = make(**{each.name: getattr(simple, each.name) for each in fields(simple)}, asked=asked)
    return made


ASKERS = {"solve": solve_folder.asked, "sensitivity": sensitivity_folder.asked, "discover": discover_folder.asked}


def study_again(
    manifest: Manifest,
    out: Path | None,
    jobs: int,
    *,
    replace: bool = False,
    progress: Progress | None = None,
) -> tuple[bool, Path | None]:
    """Carry out the study of a manifest anew, with the scenarios it holds.

    Returns
    -------
    tuple[bool, Path | None]
        Whether its tables are the same, and where the user's things went that were in the way of `out`.

    Raises
    ------
    InputError
        When the manifest is damaged.
    """
    from sinobel.policies import scenarios

    try:
        asker, arguments = ASKERS[manifest["study"]], dict(manifest["arguments"])
        held = [scenarios.from_written(entry) for entry in manifest["request"]["scenarios"]]
        arguments["scenario"] = held[-1]
        if arguments.get("against"):
            arguments["against"] = held[0]
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"this is no complete manifest of a study ({error})") from None
    if "from" in arguments:
        arguments["start"] = arguments.pop("from")
    asked = asker(**arguments)  # type: ignore[operator]
    place = None if out is None else asked.place(out, replace=replace)
    made = found(asked, jobs, progress).contents
    aside = None if place is None else made.write(place, replace=replace)
    return made.manifest["result"] == manifest.get("result"), aside


# --- how things tell themselves --------------------------------------------------------------------------------------


def figure_of(chart: Chart) -> Figure:
    """A matplotlib figure of a chart."""
    return chart.draw()


def tell_aside(aside: Path | None) -> None:
    """Warn that something of the user's was moved."""
    import warnings

    if aside is not None:
        warnings.warn(f"what was in the way and not ours is now in {shown(aside)}", stacklevel=3)
