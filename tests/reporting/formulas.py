"""A small reader of the formulas that our workbooks hold: IF, MIN, MAX, ABS, ISNUMBER, SUMPRODUCT and arithmetic."""

import re

import numpy as np

_PART = re.compile(
    r"""(?P<text>"[^"]*")|(?:'(?P<sheet>[^']+)'!)?\$?(?P<column>[A-Z]{1,3})\$?(?P<row>\d+)"""
    r"""(?::\$?(?P<column2>[A-Z]{1,3})\$?(?P<row2>\d+))?"""
)


class Calculator:
    """Values of the cells of a workbook of openpyxl, with some cells set by hand."""

    def __init__(self, book):
        self.book, self.cells, self._known = book, {}, {}

    def set(self, sheet, cell, value):
        self.cells[sheet, cell] = value
        self._known.clear()

    def value(self, sheet, cell):
        key = (sheet, cell)
        if key in self.cells:
            return self.cells[key]
        if key not in self._known:
            found = self.book[sheet][cell].value
            computed = isinstance(found, str) and self.book[sheet][cell].data_type == "f"
            self._known[key] = self.computed(sheet, found) if computed else found
        return self._known[key]

    def computed(self, sheet, formula):
        def cell(name, where):
            return self.value(where or sheet, name)

        def area(first, last, where):
            cells = self.book[where or sheet][f"{first}:{last}"]
            return np.array([self.value(where or sheet, each.coordinate) for row in cells for each in row], float)

        def python(part):
            if part["text"]:
                return part["text"]
            first, where = part["column"] + part["row"], part["sheet"]
            if part["column2"]:
                return f"area({first!r}, {part['column2'] + part['row2']!r}, {where!r})"
            return f"cell({first!r}, {where!r})"

        known = {
            "cell": cell,
            "area": area,
            "MIN": min,
            "MAX": max,
            "ABS": abs,
            "ISNUMBER": lambda each: isinstance(each, int | float) and not isinstance(each, bool),
            "SUMPRODUCT": lambda one, other: float(one @ other),
        }
        return eval(_lazy(_PART.sub(python, formula[1:])), {"__builtins__": {}}, known)


def _lazy(text):
    """Conditions as Python has them, which look at one side only: a text is compared with no number."""
    while (start := text.rfind("IF(")) >= 0:
        opened = text.index("(", start)
        parts, depth, last, quoted = [], 0, opened + 1, False
        for place in range(opened, len(text)):
            letter = text[place]
            quoted ^= letter == '"'
            if quoted:
                continue
            depth += (letter == "(") - (letter == ")")
            if (letter == "," and depth == 1) or depth == 0:
                parts.append(text[last:place])
                last = place + 1
            if depth == 0:
                break
        test, yes, no = parts
        text = f"{text[:start]}(({yes}) if ({test}) else ({no})){text[last:]}"
    return text
