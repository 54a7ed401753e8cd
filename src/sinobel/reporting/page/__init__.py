"""The page of a results folder: one self-contained HTML file that works offline, with scripts off, and in print.

Charts are drawn by matplotlib as inline SVG, the same pictures as the chart pack: no chart library of megabytes travels
with the page, it opens at once, and its static form is the same as its moving one. A short script of ours shows values,
links years over all charts, shows and hides scenarios, and opens what a name means beside it.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from sinobel.reporting.fonts import faces, text_faces
from sinobel.reporting.page import cause_sections, evidence_sections, sections, track_record
from sinobel.reporting.page.keys import sign
from sinobel.reporting.page.page_data import PageData, Section, Study
from sinobel.reporting.page.pictures import STYLES, Picture, color_name, css_colors
from sinobel.reporting.page.terms import Terms
from sinobel.reporting.words import answer, facts, telling
from sinobel.reporting.words.wording import counted, in_text, scale

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["PageData", "Study", "page"]

MAKERS: tuple[Callable[[PageData, Terms], Section | None], ...] = (
    sections.projections,
    sections.options,
    evidence_sections.gains,
    cause_sections.why,
    cause_sections.money,
    sections.potash,
    sections.loans,
    cause_sections.changes,
    sections.park,
    track_record.track,
    cause_sections.together,
    evidence_sections.assumptions,
    evidence_sections.caveats,
    evidence_sections.made,
)
"""The sections in the order of the page, those of its annex last."""


TYPEFACE = "sinobel text"
"""What the page calls the typeface that it is set in."""
FONT = "sinobel signs"
"""What the page calls the fonts it brings along, for signs that its reader's machine may lack."""


def page(data: PageData) -> str:
    """The HTML text of a report."""
    terms = Terms(data.basis)
    opening, sentences = _sentences(data)
    shown = sections.first_picture(data)
    made = [section for make in MAKERS if (section := make(data, terms)) is not None]
    pictures = [*([shown] if shown else []), *(picture for section in made for picture in section.every_picture)]
    for place, picture in enumerate(pictures):
        picture.numbered(place)
        picture.called(data.titles)
        if picture.name:
            terms.name(picture.name)
    text = (
        _environment()
        .get_template("page.html")
        .render(
            data=data,
            title=", ".join(data.titles.values()),
            heading=_heading(data),
            questions=_questions(data),
            opening=[terms.text(sentence) for sentence in opening],
            shown=shown,
            sentences=[terms.text(sentence) for sentence in sentences],
            trust=terms.text(_trust(data)),
            scale=scale(),
            sections=made,
            terms=terms,
            years=data.years,
            year=data.year,
            chips=_chips(data),
            given=_packed(_given(pictures, data.years)),
            light=css_colors(False),
            dark=css_colors(True),
            styles=STYLES,
            signs={name: sign(look, data.titles[name]) for name, look in data.styles.items()},
        )
    )
    return text.replace("</style>", text_faces(TYPEFACE) + faces(text, FONT) + "</style>", 1)


def _sentences(data: PageData) -> tuple[list[str], list[str]]:
    """Those that the answer opens with, and those that follow."""
    alone = [] if data.options else data.basis.without_effect()  # of options the answer itself says so
    idle = telling.nothing_in_words([data.titles[name] for name in alone])
    first, *others = answer.answer(data.answer_data, data.outcomes)
    opening = facts.sentences(data.told, data.titles, data.basis.came()) if data.options else [first, *others[:2]]
    rest = [*(others if data.options else others[2:]), data.basis.beyond, idle]
    return list(opening), [sentence for sentence in rest if sentence]


def _given(pictures: Sequence[Picture], years: Sequence[int]) -> dict[str, Any]:
    """What the script is given, by name."""
    return {
        "readings": _hover(pictures),
        "redrawn": {picture.key: picture.redrawn for picture in pictures if picture.redrawn},
        "by-year": {picture.key: picture.by_year for picture in pictures if picture.by_year},
        "titled": {"years": list(years), "of": {each.key: _titles(each) for each in pictures if each.titles}},
    }


def _titles(picture: Picture) -> dict[str, list[str]]:
    """Scenario -> how its titles begin and end in every year, and what stands between, year by year."""
    found = {}
    for name, titles in picture.titles.items():
        start = _shared(titles)
        end = _shared([title[len(start) :][::-1] for title in titles])[::-1]
        found[name] = [start, end, *(title[len(start) : len(title) - len(end)] for title in titles)]
    return found


def _shared(texts: Sequence[str]) -> str:
    """What some texts begin with in common."""
    return "".join(letters[0] for letters in takewhile(lambda each: len({*each}) == 1, zip(*texts, strict=False)))


def _hover(pictures: Sequence[Picture]) -> dict[str, Any]:
    """What the script reads off each chart, in the colors of the page."""
    hover = {picture.key: picture.hover for picture in pictures if picture.hover}
    for rows in (widths["wide"]["series"] for widths in hover.values()):
        for row in rows:
            row["color"] = color_name(row["color"]) if row.get("color", "").startswith("#") else row.get("color", "")
    return hover


def _trust(data: PageData) -> str:
    """How far to trust the headlines, and what was asked for."""
    headlines, asked = data.basis.track_record, data.focus.of
    return " ".join(
        [answer.trust(headlines), answer.trust_of(data.called(asked), data.basis.next_year, answer.HEADLINES)]
    ).strip()


def _heading(data: PageData) -> str:
    names = list(data.titles.values())
    if len(names) == 1:
        return names[0]
    if len(names) == 2:
        return f"{data.titles[data.options[0]]} against {in_text(data.titles[data.reference])}"
    return f"{data.titles[data.reference]} against {counted(len(names) - 1)} options"


def _questions(data: PageData) -> list[tuple[str, str]]:
    asked = data.manifest["request"]["scenarios"]
    return [(data.titles[each["name"]], each["question"]) for each in asked]


def _chips(data: PageData) -> list[dict[str, Any]]:
    """Scenarios of the bar that shows and hides them."""
    return [
        {"name": name, "title": title, "sign": sign(data.styles[name]), "reference": name == data.reference}
        for name, title in data.titles.items()
    ]


def _packed(content: Any) -> str:
    """Data for the script as JSON, deflated, in letters that cannot end the element it stands in."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    pack = zlib.compressobj(level=9, wbits=-zlib.MAX_WBITS)
    return base64.b64encode(pack.compress(text.encode()) + pack.flush()).decode("ascii")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("sinobel.reporting.page", "templates")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {"drawn": _drawn, "last_place": _last_place, "counted": counted}
    return made


def _drawn(value: Any) -> str:
    """A number of a table as the CSV of the chart has it, to five digits."""
    if not isinstance(value, float):
        return str(value)
    return f"{value:,.5g}" if abs(value) < 1e5 else f"{value:,.0f}"


def _last_place(years: list[int], year: int) -> int:
    """The last place of a year, of the last year there is otherwise."""
    return max((index for index, each in enumerate(years) if each == year), default=len(years) - 1)
