"""Forecasts of the time are known from the origin of their vintage on, each told once and with its source."""

import csv

import pytest

from sinobel.inputs.evidence import Evidence, all_evidence
from sinobel.inputs.reading import InputError, model_folder

GROWTH_OF_RUSSIA = "weo_forecast.gdp_growth.RUS"


def test_an_origin_knows_no_later_vintage():
    known = all_evidence().record.known_at(12 * 2012 + 11)
    vintages = known.outlooks(GROWTH_OF_RUSSIA)
    assert (min(vintages), max(vintages)) == (2000, 2012)
    assert vintages[2008][2009] == 5.5  # nobody had seen the crisis in the fall of 2008
    november = all_evidence().record.known_at(12 * 2012 + 8)  # September, a month before the vintage
    assert max(november.outlooks(GROWTH_OF_RUSSIA)) == 2011


def test_every_vintage_tells_its_own_year_and_five_more():
    outlooks = all_evidence().record.outlooks
    assert len(outlooks) == 4
    for series, vintages in outlooks.items():
        for vintage, told in vintages.items():
            assert sorted(told) == list(range(vintage // 12, vintage // 12 + 6)), (series, vintage)
            assert vintage // 12 <= 2016


@pytest.mark.parametrize(
    ("column", "value", "complaint"),
    [
        ("vintage", "2017-10", "of later"),
        ("source", "", "names no source"),
        ("value", "much", "cannot be read"),
        ("year", "2001", "twice"),
    ],
)
def test_a_damaged_outlook_is_refused(tmp_path, column, value, complaint):
    import shutil

    copy = tmp_path / "model"
    shutil.copytree(model_folder(), copy)
    file = copy / "record" / "outlooks.csv"
    rows = list(csv.DictReader(file.open(encoding="utf-8")))
    rows[0][column] = value
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(InputError, match=complaint):
        Evidence(copy)
