"""Making the numbers of a manifest again, and saying whether they are the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sinobel import store
from sinobel.inputs.evidence import using
from sinobel.inputs.reading import InputError, Problem, quoted, shown
from sinobel.reporting.words.wording import several
from sinobel.results import following
from sinobel.results.findings import study_again
from sinobel.results.run_folder import made_again
from sinobel.results.told import html_of
from sinobel.runs.manifest import Manifest, changes_since, request_of
from sinobel.runs.request import Progress, Request
from sinobel.world.shocks import GENERATOR


@dataclass(frozen=True)
class Old:
    """A manifest as it was read.

    Attributes
    ----------
    changed : Sequence[str]
        What has changed in the program since and may move numbers.
    """

    manifest: Manifest
    request: Request
    changed: Sequence[str]


@dataclass(frozen=True, repr=False)
class Rerun:
    """Whether the numbers of a manifest are the same today, bit for bit; true when they are.

    Attributes
    ----------
    what : str
        What was done again.
    changed : Sequence[str]
        What has changed in the program since and may move numbers.
    aside : Path | None
        Where the user's things went that were in the way.
    """

    same: bool
    what: str
    changed: Sequence[str]
    aside: Path | None = None

    def __bool__(self) -> bool:
        return self.same

    @property
    def verdicts(self) -> list[str]:
        """What came out, in sentences."""
        if self.same:
            return [f"The same numbers, bit for bit ({self.what})."]
        return [f"The numbers differ from those of the manifest ({self.what}).", *self.changed]

    def __repr__(self) -> str:
        return "\n".join(self.verdicts)

    def _repr_html_(self) -> str:
        return html_of(self.verdicts)


def read(manifest: Path) -> Old:
    """A manifest, of a folder, a manifest file or a dataset.

    Raises
    ------
    InputError
        When it is missing or damaged, or when its random numbers came from another generator.
    """
    old = store.read_manifest(manifest)
    if (generator := old.get("generator", "")) != GENERATOR:
        message = (
            f"its random numbers came from {quoted(generator) if generator else 'an earlier generator'}, today's come "
            f"from {GENERATOR}: no program of this version makes the same numbers; its scenarios, run anew, give other "
            "futures of the same kind"
        )
        raise InputError(Problem(message, shown(manifest)))
    request = request_of(old, shown(manifest))
    return Old(old, request, changes_since(old, request))


def rerun(
    old: Old, out: Path | None = None, jobs: int = 1, *, replace: bool = False, progress: Progress | None = None
) -> Rerun:
    """Make the numbers again, and with `out` their folder as well; rows added to the record are those it holds."""
    with using(old.request.record):
        return _rerun(old, out, jobs, replace=replace, progress=progress)


def _rerun(old: Old, out: Path | None, jobs: int, *, replace: bool, progress: Progress | None) -> Rerun:
    if "study" in old.manifest:
        same, aside = study_again(old.manifest, out, jobs, replace=replace, progress=progress)
        return Rerun(same, f"the study {old.manifest['study']}", old.changed, aside)
    if out is not None and "verb" in old.manifest.get("made", {}):
        followed = following.followed_again(old.request, old.manifest)
        made = followed.write(out, jobs, replace=replace, progress=progress)
        same, aside = made.results.manifest["result"] == old.manifest.get("result"), made.aside
    else:
        same, aside = made_again(old.request, old.manifest, out, jobs, replace=replace, progress=progress)
    what = f"{several(old.request.draws, 'draw')}, {several(len(old.request.scenarios), 'scenario')}"
    return Rerun(same, what, old.changed, aside)
