"""What the values of a series may be goes by its kind, which is declared; the record that ships holds to it."""

import pytest

from sinobel.inputs import months
from sinobel.inputs.reading import InputError, read_csv
from sinobel.inputs.record_checks import CHECKS, OUTLOOKS, TABLES, of_series
from sinobel.inputs.series_kinds import kind_of, read_kinds
from tests.inputs.record.cut import RECORD

FILES = sorted(file.name for file in RECORD.glob("*.csv"))
SHIPPED = {name: read_csv(RECORD / name) for name in FILES}
READINGS = [row for name in FILES if name not in TABLES for row in SHIPPED[name]]
LAST = {row["series"]: row for row in sorted(READINGS, key=lambda row: months.span(row["period"]))}


def told(series, value, period):
    """Faults of one more row of a series, beside what ships."""
    row = LAST[series] | {"value": value, "period": period, "source": "a source", "": "2"}
    return [why for _, _, why in of_series({"economy.csv": [row]}, SHIPPED.__getitem__, FILES)]


def test_every_series_that_ships_has_a_kind_and_no_other_is_declared():
    names = set(LAST) | {row["series"] for row in SHIPPED[OUTLOOKS]}
    assert not [name for name in names if kind_of(name) is None]
    declared = read_kinds(RECORD.parent / "series.toml")
    used = {name if name in declared else name.partition(".")[0] for name in names}
    assert used == set(declared)


@pytest.mark.parametrize("year", [2004, 2008, 2012, 2015])
def test_the_shipped_record_after_a_year_can_be_added_to_what_came_before(year):
    """Row by row, what ships passes the check that rows of a user have to pass."""

    def until(name):
        return [row for row in SHIPPED[name] if months.year(months.span(row["period"])[1]) <= year]

    before = {name: until(name) for name in FILES if name not in TABLES}
    known = {(row["series"], row["unit"]) for rows in before.values() for row in rows}
    kinds = {(row["series"], months.kind_of_period(row["period"])) for rows in before.values() for row in rows}
    later = {
        name: [
            row
            for row in SHIPPED[name]
            if row not in rows
            and (row["series"], row["unit"]) in known
            and (row["series"], months.kind_of_period(row["period"])) in kinds
        ]
        for name, rows in before.items()
    }
    assert sum(map(len, later.values())) > 100
    found = list(of_series(later, before.__getitem__, list(before)))
    assert not [why for _, _, why in found if "of one month a year" not in why]


def test_each_reading_that_ships_is_of_its_kind_and_near_the_one_before():
    before = {}
    for row in sorted(READINGS, key=lambda row: months.span(row["period"])):
        kind, value = kind_of(row["series"]), float(row["value"])
        assert kind.holds(value), row
        last = before.setdefault(row["series"], value)
        if kind.step:
            assert last / 6 < value < last * 6, row
        before[row["series"]] = value


@pytest.mark.parametrize("name", TABLES)
def test_the_shipped_tables_can_be_added_to_their_first_row(name):
    first, *rest = SHIPPED[name]
    before = [next(row for row in SHIPPED[name] if row["series"] == each) for each in series_of(name)] or [first]
    assert not list(CHECKS[name]([row for row in rest if row not in before], before))


def series_of(name):
    """Series that a table has, none where it has none."""
    return dict.fromkeys(row["series"] for row in SHIPPED[name] if "series" in row)


REFUSED = {
    "term of nothing": ("bond_term", "0", "2017-06", "0 cannot be; it is a number from 1 to 600, in 'months'"),
    "term of an age": ("bond_term", "10000000", "2017-06", "it is a number from 1 to 600, in 'months'"),
    "just too long": ("bond_term", "601", "2017-06", "it is a number from 1 to 600"),
    "price of nothing": ("oil_price_brent", "0", "2017", "it is a number above 0, in 'USD per barrel'"),
    "price of another unit": ("oil_price_brent", "5000", "2017", "is far from the last reading"),
    "level far below": ("gdp_usd.BLR", "50", "2017", "is far from the last reading"),
    "debt below nothing": ("debt_stock.CHN", "-1", "2017", "-1 cannot be; it is at least 0"),
    "interest below nothing": ("effective_interest.CHN", "-1", "2017", "it is at least 0"),
    "an index above its end": ("tension_with_russia", "1.2", "2017-12", "it is a number from 0 to 1"),
    "more than the whole": ("import_share.BLR.CHN", "101", "2017", "it is a number from 0 to 100"),
    "lost more than all": ("gdp_growth.BLR", "-100", "2017", "it is a number above -100"),
    "no trade with a small country": ("exports.BLR.LTU", "0", "2017", "it is a number above 0"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_a_value_that_is_none_of_its_kind_is_refused(fault):
    series, value, period, why = REFUSED[fault]
    [found] = told(series, value, period)
    assert why in found, found


@pytest.mark.parametrize(
    ("series", "value", "period"),
    [
        ("bond_term", "1", "2017-06"),
        ("bond_term", "600", "2017-06"),
        ("balance.BLR.CHN", "-5000", "2017"),
        ("fdi_inflow.BLR.WLD", "-20", "2017"),
        ("services_balance.BLR.WLD", "-20", "2017"),
        ("net_transfer.CHN", "-300", "2017"),
        ("loan_disbursements.CHN", "0", "2017"),
        ("k2o_exports.BLR", "0", "2017"),
        ("tension_with_russia", "1", "2017-12"),
        ("import_share.BLR.CHN", "0", "2017"),
        ("gdp_growth.BLR", "-99", "2017"),
        ("exports.BLR.LTU", "0.5", "2017"),
    ],
)
def test_a_value_at_the_end_of_its_kind_is_taken(series, value, period):
    assert told(series, value, period) == []


GOOD = '[level]\nabout = "a price"\nabove = 0\nwhy = "it is one"\nseries = ["a", "b"]\n'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (GOOD.replace("above", "abov"), "'abov' is not known; did you mean"),
        (GOOD.replace('why = "it is one"\n', ""), "'why' is missing"),
        (GOOD.replace("= 0", '= "0"'), "'above' is no number"),
        (GOOD.replace("above = 0", "most = 0"), "'most' stands without 'least'"),
        (GOOD.replace('["a", "b"]', '"a"'), "'series' is no list of names"),
        (GOOD + GOOD.replace("level", "amount"), "'a' stands in \\[level\\] already"),
        ("level = 1", "is no table"),
        ("level", "this is no TOML"),
    ],
)
def test_a_fault_of_the_list_is_told(text, why, tmp_path):
    file = tmp_path / "series.toml"
    file.write_text(GOOD)
    assert read_kinds(file)["b"].above == 0
    file.write_text(text)
    with pytest.raises(InputError, match=why):
        read_kinds(file)
