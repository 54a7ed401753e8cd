"""`model/MAGNITUDES.md`: what 25 levers do, beside what was expected of them before they were measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sinobel.analysis.expected import INSIDE, VERDICTS, verdict
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.levers import all_levers
from sinobel.inputs.literature import named_in, not_read
from sinobel.inputs.magnitudes import Experiment, Look, Magnitudes, all_magnitudes, measured
from sinobel.reporting.documents.trust import markdown

Rows = Mapping[tuple[str, str], Mapping[str, str]]
NOT_RUN = "not run"
HEAD = """# Magnitudes

Twenty-five settings of levers, each against the baseline on the same futures, and what an economist with the record,
the paper and the literature to 2016 expected of them. The expectations stand in [magnitudes.toml](magnitudes.toml) and
were written before the run that they judge. No parameter was set so that one is met, but wrong signs were where
rules were looked at (T31: potash calls for no parts), and the count did not rise by it: 147 at the first look (T70),
140 after the phase (T17), 142 with prices that catch up (T19), 140 and 142 after the refits (T34, T38). Written with
the rest; measured by `python benchmarks/magnitudes.py`.
"""
READING = """
**Reading.** Measured is the median of paired differences and, in brackets, their range in eight of ten futures. A sign
of 0 says that the arithmetic gives nothing worth telling, ? that the economics leaves the sign open. *Inside* looks at
the median alone: the range is what the model does not know, and says so. A miss asks for a mechanism with a source of
its own. Behind a source stands which of its works are cited from memory: not found since, or without the figure that
is taken from them ([ODD.md](ODD.md) tells of each).
"""


def page() -> str:
    """The whole page."""
    asked, found = all_magnitudes(), measured()
    parts = [HEAD, _summary(asked, found), READING, "\n## What is looked at\n\n", _looks(asked)]
    parts += [_experiment(experiment, asked, found) for experiment in asked.experiments.values()]
    return "".join(parts)


def judged(asked: Magnitudes, found: Rows) -> Mapping[tuple[str, str], str]:
    """A verdict for each expectation; "not run" where nothing was measured against these very expectations."""
    words = {}
    for experiment in asked.experiments.values():
        for name, expectation in experiment.expectations.items():
            row = found.get((experiment.name, name))
            known = row is not None and row["expectations"] == asked.digest
            words[experiment.name, name] = verdict(expectation, float(row["p50"])) if row and known else NOT_RUN
    return words


def _signed(asked: Magnitudes, words: Mapping[tuple[str, str], str]) -> str:
    """How many medians lie inside of those that are expected to have a sign."""
    found = [
        words[experiment.name, name] == INSIDE
        for experiment in asked.experiments.values()
        for name, expectation in experiment.expectations.items()
        if expectation.sign in ("+", "-")
    ]
    return f"{sum(found)} of {len(found)}"


def _summary(asked: Magnitudes, found: Rows) -> str:
    words = judged(asked, found)
    counts = Counter(words.values())
    if counts[NOT_RUN]:
        return f"\nExpectations {asked.digest}: {counts[NOT_RUN]} of {len(words)} were not measured against them yet.\n"
    row = next(iter(found.values()))
    outside = ", ".join(f"{counts[word]} {word}" for word in VERDICTS if word != INSIDE)
    told = (
        f"\n**{counts[INSIDE]} of {len(words)} medians lie inside** ({outside}), over {int(row['draws']):,} futures "
        f"with seed {row['seed']}; code {row['code']}, expectations {asked.digest}. Where a sign is expected, and not "
        f"next to nothing or either way, {_signed(asked, words)} do.\n\n"
    )
    header = ["setting", *asked.looks, "inside"]
    rows = []
    for name in asked.experiments:
        own = [words[name, indicator] for indicator in asked.looks]
        rows.append([f"[{asked.experiments[name].title}](#{_anchor(asked.experiments[name].title)})", *own])
        rows[-1].append(f"{own.count(INSIDE)} of {len(own)}")
    total = [f"{sum(words[name, each] == INSIDE for name in asked.experiments)}" for each in asked.looks]
    rows.append(["**inside**", *total, f"{counts[INSIDE]} of {len(words)}"])
    return told + markdown(header, rows)


def _anchor(title: str) -> str:
    """The name that a heading has as a link."""
    return "".join(sign for sign in title.lower().replace(" ", "-") if sign.isalnum() or sign in "-_")


def _looks(asked: Magnitudes) -> str:
    rows = [
        [f"`{look.indicator}`", all_indicators()[look.indicator].label, look.unit, _years(look), look.why]
        for look in asked.looks.values()
    ]
    return markdown(["indicator", "meaning", "unit", "years", "why"], rows)


def _years(look: Look) -> str:
    first, last = look.years
    where = f"end of year {last}" if look.read == "end" else f"mean of years {first} to {last}"
    return f"{where} after the origin{', percent of the baseline' if look.amount == 'percent' else ''}"


def _experiment(experiment: Experiment, asked: Magnitudes, found: Rows) -> str:
    words = judged(asked, found)
    rows = []
    for name, each in experiment.expectations.items():
        row = found.get((experiment.name, name))
        word = words[experiment.name, name]
        size = (
            ""
            if row is None or word == NOT_RUN
            else f"{_told(row['p50'])} [{_told(row['p10'])} to {_told(row['p90'])}]"
        )
        expected = f"{_told(each.low)} to {_told(each.high)}"
        marked = word if word == INSIDE else f"**{word}**"
        rows.append([f"`{name}`", asked.looks[name].unit, each.sign, expected, each.why, size, marked])
    header = ["indicator", "unit", "sign", "expected", "because", "measured", "verdict"]
    whys = " ".join(each.why for each in experiment.expectations.values())
    from_memory = not_read(named_in(f"{experiment.reason} {experiment.source} {whys}"))
    told = f"{_setting(experiment)}. {experiment.reason}\n\nSource: {experiment.source}. {from_memory}".rstrip()
    return f"\n## {experiment.title}\n\n{told}\n\n" + markdown(header, rows)


def _setting(experiment: Experiment) -> str:
    if "scenario" in experiment.setting:
        return f"Scenario `{experiment.setting['scenario']}`"
    lever = all_levers()[experiment.setting["lever"]]
    return f"`{lever.name}` = {lever.in_words(experiment.setting['value'])} from the first month on"


def _told(number: float | str) -> str:
    value = float(number)
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
