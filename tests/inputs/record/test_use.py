"""A record with added rows in use: later origins, what manifests and footers say, reruns, and nothing that leaks."""

import json
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest

import sinobel
from sinobel.inputs import months
from sinobel.inputs.added import from_written, read_added
from sinobel.inputs.evidence import added_record, all_evidence, evidence_with, using, using_record
from sinobel.inputs.recorded import DERIVED, recorded, recorded_values
from sinobel.policies.scenarios import load
from sinobel.runs import openings
from sinobel.runs.ensemble import run_in_memory
from sinobel.runs.manifest import manifest_of as manifest_of_request
from sinobel.runs.manifest import record_in
from sinobel.runs.request import Request
from tests.inputs.record.cut import invented
from tests.results.edited_basis import ended

SHORT = {"draws": 4, "horizon": "2020-12", "keep": "years"}


@pytest.fixture(scope="module")
def mine(tmp_path_factory):
    return invented(tmp_path_factory.mktemp("mine") / "rows", 2018)


@pytest.fixture(scope="module")
def folder(mine, tmp_path_factory):
    out = tmp_path_factory.mktemp("results") / "r"
    asked = ("run", "baseline", "--draws", 40, "--horizon", "2020-12", "--origin", "2018-12", "--jobs", 1)
    assert ended(*asked, "--record", mine, "--out", out) == 0
    return out


def manifest_of(results):
    return json.loads(results.attrs["manifest"])


def test_origins_reach_as_far_as_the_rows(mine):
    later = sinobel.run(origin="2018-12", record=mine, **SHORT)
    assert list(later["year"].values) == [2019, 2020]
    told = manifest_of(later)
    assert told["vintage"] == "record: yours, to 2018-12"
    assert told["hashes"]["record"] == read_added(mine).digest
    assert told["parameters_from"] == "the posterior on the record to 2016-12"
    assert told["command"].endswith(f"--record {mine}")
    with pytest.raises(sinobel.InputError, match="from 2008-12 to 2018-12"):
        sinobel.run(origin="2019-12", record=mine, **SHORT)


def test_the_same_rows_in_two_folders_are_named_by_the_one_that_was_given(mine, tmp_path):
    import shutil

    other = shutil.copytree(mine, tmp_path / "other")
    commands = [manifest_of(sinobel.run(record=place, **SHORT))["command"] for place in (mine, other)]
    assert [command.endswith(f"--record {place}") for command, place in zip(commands, (mine, other), strict=True)] == [
        True,
        True,
    ]


def test_rows_after_an_origin_move_none_of_its_numbers(mine):
    with_rows, without = sinobel.run(record=mine, **SHORT), sinobel.run(**SHORT)
    assert manifest_of(with_rows)["result"] == manifest_of(without)["result"]
    assert "record" not in manifest_of(without)["hashes"]
    assert "record" not in manifest_of(without)["request"]


def test_a_plan_is_hidden_until_it_was_announced(mine, tmp_path):
    head = "supplier,project,capacity_kt,unit,year,kind,source,confidence\n"
    row = "Laos,a mine,9000,kt KCl added,2019,plan announced by 2018,invented for a test,low\n"
    place = invented(tmp_path / "plan", 2018)
    (place / "potash_capacity.csv").write_text(head + row, encoding="utf-8")
    results = [
        manifest_of(sinobel.run(origin=origin, record=record, **SHORT))["result"]
        for origin in ("2016-12", "2018-12")
        for record in (mine, place)
    ]
    assert results[0] == results[1]
    assert results[2] != results[3]


def test_an_added_loan_is_in_the_book_from_its_year_on(tmp_path):
    place = invented(tmp_path / "loan", 2017)
    head = tmp_path / "loan"
    columns = "id,kind,lender,borrower,backing,project,sector,reported_usd_mn,book_usd_mn,signed,first_draw,instrument,interest_pct,maturity_years,grace_years,tied_conditions,contractor,source,confidence,note"
    row = "L40,loan,a bank,a plant,guaranteed,A mill,industry,,50,2017-03,2017,commercial,4,10,2,,,invented for a test,low,"
    (head / "loans.csv").write_text(f"{columns}\n{row}\n", encoding="utf-8")
    assert "L40" in sinobel.loans("2017-12", record=place).index
    assert "L40" not in sinobel.loans("2016-12", record=place).index
    money = sinobel.money("baseline", loan="A mill", origin="2017-12", horizon="2019-12", draws=4, record=place)
    assert money.title.startswith("A mill: 50 USD mn signed")
    assert money.figure() is not None


def test_nothing_leaks_between_runs_threads_and_refusals(mine):
    seen = {}

    def elsewhere():
        seen["thread"] = added_record()

    with using_record(mine):
        assert added_record() is not None
        assert 2018 in recorded_values()["gdp"]
        other = threading.Thread(target=elsewhere)
        other.start()
        other.join()
        with using(None):
            assert added_record() is None
    assert seen == {"thread": None}
    assert added_record() is None
    with pytest.raises(sinobel.InputError):
        sinobel.run("nobody", record=mine)
    assert added_record() is None
    assert months.last_origin_year.get() == months.LAST_ORIGIN_YEAR
    assert 2018 not in recorded_values()["gdp"]
    assert all_evidence().vintage == "record: shipped, to 2016-12"


@pytest.mark.parametrize("kind", ["threads", "forked", "spawned"])
def test_workers_of_a_pool_see_the_rows(mine, kind):
    with using_record(mine):
        request = Request((load("baseline"),), 300, 1, "2018-12", "2019-12", indicators=("gdp",))
    alone = run_in_memory(request)[0]
    if kind == "forked":
        assert (run_in_memory(request, jobs=2)[0] == alone).all()
        return
    pool = ThreadPoolExecutor(2) if kind == "threads" else ProcessPoolExecutor(1, get_context("spawn"))
    with pool:
        assert (run_in_memory(request, jobs=2, executor=pool)[0] == alone).all()


def test_two_threads_with_two_records_have_their_own_numbers(mine):
    def result(record):
        return manifest_of(sinobel.run(origin="2016-12", record=record, **SHORT))["vintage"]

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(result, [mine, None] * 4))
    assert found == ["record: yours, to 2018-12", "record: shipped, to 2016-12"] * 4


def test_a_folder_tells_whose_record_and_holds_its_rows(folder, mine):
    told = json.loads((folder / "manifest.json").read_text())
    assert told["vintage"] == "record: yours, to 2018-12"
    assert from_written(told["request"]["record"]) == read_added(mine)
    assert "record: yours, to 2018-12" in (folder / "README.md").read_text()
    assert "record: yours, to 2018-12" in (folder / "charts" / "overview.svg").read_text()
    assert json.loads((folder / "basis.json").read_text())["recorded"]["gdp"]["2018"]
    assert ended("report", folder) == 0
    assert "record: yours, to 2018-12" in (folder / "report.html").read_text()


def test_charts_and_pages_name_the_folder_of_added_rows_and_their_sources(folder, mine):
    """A chart that rests on a user's rows names them beside the sources of the shipped record."""
    words = f"with rows added in “{mine.name}” (from invented for a test)"
    for file in ("README.md", "charts/overview.svg"):
        assert words in " ".join((folder / file).read_text().split()), file
    assert ended("report", folder) == 0
    assert words in (folder / "report.html").read_text()
    shipped = sinobel.run("baseline", **SHORT)
    assert record_in(manifest_of(shipped)) == "record: shipped, to 2016-12"


def test_four_sources_are_told_as_three_and_one_more(tmp_path):
    rows = [f"gdp_usd.BLR,{year},50000,USD mn,office {year},high," for year in (2017, 2018, 2019, 2020)]
    (tmp_path / "economy.csv").write_text("\n".join(["series,period,value,unit,source,confidence,note", *rows, ""]))
    with using_record(tmp_path):
        told = manifest_in_words(Request((load("baseline"),), 4, 1))
    assert told.endswith("(from office 2017; office 2018; office 2019; 1 more)")


def manifest_in_words(request):
    """Whose record a manifest of a request names."""
    return record_in(manifest_of_request(request))


def test_what_the_record_derives_is_derived_of_added_rows_too(tmp_path):
    """Balance and ratios of later years are drawn where their parts are known; what a user writes of them stays."""
    place = invented(tmp_path / "parts", 2018)
    for file in place.glob("*.csv"):
        rows = file.read_text().splitlines(keepends=True)
        kept = [row for row in rows if not row.startswith(tuple(each + "," for each in DERIVED))]
        file.write_text("".join(kept))
    with (place / "trade.csv").open("a") as stream:
        stream.write("balance.BLR.CHN,2017,-1500,USD mn,a user,high,\n")
    before = recorded_values()
    with using_record(place):
        found = recorded_values()
        errors = recorded()
    for name in ("net_transfer_from_china", "reserve_cover", "debt_to_gdp"):
        assert found[name][2018] == pytest.approx(before[name][2016], rel=0.01), name
        assert errors[name][2018][1] > 0
    assert found["balance_with_china"][2017] == -1500
    assert found["balance_with_china"][2018] == pytest.approx(before["balance_with_china"][2016])
    assert recorded_values() == before
    assert max(before["balance_with_china"]) == 2016


@pytest.mark.parametrize("series", DERIVED)
def test_the_shipped_record_derives_as_we_do(series):
    record = all_evidence().record
    names, derive = DERIVED[series]
    parts = [record.yearly(name) for name in names]
    for year, reading in record.yearly(series).items():
        if all(year in part for part in parts):
            told = derive(*(part[year].value for part in parts))
            assert told == pytest.approx(reading.value, rel=0.01, abs=0.01), year


def test_a_folder_is_made_again_without_the_rows_it_came_from(folder, tmp_path, capsys):
    assert ended("rerun", folder, "--out", tmp_path / "again", "--jobs", 1) == 0
    assert "The same numbers, bit for bit" in capsys.readouterr().out
    assert added_record() is None


def test_rows_that_were_edited_in_a_manifest_are_noticed(folder, tmp_path, capsys):
    told = json.loads((folder / "manifest.json").read_text())
    lines = told["request"]["record"]["files"]["economy.csv"]
    place = next(index for index, line in enumerate(lines) if line.startswith("gdp_usd.BLR,2018"))
    parts = lines[place].split(",")
    lines[place] = ",".join([*parts[:2], str(float(parts[2]) * 1.1), *parts[3:]])
    (tmp_path / "manifest.json").write_text(json.dumps(told))
    assert ended("rerun", tmp_path / "manifest.json", "--jobs", 1) == 1
    assert "the rows that were added to the record have changed since" in capsys.readouterr().err
    lines[place] = "gdp_usd.BLR,2018,much,USD mn,a source,high,"
    (tmp_path / "manifest.json").write_text(json.dumps(told))
    assert ended("rerun", tmp_path / "manifest.json") == 2
    assert f"economy.csv:{place + 1}: gdp_usd.BLR of 2018: 'much' is no finite number" in capsys.readouterr().err
    told["request"]["record"] = {"files": ["economy.csv"]}
    (tmp_path / "manifest.json").write_text(json.dumps(told))
    assert ended("rerun", tmp_path / "manifest.json") == 2
    assert "the rows that were added are not there" in capsys.readouterr().err


def test_studies_hold_their_record_when_they_are_told_later(mine, tmp_path):
    found = sinobel.solve(
        "loan_disbursements[2020] <= 300", "china.lending_volume", draws=20, origin="2018-12", record=mine
    )
    assert "record: yours, to 2018-12" in found.contents.manifest["vintage"]
    assert found.contents.manifest["command"].endswith(f"--record {mine}")
    assert len(found.table()) == len(found.rows()) > 0
    place = found.save(tmp_path / "study")
    assert "record: yours, to 2018-12" in (place / "README.md").read_text()
    assert sinobel.rerun(place)


def test_what_is_there_and_missing_is_told_series_by_series(mine, capsys):
    found = sinobel.record(mine)
    assert found.last == months.parse("2018-12")
    table = found.table()
    assert table.loc["gdp_usd.BLR", "missing"] == "2019"
    assert table.loc["gdp_usd.BLR", "yours to"] == "2018"
    assert table.loc["k2o_production.CAN", "state"] == "not asked for"
    assert found.verdicts[1] == "The books can be opened from 2008-12 to 2018-12."
    assert found.verdicts[4].startswith("For 2019-12 it lacks ")
    assert ended("record", "check", mine) == 0
    assert "The books can be opened from 2008-12 to 2018-12." in capsys.readouterr().out


def test_one_series_less_ends_the_origins_earlier(mine, tmp_path):
    import shutil

    place = shutil.copytree(mine, tmp_path / "less")
    text = (place / "debt.csv").read_text().splitlines()
    (place / "debt.csv").write_text(
        "\n".join(line for line in text if "loan_disbursements.RUS,2018" not in line) + "\n"
    )
    found = sinobel.record(place)
    assert found.verdicts[1] == "The books can be opened from 2008-12 to 2017-12."
    assert found.verdicts[4] == "For 2018-12 it lacks loan_disbursements.RUS of 2018."
    with pytest.raises(sinobel.InputError, match=r"lacks loan_disbursements\.RUS of 2018"):
        sinobel.run(origin="2018-12", record=place, **SHORT)


def test_an_opening_of_the_shipped_record_misses_nothing():
    for year in range(months.FIRST_ORIGIN_YEAR, months.LAST_ORIGIN_YEAR + 1):
        found = openings.opened(evidence_with(None), months.december(year))
        assert found.possible, found


def bonds_of_2017(mine, place, term=""):
    """The rows with bonds issued in 2017, and perhaps the months to their redemption."""
    import shutil

    shutil.copytree(mine, place)
    rows = "loan_disbursements.bonds,2017,1400,USD mn,invented for a test,high,\n"
    rows += f"bond_term,2017-06,{term},months,invented for a test,high,\n" if term else ""
    kept = [
        line for line in (place / "debt.csv").read_text().splitlines() if "loan_disbursements.bonds,2017" not in line
    ]
    (place / "debt.csv").write_text("\n".join(kept) + "\n" + rows)
    return place


def test_bonds_of_no_term_are_a_gap_and_no_accident(mine, tmp_path):
    """It ended as a fault of the program: the search for the month of issue swallowed what the check looks for."""
    found = sinobel.record(bonds_of_2017(mine, tmp_path / "bonds"))
    assert any("bond_term of 2017" in verdict for verdict in found.verdicts)


def test_bonds_of_ten_years_fall_due_too(mine, tmp_path):
    """Whatever ran longer than seven years was owed for ever."""
    place = bonds_of_2017(mine, tmp_path / "bonds", term="120")
    with using_record(read_added(place)):
        treasury = sinobel.World(draws=1, seed=3, origin="2017-12").belarus.government.treasury
    assert len(treasury.bonds_due) == 114
    assert treasury.bonds_due[-1] == pytest.approx(1400)
