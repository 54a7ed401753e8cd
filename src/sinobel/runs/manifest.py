"""The manifest of a result: everything needed to make the same numbers again, and to see what has changed since."""

from __future__ import annotations

import json
import platform
from decimal import Decimal
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any, NotRequired, TypedDict, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sinobel.inputs import months, parameters
from sinobel.inputs.added import from_written as added_of
from sinobel.inputs.characters import unprintable
from sinobel.inputs.evidence import evidence_with, shipped_evidence
from sinobel.inputs.posterior import in_words, posterior_digest
from sinobel.inputs.reading import InputError, Problem, digest_folder, model_folder, quoted
from sinobel.policies.scenarios import from_written
from sinobel.runs.request import Request
from sinobel.version import __version__
from sinobel.world.shocks import GENERATOR

FORMAT = 2
ENGINE = "numpy and compiled months, the same bits on every processor"
"""What works months out; which of them it was depends on time alone (`runs.engines`)."""
READABLE = (1, FORMAT)
ONCE_IN_PERCENT = ("russia.growth_shock", "world.china_growth")
"""Levers whose values stood in % a year in manifests of format 1; since format 2 they are fractions a year."""
LARGEST = 16_000_000
"""Characters of a manifest: one of a hundred scenarios with a hundred changes each has a tenth of it."""
HASHED = {
    "evidence": "the record or the evidence (model/record, model/evidence) has",
    "record": "the rows that were added to the record have",
    "parameters": "the parameters (model/parameters) have",
    "posterior": "the posterior (model/posterior) has",
    "levers": "the levers (model/levers.toml) have",
    "indicators": "the indicators (model/indicators.toml) have",
    "code": "the code of the program has",
}
"""What the hashes of a manifest are of, but for scenarios, whose own texts it holds."""
SOURCES_TOLD = 3
"""Of added rows, in a foot: more would fill it."""
_LIBRARIES = ("numpy", "scipy", "mesa", "xarray")


class ScenarioEntry(TypedDict):
    """A scenario as a manifest holds it."""

    name: str
    title: str
    question: str
    about: NotRequired[list[str]]
    years: NotRequired[list[int]]
    change: list[dict[str, Any]]
    loan: NotRequired[list[dict[str, Any]]]
    investment: NotRequired[list[dict[str, Any]]]


class FocusEntry(TypedDict):
    """What is told first, as a manifest holds it."""

    about: NotRequired[list[str]]
    years: NotRequired[list[int]]


class RequestEntry(TypedDict):
    """A request as a manifest holds it."""

    scenarios: list[ScenarioEntry]
    draws: int
    first_draw: int
    seed: int
    origin: str
    horizon: str
    indicators: list[str] | None
    parameters: str
    parameter_seed: NotRequired[int]
    record: NotRequired[dict[str, Any]]


class Manifest(TypedDict):
    """A manifest, as it is written: a table of JSON with these keys and no others.

    Attributes
    ----------
    parameters_from : str
        Where the parameters came from, in words.
    added_in : NotRequired[str]
        Name of the folder whose rows were added to the record; missing where a manifest held them.
    generator : NotRequired[str]
        What the random numbers came from; missing where it was the one before this key was written.
    engine : NotRequired[str]
        What worked the months out; missing where libraries did that had other last digits by processor.
    hashes : dict[str, Any]
        Of what the numbers rest on; that of `scenarios` by name.
    rules : NotRequired[list[dict[str, Any]]]
        Where rules of state held.
    result : NotRequired[str]
        Hash of the numbers.
    comparison : NotRequired[dict[str, Any]]
        What a comparison was asked.
    focus : NotRequired[FocusEntry]
        What is told first, where that was asked besides what the scenarios say.
    basis : NotRequired[str]
        Hash of the file that keeps what the results rest on.
    made : NotRequired[dict[str, Any]]
        How the folder was made: what is kept, formats, charts; or the verb of one question and its arguments.
    study, arguments : NotRequired[str]
        Of a study: its name, and what it was asked.
    verdicts : NotRequired[list[str]]
        What a study found, in sentences.
    """

    format: int
    request: RequestEntry
    scenarios: list[ScenarioEntry]
    first_draw: int
    parameters_from: str
    vintage: str
    added_in: NotRequired[str]
    generator: NotRequired[str]
    engine: NotRequired[str]
    versions: dict[str, str]
    hashes: dict[str, Any]
    rules: NotRequired[list[dict[str, Any]]]
    result: NotRequired[str]
    command: NotRequired[str]
    comparison: NotRequired[dict[str, Any]]
    focus: NotRequired[FocusEntry]
    basis: NotRequired[str]
    made: NotRequired[dict[str, Any]]
    study: NotRequired[str]
    arguments: NotRequired[dict[str, Any]]
    verdicts: NotRequired[list[str]]


def versions() -> dict[str, str]:
    """Versions of the program, Python and the libraries that touch numbers."""
    found = {"sinobel": __version__, "python": platform.python_version()}
    return found | {name: library_version(name) for name in _LIBRARIES}


def library_version(name: str) -> str:
    """Version of a library."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"


def hashes(request: Request) -> dict[str, Any]:
    """Hashes of what the numbers rest on: scenarios, evidence, parameters, levers, indicators, source code."""
    return {
        "scenarios": {scenario.name: scenario.digest for scenario in request.scenarios},
        "evidence": shipped_evidence().digest,
        **({} if request.record is None else {"record": request.record.digest}),
        "parameters": parameters.table_digest(),
        "posterior": posterior_digest() if "posterior" in request.parameters else "",
        "levers": digest_folder(model_folder(), "levers.toml"),
        "indicators": digest_folder(model_folder(), "indicators.toml"),
        "code": code_digest(),
    }


def code_digest() -> str:
    """Hash of the source code."""
    return digest_folder(Path(__file__).parents[1], "**/*.py")


def manifest_of(request: Request) -> Manifest:
    """Manifest of a request, ready for JSON."""
    made: Manifest = {
        "format": FORMAT,
        "request": cast("RequestEntry", request.as_written()),
        "scenarios": [cast("ScenarioEntry", scenario.as_written()) for scenario in request.scenarios],
        "first_draw": request.first_draw,
        "parameters_from": in_words(request.parameters, request.months[0]),
        "vintage": evidence_with(request.record).vintage,
        "generator": GENERATOR,
        "engine": ENGINE,
        "versions": versions(),
        "hashes": hashes(request),
    }
    if request.record is not None and request.record.place:
        made["added_in"] = Path(request.record.place).name
    return made


def request_of(manifest: Manifest, file: str = "manifest") -> Request:
    """The request of a manifest.

    Raises
    ------
    InputError
        When it is damaged or of another format.
    """
    try:
        if manifest["format"] != FORMAT:
            raise InputError(Problem(f"format {quoted(manifest['format'])} is not {FORMAT}", file))
        written = manifest["request"]
        indicators = written["indicators"]
        return Request(
            scenarios=tuple(from_written(entry) for entry in written["scenarios"]),
            draws=written["draws"],
            seed=written["seed"],
            origin=written["origin"],
            horizon=written["horizon"],
            indicators=None if indicators is None else tuple(indicators),
            first_draw=written["first_draw"],
            parameters=written["parameters"],
            parameter_seed=written.get("parameter_seed"),
            record=added_of(written.get("record")),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(Problem(f"this is no complete manifest ({error})", file)) from None


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="allow")


class _Focus(_Part):
    about: list[str] = []
    years: list[int] = []


class _Scenario(_Focus):
    name: Annotated[str, Field(min_length=1, max_length=1000)]
    title: str
    question: str
    change: list[dict[str, Any]]
    loan: list[dict[str, Any]] = []
    investment: list[dict[str, Any]] = []


class _Request(_Part):
    scenarios: Annotated[list[_Scenario], Field(min_length=1)]
    draws: int
    first_draw: int
    seed: int
    origin: str
    horizon: str
    indicators: list[str] | None
    parameters: str
    parameter_seed: int | None = None
    record: dict[str, Any] | None = None


class _Made(_Part):
    asked: str = ""
    keep: str = ""
    formats: list[str] = []
    charts: bool = True
    page: bool = False
    verb: str = ""


class _Manifest(_Part):
    """What every manifest holds, and what some hold: what reads them need not look again."""

    request: _Request
    parameters_from: str
    vintage: str
    versions: Annotated[dict[str, str], Field(min_length=1)]
    hashes: dict[str, Any]
    generator: str = ""
    command: str = ""
    result: str = ""
    basis: str = ""
    study: str = ""
    arguments: dict[str, Any] = {}
    comparison: dict[str, Any] = {}
    focus: _Focus | None = None
    made: _Made | None = None


MOST_PROBLEMS = 5  # of one manifest: whoever damaged it makes it again, and does not mend it


def parse_manifest(text: str, file: str) -> Manifest:
    """A manifest from its text, with everything in it that is always there.

    Raises
    ------
    InputError
        For any other text.
    """
    if len(text) > LARGEST:
        message = f"this is no manifest: it has {len(text):,} characters; at most {LARGEST:,} are read"
        raise InputError(Problem(message, file))
    try:
        content = json.loads(text, parse_constant=_refuse)
        _refuse_texts(content)
    except (ValueError, RecursionError) as error:  # no JSON, a number without end, tables in tables without end
        line = getattr(error, "lineno", None)
        raise InputError(Problem(f"this is no manifest: {_why(error)}", file, line)) from None
    if not isinstance(content, dict):
        raise InputError(Problem("this is no manifest: it holds no JSON object", file))
    form = content.get("format", FORMAT)
    if isinstance(form, bool) or form not in READABLE:
        known = " or ".join(map(str, READABLE))
        raise InputError(Problem(f"format {quoted(form)} is not {known}; another version of sinobel made this", file))
    try:
        _Manifest.model_validate(content)
    except ValidationError as error:
        found = [
            f"{'.'.join(str(step) for step in each['loc'])}: {each['msg'][:1].lower()}{each['msg'][1:]}"
            for each in error.errors()[:MOST_PROBLEMS]
        ]
        raise InputError([Problem(f"this is no complete manifest ({each})", file) for each in found]) from None
    if "sinobel" not in content["versions"]:
        raise InputError(Problem("this is no complete manifest (versions.sinobel: field required)", file))
    return cast("Manifest", _of_format_1(content) if form == 1 else content)


def _why(error: Exception) -> str:
    """Why a text cannot be read as JSON, in our words."""
    if isinstance(error, json.JSONDecodeError):
        return "it is not valid JSON"
    if isinstance(error, RecursionError):
        return "its lists and tables are nested too deeply"
    return "it holds a number of thousands of digits" if "integer string conversion" in str(error) else str(error)


def _of_format_1(content: dict[str, Any]) -> dict[str, Any]:
    """A manifest of format 1 as it is written today; scales, dates and rules mean what they meant.

    What a study was asked on the command line, "world.china_growth=4:8", is in the old unit as well; "4 %:8 %" is the
    same in both.
    """

    def today(number: Any) -> Any:
        numeric = isinstance(number, int | float) and not isinstance(number, bool) and abs(number) < 1e9
        return float(Decimal(repr(number)) / 100) if numeric else number

    def end_today(text: str) -> str:
        try:
            return f"{today(float(text)):.12g}"
        except ValueError:  # in percent, or no number at all
            return text

    for each in content["request"]["scenarios"]:
        for change in each["change"]:
            if change.get("lever") in ONCE_IN_PERCENT and "value" in change:
                change["value"] = today(change["value"])
    levers = content.get("arguments", {}).get("lever")
    for place, text in enumerate(levers if isinstance(levers, list) else ()):
        name, given, span = text.partition("=") if isinstance(text, str) else ("", "", "")
        if given and name.strip() in ONCE_IN_PERCENT:
            levers[place] = f"{name}={':'.join(map(end_today, span.split(':')))}"
    if "scenarios" in content:
        content["scenarios"] = content["request"]["scenarios"]
    content["format"] = FORMAT
    return content


def _refuse(constant: str) -> None:
    """Raises ValueError for what JSON calls a number and is none."""
    raise ValueError(f"it holds {constant}")


def _refuse_texts(content: Any) -> None:
    """Raises ValueError for texts that cannot be shown: they stand on charts, in pages and on the terminal."""
    if isinstance(content, str):
        if why := unprintable(content, LARGEST):
            raise ValueError(f"it {why}")
    elif isinstance(content, dict | list):
        for each in content:
            _refuse_texts(each)
            if isinstance(content, dict):
                _refuse_texts(content[each])


def changes_since(manifest: Manifest, request: Request) -> list[str]:
    """What differs between a manifest and this program that may move numbers, in words."""
    now, then = hashes(request), manifest.get("hashes", {})
    found = [f"{what} changed since" for name, what in HASHED.items() if then.get(name) != now.get(name)]
    if (generator := manifest.get("generator", "")) != GENERATOR:
        found.append(f"random numbers come from {GENERATOR}, they came from {generator or 'an earlier generator'}")
    old = manifest.get("versions", {})
    for name, version in versions().items():
        if old.get(name) != version:
            found.append(f"{name} is {version}, it was {old.get(name, 'unknown')}")
    return found


def caption(manifest: Manifest) -> str:
    """One line for the foot of a chart: futures, seed, record; parameters where they are not the usual ones."""
    request = manifest["request"]
    origin = months.label(months.parse(request["origin"]))
    usual = request["parameters"] == "posterior"
    told = "" if usual else f" with parameters from {manifest['parameters_from']}"
    return (
        f"{request['draws']:,} future{'s' * (request['draws'] != 1)} from {origin} on{told}, seed {request['seed']}; "
        f"{record_in(manifest)}; sinobel {manifest['versions']['sinobel']}"
    )


def record_in(manifest: Manifest) -> str:
    """Whose record results rest on and how far it reaches; of added rows where they stood and where they come from."""
    added = added_of(manifest["request"].get("record"))
    if added is None:
        return manifest["vintage"]
    first, rest = added.sources[:SOURCES_TOLD], len(added.sources) - SOURCES_TOLD
    sources = "; ".join([*first, *([f"{rest} more"] if rest > 0 else [])])
    where = " ".join(manifest.get("added_in", "").split())
    return f"{manifest['vintage']}, with rows added{f' in “{where}”' if where else ''} (from {sources})"
