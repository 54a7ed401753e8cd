"""What `money` is asked, what it finds and the folder of it; and what a folder of it or of `attribute` was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinobel import store
from sinobel.analysis import money as stories
from sinobel.inputs import months
from sinobel.inputs.evidence import using
from sinobel.inputs.reading import InputError, Problem, quoted, shown
from sinobel.policies.scenarios import Scenario, tried
from sinobel.reporting.tables import flows, loan_words
from sinobel.results import asking_again, contents
from sinobel.results.findings import figure_of
from sinobel.results.followed import Answer, Followed, in_memory
from sinobel.results.page_of_folder import asked_of, money_rows
from sinobel.results.run_folder import Figures, Files
from sinobel.results.why import ask_attribution, chosen
from sinobel.runs.ensemble import gather
from sinobel.runs.manifest import Manifest, manifest_of
from sinobel.runs.request import Progress, Request, request_for
from sinobel.runs.trajectories import Loans

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sinobel.reporting.result_data import Rows

MONEY = {"money.csv": "where each 100 dollars of every Chinese loan went, what was paid back, and its terms"}


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
class Money(Answer):
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

    @property
    def verdicts(self) -> list[str]:
        """Whose money, and how much."""
        return [self.title]

    @property
    def title(self) -> str:
        """The same, as a title."""
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
            data = in_memory(self.manifest, {self.asked.scenario: self.lives})
            drawn = flows.sankeys(data, self.asked.scenario, [self.asked.loan], self.asked.named)
            return next((figure_of(draw()) for draw in drawn.values()), None)

    def __repr__(self) -> str:
        rows = flows.story_rows(stories.rows(self.story))
        lines = [f"  {stage}, {item}: {mean} {unit}" for stage, item, unit, mean, *_ in rows]
        return "\n".join([self.title, *(lines or ["  Nothing of it is signed in any future."])])


def signed_in_words(title: str, story: stories.Money) -> str:
    """Whose money, and how much of it was signed."""
    signed = float(story.signed.mean())
    same = float(story.signed.max() - story.signed.min()) < 0.5
    return _signed(title, signed, stories.rows(story), mean=not same)


def _signed(title: str, signed: float, rows: Sequence[Mapping[str, Any]], *, mean: bool) -> str:
    fate = loan_words.fate_in_words(rows)
    said = f"{title}: {signed:,.0f} USD mn signed{' on average over futures' if mean else ''}"
    return said + (f". {fate}" if fate else "")


def money_of_folder(folder: Path, scenario: str | None, loan: str) -> tuple[str, Rows, int]:
    """Whose money and how much of it was signed, the rows of it, and the year of the origin, of a finished folder.

    Parameters
    ----------
    scenario : str | None
        One of the folder; the first, where none is named.
    loan : str
        As in `ask_money`.

    Raises
    ------
    InputError
        For a folder, a scenario or a loan that is not there.
    """
    _, request = asked_of(folder)
    policy, every = chosen(request.scenarios, scenario), money_rows(folder)
    if not every:
        needed = "money.csv, which holds where loans went, is not here"
        raise InputError(Problem(needed, shown(folder), hint="{rerun()} makes it anew"))
    with using(request.record):
        named = flows.named_rows([policy])[policy.name]
        which = flows.loan_named(loan, request.loans, named, policy.events)
        rows = [row for row in every if (row["scenario"], row["loan"]) == (policy.name, which)]
        title = loan_words.title(which, named)
        told = _signed(title, float(rows[0]["signed_usd_mn"]), rows, mean=which not in named) if rows else title
        return told, rows, months.year(months.parse(request.origin))


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
