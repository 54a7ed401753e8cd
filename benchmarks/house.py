"""How the house stands, in figures: `.venv/bin/python benchmarks/house.py [checkout ...]`, one column per checkout.

    python benchmarks/house.py                      figures of this checkout
    python benchmarks/house.py ../before .          two checkouts side by side, as a Markdown table
    python benchmarks/house.py --picture            draw docs/house.svg anew from the imports

An import counts wherever it stands, for types alone or inside a function too. Rooms are what stands at the root of the
package, folders and files; floors are the longest way down through them. Lengths leave docstrings aside.
"""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "house.svg"
LONGEST_FUNCTION, LONGEST_FILE, MOST_POSITIONAL = 40, 400, 5
FACE = {"__init__", "__main__"}  # the public face leads everywhere and is no room

Graph = dict[str, set[str]]


def imports_of(tree: ast.AST, module: str, package: bool) -> Iterator[str]:
    """Dotted names that a module imports from the package, without the name of the package."""
    parts = module.split(".") if package else module.split(".")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[2] for alias in node.names if alias.name.startswith("sinobel."))
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                above = parts[: len(parts) - (node.level - 1)]
                base = ".".join([*above, *([node.module] if node.module else [])])
            elif node.module and (node.module + ".").startswith("sinobel."):
                base = node.module.partition(".")[2]
            else:
                continue
            yield from (".".join(filter(None, [base, alias.name])) for alias in node.names)


def files(checkout: Path) -> Graph:
    """Which file of the package imports which, by dotted names."""
    source = checkout / "src" / "sinobel"
    paths = {
        ".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(source.rglob("*.py"))
    }
    found: Graph = {}
    for module, path in paths.items():
        found[module] = set()
        for name in imports_of(ast.parse(path.read_text(encoding="utf-8")), module, path.stem == "__init__"):
            target = name if name in paths else name.rpartition(".")[0]
            if target in paths and target != module:
                found[module].add(target)
    return found


def rooms(checkout: Path) -> Graph:
    """Which room at the root imports which."""
    found: Graph = {}
    for module, targets in files(checkout).items():
        room = module.partition(".")[0]
        if room not in FACE:
            others = {target.partition(".")[0] for target in targets} - FACE - {room}
            found.setdefault(room, set()).update(others)
    return found


def circles(graph: Graph) -> list[list[str]]:
    """Sets of nodes that lead to each other, of two and more."""
    reach = {node: _reach(graph, node) for node in graph}
    left, found = set(graph), []
    for node in graph:
        if node in left:
            circle = {other for other in reach[node] if node in reach[other]} | {node}
            left -= circle
            if len(circle) > 1:
                found.append(sorted(circle))
    return found


def _reach(graph: Graph, start: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting.extend(graph[node])
    return seen


def returning(graph: Graph) -> set[tuple[str, str]]:
    """Arrows that lead up: few enough to take away so that none of the others leads back to where it began."""
    free = {node: set(targets) for node, targets in graph.items()}
    cut: set[tuple[str, str]] = set()
    while found := circles(free):
        inside = [(a, b) for circle in found for a in circle for b in free[a] if b in circle]
        worst = min(inside, key=lambda arrow: (sum(map(len, circles(_without(free, arrow)))), arrow))
        free = _without(free, worst)
        cut.add(worst)
    return cut


def _without(graph: Graph, arrow: tuple[str, str]) -> Graph:
    return {node: targets - {arrow[1]} if node == arrow[0] else targets for node, targets in graph.items()}


def floors(graph: Graph) -> dict[str, int]:
    """On which floor each room stands: one above the highest that it imports, 1 where it imports none."""
    up = returning(graph)
    found: dict[str, int] = {}

    def floor(room: str) -> int:
        if room not in found:
            found[room] = 1 + max((floor(below) for below in graph[room] if (room, below) not in up), default=0)
        return found[room]

    for room in graph:
        floor(room)
    return found


def length(node: ast.AST, lines: int) -> int:
    """Lines of a function or file without docstrings, its own and those below what stands inside it."""
    words = sum(
        each.end_lineno - each.lineno + 1
        for each in ast.walk(node)
        if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant) and isinstance(each.value.value, str)
    )
    return lines - words


def figures(checkout: Path) -> dict[str, int | str]:
    """The figures of a checkout, by what they count."""
    graph, every = rooms(checkout), circles(files(checkout))
    functions = bodies = positional = long_files = 0
    for path in sorted((checkout / "src" / "sinobel").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        long_files += length(tree, len(text.splitlines())) > LONGEST_FILE
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = length(node, node.end_lineno - node.lineno + 1)
                functions += lines > LONGEST_FUNCTION
                bodies += lines - (node.body[0].lineno - node.lineno) > LONGEST_FUNCTION
            elif isinstance(node, ast.Call):
                positional += len(node.args) > MOST_POSITIONAL
    tests = [path.read_text(encoding="utf-8") for path in sorted((checkout / "tests").rglob("*.py"))]
    return {
        "rooms at the root": len(graph),
        "floors": max(floors(graph).values()),
        "arrows up between rooms": len(returning(graph)),
        "circles of files": len(every),
        "files in the largest circle": max(map(len, every), default=0),
        "errors of `mypy --strict`": strict(checkout),
        "`# fmt: skip`": sum(path.read_text(encoding="utf-8").count("# fmt: skip") for path in python_files(checkout)),
        "calls with more than five positional arguments": positional,
        "functions over 40 lines": functions,
        "of them without the lines of their arguments": bodies,
        "files over 400 lines": long_files,
        "files of tests over 400 lines": sum(len(text.splitlines()) > LONGEST_FILE for text in tests),
    }


def python_files(checkout: Path) -> Iterator[Path]:
    """Everything in Python that is the project's own, but this script, which names what it counts."""
    for folder in ("src", "tests", "benchmarks", "examples"):
        yield from (path for path in (checkout / folder).rglob("*.py") if path.name != "house.py")
    yield checkout / "start.py"


def strict(checkout: Path) -> int | str:
    """Errors that mypy finds in the package when it is strict, whatever the checkout's own settings say of that."""
    command = [sys.executable, "-m", "mypy", "--strict", "src/sinobel"]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    last = (done.stdout.strip().splitlines() or [""])[-1]
    if last.startswith("Success"):
        return 0
    return int(last.split()[1]) if last.startswith("Found") else "not counted"


# --- the picture -----------------------------------------------------------------------------------------------------

WIDE, HIGH, GAP, STOREY, MARGIN, PLATE = 158, 46, 34, 96, 30, 40
INK, PAPER, FILL, LINE = "#1f2933", "#ffffff", "#e8eef4", "#7b8794"
HOLDS = {
    "inputs": "the only readers",
    "policies": "scenarios and levers",
    "world": "rules and agents",
    "runs": "ensembles of futures",
    "analysis": "what runs say",
    "studies": "many runs, one question",
    "reporting": "charts, tables, words",
    "store": "the only writer",
    "results": "what a folder is",
    "cli": "the command line",
    "api": "the same in Python",
    "plot": "charts in one line",
}


def reduced(graph: Graph) -> set[tuple[str, str]]:
    """Arrows but those that a longer way says too."""
    up = returning(graph)
    free = {node: {target for target in targets if (node, target) not in up} for node, targets in graph.items()}
    return {
        (room, below)
        for room, targets in free.items()
        for below in targets
        if not any(below in _reach(free, other) for other in targets - {below})
    }


def picture(checkout: Path = ROOT) -> str:
    """The rooms on their floors as SVG: an arrow points from a room to one that it imports."""
    graph = {room: below - {"version"} for room, below in rooms(checkout).items() if room != "version"}
    floor = floors(graph)
    storeys = [sorted(room for room in graph if floor[room] == level) for level in range(1, max(floor.values()) + 1)]
    broad = max(4, *(len(storey) + 1 for storey in storeys)) * (WIDE + GAP) + 2 * MARGIN
    tall = len(storeys) * STOREY - STOREY + HIGH + 2 * MARGIN + PLATE
    middle: dict[str, tuple[float, float]] = {}
    for level, storey in enumerate(storeys):
        left = (broad - len(storey) * (WIDE + GAP) + GAP) / 2
        for place, room in enumerate(storey):
            middle[room] = (left + place * (WIDE + GAP) + WIDE / 2, tall - MARGIN - level * STOREY - HIGH / 2)
    arrows = []
    for above, below in sorted(reduced(graph)):
        between = [middle[room][0] for room in graph if floor[below] < floor[room] < floor[above]]
        arrows.append(_arrow(middle[above], middle[below], max(between) + WIDE / 2 + GAP / 2 if between else None))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {broad:g} {tall:g}" width="{broad:g}" '
            f'height="{tall:g}" role="img" font-family="Helvetica, Arial, sans-serif" fill="{INK}">',
            "<title>The rooms of sinobel and what each imports</title>",
            f'<rect width="{broad:g}" height="{tall:g}" fill="{PAPER}"/>',
            f'<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
            f'orient="auto"><path d="M0 0 8 4 0 8z" fill="{LINE}"/></marker></defs>',
            f'<text x="{MARGIN}" y="26" font-size="13">An arrow points from a room to one that it imports; arrows that '
            "a longer way says too are left out.</text>",
            *arrows,
            *(_box(room, *middle[room]) for room in sorted(graph)),
            "</svg>",
            "",
        ]
    )


def _arrow(above: tuple[float, float], below: tuple[float, float], around: float | None) -> str:
    """A curve down; one that passes floors goes around what stands on them."""
    (x, y), (to_x, to_y) = above, below
    start, end, bend = y + HIGH / 2, to_y - HIGH / 2, (STOREY - HIGH) / 2
    if around is None:
        way = f"C{x:g} {start + bend:g} {to_x:g} {end - bend:g} {to_x:g} {end:g}"
    else:
        first, last = start + 2 * bend, end - 2 * bend
        way = f"C{x:g} {start + bend:g} {around:g} {first - bend:g} {around:g} {first:g} V{last:g} "
        way += f"C{around:g} {last + bend:g} {to_x:g} {end - bend:g} {to_x:g} {end:g}"
    return f'<path d="M{x:g} {start:g} {way}" fill="none" stroke="{LINE}" marker-end="url(#tip)"/>'


def _box(room: str, x: float, y: float) -> str:
    left, top = x - WIDE / 2, y - HIGH / 2
    return (
        f'<rect x="{left:g}" y="{top:g}" width="{WIDE}" height="{HIGH}" rx="5" fill="{FILL}" stroke="{INK}"/>'
        f'<text x="{x:g}" y="{y - 3:g}" text-anchor="middle" font-size="15" font-weight="bold">{escape(room)}</text>'
        f'<text x="{x:g}" y="{y + 14:g}" text-anchor="middle" font-size="11">{escape(HOLDS.get(room, ""))}</text>'
    )


def main() -> None:
    """Print the table, or draw the picture."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("checkouts", nargs="*", type=Path, default=[ROOT])
    asked.add_argument("--picture", action="store_true")
    words = asked.parse_args()
    if words.picture:
        PICTURE.write_text(picture(), encoding="utf-8")
        return
    columns = [figures(checkout.resolve()) for checkout in words.checkouts]
    print("| | " + " | ".join(map(str, words.checkouts)) + " |")
    print("| --- |" + " ---: |" * len(columns))
    for row in columns[0]:
        print(f"| {row} | " + " | ".join(str(column[row]) for column in columns) + " |")


if __name__ == "__main__":
    main()
