"""The brief of a results folder: what is read for it, what the user writes on it, and where it goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinobel import store
from sinobel.inputs.characters import unprintable
from sinobel.inputs.evidence import using
from sinobel.inputs.reading import InputError, Problem, quoted, shown
from sinobel.runs.manifest import request_of

if TYPE_CHECKING:
    from sinobel.reporting.brief.content import Brief, Logo, Masthead

BRIEF = "brief.html"
NEEDS = {".docx": "docx", ".pptx": "pptx"}
"""Ending -> library that writes it; charts of both are made by that of the second."""
LONGEST = {"title": 120, "author": 80, "date": 40}
LOGO_BYTES, LOGO_SIDE = 500_000, 4000
PICTURES = {"PNG": "png", "JPEG": "jpeg"}


@dataclass(frozen=True)
class BriefMade:
    """A brief that was written, and where the user's file went that was in the way."""

    file: Path
    aside: Path | None


def write_brief(
    folder: Path,
    out: Path | None = None,
    *,
    title: str = "",
    author: str = "",
    date: str = "",
    logo: Path | None = None,
    language: str = "en",
    of: str | Iterable[str] = "",
    years: str | int | Iterable[str | int] = "",
    replace: bool = False,
) -> BriefMade:
    """Write the brief of a finished results folder.

    Parameters
    ----------
    folder : Path
        Or its manifest.
    out : Path | None
        File whose ending says how it is written: .html, .docx or .pptx; brief.html in the folder.
    title, author, date : str
        Texts for its head; none of them is markup.
    logo : Path | None
        A PNG or JPEG for its head.
    of, years : str | int | Iterable
        Indicators and years that it tells first, several with commas; those of the folder when empty.

    Raises
    ------
    InputError
        For a folder that no brief can be made of, and whatever else is not allowed.
    """
    folder = folder.parent if folder.name == "manifest.json" else folder
    target = out or folder / BRIEF
    check_form(target)
    head = masthead(title, author, date, logo, language)
    made = content(folder, head, of, years)
    return BriefMade(target, _written(target, made, replace=replace))


def content(
    folder: Path, head: Masthead, of: str | Iterable[str] = "", years: str | int | Iterable[str | int] = ""
) -> Brief:
    """What the brief of a folder says; about what is asked for, in the place of what the folder was asked."""
    from sinobel.reporting.brief import making
    from sinobel.reporting.result_data import ResultData
    from sinobel.results.basis import basis_of
    from sinobel.results.kept_basis import read_kept
    from sinobel.results.notices import notice
    from sinobel.results.page_of_folder import ask, money_rows, read

    results = read(folder, "a brief needs", None if of else making.needed())  # what is asked for may be any
    ask(results, of, years)
    with using(request_of(results.manifest).record):
        kept = read_kept(folder, results.manifest, results.annual)
        data = ResultData(
            manifest=results.manifest,
            summary=results.summary,
            bands=results.bands,
            examples=None,
            basis=kept.basis or basis_of(results.manifest),
            money=money_rows(folder) if len(results.manifest["request"]["scenarios"]) == 1 else (),
        )
        return making.brief(data, head, notice(results.manifest, kept))


def check_form(target: Path) -> str:
    """The ending of a file to write. Raises InputError for an unknown one, or one whose library is missing."""
    form = target.suffix.lower()
    if form not in (".html", *NEEDS):
        raise InputError(
            Problem(f" {shown(target)} must end in .html, .docx or .pptx, which says how it is written", argument="out")
        )
    missing = [name for name in ("docx", "pptx", "xlsxwriter") if form in NEEDS and find_spec(name) is None]
    if missing:
        ways = "pip install 'sinobel[brief]'; .html works without"
        raise InputError(f"a brief in {form} needs the extra `brief` ({', '.join(missing)} is missing): {ways}")
    return form


def masthead(title: str, author: str, date: str, logo: Path | None, language: str) -> Masthead:
    """What the user writes on a brief, checked. Raises InputError for every text, language or logo that is not fit."""
    from sinobel.reporting.brief.content import Masthead
    from sinobel.reporting.brief.strings import check_language

    problems = []
    for name, text in (("title", title), ("author", author), ("date", date)):
        if not isinstance(text, str):
            problems.append(Problem(f" must be a text, not {quoted(text)}", argument=name))
        elif why := unprintable(text, LONGEST[name]) or ("has several lines" if "\n" in text else ""):
            problems.append(Problem(f" {why}", argument=name))
    if problems:
        raise InputError(problems)
    picture = None if logo is None else read_logo(Path(logo))
    return Masthead(title.strip(), author.strip(), date.strip(), picture, check_language(language))


def read_logo(path: Path) -> Logo:
    """A logo, looked at whole. Raises InputError for what is no PNG or JPEG of a size that fits."""
    from PIL import Image

    from sinobel.reporting.brief.content import Logo

    def refused(why: str) -> InputError:
        return InputError(Problem(f" {why}", shown(path), argument="logo"))

    if not path.is_file():
        raise refused("is no file")
    if path.suffix.lower() == ".svg":
        raise refused("is an SVG, which may hold programs and addresses; save it as PNG")
    if path.stat().st_size > LOGO_BYTES:
        raise refused(f"has {path.stat().st_size:,} bytes; at most {LOGO_BYTES:,} are allowed")
    content = store.content_of(path)
    try:
        with Image.open(BytesIO(content), formats=tuple(PICTURES)) as image:
            kind, (width, height) = PICTURES[str(image.format)], image.size
            if max(width, height) > LOGO_SIDE:
                raise refused(f"is {width} by {height} dots; at most {LOGO_SIDE} each way are allowed")
            image.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, InputError):
            raise
        raise refused("is no whole PNG or JPEG") from None
    return Logo(content, kind, width / height)


def _written(target: Path, made: Brief, *, replace: bool) -> Path | None:
    form = target.suffix.lower()
    if form == ".html":
        from sinobel.reporting.brief.paper import html

        return store.put_page(target, html(made), replace=replace)
    if form == ".docx":
        from sinobel.reporting.brief.word import document

        return _put(target, document(made), replace=replace)
    from sinobel.reporting.brief.slides import slides

    return _put(target, slides(made), replace=replace)


def _put(target: Path, office: Any, *, replace: bool) -> Path | None:
    return store.put_office(target, store.marked(office.save, office.core_properties), replace=replace)
