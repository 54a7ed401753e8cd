"""README of a results folder: what it answers, what each file and column holds, how to make it again."""

from __future__ import annotations

from collections.abc import Mapping

from sinobel.inputs import inert
from sinobel.inputs.quantities import label_and_name
from sinobel.reporting.charts.lettering import titles_of
from sinobel.reporting.tables.tables import COLUMNS
from sinobel.reporting.words import telling
from sinobel.reporting.words.wording import several
from sinobel.results import dictionary
from sinobel.runs.manifest import Manifest, record_in


def telling_lines(manifest: Manifest) -> list[str]:
    """What the scenarios of a folder change, as a section of its README."""
    lines = ["", "What the scenarios change, where their rules held, and why:", ""]
    for name, found in telling.lines(manifest, label_and_name).items():
        lines += [f"- {inert.markdown(name)}", *(f"  - {inert.markdown(line)}" for line in found)]
    return lines


def folder_readme(
    manifest: Manifest, files: Mapping[str, str], command: str, columns: Mapping[str, str] = COLUMNS
) -> str:
    """README of a results folder: what it answers, what each file and column holds, how to make it again."""
    request = manifest["request"]
    draws = several(request["draws"], "draw")
    lines = [
        f"# {', '.join(map(inert.markdown, titles_of(manifest).values()))}",
        "",
        f"{draws} from {inert.markdown(manifest['parameters_from'])}, seed {request['seed']}, "
        f"origin {inert.markdown(request['origin'])}, horizon {inert.markdown(request['horizon'])}; "
        f"{inert.markdown(record_in(manifest))}; sinobel {inert.markdown(manifest['versions']['sinobel'])}.",
        "",
        "| scenario | question |",
        "| --- | --- |",
    ]
    asked = [(inert.markdown(entry["name"]), inert.markdown(entry["question"])) for entry in request["scenarios"]]
    lines += [f"| {name} | {question} |" for name, question in asked]
    lines += telling_lines(manifest)
    lines += ["", "| file | holds |", "| --- | --- |"]
    lines += [f"| `{name}` | {holds} |" for name, holds in files.items()]
    lines += ["", "Columns of the tables; an apostrophe stands before what a spreadsheet would compute of a text:", ""]
    lines += ["| column | meaning |", "| --- | --- |"]
    lines += [f"| {name} | {meaning} |" for name, meaning in dictionary.columns_of(files, columns).items()]
    lines += dictionary.dataset_lines(files)
    lines += ["", "Made with", "", f"    {inert.command(command)}", "", "and made again, number by number, with", ""]
    lines += ["    sinobel rerun manifest.json", ""]
    return "\n".join(lines)
