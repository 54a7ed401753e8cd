"""What a results folder is: its questions, how it was made, what it holds, and whether it can be made again."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Mapping

from sinobel.analysis.question import question_of
from sinobel.inputs import inert
from sinobel.inputs.countries import COUNTRIES
from sinobel.inputs.objectives import all_objectives
from sinobel.inputs.quantities import label_and_name
from sinobel.policies.scenarios import Scenario
from sinobel.reporting.words import telling
from sinobel.reporting.words.explain import Line
from sinobel.reporting.words.wording import several
from sinobel.results.asking_again import ANEW
from sinobel.runs.manifest import Manifest, changes_since, request_of

KINDS = {
    ".nc": "netCDF",
    ".csv": "table",
    ".parquet": "Parquet",
    ".xlsx": "Excel workbook",
    ".png": "chart",
    ".svg": "chart",
    ".html": "page",
    ".json": "JSON",
    ".md": "text",
}


def of_results(
    manifest: Manifest, sizes: Mapping[str, int], name: str, *, file: str = "", finished: int | None = None
) -> list[Line]:
    """Lines about results.

    Parameters
    ----------
    sizes : Mapping[str, int]
        Bytes of each file.
    name : str
        The folder as the user should see it.
    file : str
        The file that was asked about, empty for the folder.
    finished : int | None
        Simulated draws of an unfinished run, None for a complete one.

    Raises
    ------
    InputError
        When the manifest is damaged or of another format.
    """
    request = request_of(manifest, f"{name}/manifest.json")
    return [
        *_what(request.scenarios, manifest, file, finished),
        *_asked(manifest),
        *_how(manifest),
        *_same(manifest),
        *_again(manifest, name, finished),
        *_holds(sizes, finished),
    ]


def _what(policies: tuple[Scenario, ...], manifest: Manifest, file: str, finished: int | None) -> Iterator[Line]:
    many = len(policies) > 1
    kind = f"the same futures under {len(policies)} scenarios" if many else "a run of one scenario"
    if finished is None:
        yield "results", f"{file}, part of {kind}" if file else f"{kind}, complete"
    else:
        yield "results", f"{kind}, not finished: {finished:,} of {manifest['request']['draws']:,} futures are simulated"
    told = telling.told_of_manifest(manifest)
    for policy in policies:
        yield "question" if policy is policies[0] else "", f"{policy.name}: {policy.question}"
        yield from (("", f"  {each.text(label_and_name)}") for each in told[policy.name])


def _asked(manifest: Manifest) -> Iterator[Line]:
    """What a comparison was asked, and where its objectives are not those that ship."""
    if "comparison" not in manifest:
        return
    question, shipped = question_of(manifest), all_objectives()
    mine = question.objectives
    whose, rate = COUNTRIES[question.country], f"{100 * question.rate:.2f} % a year"
    yield "asked", f"against {question.reference}, for {whose}; discounted at {rate}"
    changed = [
        f"{name} (weight {mine[name].weight:g})" if name in mine else f"{name} (left out)"
        for name in {**shipped, **mine}
        if mine.get(name) != shipped.get(name)
    ]
    yield "", f"objectives not as shipped: {', '.join(changed)}" if changed else "objectives as shipped"


def _how(manifest: Manifest) -> Iterator[Line]:
    request = manifest["request"]
    yield "futures", f"{several(request['draws'], 'draw')} from {manifest['parameters_from']}, seed {request['seed']}"
    yield "span", f"{request['origin']} to {request['horizon']}"
    yield "vintage", str(manifest["vintage"])
    told = manifest["versions"]
    yield "made with", ", ".join(f"{name} {version}" for name, version in told.items())
    if manifest.get("command", ANEW) != ANEW:
        yield "", inert.command(manifest["command"])


def _same(manifest: Manifest) -> Iterator[Line]:
    """Whether this program would give the same numbers, by the hashes of what they rest on."""
    changed = changes_since(manifest, request_of(manifest))
    if not changed:
        yield "today", "this program would give the same numbers: evidence, model, code and libraries are the same"
        return
    yield "today", "this program may give other numbers:"
    yield from (("", f"  {change}") for change in changed)


def _again(manifest: Manifest, name: str, finished: int | None) -> Iterator[Line]:
    if finished is not None:
        made_with = inert.command(manifest["command"]) if "command" in manifest else "the same command"
        command = with_place(made_with, name)
        yield "to finish", f"{command} (it goes on from there, if nothing of the above has changed)"
        return
    yield "check", f"sinobel rerun {shlex.quote(name)}"
    made_with = manifest.get("command", ANEW)
    anew = f"sinobel rerun {shlex.quote(name)} --out {shlex.quote(name)}"
    yield "rebuild", anew if made_with == ANEW else with_place(inert.command(made_with), name)


def with_place(command: str, name: str) -> str:
    """The command with the folder it is to fill."""
    return (
        f"{command} --out {shlex.quote(name)}"
        if command.startswith("sinobel ") and "." not in name.rpartition("/")[2]
        else command
    )


def _holds(sizes: Mapping[str, int], finished: int | None) -> Iterator[Line]:
    if finished is not None:
        yield "holds", f"{size_in_words(sum(sizes.values()))} of finished blocks and notes; nothing to open yet"
        return
    charts = Counter(path.rpartition(".")[2].upper() for path in sizes if path.startswith("charts/"))
    others = {path: size for path, size in sizes.items() if not path.startswith("charts/")}
    for index, (path, size) in enumerate(others.items()):
        kind = KINDS.get("." + path.rpartition(".")[2], "file")
        yield "holds" if index == 0 else "", f"{path}: {kind}, {size_in_words(size)}"
    if charts:
        yield "", "charts: " + ", ".join(f"{count} as {form}" for form, count in sorted(charts.items()))


def size_in_words(count: int) -> str:
    """Bytes as people read them."""
    size = float(count)
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
