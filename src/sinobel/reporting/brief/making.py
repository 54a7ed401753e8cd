"""What the brief of some results says: the answer, four pictures, a table, and what speaks against it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from textwrap import shorten

from sinobel.analysis import circumstances
from sinobel.analysis.worth import Fact
from sinobel.inputs.indicators import all_indicators
from sinobel.reporting.brief import causes, doubts, figures, natural
from sinobel.reporting.brief.content import Brief, Graph, Masthead
from sinobel.reporting.brief.strings import word
from sinobel.reporting.charts.lettering import shortened
from sinobel.reporting.result_data import ResultData
from sinobel.reporting.words import answer, facts
from sinobel.reporting.words.wording import plain
from sinobel.runs.manifest import caption

PICTURES = 4
FIRST = ("balance_with_china", "exports_to_china", "debt_to_china", "income_per_head", "reserves", "real_gdp")
"""What is drawn where options move less than pictures have room for."""
LONGEST, LONGEST_TITLE = 330, 110
_CITED = re.compile(r"[^,]*, (?P<years>\d{4} to \d{4}),.*\[(?P<source>[^\[\]]*)\]", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.?!]) (?=[A-Z“])(?![^“”]*”)")
_CLAUSE = re.compile(r"; (?![^“”]*”)")
"""Ends of sentences and of clauses; a title, between its marks, is never cut."""
SCORED = 3
"""Indicators of which past forecasts are told beside those of the headlines."""
SOURCES, LONGEST_SOURCE = 4, 200
OTHERS = ("months_without_contract", "potash_contract_price")
"""What the answer of a single scenario tells besides."""


def needed() -> list[str]:
    """Indicators that a brief may tell, of which alone the years need to be read."""
    told = [name for name, each in all_indicators().items() if each.told]
    counted = [*natural.MEASURES, natural.GDP, natural.IMPORTS, *circumstances.CIRCUMSTANCES]
    return list(dict.fromkeys([*told, *FIRST, *counted, *OTHERS, *causes.needed()]))


def brief(data: ResultData, masthead: Masthead, notice: str = "") -> Brief:
    """The brief of results.

    Parameters
    ----------
    masthead : Masthead
        What its author writes on it; without a title, that of the option or scenario.
    notice : str
        What a reader must know of the folder; empty where nothing has changed.
    """
    told = strongest(data)
    said = [part for each in sentences(data) for part in parts(plain(each))]
    pictures = drawn(data, told)
    footer = f"{caption(data.manifest)}; results {data.manifest['result']}, {_hashes(data)}"
    untranslated = word("untranslated", masthead.language)
    return Brief(
        masthead=_titled(masthead, data),
        question=shortened(_question(data), LONGEST),
        sentence=said[0] if said else "",
        others=said[1:6],
        pictures=pictures,
        table=natural.table(data, masthead.language),
        changes=[plain(each) for each in doubts.of_change(data, told[0])] if told else doubts.of_level(data),
        before=_before(data),
        sources=_sources(data, [told[0].indicator] if told else []),
        footer=footer,
        notes=[plain(each) for each in (notice, data.basis.beyond, untranslated) if each],
        why=causes.why(data, masthead.language),
    )


def _before(data: ResultData) -> list[str]:
    """How past forecasts fared: those of the headlines, and of what the answer tells first."""
    general = plain(answer.trust(data.basis.track_record)) or "Its past forecasts have not been scored yet."
    told = [*data.focus.of, *data.leading][:SCORED]
    own = plain(answer.trust_of(data.called(told), data.basis.next_year, answer.HEADLINES))
    return [general, *([own] if own else [])]


def sentences(data: ResultData) -> list[str]:
    """What is told of each option, or of the one scenario, the most important first."""
    if not data.options:
        return answer.answer(_asked(data))
    return facts.sentences(data.told, data.titles, data.basis.came())


def parts(text: str) -> list[str]:
    """A text in pieces of no more than some letters, cut where a sentence or a clause ends: a cut within says less."""
    found = [""]
    for sentence in _SENTENCE.split(text):
        told = [sentence]
        if len(sentence) > LONGEST:
            first, *more = _CLAUSE.split(sentence)
            told = [f"{first.removesuffix('.')}.", *(f"{_begun(each.removesuffix('.'))}." for each in more)]
        for piece in told:
            if found[-1] and len(found[-1]) + len(piece) >= LONGEST:
                found.append("")
            found[-1] = f"{found[-1]} {piece}".strip()
    return found


def _begun(clause: str) -> str:
    """A clause as a sentence of what the one before spoke of."""
    return f"I{clause[1:]}" if clause.startswith("it ") else f"It {clause}"


def _asked(data: ResultData) -> answer.AnswerData:
    return answer.AnswerData(
        data.annual,
        data.reference,
        data.titles,
        data.recorded,
        data.origin,
        events=data.event_rows,
        focus=data.focus,
        came=data.basis.came(),
        stated=data.stated,
    )


def strongest(data: ResultData) -> list[Fact]:
    """What the option that moves most does that is large and sure enough, the weightiest first.

    Without what is so or not: doubts are told of numbers, and of that the answer tells all that there is.
    """
    if not data.options:
        return []
    most = max(data.told.values(), key=lambda told: told.weight)
    asked = [fact for fact in most.asked if fact.material and fact.sure]
    return [fact for fact in (*asked, *most.found) if not fact.held]


def drawn(data: ResultData, told: Sequence[Fact]) -> list[Graph]:
    """Four pictures: what options change first, then where that leaves it, then what else they change."""
    names = list(dict.fromkeys([*data.focus.of, *(fact.indicator for fact in told), *FIRST]))
    names = [name for name in names if name in data.annual]
    if not data.options:
        return [figures.level(data, name) for name in names[:PICTURES]]
    first = replace(figures.change(data, names[0]), title=figures.changes_of(data, names[0]))
    found = [first, figures.level(data, names[0])]
    return found + [figures.change(data, name) for name in names[1 : PICTURES - 1]]


def _titled(masthead: Masthead, data: ResultData) -> Masthead:
    if masthead.title:
        return masthead
    by_weight = sorted(data.options, key=lambda name: -data.told[name].weight)
    names = [data.titles[name] for name in by_weight or data.titles]
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return replace(masthead, title=shortened(names[0], LONGEST_TITLE) + more)


def _question(data: ResultData) -> str:
    asked = {each["name"]: each["question"] for each in data.manifest["request"]["scenarios"]}
    names = data.options or list(asked)
    if len(names) == 1:
        return str(asked[names[0]])
    return f"What do {len(names)} options change against “{data.titles[data.reference]}”?"


def _hashes(data: ResultData) -> str:
    kept = data.manifest["hashes"]
    return ", ".join(f"{name} {str(kept[name])[:8]}" for name in ("code", "parameters", "evidence") if name in kept)


def _sources(data: ResultData, leading: Sequence[str]) -> list[str]:
    """Series of the record and works that the indicators told rest on."""
    names = [*leading, *(row for row in natural.MEASURES if row in data.annual)]
    known = data.basis.citations
    cited = [
        _source(data.short_label(name), known[label])
        for name in names
        if name in data.basis.indicators
        for label in (f"record:{data.basis.indicators[name].record}",)
        if label in known
    ]
    return [shorten(plain(each), LONGEST_SOURCE, placeholder=" …") for each in dict.fromkeys(cited)][:SOURCES]


def _source(label: str, citation: str) -> str:
    """What a series of the record is and where it comes from, without the name that files have for it."""
    found = _CITED.fullmatch(citation)
    return f"{label}, {found['years']}: {found['source']}" if found else citation
