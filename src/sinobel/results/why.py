"""What `attribute` is asked, what it finds, and the folder of it: simulated anew, or read from a finished folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinobel import store
from sinobel.analysis import attribution as splitting
from sinobel.analysis.channels import WAYS
from sinobel.analysis.moving import moved_most
from sinobel.analysis.round_years import told_year
from sinobel.inputs import months
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.reading import InputError, Problem, nearest, quoted, shown
from sinobel.inputs.values import plain
from sinobel.policies.focus import of_manifest, together
from sinobel.policies.scenarios import Scenario, tried
from sinobel.reporting.tables import flows
from sinobel.reporting.words import through
from sinobel.reporting.words.wording import change_in_amount, in_text, unit_of_change
from sinobel.results import asking_again, contents
from sinobel.results.findings import figure_of
from sinobel.results.followed import Answer, Followed, in_memory
from sinobel.results.page_of_folder import read
from sinobel.results.run_folder import Figures, Files
from sinobel.runs.ensemble import gather
from sinobel.runs.manifest import Manifest, manifest_of, request_of
from sinobel.runs.request import Progress, Request, request_for
from sinobel.runs.trajectories import Yearly, yearly_array, yearly_axes

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ATTRIBUTION = {"attribution.csv": "the channels and their total: means add up, medians do not"}


@dataclass(frozen=True)
class Year:
    """The year that is explained.

    Attributes
    ----------
    reason : str
        Why that one, in a sentence; empty where it was asked for.
    """

    value: int
    reason: str = ""


def year_explained(
    annual: Yearly,
    of: str,
    whose: Sequence[str],
    named: Sequence[int],
    *,
    against: str | None = None,
    since: int | None = None,
) -> Year:
    """The year whose value is explained where nobody names one.

    Parameters
    ----------
    of : str
        Indicator.
    whose : Sequence[str]
        Scenarios whose change it is.
    named : Sequence[int]
        Years that the scenarios or the results are about; the first of them that can be told comes before all else.
    against : str | None
        Scenario that they are held against, or.
    since : int | None
        Year that they are held against.
    """
    yearly = annual[of]
    years = [int(each) for each in yearly["year"].values if since is None or each > since]
    if first := next((each for each in named if each in years), None):
        return Year(first, f"{first} is the first year that was asked about.")
    called = in_text(all_indicators()[of].label)
    found = moved_most(yearly, whose, against=against, since=since)
    if found is None:
        return Year(told_year(years), f"In no year is there a median change of {called}; {told_year(years)} is told.")
    if against is None:
        return Year(found, f"{found} is the year in which the change of {called} since {since} is largest.")
    under = " under any of these scenarios" if len(whose) > 1 else ""
    return Year(found, f"{found} is the year in which the change of {called} against {against} is largest{under}.")


@dataclass(frozen=True)
class AttributionAsked:
    """Which change is split into channels, and how.

    Attributes
    ----------
    year : int | None
        That is explained; None for the one that the results show to move most.
    ask : Mapping[str, Any]
        What it is held against: a scenario, or a year.
    """

    request: Request
    scenario: str
    year: int | None
    key: tuple[str, str]
    ask: Mapping[str, Any]
    followed: Followed

    def explained(self, annual: Any) -> Year:
        """The year that is explained, and why that one."""
        if self.year is not None:
            return Year(self.year)
        named = together(each.focus for each in self.request.scenarios).years
        return year_explained(annual, self.key[0], [self.scenario], named, **self.ask)

    def splits(self, annual: Any) -> list[splitting.Split]:
        """Every split of the change."""
        return flows.splits_of(annual, self.scenario, self.explained(annual).value, **self.ask)

    def asked_of(self, found: list[splitting.Split]) -> splitting.Split:
        """The split that was asked for."""
        return next(split for split in found if (split.of, split.by) == self.key)


def ask_attribution(
    scenario: str | Path | Scenario,
    against: str | Path | Scenario | None = None,
    *,
    year: Any = None,
    since: Any = None,
    of: str = "balance_with_china",
    by: str | None = None,
    draws: Any = 2000,
    seed: Any = 2017,
    origin: Any = months.DEFAULT_ORIGIN,
    horizon: Any = months.DEFAULT_HORIZON,
    parameters: str = "posterior",
) -> AttributionAsked:
    """What `attribute` is asked. Raises InputError for anything that is not allowed."""
    key = way(of, by)
    both = tried([scenario] if against is None else [against, scenario])
    request = request_for(both, draws, seed, origin, horizon, parameters=parameters)
    policies = tuple(reversed(request.scenarios))
    first, last = (months.year(month) for month in request.months)
    wanted, earlier = plain(year), plain(since)
    start = earlier if earlier is not None or against is not None else first + 1
    _check_years(wanted, start, policies[1].name if against is not None else None, first + 1, last)
    told = f"against-{policies[1].name}" if against is not None else f"since-{start}"
    ask: dict[str, Any] = {"against": policies[1].name} if against is not None else {"since": start}
    given = [each for each in (scenario, against) if each is not None]
    words = {"verb": "attribute", "year": wanted, "since": None if against is not None else start}
    words |= {"of": key[0], "by": key[1]}

    def fill(run: store.Run, results: store.Results) -> tuple[Files, Figures]:
        found = asked.splits(results.annual)
        run.write("attribution.csv", flows.attribution_table(found))
        return ATTRIBUTION, flows.waterfalls(found, contents.data_of(results))

    chart = "-".join(("attribution", *key)).replace("_", "-").replace(" ", "-")
    followed = Followed(
        request,
        f"attribution-{policies[0].name}-{told}",
        command=asking_again.command("attribute", asking_again.names_of(given, policies), request, _options(words)),
        asked=words,
        chart=chart,
        fill=fill,
    )
    asked = AttributionAsked(request, policies[0].name, year=wanted, key=key, ask=ask, followed=followed)
    return asked


def _options(words: Mapping[str, Any]) -> list[str]:
    """What was asked as options of a command; what was left open is left out."""
    return [
        each
        for name in ("year", "since", "of", "by")
        if words[name] is not None
        for each in (f"--{name}", str(words[name]))
    ]


def way(of: str, by: str | None) -> tuple[str, str]:
    """The split that is asked for. Raises InputError for one that does not exist."""
    indicators = list(dict.fromkeys(name for name, _ in WAYS))
    if of not in indicators:
        message = f" {of!r} cannot be split{nearest(of, indicators)}; choose from {', '.join(indicators)}"
        raise InputError(Problem(message, argument="of"))
    kinds = [kind for name, kind in WAYS if name == of]
    if by is not None and by not in kinds:
        message = f" {by!r} is no way to split {of}{nearest(by, kinds)}; choose from {', '.join(kinds)}"
        raise InputError(Problem(message, argument="by"))
    return of, by or kinds[0]


def _check_years(year: Any, since: Any, against: str | None, first: int, last: int) -> None:
    if since is not None and against is not None:
        raise InputError(
            Problem(
                "a change is either against another scenario or since an earlier year, not both", hint="drop {since}"
            )
        )
    for argument, value in (("year", year), ("since", since)):
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise InputError(Problem(f" must be a whole number, not {quoted(value)}", argument=argument))
    if year is not None and not first <= year <= last:
        raise InputError(Problem(f" {year} is not simulated; choose {first} to {last}", argument="year"))
    end = last if year is None else year
    if since is not None and not first <= since < end:
        message = f" {since} must be a simulated year before {end}: {first} to {end - 1}"
        raise InputError(Problem(message, argument="since"))


@dataclass(frozen=True, repr=False)
class Attribution(Answer):
    """A change split into channels that add up to it in every future.

    Attributes
    ----------
    splits : list[splitting.Split]
        Every split of the change that the model knows.
    split : splitting.Split
        The one that was asked for.
    reason : str
        Why it is of its year; empty where that was asked for.
    """

    asked: AttributionAsked
    splits: list[splitting.Split]
    split: splitting.Split
    manifest: Manifest
    reason: str = ""

    def rows(self) -> list[dict[str, Any]]:
        """Channels and their total as tidy rows.

        Returns
        -------
        list[dict[str, Any]]
            One dict a row, the same keys in each.
        """
        return [dict(row) for row in splitting.rows(self.split)]

    @property
    def verdicts(self) -> list[str]:
        """What is split, and why in its year."""
        return [each for each in (self.title, self.reason) if each]

    @property
    def title(self) -> str:
        """The same, as a title."""
        return title_of(self.split)

    def figure(self) -> Figure:
        """The waterfall.

        Returns
        -------
        Figure
            To show, to save with `savefig`, or to go on drawing on.
        """
        return figure_of(flows.waterfalls([self.split], in_memory(self.manifest))[self.asked.followed.chart]())

    def __repr__(self) -> str:
        lines = [f"  {row[0]}: {row[1]} (median {row[2]})" for row in flows.channel_rows(self.split)]
        return "\n".join([*([self.reason] if self.reason else []), f"{self.title}, mean:", *lines])


def title_of(split: splitting.Split) -> str:
    """What a split is of."""
    where = f"against {split.against}" if split.against else f"since {split.since}"
    _, unit = unit_of_change(split.unit)
    return f"Change of {split.of} in {split.year}, {split.scenario} {where}, {unit}, by {split.by}"


def attribution(asked: AttributionAsked, jobs: int = 1, progress: Progress | None = None) -> Attribution:
    """Simulate what is needed and split the change, in memory."""
    needed = {name for way in WAYS.values() for name in way.needs}
    shown = [name for name in asked.request.shown if name in needed]
    values = gather(asked.request, ("years",), jobs, None, progress).years
    assert values is not None
    names, first = [each.name for each in asked.request.scenarios], asked.request.first_draw
    axes = yearly_axes(names, asked.request.draws, first, asked.request.months)
    annual = {
        name: yearly_array(name, values[:, asked.request.shown.index(name)].swapaxes(1, 2), axes) for name in shown
    }
    found = asked.splits(annual)
    reason = asked.explained(annual).reason
    return Attribution(asked, found, asked.asked_of(found), manifest_of(asked.request), reason)


# --- finished folders ------------------------------------------------------------------------------------------------


def chosen(scenarios: Sequence[Scenario], name: str | None) -> Scenario:
    """A scenario of a folder by its name, the first where none is named.

    Raises
    ------
    InputError
        For one that is not there.
    """
    names = [each.name for each in scenarios]
    if name is not None and name not in names:
        raise InputError(
            f"{quoted(name)} is not in these results{nearest(name, names)}; choose from {', '.join(names)}"
        )
    return scenarios[0 if name is None else names.index(name)]


def in_short(split: splitting.Split) -> str:
    """Through which channels most of a change comes, in a sentence: up to two that go its way; empty without any."""
    *_, total = rows = splitting.rows(split)
    parts = through.mostly(rows)
    way = "Higher" if total.mean > 0 else "Lower"
    size = change_in_amount(abs(total.mean), split.unit)
    return f"{way} by {size} in the mean, mostly through {parts}." if parts else ""


@dataclass(frozen=True)
class Splits:
    """Changes of a finished folder, split, and why in their year; no reason where that was asked for."""

    each: list[splitting.Split]
    reason: str


def splits_of_folder(
    folder: Path, scenario: str | None, *, year: int | None, since: int | None, of: str, by: str | None
) -> Splits:
    """Changes of an indicator in a finished results folder, split as `attribution` does, without simulating.

    Parameters
    ----------
    scenario : str | None
        One of the folder; every option, where none is named.
    year : int | None
        That is explained; where none is named, the first that the folder was asked for, else that in which the
        indicator moves most.
    since : int | None
        Explain the change of a scenario since this year, not that against the reference.

    Raises
    ------
    InputError
        For a folder that does not hold what is needed, and for whatever else is not allowed.
    """
    key = way(of, by)
    results = read(folder, "attribute needs", only=WAYS[key].needs)
    request = request_of(results.manifest)
    reference, *options = request.scenarios
    if missing := [name for name in WAYS[key].needs if name not in results.annual]:
        raise InputError(Problem(f"a split of {of} needs {', '.join(missing)}, which are not here", shown(folder)))
    years = [int(each) for each in results.annual[of]["year"].values]
    asked = chosen(request.scenarios, scenario)
    against = reference.name if options and since is None else None
    start = None if against is not None else years[0] if since is None else since
    _check_years(year, start, against, years[0], years[-1])
    if against is not None and scenario == against:
        raise InputError(Problem(f"{quoted(scenario)} is the reference of these results", hint="add {since}"))
    of_whom = [each.name for each in (options if against is not None and scenario is None else [asked])]
    told: dict[str, Any] = {"against": against, "since": start}
    named = of_manifest(results.manifest).years
    found = Year(year) if year is not None else year_explained(results.annual, of, of_whom, named, **told)
    each = [splitting.attribution(results.annual, *key, name, found.value, **told) for name in of_whom]
    return Splits(each, found.reason)
