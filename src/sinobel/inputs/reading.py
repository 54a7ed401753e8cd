"""What every reader of a file shares: errors that name file and line, and the way to the model's own files.

A reader collects every problem of a file before it refuses it, so that the user mends all of them at once.
"""

from __future__ import annotations

import csv
import difflib
import errno
import hashlib
import io
import os
import re
import stat
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sinobel.inputs.characters import printable
from sinobel.inputs.encodings import why_no_text

_NAMED = re.compile(r"(?P<with> with )?\{(?P<name>[a-z_]+)(?P<verb>\(\))?\}")


def in_python(hint: str) -> str:
    """A hint as a caller from Python reads it.

    Where results go is asked there by whatever is called, so nothing is said of `{out}`; other names are arguments.
    A name with parentheses is a verb: "{levers()} lists them" is "sinobel.levers() lists them".
    """

    def worded(found: re.Match[str]) -> str:
        name, before = found["name"], found["with"] or ""
        if found["verb"]:
            return f"{before}sinobel.{name}()"
        return "" if name == "out" else before + ("replace=True" if name == "replace" else name)

    return _NAMED.sub(worded, hint)


Wording = Callable[[str], str]
"""Makes words of a hint: names between braces are arguments or, with parentheses, verbs; a command line calls them
otherwise than Python does."""


def _behind(message: str, hint: str, wording: Wording) -> str:
    """A message and its hint, which stands in parentheses or behind a semicolon."""
    if not hint:
        return message
    return message + (" " if hint.startswith("(") else "; ") + wording(hint)


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input: where it stands, what is wrong, what is allowed.

    Attributes
    ----------
    argument : str
        Name of the argument that is wrong, which the message goes on from: "probability", " must lie between 0 and 1".
    hint : str
        What may help, with names of arguments and verbs between braces: "choose another folder with {out}",
        "({levers()} lists them)".
    """

    message: str
    file: str = ""
    line: int | None = None
    argument: str = ""
    hint: str = ""

    @property
    def place(self) -> str:
        """File and line, an empty text when neither is known."""
        return self.file + (f":{self.line}" if self.line else "")

    def told(self, wording: Wording = in_python) -> str:
        """The problem in the words of one of the two faces."""
        subject = wording(f"{{{self.argument}}}") if self.argument else ""
        return (f"{self.place}: " if self.place else "") + subject + _behind(self.message, self.hint, wording)

    def __str__(self) -> str:
        return self.told()


class InputError(ValueError):
    """Bad input from the user. The command line prints every problem and ends with exit code 2."""

    def __init__(self, problems: Problem | str | Iterable[Problem]):
        if isinstance(problems, str):
            problems = Problem(problems)
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        _Suggestions.left = MOST_SUGGESTIONS
        super().__init__("\n".join(told(self.problems)))

    def __reduce__(self) -> tuple[type[InputError], tuple[list[Problem]]]:
        return type(self), (self.problems,)


MOST_TOLD = 50
"""Problems that are told at once; whoever has more mends these first."""


def told(problems: Sequence[Problem], wording: Wording = in_python) -> list[str]:
    """Problems as lines to show: the first of them, and how many more there are."""
    lines = [problem.told(wording) for problem in problems[:MOST_TOLD]]
    more = len(problems) - MOST_TOLD
    return [*lines, f"and {more:,} more"] if more > 0 else lines


def by_line(problems: Iterable[Problem]) -> list[Problem]:
    """Problems once each, in the order of files and lines."""
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda problem: (problem.file, problem.line or 0))


class Failure(RuntimeError):
    """Something outside the model refused: the disk is full, somebody else is writing. Ends with exit code 1.

    Parameters
    ----------
    hint : str
        What may help, as that of a `Problem`.
    """

    def __init__(self, message: str, hint: str = ""):
        self.message, self.hint = message, hint
        super().__init__(self.told())

    def told(self, wording: Wording = in_python) -> str:
        """What failed in the words of one of the two faces."""
        return _behind(self.message, self.hint, wording)

    def __reduce__(self) -> tuple[type[Failure], tuple[str, str]]:
        return type(self), (self.message, self.hint)


LONGEST_QUOTE = 80


def quoted(value: object) -> str:
    """A value as a message shows it, however long or strange it is."""
    if isinstance(value, list | dict):  # neither is ever allowed, and both may be nested without end
        return "a list" if isinstance(value, list) else "a table"
    if isinstance(value, bool):
        return str(value).lower()  # as files have it
    if isinstance(value, int) and value.bit_length() > 200:
        return f"a number of about {int(value.bit_length() * 0.30103) + 1} digits"
    text = repr(value)
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"


def in_quotes(name: str) -> str:
    """A key or name between double quotes, as a message shows it."""
    return f'"{quoted(name)[1:-1]}"' if len(name) <= LONGEST_QUOTE else f'"{quoted(name)[1:]}"'


MOST_SUGGESTIONS = 20


class _Suggestions:
    """How many suggestions may still be looked for before the next InputError: each takes a millisecond or more."""

    left = MOST_SUGGESTIONS


def nearest(name: object, allowed: Iterable[str]) -> str:
    """`; did you mean "..."?` when one of the allowed names is close, else an empty text.

    Suggestions stand in the first problems of an error alone, so that a file with thousands is answered at once.
    """
    if not isinstance(name, str) or len(name) > LONGEST_QUOTE or _Suggestions.left <= 0:
        return ""
    _Suggestions.left -= 1
    names = sorted(allowed)
    text = name
    begun = [other for other in names if text and other.startswith(f"{text}_")]
    found = difflib.get_close_matches(text, names, n=1, cutoff=0.9)  # a letter off
    owner, dot, tail = text.rpartition(".")
    if dot and not (found and found[0].startswith(f"{owner}.")):  # whoever names an owner means one of its own
        own = {other.removeprefix(f"{owner}."): other for other in names if other.startswith(f"{owner}.")}
        found = [own[each] for each in difflib.get_close_matches(tail, own, n=1, cutoff=0.6)] or found
    if not found and "_" in text:  # the same words in another order
        orders = {_in_order(other): other for other in reversed(names) if "_" in other}
        found = [orders[each] for each in difflib.get_close_matches(_in_order(text), orders, n=1, cutoff=0.85)]
    if not found:
        found = begun if len(begun) == 1 else difflib.get_close_matches(text, names, n=1, cutoff=0.6)
    if not found:  # the last part of a dotted name is what people remember
        tails = {other.rpartition(".")[2]: other for other in names}
        found = [tails[tail] for tail in difflib.get_close_matches(text.rpartition(".")[2], tails, n=1, cutoff=0.75)]
    return f'; did you mean "{found[0]}"?' if found else ""


def _in_order(name: str) -> str:
    """The words of a name by the alphabet."""
    return "_".join(sorted(name.split("_")))


def refuse_memory(error: BaseException) -> None:
    """What the system says where it has no memory left must not pass for a damaged file.

    Raises
    ------
    MemoryError
        When that is what an error says.
    """
    if isinstance(error, OSError) and error.errno == errno.ENOMEM:
        raise MemoryError from None


def with_article(noun: str) -> str:
    """A noun behind "a" or "an"."""
    return f"{'an' if noun[:1].lower() in 'aeio' else 'a'} {noun}"


# --- the model's own files -------------------------------------------------------------------------------------------


def _root() -> Path:
    """Folder that holds `model/` and `scenarios/`: inside the installed package, else the checkout around `src/`."""
    package = Path(__file__).parents[1]
    shipped = package / "_shipped"
    return shipped if (shipped / "model").is_dir() else package.parent.parent


def model_folder() -> Path:
    """Folder `model/`: evidence, record, parameters, levers, indicators."""
    return _root() / "model"


def scenario_folder() -> Path:
    """Folder `scenarios/` with the scenarios that ship with the project."""
    return _root() / "scenarios"


def as_file_name(text: str) -> str:
    """A text as the name of one file or folder: nothing in it leads to another folder, and every system takes it."""
    name = re.sub(r'[/\\:*?"<>|\x00-\x1f]+', "-", printable(text)).strip(" .-")
    return name[:LONGEST_QUOTE].rstrip(" .-") or "unnamed"


def shown(path: Path) -> str:
    """A path as the user should see it: from the current folder or the project when it lies there.

    One that begins with a dash becomes ./-name, which a command line takes for a path.
    """
    text = printable(str(path))
    for base in (os.getcwd(), str(_root())):
        try:  # as it is written: a link is not followed
            found = Path(os.path.abspath(text)).relative_to(os.path.abspath(base)).as_posix()
            return f"./{found}" if found.startswith("-") else found
        except ValueError:
            continue
    return text


MOST_WRITTEN = 1_000_000
"""Bytes of the largest file that a person writes: a scenario, objectives. A thousand changes take a tenth of it."""

MOST_MADE = 100_000_000
"""Bytes of the largest text that the program makes itself: manifests, tables, evidence."""


def read_text(path: Path, most: int = MOST_MADE) -> str:
    """Text of a file.

    Parameters
    ----------
    most : int
        Bytes that are allowed; nothing is read of a larger file, of a device or of a pipe, which may have no end.

    Raises
    ------
    InputError
        When it is missing, unreadable, too large, no file or not UTF-8.
    """
    try:
        data = _bytes(Path(path), most)
    except FileNotFoundError:
        raise InputError(Problem("no such file", shown(path))) from None
    except OSError as error:
        raise InputError(Problem(f"cannot be read: {error.strerror or error}", shown(path))) from None
    except InputError:
        raise
    except ValueError:  # what no file can be called
        raise InputError(Problem("this cannot be the name of a file", shown(path))) from None
    if why := why_no_text(data):
        raise InputError(Problem(why[0], shown(path), why[1]))
    return data.decode("utf-8-sig")


def content_of(path: Path) -> bytes:
    """A file that comes with the program, as it is."""
    return path.read_bytes()


def _bytes(path: Path, most: int) -> bytes:
    """Content of an ordinary file of a bounded size."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        found = os.fstat(handle)
        if stat.S_ISDIR(found.st_mode):
            raise InputError(Problem("this is a folder, not a file", shown(path)))
        if not stat.S_ISREG(found.st_mode):
            raise InputError(Problem("this is a device or a pipe; name an ordinary file", shown(path)))
        content = bytearray()
        while found.st_size <= most >= len(content) and (part := os.read(handle, 1 << 20)):
            content += part  # a file may grow, or not tell its size
    finally:
        os.close(handle)
    if found.st_size > most or len(content) > most:
        size = f"has {found.st_size:,} bytes" if found.st_size > most else "is larger than it says"
        raise InputError(Problem(f"this file {size}; at most {most:,} bytes are read", shown(path)))
    return bytes(content)


def read_csv(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file as dictionaries, with the line each ends on under the key "" (the header is line 1).

    Raises
    ------
    InputError
        With the line of a row that is damaged: broken quotes, too few or too many fields.
    """
    return rows_of(read_text(path, MOST_MADE), shown(path))


def rows_of(text: str, file: str) -> list[dict[str, str]]:
    """The same of a text, whose file is called as given in messages."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    rows: list[dict[str, str]] = []
    try:
        for row in reader:
            if None in row or None in row.values():
                message = f"this row does not have the {len(reader.fieldnames or ())} fields of the header"
                raise InputError(Problem(message, file, reader.line_num))
            row[""] = str(reader.line_num)
            rows.append(row)
    except csv.Error as error:
        raise InputError(Problem(f"this row is damaged: {error}", file, reader.line_num)) from None
    return rows


def names_in(folder: Path) -> list[str]:
    """Names of what lies in a folder. Raises OSError where there is none."""
    return sorted(os.listdir(folder))


def digest(*parts: bytes | str) -> str:
    """Short hash of some content: the first sixteen hexadecimal digits of its SHA-256."""
    return digest_stream(parts)


def digest_stream(parts: Iterable[bytes | str]) -> str:
    """The same for content that comes part by part."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "little") + data)
    return total.hexdigest()[:16]


def digest_folder(folder: Path, pattern: str) -> str:
    """Hash of the files below a folder that match a pattern: their names and their content, line ends aside."""
    parts: list[bytes | str] = []
    for path in sorted(folder.glob(pattern)):
        parts += [path.relative_to(folder).as_posix(), path.read_bytes().replace(b"\r\n", b"\n")]
    return digest(*parts)
