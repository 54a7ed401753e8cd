"""What `attribute` and `money` write: one question, and the folder that answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinobel import store
from sinobel.inputs.reading import as_file_name
from sinobel.results import contents
from sinobel.results.findings import tell_aside
from sinobel.results.run_folder import Figures, Files, Made, produce_part
from sinobel.results.told import Told
from sinobel.runs.executors import cores
from sinobel.runs.manifest import Manifest
from sinobel.runs.request import Progress, Request
from sinobel.runs.trajectories import Loans

if TYPE_CHECKING:
    from sinobel.reporting.result_data import ResultData


@dataclass(frozen=True)
class Followed:
    """What was asked, and how its folder is made.

    Attributes
    ----------
    command : str
        That asks for the same folder again.
    asked : Mapping[str, Any]
        The verb and its arguments, as a manifest holds them.
    fill : Callable[[store.Run, store.Results], tuple[Files, Figures]]
        Adds the tables of the question to a folder and gives its charts.
    chart : str
        The one to start with.
    """

    request: Request
    name: str
    command: str
    asked: Mapping[str, Any]
    chart: str
    fill: Callable[[store.Run, store.Results], tuple[Files, Figures]]

    @property
    def place(self) -> Path:
        """Where the folder goes unless told."""
        return Path("results") / as_file_name(self.name)

    def write(self, folder: Path, jobs: int = 1, *, replace: bool = False, progress: Progress | None = None) -> Made:
        """Simulate into the folder and fill it."""
        return produce_part(
            self.request,
            folder,
            jobs,
            self.command,
            self.fill,
            asked=self.asked,
            replace=replace,
            progress=progress,
        )


def in_memory(manifest: Manifest, loans: Mapping[str, Loans] | None = None) -> ResultData:
    """What charts of flows take, of results in memory."""
    nothing: Any = None
    return contents.data_of(store.Results(manifest, {}, nothing, None, loans))


class Answer(Told):
    """What `attribute` and `money` found, with the folder that its command would write."""

    asked: Any

    def save(self, folder: str | Path | None = None, *, replace: bool = False, jobs: int = 1) -> Path:
        """Write the folder that the command of the same name writes, which simulates again; returns where it lies.

        Parameters
        ----------
        folder : str | Path | None
            By default one in `results` that is named after the question.
        replace : bool
            Move what is in the way and not ours aside instead of refusing.
        jobs : int
            Processes, 0 takes every core; results do not depend on it.

        Returns
        -------
        Path
            The folder.

        Raises
        ------
        InputError
            When something else is there.
        """
        followed: Followed = self.asked.followed
        made = followed.write(followed.place if folder is None else Path(folder), cores(jobs), replace=replace)
        tell_aside(made.aside)
        return made.folder
