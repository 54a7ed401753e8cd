"""The tests of the rules notice each error of a list; `benchmarks/mutate_rules.py` draws others from a few thousand."""

import ast
import importlib.util
import json
import os
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parents[3]
SCRIPT = ROOT / "benchmarks" / "mutate_rules.py"
TESTS = pathlib.Path(__file__).parent

specification = importlib.util.spec_from_file_location("mutants", SCRIPT.with_name("mutants.py"))
mutants = importlib.util.module_from_spec(specification)
specification.loader.exec_module(mutants)


@pytest.fixture(scope="module")
def fates():
    """For each named error, whether the tests noticed it."""
    if not hasattr(os, "fork"):
        pytest.skip("needs a system that can fork")
    command = [sys.executable, str(SCRIPT), "--named"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", mutants.NAMED)
def test_a_named_error_is_noticed(fates, name):
    assert fates[name], f"tests/world/rules pass with the wrong rule: {mutants.named(name)}"


def test_a_mutant_differs_from_its_file_and_leaves_it_as_it_is():
    before = {path: path.read_text(encoding="utf-8") for path in mutants.RULES.glob("*.py")}
    drawn = list(mutants.all_mutants())[::100]
    assert len(drawn) > 20
    for mutant in drawn:
        path = mutants.RULES / f"{mutant.rule.partition('.')[0]}.py"
        assert ast.unparse(mutant.tree()) != ast.unparse(ast.parse(before[path]))
        assert path.read_text(encoding="utf-8") == before[path]


@pytest.fixture(scope="module")
def every_mutant():
    """All of them, those that no number tells apart too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mutants, "equivalent", lambda mutant: False)
        return list(mutants.all_mutants())


def test_what_no_number_tells_apart_is_named_by_its_place(every_mutant):
    """Patterns excuse what they are there for and nothing beside it, and each of them something."""
    told = {}
    for mutant in every_mutant:
        told.setdefault((mutant.rule, mutant.before, mutant.after), []).append(
            (mutant.around, mutants.equivalent(mutant))
        )
    limits = dict(told["lenders.split_among_lenders", "limits", "-limits"])
    assert limits == {
        "np.zeros_like(limits)": True,
        "len(limits)": True,
        "taken < limits": False,
        "np.minimum(taken + share * np.maximum(missing, 0.0), limits)": False,
    }
    access = told["politics.eu_access_target", "0.0", "-1.0"]
    assert [excused for around, excused in access if around.startswith("np.where")] == [True]
    assert [excused for around, excused in access if around.startswith("np.clip")] == [False]


@pytest.mark.parametrize("pattern", mutants.EQUIVALENT)
def test_every_pattern_still_excuses_something(every_mutant, pattern, monkeypatch):
    monkeypatch.setattr(mutants, "EQUIVALENT", {pattern: mutants.EQUIVALENT[pattern]})
    assert any(map(mutants.equivalent, every_mutant))


def rules():
    """Public functions of the rules, module.function."""
    for path in sorted(mutants.RULES.glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield node.name


@pytest.mark.parametrize("rule", list(rules()))
def test_every_rule_has_a_test_that_names_it(rule):
    names = [
        node.name
        for path in TESTS.glob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]
    assert any(name == f"test_{rule}" or name.startswith(f"test_{rule}_") for name in names)
