"""The house stands: dependence runs one way, only readers and the store open files, rules touch no random numbers."""

import ast
import pathlib
import re

import pytest

SOURCE = pathlib.Path(__file__).parent.parent / "src" / "sinobel"

READERS = {
    "characters",
    "values",
    "reading",
    "toml_text",
    "months",
    "evidence",
    "parameters",
    "levers",
    "conditions",
    "changes",
    "indicators",
    "objectives",
    "scenarios",
    "hdf5",
    "posterior",
}
MAY_IMPORT = {
    "values": set(),
    "months": {"reading", "values"},
    "encodings": set(),
    "characters": set(),
    "inert": {"characters"},
    "hdf5": set(),
    "reading": {"encodings", "characters"},
    "toml_lines": set(),
    "toml_text": {"characters", "reading", "toml_lines"},
    "evidence": {"months", "reading"},
    "quantities": set(),
    "levers": {"values", "months", "reading", "quantities", "toml_text"},
    "units": set(),
    "indicators": {"units", "values", "reading", "toml_text"},
    "objectives": {"characters", "values", "evidence", "indicators", "reading", "toml_text"},
    "conditions": {"values", "reading", "quantities", "indicators"},
    "changes": {"characters", "values", "months", "reading", "quantities", "toml_text", "levers", "conditions"},
    "idle": {"months", "levers", "changes"},
    "scenarios": {"characters", "reading", "quantities", "toml_text", "levers", "changes"},
    "scenario_schema": {"levers", "conditions", "scenarios"},
    "lever_path": {"levers", "conditions", "changes", "scenarios"},
    "held": {"months", "reading", "changes", "scenarios"},
    "parameters": {"evidence", "reading", "toml_text"},
    "posterior": {"characters", "months", "reading", "hdf5", "parameters"},
    "shocks": set(),
    "seeds": {"reading"},
    "ledger": set(),
    "rules": {"rules"},
    "recorded": {"evidence", "indicators"},
    "opening": READERS | {"rules", "ledger", "opening"},
    "environment": {"rules", "opening", "months"},
    "agents": {"agents", "rules", "ledger", "opening", "parameters", "months"},
    "recorder": {"ledger", "trajectories"},
    "trajectories": {"months", "reading", "indicators"},
    "years": {"reading", "indicators", "trajectories"},
    "world": READERS | {"agents", "environment", "opening", "ledger", "shocks", "seeds", "recorder", "lever_path"},
    "side_by_side": {"agents", "lever_path", "parameters", "shocks"},
    "analysis": {"analysis", "trajectories"},
    "executors": {"world"},
    "ensemble": READERS
    | {"world", "recorder", "trajectories", "shocks", "lever_path", "side_by_side", "executors", "held"},
    "designs": READERS | {"ensemble", "executors", "shocks"},
    "calibration": READERS | {"calibration", "ensemble", "trajectories", "recorded", "shocks", "analysis"},
    "experiments": READERS
    | {"experiments", "quantities", "ensemble", "designs", "trajectories", "recorded", "analysis", "shocks"},
    "manifest": READERS | {"ensemble"},
    "store": READERS
    | {"inert", "units", "store", "held", "ensemble", "executors", "analysis", "trajectories", "manifest"},
    "report": READERS
    | {"inert", "report", "quantities", "idle", "held", "scenario_schema", "analysis", "trajectories", "manifest"}
    | {"ledger"},
    "api": READERS | {"years", "held", "analysis", "ensemble", "trajectories", "manifest"},
    "studies": READERS | {"ensemble", "experiments"},
    "cli": None,
    "__init__": None,
}
OPENERS = {"reading", "hdf5", "posterior", "store"}


def modules():
    return sorted(SOURCE.rglob("*.py"))


def room(path):
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(tree):
    """Imported sinobel rooms at run time; what is imported for types alone does not count."""
    typing_only = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            typing_only |= set(map(id, ast.walk(node)))
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("sinobel"):
            parts = node.module.split(".")
            names = [parts[1]] if len(parts) > 1 else [alias.name for alias in node.names]
            yield from names
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("sinobel."))


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_dependence_runs_one_way(path):
    allowed = MAY_IMPORT[room(path)]
    if allowed is None:
        return
    for name in imports(ast.parse(path.read_text())):
        if name == "__version__":
            continue
        assert name in allowed or name == room(path), f"{path.name} imports {name}"


def test_the_arrows_make_no_circle():
    order, rest = [], {name: set(targets or ()) - {name} for name, targets in MAY_IMPORT.items() if targets is not None}
    while rest:
        free = [name for name, targets in rest.items() if targets <= set(order)]
        assert free, f"these import each other in a circle: {sorted(rest)}"
        order += free
        rest = {name: targets for name, targets in rest.items() if name not in free}


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_only_readers_and_the_store_open_files(path):
    if room(path) in OPENERS:
        return
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called != "open", f"{path.name} opens a file"
            last = "" if called.startswith("store.") else called.rpartition(".")[2]
            assert last not in {"read_bytes", "write_text", "write_bytes", "to_netcdf", "open_dataset", "savefig", "to_parquet",
                                "mkdir", "unlink", "rename", "rmtree"}, f"{path.name}: {called}"  # fmt: skip


@pytest.mark.parametrize("path", sorted((SOURCE / "rules").glob("*.py")), ids=lambda path: path.name)
def test_rules_are_pure(path):
    tree = ast.parse(path.read_text())
    nested = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) for inner in ast.walk(node)} - {
        id(node) for node in tree.body
    }
    for node in ast.walk(tree):
        named = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        assert "random" not in named, "a rule touches random numbers"
        assert not isinstance(node, ast.Global | ast.Nonlocal | ast.ClassDef), "a rule keeps state"
        if isinstance(node, ast.FunctionDef) and id(node) not in nested:
            assert ast.get_docstring(node), f"{node.name} says no word"
            code = [line for line in ast.unparse(node).splitlines() if line.strip()]
            docstring = len((ast.get_docstring(node) or "").splitlines())
            assert len(code) - docstring <= 26, f"{node.name} is longer than a rule should be"
        if isinstance(node, ast.AugAssign):
            assert not isinstance(node.target, ast.Subscript), "a rule writes into its arguments"


def test_step_reads_as_one_month_on_one_page():
    text = (SOURCE / "world.py").read_text()
    step = text[text.index("    def step(self)") : text.index("    def _open_month")]
    assert len(step.splitlines()) <= 55
    order = [
        "advance",
        "settle",
        "ship",
        "offer_loans",
        "disburse",
        "collect",
        "sell",
        "order",
        "close_the_gap",
        "react",
    ]
    places = [step.index(f".{word}()") for word in order]
    assert places == sorted(places)


def test_no_room_is_too_large():
    for path in modules():
        assert len(path.read_text().splitlines()) <= 400, path.name


def test_every_public_function_says_what_it_does():
    for path in modules():
        tree = ast.parse(path.read_text())
        public = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        public += [inner for node in public if isinstance(node, ast.ClassDef) for inner in node.body
                   if isinstance(inner, ast.FunctionDef)]  # fmt: skip
        for node in public:
            assert node.name.startswith("_") or ast.get_docstring(node), f"{path.name}: {node.name}"


DATED_ELSEWHERE = ("figures.csv", "inconsistencies.csv", "trials.csv")
"""Tables whose dates are not those of figures of the model: what the paper plans, and when rules were tried."""


def test_nothing_of_a_later_year_stands_in_the_model():
    """No figure that refers to 2017 or later; the year may stand in dates of publication and in announced plans."""
    allowed = re.compile(
        r"publication|plan|announced|projection|horizon|target|goal|2021|Ifri|until|period_end", re.IGNORECASE
    )
    for path in sorted((SOURCE.parent.parent / "model").rglob("*")):
        if path.suffix in (".csv", ".toml"):
            for number, line in enumerate(path.read_text().splitlines(), 1):
                if re.search(r"\b20(1[7-9]|2\d)\b", line) and path.name not in DATED_ELSEWHERE:
                    assert allowed.search(line), f"{path.name}:{number}: {line[:120]}"
