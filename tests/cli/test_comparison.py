"""A comparison as users meet it: files, sentences, options of the command, the two calls of Python."""

import contextlib
import csv
import io
import json
import re
import warnings

import numpy as np
import pytest

import sinobel
from sinobel import store
from sinobel.analysis import decision, outcomes
from sinobel.analysis.question import question_of
from sinobel.cli.comparing import SHOWN
from sinobel.inputs import objectives
from sinobel.inputs.countries import COUNTRIES
from sinobel.reporting.charts.shared import OPTION_INDICATORS
from sinobel.reporting.tables import comparison
from sinobel.reporting.words import answer
from sinobel.results import contents
from tests.analysis.synthetic import ends, named, objective, only
from tests.cli.test_cli import QUICK, call, here  # noqa: F401  a fixture

FILES = (
    "differences",
    "effects",
    "who-gains",
    "objectives",
    "positions",
    "points",
    "decision",
    "dominance",
    "convergence",
)


def table(path):
    return list(csv.DictReader(io.StringIO(path.read_text())))


def documented(text):
    """Names of columns a README explains, ranges such as "p05 … p95" and patterns spelled out."""
    found = set()
    for cell in re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE):
        for part in cell.split(", "):
            found.add(part)
            if " … " in part:
                stem = re.match(r"[a-z_]*?(?=\d)", part)[0]
                found |= {f"{stem}{level}" for level in ("05", "10", "25", "50", "75", "90", "95")}
            if "COUNTRY" in part:
                found |= {part.replace("COUNTRY", country) for country in COUNTRIES}
    return found


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """A comparison with weights, a discount rate and another country than Belarus: its folder, and what was said."""
    out = tmp_path_factory.mktemp("results") / "r"
    options = ("--for", "russia", "--weight", "russia.transit=0", "--discount", 0.05, "--out", out)
    with contextlib.redirect_stdout(io.StringIO()) as said:
        assert call("compare", "baseline", "russian-squeeze", "untied-finance", *QUICK, *options) == 0
    return out, said.getvalue()


@pytest.fixture
def folder(compared):
    return compared[0]


@pytest.fixture
def told(compared):
    return compared[1]


def test_a_folder_holds_the_tables_and_explains_their_columns(folder):
    readme = (folder / "README.md").read_text()
    known = documented(readme)
    for name in FILES:
        rows = table(folder / f"{name}.csv")
        assert rows, name
        assert f"`{name}.csv`" in readme
        assert set(rows[0]) <= known, f"{name}.csv: {set(rows[0]) - known} stand in no README"
    for name in ("options", "who-gains", "gains-by-objective", "choices"):
        assert (folder / "charts" / f"{name}.png").stat().st_size > 20_000
    assert "5 % a year to 2017, which counts in full" in readme
    assert "--for russia --discount 0.05 --weight russia.transit=0" in readme


def test_points_in_the_annex_add_up_to_the_scores(folder):
    adds = {}
    for row in table(folder / "points.csv"):
        key = row["country"], row["position"], row["scenario"]
        adds[key] = adds.get(key, 0.0) + float(row["adds"])
    for row in table(folder / "decision.csv"):
        assert float(row["score"]) == pytest.approx(adds[row["country"], row["position"], row["scenario"]], abs=1e-6)
    assert "russia.transit" not in {row["objective"] for row in table(folder / "objectives.csv")}


def test_shares_of_leading_add_up_for_every_position(folder):
    leads = {}
    for row in table(folder / "decision.csv"):
        leads.setdefault((row["country"], row["position"]), []).append(float(row["share_leads"]))
    assert set(leads) == {tuple(name.split(".")) for name in objectives.all_objectives().declared}
    for shares in leads.values():
        assert sum(shares) == pytest.approx(1, abs=1e-6)


def test_points_stand_in_the_annex_alone(folder, told):
    for name in ("objectives", "who-gains", "positions", "differences", "effects"):
        assert not {"points", "score", "adds"} & set(table(folder / f"{name}.csv")[0]), name
    assert "points" not in told.replace("% points", "")
    rows = {(row["objective"], row["scenario"]): row for row in table(folder / "objectives.csv")}
    assert rows["belarus.income", "russian-squeeze"]["unit"] == "USD per head a year"


def test_the_question_can_be_read_back_from_the_manifest(folder):
    question = question_of(json.loads((folder / "manifest.json").read_text()))
    assert (question.reference, question.country, question.rate) == ("baseline", "russia", 0.05)
    assert question.objectives["russia.transit"].weight == 0
    shipped = objectives.all_objectives()
    assert question.objectives["belarus.income"] == shipped["belarus.income"]
    assert question.objectives.declared == shipped.declared


def test_a_folder_of_before_positions_is_still_read(folder):
    """Its manifest has weights instead, and they are those of the one position of each country."""
    manifest = json.loads((folder / "manifest.json").read_text())
    del manifest["comparison"]["positions"]
    manifest["comparison"]["objectives"] = [each | {"weight": 10} for each in manifest["comparison"]["objectives"]]
    question = question_of(manifest)
    assert [each.called for each in question.objectives.positions("belarus")] == ["Belarus"]


def test_effects_say_since_when(folder):
    rows = {(row["scenario"], row["indicator"]): row for row in table(folder / "effects.csv")}
    squeeze = rows["russian-squeeze", "russian_energy_subsidy"]
    assert squeeze["changes_from"] == squeeze["credible_from"] == "2018"
    assert float(squeeze["better_for_russia"]) == 1.0
    assert float(squeeze["p90"]) < 0
    assert rows["untied-finance", "oil_price"]["credible_from"] == "never"
    first = {
        row["year"]: row
        for row in table(folder / "differences.csv")
        if (row["scenario"], row["indicator"]) == ("russian-squeeze", "russian_energy_subsidy")
    }
    assert float(first["2017"]["sum_p50"]) == 0
    assert float(first["2018"]["sum_p50"]) == pytest.approx(float(first["2018"]["p50"]) / 1.05, rel=1e-5)


def test_the_terminal_tells_who_gains_and_what_the_draws_settle(told):
    for part in (
        "What changes of what Russia wants, 2017 to 2019",
        "Who is better off than under baseline, share of futures and weights",
        "What Russia would rather have, by who decides",
        "With Russia's Kremlin russian-squeeze comes first and leads in",
    ):
        assert part in told
    assert max(map(len, told.splitlines()[:40])) <= 165


def test_early_origins_and_short_horizons_work(here, monkeypatch):  # noqa: F811
    monkeypatch.setattr("sinobel.store.Run.add_figures", lambda *_: None)
    (here / "early.toml").write_text('[[change]]\nlever = "china.tied_share"\nfrom = "2013-01"\nvalue = 0.0\n')
    settings = ("--draws", 12, "--jobs", 1, "--origin", "2012-12", "--horizon", "2013-12")
    assert call("compare", "baseline", "early.toml", *settings, "--out", "r") == 0
    assert {row["country"] for row in table(here / "r" / "who-gains.csv")} == {*COUNTRIES, "all"}


BAD = [
    (["--for", "rusia"], 'did you mean "russia"?'),
    (["--weight", "belarus.incom=3"], 'did you mean "belarus.income"?'),
    (["--weight", "belarus.income"], "write for example --weight belarus.income=40"),
    (["--weight", "belarus.income=much"], "write for example --weight belarus.income=40"),
    (["--weight", "belarus.income=-1"], "must be a number from 0"),
    (["--discount", "5"], "such as 0.05 for 5 %"),
    (["--discount", "nan"], "such as 0.05 for 5 %"),
    (["--objectives", "missing.toml"], "missing.toml: no such file"),
]


@pytest.mark.parametrize(
    ("options", "message"), BAD, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_bad_questions_end_before_anything_is_simulated(here, capsys, options, message):  # noqa: F811
    assert call("compare", "baseline", "untied-finance", *options) == 2
    assert message in capsys.readouterr().err
    assert not list(here.iterdir())


def test_objectives_are_listed_and_explained(capsys):
    assert call("objectives", "--format", "csv") == 0
    assert "china.potash_bill" in capsys.readouterr().out
    assert call("explain", "belarus.income") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Belarus's reformers: about 25 % (20 to 32 on 100; an assumption)" in said
    assert "plummeting labor productivity" in said
    call("explain", "income_per_head")
    assert "belarus.income" in capsys.readouterr().out


def test_explain_tells_what_a_comparison_was_asked(folder, capsys):
    assert call("explain", folder) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "against baseline, for Russia; discounted at 5.00 % a year" in said
    assert "objectives not as shipped: russia.transit (weight 0)" in said


@pytest.mark.parametrize("damage", [3, {}, {"for": "mars"}, {"objectives": [1]}, {"discount_rate": "x"}])
def test_a_damaged_question_is_a_clear_message(folder, damage):
    manifest = json.loads((folder / "manifest.json").read_text())
    whole = manifest["comparison"]
    manifest["comparison"] = whole | damage if damage and isinstance(damage, dict) else damage
    with pytest.raises(sinobel.InputError):
        question_of(manifest)


# --- sentences -------------------------------------------------------------------------------------------------------


def order(values):
    found = outcomes.outcomes({"exports_to_china": ends(values)}, named(objective("belarus.x")), "base")
    return comparison.convergence_in_words(decision.convergence(found, only(found)))


def test_words_about_convergence_match_the_numbers():
    random = np.random.default_rng(5)
    noise = random.normal(size=100)
    noise -= noise.mean()
    assert "100 draws settle that a is ahead of base;" in order({"base": np.zeros(100), "a": noise + 1})
    small = order({"base": np.zeros(100), "a": noise / 1000 + 0.005})
    assert "100 draws settle that a is ahead of base, but by less than what counts as a difference" in small
    unsettled = order({"base": np.zeros(100), "a": noise + 0.05})
    assert "100 draws do not settle whether a is ahead of base" in unsettled
    assert re.search(r"about [\d,]+ draws would", unsettled)
    assert "tie" in order({"base": [0.0, 0.0], "a": [0.0, 0.0]})
    assert "says nothing about an order" in order({"base": [0.0], "a": [1.0]})


def compare(values):
    found = outcomes.outcomes({"exports_to_china": ends(values)}, named(objective("belarus.x")), "base")
    return found, comparison.sentences(found, "belarus", decision.rows(found, "belarus"))


def test_options_that_come_to_the_same_are_told_as_tied():
    gain = np.linspace(0.5, 1.5, 50)
    found, said = compare({"base": np.zeros(50), "one": gain, "other": gain})
    assert any("With Belarus one and other alike come first" in sentence for sentence in said)
    told = answer.AnswerData({}, "base", {name: name for name in found.scenarios}, {}, 2016)
    assert "“one” and “other”, which come to the same, come first with Belarus" in answer._gains(found, told)
    alone, _ = compare({"base": np.zeros(50), "one": gain, "other": gain / 2})
    assert "“one” comes first with Belarus" in answer._gains(alone, told)


def test_an_option_of_which_nothing_comes_is_not_recommended_for_harming_nobody():
    loss = -np.linspace(0.5, 1.5, 50)
    _, said = compare({"base": np.zeros(50), "idle": np.zeros(50), "bad": loss})
    assert not any("idle leaves none worse off" in sentence for sentence in said)


def test_options_are_told_by_what_more_is_better_and_output_is_real(told):
    """Of a bilateral balance and of dollars no option is judged; dollar GDP stands last, with what moves it."""
    wanted = {each.indicator for each in objectives.all_objectives().values() if each.country == "belarus"}
    assert OPTION_INDICATORS[0] in wanted
    for shown in (OPTION_INDICATORS, SHOWN):
        assert "real_gdp" in shown[:2]
        assert shown[-1] == "gdp"
    changes = told.partition("Change against baseline")[2]
    assert "Real GDP" in changes
    assert "the change of GDP at current dollars is mostly that of the exchange rate" in changes
    titles = told.partition("baseline:")[0]
    assert re.search(rf"untied-finance +{sinobel.scenario('untied-finance').title}", titles)
    assert max(map(len, titles.splitlines())) <= 100


def test_shares_never_read_as_certain_when_they_are_not():
    assert [comparison.percent(share) for share in (0.0, 0.001, 0.5, 0.999, 1.0)] == [
        "0 %",
        "<1 %",
        "50 %",
        ">99 %",
        "100 %",
    ]
    told = [comparison.natural(value, "fraction") for value in (0.0004, -0.0004, 0.016, -0.2)]
    assert told == ["0.0", "0.0", "+1.6", "-20.0"]
    assert [comparison.natural(value, "USD mn") for value in (0.4, -0.4, 1234.5)] == ["0", "0", "+1,234"]


def test_who_acts_is_read_from_the_levers():
    change = {"lever": "eu.sanctions"}
    manifest = {
        "request": {
            "scenarios": [
                {"name": "a", "change": []},
                {"name": "b", "change": [change, {"lever": "belarus.reform"}, change]},
            ]
        }
    }
    assert comparison.set_by(manifest) == {"a": "", "b": "Belarus, EU"}


def test_many_options_stand_below_each_other():
    rows = [
        {"scenario": name, "indicator": "gdp", "unit": "USD", "year": 2020, "p10": 1, "p50": 2, "p90": 3}
        for name in ("a", "b")
    ]
    assert comparison.change_table(rows, 2020) == (
        ["indicator", "unit", "a", "b"],
        [["GDP at current dollars", "USD", *["2.00 [1.00 to 3.00]"] * 2]],
    )
    assert comparison.change_table(rows, 2020, beside=False)[0] == ["option", "GDP at current dollars, USD"]


# --- Python ----------------------------------------------------------------------------------------------------------


def test_gains_in_python(small):
    gains = sinobel.who_gains(small)
    positions = list(objectives.all_objectives().declared)
    assert [f"{row.country}.{row.position}" for row in gains.itertuples()] == [*positions, "all."]
    assert gains["share_better"].dtype == float
    assert gains.attrs["manifest"] == small.attrs["manifest"]
    yearly = sinobel.who_gains(sinobel.annual(small))
    assert yearly.equals(gains), "months and years of the same futures give the same"
    turned = sinobel.who_gains(small, reference="untied-finance")
    assert turned["scenario"].unique().tolist() == ["baseline"]
    assert np.allclose(turned["share_better"][:9], gains["share_worse"][:9]), (
        "a gain is the other's loss, turned around"
    )
    assert {"time", "draw", "scenario"} == set(small.dims), "the dataset stays as it was"


def test_decisions_in_python(small):
    table = sinobel.decide(small, "China", weights={"china.contractor_rents": 99})
    assert set(table["position"]) == {"policy_banks", "foreign_ministry"}
    first = table[table["rank"] == 1]
    assert set(first["scenario"]) == {"baseline"}, "untied finance pays no contractor"
    assert {order["first"] for order in table.attrs["convergence"].values()} == {"baseline"}
    assert (table["regret_mean"] >= 0).all()


def test_what_is_missing_is_told(small):
    part = small[["income_per_head", "exports_to_china"]]
    with pytest.warns(UserWarning, match=r"belarus\.reserves \(needs reserves\).* and \d+ more"):
        gains = sinobel.who_gains(part)
    assert gains["country"].tolist() == ["belarus"] * 3 + ["all"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(sinobel.InputError, match="keep one of the indicators eu_access"):
            sinobel.decide(part, "eu")
        with pytest.raises(sinobel.InputError, match="no objective can be counted"):
            sinobel.who_gains(small[["exports_to_china"]])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"reference": "basline"}, 'did you mean "baseline"'),
        ({"discount": 5}, "0.05 for 5 %"),
        ({"discount": float("nan")}, "0.05 for 5 %"),
        ({"weights": {"eu.reform": "much"}}, "must be a number from 0"),
        ({"objectives": "nowhere.toml"}, "no such file"),
    ],
)
def test_bad_arguments_say_what_is_allowed(small, arguments, message):
    with pytest.raises(sinobel.InputError, match=message):
        sinobel.who_gains(small, **arguments)


def test_gains_need_a_comparison(small):
    with pytest.raises(sinobel.InputError, match=r"needs several, from sinobel\.compare"):
        sinobel.who_gains(small.isel(scenario=0, drop=True))


def test_charts_and_files_do_not_fail_without_what_they_need(small):
    yearly = sinobel.annual(small[["exports_to_china"]])
    annual = {str(name): variable for name, variable in yearly.data_vars.items()}
    manifest = json.loads(small.attrs["manifest"])
    question = question_of(manifest)
    data = contents.data_of(store.Results(manifest, annual, small, None))
    assert set(contents.charts_of(data)) == {"overview", "exports-to-china"}
    assert set(comparison.files_of(annual, manifest, question)) == {"differences.csv", "effects.csv"}


def test_a_file_of_one_country_is_looked_at_for_it(tmp_path):
    from sinobel.results.run_folder import question_for

    path = tmp_path / "mine.toml"
    shipped = objectives.all_objectives()["eu.reform"]
    whole = shipped.model_dump(mode="json") | {"weight": 1}
    lines = [f"{key} = {json.dumps(value)}" for key, value in whole.items() if key != "name"]
    path.write_text("[eu.reform]\n" + "\n".join(lines) + "\n")
    assert question_for("baseline", None, path, {}, 0.0).country == "eu"
    with pytest.raises(sinobel.InputError, match="no country 'belarus' with objectives"):
        question_for("baseline", "belarus", path, {}, 0.0)
