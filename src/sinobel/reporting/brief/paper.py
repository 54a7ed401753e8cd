"""The brief as one HTML file that prints on two pages of A4 or Letter and reads on a phone, in light and in dark."""

from __future__ import annotations

import base64
from functools import cache
from typing import TYPE_CHECKING

from sinobel.reporting.brief import drawing
from sinobel.reporting.brief.content import Brief, Logo
from sinobel.reporting.brief.strings import word
from sinobel.reporting.charts.theme import css_colors

if TYPE_CHECKING:
    from jinja2 import Environment


def html(brief: Brief) -> str:
    """The text of the file."""
    template = _environment().get_template("brief.html")
    language = brief.masthead.language
    return template.render(
        brief=brief,
        head=brief.masthead,
        logo=_data(brief.masthead.logo),
        word=lambda key: word(key, language),
        svg=drawing.svg,
        swatch=drawing.swatch,
        light=css_colors(False),
        dark=css_colors(True),
    )


def _data(logo: Logo | None) -> str:
    """A logo as it stands in the page itself."""
    return f"data:image/{logo.kind};base64,{base64.b64encode(logo.content).decode()}" if logo else ""


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("sinobel.reporting.brief", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
