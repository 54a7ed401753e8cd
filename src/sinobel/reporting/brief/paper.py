"""The brief as one HTML file that prints on two pages of A4 or Letter and reads on a phone, in light and in dark."""

from __future__ import annotations

import base64
from functools import cache
from typing import TYPE_CHECKING

from sinobel.reporting.brief import drawing, room
from sinobel.reporting.brief.content import Brief, Logo
from sinobel.reporting.brief.strings import word
from sinobel.reporting.charts.theme import css_colors

if TYPE_CHECKING:
    from jinja2 import Environment


FIRST, THIRD = 720, 320
"""Width of the first picture and of the others, in the units of their drawing."""
LETTER, BETWEEN = 190.0, 4.0
"""Width of Letter within the margins, and of the gaps between three pictures, mm."""


def html(brief: Brief) -> str:
    """The text of the file."""
    template = _environment().get_template("brief.html")
    language, tall = brief.masthead.language, room.layout(brief)
    return template.render(
        brief=brief,
        head=brief.masthead,
        logo=_data(brief.masthead.logo),
        word=lambda key: word(key, language),
        svg=drawing.svg,
        swatch=drawing.swatch,
        first=_units(tall.first, FIRST, LETTER),
        third=_units(tall.third, THIRD, (LETTER - 2 * BETWEEN) / 3),
        sizes=(FIRST, THIRD),
        tall=tall,
        light=css_colors(False),
        dark=css_colors(True),
    )


def _units(height: float, width: float, wide: float) -> int:
    """A height in the units of a picture of some width, which is so wide on the widest page; both in mm."""
    return round(height / wide * width)


def _data(logo: Logo | None) -> str:
    """A logo as it stands in the page itself."""
    return f"data:image/{logo.kind};base64,{base64.b64encode(logo.content).decode()}" if logo else ""


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("sinobel.reporting.brief", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
