"""`sinobel explain` on results: what they are, how they were made, whether they can be made again."""

import json

import pytest

from sinobel import cli, store
from sinobel.inputs.reading import InputError
from sinobel.policies import scenarios
from sinobel.reporting.tables import tables
from sinobel.results import dictionary, provenance
from sinobel.runs.request import Request

OPTION = scenarios.load("untied-finance")
COMMAND = "sinobel compare baseline untied-finance --draws 40"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A finished folder, an interrupted one beside it."""
    place = tmp_path_factory.mktemp("explained")
    request = Request((scenarios.load("baseline"), OPTION), 40, 5, horizon="2018-12")
    with store.Run(request, place / "r") as run:
        run.manifest["command"] = COMMAND
        run.simulate()
        (run.made / "charts").mkdir()
        run.write("charts/overview.svg", "<svg/>")
        run.finish()
    monkey = pytest.MonkeyPatch()
    monkey.setattr(store.folders, "block_size", lambda request, jobs: 256)
    with store.Run(Request((OPTION,), 400, 5, horizon="2018-12"), place / "half") as run:
        run.manifest["command"] = "sinobel run untied-finance --draws 400"
        with pytest.raises(KeyboardInterrupt):
            run.simulate(progress=_stop)
    monkey.undo()
    return place


def _stop(finished, total):
    if finished:
        raise KeyboardInterrupt


@pytest.fixture
def explain(made, monkeypatch, capsys):
    monkeypatch.chdir(made)

    def ask(name):
        with pytest.raises(SystemExit) as stop:
            cli.main(["explain", str(name)])
        said = capsys.readouterr()
        return stop.value.code or 0, " ".join((said.out + said.err).split())

    return ask


def test_a_folder_tells_what_it_is_and_how_to_rebuild_it(explain):
    code, said = explain("r")
    assert code == 0
    for words in (
        OPTION.question,
        "must buy Chinese goods (china.tied_share): 0 % of disbursement"
        " (the money may buy anything anywhere, also of loans signed before) from 2018-01",
        "40 draws from the posterior",
        "seed 5",
        "record: shipped, to 2016-12",
        "2016-12 to 2018-12",
        "sinobel rerun r",
        f"rebuild {COMMAND} --out r",
        "annual.nc: netCDF",
        "1 as SVG",
        "this program would give the same numbers",
    ):
        assert words in said, words


@pytest.mark.parametrize("name", ["r/annual.nc", "r/manifest.json", "r/charts/overview.svg", "r/"])
def test_a_file_of_a_folder_tells_of_its_folder(explain, name):
    code, said = explain(name)
    assert code == 0
    assert f"results {name.removeprefix('r/')}".strip() in said
    assert OPTION.question in said


def test_a_dataset_alone_carries_what_made_it(explain, made, capsys):
    (made / "alone.nc").write_bytes((made / "r" / "annual.nc").read_bytes())
    code, said = explain("alone.nc")
    assert code == 0
    assert OPTION.question in said
    assert "sinobel rerun alone.nc" in said
    with pytest.raises(SystemExit) as stop:
        cli.main(["rerun", "alone.nc"])
    assert not stop.value.code
    assert "bit for bit" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["half", "half.unfinished"])
def test_an_unfinished_run_tells_how_far_it_came_and_how_to_finish_it(explain, name):
    code, said = explain(name)
    assert code == 0
    assert "not finished: 256 of 400 futures are simulated" in said
    assert "sinobel run untied-finance --draws 400 --out half" in said


def test_other_code_or_evidence_is_told(explain, made):
    manifest = json.loads((made / "r" / "manifest.json").read_text())
    manifest["hashes"]["evidence"] = "0"
    manifest["versions"]["numpy"] = "1.0"
    (made / "older.json").write_text(json.dumps(manifest))
    code, said = explain("older.json")
    assert code == 0
    assert "may give other numbers" in said
    assert "evidence" in said
    assert "it was 1.0" in said


BAD = {
    "nothing/here": ("there are no such results", None),
    "r-": ("nothing is called 'r-'", None),
    "./rr": ('did you mean "r"?', None),
    "empty": ("no results folder: it has no manifest.json", "folder"),
    "cut.json": ("this is no manifest", '{"format": 1,'),
    "list.json": ("holds no JSON object", "[1]"),
    "old.json": ("format 0 is not 1 or 2", '{"format": 0}'),
    "part.json": ("no complete manifest", '{"format": 1, "request": {}}'),
    "noise.nc": ("damaged or carries no manifest", "noise"),
    "noise.parquet": ("damaged or carries no manifest", "noise"),
    "picture.png": ("carries no manifest; name its results folder", "noise"),
    "begun.unfinished": ("had begun", "folder"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_result_is_a_clear_message(explain, made, name):
    message, content = BAD[name]
    if content == "folder":
        (made / name).mkdir(exist_ok=True)
    elif content:
        (made / name).write_text(content)
    code, said = explain(name)
    assert code == 2
    assert message in said
    assert "Traceback" not in said


def test_names_of_the_model_come_before_folders(explain, made):
    (made / "baseline").mkdir(exist_ok=True)
    code, said = explain("baseline")
    assert code == 0
    assert "scenario Baseline" in said


def test_the_readme_explains_every_file_and_column():
    files = dict.fromkeys((*dictionary.DIMENSIONS, *dictionary.COLUMNS_OF), "x")
    columns = dictionary.columns_of(files, tables.COLUMNS)
    assert {"draw", "value", "variable", "recorded"} <= set(columns)
    text = "\n".join(dictionary.dataset_lines(files))
    for name in (*dictionary.DIMENSIONS, "exports_to_china", "USD mn a month"):
        assert name in text
    assert "model" not in dictionary.columns_of(["summary.csv"], tables.COLUMNS)


def test_sizes_are_told_in_words():
    assert [provenance.size_in_words(size) for size in (12, 34_000, 5_600_000, 7_800_000_000)] == [
        "12 bytes",
        "34 kB",
        "6 MB",
        "7.8 GB",
    ]


def test_a_folder_of_a_scenario_made_in_python_is_rebuilt_by_a_command_that_runs(tmp_path, monkeypatch):
    import shlex

    import sinobel
    from sinobel import cli

    monkeypatch.chdir(tmp_path)
    mine = sinobel.scenario("baseline").with_change("china.tied_share", 0.4, start="2018-01")
    sinobel.save(sinobel.run(mine, draws=4, horizon="2018-12"), "mine", charts=False)
    told = sinobel.explain("mine")["text"]
    commands = [text for text in told if text.startswith("sinobel rerun ")]
    assert len(commands) == 2
    for command in commands:
        with pytest.raises(SystemExit) as end:
            cli.main(shlex.split(command)[1:])
        assert not end.value.code, command


def test_a_folder_of_bands_is_not_told_to_make_years_again(tmp_path):
    import sinobel

    folder = sinobel.save(sinobel.run(draws=4, horizon="2017-12"), tmp_path / "bands", keep="bands", charts=False)
    with pytest.raises(InputError, match="it kept none of them; a run with keep"):
        sinobel.report(folder)
