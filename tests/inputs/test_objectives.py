"""Objectives: what ships is defensible, what is wrong is told with file and line, weights are open to change."""

import json
import pathlib
import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sinobel.inputs import objectives
from sinobel.inputs.countries import COUNTRIES
from sinobel.inputs.evidence import all_evidence
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.levers import all_levers
from sinobel.inputs.objective import Objective
from sinobel.inputs.parameters import all_parameters
from sinobel.inputs.positions import Position
from sinobel.inputs.reading import InputError

BAD = pathlib.Path(__file__).parent / "bad_objectives"

PROMISED = {
    "unknown-key": (4, "belarus.income: there is no key 'wieght'; did you mean \"weight\"?"),
    "unknown-country": (1, "there is no country 'belrus'; did you mean \"belarus\"?; choose from belarus, china"),
    "unknown-indicator": (4, "belarus.income: there is no indicator 'gpd'; did you mean \"gdp\"?"),
    "wrong-direction": (4, "direction = 'highr' is not allowed; did you mean \"higher\"?; choose from higher, lower"),
    "wrong-count": (4, "counts = 'sum' is not allowed; choose from last year, mean, worst year, cumulative"),
    "cumulative-stock": (4, '"cumulative" is for flows, and reserves is a stock; take "mean"'),
    "scale-of-zero": (4, "scale = 0 is not allowed; it must be above 0"),
    "negative-weight": (4, "weight = -1 is not allowed; it must be 0 or more"),
    "not-finite": (4, "weight = inf is not a finite number"),
    "weight-as-text": (4, "weight = 'much'"),
    "incomplete": (1, "'label' is missing; to change shipped objectives only, start the file with extends"),
    "unknown-evidence": (4, "there is no evidence 'M999'"),
    "no-reason": (1, "names no evidence, and gives no assumption with a reason"),
    "threshold-without-source": (10, '"threshold" and "threshold_from" (where it comes from) go together'),
    "veto-without-source": (10, '"veto" asks for "veto_from" (where it comes from)'),
    "veto-above-one": (10, "veto = 90 is not allowed; it must be a share of futures, 0 to 1 (0.9 for 90 %)"),
    "extends-nothing": (1, "extends = 'mine' is not allowed; write extends = \"default\" or leave it out"),
    "all-weights-zero": (None, "every weight of eu is 0"),
    "no-table": (2, "belarus holds no objectives; write [belarus.name]"),
    "no-objective-table": (4, "belarus.income is not a table; write [belarus.income]"),
    "named": (4, "belarus.income: its name is that of the table"),
    "broken": (1, "not valid TOML"),
    "empty": (None, "holds no objective"),
    "position-unknown-country": (
        3,
        "there is no country 'belrus'; did you mean \"belarus\"?; choose from belarus, china",
    ),
    "position-unknown-objective": (
        4,
        "belarus.reformers: belarus has no objective 'incom'; did you mean \"income\"?; choose from income",
    ),
    "position-unknown-key": (
        4,
        "belarus.reformers: there is no key 'lable'; did you mean \"label\"?; choose from label, weights",
    ),
    "position-wrong-order": (
        4,
        "income = [3, 2, 1] is not allowed; write [least, middle, most], from 0 up in this order, or one number",
    ),
    "position-negative": (4, "income = [-1, -1, -1] is not allowed; write [least, middle, most]"),
    "position-two-numbers": (4, "income = a list is not allowed; write [least, middle, most]"),
    "position-no-weights": (3, "belarus.army: weighs nothing; write [position.belarus.army.weights]"),
    "position-not-shipped": (
        3,
        "'label' is missing; it is no position that ships; did you mean \"belarus.reformers\"?",
    ),
    "position-no-reason": (3, "belarus.army: names no evidence, and gives no assumption with a reason"),
    "position-no-table": (4, "write [position.belarus.name] and its keys under it"),
    "position-all-zero": (None, "every weight of russia.uralkali is 0"),
    "objective-unweighed": (
        3,
        "belarus.exports: no position weighs it (belarus.security_bloc, belarus.reformers, belarus.china_lobby); name it in",
    ),
    "objective-not-shipped": (3, "there is no objective 'belarus.output' that ships"),
}


@pytest.mark.parametrize("name", PROMISED)
def test_a_bad_file_gives_its_promised_message(name):
    line, message = PROMISED[name]
    with pytest.raises(InputError) as error:
        objectives.read_objectives(BAD / f"{name}.toml")
    found = [problem for problem in error.value.problems if message in problem.message]
    assert found, error.value
    assert found[0].line == line
    assert f"{name}.toml" in found[0].file


def test_every_bad_file_has_a_promise():
    assert {path.stem for path in BAD.glob("*.toml")} == set(PROMISED)


def test_what_is_wrong_comes_in_the_order_of_lines(tmp_path):
    """Whatever finds it, keys, tables or positions, and however often: each once."""
    path = tmp_path / "mine.toml"
    path.write_text(
        """extends = "default"
[position.belarus.reformers.weights]
no_such = [1, 2, 3]
[belarus.income]
colour = "blue"
[atlantis]
[position.china.idle]
label = "Idle"
weights = {}
[russia.loyalty]
scale = -1
"""
    )
    assert [problem.line for problem in problems_of(path)] == [3, 5, 6, 7, 11]


def problems_of(path):
    """Problems of a file; anything but an InputError fails the test."""
    try:
        objectives.read_objectives(path)
    except InputError as error:
        return error.problems
    return []


VALUES = st.one_of(
    st.sampled_from(
        [
            '"gdp"',
            '"higher"',
            '"mean"',
            '"default"',
            "true",
            "nan",
            "inf",
            "-1e400",
            "[]",
            "{}",
            "[1]",
            "2018-01-01",
            "9" * 400,
            '["M01"]',
            '"\\u0000"',
        ]
    ),
    st.floats().map(str),
    st.integers().map(str),
    st.text(string.printable, max_size=30).map(json.dumps),
)
KEYS = st.sampled_from([*Objective.model_fields, *Position.model_fields, "extends", "belarus", "position", "x"])
LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "[belarus.income]",
                "[eu.new]",
                "[belarus]",
                "[[belarus]]",
                'extends = "default"',
                "[x.y]",
                "[position]",
                "[[position.eu]]",
                "[position.eu.new]",
                "[position.belarus.reformers.weights]",
            ]
        ),
        st.builds(lambda key, value: f"{key} = {value}", KEYS, VALUES),
        st.text(string.printable, max_size=60),
    ),
    max_size=14,
).map("\n".join)


@given(LINES)
@example("belarus.income.weight = " + "9" * 400)
@example('extends = "default"\n[belarus.income]\nweight = ' + "9" * 400)
@settings(max_examples=150)
def test_no_text_makes_anything_but_a_clear_message(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "any-objectives.toml"
    path.write_text(text, encoding="utf-8", errors="replace")
    for problem in problems_of(path):
        assert problem.message


# --- what ships ------------------------------------------------------------------------------------------------------


def test_each_country_has_objectives_with_thresholds_and_weights():
    shipped = objectives.all_objectives()
    assert objectives.countries_of(shipped) == ["belarus", "china", "russia", "eu"]
    for country in COUNTRIES:
        mine = objectives.of(shipped, country)
        assert len(mine) >= 4
        assert any(each.threshold is not None for each in mine)
        assert all(each.weight is None for each in mine), "positions weigh, each in its own way"


def test_every_country_has_positions_with_the_papers_sentences():
    shipped = objectives.all_objectives()
    assert list(shipped.declared) == [
        "belarus.security_bloc",
        "belarus.reformers",
        "belarus.china_lobby",
        "china.policy_banks",
        "china.foreign_ministry",
        "russia.kremlin",
        "russia.uralkali",
        "eu.commission",
        "eu.neighbors",
    ]
    for each in shipped.declared.values():
        assert len(each.sentence) > 40
        assert each.assumption
        assert sum(middle for _, middle, _ in each.weights.values()) == 100, "weights read as percent"
        assert all(least < middle < most or least == middle < most for least, middle, most in each.weights.values())
    weighed = {f"{each.country}.{short}" for each in shipped.declared.values() for short in each.weights}
    assert weighed == set(shipped), "every criterion is somebody's"


def test_neither_a_bilateral_balance_nor_a_level_of_debt_is_wanted():
    wanted = {each.indicator for each in objectives.all_objectives().values()}
    assert not wanted & {"balance_with_china", "debt_to_china", "external_public_debt", "debt_to_gdp", "gdp"}


@pytest.mark.parametrize("each", objectives.all_objectives().values(), ids=lambda each: each.name)
def test_a_scale_from_the_record_is_its_mean_change_over_five_years(each):
    if each.scale_from != "record":
        assert each.scale_from.startswith("assumption: ")
        return
    series = all_indicators()[each.indicator].record
    recorded = all_evidence().record
    values = {year: reading.value for year, reading in recorded.yearly(series).items()}
    if not values:  # dated Decembers
        values = {int(row.period[:4]): row.value for row in recorded.readings(series) if row.period.endswith("-12")}
    changes = [abs(values[year] - values[year - 5]) for year in range(2008, 2017) if {year, year - 5} <= set(values)]
    assert len(changes) >= 4
    assert each.scale == pytest.approx(sum(changes) / len(changes), rel=0.03)
    assert f"record:{series}" in each.evidence


def test_names_of_objectives_are_nobody_elses():
    taken = {*all_levers(), *all_parameters(), *all_indicators()}
    assert not taken & set(objectives.all_objectives())


# --- weights are open to change --------------------------------------------------------------------------------------


def test_a_file_says_only_what_it_changes(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('extends = "default"\n[belarus.income]\nweight = 5\nthreshold = 1\n')
    mine, shipped = objectives.read_objectives(path), objectives.all_objectives()
    assert list(mine) == list(shipped)
    changed = mine["belarus.income"]
    assert (changed.weight, changed.threshold, changed.scale) == (5, 1, shipped["belarus.income"].scale)
    assert "mine.toml" in changed.threshold_from, "the shipped reason does not stay with another number"
    assert mine["belarus.interest"] == shipped["belarus.interest"]
    assert mine.declared == shipped.declared
    for position in mine.positions("belarus"):
        assert position.weights["income"] == (5, 5, 5), "a weight of the file holds with every position"
        assert position.weights["reserves"] == shipped.declared[position.name].weights["reserves"]


def test_a_file_may_change_and_add_positions(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        'extends = "default"\n[position.belarus.reformers.weights]\njobs = 3\n'
        '[position.eu.parliament]\nlabel = "Parliament"\nassumption = "it is said to want reform"\n'
        "weights = { reform = [50, 60, 70], stability = 40 }\n"
    )
    mine, shipped = objectives.read_objectives(path), objectives.all_objectives()
    reformers = mine.declared["belarus.reformers"]
    assert reformers.weights == {**shipped.declared["belarus.reformers"].weights, "jobs": (3, 3, 3)}
    assert [each.short for each in mine.positions("eu")] == ["commission", "neighbors", "parliament"]
    assert mine.positions("eu")[-1].weights == {"reform": (50, 60, 70), "stability": (40, 40, 40)}
    assert mine.positions("eu")[-1].called == "the EU's Parliament"


def test_a_file_that_stands_alone_holds_its_own_objectives_only(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text((BAD / "no-reason.toml").read_text() + 'assumption = "output stands for jobs"\n')
    mine = objectives.read_objectives(path)
    assert list(mine) == ["eu.jobs"]
    (alone,) = mine.positions("eu")
    assert (alone.called, alone.weights) == ("the EU", {"jobs": (1, 1, 1)}), "weights need no position"


def test_weights_in_python():
    mine = objectives.chosen_objectives(weights={"belarus.income": 1, "eu.reform": 0})
    assert mine["belarus.income"].weight == 1
    assert mine["eu.reform"].weight == 0
    assert "eu.reform" not in {each.name for each in mine.weighing}
    assert objectives.all_objectives()["belarus.income"].weight is None, "what ships stays as it is"
    with pytest.raises(InputError, match=r'did you mean "belarus\.income"'):
        objectives.chosen_objectives(weights={"belarus.incom": 1})
    for wrong in (-1, float("nan"), float("inf"), True, "much"):
        with pytest.raises(InputError, match="must be a number from 0"):
            objectives.chosen_objectives(weights={"belarus.income": wrong})
    with pytest.raises(InputError, match=r"every weight of eu\.commission is 0"):
        objectives.chosen_objectives(
            weights={each.name: 0 for each in objectives.of(objectives.all_objectives(), "eu")}
        )


def test_a_country_is_found_by_its_name():
    shipped = objectives.all_objectives()
    assert objectives.country("European Union", shipped) == "eu"
    assert objectives.country("Belarus", shipped) == "belarus"
    with pytest.raises(InputError, match='did you mean "russia"'):
        objectives.country("rusia", shipped)
    with pytest.raises(InputError, match="with objectives"):
        objectives.country("eu", {"china.x": shipped["china.goods_sold"]})


def test_written_and_read_again_they_are_the_same():
    shipped = objectives.all_objectives()
    entries, positions = (json.loads(json.dumps(objectives.as_written(each))) for each in (shipped, shipped.declared))
    assert objectives.from_written(entries, positions) == shipped
    with pytest.raises(InputError, match="objectives"):
        objectives.from_written(entries, [{"name": "belarus.x"}])
    with pytest.raises(InputError, match="position"):
        objectives.from_written(entries, [positions[0] | {"weights": {"nothing": [1, 2, 3]}}])
    with pytest.raises(InputError, match="objectives"):
        objectives.from_written([{"name": "belarus.x"}])
