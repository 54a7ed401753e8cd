"""What the studies share: where they write, their manifest and command, progress, and how they end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinobel.inputs import months
from sinobel.inputs.reading import InputError

if TYPE_CHECKING:
    from sinobel.policies.scenarios import Scenario
    from sinobel.reporting.charts.chart import Chart
    from sinobel.runs.manifest import Manifest
    from sinobel.runs.request import Request


def checked_origin(text: str) -> str:
    """An origin as it was written.

    Raises
    ------
    InputError
        When it is none.
    """
    try:
        months.parse_origin(text)
    except ValueError as error:
        raise InputError(str(error)) from None
    return text


def place(out: Path | None, name: str, policies: Sequence[Scenario], *, replace: bool) -> Path:
    """Folder a study is written to.

    Raises
    ------
    InputError
        When it cannot be.
    """
    from sinobel.store.studies import place_of

    return place_of(out, name, policies, replace=replace)


def manifest_of_study(study: str, arguments: Mapping[str, Any], request: Request, texts: Mapping[str, str]) -> Manifest:
    """The manifest of a study: its command, the ensemble below it, versions, and a hash of its tables."""
    from importlib import metadata

    from sinobel.inputs.reading import digest
    from sinobel.runs.manifest import manifest_of

    manifest = manifest_of(request)
    library = {"sensitivity": "SALib", "discover": "scikit-learn"}.get(study)
    if library:
        manifest["versions"][library.lower()] = metadata.version(library)
    return manifest | {
        "study": study,
        "arguments": dict(arguments),
        "command": command_of(study, arguments),
        "result": digest(*(part for name in sorted(texts) for part in (name, texts[name]))),
    }


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


def write(
    folder: Path,
    manifest: Manifest,
    texts: Mapping[str, str],
    figures: Mapping[str, Callable[[], Chart]],
    *,
    replace: bool,
) -> Path | None:
    """Write the folder of a study at once; returns where what it replaces was moved to."""
    from sinobel.store.studies import write_study

    return write_study(folder, manifest, texts, figures, replace=replace)
