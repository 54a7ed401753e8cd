"""What docs/tutorial.md shows of its commands, run anew: `python docs/make_tutorial.py`; ten minutes.

A comment before a text block says which lines of which command of the block above it stand there: `shown 2: from "Debt
to" 3` are three lines of the second, from the first that begins so, `from "Debt to" on` those up to an empty line;
without a number it is the last command.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PAGE = Path(__file__).resolve().parent / "tutorial.md"
BLOCK = re.compile(r"(?:^<!-- shown ?(\d*): (.*?) -->\n)?^```(\w+) ?(\S*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
PART = re.compile(r'from "([^"]+)" (\d+|on)')
WIDEST = 110


class Block(NamedTuple):
    """A fenced block of a page.

    Attributes
    ----------
    language, name : str
        After the fence; a name is that of a file.
    parts : list[tuple[str, str]]
        Of a text block: how a line begins, and how many are shown from there, or "on".
    command : int
        Of a text block: which command of the last block of commands is shown.
    """

    language: str
    name: str
    content: str
    parts: list[tuple[str, str]]
    command: int


def blocks(text: str) -> Iterator[tuple[re.Match[str], Block]]:
    """The blocks of a page, in their order."""
    for found in BLOCK.finditer(text):
        number, shown, language, name, content = found.groups()
        yield found, Block(language, name, content, PART.findall(shown or ""), int(number or 0) - 1)


def excerpt(printed: str, parts: list[tuple[str, str]]) -> str:
    """The lines that are shown.

    Raises
    ------
    ValueError
        Where no line begins as a part says.
    """
    lines = [line.rstrip() for line in printed.splitlines()]
    kept = []
    for start, count in parts:
        places = [place for place, line in enumerate(lines) if line.startswith(start)]
        if not places:
            raise ValueError(f"no line begins with {start!r}")
        there = [*lines[places[0] :], ""]
        kept += there[: there.index("") if count == "on" else int(count)]
    return "\n".join(map(_wrapped, kept)) + "\n"


def _wrapped(line: str) -> str:
    return textwrap.fill(line, WIDEST, subsequent_indent="  ") if len(line) > WIDEST else line


def run(line: str, folder: Path) -> str:
    """What a command prints."""
    arguments = shlex.split(line)[1:]
    done = subprocess.run(
        [sys.executable, "-m", "sinobel.cli", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{line}\n{done.stderr}")
    return done.stdout


def made(text: str, folder: Path) -> str:
    """The page with its text blocks as its commands print today."""
    printed: list[str] = []
    pieces, end = [], 0
    for found, block in blocks(text):
        if block.name:
            (folder / block.name).write_text(block.content, encoding="utf-8")
        elif block.language == "sh":
            printed = [run(line, folder) for line in block.content.strip().splitlines()]
        elif block.language == "text":
            start, stop = found.span(5)
            pieces += [text[end:start], excerpt(printed[block.command], block.parts)]
            end = stop
    return "".join(pieces) + text[end:]


def main() -> int:
    """Write the page."""
    with tempfile.TemporaryDirectory() as folder:
        PAGE.write_text(made(PAGE.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
