"""What scenarios change, told in the same words wherever results are told: one sentence a change, with what came of it.

Pages, workbooks, READMEs and the terminal only lay out what stands here; the sentence itself is `Change.in_words`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sinobel.inputs import months
from sinobel.inputs.levers import all_levers
from sinobel.inputs.quantities import Named, label_alone
from sinobel.policies import beyond, event_remarks, idle, lapses
from sinobel.policies.changes import Change, followers
from sinobel.policies.events import Event, in_order
from sinobel.policies.scenarios import Scenario, from_written
from sinobel.reporting.words.came import Came
from sinobel.reporting.words.wording import percent
from sinobel.runs import held
from sinobel.runs.held import Held

if TYPE_CHECKING:
    from sinobel.runs.manifest import Manifest

UNCHANGED = "no change of levers"
NEVER = "never held: in no future and no month"


class InWords:
    """What a scenario changes, told; what changes and events have in common."""

    @property
    def outcome(self) -> str:
        """What came of it; empty for what is ordinary."""
        raise NotImplementedError

    @property
    def why(self) -> str:
        """The reason its author gave, on one line."""
        raise NotImplementedError

    def sentence(self, named: Named = label_alone) -> str:
        """What it sets, or what happens."""
        raise NotImplementedError

    def text(self, named: Named = label_alone, *, why: bool = True) -> str:
        """All of it in one line: sentence, what came of it, why."""
        outcome = f"; {self.outcome}" if self.outcome else ""
        reason = f". Why: {self.why}" if why and self.why else ""
        return f"{self.sentence(named)}{outcome}{reason}"

    @property
    def changes_nothing(self) -> bool:
        """True when no number of the scenario can come from it."""
        return False


@dataclass(frozen=True)
class EventInWords(InWords):
    """An event of a scenario: a loan that is signed, an investment that is made.

    Attributes
    ----------
    remark : str
        Why hardly anything can come of it, or which limits it does not obey; empty for most.
    beyond : str
        How it lies beyond what the record has seen; empty for most.
    drawn : str
        What of a loan for a project is paid out and what lapses at the usual pace; empty for all others.
    """

    event: Event
    remark: str = ""
    beyond: str = ""
    drawn: str = ""

    def sentence(self, named: Named = label_alone) -> str:
        """What is lent or invested, by whom, and when."""
        return self.event.in_words(named)

    @property
    def why(self) -> str:
        """The reason its author gave, and where the figure comes from, on one line."""
        why, source = (" ".join(text.split()) for text in (self.event.why, self.event.source))
        return "; ".join(filter(None, (why, f"source: {source}" if source else "")))

    @property
    def outcome(self) -> str:
        """Why hardly anything follows, which limits it does not obey, what lapses, what was never seen."""
        return "; ".join(filter(None, (self.remark, self.drawn, self.beyond)))


@dataclass(frozen=True)
class ChangeInWords(InWords):
    """A change of a scenario.

    Attributes
    ----------
    held : Held | None
        In which share of futures and months its rule held; None without a rule, or where that was not counted.
    remark : str
        Why nothing, or hardly anything, can come of it; empty for most.
    following : int | None
        Month in which the next change of its kind of the lever begins, which ends it.
    beyond : str
        How it lies beyond what the record or other countries have seen; empty for most.
    """

    change: Change
    held: Held | None = None
    remark: str = ""
    following: int | None = None
    beyond: str = ""

    def sentence(self, named: Named = label_alone) -> str:
        """What it sets, from when until when, and under which conditions."""
        return self.change.in_words(named, self.following)

    @property
    def why(self) -> str:
        """The reason its author gave, on one line."""
        return " ".join(self.change.why.split())

    @property
    def outcome(self) -> str:
        """Where its rule held, why nothing follows, what was never seen; empty for an ordinary change."""
        return "; ".join(filter(None, (held_in_words(self.held), self.remark, self.beyond)))

    @property
    def changes_nothing(self) -> bool:
        """True when no number of the scenario can come from what it sets."""
        return self.remark == idle.SAME or (self.held is not None and self.held.futures == 0)


def held_in_words(share: Held | None) -> str:
    """In which share of futures and months a rule held, an empty text where that is not known."""
    if share is None:
        return ""
    if share.futures == 0:
        return NEVER
    span = f"from {share.start} to {share.until}"
    if share.months == 1:
        return f"held in every future and every month {span}"
    return f"held in {percent(share.futures)} of futures, {percent(share.months)} of all months {span}"


def changes_of(
    scenario: Scenario, origin: str, horizon: str, shares: Mapping[tuple[str, int], Held] = {}
) -> list[ChangeInWords]:
    """The changes of a scenario.

    Parameters
    ----------
    shares : Mapping[tuple[str, int], Held]
        Where rules held, by scenario and place of the change (`held.of_manifest`); nothing before a simulation.
    """
    span = months.parse(origin), months.parse(horizon)
    remarks, unseen = idle.remarks(scenario.changes, *span), beyond.remarks(scenario.changes, *span)
    told = zip(before_a_run(scenario), remarks, unseen, strict=True)
    return [
        replace(each, held=shares.get((scenario.name, index)) if each.change.when else None, remark=remark, beyond=far)
        for index, (each, remark, far) in enumerate(told)
    ]


def events_of(scenario: Scenario, horizon: str) -> list[EventInWords]:
    """The events of a scenario, by month."""
    last, events = months.parse(horizon), in_order(scenario.events)
    late = f"{idle.LAST_MONTH} ({months.label(last)})"
    limits = event_remarks.against_limits(events, scenario.changes)
    unseen = event_remarks.beyond(events, last)
    return [
        EventInWords(
            each,
            "; ".join(filter(None, (late if each.start == last else "", limit))),
            far,
            lapses.in_words(each, last),
        )
        for each, limit, far in zip(events, limits, unseen, strict=True)
    ]


def told_of(
    scenario: Scenario, origin: str, horizon: str, shares: Mapping[tuple[str, int], Held] = {}
) -> list[InWords]:
    """The changes of a scenario, as `changes_of` has them, and then its events."""
    return [*changes_of(scenario, origin, horizon, shares), *events_of(scenario, horizon)]


def before_a_run(scenario: Scenario) -> list[ChangeInWords]:
    """The changes of a scenario without the dates of a run, so without what comes of them."""
    follows = followers(scenario.changes)
    return [
        ChangeInWords(change, following=following) for change, following in zip(scenario.changes, follows, strict=True)
    ]


def changes_of_manifest(manifest: Manifest) -> dict[str, list[ChangeInWords]]:
    """The changes of every scenario of a manifest, by its name.

    Raises
    ------
    InputError
        Where the manifest is damaged.
    """
    request, shares = manifest["request"], held.of_manifest(manifest)
    policies = [from_written(entry) for entry in request["scenarios"]]
    return {each.name: changes_of(each, request["origin"], request["horizon"], shares) for each in policies}


def told_of_manifest(manifest: Manifest) -> dict[str, list[InWords]]:
    """The changes and events of every scenario of a manifest, by its name.

    Raises
    ------
    InputError
        Where the manifest is damaged.
    """
    request, changes = manifest["request"], changes_of_manifest(manifest)
    events = {each.name: events_of(each, request["horizon"]) for each in map(from_written, request["scenarios"])}
    return {name: [*changes[name], *events[name]] for name in changes}


def lines(manifest: Manifest, named: Named = label_alone) -> dict[str, list[str]]:
    """The changes and events of every scenario in whole sentences, by its name; UNCHANGED for one without any."""
    return {
        name: [each.text(named) for each in found] or [UNCHANGED] for name, found in told_of_manifest(manifest).items()
    }


def outcomes(manifest: Manifest) -> list[str]:
    """What came of rules, of which changes nothing can come, which lie beyond experience: one line for each."""
    return [
        f"{name}: {each.text(why=False)}"
        for name, found in told_of_manifest(manifest).items()
        for each in found
        if each.outcome
    ]


def without_effect(manifest: Manifest) -> list[str]:
    """Names of the scenarios that have changes, none of which changes anything."""
    return [
        name
        for name, found in told_of_manifest(manifest).items()
        if found and all(each.changes_nothing for each in found)
    ]


def came_of_manifest(manifest: Manifest) -> dict[str, list[Came]]:
    """Of every scenario the changes of which nothing can come, and the rules with where they held."""
    return {
        name: [
            Came(all_levers()[each.change.lever].label, (each.held.futures, each.held.months) if each.held else None)
            for each in found
            if each.held or each.changes_nothing
        ]
        for name, found in changes_of_manifest(manifest).items()
    }


def beyond_in_words(manifest: Manifest, most: int = 2, scenario: str = "") -> str:
    """A sentence on what scenarios set beyond experience, for the foot of charts and the top of a page; else empty.

    Parameters
    ----------
    most : int
        Changes that are told; of more only the number.
    scenario : str
        The only one that is asked about; empty for all.
    """
    titles = {entry["name"]: entry["title"] or entry["name"] for entry in manifest["request"]["scenarios"]}
    found = [
        f"“{titles[name]}”: {_never_seen(each)}"
        for name, told in told_of_manifest(manifest).items()
        for each in told
        if scenario in ("", name) and isinstance(each, ChangeInWords | EventInWords) and each.beyond
    ]
    if not found:
        return ""
    rest = f", and {len(found) - most} more" if len(found) > most else ""
    return f"Beyond what has been seen: {'; '.join(found[:most])}{rest}."


def _never_seen(told: ChangeInWords | EventInWords) -> str:
    """What of a change or an event has never been seen, in a few words."""
    if isinstance(told, EventInWords):
        return f"{told.event.name} (more in a year than in any of the record)"
    lever = all_levers()[told.change.lever]
    return f"{lever.label} (seen: {lever.experienced})"


def nothing_in_words(titles: Sequence[str]) -> str:
    """A sentence on scenarios without effect, an empty text without any."""
    if not titles:
        return ""
    named = " and ".join(f"“{title}”" for title in titles)
    one = len(titles) == 1
    return (
        f"{named} {'changes' if one else 'change'} nothing: what {'it sets' if one else 'they set'} is so anyway, or "
        f"{'its' if one else 'their'} rules never held."
    )
