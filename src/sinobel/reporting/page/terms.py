"""Names a page mentions and what each opens: definition, unit, prior, posterior, the paper's sentence, footnote."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from sinobel.inputs.evidence import all_evidence
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.levers import all_levers
from sinobel.inputs.parameters import all_parameters
from sinobel.inputs.reading import InputError
from sinobel.reporting.words.explain import explain
from sinobel.reporting.words.wording import NAMED, about, linked

_CITED = re.compile(r"^(?:[FDMIL]\d{2,3}|record:\S+)$")
_BARE = re.compile(NAMED + r"|\b[FDMIL]\d{2,3}\b")  # a piece that is named already, or the name of evidence


def slug(name: str) -> str:
    """A name as part of an address within the page."""
    return re.sub(r"[^a-z0-9._]+", "-", name.lower()).strip("-")


@dataclass
class Entry:
    """What a name opens: its lines of (label, text); `cited` when the label leads to another entry."""

    name: str
    title: str
    lines: list[tuple[str, Markup]] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """Address within the page."""
        return f"about-{slug(self.name)}"


class Terms:
    """Collects the names a page mentions; a name nobody can explain stays plain text."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}

    def text(self, sentence: str) -> Markup:
        """A sentence for the page: named pieces (`wording.about`) and names of evidence such as M01 as links."""
        named = _BARE.sub(lambda found: found[0] if found[1] else about(found[0], found[0]), sentence)
        return Markup(linked(str(escape(named)), self._link))

    def name(self, name: str, words: str = "") -> Markup:
        """A link to what a name opens."""
        return Markup(self._link(name, str(escape(words or name))))

    def _link(self, name: str, words: str) -> str:
        entry = self._entry(name)
        return words if entry is None else f'<a class="term" href="#{entry.anchor}">{words}</a>'

    def _entry(self, name: str) -> Entry | None:
        if name in self.entries:
            return self.entries[name]
        try:
            called, lines = explain(name, code=False)
        except InputError:
            return None
        entry = self.entries[name] = Entry(name, _title(called))
        for label, text in lines:
            if _CITED.match(label) and label != name:
                entry.lines.append((str(self.name(label, label.partition(":")[0])), escape(text)))
            elif text != entry.title:
                entry.lines.append((str(escape(label)), escape(text)))
        return entry

    def glossary(self) -> list[tuple[str, list[Entry]]]:
        """Entries by kind, in the order of the alphabet."""
        kinds: dict[str, list[Entry]] = {
            name: [] for name in ("Indicators", "Parameters", "Levers", "Evidence", "Scenarios")
        }
        for entry in sorted(self.entries.values(), key=lambda each: each.name):
            kinds[_kind(entry.name)].append(entry)
        return [(kind, entries) for kind, entries in kinds.items() if entries]


def _title(name: str) -> str:
    for known in (all_indicators(), all_parameters(), all_levers()):
        if name in known:
            return str(known[name].label)
    return all_evidence().cite(name).title if name in all_evidence() else name


def _kind(name: str) -> str:
    for kind, known in (
        ("Indicators", all_indicators()),
        ("Parameters", all_parameters()),
        ("Levers", all_levers()),
    ):
        if name in known:
            return kind
    return "Evidence" if name in all_evidence() else "Scenarios"
