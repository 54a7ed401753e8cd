"""Whatever stands in a scenario file, and whatever is given as one: a clear message and code 2, or code 0. No traceback."""

import contextlib
import io
import json
import os
import string
import warnings

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sinobel import cli
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.levers import all_levers
from sinobel.policies import scenarios
from sinobel.policies.changes import KEYS as CHANGE_KEYS
from sinobel.policies.conditions import KEYS as RULE_KEYS
from sinobel.policies.scenarios import TOP_KEYS

RUN = ("--draws", "2", "--horizon", "2018-12", "--jobs", "1")


def outcome(*arguments):
    """Exit code of a command in this process and what it said on standard error; a traceback would come out here."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()), pytest.raises(SystemExit) as stop:
        cli.main(list(arguments))
    return stop.value.code or 0, said.getvalue()


def check(*arguments):
    code, said = outcome(*arguments)
    assert code in (0, 2), said
    assert (code == 2) == bool(said), "bad input gets a message, good input none"
    assert "Traceback" not in said
    assert len(said) < 200_000, "a message that nobody can read"
    return code


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("any")


@pytest.fixture(scope="module")
def no_charts():
    """A run without its charts, which take most of its time."""
    from sinobel import store

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store.Run, "add_figures", lambda self, figures: None)
        yield


# --- what may stand in a file ----------------------------------------------------------------------------------------

NAMES = st.one_of(
    st.sampled_from([*TOP_KEYS, *CHANGE_KEYS, *RULE_KEYS]),
    st.sampled_from(list(all_levers())),
    st.sampled_from(list(all_indicators())),
    st.text(max_size=12),
)
SCALARS = st.one_of(
    st.text(max_size=20).map(lambda text: json.dumps(text, ensure_ascii=False).replace("\x7f", "")),
    NAMES.map(lambda text: json.dumps(text).replace("\x7f", "")),
    st.sampled_from(
        [
            '"2018-01"',
            '"2019-12"',
            '"baseline"',
            '"extended"',
            "true",
            "false",
            "nan",
            "-inf",
            "1979-05-27",
            "1979-05-27T07:32:00Z",
            "07:32:00",
            "0x" + "f" * 5000,
            "9" * 5000,
            "1e400",
            "-0.0",
            "'''\n\n'''",
        ]
    ),
    st.floats().map(str),
    st.integers().map(str),
    st.integers(-(10**30), 10**30).map(str),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: f"[{', '.join(parts)}]"),
        st.dictionaries(NAMES, inner, max_size=4).map(
            lambda table: "{" + ", ".join(f"{json.dumps(key)} = {value}" for key, value in table.items()) + "}"
        ),
    ),
    max_leaves=8,
)
LINES = st.one_of(
    st.sampled_from(["[[change]]", "[change]", "[change.when]", "[[change.when]]", "[x.y]", "# remark", ""]),
    st.builds(lambda key, value: f"{key} = {value}", st.sampled_from([*TOP_KEYS, *CHANGE_KEYS, *RULE_KEYS]), VALUES),
    st.builds(lambda key, value: f"{json.dumps(key)} = {value}", NAMES, VALUES),
    st.text(alphabet=string.printable, max_size=60),
)
STRUCTURES = st.lists(LINES, max_size=14).map("\n".join)

SHIPPED = [path.read_text(encoding="utf-8") for path in sorted(scenarios.scenario_folder().glob("*.toml"))]


@st.composite
def mutated(draw):
    """A scenario that ships, with some spans cut, doubled or overwritten."""
    text = draw(st.sampled_from(SHIPPED))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 25)))
        put = draw(st.one_of(st.just(""), st.just(text[start:end] * 2), SCALARS, st.text(max_size=6)))
        text = text[:start] + put + text[end:]
    return text


@given(st.one_of(STRUCTURES, mutated(), st.text(max_size=300)))
@example("a = " + "[" * 3000 + "]" * 3000)
@example("when = " + "{a = " * 500 + "1" + "}" * 500)
@example("a" + ".a" * 3000 + " = 1")
@example("[[change]]\nlever = " + "[" * 50 + "]" * 50 + "\nvalue = " + "{x = " * 50 + "1" + "}" * 50)
@example("x" * 100_000 + " = 1")
@example("question = '" + "x" * 100_000 + "'")
@example('extends = "' + "../" * 3000 + '"')
@example('extends = "a+b"')
@example('extends = "."')
@example("\ufeff")
@example('title = "\\U0010FFFF\\u202E"\nquestion = "?"')
@settings(max_examples=150)
def test_any_text_in_a_file(folder, text):
    path = folder / "any.toml"
    path.write_bytes(text.encode("utf-8", errors="replace"))
    check("validate", str(path))


@given(st.binary(max_size=200))
@example(b"\x00")
@example(b"\xff\xfe[\x00[\x00")
@example(b"title = '\xe9'")
@example(b"\r\r\n[[change]]\r")
@settings(max_examples=60)
def test_any_bytes_in_a_file(folder, content):
    path = folder / "bytes.toml"
    path.write_bytes(content)
    check("validate", str(path))


@given(st.one_of(STRUCTURES, mutated()))
@settings(max_examples=12)
def test_running_any_file_ends_with_a_message_or_with_results(folder, no_charts, text):
    path = folder / "run.toml"
    path.write_bytes(text.encode("utf-8", errors="replace"))
    code = check("run", str(path), *RUN, "--out", str(folder / "results"))
    assert code == 2 or (folder / "results" / "manifest.json").is_file()


@given(
    st.one_of(
        st.text(st.characters(exclude_characters="\0", exclude_categories=()), max_size=30).filter(
            lambda text: not text.startswith("-")
        ),
        st.lists(
            st.sampled_from(["baseline", "untied-finance", "two-thirds-rule-half", "", " ", "..", "x.toml"]),
            min_size=2,
            max_size=4,
        ).map("+".join),
    )
)
@example("a\0b")
@example("x" * 5000)
@example("x" * 300 + ".toml")
@example("/")
@example("~")
@example("caf\udce9.toml")
@example("\udce9")
@example("baseline+\udce9+" * 50)
@settings(max_examples=60)
def test_any_name_of_a_scenario(name):
    check("validate", name)


@pytest.mark.parametrize("command", [["validate"], ["run", *RUN], ["compare", *RUN, "baseline"], ["explain"]])
@pytest.mark.parametrize("kind", ["folder", "broken link", "loop", "unreadable", "fifo"])
def test_a_path_that_is_no_file(tmp_path, monkeypatch, command, kind):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "odd.toml"
    try:
        if kind == "folder":
            path.mkdir()
        elif kind in ("broken link", "loop"):
            path.symlink_to(tmp_path / ("nowhere" if kind == "broken link" else "odd.toml"))
        elif kind == "fifo":
            os.mkfifo(path)
        else:
            if os.name == "nt" or os.geteuid() == 0:
                pytest.skip("needs a user without all rights")
            path.write_text('question = "?"')
            path.chmod(0)
    except (OSError, AttributeError, NotImplementedError):
        pytest.skip("this system has no such thing")
    code, said = outcome(*command, str(path))
    assert code == 2
    assert "odd.toml" in said
    assert list(tmp_path.iterdir()) == [path]


LOOPS = [
    ["run", *RUN, "--out", "loop"],
    ["run", *RUN, "--out", "loop/deeper"],
    ["run", "one.toml"],
    ["validate", "one.toml"],
    ["compare", *RUN, "baseline", "untied-finance", "--out", "loop"],
    ["compare", *RUN, "baseline", "untied-finance", "--objectives", "one.toml", "--out", "r"],
    ["solve", "--target", "gdp[2018] >= 1", "--lever", "belarus.reform", "--draws", "2", "--out", "loop"],
    ["rerun", "loop"],
    ["rerun", "one.toml"],
    ["report", "loop"],
    ["explain", "./loop"],
    ["explain", "loop/deeper"],
]


@pytest.mark.parametrize("words", LOOPS, ids=" ".join)
def test_links_that_go_round_are_a_clear_message(tmp_path, monkeypatch, words):
    """A link to itself where a folder is wanted, two files that are links to each other."""
    monkeypatch.chdir(tmp_path)
    try:
        (tmp_path / "loop").symlink_to("loop")
        (tmp_path / "one.toml").symlink_to("two.toml")
        (tmp_path / "two.toml").symlink_to("one.toml")
    except (OSError, NotImplementedError):
        pytest.skip("this system has no links")
    code, said = outcome(*words)
    assert code == 2
    assert "loop" in said or "one.toml" in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["loop", "one.toml", "two.toml"]


@pytest.mark.parametrize(
    "title",
    [
        "$\\frac{",
        "50 $ a tonne, $x_1$",
        "北京 Мінск €",
        "1\u00a0000 €",
        "a_{b} \\mathrm{c} ^^",
        "<b>&amp;</b>",
        "[red]x[/]",
    ],
)
def test_any_printable_title_can_be_drawn(tmp_path, monkeypatch, title):
    """A title stands on charts as it is written: no dollar sign starts a formula, no bracket a color."""
    from sinobel.reporting.charts.chart import Chart

    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.toml").write_text(f"title = {json.dumps(title)}\nquestion = 'What {title}?'\n", encoding="utf-8")
    assert check("validate", "mine.toml") == 0
    assert check("explain", "mine.toml") == 0

    def paint(sheet):
        sheet.axes.set_title(title)
        sheet.axes.plot([0, 1], label=title)
        sheet.axes.legend()

    chart = Chart("mine", scenarios.load("mine.toml").title, title, title, (), paint)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert chart.files()[".png"].startswith(b"\x89PNG")
