"""What every command shares: options, tables for people and machines, progress, loading scenarios."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.cells import cell_len

from sinobel.inputs import months
from sinobel.inputs.characters import lines
from sinobel.inputs.reading import InputError, quoted
from sinobel.inputs.values import is_percentage, number

if TYPE_CHECKING:
    from rich.console import Console

    from sinobel.policies.focus import Focus
    from sinobel.policies.scenarios import Scenario
    from sinobel.runs.request import Progress, Request

Draws = Annotated[int, typer.Option(help="Number of futures.")]
Seed = Annotated[int, typer.Option(help="Root of all random numbers.")]
Origin = Annotated[
    str, typer.Option(help="December whose record opens the books, 2008-12 to 2016-12; later with --record.")
]
Record = Annotated[
    Path | None,
    typer.Option("--record", help="Folder of rows to add to the record, as model/record has them; later origins."),
]
Horizon = Annotated[str, typer.Option(help="Last month, a December.")]
Jobs = Annotated[int, typer.Option(help="Processes; 0 takes every core. Results do not depend on it.")]
Out = Annotated[Path | None, typer.Option(help="Results folder; by default results/NAME.")]
Replace = Annotated[
    bool, typer.Option("--replace", help="Move what is in the way in --out and not ours to NAME.replaced-1.")
]
Format = Annotated[str, typer.Option("--format", help="Data files: nc, csv, parquet, iamc, xlsx, several with commas.")]
Prior = Annotated[bool, typer.Option("--prior", help="Draw parameters from the priors, without calibration.")]
Keep = Annotated[
    str, typer.Option(help="What of every draw is kept: bands (nothing of single ones), years, or months as well.")
]
Quick = Annotated[
    bool, typer.Option("--quick", help="No charts; a folder that holds this very result is read, not made anew.")
]
Of = Annotated[
    str | None,
    typer.Option(
        "--of",
        metavar="INDICATOR[,…]",
        help='Indicators, or "debt_to_china / gdp", that the answer tells first; without it, what moves most.',
    ),
]
Years = Annotated[
    str | None,
    typer.Option("--year", metavar="YEAR[,…]", help="Years that the answer tells; without it, those that move most."),
]
Listed = Annotated[str, typer.Option("--format", help="table, csv or json.")]


def takes_record(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command that has an origin the option --record behind it: rows that are in use while the command runs."""
    told = inspect.signature(command, eval_str=True)

    @wraps(command)
    def added(*, record: Path | None = None, **asked: Any) -> None:
        from sinobel.inputs.evidence import using_record

        with using_record(record):
            command(**asked)

    taken = list(told.parameters.values())
    place = 1 + list(told.parameters).index("origin") if "origin" in told.parameters else len(taken)
    mine = inspect.Parameter("record", inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None, annotation=Record)
    added.__signature__ = told.replace(parameters=[*taken[:place], mine, *taken[place:]])  # type: ignore[attr-defined]
    added.__annotations__ = {**command.__annotations__, "record": Record}
    return added


def say(text: str = "") -> None:
    """Print lines; what would move the cursor or turn letters round is escaped, wherever it comes from."""
    typer.echo(lines(text))


def show_table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    style: str = "table",
    *,
    repeated: int = 1,
    named: bool = False,
) -> None:
    """Print a table: for people, as CSV or as JSON; what is too wide for people is told in several.

    Parameters
    ----------
    repeated : int
        Columns at the left that each of several has.
    named : bool
        The first column holds names that are copied, so they stay whole.
    """
    if style == "json":
        import json

        found = [dict(zip(header, map(as_number, row), strict=True)) for row in rows]
        say(json.dumps(found, indent=1, ensure_ascii=False))
        return
    if style == "csv":
        from sinobel.reporting.tables.tables import to_csv

        say(to_csv([dict(zip(header, map(as_number, row), strict=True)) for row in rows]).rstrip("\n"))
        return
    if style != "table":
        raise InputError(f"--format {style!r} is not allowed here; choose table, csv or json")
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    cells = [list(header), *([lines(cell) for cell in row] for row in rows)]
    columns = [list(column) for column in zip(*cells, strict=True)]
    if sum(max(map(cell_len, column)) + BETWEEN for column in columns) - BETWEEN > console.width:
        columns = [columns[0]] * named + [[in_parts(cell) for cell in column] for column in columns[named:]]
    least = [*([max(map(cell_len, columns[0]))] * named), *map(_least_width, columns[named:])]
    for place, some in enumerate(_fitting(least, console.width, repeated)):
        if place:
            say()
        _print(console, [columns[each] for each in some], [least[each] for each in some])


def _print(console: Console, columns: Sequence[Sequence[str]], least: Sequence[int]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for (name, *_), width in zip(columns, _widths(columns, least, console.width), strict=True):
        table.add_column(Text(name), overflow="fold", width=width)
    for row in zip(*(column[1:] for column in columns), strict=True):
        table.add_row(*map(Text, row))
    console.print(table)


def _least_width(column: Sequence[str]) -> int:
    return min(max(cell_len(word) for cell in column for word in _unbroken(cell)), LONGEST_PART)


def _widths(columns: Sequence[Sequence[str]], least: Sequence[int], room: int) -> list[int]:
    """What each column gets of a width: as much as it needs, and where that is too little most to the longest texts."""
    whole = [max(cell_len(line) for cell in column for line in cell.split("\n")) for column in columns]
    widths = [min(each, most) for each, most in zip(least, whole, strict=True)]
    for _ in range(room - sum(widths) - BETWEEN * (len(widths) - 1)):
        place = max(range(len(widths)), key=lambda each: whole[each] / max(widths[each], 1))
        if widths[place] >= whole[place]:
            break
        widths[place] += 1
    return widths


def _fitting(least: Sequence[int], width: int, repeated: int) -> Iterator[list[int]]:
    """Places of the columns of one table, or of several that fit a width, each with the first ones again."""
    first = list(range(min(repeated, len(least))))
    some = list(first)
    for column in range(len(first), len(least)):
        taken = sum(least[each] + BETWEEN for each in [*some, column]) - BETWEEN
        if taken > width and len(some) > len(first):
            yield some
            some = list(first)
        some.append(column)
    yield some


_NUMBER = re.compile(r"[-−]?(\d{1,3}(,\d{3})+|\d{1,15})(\.\d+)?")


def as_number(cell: Any) -> Any:
    """A cell as a program takes it: a number without commas where its text is one alone, else as it is."""
    if not isinstance(cell, str) or not _NUMBER.fullmatch(cell):
        return cell
    plain = cell.replace(",", "").replace("−", "-")
    return float(plain) if "." in plain else int(plain)


WIDTH = 100
"""Of tables that no terminal shows."""
BETWEEN, LONGEST_PART = 3, 16
"""Letters between columns, and in what of a cell is kept on one line."""


def in_parts(cell: str) -> str:
    """A cell for a narrow column: a range below its median, long names broken behind hyphens and underscores."""
    told = [word if len(word) <= LONGEST_PART else _broken(word) for word in cell.split(" ")]
    return " ".join(told).replace(" [", "\n[") if cell.endswith("]") else " ".join(told)


def _unbroken(cell: str) -> list[str]:
    """What of a cell stands best on one line: its words, and a range as a whole."""
    return [part for line in cell.split("\n") for part in ([line] if line.startswith("[") else line.split())] or [""]


def _broken(name: str) -> str:
    told = [""]
    for part in re.findall(r"[^-_]*[-_]?", name):
        if told[-1] and len(told[-1]) + len(part) > LONGEST_PART:
            told.append("")
        told[-1] += part
    return "\n".join(told)


def cores(jobs: int) -> int:
    """Number of processes for --jobs; 0 takes every core this process may use."""
    from sinobel.runs.executors import cores as found

    return found(jobs)


def share(option: str, text: str) -> float:
    """A share from "0.4", "40 %" or "2/3".

    Raises
    ------
    InputError
        That names the option.
    """
    over, slash, under = text.partition("/")
    try:
        value = float(over) / float(under) if slash else float(number(text, "fraction"))
    except (ValueError, ZeroDivisionError):
        raise InputError(f"{option} {quoted(text)} is no number; write 0.05, 5 % or 1/20") from None
    if not isfinite(value):
        raise InputError(f"{option} {quoted(text)} is no finite number, such as 0.05 for 5 %")
    if is_percentage(text) and not 0 <= value <= 1:
        raise InputError(f"{option} {quoted(text)} is no share; write a percentage from 0 to 100 %")
    return value


def focus_of(of: str | None, year: str | None, request: Request) -> Focus:
    """What --of and --year ask of a request.

    Raises
    ------
    InputError
        For a name nobody knows, and a year that is not simulated.
    """
    from sinobel.policies import focus

    origin, horizon = map(months.year, request.months)
    return focus.asked(of, year, (origin + 1, horizon), request.shown)


def tell_aside(aside: Path | None) -> None:
    """Say where the user's things went that were in the way."""
    from sinobel.inputs.reading import shown

    if aside is not None:
        typer.echo(f"note: what was in the way and not ours is now in {shown(aside)}", err=True)


def tell_lost_charts(out: Path, *, lost: bool) -> None:
    """Say that charts of earlier numbers are gone and none of these are drawn."""
    from sinobel.inputs.reading import shown

    if lost:
        typer.echo(
            f"note: the charts in {shown(out)} were of other numbers and are gone; without --quick they are drawn anew",
            err=True,
        )


def tell_waiting(works: Sequence[Path]) -> None:
    """Say where unfinished work lies that goes to the same place, and how much room it takes."""
    from sinobel.inputs.reading import shown

    if works:
        size = sum(each.stat().st_size for work in works for each in work.rglob("*") if each.is_file())
        runs = "an unfinished run" if len(works) == 1 else f"{len(works)} unfinished runs"
        where = shown(works[0].parent)
        typer.echo(
            f"note: {runs} of other requests ({size / 1e6:,.0f} MB) in {where}; delete it if not needed", err=True
        )


def source(*, prior: bool) -> str:
    """Where --prior says that parameters come from."""
    return "prior" if prior else "posterior"


def load(names: Sequence[str]) -> list[Scenario]:
    """Scenarios by name or file; the problems of all of them at once."""
    from sinobel.policies import scenarios

    return scenarios.load_all(names)


@contextmanager
def bar() -> Iterator[Progress | None]:
    """A progress bar while something is simulated."""
    from sinobel.results.progress import progress_bar

    step, end = progress_bar("simulating")
    try:
        yield step
    finally:
        end()


@contextmanager
def told_while(doing: str) -> Iterator[None]:
    """Words on a terminal while something is drawn or written."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(f"{doing} …"):
        yield


def get_ready(request: Request) -> None:
    """Have the months of a request compiled where that pays, with a word meanwhile; the first time takes seconds."""
    from sinobel.runs.engines import engine_of

    with told_while("getting the months of the model ready"):
        engine_of(request)


def tell(verdicts: Sequence[str], folder: Path, chart: str) -> None:
    """Print what was found, and where it lies."""
    from sinobel.inputs.reading import shown

    say("")
    for line in verdicts:
        say(line)
    first = f"  (start with {shown(folder / 'charts' / f'{chart}.png')})" if chart else ""
    say(f"\nTables and charts: {shown(folder)}{first}")
