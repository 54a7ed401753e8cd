"""What Python users call to look things up: frames of what there is, and what a name means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sinobel.inputs import months
from sinobel.inputs.evidence import using_record

if TYPE_CHECKING:
    import pandas as pd

    from sinobel.policies.scenarios import Scenario
    from sinobel.results.record_check import RecordCheck


def scenarios() -> pd.DataFrame:
    """The scenarios that ship with the project: what each asks, changes, and why.

    Returns
    -------
    pd.DataFrame
        One row a scenario, by its name.

    Examples
    --------
    >>> import sinobel
    >>> "untied-finance" in sinobel.scenarios().index
    True
    """
    from sinobel.results import lookups

    return lookups.scenarios().frame()


def levers() -> pd.DataFrame:
    """What a scenario may set, with what is allowed and where it stands in the baseline.

    Returns
    -------
    pd.DataFrame
        One row a lever, by its name.

    Examples
    --------
    >>> import sinobel
    >>> sinobel.levers().loc["china.tied_share", "meaning"]
    'Share of Chinese loan money that must buy Chinese goods'
    """
    from sinobel.results import lookups

    return lookups.levers().frame()


def indicators() -> pd.DataFrame:
    """What is reported, with units and how a year is made of months.

    Returns
    -------
    pd.DataFrame
        One row an indicator, by its name.

    Examples
    --------
    >>> import sinobel
    >>> sinobel.indicators().loc["reserves", "unit"]
    'USD mn'
    """
    from sinobel.results import lookups

    return lookups.indicators().frame()


def find(word: str) -> pd.DataFrame:
    """Everything that holds a word: levers, indicators, scenarios, parameters, figures, loans, decisions, positions.

    Parameters
    ----------
    word : str
        A word, or several that all must be there.

    Returns
    -------
    pd.DataFrame
        One row a name, the nearest first; `explain` tells more of each.

    Raises
    ------
    InputError
        Where nothing holds it.

    Examples
    --------
    >>> import sinobel
    >>> "china.tied_share" in sinobel.find("tied share").index
    True
    """
    from sinobel.results import lookups

    return lookups.found(word).frame()


def objectives(file: str | Path | None = None) -> pd.DataFrame:
    """What each country wants, with direction, who weighs it in which range, and what is good enough.

    Parameters
    ----------
    file : str | Path | None
        A file of your own, like `model/objectives.toml`.

    Returns
    -------
    pd.DataFrame
        One row an objective, by its name.

    Raises
    ------
    InputError
        For a file that is none of objectives.

    Examples
    --------
    >>> import sinobel
    >>> sinobel.objectives().loc["belarus.income", "indicator"]
    'income_per_head'
    """
    from sinobel.results import lookups

    return lookups.objectives(None if file is None else Path(file)).frame()


def loans(
    origin: str = months.DEFAULT_ORIGIN,
    *,
    scenario: str | Path | Scenario = "baseline",
    record: str | Path | None = None,
) -> pd.DataFrame:
    """The Chinese loans of the record at an origin and of a scenario's events: what `money` can follow.

    Parameters
    ----------
    origin : str
        December whose recorded state opens the books, "2016-12"; nothing later is known.
    scenario : str | Path | Scenario
        Whose events are listed too.
    record : str | Path | None
        Folder of rows that you add to the shipped record, in the layout of `model/record`; origins reach as far as it.

    Returns
    -------
    pd.DataFrame
        One row a loan, by its number.

    Raises
    ------
    InputError
        For what is no origin.

    Examples
    --------
    >>> import sinobel
    >>> sinobel.loans().loc["L27", "lender"]
    'China Development Bank'
    """
    from sinobel.results import lookups

    with using_record(record):
        return lookups.loans(origin, scenario).frame()


def record(folder: str | Path) -> RecordCheck:
    """What a folder of yours adds to the shipped record, and up to which origin the books can be opened with it.

    Parameters
    ----------
    folder : str | Path
        Files in the layout of `model/record`: the same names and columns, rows that the record does not have.

    Returns
    -------
    RecordCheck
        It tells what is there; `rows()` and `table()` go series by series, what is missing for the next origin first.

    Raises
    ------
    InputError
        With every fault of it, file and line: a row that revises the shipped record, an unknown series, another unit.

    Examples
    --------
    >>> import sinobel
    >>> sinobel.record("my-record").verdicts  # doctest: +SKIP
    """
    from sinobel.results import record_check

    return record_check.check(folder)


def ledger(
    year: int,
    scenario: str | Path | Scenario = "baseline",
    *,
    draws: int = 500,
    seed: int = 2017,
    origin: str = months.DEFAULT_ORIGIN,
    parameters: str = "posterior",
    record: str | Path | None = None,
) -> pd.DataFrame:
    """Who paid whom for what in a year: the transactions matrix, mean over draws.

    Parameters
    ----------
    year : int
        Calendar year, a simulated one.
    scenario : str | Path | Scenario
        A scenario: its name, a file, or a `Scenario`.
    draws : int
        Number of futures.
    seed : int
        Root of all random numbers.
    origin : str
        December whose recorded state opens the books, "2016-12"; nothing later is known.
    parameters : str
        "posterior", or "prior" for what is assumed without the record.
    record : str | Path | None
        Folder of rows that you add to the shipped record, in the layout of `model/record`; origins reach as far as it.

    Returns
    -------
    pd.DataFrame
        USD mn, one row a flow, one column a sector, below zero what it paid; rows sum to zero.

    Raises
    ------
    InputError
        For what is not allowed.

    Examples
    --------
    >>> import sinobel
    >>> matrix = sinobel.ledger(2017, draws=10)
    >>> bool((matrix["sum"].abs() < 1e-6).all())
    True
    """
    from sinobel.results import lookups

    with using_record(record):
        return lookups.ledger(year, scenario, draws=draws, seed=seed, origin=origin, parameters=parameters).frame()


def explain(name: str | Path) -> pd.DataFrame:
    """What a name means, where its number comes from and where it acts; of a results folder, how it was made.

    Parameters
    ----------
    name : str | Path
        Parameter, lever, indicator, objective, figure, series, scenario, agent, decision, or results folder.

    Returns
    -------
    pd.DataFrame
        Columns about and text; `.attrs["title"]` says what is explained.

    Raises
    ------
    InputError
        For an unknown name, with the nearest.

    Examples
    --------
    >>> import sinobel
    >>> sinobel.explain("reserves").attrs["title"]
    'reserves'
    """
    from sinobel.results import lookups

    return lookups.explanation(str(name))
