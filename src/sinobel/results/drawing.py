"""Datasets in memory as charts take them: their years, in the order of the dataset, told with what they rest on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from sinobel.analysis import attribution, payments, summary, years
from sinobel.analysis.channels import WAYS
from sinobel.analysis.outcomes import Outcomes
from sinobel.analysis.round_years import told_year
from sinobel.analysis.summary import Summary
from sinobel.inputs import indicators, months, pairs
from sinobel.inputs.reading import InputError, nearest, quoted, with_article
from sinobel.inputs.values import names as listed
from sinobel.inputs.values import plain
from sinobel.policies.focus import of_manifest
from sinobel.reporting.charts import waterfalls
from sinobel.reporting.charts.chart import Chart
from sinobel.reporting.charts.lettering import titles_of
from sinobel.reporting.charts.shared import Footer, label
from sinobel.reporting.result_data import ResultData
from sinobel.results import basis, run_folder
from sinobel.results.saving import manifest_in
from sinobel.runs import trajectories
from sinobel.runs.manifest import Manifest, caption

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.figure import Figure

    from sinobel.analysis.thresholds import Threshold
    from sinobel.reporting.charts.fans import Fans
    from sinobel.results.findings import Finding
    from sinobel.results.following import Money

Kind = TypeVar("Kind")

EXAMPLES = 4
"""Single futures that are drawn."""


def is_dataset(given: Any) -> bool:
    """True for a dataset, or one variable of it, which is refused in words later."""
    import xarray as xr

    return isinstance(given, xr.Dataset | xr.DataArray)


def found(given: Any, kind: type[Kind], asking: str, verb: str, *, of_scenario: bool = False) -> Kind:
    """What a study found, for a chart of it.

    Parameters
    ----------
    of_scenario : bool
        The verb needs nothing but a scenario, so that a dataset tells the line that works.

    Raises
    ------
    InputError
        For anything else.
    """
    if not isinstance(given, kind):
        line = ""
        if of_scenario and is_dataset(given) and "manifest" in given.attrs:
            name = manifest_in(given, asking)["request"]["scenarios"][0]["name"]
            line = f"; a dataset does not keep it: write sinobel.{asking}({verb}({json.dumps(name)}))"
        raise InputError(f"{asking} takes what {verb} found, not {with_article(type(given).__name__)}{line}")
    return given


def data_of(results: Any, asking: str) -> ResultData:
    """Yearly values of a dataset with what it tells of itself, for its scenarios and draws as they are."""
    manifest = manifest_in(results, asking)
    several = _with_scenarios(results, manifest)
    yearly = years.comparison(several, asking)
    told = _told(manifest, yearly)
    nothing: Any = None
    return ResultData(told, Summary(trajectories.columns_of(yearly)), nothing, None, basis.basis_of(told))


def _with_scenarios(results: xr.Dataset, manifest: Manifest) -> xr.Dataset:
    """The dataset with a dim for scenarios, of one as well."""
    if "scenario" in results.dims:
        return results
    if "scenario" in results.coords:
        return results.expand_dims("scenario")
    return results.expand_dims(scenario=[manifest["request"]["scenarios"][0]["name"]])


def _told(manifest: Manifest, yearly: xr.Dataset) -> Manifest:
    """The manifest for the scenarios and draws that are there."""
    told = _of_scenarios(manifest, [str(name) for name in yearly["scenario"].values])
    told["request"]["draws"] = int(yearly.sizes["draw"])
    return told


def _of_scenarios(manifest: Manifest, names: Sequence[str]) -> Manifest:
    told: Manifest = json.loads(json.dumps(manifest))
    known = {each["name"]: each for each in told["request"]["scenarios"]}
    if strange := [name for name in names if name not in known]:
        raise InputError(
            f"the manifest of the dataset knows no scenario {quoted(strange[0])}{nearest(strange[0], known)}"
        )
    told["request"]["scenarios"] = [known[name] for name in names]
    if "comparison" in told:
        del told["comparison"]
    return told


def of_one(results: Any, asking: str, scenario: str | None) -> tuple[ResultData, str]:
    """Results, and the scenario of them that is drawn: the first unless told."""
    data = data_of(results, asking)
    return data, _chosen(data, scenario)


def _chosen(data: ResultData, scenario: str | None) -> str:
    names = list(data.titles)
    if scenario is None:
        return names[0]
    if scenario not in names:
        raise InputError(f"there is no scenario {quoted(scenario)} in the dataset{nearest(scenario, names)}")
    return scenario


def fan(results: Any, indicator: str, scenario: str | Sequence[str] | None) -> Chart:
    """An indicator of one scenario or several over time, of years, or of months where only bands were kept."""
    from sinobel.reporting.charts import fans, projections

    indicator = pairs.written(indicator) if isinstance(indicator, str) else indicator
    if _holds_bands(results):
        return fans.chart(*_monthly_fans(results, indicator, scenario))
    data = data_of(results, "plot.fan")
    _refuse_own(indicator, results, data.summary)
    _known(indicator, data.summary)
    names = _several(data.titles, scenario)
    if len(names) > 1:
        return fans.chart(_yearly_fans(data, indicator, names), data.footer_of(*names))
    return projections.fan(
        data.summary,
        indicator,
        scenario=names[0],
        recorded=data.drawn,
        origin=data.origin,
        footer=data.footer_of(names[0]),
        title=data.titles[names[0]],
        year=data.year,
    )


def _holds_bands(results: Any) -> bool:
    """True for a dataset of quantiles as `keep="bands"` leaves them."""
    dims = getattr(results, "dims", ())
    return is_dataset(results) and "band" in dims and "time" in dims and "draw" not in dims


def _refuse_own(indicator: Any, results: xr.Dataset, names: Any) -> None:
    """Refuse a variable that the user has added: it is there, so that it is missing would be untrue."""
    if isinstance(indicator, str) and indicator in results.data_vars and indicator not in names:
        raise InputError(
            f"{quoted(indicator)} is a variable of your own, and plot.fan draws indicators of the model: nothing says "
            'how its years are made; give it an attribute "annual", take sinobel.annual, and draw that yourself'
        )


def _known(indicator: Any, names: Any) -> None:
    if not isinstance(indicator, str):
        raise InputError(f"indicator must be one name, not {quoted(indicator)}; draw one fan after the other")
    if pair := pairs.parse(indicator):
        for name in pair.names:
            _known(name, names)
        if why := indicators.strange(indicator)[0]:
            raise InputError(why)
    elif indicator not in names:
        raise InputError(f"there is no indicator {quoted(indicator)} in the results{nearest(indicator, names)}")


def _several(titles: Mapping[str, str], scenario: str | Sequence[str] | None) -> list[str]:
    """The scenarios that are drawn, all of them unless told."""
    wanted = list(titles) if scenario is None else list(dict.fromkeys(listed(scenario)))
    for name in wanted:
        if name not in titles:
            raise InputError(f"there is no scenario {quoted(name)} in the dataset{nearest(name, titles)}")
    if not wanted:
        raise InputError("a fan needs at least one scenario")
    return wanted


def _yearly_fans(data: ResultData, indicator: str, names: Sequence[str]) -> Fans:
    from sinobel.reporting.charts.fans import Fans

    name, unit = label(data.summary, indicator)
    return Fans(
        indicator,
        name,
        unit,
        positions=np.asarray(data.years, float),
        names=[str(year) for year in data.years],
        bands={each: data.summary.bands(indicator, each) for each in names},
        titles={each: data.titles[each] for each in names},
        recorded={float(year): value for year, value in data.drawn.get(indicator, {}).items()},
        origin=data.origin,
        monthly=False,
        year=data.year,
    )


def _monthly_fans(results: xr.Dataset, indicator: str, scenario: str | Sequence[str] | None) -> tuple[Fans, Footer]:
    """Fans of months, and the foot of their chart. The record has years, so only stocks at year ends meet it."""
    from sinobel.reporting.charts.fans import Fans, month_position

    manifest = manifest_in(results, "plot.fan")
    if pairs.parse(indicator):
        raise InputError(
            f"the quantiles of {indicator} do not follow from those of its two: keep years or months of every draw"
        )
    _known(indicator, [str(name) for name in results.data_vars])
    several = _with_scenarios(results, manifest)
    told = _of_scenarios(manifest, [str(name) for name in several["scenario"].values])
    names, titles, known = _several(titles_of(told), scenario), titles_of(told), basis.basis_of(told)
    values = several[indicator].transpose("scenario", "time", "band").sortby("time")
    stamps = [(int(year), int(month)) for year, month in zip(values["time.year"], values["time.month"], strict=True)]
    is_stock = values.attrs.get("annual") == "last"
    fans = Fans(
        indicator,
        values.attrs["long_name"],
        values.attrs["units"],
        positions=np.array([month_position(*stamp) for stamp in stamps]),
        names=[f"{year}-{month:02d}" for year, month in stamps],
        bands={
            name: {str(band): values.sel(scenario=name, band=band).values for band in trajectories.BANDS}
            for name in names
        },
        titles={name: titles[name] for name in names},
        recorded={
            month_position(year, 12): value
            for year, value in (known.recorded.get(indicator, {}) if is_stock else {}).items()
        },
        origin=months.year(months.parse(told["request"]["origin"])),
        monthly=True,
        year=next(iter(of_manifest(told).years), None),
    )
    return fans, Footer(caption(told), known.track_record, known.beyond_under(names))


def require(data: ResultData, names: Iterable[str], asking: str, *, every: bool = True) -> None:
    """Refuse results without the indicators that a chart shows."""
    missing = [name for name in names if name not in data.summary]
    if missing and (every or len(missing) == len(list(names))):
        raise InputError(f"{asking} needs {', '.join(missing)} in the dataset")


def year_of_payments(data: ResultData, year: int | None) -> int:
    """The year of which payments are told. Raises InputError for the first and for those that are not simulated."""
    known = payments.years(data.annual)
    if not known:
        raise InputError("plot.payments needs two years: what is lent follows from what is owed at both ends of one")
    if year is None:
        return told_year(known)
    if plain(year) not in known:
        raise InputError(f"year {quoted(plain(year))} has no payments to tell; choose {known[0]} to {known[-1]}")
    return int(plain(year))


EVERY_YEAR = -1
"""Stands for the year of a condition that names none and holds in every one."""


def thresholds(data: ResultData, fails: str | Sequence[str] | None) -> list[Threshold]:
    """Thresholds that are asked for, or those that ship, as far as results hold what they are about.

    Raises
    ------
    InputError
        For what is no condition on one indicator, all of them together, and where nothing is left.
    """
    from sinobel.analysis import thresholds as levels
    from sinobel.studies.targets import check_years, parse_all

    if fails is None:
        among = levels.held(data.annual, levels.thresholds(data.question.objectives))
        require(data, [each.indicator for each in levels.SOURCED] if not among else (), "plot.thresholds")
        return among
    asked_for = parse_all(map(str, listed(fails)), option="fails", word="or", any_year=EVERY_YEAR)
    if two := [each for each in asked_for if each.other]:
        raise InputError(f"a threshold is of one indicator; {quoted(two[0].quantity)} is of two")
    require(data, [each.indicator for each in asked_for], "plot.thresholds")
    dated = [each for each in asked_for if each.year != EVERY_YEAR]
    check_years(dated, data.years[0], data.years[-1], option="fails")
    return [
        replace(
            levels.Threshold(each.indicator, each.label, each.value, each.unit, each.relation, source="asked for"),
            year=each.year if each in dated else None,
        )
        for each in asked_for
    ]


def of_comparison(results: Any, asking: str, reference: str | None) -> ResultData:
    """Results of several scenarios, asked against a reference."""
    return asked(results, asking, reference=reference, country=None, objectives=None, weights=None, discount=0.0)


def asked(
    results: Any,
    asking: str,
    reference: str | None,
    country: str | None,
    objectives: str | Path | None,
    weights: Mapping[str, float] | None,
    discount: Any,
) -> ResultData:
    """Results of several scenarios with what is asked of them."""
    data = data_of(results, asking)
    if not data.compared:
        raise InputError(f"{asking} compares scenarios; this dataset holds one: take one of sinobel.compare")
    against = _chosen(data, reference)
    question = run_folder.question_for(against, country, objectives, weights, discount)
    manifest = data.manifest.copy()
    manifest["comparison"] = question.as_written()
    return ResultData(manifest, data.summary, data.bands, None, data.basis)


def counted(data: ResultData) -> Outcomes:
    """Objectives counted on results. Raises InputError where no indicator of theirs is there."""
    if data.outcomes is None:
        raise InputError("no indicator of the objectives is in the dataset")
    return data.outcomes


def of_months(
    results: Any, needed: Sequence[str], asking: str, scenario: str | None
) -> tuple[xr.Dataset, xr.Dataset, ResultData, str]:
    """Monthly bands and the first futures of some indicators, with the results they are of and the scenario."""
    import xarray as xr

    data, name = of_one(results, asking, scenario)
    if "time" not in results.dims:
        raise InputError(f"{asking} draws months, and the dataset holds years; keep months")
    require(data, needed, asking)
    several = _with_scenarios(results, data.manifest)[list(needed)].transpose("scenario", "time", "draw").sortby("time")
    found = {
        key: (("scenario", "time", "band"), summary.bands(np.asarray(each.values, float)), each.attrs)
        for key, each in several.data_vars.items()
    }
    coords = {"scenario": several["scenario"], "time": several["time"], "band": list(trajectories.BANDS)}
    bands = xr.Dataset(found, coords)
    return bands, several.isel(draw=slice(0, EXAMPLES)).transpose("scenario", "draw", "time"), data, name


def waterfall(
    results: Any,
    scenario: str | None,
    against: str | None,
    year: int | None,
    since: int | None,
    of: str,
    by: str | None,
) -> Chart:
    """What a change is made of, of results in memory."""
    from sinobel.results import why

    data = data_of(results, "plot.attribution")
    key, names = why.way(of, by), list(data.titles)
    require(data, WAYS[key].needs, "plot.attribution")
    first, last = data.years[0], data.years[-1]
    wanted = plain(year)
    if wanted is not None and wanted not in data.years:
        raise InputError(f"year {quoted(wanted)} is not simulated; choose {first} to {last}")
    if against is not None and since is not None:
        raise InputError("a change is either against another scenario or since an earlier year, not both")
    if against is None and since is None and len(names) > 1:
        against = names[0]
        scenario = names[1] if scenario is None else scenario
    ask: dict[str, Any] = {"since": first if since is None else plain(since)}
    if against is not None:
        ask = {"against": _chosen(data, against)}
    elif ask["since"] not in data.years or ask["since"] >= (last if wanted is None else wanted):
        raise InputError(f"since must be a simulated year before {last if wanted is None else wanted}")
    name = _chosen(data, scenario)
    if wanted is None:
        wanted = why.year_explained(data.annual, of, [name], of_manifest(data.manifest).years, **ask).value
    split = attribution.attribution(data.annual, *key, name, wanted, **ask)
    return waterfalls.waterfall(attribution.rows(split), data.footer, data.titles, least=data.least_told(key[0]))


def drawn(finding: Finding | Money) -> Figure:
    """The chart of what was found. Raises InputError where there is nothing to draw, with the finding's own words."""
    figure = finding.figure()
    if figure is None:
        raise InputError(f"there is nothing to draw: {' '.join(line.strip() for line in repr(finding).splitlines())}")
    return figure
