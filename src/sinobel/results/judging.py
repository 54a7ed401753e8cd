"""What `calibrate` writes: the posterior with its checks."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinobel import store
from sinobel.inputs import posterior
from sinobel.inputs.reading import InputError, Problem, digest, quoted
from sinobel.inputs.values import plain
from sinobel.reporting.tables.tables import to_csv
from sinobel.results.interruption import Interrupted
from sinobel.results.told import Told
from sinobel.runs.executors import can_fork
from sinobel.store import kinds
from sinobel.store.checkpoints import Steps
from sinobel.store.ownership import Owned
from sinobel.store.publish import publish
from sinobel.store.work_area import WorkArea

if TYPE_CHECKING:
    from sinobel.studies.calibration.checks import ComparedFigureRow, ParameterRow
    from sinobel.studies.calibration.settings import Settings
    from sinobel.studies.calibration.study import Outcome

FIGURES = "figures.csv"
TABLES = ("parameters.csv", "correlations.csv", "sampler-check.json", FIGURES)
"""What `calibrate` writes beside the posteriors."""
Tell = Callable[[str], None]
"""Called with a line on how far the work is."""


def identity_of(*parts: object) -> str:
    """Hash of everything that decides what a study finds."""
    from sinobel.inputs import parameters
    from sinobel.inputs.evidence import all_evidence
    from sinobel.runs import manifest

    return digest(
        json.dumps(parts, sort_keys=True, default=str),
        all_evidence().digest,
        parameters.table_digest(),
        manifest.code_digest(),
    )


def silent(_: str) -> None:
    """Tell nobody."""


# --- calibrate -------------------------------------------------------------------------------------------------------


MET = 1.01
"""Largest R-hat of chains that have met, after `inputs.literature.OF_CHAINS`."""


@dataclass(frozen=True, repr=False)
class Calibration(Told):
    """A posterior that was made.

    Attributes
    ----------
    parameters : list[ParameterRow]
        One row a parameter: prior, posterior, how much it moved and by what.
    sampler_check : Mapping[str, Any]
        How the sampler did on known truths.
    ess, r_hat : float
        Smallest effective sample size and largest R-hat.
    figures : list[ComparedFigureRow]
        The paper's figures against the posterior; empty for a folder of the user's own.
    """

    folder: Path
    parameters: list[ParameterRow]
    sampler_check: Mapping[str, Any]
    ess: float
    r_hat: float
    figures: list[ComparedFigureRow]
    aside: tuple[Path, ...] = ()

    def rows(self) -> list[dict[str, Any]]:
        """Prior and posterior of every parameter.

        Returns
        -------
        list[dict[str, Any]]
            One dict a row, the same keys in each.
        """
        return [dict(row) for row in self.parameters]

    @property
    def verdicts(self) -> list[str]:
        """What is to be said of it."""
        check = self.sampler_check
        lines = [
            f"Sampler on {check['truths']} known truths: {100 * check['share_below_5_percent']:.0f} % of "
            f"parameters have ranks that would be this uneven less than one time in twenty.",
            f"Smallest effective sample size {self.ess:,.0f}, largest R-hat {self.r_hat:.3f}.",
        ]
        if not self.r_hat <= MET:  # what is no number has not met either
            lines.append(
                f"The chains have not been shown to meet: R-hat is above {MET:g}, so this posterior is not to be used."
            )
        if self.figures:
            inside = sum(row["inside_90"] for row in self.figures)
            lines.append(
                f"The paper's figures: {inside} of {len(self.figures)} targets meet their 90 % range, "
                "each from the December before."
            )
        return lines


def calibrate(
    *,
    seed: int = 2017,
    jobs: int = 1,
    out: Path | None = None,
    quick: bool = False,
    replace: bool = False,
    tell: Tell = silent,
) -> Calibration:
    """Rebuild the posterior from the record and the paper into a folder; without one, the model's own.

    Raises
    ------
    InputError
        For what is not allowed.
    Interrupted
        When the user interrupts it.
    """
    import dataclasses

    from sinobel.studies.calibration import settings as sizes
    from sinobel.studies.calibration import study

    if quick and out is None:
        raise InputError(
            Problem(
                " makes a posterior too rough to use", argument="quick", hint="choose another folder for it with {out}"
            )
        )
    whole = plain(seed)
    if not isinstance(whole, int) or isinstance(whole, bool) or not 0 <= whole <= sizes.LARGEST_SEED:
        raise InputError(
            Problem(f" must be a whole number from 0 to {sizes.LARGEST_SEED:,}, not {quoted(seed)}", argument="seed")
        )
    settings = dataclasses.replace(sizes.QUICK if quick else sizes.Settings(), seed=whole)
    folder = out or posterior.folder()
    if not replace:
        Owned(folder).refuse([*(f"{vintage}-12.nc" for vintage in settings.vintages), *TABLES], kind=kinds.POSTERIOR)
    identity = identity_of("calibrate", settings.as_written())
    with WorkArea(folder, identity) as area:
        steps = Steps(area)
        try:
            outcome = study.calibrate(settings, steps.keep, tell, jobs)
            made = _write_calibration(area.results, outcome, settings, folder)
            if out is None:  # all is made before anything is published, so that posterior and figures go together
                with posterior.read_from(area.results):
                    rows = _figures(settings, jobs if can_fork() else 1)
                store.write_text(area.results / FIGURES, to_csv(rows))
                made = dataclasses.replace(made, figures=rows)
            aside = publish(area.results, area.target, identity, replace=replace, keep=True)
            posterior.forget()
        except KeyboardInterrupt:
            raise Interrupted(goes_on=steps.any_finished) from None
        area.done()
    return dataclasses.replace(made, aside=() if aside is None else (aside,))


def _write_calibration(folder: Path, outcome: Outcome, settings: Settings, target: Path) -> Calibration:
    from sinobel.store.calibrated import write_posterior
    from sinobel.studies.calibration import checks, study
    from sinobel.studies.calibration.settings import LAST_VINTAGE

    last = max(settings.vintages)
    found = {vintage: checks.diagnostics(outcome.chains[vintage], outcome.names[vintage]) for vintage in outcome.values}
    sampler_check = checks.uniformity(outcome.ranks, outcome.names[last])
    for vintage, values in outcome.values.items():
        wide = vintage < LAST_VINTAGE
        notes = {
            "vintage": f"what was known at the end of {vintage}",
            "settings": settings.as_written(),
            "acceptance": outcome.acceptance[vintage],
            "diagnostics": found[vintage],
            "moved_by": outcome.moved_by[vintage] if vintage == last else {},
            "lasting": outcome.lasting[vintage],
        }
        prior = {} if wide else study.prior_values(outcome.names[vintage], settings)
        write_posterior(folder / f"{vintage}-12.nc", posterior.Posterior(values, notes), prior)
    rows = checks.parameter_rows(outcome.values[last], found[last], outcome.moved_by[last])
    store.write_text(folder / "parameters.csv", to_csv(rows))
    pairs = checks.correlations(outcome.chains[last], outcome.names[last])
    store.write_text(
        folder / "correlations.csv",
        to_csv(
            [{"parameter": first, "with": second, "correlation": value} for first, second, value in pairs]
            or [{"parameter": "", "with": "", "correlation": ""}]
        ),
    )
    store.write_text(folder / "sampler-check.json", json.dumps(sampler_check, indent=1) + "\n")
    ess, r_hat = (choose(each[of] for each in found[last].values()) for choose, of in ((min, "ess"), (max, "r_hat")))
    return Calibration(target, rows, sampler_check=sampler_check, ess=ess, r_hat=r_hat, figures=[])


def _figures(settings: Settings, jobs: int) -> list[ComparedFigureRow]:
    """The paper's figures held against the new posterior, and against the priors."""
    from sinobel.studies.calibration import checks

    after, before = (
        checks.figure_rows(settings.draws, settings.seed, source, jobs) for source in ("posterior", "prior")
    )
    return checks.beside_priors(after, before)
