"""Docstrings say what is there: every argument of the public face and of the rules, and the pages made of them."""

import ast
import doctest
import importlib.util
import inspect
import pathlib
import re
import sys

import pytest

import sinobel
from sinobel.analysis import years
from sinobel.inputs.levers import all_levers
from sinobel.inputs.parameters import all_parameters
from sinobel.policies import scenario
from sinobel.world import rules

ROOT = pathlib.Path(__file__).parents[2]
SOURCE = ROOT / "src" / "sinobel"

_spec = importlib.util.spec_from_file_location("make_api", ROOT / "docs" / "make_api.py")
make_api = importlib.util.module_from_spec(_spec)
sys.modules["make_api"] = make_api
_spec.loader.exec_module(make_api)

FUNCTIONS = {
    **{f"sinobel.{name}": function for name, function in make_api.verbs().items()},
    **{f"sinobel.plot.{name}": function for name, function in make_api.charts().items()},
}
METHODS = {
    f"{name}.{method}": make_api.plain(value)
    for name in make_api.CLASSES
    for method, value in make_api.public_methods(make_api.class_named(name)).items()
}
RULES = sorted(path for path in (SOURCE / "world" / "rules").glob("*.py") if path.name != "__init__.py")


def undescribed(there, described):
    """What is wrong with a table of parameters: names without words, names that are not there, another order."""
    wrong = [f"{name} is not described" for name in there if not described.get(name)]
    wrong += [f"{name} is described but not there" for name in described if name not in there]
    return wrong or ([] if list(described) == list(there) else [f"order is {list(there)}"])


def names_of(function):
    return [each.name for each in make_api.arguments(function)]


def test_the_check_sees_what_is_missing_and_what_is_too_much():
    def spoken(one, two):
        """Something.

        Parameters
        ----------
        one : int
            The first.
        three : int
            Nobody takes it.
        """

    found = undescribed(names_of(spoken), make_api.parse(spoken.__doc__).described())
    assert found == ["two is not described", "three is described but not there"]


@pytest.mark.parametrize("name", FUNCTIONS | METHODS)
def test_every_argument_of_the_public_face_is_described(name):
    function = (FUNCTIONS | METHODS)[name]
    assert not undescribed(names_of(function), make_api.parse(function.__doc__).described())


@pytest.mark.parametrize("name", METHODS)
def test_a_method_says_what_it_returns(name):
    kind, _, method = name.partition(".")
    gives = inspect.get_annotations(METHODS[name]).get("return")
    if gives != "None" and not make_api.is_property(make_api.public_methods(make_api.class_named(kind))[method]):
        assert make_api.parse(METHODS[name].__doc__).has("Returns")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_verb_says_what_it_returns_and_raises_and_shows_an_example(name):
    told = make_api.parse(FUNCTIONS[name].__doc__)
    assert told.has("Returns")
    assert told.has("Raises") or not names_of(FUNCTIONS[name])
    assert ">>> " in told.prose.get("Examples", "")


@pytest.mark.parametrize("name", make_api.CLASSES)
def test_a_class_describes_what_it_is_made_of(name):
    kind = make_api.class_named(name)
    told = make_api.parse(kind.__doc__)
    if "__init__" in vars(kind):
        wrong = undescribed(names_of(kind.__init__), told.described()) if told.has("Parameters") else []
        assert not [each for each in wrong if not each.startswith("order")]  # `seed, rng` stand together
    for attribute in told.described("Attributes"):
        assert hasattr(kind, attribute) or attribute in inspect.get_annotations(kind), attribute


@pytest.mark.parametrize("module", [years, scenario])
def test_examples_outside_the_verbs_run(module):
    found = doctest.testmod(module)
    assert found.attempted > 1
    assert found.failed == 0


def test_every_public_name_has_a_page():
    on_pages = {*make_api.verbs(), *make_api.CLASSES, "plot", "__version__"}
    assert set(sinobel.__all__) <= on_pages


def test_pages_are_those_of_the_docstrings():
    made = make_api.pages()
    assert {path.name for path in make_api.FOLDER.iterdir()} == set(made)
    for name, text in made.items():
        there = (make_api.FOLDER / name).read_text(encoding="utf-8")
        assert there == text, f"{name} is not made of today's docstrings: python docs/make_api.py"


def public_functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def arguments_in(node):
    every = [*node.args.posonlyargs, *node.args.args, node.args.vararg, *node.args.kwonlyargs, node.args.kwarg]
    return [each.arg for each in every if each and each.arg not in ("self", "cls")]


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_every_argument_of_a_rule_is_described_and_names_what_exists(path):
    known = {*all_parameters(), *all_levers()}
    subjects = {name.split(".")[0] for name in known}
    for node in public_functions(path):
        described = make_api.parse(ast.get_docstring(node)).described()
        assert not undescribed(arguments_in(node), described), node.name
        for argument, words in described.items():
            for name in re.findall(r"\b[a-z_]+\.[a-z_0-9]+\b", words):
                assert name in known or name.split(".")[0] not in subjects, f"{node.name}, {argument}: {name}"


def test_there_are_rules_to_check():
    assert sum(len(public_functions(path)) for path in RULES) > 50, rules.__doc__


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_table_names_a_parameter_that_is_not_there(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            told = make_api.parse(ast.get_docstring(node)).described()
            assert set(told) <= set(arguments_in(node)), node.name
