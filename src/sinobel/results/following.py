"""What `attribute` and `money` are asked, what they find, and the folders of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinobel import store
from sinobel.analysis import attribution as splitting
from sinobel.analysis import money as stories
from sinobel.inputs import months
from sinobel.inputs.evidence import using
from sinobel.inputs.reading import InputError, Problem, as_file_name, nearest, quoted
from sinobel.inputs.values import plain
from sinobel.policies.scenarios import Scenario, tried
from sinobel.reporting.tables import flows, loan_words
from sinobel.results import asking_again, contents
from sinobel.results.findings import figure_of, html_of, tell_aside
from sinobel.results.run_folder import Figures, Files, Made, produce_part
from sinobel.runs.ensemble import gather
from sinobel.runs.executors import cores
from sinobel.runs.manifest import Manifest, manifest_of
from sinobel.runs.request import Progress, Request, request_for
from sinobel.runs.trajectories import Loans, yearly_array

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from sinobel.reporting.result_data import ResultData

ATTRIBUTION = {"attribution.csv": "the channels and their total: means add up, medians do not"}
MONEY = {"money.csv": "where each 100 dollars of every Chinese loan went, what was paid back, and its terms"}


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


@dataclass(frozen=True)
class AttributionAsked:
    """Which change is split into channels, and how."""

    request: Request
    scenario: str
    year: int
    key: tuple[str, str]
    ask: Mapping[str, Any]
    followed: Followed

    def splits(self, annual: Any) -> list[splitting.Split]:
        """Every split of the change."""
        return flows.splits_of(annual, self.scenario, self.year, **self.ask)

    def asked_of(self, found: list[splitting.Split]) -> splitting.Split:
        """The split that was asked for."""
        return next(split for split in found if (split.of, split.by) == self.key)


def ask_attribution(
    scenario: str | Path | Scenario,
    against: str | Path | Scenario | None = None,
    *,
    year: Any = 2025,
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
    split = [*([] if against is not None else ["--since", str(start)]), "--of", key[0], "--by", key[1]]
    names = asking_again.names_of(given, policies)
    command = asking_again.command("attribute", names, request, ["--year", str(wanted), *split])

    def fill(run: store.Run, results: store.Results) -> tuple[Files, Figures]:
        found = asked.splits(results.annual)
        run.write("attribution.csv", flows.attribution_table(found))
        return ATTRIBUTION, flows.waterfalls(found, contents.data_of(results))

    chart = "-".join(("attribution", *key)).replace("_", "-").replace(" ", "-")
    words = {"verb": "attribute", "year": wanted, "since": None if against is not None else start}
    followed = Followed(
        request,
        f"attribution-{policies[0].name}-{told}",
        command=command,
        asked=words | {"of": key[0], "by": key[1]},
        chart=chart,
        fill=fill,
    )
    asked = AttributionAsked(request, policies[0].name, year=wanted, key=key, ask=ask, followed=followed)
    return asked


def way(of: str, by: str | None) -> tuple[str, str]:
    """The split that is asked for. Raises InputError for one that does not exist."""
    indicators = list(dict.fromkeys(name for name, _ in splitting.WAYS))
    if of not in indicators:
        message = f" {of!r} cannot be split{nearest(of, indicators)}; choose from {', '.join(indicators)}"
        raise InputError(Problem(message, argument="of"))
    kinds = [kind for name, kind in splitting.WAYS if name == of]
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
    if not isinstance(year, int) or not first <= year <= last:
        raise InputError(Problem(f" {year} is not simulated; choose {first} to {last}", argument="year"))
    if since is not None and (not isinstance(since, int) or not first <= since < year):
        message = f" {since} must be a simulated year before {year}: {first} to {year - 1}"
        raise InputError(Problem(message, argument="since"))


@dataclass(frozen=True, repr=False)
class Attribution:
    """A change split into channels that add up to it in every future.

    Attributes
    ----------
    splits : list[splitting.Split]
        Every split of the change that the model knows.
    split : splitting.Split
        The one that was asked for.
    """

    asked: AttributionAsked
    splits: list[splitting.Split]
    split: splitting.Split
    manifest: Manifest

    def rows(self) -> list[dict[str, Any]]:
        """Channels and their total as tidy rows.

        Returns
        -------
        list[dict[str, Any]]
            One dict a row, the same keys in each.
        """
        return [dict(row) for row in splitting.rows(self.split)]

    def table(self) -> pd.DataFrame:
        """The same as a frame.

        Returns
        -------
        pd.DataFrame
            What `rows` gives, one row each.
        """
        import pandas as pd

        return pd.DataFrame(self.rows())

    @property
    def title(self) -> str:
        """What is split."""
        return title_of(self.split)

    def figure(self) -> Figure:
        """The waterfall.

        Returns
        -------
        Figure
            To show, to save with `savefig`, or to go on drawing on.
        """
        return figure_of(flows.waterfalls([self.split], _data(self.manifest))[self.asked.followed.chart]())

    def save(self, folder: str | Path | None = None, *, replace: bool = False, jobs: int = 1) -> Path:
        """Write the folder that `sinobel attribute` writes, which simulates again; returns where it lies.

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
        return _saved(self.asked.followed, folder, replace=replace, jobs=jobs)

    def __repr__(self) -> str:
        lines = [f"  {row[0]}: {row[1]} (median {row[2]})" for row in flows.channel_rows(self.split)]
        return "\n".join([f"{self.title}, mean:", *lines])

    def _repr_html_(self) -> str:
        return html_of([self.title], self.table())


def title_of(split: splitting.Split) -> str:
    """What a split is of."""
    where = f"against {split.against}" if split.against else f"since {split.since}"
    return f"Change of {split.of} in {split.year}, {split.scenario} {where}, {split.unit}, by {split.by}"


def attribution(asked: AttributionAsked, jobs: int = 1, progress: Progress | None = None) -> Attribution:
    """Simulate what is needed and split the change, in memory."""
    needed = {name for way in splitting.WAYS.values() for name in way.needs}
    shown = [name for name in asked.request.shown if name in needed]
    values = gather(asked.request, ("years",), jobs, None, progress).years
    assert values is not None
    names = [each.name for each in asked.request.scenarios]
    annual = {
        name: yearly_array(
            name,
            values[:, asked.request.shown.index(name)].swapaxes(1, 2),
            names,
            asked.request.first_draw,
            *asked.request.months,
        )
        for name in shown
    }
    found = asked.splits(annual)
    return Attribution(asked, found, asked.asked_of(found), manifest_of(asked.request))


# --- money -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MoneyAsked:
    """Of which scenario and which loans the money is followed."""

    request: Request
    scenario: str
    loan: str
    followed: Followed

    @property
    def title(self) -> str:
        """What the loan or group of loans is called."""
        return loan_words.title(self.loan, self.named)

    @property
    def named(self) -> flows.NamedRows:
        """Rows of the loan book that events of the scenario fill."""
        return flows.named_rows(self.request.scenarios)[self.scenario]

    def story(self, lives: Loans) -> stories.Money:
        """What became of the money."""
        return stories.money(lives, self.scenario, self.loan)


def ask_money(
    scenario: str | Path | Scenario = "baseline",
    *,
    loan: str = "book",
    draws: Any = 2000,
    seed: Any = 2017,
    origin: Any = months.DEFAULT_ORIGIN,
    horizon: Any = months.DEFAULT_HORIZON,
    parameters: str = "posterior",
) -> MoneyAsked:
    """What `money` is asked. Raises InputError for anything that is not allowed."""
    request = request_for(tried([scenario]), draws, seed, origin, horizon, parameters=parameters)
    (policy,) = request.scenarios
    named = flows.named_rows([policy])
    which = flows.loan_named(loan, request.loans, named[policy.name], policy.events)
    command = asking_again.command("money", asking_again.names_of([scenario], [policy]), request, ["--loan", which])

    def fill(run: store.Run, results: store.Results) -> tuple[Files, Figures]:
        run.write("money.csv", flows.money_table(results.loans or {}, named))
        charts = list(dict.fromkeys((which, *stories.GROUPS)))
        return MONEY, flows.sankeys(contents.data_of(results), policy.name, charts, named[policy.name])

    followed = Followed(
        request,
        f"money-{policy.name}",
        command=command,
        asked={"verb": "money", "loan": which},
        chart=f"money-{which}".replace(" ", "-"),
        fill=fill,
    )
    return MoneyAsked(request, policy.name, which, followed)


@dataclass(frozen=True, repr=False)
class Money:
    """Where each 100 dollars of Chinese loans went, and what was paid back for them.

    Attributes
    ----------
    lives : Loans
        The life of every loan, (measures, draws) each.
    story : stories.Money
        What became of the money that was asked about.
    """

    asked: MoneyAsked
    lives: Loans
    story: stories.Money
    manifest: Manifest

    def rows(self) -> list[dict[str, Any]]:
        """Stages and items as tidy rows.

        Returns
        -------
        list[dict[str, Any]]
            One dict a row, the same keys in each.
        """
        return [dict(row) for row in stories.rows(self.story)]

    def table(self) -> pd.DataFrame:
        """The same as a frame.

        Returns
        -------
        pd.DataFrame
            What `rows` gives, one row each.
        """
        import pandas as pd

        return pd.DataFrame(self.rows())

    @property
    def title(self) -> str:
        """Whose money, and how much."""
        with using(self.asked.request.record):
            return signed_in_words(self.asked.title, self.story)

    def figure(self) -> Figure | None:
        """The flows as a chart; None where nothing was signed in any future.

        Returns
        -------
        Figure | None
            To show, to save with `savefig`, or to go on drawing on.
        """
        with using(self.asked.request.record):
            data = _data(self.manifest, {self.asked.scenario: self.lives})
            drawn = flows.sankeys(data, self.asked.scenario, [self.asked.loan], self.asked.named)
            return next((figure_of(draw()) for draw in drawn.values()), None)

    def save(self, folder: str | Path | None = None, *, replace: bool = False, jobs: int = 1) -> Path:
        """Write the folder that `sinobel money` writes, which simulates again; returns where it lies.

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
        return _saved(self.asked.followed, folder, replace=replace, jobs=jobs)

    def __repr__(self) -> str:
        rows = flows.story_rows(self.story)
        lines = [f"  {stage}, {item}: {mean} {unit}" for stage, item, unit, mean, *_ in rows]
        return "\n".join([self.title, *(lines or ["  Nothing of it is signed in any future."])])

    def _repr_html_(self) -> str:
        return html_of([self.title], self.table())


def signed_in_words(title: str, story: stories.Money) -> str:
    """Whose money, and how much of it was signed."""
    signed = story.signed.mean()
    mean = " on average over futures" if float(story.signed.max() - story.signed.min()) >= 0.5 else ""
    fate = loan_words.fate_in_words(stories.rows(story))
    return f"{title}: {signed:,.0f} USD mn signed{mean}" + (f". {fate}" if fate else "")


def money(asked: MoneyAsked, jobs: int = 1, progress: Progress | None = None) -> Money:
    """Simulate and follow the money, in memory."""
    values = gather(asked.request, ("loans",), jobs, None, progress).loans
    assert values is not None
    lives = {name: values[0, :, row].astype(float) for row, name in enumerate(asked.request.loans)}
    return Money(asked, lives, asked.story(lives), manifest_of(asked.request))


def followed_again(request: Request, manifest: Manifest) -> Followed:
    """What a folder of `attribute` or `money` was asked, of its manifest.

    Raises
    ------
    InputError
        For what is not allowed.
    """
    asked = dict(manifest["made"])
    shared: dict[str, Any] = {
        name: getattr(request, name) for name in ("draws", "seed", "origin", "horizon", "parameters")
    }
    verb, last = asked.pop("verb"), request.scenarios[-1]
    known = {"attribute": ("year", "since", "of", "by"), "money": ("loan",)}
    if set(asked) != set(known.get(verb, ())):
        raise InputError(f"what {quoted(verb)} was asked is damaged in this manifest")
    if verb == "money":
        followed = ask_money(last, **asked, **shared).followed
    else:
        against = request.scenarios[0] if len(request.scenarios) > 1 else None
        followed = ask_attribution(last, against, **asked, **shared).followed
    return replace(followed, command=manifest.get("command", followed.command))


def _data(manifest: Manifest, loans: Mapping[str, Loans] | None = None) -> ResultData:
    """What charts of flows take, of results in memory."""
    nothing: Any = None
    return contents.data_of(store.Results(manifest, {}, nothing, None, loans))


def _saved(followed: Followed, folder: str | Path | None, *, replace: bool, jobs: int) -> Path:
    made = followed.write(followed.place if folder is None else Path(folder), cores(jobs), replace=replace)
    tell_aside(made.aside)
    return made.folder
