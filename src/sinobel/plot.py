"""Charts of results in memory, one line each: `sinobel.plot.fan(run, "debt_to_china")` returns a matplotlib figure.

Every function takes datasets of `sinobel.run` and `sinobel.compare`, their months or their years, dims in any order and
any draws; or what a study found. Nothing global of matplotlib is changed, and nothing is shown: a notebook shows what
the last line of a cell returns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinobel.inputs.reading import InputError
from sinobel.results import drawing

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure

    from sinobel.results.findings import FailureFindings, SensitivityFindings, Solution
    from sinobel.results.following import Money
    from sinobel.results.past_forecasts import Backtest
    from sinobel.results.why import Attribution

__all__ = [
    "attribution",
    "balance",
    "creditors",
    "decide",
    "failures",
    "fan",
    "gains",
    "loans",
    "money",
    "objectives",
    "options",
    "overview",
    "payments",
    "potash",
    "sensitivity",
    "service",
    "settlements",
    "thresholds",
    "track_record",
    "tradeoff",
]


def fan(results: xr.Dataset, indicator: str, scenario: str | Sequence[str] | None = None) -> Figure:
    """An indicator over time: the recorded past, the median, and the ranges of futures.

    Years are drawn where single draws were kept, and months where only bands were: the quantiles of years are not
    those of months. Several scenarios stand in one picture, up to three with their ranges, more with that of the first.

    Parameters
    ----------
    results : xr.Dataset
        Of `run`, or of `compare`, whatever was kept.
    indicator : str
        A name of `sinobel.indicators()`, or what two of them make: "debt_to_china / gdp", "reserves - debt_to_china".
    scenario : str | Sequence[str] | None
        Which one of a comparison, or which ones; all of them.

    Returns
    -------
    Figure
        To show, to save with `savefig`, or to go on drawing on.

    Raises
    ------
    InputError
        For an indicator or a scenario that the results do not hold, and for two indicators whose units do not fit.

    Examples
    --------
    >>> import sinobel
    >>> run = sinobel.run("baseline", draws=20, horizon="2019-12", keep="years")
    >>> sinobel.plot.fan(run, "debt_to_china").savefig("debt.png")  # doctest: +SKIP
    >>> pair = sinobel.compare(["baseline", "untied-finance"], draws=20, horizon="2019-12", keep="bands")
    >>> figure = sinobel.plot.fan(pair, "debt_to_china")
    """
    return drawing.fan(results, indicator, scenario).draw()


def overview(results: xr.Dataset, scenario: str | None = None) -> Figure:
    """The headline indicators of a scenario side by side.

    Parameters
    ----------
    results : xr.Dataset
        Of `run`, or of `compare`, with the indicators of the chart.
    scenario : str | None
        Which one of a comparison; the first.

    Returns
    -------
    Figure
        To show, to save with `savefig`, or to go on drawing on.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> base = sinobel.run("baseline", draws=20, horizon="2019-12", keep="years")
    >>> figure = sinobel.plot.overview(base)
    """
    from sinobel.reporting.charts import projections
    from sinobel.reporting.charts.shared import HEADLINES

    data, name = drawing.of_one(results, "plot.overview", scenario)
    drawing.require(data, HEADLINES, "plot.overview", every=False)
    return projections.small_multiples(
        data.summary, name, data.drawn, data.origin, data.footer_of(name), title=data.titles[name], focus=data.focus
    ).draw()


def settlements(results: xr.Dataset, scenario: str | None = None) -> Figure:
    """The potash bargain against the record: price over spot, waits, refusals, closures, and who settles first.

    Parameters
    ----------
    results : xr.Dataset
        Of `run`, or of `compare`, with the indicators of the chart.
    scenario : str | None
        Which one of a comparison; the first.

    Returns
    -------
    Figure
        To show, to save with `savefig`, or to go on drawing on.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is, and where too few settle to tell.

    Examples
    --------
    >>> import sinobel
    >>> base = sinobel.run("baseline", draws=20, keep="years")
    >>> figure = sinobel.plot.settlements(base)
    """
    from sinobel.reporting.charts import settlements as charts

    data, name = drawing.of_one(results, "plot.settlements", scenario)
    drawing.require(data, charts.NEEDED, "plot.settlements")
    if not charts.can(data.annual, data.basis, data.origin):
        raise InputError("plot.settlements needs futures in which a contract is settled after spot has fallen, and not")
    title = data.titles[name]
    return charts.bargain(data.annual, name, data.basis, data.footer_of(name), title=title, origin=data.origin).draw()


def balance(results: xr.Dataset, scenario: str | None = None) -> Figure:
    """The balance with China taken apart, year by year.

    Parameters
    ----------
    results : xr.Dataset
        Of `run`, or of `compare`, with the indicators of the chart.
    scenario : str | None
        Which one of a comparison; the first.

    Returns
    -------
    Figure
        To show, to save with `savefig`, or to go on drawing on.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> base = sinobel.run("baseline", draws=20, horizon="2019-12", keep="years")
    >>> figure = sinobel.plot.balance(base)
    """
    from sinobel.analysis.balance import NEEDED
    from sinobel.reporting.charts import balance as charts

    data, name = drawing.of_one(results, "plot.balance", scenario)
    drawing.require(data, NEEDED, "plot.balance")
    return charts.balance_by_channel(data.summary, name, data.footer_of(name), data.titles[name]).draw()


def loans(results: xr.Dataset, scenario: str | None = None) -> Figure:
    """The Chinese loan book of a scenario, year by year.

    Parameters
    ----------
    results : xr.Dataset
        Of `run`, or of `compare`, with the indicators of the chart.
    scenario : str | None
        Which one of a comparison; the first.

    Returns
    -------
    Figure
        To show, to save with `savefig`, or to go on drawing on.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> base = sinobel.run("baseline", draws=20, horizon="2019-12", keep="years")
    >>> figure = sinobel.plot.loans(base)
    """
    from sinobel.reporting.charts import loans as charts

    data, name = drawing.of_one(results, "plot.loans", scenario)
    drawing.require(data, charts.NEEDED, "plot.loans")
    return charts.loan_book(data.summary, name, data.footer_of(name), data.titles[name]).draw()


def creditors(results: xr.Dataset, scenario: str | None = None) -> Figure:
    """Who is owed how much of public external debt over time, and China's share with its range.

    Parameters
    ----------
    results : xr.Dataset
        Of `run`, or of `compare`, with the indicators of the chart.
    scenario : str | None
        Which one of a comparison; the first.

    Returns
    -------
    Figure
        To show, to save with `savefig`, or to go on drawing on.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> base = sinobel.run("baseline", draws=20, horizon="2019-12", keep="years")
    >>> figure = sinobel.plot.creditors(base)
    """
    from sinobel.reporting.charts import creditors as charts

    data, name = drawing.of_one(results, "plot.creditors", scenario)
    drawing.require(data, charts.NEEDED, "plot.creditors")
    return charts.creditor_mix(
        data.summary, name, data.recorded, data.origin, data.footer_of(name), title=data.titles[name]
    ).draw()


def service(results: xr.Dataset, scenario: str | None = None) -> Figure:
    """What falls due on public external debt each year, by lender, and what it takes of revenue.

    Parameters
    ----------
    results : xr.Dataset
        Of `run`, or of `compare`, with the indicators of the chart.
    scenario : str | None
        Which one of a comparison; the first.

    Returns
    -------
    Figure
        To show, to save with `savefig`, or to go on drawing on.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> base = sinobel.run("baseline", draws=20, horizon="2019-12", keep="years")
    >>> figure = sinobel.plot.service(base)
    """
    from sinobel.reporting.charts import service as charts

    data, name = drawing.of_one(results, "plot.service", scenario)
    drawing.require(data, charts.NEEDED, "plot.service")
    return charts.service_calendar(data.summary, name, data.footer_of(name), data.titles[name]).draw()


def payments(results: xr.Dataset, year: int | None = None, scenario: str | None = None) -> Figure:
    """Who pays whom in a year: the money between Belarus and its partners, and the net balance of each.

    Parameters
    ----------
    results : xr.Dataset
        Of `run`, or of `compare`, with the indicators of the chart.
    year : int | None
        Any simulated one but the first; 2025 where it is there.
    scenario : str | None
        Which one of a comparison; the first.

    Returns
    -------
    Figure
        To show, to save with `savefig`, or to go on drawing on.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> base = sinobel.run("baseline", draws=20, horizon="2019-12", keep="years")
    >>> figure = sinobel.plot.payments(base, 2018)
    """
    from sinobel.reporting.charts import payments as charts

    data, name = drawing.of_one(results, "plot.payments", scenario)
    drawing.require(data, charts.NEEDED, "plot.payments")
    told = drawing.year_of_payments(data, year)
    return charts.who_pays_whom(data.summary, name, told, data.footer_of(name), data.titles[name]).draw()


def thresholds(results: xr.Dataset, fails: str | Sequence[str] | None = None) -> Figure:
    """In how many futures debt, its service and reserves lie beyond thresholds, year by year, under every scenario.

    Parameters
    ----------
    results : xr.Dataset
        Of `run`, or of `compare`, with the indicators of the chart.
    fails : str | Sequence[str] | None
        Thresholds of your own in place of those that ship, as `discover` takes them; each counts in every year,
        whatever year it names.

    Returns
    -------
    Figure
        To show, to save with `savefig`, or to go on drawing on.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> base = sinobel.run("baseline", draws=20, horizon="2019-12", keep="years")
    >>> figure = sinobel.plot.thresholds(base, "reserves[2019] < 4000")
    """
    from sinobel.reporting.charts import thresholds as charts

    data = drawing.data_of(results, "plot.thresholds")
    among = drawing.thresholds(data, fails)
    return charts.crossings(data.summary, among, data.reference, data.titles, data.footer).draw()


def potash(results: xr.Dataset, scenario: str | None = None) -> Figure:
    """Contract and spot price of potash, month by month; needs months.

    Parameters
    ----------
    results : xr.Dataset
        Of `run`, or of `compare`, with its months.
    scenario : str | None
        Which one of a comparison; the first.

    Returns
    -------
    Figure
        To show, to save with `savefig`, or to go on drawing on.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> base = sinobel.run("baseline", draws=20, horizon="2019-12")
    >>> figure = sinobel.plot.potash(base)
    """
    from sinobel.reporting.charts import potash as charts

    bands, examples, data, name = drawing.of_months(results, charts.NEEDED, "plot.potash", scenario)
    return charts.contract(bands, examples, name, data.footer_of(name), data.titles[name]).draw()


def options(results: xr.Dataset, reference: str | None = None) -> Figure:
    """What each option of a comparison changes against the reference.

    Parameters
    ----------
    results : xr.Dataset
        Of `compare`, or its yearly values; dims in any order, any draws of it.
    reference : str | None
        Scenario the others are compared with; the first.

    Returns
    -------
    Figure
        To show, to save with `savefig`, or to go on drawing on.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> pair = sinobel.compare(["baseline", "untied-finance"], draws=20, horizon="2019-12", keep="years")
    >>> figure = sinobel.plot.options(pair)
    """
    from sinobel.reporting.charts import options as charts
    from sinobel.reporting.charts.shared import OPTION_INDICATORS

    data = drawing.of_comparison(results, "plot.options", reference)
    drawing.require(data, OPTION_INDICATORS, "plot.options", every=False)
    return charts.options(data.summary, data.reference, data.titles, data.footer, data.told).draw()


def gains(
    results: xr.Dataset,
    *,
    reference: str | None = None,
    objectives: str | Path | None = None,
    weights: Mapping[str, float] | None = None,
    discount: float = 0.0,
) -> Figure:
    """What each country gains under each option.

    Parameters
    ----------
    results : xr.Dataset
        Of `compare`, or its yearly values; dims in any order, any draws of it.
    reference : str | None
        Scenario the others are compared with; the first.
    objectives : str | Path | None
        File of what countries want, like `model/objectives.toml`; the shipped ones.
    weights : Mapping[str, float] | None
        Objective -> weight under every position of its country, for example {"belarus.income": 40}.
    discount : float
        Rate a year for what counts cumulatively, 0.05 is 5 %; the first simulated year counts in full.

    Returns
    -------
    Figure
        To show, to save with `savefig`, or to go on drawing on.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> pair = sinobel.compare(["baseline", "untied-finance"], draws=20, horizon="2019-12", keep="years")
    >>> figure = sinobel.plot.gains(pair)
    """
    from sinobel.reporting.charts import decision

    data = drawing.asked(
        results,
        "plot.gains",
        reference=reference,
        country=None,
        objectives=objectives,
        weights=weights,
        discount=discount,
    )
    return decision.who_gains(drawing.counted(data), data.titles, data.caption).draw()


def objectives(
    results: xr.Dataset,
    *,
    reference: str | None = None,
    objectives: str | Path | None = None,
    weights: Mapping[str, float] | None = None,
    discount: float = 0.0,
) -> Figure:
    """What each option does for each objective.

    Parameters
    ----------
    results : xr.Dataset
        Of `compare`, or its yearly values; dims in any order, any draws of it.
    reference : str | None
        Scenario the others are compared with; the first.
    objectives : str | Path | None
        File of what countries want, like `model/objectives.toml`; the shipped ones.
    weights : Mapping[str, float] | None
        Objective -> weight under every position of its country, for example {"belarus.income": 40}.
    discount : float
        Rate a year for what counts cumulatively, 0.05 is 5 %; the first simulated year counts in full.

    Returns
    -------
    Figure
        To show, to save with `savefig`, or to go on drawing on.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> pair = sinobel.compare(["baseline", "untied-finance"], draws=20, horizon="2019-12", keep="years")
    >>> figure = sinobel.plot.objectives(pair)
    """
    from sinobel.reporting.charts import decision

    data = drawing.asked(
        results,
        "plot.objectives",
        reference=reference,
        country=None,
        objectives=objectives,
        weights=weights,
        discount=discount,
    )
    return decision.gains_by_objective(drawing.counted(data), data.titles, data.caption).draw()


def decide(
    results: xr.Dataset,
    country: str = "belarus",
    *,
    reference: str | None = None,
    objectives: str | Path | None = None,
    weights: Mapping[str, float] | None = None,
    discount: float = 0.0,
) -> Figure:
    """Every option as a choice for a country.

    Parameters
    ----------
    results : xr.Dataset
        Of `compare`, or its yearly values; dims in any order, any draws of it.
    country : str
        "belarus", "china", "russia" or "eu", or its name.
    reference : str | None
        Scenario the others are compared with; the first.
    objectives : str | Path | None
        File of what countries want, like `model/objectives.toml`; the shipped ones.
    weights : Mapping[str, float] | None
        Objective -> weight under every position of its country, for example {"belarus.income": 40}.
    discount : float
        Rate a year for what counts cumulatively, 0.05 is 5 %; the first simulated year counts in full.

    Returns
    -------
    Figure
        To show, to save with `savefig`, or to go on drawing on.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> pair = sinobel.compare(["baseline", "untied-finance"], draws=20, horizon="2019-12", keep="years")
    >>> figure = sinobel.plot.decide(pair, "belarus")
    """
    from sinobel.reporting.charts import decision

    data = drawing.asked(
        results,
        "plot.decide",
        reference=reference,
        country=country,
        objectives=objectives,
        weights=weights,
        discount=discount,
    )
    found = drawing.counted(data)
    if data.question.country not in found.countries:
        raise InputError(f"nothing that {data.question.country} wants is in the dataset")
    return decision.choices(found, data.question.country, data.titles, data.caption).draw()


def attribution(
    results: xr.Dataset | Attribution,
    scenario: str | None = None,
    *,
    against: str | None = None,
    year: int | None = None,
    since: int | None = None,
    of: str = "balance_with_china",
    by: str | None = None,
) -> Figure:
    """What a change is made of, as a waterfall: of what `sinobel.attribute` found, or of results in memory.

    Parameters
    ----------
    results : xr.Dataset | Attribution
        What `sinobel.attribute` found, or a dataset of `run` or `compare`.
    scenario : str | None
        Of a comparison: whose change it is; the second.
    against : str | None
        Of a comparison: what it is held against; the first.
    year : int | None
        The year that is explained; 2025 where it is there.
    since : int | None
        Of a single scenario: the year it is held against.
    of : str
        "balance_with_china", "debt_to_china", "external_public_debt", "debt_to_gdp", "reserves", "total_exports"
        or "gdp".
    by : str | None
        Kind of split, where there are several: "need" or "creditor" of debt, "partner" or "product" of exports.

    Returns
    -------
    Figure
        To show, to save with `savefig`, or to go on drawing on.

    Raises
    ------
    InputError
        For anything that is not allowed, with what is.

    Examples
    --------
    >>> import sinobel
    >>> pair = sinobel.compare(["baseline", "untied-finance"], draws=20, horizon="2019-12", keep="years")
    >>> figure = sinobel.plot.attribution(pair, year=2019)
    """
    from sinobel.results.why import Attribution

    if isinstance(results, Attribution):
        return results.figure()
    return drawing.waterfall(results, scenario, against=against, year=year, since=since, of=of, by=by).draw()


def money(results: Money) -> Figure:
    """Where the money of Chinese loans went and what came back, of what `sinobel.money` found.

    Parameters
    ----------
    results : Money
        What `sinobel.money` found.

    Returns
    -------
    Figure
        To show, to save with `savefig`, or to go on drawing on.

    Raises
    ------
    InputError
        For what is no such finding, and for one with nothing to draw.

    Examples
    --------
    >>> import sinobel
    >>> found = sinobel.money("baseline", horizon="2018-12", draws=20)
    >>> figure = sinobel.plot.money(found)
    """
    from sinobel.results.following import Money

    return drawing.drawn(drawing.found(results, Money, "plot.money", "sinobel.money"))


def tradeoff(found: Solution) -> Figure:
    """The trade-off that `sinobel.solve` found.

    Parameters
    ----------
    found : Solution
        What `sinobel.solve` found.

    Returns
    -------
    Figure
        To show, to save with `savefig`, or to go on drawing on.

    Raises
    ------
    InputError
        For what is no such finding, and for one with nothing to draw.

    Examples
    --------
    >>> import sinobel
    >>> found = sinobel.solve("loan_disbursements[2018] <= 100", "china.lending_volume", draws=20)
    >>> figure = sinobel.plot.tradeoff(found)
    """
    from sinobel.results.findings import Solution

    return drawing.drawn(drawing.found(found, Solution, "plot.tradeoff", "sinobel.solve"))


def sensitivity(found: SensitivityFindings) -> Figure:
    """The shares that `sinobel.sensitivity` found.

    Parameters
    ----------
    found : SensitivityFindings
        What `sinobel.sensitivity` found.

    Returns
    -------
    Figure
        To show, to save with `savefig`, or to go on drawing on.

    Raises
    ------
    InputError
        For what is no such finding, and for one with nothing to draw.

    Examples
    --------
    >>> import sinobel
    >>> figure = sinobel.plot.sensitivity(sinobel.sensitivity("reserves", 2020))  # doctest: +SKIP
    """
    from sinobel.results.findings import SensitivityFindings

    return drawing.drawn(drawing.found(found, SensitivityFindings, "plot.sensitivity", "sinobel.sensitivity"))


def failures(found: FailureFindings) -> Figure:
    """The boxes that `sinobel.discover` found.

    Parameters
    ----------
    found : FailureFindings
        What `sinobel.discover` found.

    Returns
    -------
    Figure
        To show, to save with `savefig`, or to go on drawing on.

    Raises
    ------
    InputError
        For what is no such finding, and for one with nothing to draw.

    Examples
    --------
    >>> import sinobel
    >>> found = sinobel.discover("untied-finance", fails="reserves[2025] < 3000")  # doctest: +SKIP
    >>> figure = sinobel.plot.failures(found)  # doctest: +SKIP
    """
    from sinobel.results.findings import FailureFindings

    return drawing.drawn(drawing.found(found, FailureFindings, "plot.failures", "sinobel.discover"))


def track_record(found: Backtest, *, forecasts: bool = False, next_year: bool = False) -> Figure:
    """How past forecasts did, of what `sinobel.backtest` found.

    Parameters
    ----------
    found : Backtest
        What `sinobel.backtest` found.
    forecasts : bool
        The forecasts themselves instead of their skill.
    next_year : bool
        All recorded series a year ahead instead of the headline series over five.

    Returns
    -------
    Figure
        To show, to save with `savefig`, or to go on drawing on.

    Raises
    ------
    InputError
        For what is no such finding, and for one with nothing to draw.

    Examples
    --------
    >>> import sinobel
    >>> figure = sinobel.plot.track_record(sinobel.backtest(quick=True))  # doctest: +SKIP
    """
    from sinobel.results.past_forecasts import Backtest

    charts: Sequence[Any] = drawing.found(found, Backtest, "plot.track_record", "sinobel.backtest").charts()
    return charts[2 if next_year else 1 if forecasts else 0].draw()  # type: ignore[no-any-return]


def __dir__() -> list[str]:
    """The charts, and nothing that they are made with."""
    return list(__all__)
