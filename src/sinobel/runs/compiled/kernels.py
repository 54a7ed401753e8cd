"""A program as text of LLVM: a function for each stage, which works its way through the blocks of an ensemble.

Every operation of the tape is one of IEEE arithmetic or one of the elementary functions, and nothing may be fused or
reordered, so that processors of any kind, with any number of lanes, come to the same bits as numpy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sinobel.runs.compiled.layout import WIDTH, Layout, ends_of
from sinobel.runs.compiled.program import INPUT, LEAVES, NUMBER, NUMBER_OF_MONTH, Program, Stage
from sinobel.runs.compiled.tape import Untraceable
from sinobel.world.elementary.functions import FUNCTIONS
from sinobel.world.elementary.llvm import Writer, declarations, function

ONCE, LEVERS = "once", "levers"
ARITHMETIC: Mapping[str, Callable[..., str]] = {
    "add": Writer.add,
    "subtract": Writer.sub,
    "multiply": Writer.mul,
    "divide": Writer.div,
}
ORDER = {
    "greater": "ogt",
    "greater_equal": "oge",
    "less": "olt",
    "less_equal": "ole",
    "equal": "oeq",
    "not_equal": "une",
}
LOGIC = {"logical_and": "and", "logical_or": "or", "logical_xor": "xor"}
ROUND_AT = 6755399441055744.0
"""One and a half times 2**52: adding it and taking it off rounds to a whole number."""


def form_name(form: int) -> str:
    """Name of the function of the months of a form."""
    return f"month_{form}"


def text_of(program: Program, layout: Layout, lanes: int, *, inline: bool) -> str:
    """Text of a module with the functions of all stages.

    Parameters
    ----------
    lanes : int
        Futures that are worked on at once, a divisor of WIDTH.
    inline : bool
        Whether elementary functions are put in the place of their calls.
    """
    kept = {stage: [node for node in layout.kept if program.stages[node] == stage] for stage in Stage}
    parts = [
        Kernel(program, layout, lanes).text(name, kept[stage], {node: layout.kept[node] for node in kept[stage]})
        for name, stage in ((ONCE, Stage.ONCE), (LEVERS, Stage.LEVERS))
    ]
    for form, ends in enumerate(program.forms):
        rows = {layout.keys[key]: node for key, node in ends.state.items()}
        rows |= {layout.observed[name]: node for name, node in ends.observed.items()}
        kernel = Kernel(program, layout, lanes)
        parts.append(kernel.text(form_name(form), ends_of(program, form), rows=rows))
    functions = [function(name, lanes, inline=inline) for name in FUNCTIONS]
    return "".join([declarations(lanes), *functions, *parts])


class Kernel:
    """Writes the function of one stage.

    It takes the address of the first block, that of the numbers of the month, and the number of blocks.
    """

    def __init__(self, program: Program, layout: Layout, lanes: int):
        self.program, self.layout, self.lanes = program, layout, lanes
        self.writer = Writer(lanes)
        self.values: dict[int, str] = {}

    def text(
        self,
        name: str,
        ends: Sequence[int],
        kept: Mapping[int, int] | None = None,
        *,
        rows: Mapping[int, int] | None = None,
    ) -> str:
        """Text of the function that works out some nodes.

        Parameters
        ----------
        ends : Sequence[int]
            Nodes.
        kept : Mapping[int, int] | None
            Row of each node.
        rows : Mapping[int, int] | None
            Or the node of each row, where one node stands in several.
        """
        stage = max((self.program.stages[node] for node in ends), default=Stage.ONCE)
        for node in self._order(ends, stage):
            self.values[node] = self._value(node, stage)
        targets = rows if rows is not None else {row: node for node, row in (kept or {}).items()}
        stores = [(row, self.number(node)) for row, node in targets.items()]
        for row, value in stores:
            self._store(row, value)
        body = "\n".join(self.writer.lines)
        size = self.layout.rows * WIDTH
        return (
            f"define void @{name}(ptr noalias %memory, ptr noalias %numbers, i64 %blocks) nounwind {{\n"
            "entry:\n  br label %block\n"
            "block:\n  %b = phi i64 [ 0, %entry ], [ %b.next, %block.end ]\n"
            f"  %b.start = mul i64 %b, {size}\n  %base = getelementptr double, ptr %memory, i64 %b.start\n"
            "  br label %go\n"
            "go:\n  %i = phi i64 [ 0, %block ], [ %i.next, %go ]\n"
            "  %column = getelementptr double, ptr %base, i64 %i\n"
            f"{body}\n"
            f"  %i.next = add i64 %i, {self.lanes}\n  %i.more = icmp ult i64 %i.next, {WIDTH}\n"
            "  br i1 %i.more, label %go, label %block.end\n"
            "block.end:\n  %b.next = add i64 %b, 1\n  %b.more = icmp ult i64 %b.next, %blocks\n"
            "  br i1 %b.more, label %block, label %end\nend:\n  ret void\n}\n"
        )

    def _order(self, ends: Sequence[int], stage: Stage) -> list[int]:
        """Nodes that are worked out or read here, in their order: what an earlier stage has kept is read."""
        found: set[int] = set()
        todo = list(ends)
        while todo:
            node = todo.pop()
            if node not in found:
                found.add(node)
                if self.program.kinds[node] not in LEAVES and not self._is_kept(node, stage):
                    todo += self.program.contents[node]
        return sorted(found)

    def _is_kept(self, node: int, stage: Stage) -> bool:
        return node in self.layout.kept and self.program.stages[node] < stage

    # --- values ---

    def _value(self, node: int, stage: Stage) -> str:
        """Write down a node; the name of its value, yes and no as flags."""
        program = self.program
        kind, content, truth = program.kinds[node], program.contents[node], program.truths[node]
        if kind == NUMBER:
            return self._literal(content, truth)
        if kind == NUMBER_OF_MONTH:
            return self._as(self._of_month(content), truth)
        if kind == INPUT:
            return self._as(self._load(self.layout.keys[content]), truth)
        if self._is_kept(node, stage):
            return self._as(self._load(self.layout.kept[node]), truth)
        return self._operation(kind, content)

    def _literal(self, content: str, truth: bool) -> str:
        if truth:
            flag = "true" if content == "True" else "false"
            return "<" + ", ".join([f"i1 {flag}"] * self.lanes) + ">"
        return self.writer.c(float(content.removeprefix("np.float64(").removesuffix(")")))

    def _as(self, value: str, truth: bool) -> str:
        return self.writer.compare("une", value, self.writer.c(0.0)) if truth else value

    def number(self, node: int) -> str:
        """Value of a node as numbers, one for yes."""
        value = self.values[node]
        if self.program.truths[node]:
            return self.writer.choose(value, self.writer.c(1.0), self.writer.c(0.0))
        return value

    def flag(self, node: int) -> str:
        """Value of a node as yes or no: all but zero is yes."""
        value = self.values[node]
        return value if self.program.truths[node] else self._as(value, True)

    # --- memory ---

    def _row(self, row: int) -> str:
        put = self.writer.put
        return put(f"getelementptr double, ptr %column, i64 {row * WIDTH}")

    def _load(self, row: int) -> str:
        return self.writer.put(f"load {self.writer.real}, ptr {self._row(row)}, align 8")

    def _store(self, row: int, value: str) -> None:
        self.writer.lines.append(f"  store {self.writer.real} {value}, ptr {self._row(row)}, align 8")

    def _of_month(self, place: int) -> str:
        put, vector = self.writer.put, self.writer.real
        at = put(f"getelementptr double, ptr %numbers, i64 {place}")
        one = put(f"load double, ptr {at}, align 8")
        first = put(f"insertelement {vector} undef, double {one}, i32 0")
        return put(f"shufflevector {vector} {first}, {vector} undef, <{self.lanes} x i32> zeroinitializer")

    # --- operations ---

    def _operation(self, kind: str, nodes: tuple[int, ...]) -> str:
        writer = self.writer
        if kind in ARITHMETIC:
            return ARITHMETIC[kind](writer, *map(self.number, nodes))
        if kind in ORDER:
            return writer.compare(ORDER[kind], *map(self.number, nodes))
        if kind in LOGIC:
            one, other = map(self.flag, nodes)
            return writer.put(f"{LOGIC[kind]} {writer.flag} {one}, {other}")
        if kind == "where":
            return self._choice(nodes)
        if kind in FUNCTIONS:
            given = ", ".join(f"{writer.real} {self.number(node)}" for node in nodes)
            return writer.put(f"call {writer.real} @{kind}({given})")
        if kind not in OTHERS:
            raise Untraceable(f"np.{kind}")
        return OTHERS[kind](writer, *(self.flag(node) if kind in OF_FLAGS else self.number(node) for node in nodes))

    def _choice(self, nodes: tuple[int, ...]) -> str:
        where, one, other = nodes
        if self.program.truths[one] and self.program.truths[other]:
            flags = [f"{self.writer.flag} {self.flag(node)}" for node in nodes]
            return self.writer.put(f"select {', '.join(flags)}")
        return self.writer.choose(self.flag(where), self.number(one), self.number(other))


def _rounded_down(writer: Writer, x: str) -> str:
    near = writer.sub(writer.add(x, writer.c(ROUND_AT)), writer.c(ROUND_AT))
    return writer.choose(writer.compare("ogt", near, x), writer.sub(near, writer.c(1.0)), near)


def _rounded_up(writer: Writer, x: str) -> str:
    near = writer.sub(writer.add(x, writer.c(ROUND_AT)), writer.c(ROUND_AT))
    return writer.choose(writer.compare("olt", near, x), writer.add(near, writer.c(1.0)), near)


def _sign(writer: Writer, x: str) -> str:
    below = writer.choose(writer.compare("olt", x, writer.c(0.0)), writer.c(-1.0), writer.c(0.0))
    return writer.choose(writer.compare("ogt", x, writer.c(0.0)), writer.c(1.0), below)


OF_FLAGS = frozenset(("logical_not",))
OTHERS: Mapping[str, Callable[..., str]] = {
    "maximum": lambda writer, x, y: writer.choose(writer.compare("ogt", x, y), x, y),
    "minimum": lambda writer, x, y: writer.choose(writer.compare("olt", x, y), x, y),
    "negative": lambda writer, x: writer.put(f"fneg {writer.real} {x}"),
    "absolute": lambda writer, x: writer.choose(
        writer.compare("olt", x, writer.c(0.0)), writer.put(f"fneg {writer.real} {x}"), x
    ),
    "sqrt": lambda writer, x: writer.sqrt(x),
    "square": lambda writer, x: writer.mul(x, x),
    "isnan": lambda writer, x: writer.compare("uno", x, x),
    "logical_not": lambda writer, x: writer.put(f"xor {writer.flag} {x}, <{', '.join(['i1 true'] * writer.lanes)}>"),
    "floor": _rounded_down,
    "ceil": _rounded_up,
    "sign": _sign,
}
"""Operations by what they are made of. A number that is none is lost in a maximum; the world has none."""
