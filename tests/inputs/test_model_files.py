"""The files of `model/` are read, hang together and agree with each other; damaged ones are refused."""

import csv
import re

import numpy as np
import pytest

from sinobel.inputs import parameters, units
from sinobel.inputs.evidence import Evidence, Record, all_evidence
from sinobel.inputs.indicators import all_indicators, read_indicators
from sinobel.inputs.levers import all_levers, read_levers
from sinobel.inputs.parameters import all_parameters, read_parameters
from sinobel.inputs.reading import InputError, model_folder, nearest, read_csv
from sinobel.reporting.words.explain import acting_places, explain

EVIDENCE = all_evidence()
RECORD = EVIDENCE.record


def test_the_loan_book_has_34_named_loans_and_agrees_with_the_record_each_year():
    named = [loan for loan in EVIDENCE.loans if loan.kind != "unidentified"]
    assert len(named) == 34
    years = dict.fromkeys(range(2005, 2017), 0.0)
    assert len([loan for loan in EVIDENCE.loans if loan.kind == "unidentified"]) == len(years)
    for loan in EVIDENCE.loans:
        if loan.kind in ("loan", "unidentified"):
            years[loan.signed // 12] += loan.committed
    recorded = {year: reading.value for year, reading in RECORD.yearly("loan_commitments.CHN").items()}
    for year, total in years.items():
        assert total == pytest.approx(recorded.get(year, 0.0), abs=0.11), year


@pytest.mark.parametrize("origin", range(2008, 2017))
def test_book_and_record_agree_on_disbursements_and_debt_at_every_origin(origin):
    from sinobel.world.draws import draw_from_prior
    from sinobel.world.opening.loans import allocate, open_loans
    from sinobel.world.shocks import Shocks

    known = RECORD.known_at(12 * origin + 11)
    loans = tuple(loan for loan in EVIDENCE.loans if loan.drawable and loan.signed <= known.origin)
    by_year = allocate(known, loans)
    for place, row in enumerate(by_year):
        assert row.sum() == pytest.approx(RECORD.yearly("loan_disbursements.CHN")[2005 + place].value, abs=0.5)
    opening = open_loans(known, EVIDENCE, draw_from_prior(Shocks(1, 0, 20, 12)).loans)
    assert opening.outstanding.sum(axis=0) == pytest.approx(known.value("debt_stock.CHN"))
    assert (opening.drawn <= opening.committed + 1e-9).all()
    undrawn = known.value("undrawn_commitments.CHN")
    assert (opening.committed - opening.drawn).sum() == pytest.approx(undrawn, abs=1.0)


def test_every_figure_of_the_paper_has_a_role_and_a_reason():
    figures = [EVIDENCE.cite(name) for name in EVIDENCE.ids if re.fullmatch(r"[FD]\d{3}", name)]
    assert len(figures) == 147
    assert all(figure.details["role"] and figure.details["use"] for figure in figures)


def test_every_row_of_the_record_has_source_and_confidence_and_ends_by_2016():
    count = 0
    for name in RECORD.names:
        for reading in RECORD.readings(name):
            count += 1
            assert reading.source
            assert reading.confidence in ("high", "medium", "low")
            assert reading.end <= 12 * 2016 + 11
    assert count > 1800


def test_an_origin_cannot_see_later_years():
    known = RECORD.known_at(12 * 2012 + 11)
    assert known.value("exports.BLR.CHN", 2012) == pytest.approx(432.6)
    with pytest.raises(KeyError, match="not known"):
        known.value("exports.BLR.CHN", 2013)
    assert max(known.years("exports.BLR.CHN", 2000)) == 2012
    with pytest.raises(KeyError):
        known.at_month("potash_spot_at_origin", 12 * 2013 + 11)


def test_no_opening_book_looks_ahead(monkeypatch):
    """Building a world of 2012 asks the record for nothing after 2012."""
    from sinobel.world.world import World

    asked = []
    honest = Record.yearly

    def watch(self, series):
        return {year: _Watched(reading, asked, year) for year, reading in honest(self, series).items()}

    monkeypatch.setattr(Record, "yearly", watch)
    World(draws=3, origin="2012-12", horizon="2013-12", collect=False)
    assert asked
    assert max(asked) <= 2012


class _Watched:
    """A reading that notes when its value is used."""

    def __init__(self, reading, asked, year):
        self._reading, self._asked, self._year = reading, asked, year

    def __getattr__(self, name):
        if name == "value":
            self._asked.append(self._year)
        return getattr(self._reading, name)


def test_every_parameter_lever_and_indicator_rests_on_something():
    for parameter in all_parameters().values():
        assert parameter.evidence or len(parameter.assumption) > 10
    for each in (*all_levers().values(), *all_indicators().values()):
        assert each.evidence
        for cited in each.evidence:
            EVIDENCE.cite(cited)
    for lever in all_levers().values():
        assert lever.parameter is None or lever.parameter in all_parameters()


@pytest.mark.parametrize("name", all_parameters(), ids=str)
def test_every_parameter_acts_somewhere(name):
    assert acting_places(name), "no function of the model uses it"


@pytest.mark.parametrize(
    "name",
    [
        *all_levers(),
        *list(all_indicators()),
        *list(all_parameters())[::7],
        "F056",
        "M13",
        "I05",
        "L27",
        "debt_stock.CHN",
        "baseline",
    ],
)
def test_everything_can_be_explained(name):
    title, lines = explain(name)
    assert title
    assert len(lines) >= 2
    assert all(isinstance(text, str) for _, text in lines)


def test_an_unknown_name_is_answered_with_the_nearest():
    with pytest.raises(InputError, match=r"did you mean \"exports_to_china\""):
        explain("exports_to_chna")
    with pytest.raises(InputError, match=r"loans\.tied_share or china\.tied_share"):
        explain("tied_share")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("gdp_real", "real_gdp"),
        ("gdp_reel", "real_gdp"),
        ("china_exports_to", "exports_to_china"),
        ("exports_to_chna", "exports_to_china"),
    ],
)
def test_words_in_another_order_are_answered_with_the_name_that_has_them(written, meant):
    assert nearest(written, all_indicators()) == f'; did you mean "{meant}"?'


def test_a_name_of_other_words_is_not_guessed():
    assert nearest("weather_forecast", all_indicators()) == ""


def test_contract_names_of_the_indicators():
    contract = [
        "exports_to_china",
        "imports_from_china",
        "balance_with_china",
        "potash_exports_to_china",
        "other_exports_to_china",
        "ordinary_imports_from_china",
        "tied_imports",
        "potash_share_of_exports_to_china",
        "potash_contract_price",
        "potash_spot_price",
        "potash_volume_to_china",
        "months_without_contract",
        "potash_revenue",
        "loan_pledges",
        "loan_commitments",
        "loan_disbursements",
        "undrawn_commitments",
        "debt_to_china",
        "principal_to_china",
        "interest_to_china",
        "net_transfer_from_china",
        "effective_loan_cost",
        "total_exports",
        "total_imports",
        "exports_to_russia",
        "imports_from_russia",
        "exports_to_eu",
        "imports_from_eu",
        "current_account",
        "reserves",
        "gdp",
        "gdp_growth",
        "external_public_debt",
        "debt_to_russia",
        "untied_borrowing",
        "debt_to_gdp",
        "debt_service_to_exports",
        "fdi_from_china",
        "tension_with_russia",
        "partnership_with_china",
        "eu_access",
        "dependence_on_russia",
        "dependence_on_china",
    ]
    assert set(contract) <= set(all_indicators())


def test_levers_of_the_specification_exist():
    wanted = [
        "belarus.reform",
        "belarus.export_drive",
        "belarus.tied_share_limit",
        "belarus.untied_share_requested",
        "belarus.potash_market_diversification",
        "belarus.export_diversification",
        "belarus.debt_ceiling",
        "belarus.guarantee_stop",
        "belarus.stake_sale",
        "belarus.borrowing_preference",
        "belarus.eu_rapprochement",
        "belarus.transit_push",
        "belarus.new_mine",
        "china.tied_share",
        "china.lending_volume",
        "china.interest_rate",
        "china.maturity",
        "china.grace",
        "china.obor_restriction",
        "china.fdi_instead_of_loans",
        "china.market_closure",
        "china.contract_timing",
        "china.fta_with_eeu",
        "china.technology_transfer",
        "china.deference_to_moscow",
        "china.rescheduling",
        "china.disburse_under_sanctions",
        "russia.energy_subsidy",
        "russia.lending",
        "russia.cartel",
        "russia.transit_capture",
        "russia.retaliation",
        "russia.growth_shock",
        "eu.sanctions",
        "eu.market_access",
        "eu.ebrd_finance",
        "eu.ukraine_competition",
        "eu.sanctions_on_russia",
        "eu.transit_demand",
        "world.oil_price",
        "world.crop_prices",
        "world.potash_demand",
        "world.potash_supply_shock",
        "world.china_growth",
        "world.project_failure",
    ]
    assert set(wanted) <= set(all_levers())


# --- damaged files are refused ---------------------------------------------------------------------------------------

GOOD = """
[pace]
label    = "Pace"
unit     = "a year"
prior    = { shape = "uniform", low = 0.1, high = 0.3 }
bounds   = [0.0, 0.5]
role     = "uncertainty"
evidence = ["M04"]
"""


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('evidence = ["M04"]', ""), "names no evidence"),
        (('evidence = ["M04"]', 'evidence = ["M99"]'), "there is no evidence 'M99'"),
        (("high = 0.3", "high = 0.9"), "outside its bounds"),
        (("low = 0.1", "low = 0.4"), "not in rising order"),
        (("low = 0.1", "low = nan"), "finite"),
        (('"uniform"', '"unifrm"'), "uniform"),
        (("unit ", "unti "), "unti"),
        (('role     = "uncertainty"', 'role     = "constant"'), "constant"),
        (("[0.0, 0.5]", "[0.5, 0.0]"), "leave no room"),
        (("[pace]", "[pace"), "not valid TOML"),
    ],
)
def test_a_damaged_parameter_file_is_refused_with_file_and_line(tmp_path, change, message):
    path = tmp_path / "loans.toml"
    assert change[0] in GOOD
    path.write_text(GOOD.replace(*change))
    with pytest.raises(InputError, match=re.escape(message)) as caught:
        read_parameters((path,), EVIDENCE)
    assert "loans.toml" in str(caught.value)


def test_a_good_parameter_file_is_read(tmp_path):
    path = tmp_path / "loans.toml"
    path.write_text(GOOD)
    assert read_parameters((path,), EVIDENCE)["loans.pace"].quantile(np.array([0.5])) == pytest.approx(0.2)


def test_damaged_lever_and_indicator_files_are_refused(tmp_path):
    levers = (model_folder() / "levers.toml").read_text()
    path = tmp_path / "levers.toml"
    path.write_text(levers.replace("baseline   = 0.2\n", "baseline   = 2.0\n", 1))
    with pytest.raises(InputError, match=r"levers.toml:\d+: belarus.reform: baseline 2 is outside its range"):
        read_levers(path)
    indicators = (model_folder() / "indicators.toml").read_text()
    path = tmp_path / "indicators.toml"
    path.write_text(indicators.replace('kind     = "flow"', 'kind     = "flood"', 1))
    with pytest.raises(InputError, match=r"indicators.toml:\d+: exports_to_china"):
        read_indicators(path)


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        ("USD m", 'there is no unit "USD m"; did you mean "USD mn"?'),
        ("tonnes", r'no unit "tonnes" \(allowed: "USD mn"'),
        ("USD mn a year", 'did you mean "USD mn"'),
        ("% a year", "a flow is written without its period"),
        ("", 'no unit ""'),
        ("x" * 5000, "there is no unit"),
    ],
)
def test_an_indicator_of_an_unknown_unit_is_refused_at_its_line(tmp_path, unit, told):
    """Not after a whole simulation, when a file is to be written."""
    lines = (model_folder() / "indicators.toml").read_text().splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("unit"))
    lines[place] = f"unit = {unit!r}"
    path = tmp_path / "indicators.toml"
    path.write_text("\n".join(lines))
    with pytest.raises(InputError, match=rf"indicators.toml:{place + 1}: exports_to_china: .*{told}"):
        read_indicators(path)


@pytest.mark.parametrize("kind", ["flow", "stock"])
@pytest.mark.parametrize("unit", units.KNOWN)
def test_every_unit_that_is_taken_can_be_written(unit, kind):
    if kind == "stock" or unit in units.UNITS:
        each = all_indicators()["debt_to_china"].model_copy(update={"unit": unit, "kind": kind})
        assert units.udunits(each.yearly_unit)
        assert units.udunits(each.monthly_unit)


def test_a_text_of_several_lines_in_quotes_is_one_field(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes('a,b\r\n"one\ntwo\r\nthree","x\u2028y\x0cz"\r\n1,2\r3,4\n'.encode())
    assert read_csv(path) == [
        {"a": "one\ntwo\r\nthree", "b": "x\u2028y\x0cz", "": "4"},
        {"a": "1", "b": "2", "": "5"},
        {"a": "3", "b": "4", "": "6"},
    ]


def test_a_damaged_record_is_refused(tmp_path):
    import shutil

    shutil.copytree(model_folder(), tmp_path / "model")
    path = tmp_path / "model" / "record" / "trade.csv"
    rows = list(csv.reader(path.read_text().splitlines()))
    rows[3][2] = "many"
    rows[4][5] = "certain"
    rows[5][1] = "2019"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    with pytest.raises(InputError) as caught:
        Evidence(tmp_path / "model")
    text = str(caught.value)
    assert "trade.csv:4: this row cannot be read" in text
    assert "trade.csv:5: confidence 'certain'" in text
    assert "after 2016-12" in text


def test_priors_are_drawn_as_declared():
    """Quantiles of a large sample agree with the declared 80 % range."""
    for name in ("loans.commitments_a_year", "potash.tightness_slope", "trade.other_exports_growth"):
        parameter = all_parameters()[name]
        drawn = parameter.quantile((np.arange(20000) + 0.5) / 20000)
        prior = parameter.prior
        assert np.quantile(drawn, 0.1) == pytest.approx(prior.p10, rel=0.1, abs=0.005)
        assert np.quantile(drawn, 0.9) == pytest.approx(prior.p90, rel=0.1, abs=0.005)
        assert drawn.min() >= parameter.bounds[0]
        assert drawn.max() <= parameter.bounds[1]
    triangular = parameters.Triangular(shape="triangular", low=0.5, mode=0.67, high=0.9)
    places = np.linspace(0.001, 0.999, 50)
    assert [triangular.cumulative(x) for x in triangular.quantile(places)] == pytest.approx(list(places), abs=1e-9)
