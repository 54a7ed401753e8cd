"""Generated texts are up to date, the README's promises hold, no host or machine path stands in the project."""

import fnmatch
import pathlib
import re
import subprocess
import tomllib

import pytest

from sinobel.inputs.parameters import all_parameters
from sinobel.policies import scenarios
from sinobel.reporting.documents import odd

ROOT = pathlib.Path(__file__).parents[2]


@pytest.mark.parametrize("path", [path for path, _ in odd.generated()], ids=lambda path: path.name)
def test_generated_texts_are_up_to_date(path):
    text = dict(odd.generated())[path]
    assert path.read_text() == text, "run `python3 start.py -- docs`"


def test_odd_asks_only_for_what_is_generated():
    with pytest.raises(Exception, match="nothing generates"):
        odd.filled("<!-- generated: moon phases -->\n<!-- end -->")


def test_readme_starts_with_the_two_commands_and_its_scenario_is_valid(tmp_path):
    text = (ROOT / "README.md").read_text()
    first = text[: text.index("## ")]
    assert "python3 start.py run" in first
    assert "python3 start.py test" in first
    example = re.search(r"```toml\n(.*?)```", text, re.DOTALL)[1]
    (tmp_path / "mine.toml").write_text(example)
    assert scenarios.read_scenario(tmp_path / "mine.toml").changes
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert link.startswith("http") or (ROOT / link).exists(), link


def test_readme_python_example_runs(tmp_path, monkeypatch):
    text = (ROOT / "README.md").read_text()
    code = re.search(r"```python\n(.*?)```", text, re.DOTALL)[1]
    monkeypatch.chdir(tmp_path)  # it saves a folder
    exec(compile(code.replace("draws=2000", "draws=20"), "README.md", "exec"), {})


def test_priors_set_after_output_was_seen_say_so_and_stand_in_one_table():
    text = (ROOT / "docs" / "calibration.md").read_text(encoding="utf-8")
    section = text.partition("## Priors set after output was seen")[2]
    listed = set(re.findall(r"`([a-z]+\.[a-z_0-9]+)`", section))
    assert listed == {name for name, each in all_parameters().items() if "set after output was seen" in each.assumption}
    assert len(listed) > 15


def test_locks_hold_versions_and_hashes_and_no_host():
    for name, least in (("requirements.lock", 30), ("requirements-dev.lock", 30), ("requirements-compiled.lock", 0)):
        text = (ROOT / name).read_text()
        assert not re.search(r"https?:|index|--find|@ ", text)
        entries = re.findall(r"^[a-z0-9_.-]+==\S+", text, re.MULTILINE)
        assert len(entries) > least
        assert text.count("--hash=sha256:") > len(entries)


def test_the_source_distribution_holds_everything_but_results():
    """Tests load what stands beside them, benchmarks among it."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["sdist"]
    top = {name.partition("/")[0] for name in listed.stdout.splitlines()}
    shipped = {name for name in top if any(fnmatch.fnmatch(f"/{name}", pattern) for pattern in settings["include"])}
    left = {name for name in top - shipped if not name.startswith(".")}
    assert left == {"results", "pyproject.toml"}  # the builder always adds the last one


def test_every_dependency_is_locked_and_used():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lock = (ROOT / "requirements.lock").read_text()
    source = "\n".join(path.read_text().lower() for path in (ROOT / "src").rglob("*.py"))  # packages may be fontTools
    for entry in project["dependencies"]:
        name = re.match(r"[a-z0-9-]+", entry)[0]
        assert re.search(rf"^{name}==", lock, re.MULTILINE), name
        module = name.replace("-", "_")
        used = f"import {module}" in source or f"from {module}" in source or name in ("h5netcdf", "h5py", "networkx")
        assert used, f"{name} earns no place"


def test_no_path_of_a_machine_and_no_registry_stands_in_the_project():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.suffix in (".png", ".nc") or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        assert not re.search(r"(?<![\w./-])/(work|root|home)/\w", text), name
        assert "index" + "-url" not in text, name


def test_what_priors_know_of_later_years_is_listed_without_gaps():
    """By the year that a reason names, whatever its words are; what rests on the record without one is listed as well."""
    text = (ROOT / "docs" / "calibration.md").read_text(encoding="utf-8")
    part = text.partition("<!-- generated: later knowledge -->")[2].partition("<!-- end -->")[0]
    listed = set(re.findall(r"`([a-z]+\.[a-z_0-9]+)`", part))
    told = {name for name, each in all_parameters().items() if re.search(r"\b20(09|1[0-6])\b", each.assumption)}
    assert told <= listed
    assert {"finance.price_catch_up", "finance.usual_debt", "finance.bond_long_share", "trade.rouble_oil"} <= told
    rest = {n for n, each in all_parameters().items() if any(source.startswith("record:") for source in each.evidence)}
    assert rest - listed == {name for name, each in all_parameters().items() if each.early}
