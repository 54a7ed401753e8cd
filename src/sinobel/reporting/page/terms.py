"""Names a page mentions and what each opens: definition, unit, prior, posterior, the paper's sentence, footnote."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from sinobel.reporting.basis import Basis
from sinobel.reporting.words.wording import Mention, parts

KINDS = ("Indicators", "Parameters", "Levers", "Evidence")
"""Headings of the glossary, in their order."""


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

    def __init__(self, basis: Basis) -> None:
        self.basis = basis
        self.entries: dict[str, Entry] = {}

    def text(self, sentence: str) -> Markup:
        """A sentence for the page: the names it mentions as links."""
        pieces = (self.name(*part) if isinstance(part, Mention) else escape(part) for part in parts(sentence))
        return Markup("").join(pieces)

    def name(self, name: str, words: str = "") -> Markup:
        """A link to what a name opens."""
        entry, shown = self._entry(name), words or name
        if entry is None:
            return escape(shown)
        return Markup('<a class="term" href="#{}">{}</a>').format(entry.anchor, shown)

    def _entry(self, name: str) -> Entry | None:
        if name in self.entries:
            return self.entries[name]
        if name not in self.basis.terms:
            return None
        entry = self.entries[name] = Entry(name, self.basis.terms[name].title)
        for label, text in self.basis.lines(name):
            if label in self.basis.citations and label != name:
                entry.lines.append((str(self.name(label, label.partition(":")[0])), escape(text)))
            elif text != entry.title:
                entry.lines.append((str(escape(label)), escape(text)))
        return entry

    def glossary(self) -> list[tuple[str, list[Entry]]]:
        """Entries by kind, in the order of the alphabet."""
        kinds: dict[str, list[Entry]] = {kind: [] for kind in KINDS}
        for entry in sorted(self.entries.values(), key=lambda each: each.name):
            kinds.setdefault(self.basis.terms[entry.name].kind, []).append(entry)
        return [(kind, entries) for kind, entries in kinds.items() if entries]
