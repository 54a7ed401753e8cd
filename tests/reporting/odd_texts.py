"""Texts that tables, pages and shells could take for more than text, and how a formula is told."""

import csv
import io
import re

TEXTS = [
    "=1+1",
    '=HYPERLINK("http://example.invalid","see")',
    "=cmd|' /C calc'!A0",
    "{=1+1}",
    "+1+1",
    "-2+3",
    "-1-cmd|x",
    "@SUM(1)",
    " =1+1",
    "\u00a0=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "'=1+1",
    "''=1",
    "'plain",
    "=> see, half-way (40 %)",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</script><svg onload=alert(1)>",
    "<!-- x -->",
    "--> x",
    "[x](javascript:alert(1))",
    "![x](http://example.invalid/x.png)",
    "[x]: http://example.invalid",
    "<http://example.invalid>",
    "http://example.invalid",
    "www.example.invalid",
    "mailto:a@example.invalid",
    "external:c:\\x",
    "internal:Charts!A1",
    "a|b*c",
    "`code`",
    "```",
    "~~x~~",
    "**x** _y_ __z__",
    "&lt;b&gt; &#60;b&#62;",
    "\\",
    "x\\|y",
    "$5 and $x^2$",
    "{{ 7*7 }}",
    "{% raw %}",
    "%s %d {0} {curly}",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    'a, "b"; c',
    "[red]x[/red]",
    "# x",
    "#",
    "###### x",
    "> x",
    ">x",
    "1. x",
    "1) x",
    "2020.",
    "- x",
    "-",
    "+ x",
    "+",
    "---",
    "- - -",
    "===",
    "=",
    "    x",
    "#5 x",
    "x #",
    "x ##",
    "C#",
    "-5 % or less",
    "1.5 % more",
    "[[gdp|free]]",
    "../../etc/passwd",
    "; rm -rf ~",
    "$(reboot)",
    "`reboot`",
    "_x0041_",
    "2020",
    "-2",
    "1e5",
    "nan",
    "inf",
    "Growth;=cmd|' /C calc'!A0",
    "a; =1+1;b",
    "a;+1",
    ";-1",
    "a;\u00a0@x",
    "a;'=1",
    'a;"=1"',
    'a, b;"=1',
    'a;" =1+1,"";=1',
    "a;;=1",
    "a;＝1",
    "a; b",
    "a;-5",
    "-5;6",
    "TRUE",
    "🚀 up & <b>away</b>",
    "中国减少贷款",
    "Сценарий «развязка», 40 %",
    "ünïcødé",
]
LIVE = re.compile(r"\s*[=+\-@＝＋－＠\t\r]")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?")


def cells(text, end=","):
    return [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=end) for cell in row]


def no_formula(text):
    """No cell of a CSV file is what a spreadsheet would compute, whatever ends a cell where it is opened."""
    for end in (",", ";", "\t"):
        found = [cell for cell in cells(text, end) if LIVE.match(cell) and not NUMBER.fullmatch(cell)]
        assert found == [], end


def escaped(text):
    from markupsafe import escape

    return str(escape(text))
