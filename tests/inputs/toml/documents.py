"""Random TOML documents that know on which line each of their parts stands."""

from __future__ import annotations

import json

from hypothesis import strategies as st

TEXTS = st.one_of(
    st.text(alphabet="a #[]{}=,.'\"\\é中\t", max_size=8),
    st.sampled_from(["[[change]]", "key = 1", "# no remark", '"""', "'''", "]", "}"]),
)
SCALARS = st.sampled_from(
    ["1", "-1_000", "0.5", "1e5", "inf", "true", "0xFF", "1979-05-27", "1979-05-27 07:32:00Z", "07:32:00.5", "0.0"]
)
REMARKS = st.sampled_from(["", "", "", " # [x] = 'y", ' # """', "\t# {"])


def escaped(text: str) -> str:
    """A text between double quotes."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "")


class Document:
    """A text that grows, and the line of every path in it.

    text   what is written so far
    lines  path -> line; a path is such as ("change", 1, "value")
    """

    def __init__(self, draw):
        self.draw, self.text, self.lines = draw, "", {}
        self.tables: list[tuple] = [()]  # those that headers may go below, by the names in their headers
        self.newest: dict[tuple, int] = {}  # list of tables by its names -> its newest table
        self.made = 0

    @property
    def line(self) -> int:
        return self.text.count("\n") + 1

    def name(self) -> tuple[str, str]:
        """A new name, and how it is written here: bare, quoted, or with an escape."""
        self.made += 1
        name = self.draw(st.sampled_from(["k", "a.b", "x y", "é", "#", "[t]", "=", 'q"'])) + str(self.made)
        if name[0] in "k":
            ways = [name, escaped(name), f"'{name}'", f'"\\u006b{name[1:]}"']
        else:
            ways = [escaped(name), f"'{name}'"]
        return name, self.draw(st.sampled_from(ways))

    def names(self, most: int) -> tuple[tuple[str, ...], str]:
        """New names with dots between."""
        both = [self.name() for _ in range(self.draw(st.integers(1, most)))]
        dot = self.draw(st.sampled_from([".", " . ", ". "]))
        return tuple(name for name, _ in both), dot.join(written for _, written in both)

    def put(self, path: tuple, names: tuple[str, ...]) -> tuple:
        """Note that some names below a path stand on the line that is being written."""
        for name in names:
            path = (*path, name)
            self.lines.setdefault(path, self.line)
        return path

    def gap(self) -> str:
        """White space, a line end or a remark, where a list allows them."""
        return self.draw(st.sampled_from(["", " ", "\n", " # ]\n", "\n\n\t", "# '''\n"]))

    def pair(self, around: tuple, deep: int) -> None:
        names, written = self.names(3)
        path = self.put(around, names)
        self.text += written + self.draw(st.sampled_from(["=", " = ", "\t="]))
        self.value(path, deep)

    def value(self, path: tuple, deep: int) -> None:
        kind = self.draw(st.sampled_from(["scalar", "text", "block", "list", "braces"] if deep else ["scalar", "text"]))
        if kind == "scalar":
            self.text += self.draw(SCALARS)
        elif kind == "text":
            text = self.draw(TEXTS)
            self.text += f"'{text}'" if "'" not in text and self.draw(st.booleans()) else escaped(text)
        elif kind == "block":
            parts = [self.draw(TEXTS) for _ in range(self.draw(st.integers(1, 3)))]
            if any("'" in part for part in parts) or self.draw(st.booleans()):
                self.text += '"""' + "\n".join(escaped(part)[1:-1] for part in parts) + '"""'
            else:
                self.text += "'''" + "\n".join(parts) + "'''"
        elif kind == "list":
            self.text += "["
            for place in range(self.draw(st.integers(0, 3))):
                self.text += self.gap()
                self.lines[(*path, place)] = self.line
                self.value((*path, place), deep - 1)
                self.text += self.gap() + ","
            self.text += self.gap() + "]"
        else:
            self.text += "{"
            for place in range(self.draw(st.integers(0, 3))):
                self.text += ", " if place else " "
                self.pair(path, deep - 1)
            self.text += "}"

    def header(self) -> tuple:
        """A header; returns the path of its table."""
        above = self.draw(st.sampled_from(self.tables))
        lists = list(self.newest)
        if lists and self.draw(st.booleans()):
            names, doubled = self.draw(st.sampled_from(lists)), True
        else:
            names, doubled = (*above, *self.names(2)[0]), self.draw(st.booleans())
        dots = self.draw(st.sampled_from([".", " . "])).join(escaped(name) for name in names)
        self.text += f"[[{dots}]]" if doubled else f"[ {dots} ]"
        path: tuple = ()
        for number in range(1, len(names) + 1):
            path = self.put(path, names[number - 1 : number])
            if doubled and number == len(names):
                self.newest[names] = self.newest.get(names, -1) + 1
                for known in [known for known in self.newest if known[: len(names)] == names and known != names]:
                    del self.newest[known]  # they begin anew in the new table
                self.tables = [known for known in self.tables if known[: len(names)] != names]
            if names[:number] in self.newest:
                path = (*path, self.newest[names[:number]])
                self.lines.setdefault(path, self.line)
        self.tables.append(names)
        return path


@st.composite
def documents(draw):
    """A valid TOML text with the line of each path in it."""
    document = Document(draw)
    table: tuple = ()
    for _ in range(draw(st.integers(1, 8))):
        kind = draw(st.sampled_from(["pair", "pair", "header", "remark"]))
        if kind == "header":
            table = document.header()
        elif kind == "pair":
            document.text += draw(st.sampled_from(["", "  "]))
            document.pair(table, deep=3)
        document.text += draw(REMARKS) + "\n"
    return document.text, document.lines
