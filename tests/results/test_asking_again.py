"""A folder asks for itself: its command, and `rerun` into another place, give the same folder again."""

import json
import shlex

import pytest

import sinobel
from sinobel import cli
from sinobel.inputs.reading import InputError
from sinobel.policies import scenarios

DRAWN = False

MINE = scenarios.load("baseline").with_change("china.tied_share", 0.4, start="2018-01", name="mine")
APART = ("--origin", "2015-12", "--horizon", "2018-12", "--draws", "24", "--seed", "5", "--prior")
"""Options off their defaults that every verb takes."""


def call(*words):
    with pytest.raises(SystemExit) as end:
        cli.main([str(word) for word in words])
    assert not end.value.code, words


def manifest(folder):
    return json.loads((folder / "manifest.json").read_text())


def contents(folder, but=()):
    """Every file of a folder, charts too; two runs of one command write the same bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name not in but
    }


FOLDERS = {
    "run": ("run", "untied-finance", *APART, "--keep", "months", "--format", "nc,csv"),
    "compare": (
        *(
            "compare",
            "baseline",
            "untied-finance",
            *APART,
            "--for",
            "china",
            "--weight",
            "belarus.income=33.3333333",
        ),
        *("--discount", "0.0512345678"),
    ),
    "attribute against": (
        *("attribute", "untied-finance", "baseline", "--year", "2018", *APART),
        *("--of", "debt_to_china", "--by", "loan flow"),
    ),
    "attribute since": ("attribute", "untied-finance", "--year", "2018", "--since", "2017", *APART),
    "money": ("money", "untied-finance", "--loan", "L05", *APART),
}


@pytest.mark.parametrize("words", FOLDERS.values(), ids=FOLDERS)
def test_the_command_of_a_folder_and_its_rerun_make_it_again(tmp_path, words):
    call(*words, "--out", tmp_path / "first")
    command = manifest(tmp_path / "first")["command"]
    call(*shlex.split(command)[1:], "--out", tmp_path / "second")
    assert contents(tmp_path / "second") == contents(tmp_path / "first")
    assert sinobel.rerun(tmp_path / "first", out=tmp_path / "third")
    assert contents(tmp_path / "third") == contents(tmp_path / "first")


@pytest.mark.parametrize(
    "find",
    [
        lambda: sinobel.attribute(MINE, "baseline", year=2018, horizon="2018-12", draws=8),
        lambda: sinobel.money(MINE, horizon="2018-12", draws=8),
        lambda: sinobel.solve("debt_to_china[2018] <= 9000", "china.lending_volume=0:2", scenario=MINE, draws=8),
    ],
    ids=["attribute", "money", "solve"],
)
def test_no_command_names_a_scenario_that_was_made_in_python(tmp_path, find):
    folder = find().save(tmp_path / "first")
    assert manifest(folder)["command"] == "sinobel rerun manifest.json"
    call("rerun", folder, "--out", tmp_path / "second")
    assert contents(tmp_path / "second") == contents(folder)


def test_what_is_kept_and_written_is_no_option_of_rerun(tmp_path):
    """The manifest tells it, and `rerun` takes no such words."""
    folder = sinobel.run(MINE, draws=2, horizon="2018-12").sinobel.save(
        tmp_path / "first", keep="months", formats=["nc", "csv"], charts=False
    )
    command = manifest(folder)["command"]
    assert command.startswith("sinobel rerun manifest.json")
    words = [str(folder / word) if word == "manifest.json" else word for word in shlex.split(command)[1:]]
    call(*words, "--out", tmp_path / "second")
    assert contents(tmp_path / "second") == contents(folder)


def test_a_dataset_that_the_program_would_not_make_again_is_not_saved(tmp_path, monkeypatch):
    """The numbers are those of their manifest, and the program has changed since."""
    results = sinobel.run(draws=4, horizon="2017-12")
    from sinobel.world.agents.belarus import Belarus

    before = Belarus.produce

    def changed(self):
        before(self)
        self.gdp = 1.01 * self.gdp

    monkeypatch.setattr(Belarus, "produce", changed)
    for end in (lambda: sinobel.save(results, tmp_path / "r"), lambda: sinobel.report(results, tmp_path / "r.html")):
        with pytest.raises(InputError, match="have changed since these results were made"):
            end()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"country": "narnia"}, "narnia"),
        ({"weights": {"nonsense": 3}}, "nonsense"),
        ({"discount": "x"}, "x"),
        ({"objectives": "/nofile"}, "nofile"),
        ({"country": "china"}, "country asks whose"),
        ({"weights": {"belarus.income": 40}, "discount": 0.05}, "weights and discount ask whose"),
    ],
)
def test_a_single_scenario_is_no_choice(tmp_path, asked, message):
    results = sinobel.run(draws=2, horizon="2017-12")
    with pytest.raises(InputError, match=message):
        sinobel.save(results, tmp_path / "r", **asked)
    with pytest.raises(InputError, match=message):
        sinobel.report(results, tmp_path / "r.html", **asked)


@pytest.mark.parametrize("loan", [3, None, ["L05"]])
def test_a_loan_is_called_by_name(loan):
    with pytest.raises(InputError, match="loan must be the name of a loan"):
        sinobel.money(loan=loan)


@pytest.mark.parametrize(("name", "value"), [("year", "2018"), ("year", 2018.5), ("since", True)])
def test_years_are_whole_numbers(name, value):
    with pytest.raises(InputError, match=f"{name} must be a whole number, not"):
        sinobel.attribute("untied-finance", **({"year": 2019} | {name: value}))
