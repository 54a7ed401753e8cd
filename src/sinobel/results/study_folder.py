"""Folders of studies: where they go, their manifest and command, what they hold, and how they are made again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinobel.inputs import months
from sinobel.inputs.added import AddedRecord
from sinobel.inputs.evidence import added_record
from sinobel.inputs.reading import InputError
from sinobel.policies.scenarios import Scenario
from sinobel.reporting.charts.shared import SOURCES
from sinobel.reporting.tables.tables import to_csv
from sinobel.reporting.words import telling
from sinobel.results import study_readme
from sinobel.results.asking_again import ANEW, is_shipped
from sinobel.runs.manifest import Manifest

if TYPE_CHECKING:
    from sinobel.runs.request import Request

NEEDS = {"sensitivity": "SALib", "discover": "scikit-learn"}
"""Library a study rests on, whose version its manifest tells."""


@dataclass(frozen=True)
class Asked:
    """What a study was asked.

    Attributes
    ----------
    study : str
        The verb: "solve", "sensitivity" or "discover".
    arguments : Mapping[str, Any]
        As a manifest holds them, by the names they have on the command line.
    policies : Sequence[Scenario]
        The scenario, and the one it is held against.
    name : str
        Of the folder, unless told.
    record : AddedRecord | None
        Rows that were added to the record.
    """

    study: str
    plan: Any
    arguments: Mapping[str, Any]
    policies: Sequence[Scenario]
    name: str
    record: AddedRecord | None = field(default_factory=added_record)

    def place(self, out: Path | None, *, replace: bool = False) -> Path:
        """Folder the study is written to.

        Raises
        ------
        InputError
            When it cannot be.
        """
        from sinobel.store.studies import place_of

        return place_of(out, self.name, self.policies, replace=replace, study=self.study)


@dataclass(frozen=True)
class StudyFolder:
    """What the folder of a study holds, ready to be written.

    Attributes
    ----------
    texts : Mapping[str, str]
        File name -> content.
    figures : Mapping[str, Callable[[], Any]]
        Name -> function that draws it.
    verdicts : Sequence[str]
        What was found, in sentences.
    """

    manifest: Manifest
    texts: Mapping[str, str]
    figures: Mapping[str, Callable[[], Any]]
    verdicts: Sequence[str]
    first_chart: str = ""

    def write(self, folder: Path, *, replace: bool = False) -> Path | None:
        """Write the folder at once; returns where what it replaces was moved to."""
        from sinobel.store.studies import write_study

        return write_study(folder, self.manifest, self.texts, self.figures, replace=replace)


@dataclass(frozen=True)
class Told:
    """How a study is told in its README.

    Attributes
    ----------
    files : Mapping[str, str]
        File -> what it holds.
    columns : Mapping[str, str]
        Column -> meaning.
    runs : str
        For example "2,000 draws".
    """

    title: str
    verdicts: Sequence[str]
    method: str
    columns: Mapping[str, str]
    runs: str
    files: dict[str, str] = field(default_factory=dict)


def folder_of(
    asked: Asked,
    request: Request,
    told: Told,
    tables: Mapping[str, str],
    charts: Mapping[str, Callable[[str], Any]],
) -> StudyFolder:
    """The folder of a study from its tables and charts.

    Parameters
    ----------
    tables : Mapping[str, str]
        File -> CSV.
    charts : Mapping[str, Callable[[str], Any]]
        Name -> function that draws it with a line at its foot.
    """
    manifest = manifest_of_study(asked.study, asked.arguments, request, tables)
    manifest["verdicts"] = list(told.verdicts)
    called = [asked.arguments.get(name) for name in ("scenario", "against")]
    if any(policy.name in called and not is_shipped(policy) for policy in asked.policies):
        manifest["command"] = ANEW  # made in Python: a file would be called by its path
    unseen = [telling.beyond_in_words(manifest), *getattr(asked.plan, "beyond", ())]
    parts = [*unseen, f"{study_readme.caption(manifest, told.runs)}.", told.method, SOURCES]
    foot = " ".join(filter(None, parts))
    page = study_readme.readme(
        told.title,
        told.verdicts,
        method=told.method,
        files=told.files,
        columns=told.columns,
        manifest=manifest,
        runs=told.runs,
    )
    figures = {name: _drawn(draw, foot) for name, draw in charts.items()}
    return StudyFolder(manifest, {**tables, "README.md": page}, figures, told.verdicts, next(iter(charts), ""))


def _drawn(draw: Callable[[str], Any], foot: str) -> Callable[[], Any]:
    return lambda: draw(foot)


def csv_or_header(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Rows as CSV; the names of the columns alone where there is none."""
    return to_csv(rows) or ",".join(columns) + "\n"


def checked_origin(text: Any) -> str:
    """An origin as it is written, from a text or a date.

    Raises
    ------
    InputError
        When it is none.
    """
    written: str = months.december_text(text)
    try:
        months.parse_origin(written)
    except ValueError as error:
        raise InputError(str(error)) from None
    return written


def named(scenario: str | Path | Scenario | None) -> str | None:
    """How a scenario was called."""
    return scenario.name if isinstance(scenario, Scenario) else None if scenario is None else str(scenario)


def loaded(scenario: Any, against: Any = None) -> list[Scenario]:
    """A scenario and the one it is held against; the problems of both at once."""
    from sinobel.policies.scenarios import load_all

    return load_all([scenario] if against is None else [scenario, against])


def manifest_of_study(study: str, arguments: Mapping[str, Any], request: Request, texts: Mapping[str, str]) -> Manifest:
    """The manifest of a study: its command, the ensemble below it, versions, and a hash of its tables."""
    from importlib import metadata

    from sinobel.inputs.reading import digest
    from sinobel.runs.manifest import manifest_of

    manifest = manifest_of(request)
    if library := NEEDS.get(study):
        manifest["versions"][library.lower()] = metadata.version(library)
    return manifest | {
        "study": study,
        "arguments": dict(arguments),
        "command": _command(study, arguments, request.record),
        "result": digest(*(part for name in sorted(texts) for part in (name, texts[name]))),
    }


def _command(study: str, arguments: Mapping[str, Any], record: AddedRecord | None) -> str:
    if record is not None and not record.place:
        return ANEW
    return command_of(study, arguments if record is None else {**arguments, "record": record.place})


def command_of(study: str, arguments: Mapping[str, Any]) -> str:
    """The command that asks for a study again."""
    import shlex

    words = ["sinobel", study]
    for name, value in arguments.items():
        if study == "discover" and name == "scenario":
            words.append(value)
        elif value is True:
            words.append(f"--{name}")
        elif isinstance(value, list | tuple):
            words += [word for each in value for word in (f"--{name}", str(each))]
        elif value is not None and value is not False:
            words += [f"--{name}", str(value)]
    return shlex.join(words)
