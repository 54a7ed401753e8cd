"""The house stands: dependence runs one way, only readers and the store open files, rules touch no random numbers."""

import ast
import pathlib
import re

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from tests.project.test_house import house

SOURCE = pathlib.Path(__file__).parents[2] / "src" / "sinobel"
RULES = SOURCE / "world" / "rules"

WINGS = ("version", "inputs", "policies", "world", "runs", "analysis", "studies", "reporting", "store", "results")
"""Each may import those before it, and so may what stands on top of them all."""
MAY_NOT = {
    "analysis": {"world"},
    "reporting": {"studies"},
    "store": {"studies", "reporting"},
}
"""What a wing leaves alone although it stands before it."""
TOP = ("plot", "api", "cli", "__init__")
OPENERS = {"inputs.reading", "inputs.hdf5", "inputs.posterior", "runs.compiled.keeping", "store"}


def modules():
    return sorted(SOURCE.rglob("*.py"))


def room(path):
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(tree):
    """Imported rooms, wherever the import stands: for types alone, or inside a function, counts too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("sinobel"):
            parts = node.module.split(".")
            yield from [parts[1]] if len(parts) > 1 else [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            yield from (alias.name.split(".")[1] for alias in node.names if alias.name.startswith("sinobel."))


def allowed(wing):
    """Rooms that a room may import besides itself."""
    if wing in TOP:
        return set(WINGS) | set(TOP[: TOP.index(wing)])
    return set(WINGS[: WINGS.index(wing)]) - MAY_NOT.get(wing, set())


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_dependence_runs_one_way(path):
    for name in imports(ast.parse(path.read_text())):
        assert name in allowed(room(path)) | {room(path)}, f"{path.name} imports {name}"


# --- circles ---------------------------------------------------------------------------------------------------------

COUNTRIES = {
    "belarus": {
        "banks_and_firms",
        "belaruskali",
        "debt_office",
        "exporters",
        "foreign_owners",
        "government",
        "importers",
        "projects",
        "refineries",
        "treasury",
    },
    "china": {"investors", "residents", "policy_banks", "potash_buyers", "potash_talks"},
    "european_union": {"council"},
    "russia": {"russian_government", "uralkali"},
}
"""Countries and their institutions: each makes its institutions, and they know it by its type."""


def name_of(path):
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def for_types_alone(tree):
    """The imports below `if TYPE_CHECKING`."""
    guards = [node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)]
    return {id(inner) for guard in guards for inner in ast.walk(guard)}


def arrows(*, types):
    """Which file imports which: every import wherever it stands, those for types alone only if wanted."""
    names = {name_of(path) for path in modules()}
    found = set()
    for path in modules():
        tree = ast.parse(path.read_text())
        skipped = set() if types else for_types_alone(tree)
        for node in ast.walk(tree):
            if id(node) in skipped or not isinstance(node, ast.ImportFrom | ast.Import):
                continue
            base = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            for alias in node.names:
                full = f"{base}{alias.name}".removeprefix("sinobel.")
                target = full if full in names else full.rpartition(".")[0]
                if f"{base}{alias.name}".startswith("sinobel") and target in names:
                    found.add((name_of(path), target))
    return found


def circles(arrows):
    """Sets of files each of which leads to every other."""
    names = sorted({name for arrow in arrows for name in arrow})
    start, end = zip(*((names.index(one), names.index(other)) for one, other in arrows), strict=True)
    graph = csr_matrix((np.ones(len(start)), (start, end)), shape=(len(names), len(names)))
    count, label = connected_components(graph, connection="strong")
    groups = [{names[place] for place in np.flatnonzero(label == group)} for group in range(count)]
    return [group for group in groups if len(group) > 1]


def test_only_a_country_and_its_institutions_stand_in_a_circle():
    allowed = [
        {f"world.agents.{name}" for name in (country, *institutions)} for country, institutions in COUNTRIES.items()
    ]
    for circle in circles(arrows(types=True)):
        assert circle in allowed, sorted(circle)


def test_institutions_know_their_country_for_its_type_alone():
    assert not circles(arrows(types=False))


def test_agents_environment_and_readings_do_not_know_the_world():
    seeing = [
        *(SOURCE / "world" / "agents").glob("*.py"),
        *(SOURCE / "world" / f"{each}.py" for each in ("environment", "readings")),
    ]
    known = {start for start, end in arrows(types=True) if end == "world.world"}
    assert not known & {name_of(path) for path in seeing}


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_only_readers_and_the_store_open_files(path):
    if name_of(path) in OPENERS or room(path) in OPENERS:
        return
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called != "open", f"{path.name} opens a file"
            last = "" if called.startswith("store.") else called.rpartition(".")[2]
            assert last not in {
                "read_bytes",
                "write_text",
                "write_bytes",
                "to_netcdf",
                "open_dataset",
                "savefig",
                "to_parquet",
                "mkdir",
                "unlink",
                "rename",
                "rmtree",
            }, f"{path.name}: {called}"


@pytest.mark.parametrize("path", sorted((SOURCE / "world" / "rules").glob("*.py")), ids=lambda path: path.name)
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


PROCESSOR = re.compile(
    r"(np|math)\.(exp2?|expm1|log(1p|2|10|addexp2?)?|power|float_power|pow|cbrt|hypot|erfc?|l?gamma"
    r"|a?(rc)?(sin|cos|tan)h?2?|sinc|i0|dot|vdot|inner|matmul|tensordot|einsum|convolve|correlate|linalg|interp|std|var"
    r"|polyfit|polyval|fft)"
)
"""Functions whose last bit differs by processor or library: the world has `world.elementary`, and sums in its order."""


@pytest.mark.parametrize("path", sorted((SOURCE / "world").rglob("*.py")), ids=lambda path: path.name)
def test_the_world_gives_the_same_bits_on_every_processor(path):
    if path.parent.name == "elementary":
        return
    for node in ast.walk(ast.parse(path.read_text())):
        where = f"{path.name}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Attribute):
            assert not PROCESSOR.fullmatch(ast.unparse(node)), f"{where}: {ast.unparse(node)}"
        if isinstance(node, ast.ImportFrom | ast.Import):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names]
            assert not any(name.partition(".")[0] in ("math", "cmath", "scipy") for name in names), where
        if isinstance(node, ast.BinOp):
            assert not isinstance(node.op, ast.MatMult), f"{where}: a product of matrices"
            square = ast.unparse(node.right) == "2"  # of arrays: numpy multiplies
            known = not [each for each in ast.walk(node) if isinstance(each, ast.Name | ast.Attribute | ast.Call)]
            assert not isinstance(node.op, ast.Pow) or square or known, f"{where}: {ast.unparse(node)}"


def test_step_reads_as_one_month_on_one_page():
    text = (SOURCE / "world" / "world.py").read_text()
    step = text[text.index("    def step(self)") : text.index("    def open_month")]
    assert len(step.splitlines()) <= 55
    order = [
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
        text = path.read_text()
        lines = house.length(ast.parse(text), len(text.splitlines()))
        assert lines <= house.LONGEST_FILE, f"{path.name}: docstrings aside"


def test_every_public_function_says_what_it_does():
    for path in modules():
        tree = ast.parse(path.read_text())
        public = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        public += [
            inner
            for node in public
            if isinstance(node, ast.ClassDef)
            for inner in node.body
            if isinstance(inner, ast.FunctionDef)
        ]
        for node in public:
            assert node.name.startswith("_") or ast.get_docstring(node), f"{path.name}: {node.name}"


DATED_ELSEWHERE = ("figures.csv", "inconsistencies.csv", "trials.csv", "magnitudes-measured.csv")
"""Tables whose dates are not those of figures of the model: what the paper plans, when rules were tried; and measured
differences of two simulations with their seed, where -0.2026 is no year."""


def test_nothing_of_a_later_year_stands_in_the_model():
    """No figure that refers to 2017 or later; the year may stand in dates of publication and in announced plans."""
    allowed = re.compile(
        r"publication|edition|plan|announced|projection|horizon|target|goal|2021|Ifri|until|period_end", re.IGNORECASE
    )
    year = re.compile(r"(?<!\.)\b20(1[7-9]|2\d)\b(?!\.\d)")  # 2028.489 is none
    for path in sorted((SOURCE.parent.parent / "model").rglob("*")):
        if path.suffix in (".csv", ".toml"):
            for number, line in enumerate(path.read_text().splitlines(), 1):
                if year.search(line) and path.name not in DATED_ELSEWHERE:
                    assert allowed.search(line), f"{path.name}:{number}: {line[:120]}"


def test_tests_stand_where_what_they_test_stands():
    tests = pathlib.Path(__file__).parents[1]
    beside = {"project", "__pycache__"}  # of the project as a whole: files, examples, how the house stands
    assert {path.name for path in tests.iterdir() if path.is_dir()} - beside <= {*WINGS, "cli"}
    for path in sorted(tests.rglob("*.py")):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, f"{path.name}: split it by meaning"


FOREIGN = {"pd.option_context"}
"""Functions of libraries that take their arguments by position alone."""


def test_what_has_more_than_five_arguments_is_called_by_name():
    """Rules, constructors and `partial` as well."""
    assert not [
        f"{path.relative_to(SOURCE)}:{node.lineno} {ast.unparse(node.func)}"
        for path in sorted(SOURCE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and len(node.args) > house.MOST_POSITIONAL
        and ast.unparse(node.func) not in FOREIGN
    ]


def test_a_function_does_one_thing():
    """At most 40 lines beside its docstring and the lines of its arguments."""
    assert not [
        f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}"
        for path in sorted(SOURCE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and house.length(node, node.end_lineno - node.lineno + 1) - (node.body[0].lineno - node.lineno)
        > house.LONGEST_FUNCTION
    ]


# --- rules that nobody calls ------------------------------------------------------------------------------------------


def rules_used(path):
    """Names of rules, `module.rule`, that a file makes use of; its own name for one inside it does not count."""
    tree = ast.parse(path.read_text())
    known = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "sinobel.world.rules"
        for alias in node.names
    }
    for each in tree.body:
        inside = each.name if isinstance(each, ast.FunctionDef) else None
        for node in ast.walk(each):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in known:
                yield f"{known[node.value.id]}.{node.attr}"
            elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("sinobel.world.rules."):
                yield from (f"{node.module.rpartition('.')[2]}.{alias.name}" for alias in node.names)
            elif path.parent == RULES and isinstance(node, ast.Name) and node.id != inside:
                yield f"{path.stem}.{node.id}"


def test_every_rule_is_used():
    """A rule that only its own test calls is no part of the model."""
    public = {
        f"{path.stem}.{node.name}"
        for path in RULES.glob("*.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }
    used = {name for path in modules() for name in rules_used(path)}
    assert len(public) > 100
    assert sorted(public - used) == []
