"""Attribution and money as a user meets them: commands, tables, charts, and what a wrong name is told."""

import csv
import json
import shutil

import pytest

from sinobel import store
from sinobel.analysis import attribution, money
from sinobel.analysis.channels import WAYS
from sinobel.inputs.reading import InputError
from sinobel.policies import scenarios
from sinobel.reporting.charts import flows as flow_charts
from sinobel.reporting.charts import waterfalls
from sinobel.reporting.charts.shared import Footer
from sinobel.reporting.tables import flows
from sinobel.results.why import title_of
from sinobel.runs.manifest import caption
from sinobel.runs.request import Request
from tests.cli.test_cli import call
from tests.reporting.test_charts import words

RATIO = ("debt_to_gdp", "debt and growth")
QUICK = ("--draws", 60, "--horizon", "2019-12", "--jobs", 1)


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    request = Request(
        tuple(map(scenarios.load, ("baseline", "untied-finance", "russian-squeeze"))), 120, 1, horizon="2020-12"
    )
    with store.Run(request, tmp_path_factory.mktemp("results") / "r") as run:
        yield run.simulate()


def table(path):
    return list(csv.DictReader(path.read_text().splitlines()))


def test_attribute_prints_and_leaves_channels_that_add_up(here, capsys):
    assert call("attribute", "untied-finance", "baseline", "--year", 2019, *QUICK) == 0
    out = capsys.readouterr().out
    assert "tied imports" in out
    assert "medians do not" in out
    folder = here / "results" / "attribution-untied-finance-against-baseline"
    rows = table(folder / "attribution.csv")
    for of, by in WAYS:
        told = [row for row in rows if (row["indicator"], row["by"]) == (of, by)]
        assert told[-1]["channel"] == attribution.TOTAL
        total = float(told[-1]["mean"])
        size = sum(abs(float(row["mean"])) for row in told[:-1])
        assert sum(float(row["mean"]) for row in told[:-1]) == pytest.approx(total, abs=1e-5 * size + 1e-6)
    assert (folder / "charts" / "attribution-balance-with-china-channel.png").is_file()
    readme = (folder / "README.md").read_text()
    assert "attribution.csv" in readme
    assert "by, channel" in readme


def test_attribute_finds_its_year_and_says_why(here, capsys):
    """The same whether it simulates or reads the folder it has made; the folder asks the same question again."""
    assert call("attribute", "untied-finance", "baseline", "--of", "reserves", *QUICK) == 0
    out = capsys.readouterr().out
    folder = here / "results" / "attribution-untied-finance-against-baseline"
    (year,) = {row["year"] for row in table(folder / "attribution.csv")}
    assert out.startswith(f"{year} is the year in which the change of international reserves against baseline is ")
    assert f"Change of reserves in {year}, " in out
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["made"]["year"] is None
    assert "--year" not in manifest["command"]
    assert call("attribute", folder, "--of", "reserves") == 0
    assert capsys.readouterr().out.split("\n\n")[:2] == out.split("\n\n")[:2]
    assert call("rerun", folder) == 0


def test_attribute_in_time_as_json(here, capsys):
    assert call("attribute", "baseline", "--of", "debt_to_china", "--year", 2019, *QUICK, "--format", "json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["channel"] for row in rows][0] == "tied loans signed"
    assert (here / "results" / "attribution-baseline-since-2017" / "attribution.csv").is_file()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("baseline", "--of", "balance_with_chna"), 'did you mean "balance_with_china"?'),
        (("baseline", "--of", "external_public_debt", "--by", "creditors"), 'did you mean "creditor"?'),
        (("untied-finance", "baseline", "--since", 2018), "not both"),
        (("baseline", "--year", 2031), "choose 2017 to 2019"),
        (("baseline", "--year", 2018, "--since", 2018), "must be a simulated year before 2018"),
        (("baselin",), 'did you mean "baseline"?'),
    ],
)
def test_what_attribute_cannot_do_is_told(here, capsys, arguments, told):
    assert call("attribute", *arguments, *QUICK) == 2
    assert told in capsys.readouterr().err
    assert not (here / "results").exists()


def test_money_of_a_loan(here, capsys):
    assert call("money", "--loan", "pulp mill, 400kt", *QUICK) == 0
    out = capsys.readouterr().out
    assert "Svetlogorsk bleached sulphate pulp mill" in out
    assert "effective cost" in out
    assert "where it works the part that the project does not earn" in " ".join(out.split())
    assert money.UNGUARANTEED in " ".join(out.split()), "who pays where nobody guarantees"
    folder = here / "results" / "money-baseline"
    assert {path.stem for path in (folder / "charts").glob("*.png")} == {
        "money-L13",
        "money-book",
        "money-before",
        "money-new",
    }
    rows = table(folder / "money.csv")
    spent = [float(row["mean"]) for row in rows if (row["loan"], row["stage"]) == ("L13", money.SPENT)]
    assert sum(spent) == pytest.approx(100, abs=1e-3)


PLANT = """
[[loan]]
name       = "a plant by the river"
lender     = "china"
amount     = 900
signed     = "2017-03"
sector     = "energy"
instrument = "preferential"
guaranteed = 0.5

[[loan]]
name       = "help for the budget"
lender     = "china"
amount     = 100
signed     = "2017-04"
instrument = "untied"
"""


def test_loans_of_events_go_by_their_names(here, capsys):
    (here / "mine.toml").write_text(f'question = "What if?"\n{PLANT}')
    assert call("loans", "mine.toml", "--format", "csv") == 0
    rows = {row["loan"]: row for row in csv.DictReader(capsys.readouterr().out.splitlines())}
    assert rows["E1"]["project"] == "a plant by the river"
    assert (rows["E1"]["backing"], rows["E1"]["confidence"]) == ("50 % guaranteed", "event")
    assert rows["untied"]["project"] == "help for the budget"
    assert call("money", "mine.toml", "--loan", "plant by the river", *QUICK) == 0
    assert "a plant by the river: 900 USD mn signed" in capsys.readouterr().out
    rows = table(here / "results" / "money-mine" / "money.csv")
    assert {row["title"] for row in rows if row["loan"] == "E1"} == {"a plant by the river"}
    capsys.readouterr()
    assert call("explain", "results/money-mine") == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "a plant by the river: preferential loan of USD 900 mn from China" in told, "events belong to a scenario"
    assert "help for the budget: untied loan" in told
    assert call("money", "baseline", "--loan", "plant by the river", *QUICK) == 2
    assert "there is no loan" in capsys.readouterr().err


PARK = """
[[investment]]
name          = "the park"
investor      = "china"
from          = "2018-01"
amount_a_year = 50

[[loan]]
name   = "of the fund"
lender = "imf"
amount = 100
signed = "2018-01"
"""


@pytest.mark.parametrize(
    ("loan", "told"),
    [
        ("help for the budget", "untied: paid out at once"),
        ("The Park", "is an investment, not a loan"),
        ("of the fund", "is a loan from the IMF"),
        ("E2", "its events fill E1"),
    ],
)
def test_what_leaves_nothing_to_follow_is_refused_and_says_why(here, capsys, loan, told):
    (here / "mine.toml").write_text(f'question = "What if?"\n{PLANT}{PARK}')
    assert call("money", "mine.toml", "--loan", loan, *QUICK) == 2
    assert told in capsys.readouterr().err
    assert not (here / "results").exists()
    assert call("money", "baseline", "--loan", "E1", *QUICK) == 2
    assert "no event of it is a Chinese loan for a project" in capsys.readouterr().err


def test_untied_credit_is_followed_all_together(here, capsys):
    """Its terms vary from future to future and are told nowhere: neither in the table nor beside the chart."""
    (here / "mine.toml").write_text(f'question = "What if?"\n{PLANT}')
    assert call("money", "mine.toml", "--loan", "untied", *QUICK) == 0
    told = capsys.readouterr().out
    assert "Untied Chinese credit: " in told
    assert "effective cost" not in told
    assert (here / "results" / "money-mine" / "charts" / "money-untied.png").is_file()
    assert call("money", "mine.toml", "--loan", "help for the budget", *QUICK) == 2
    assert '"untied" is all untied Chinese credit together' in " ".join(capsys.readouterr().err.split())


def test_a_part_of_a_name_means_the_event_before_the_rows_of_years():
    names = ["L13", "E1", *(f"N{year}c" for year in range(2017, 2031))]
    assert flows.loan_named("Third", names, {"E1": "third power plant"}) == "E1"


def test_a_wrong_loan_is_told_the_nearest(here, capsys):
    assert call("money", "--loan", "Svetlogorks", *QUICK) == 2
    assert 'did you mean "Svetlogorsk"?' in capsys.readouterr().err
    assert call("money", "--loan", "Minsk", *QUICK) == 2
    assert "fits several loans" in capsys.readouterr().err
    assert not (here / "results").exists()
    names = ["L13", "N2017a", "N2017b", "untied"]
    assert flows.loan_named("l13", names) == "L13"
    assert flows.loan_named("Book", names) == money.BOOK
    assert [flows.loan_named(text, names) for text in ("n2017", "N2017a", "Energy")] == ["N2017", "N2017a", "energy"]
    with pytest.raises(InputError, match="there is no loan"):
        flows.loan_named("", names)


def test_loans_are_listed(capsys):
    assert call("loans", "--format", "csv") == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert {"L13", "L27"} <= {row["loan"] for row in rows}
    assert "L35" not in {row["loan"] for row in rows}, "an umbrella is no loan"
    assert call("loans") == 0
    assert money.UNGUARANTEED in " ".join(capsys.readouterr().out.split())


def test_charts_carry_units_sources_and_a_finding(results):
    titles = {"untied-finance": "Untied Chinese finance", "baseline": "Baseline"}
    footer = Footer(caption(results.manifest))
    for of, by in WAYS:
        split = attribution.attribution(results.annual, of, by, "untied-finance", 2020, against="baseline")
        chart = waterfalls.waterfall(attribution.rows(split), footer, titles)
        text, unit = words(chart.draw()), "percentage points" if of == "debt_to_gdp" else "mn USD"
        for part in ("Untied Chinese finance", "120 futures", "Sources:", f"change, {unit}", "80 % of futures"):
            assert part in text, f"{of} by {by} does not say {part!r}"
        assert f" {waterfalls.CALLED[of]} by " in chart.title
        assert f" {'percentage points' if of == 'debt_to_gdp' else 'mn USD'}" in chart.title, "as its axis has it"
    rows = money.rows(money.money(results.loans["baseline"], "baseline"))
    text = words(flow_charts.sankey(rows, "All Chinese loans", footer, 2020, 2016).draw())
    for part in ("All Chinese loans", "120 futures", "Sources:", "USD per 100 USD signed", "allocated to loans"):
        assert part in text


def test_a_ratio_changes_by_percentage_points_wherever_people_read_it(results):
    split = attribution.attribution(results.annual, *RATIO, "russian-squeeze", 2020, against="baseline")
    mean = 100 * float(split.total.mean())
    assert float(flows.channel_rows(split)[-1][1]) == pytest.approx(mean, abs=0.005)
    assert ", percentage points, by " in title_of(split)
    drawn = waterfalls.waterfall(attribution.rows(split), Footer("foot"), {}).rows
    assert drawn[-1]["mean"] == pytest.approx(mean)
    assert drawn[-1]["unit"] == "percentage points"
    assert attribution.rows(split)[-1]["unit"] == "fraction", "data keep the unit of the indicator"


def test_the_title_says_what_the_numbers_say(results):
    split = attribution.attribution(
        results.annual, "balance_with_china", "channel", "untied-finance", 2020, against="baseline"
    )
    rows = attribution.rows(split)
    titles = {"untied-finance": "Untied finance"}
    title, remark = waterfalls.finding(rows[:-1], rows[-1], titles)
    assert "improves the balance with China" in title
    assert "tied imports" in title + remark
    turned = [row | {"mean": -row["mean"], "share_higher": 0.5, "share_lower": 0.5} for row in rows]
    assert "worsens the balance with China" in waterfalls.finding(turned[:-1], turned[-1], titles)[0]
    assert "on average" in waterfalls.finding(turned[:-1], turned[-1], titles)[0]


def test_a_title_tells_no_number_that_is_not_worth_telling(results):
    """In the words of the answer; the bars still show what there is."""
    split = attribution.attribution(results.annual, "debt_to_gdp", RATIO[1], "untied-finance", 2020, against="baseline")
    rows, titles = attribution.rows(split), {"untied-finance": "Untied finance"}
    size = abs(rows[-1]["mean"])
    told = waterfalls.waterfall(rows, Footer("foot"), titles, least=0.9 * size).title
    assert told.startswith("Untied finance ")
    assert "percentage points" in told
    small = waterfalls.waterfall(rows, Footer("foot"), titles, least=1.1 * size)
    what = "makes no change worth telling to public external debt over GDP in 2020"
    assert small.title == f"Untied finance {what}"
    assert small.rows[-1]["mean"] == pytest.approx(100 * rows[-1]["mean"])
    nothing = [{**row, "mean": 0.0, "p10": 0.0, "p90": 0.0} for row in rows]
    assert waterfalls.waterfall(nothing, Footer("foot"), titles).title == f"Untied finance {what}"
    both = waterfalls.side_by_side([rows, nothing], Footer("foot"), titles, least=1.1 * size)
    assert both.title == "In 2020 no option makes a change worth telling to public external debt over GDP"
    assert "Untied finance" in waterfalls.side_by_side([rows, nothing], Footer("foot"), titles, least=0.9 * size).title
    since = attribution.attribution(results.annual, "debt_to_gdp", RATIO[1], "baseline", 2020, since=2017)
    still = waterfalls.waterfall(attribution.rows(since), Footer("foot"), {}, least=9.0)
    assert still.title == "No change worth telling of public external debt over GDP from 2017 to 2020"


def test_charts_draw_from_a_table_read_back(results):
    rows = list(
        csv.DictReader(flows.money_table(results.loans, {scenario: {} for scenario in results.loans}).splitlines())
    )
    for loan in (money.NEW, "L27", "N2018", "N2018a", "energy"):
        told = [row for row in rows if (row["scenario"], row["loan"]) == ("untied-finance", loan)]
        assert flow_charts.sankey(told, flows.title(loan), Footer("foot"), 2020, 2016).draw().axes
    found = flows.splits(results.annual, "baseline")
    rows = list(csv.DictReader(flows.attribution_table(found).splitlines()))
    told = [row for row in rows if (row["scenario"], row["indicator"]) == ("russian-squeeze", "debt_to_china")]
    assert waterfalls.waterfall(told, Footer("foot"), {}).draw().axes


def test_a_finished_folder_is_read_and_not_simulated_again(here, capsys, monkeypatch):
    from sinobel.runs import ensemble

    assert call("compare", "baseline", "untied-finance", "russian-squeeze", *QUICK, "--out", "made") == 0
    capsys.readouterr()
    monkeypatch.setattr(ensemble, "gather", None)
    before = sorted(path.name for path in (here / "made").rglob("*"))
    assert call("attribute", "made", "--of", "gdp", "--year", 2019) == 0
    out = capsys.readouterr().out
    assert out.count("dollar prices") == 2, "each option against the reference"
    assert call("attribute", "made", "untied-finance", "--of", "reserves", "--format", "json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows[-1]["channel"] == "total"
    assert call("attribute", "made", "--since", 2017, "--year", 2019, "--of", "total_exports", "--by", "product") == 0
    assert "baseline since 2017" in capsys.readouterr().out
    assert call("money", "made", "untied-finance", "--loan", "book") == 0
    assert "untied, buys anything" in capsys.readouterr().out
    assert before == sorted(path.name for path in (here / "made").rglob("*")), "nothing is written"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("attribute", "made", "--draws", 20), "--draws cannot change a finished folder"),
        (("attribute", "made", "untied"), 'did you mean "untied-finance"'),
        (("attribute", "made", "baseline"), "is the reference of these results; add --since"),
        (("attribute", "made", "--year", 2031), "2031 is not simulated"),
        (("money", "made", "--loan", "nothing"), "there is no loan"),
        (("money", "baseline", "untied-finance"), "is no finished results folder"),
    ],
)
def test_what_a_finished_folder_cannot_tell_is_refused(finished_here, words, told, capsys):
    assert call(*words) == 2
    assert told in capsys.readouterr().err


def test_a_folder_is_told_in_the_year_that_it_was_asked_for(finished_here, capsys):
    assert call("attribute", "made", "--of", "gdp") == 0
    assert "Change of gdp in 2018, " in capsys.readouterr().out
    assert call("attribute", "made", "--of", "gdp", "--year", 2019) == 0
    assert "Change of gdp in 2019, " in capsys.readouterr().out


@pytest.mark.parametrize(("command", "lost"), [("attribute", "annual.nc"), ("money", "money.csv")])
def test_a_folder_that_lost_a_file_is_told_how_to_get_it_again(finished_here, capsys, command, lost):
    shutil.copytree("made", command)
    (finished_here / command / lost).unlink()
    assert call(command, command) == 2
    told = " ".join(capsys.readouterr().err.split())
    assert f"{lost}, which" in told
    assert "rerun" in told


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    folder = tmp_path_factory.mktemp("finished")
    asked = ("compare", "baseline", "untied-finance", "--of", "gdp", "--year", 2018, *QUICK)
    assert call(*asked, "--out", folder / "made") == 0
    return folder


@pytest.fixture
def finished_here(finished, monkeypatch):
    monkeypatch.chdir(finished)
    return finished
