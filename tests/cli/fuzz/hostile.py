"""What people, programs and ill will hand over: hostile words, and texts that are nearly right."""

from __future__ import annotations

import json
import re

NUMBERS = [
    "0",
    "-0",
    "1",
    "-1",
    "40",
    "0.4",
    "40 %",
    "1e400",
    "-1e400",
    "nan",
    "inf",
    "-inf",
    "1e-320",
    "1e15",
    "9" * 400,
    "0x10",
    "0b1",
    "1_000",
    "1,5",
    "٣",
    "½",
    "1e",
    ".5",
    "5.",
    "--1",
    "+1",
    "9223372036854775807",
    "9223372036854775808",
    "1" * 5000,
]
TEXTS = [
    "",
    " ",
    "\t",
    "-",
    "--",
    "--help",
    "=",
    ":",
    ",",
    "+",
    "a+b",
    "++",
    "/",
    ".",
    "..",
    "...",
    "~",
    "*",
    "%",
    "%s",
    "{}",
    "[",
    "]",
    "[[",
    "'",
    '"',
    '"""',
    "\\",
    "\n",
    "\r",
    "\x1b[31m",
    "\u202e",
    "\ufeff",
    "🚀" * 40,
    "中国",
    "é",
    "x" * 300,
    "x" * 5000,
    "a.b.c",
    "baseline",
    "untied-finance",
    "baseline+untied-finance",
    "belarus",
    "gdp",
    "belarus.reform",
    "belarus.reform=0:1",
    "belarus.reform=1:0",
    "belarus.reform=nan:nan",
    "eu.sanctions=0:1",
    "gdp[2020] >= 1",
    "gdp[1900] >= 1",
    "gdp[9999] < nan",
    "gdp[2020] >= 1 and gdp[2021] >= 2",
    "2018-01",
    "2018-13",
    "0000-00",
    "2016-12",
    "2030-12",
    "9999-12",
    "2018",
    "nc,csv",
    "json",
]
NUL = ["\0", "a\0b"]


def paths(folder: str) -> list[str]:
    """Paths below a scratch folder, and some that nobody can write to."""
    return [
        f"{folder}/folder",
        f"{folder}/file",
        f"{folder}/zero",
        f"{folder}/null",
        f"{folder}/full",
        f"{folder}/pipe",
        f"{folder}/large",
        f"{folder}/broken-link",
        f"{folder}/loop",
        f"{folder}/file/below",
        f"{folder}/folder/new",
        f"{folder}/missing/new",
        f"{folder}/{'n' * 300}",
        f"{folder}/{'d/' * 3000}x",
        f"{folder}/🚀 of ü",
        f"{folder}/-x",
        "/proc/nothing",
        "/dev/null/x",
        "/sys/x",
        f"{folder}/empty.toml",
        f"{folder}/folder.toml",
        f"{folder}/loop.toml",
        f"{folder}/zero.toml",
        f"{folder}/pipe.toml",
        f"{folder}/large.toml",
        f"{folder}/random.toml",
        f"{folder}/results",
        f"{folder}/results/manifest.json",
        f"{folder}/results/annual.nc",
        f"{folder}/random.nc",
        f"{folder}/random.json",
    ]


LINES = [
    "[[change]]",
    "[change]",
    "[[changes]]",
    "[change.when]",
    "[a.b]",
    "[[a.b]]",
    "[",
    "]]",
    "= 1",
    "x = ",
    'extends = "baseline"',
    'extends = "mutant"',
    'when = { indicator = "debt_to_gdp", above = 40 }',
    "when = []",
    "when = [{}, {}]",
    "value = [1]",
    "value = {}",
    "from = 2018",
    "from = 2018-01-01",
    "from = 2018-01-01T00:00:00Z",
    "until = 2018-02-02",
    "scale = true",
    "a" + ".a" * 3000 + " = 1",
    "a = " + "[" * 2000,
    "a = " + "{a=" * 500,
    "x = '''",
    'x = """',
    "value = 9" + "9" * 6000,
    "# \x00",
    "\r",
    "\x0c",
    "\ufeff",
    "belarus = 1",
    "[belarus]",
    "[belarus.x]",
    "[moon.x]",
    "weight = -1",
    "weight = nan",
    "scale = 0",
    "scale = inf",
    "threshold = 1",
]
TOKEN = re.compile(r'"[^"\n]*"|[A-Za-z_][\w.-]*|-?\d[\d.-]*|[\[\]{}=,#]|\s+')


def mutated(text: str, random) -> str:
    """A text with one to four faults of the kinds that people and programs make."""
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        parts = TOKEN.findall(text) or [text]
        place = random.randrange(len(parts))
        kind = random.randrange(10)
        if kind == 0:
            parts[place] = ""
        elif kind == 1:
            parts[place] *= 2
        elif kind == 2:
            parts[place] = random.choice(NUMBERS)
        elif kind == 3:
            parts[place] = json.dumps(random.choice(TEXTS), ensure_ascii=False)
        elif kind == 4:
            parts[place] = random.choice(parts)
        elif kind == 5:
            parts.insert(place, "\n" + random.choice(LINES) + "\n")
        elif kind == 6:
            parts[place] = parts[place][:-1]
        elif kind == 7:
            parts[place] = parts[place].swapcase()
        elif kind == 8:
            parts.insert(place, chr(random.choice((0, 9, 13, 27, 34, 39, 92, 0x85, 0x202E, 0xD7FF, 0x1F680))))
        else:
            parts = parts[:place]
        text = "".join(parts)
    return text


VALUES = [
    None,
    True,
    False,
    0,
    -1,
    1,
    2,
    1.5,
    1e308,
    -1e308,
    2**63,
    10**400,
    "",
    "x",
    "2018-01",
    "nan",
    [],
    {},
    [[]],
    [{}],
    {"a": 1},
    [None],
    "x" * 3000,
    float("nan"),
    float("inf"),
    "\x00",
    "\ud800",
    "../..",
    "=1+1",
    "baseline",
    "posterior",
]


def edited(content, random):
    """A value of JSON with one place of it deleted, doubled, renamed or replaced."""
    holder, key = content, None
    while True:
        keys = list(holder) if isinstance(holder, dict) else range(len(holder))
        if not keys:
            return content
        key = random.choice(list(keys))
        if isinstance(holder[key], dict | list) and holder[key] and random.random() < 0.85:
            holder = holder[key]
            continue
        break
    kind = random.randrange(5)
    if kind == 0:
        del holder[key]
    elif kind == 1 and isinstance(holder, dict):
        holder[str(random.choice(TEXTS))] = holder.pop(key)
    elif kind == 2 and isinstance(holder, list):
        holder.append(holder[key])
    else:
        holder[key] = random.choice(VALUES)
    return content
