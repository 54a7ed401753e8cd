"""A scenario: dated changes of levers and events, made from another by adding to it.

What a file can get wrong, an argument can too, so both are read by the same readers.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from typing import Any

from sinobel.inputs import months
from sinobel.inputs.characters import unprintable
from sinobel.inputs.levers import Value
from sinobel.inputs.quantities import Named, label_alone, label_and_name
from sinobel.inputs.reading import InputError, Problem, as_file_name, digest, in_quotes
from sinobel.inputs.toml_text import Lines
from sinobel.inputs.values import names
from sinobel.policies import as_toml
from sinobel.policies import events as dated_events
from sinobel.policies import focus as told_first
from sinobel.policies.changes import Change, clashes, conflicts, read_change, sentences
from sinobel.policies.event_reading import read_event
from sinobel.policies.events import Event
from sinobel.policies.focus import Focus, together
from sinobel.policies.packages import read_package

BASELINE = "baseline"
EVENTS = ("loan", "investment")
LONGEST_WRITTEN = 10_000  # of the texts in a manifest, where titles of stacked scenarios stand together
_REASONS = ("why", "source")  # no number rests on them


@dataclass(frozen=True, repr=False)
class Scenario:
    """A named set of dated changes and events. Make one with `sinobel.scenario`, or from another with `with_change`.

    Attributes
    ----------
    name : str
        By which results and charts call it.
    title : str
        A few words for charts.
    question : str
        What it asks.
    changes : tuple[Change, ...]
        Which lever is set to what, from when until when, and why.
    events : tuple[Event, ...]
        Which loans are signed and which investments made, when, and why.
    focus : Focus
        Indicators and years that answers tell first; what is left open the program finds.
    replaced : tuple[str, ...]
        What the scenario that it extends has and it has not, in words; it sets these levers or events anew.
    """

    name: str
    title: str = ""
    question: str = ""
    changes: tuple[Change, ...] = ()
    events: tuple[Event, ...] = ()
    focus: Focus = field(default_factory=Focus)
    replaced: tuple[str, ...] = field(default=(), compare=False)

    def __repr__(self) -> str:
        titled = f": {self.title}" if self.title else ""
        told = [f"  {each}" for each in in_sentences(self, label_and_name)]
        return "\n".join([f"<scenario {self.name}{titled}>", *told])

    def _repr_html_(self) -> str:
        changes = "".join(f"<li>{escape(each)}</li>" for each in in_sentences(self, label_and_name))
        head = f"<b>{escape(self.name)}</b>" + (f": {escape(self.title)}" if self.title else "")
        question = f"<p>{escape(self.question)}</p>" if self.question else ""
        return f"<div>{head}{question}<ul>{changes}</ul></div>"

    def with_change(
        self,
        lever: str,
        value: Value | None = None,
        *,
        start: str,
        until: str | None = None,
        scale: float | None = None,
        when: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
        why: str = "",
        name: str | None = None,
    ) -> Scenario:
        """The scenario with one more change.

        Parameters
        ----------
        lever : str
            For example "china.tied_share".
        value : Value | None
            Replaces the lever in every draw; or give `scale`.
        start : str
            First month, "2018-01".
        until : str | None
            Last month, included; without one the change stays.
        scale : float | None
            Multiplies the lever instead of replacing it.
        when : Mapping[str, Any] | Sequence[Mapping[str, Any]] | None
            A rule of state, {"indicator": "debt_to_gdp", "above": 0.4}, or a list of conditions that must all hold: the
            change holds in those draws and months in which they held the month before.
        why : str
            The reason, as results tell it.
        name : str | None
            Of the new scenario, by which charts call it; that of the old one and the lever.

        Returns
        -------
        Scenario
            A new one; this one stays as it is.

        Raises
        ------
        InputError
            With what is allowed when it does not fit.

        Examples
        --------
        >>> import sinobel
        >>> sinobel.scenario("baseline").with_change("china.tied_share", 0.4, start="2018-01").name
        'baseline + china.tied_share'
        """
        entry: dict[str, Any] = {"lever": lever, "from": start, "why": why or None, "until": until}
        rule = dict(when) if isinstance(when, Mapping) else list(when) if isinstance(when, tuple) else when
        entry |= {"value": value, "scale": scale, "when": rule}
        change, problems = read_change(
            {key: content for key, content in entry.items() if content is not None}, "", Lines(0), ("change", 0)
        )
        if change and not problems:
            problems += clashes([*self.changes, change])
        if problems or change is None:
            raise InputError(_of_arguments(problems))
        return self._changed(name or f"{self.name} + {lever}", changes=(*self.changes, change))

    def with_loan(
        self,
        loan: str,
        *,
        lender: str,
        amount: float,
        signed: str,
        project: str = "",
        sector: str = "",
        instrument: str = "",
        tied_share: float | None = None,
        interest: float | None = None,
        grace: float | None = None,
        maturity: float | None = None,
        guaranteed: float | None = None,
        why: str = "",
        source: str = "",
        name: str | None = None,
    ) -> Scenario:
        """The scenario with a loan that a lender signs, whatever lenders decide in the model.

        Parameters
        ----------
        loan : str
            Its name, by which results call it.
        lender : str
            "china", "russia", "imf", "multilateral" or "bonds".
        amount : float
            USD mn.
        signed : str
            Month, "2018-05".
        project : str
            What it builds.
        sector, instrument : str
            Of a Chinese loan; "untied" is paid out at once, all others are drawn as work goes on.
        tied_share, interest, grace, maturity, guaranteed : float | None
            Terms, fractions and years; what is left out is as the lender usually asks.
        why, source : str
            The reason, and where the figure comes from.
        name : str | None
            Of the new scenario, by which charts call it; that of the old one and the loan.

        Returns
        -------
        Scenario
            A new one; this one stays as it is.

        Raises
        ------
        InputError
            With what is allowed when it does not fit.

        Examples
        --------
        >>> import sinobel
        >>> sinobel.scenario("baseline").with_loan("plant", lender="china", amount=1000, signed="2018-05").name
        'baseline + plant'
        """
        entry = {"lender": lender, "amount": amount, "signed": signed, "project": project, "sector": sector}
        entry |= {"instrument": instrument, "tied_share": tied_share, "interest": interest, "grace": grace}
        entry |= {"maturity": maturity, "guaranteed": guaranteed, "why": why, "source": source}
        return self._with_event("loan", {"name": loan} | entry, name)

    def with_investment(
        self,
        investment: str,
        *,
        investor: str,
        start: str,
        until: str | None = None,
        amount: float | None = None,
        amount_a_year: float | None = None,
        sector: str = "",
        why: str = "",
        source: str = "",
        name: str | None = None,
    ) -> Scenario:
        """The scenario with direct investment, beside what investors decide in the model.

        Parameters
        ----------
        investment : str
            Its name, by which results call it.
        investor : str
            "china" or "elsewhere".
        start, until : str
            First and last month, "2018-01"; without the last one it goes on to the horizon.
        amount, amount_a_year : float | None
            USD mn in all, or in each year: one of both.
        sector : str
            Where it goes.
        why, source : str
            The reason, and where the figure comes from.
        name : str | None
            Of the new scenario, by which charts call it; that of the old one and the investment.

        Returns
        -------
        Scenario
            A new one; this one stays as it is.

        Raises
        ------
        InputError
            With what is allowed when it does not fit.

        Examples
        --------
        >>> import sinobel
        >>> base = sinobel.scenario("baseline")
        >>> base.with_investment("park", investor="china", start="2018-01", amount_a_year=100).name
        'baseline + park'
        """
        entry = {"investor": investor, "from": start, "until": until, "amount": amount, "sector": sector}
        entry |= {"amount_a_year": amount_a_year, "why": why, "source": source}
        return self._with_event("investment", {"name": investment} | entry, name)

    def with_package(
        self, package: str, *, start: str, until: str | None = None, why: str = "", name: str | None = None
    ) -> Scenario:
        """The scenario with a package that ships: changes and events that belong together.

        Parameters
        ----------
        package : str
            For example "imf-program".
        start, until : str
            First and last month, "2018-01"; what it holds is dated from the first.
        why : str
            The reason, for what has none of its own.
        name : str | None
            Of the new scenario, by which charts call it; that of the old one and the package.

        Returns
        -------
        Scenario
            A new one; this one stays as it is.

        Raises
        ------
        InputError
            With the packages there are, or where it sets a lever that the scenario sets in the same months.

        Examples
        --------
        >>> import sinobel
        >>> len(sinobel.scenario("baseline").with_package("imf-program", start="2018-01").events)
        6
        """
        entry = _given({"name": package, "from": start, "until": until, "why": why})
        made, problems = read_package(entry, "", Lines(0), ("package", 0))
        changes, events = (*self.changes, *made.changes), (*self.events, *made.events)
        problems += clashes(changes) + dated_events.clashes(events)
        if problems:
            raise InputError(_of_arguments(problems))
        return self._changed(name or f"{self.name} + {package}", changes=changes, events=events)

    def with_focus(
        self, about: str | Iterable[str] = (), years: int | Iterable[int] = (), name: str | None = None
    ) -> Scenario:
        """The scenario with what is told first of it; no number depends on that.

        Parameters
        ----------
        about : str | Iterable[str]
            Indicators, "potash_revenue" or several; none leaves them to the program.
        years : int | Iterable[int]
            Years, 2018 or several; none leaves them to the program.
        name : str | None
            Of the new scenario; that of the old one.

        Returns
        -------
        Scenario
            A new one; this one stays as it is.

        Raises
        ------
        InputError
            For what is no indicator, with the nearest name, or no year.

        Examples
        --------
        >>> import sinobel
        >>> sinobel.scenario("baseline").with_focus("potash_revenue", years=[2018, 2019]).focus.years
        (2018, 2019)
        """
        entry = {"about": list(names(about)), "years": list(names([years] if isinstance(years, int) else years))}
        focus, problems = told_first.read(entry, "", Lines(0))
        if problems:
            raise InputError(problems)
        return replace(self, name=name or self.name, focus=focus)

    def _with_event(self, kind: str, entry: Mapping[str, Any], name: str | None) -> Scenario:
        event, problems = read_event(kind, _given(entry), "", Lines(0), (kind, 0))
        if event and not problems:
            problems += dated_events.clashes([*self.events, event])
        if problems or event is None:
            raise InputError(_of_arguments(problems))
        return self._changed(name or f"{self.name} + {event.name}", events=(*self.events, event))

    def _changed(self, name: str, **parts: Any) -> Scenario:
        """With other changes or events: it is called by its name, since its title and question are those of another."""
        return replace(self, name=name, title="", question="", **parts)

    def with_changes_of(self, *others: Scenario) -> Scenario:
        """The scenario and others stacked on it.

        Parameters
        ----------
        others : Scenario
            Scenarios whose changes are added, in order.

        Returns
        -------
        Scenario
            A new one, its name joined with +.

        Raises
        ------
        InputError
            Where two set the same lever in the same months, or one is stacked on itself.
        """
        stacked = (self, *others)
        if twice := _stacked_twice(stacked):
            raise InputError(twice)
        changes = tuple(dict.fromkeys(change for each in stacked for change in each.changes))
        events = tuple(dict.fromkeys(event for each in stacked for event in each.events))
        problems = conflicts([(each.name, each.changes) for each in stacked]) or clashes(changes)
        if problems := [*problems, *dated_events.clashes(events)]:
            raise InputError(problems)
        titles = " + ".join(each.title or each.name for each in stacked)
        questions = dict.fromkeys(each.question for each in stacked if each.question and each.name != BASELINE)
        focus = together(each.focus for each in stacked)
        return Scenario(
            " + ".join(each.name for each in stacked), titles, " ".join(questions), changes, events, focus=focus
        )

    def save(self, path: str | Path) -> Path:
        """Write the scenario as a scenario file, which gives the same policy wherever one is named.

        Everything that it has from others or from packages stands in the file by itself. In results it is then called
        by the name of the file.

        Parameters
        ----------
        path : str | Path
            Of a new file that ends with .toml; one that holds the same already is left as it is.

        Returns
        -------
        Path
            The file.

        Raises
        ------
        InputError
            Where something else has this name, which stays as it is, or for another ending.

        Examples
        --------
        >>> import sinobel, tempfile
        >>> mine = sinobel.scenario("baseline").with_change("china.tied_share", 0.4, start="2018-01")
        >>> file = mine.save(tempfile.mkdtemp() + "/mine.toml")
        >>> sinobel.scenario(file).digest == mine.digest
        True
        """
        return as_toml.save(self.as_written(), Path(path))

    def check_dates(self, origin: int, horizon: int) -> list[Problem]:
        """Problems of changes and events that start or end outside the months that are simulated.

        Parameters
        ----------
        origin : int
            Number of the month that opens the books.
        horizon : int
            Number of the last month.

        Returns
        -------
        list[Problem]
            Nothing when all is well.
        """
        dated = (*self.changes, *self.events)
        problems = [problem for each in dated for problem in each.refuse_dates(origin, horizon)]
        return problems + self.focus.refuse_dates(months.year(origin) + 1, months.year(horizon))

    def refuse_texts(self) -> list[str]:
        """Why its texts cannot stand on charts and in tables; files are checked when they are read.

        Returns
        -------
        list[str]
            A sentence for each reason; nothing when all is well.
        """
        texts = {"name": self.name, "title": self.title, "question": self.question}
        found = [
            f'"{key}" of a scenario {why}' for key, text in texts.items() if (why := unprintable(text, LONGEST_WRITTEN))
        ]
        return found + ["the name of a scenario has several lines"] * ("\n" in self.name)

    @property
    def folder_name(self) -> str:
        """Its name as part of the name of a results folder."""
        return as_file_name(self.name.replace(" + ", "-with-"))

    def as_written(self) -> dict[str, Any]:
        """Everything that identifies the scenario, ready for JSON.

        Returns
        -------
        dict[str, Any]
            What a manifest holds of it.
        """
        written: dict[str, Any] = {
            "name": self.name,
            "title": self.title,
            "question": self.question,
            **self.focus.as_written(),
            "change": [change.as_written() for change in self.changes],
        }
        for kind in EVENTS:
            if entries := [event.as_written() for event in self.events if event.kind == kind]:
                written[kind] = entries
        return written

    @property
    def digest(self) -> str:
        """Hash of the changes and events: two scenarios with the same have the same.

        Where Chinese loans of one month do not stand by name, the rows of the loan book that they fill count too.
        """
        ordered = sorted(self.changes, key=lambda change: (change.lever, change.start, bool(change.when)))
        by_name = sorted(self.events, key=lambda event: event.name)
        dated = [*ordered, *by_name]
        content: list[Any] = [{k: v for k, v in each.as_written().items() if k not in _REASONS} for each in dated]
        rows = dated_events.rows_of_projects(self.events)
        if rows != dated_events.rows_of_projects(by_name):
            content.append(rows)  # names do not tell which loan of a month fills which row
        return digest(json.dumps(content, sort_keys=True))


def in_sentences(scenario: Scenario, named: Named = label_alone) -> list[str]:
    """What a scenario changes and what happens in it, a sentence each; changes first, then events by month.

    Parameters
    ----------
    named : Named
        How a lever or indicator is called.
    """
    events = dated_events.in_order(scenario.events)
    return [*sentences(scenario.changes, named), *(each.in_words(named) for each in events)]


def _stacked_twice(stacked: Sequence[Scenario]) -> list[Problem]:
    """Scenarios that stand in a stack more than once: whoever writes that means two, and would get one."""
    count = Counter((each.name, each.digest) for each in stacked)
    return [
        Problem(f"{in_quotes(name)} is stacked on itself; name each scenario of a stack once")
        for (name, _), times in count.items()
        if times > 1
    ]


def _given(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments that were given, as a table of a file would have them."""
    return {
        key: value for key, value in entry.items() if value is not None and not (isinstance(value, str) and not value)
    }


def _of_arguments(problems: Sequence[Problem]) -> list[Problem]:
    """What is wrong, in the words of arguments: what a file calls "from" is called start there."""
    return [
        replace(each, message=each.message.replace('"from"', "start").replace("example from =", "example start ="))
        for each in problems
    ]
