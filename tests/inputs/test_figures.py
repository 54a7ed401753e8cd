"""Figures that are checks: the arithmetic behind derived ones, and what the record says of those the paper prints."""

import pytest

from sinobel.inputs.evidence import all_evidence

EVIDENCE = all_evidence()


def figure(name):
    return float(EVIDENCE.cite(name).details["value"])


def recorded(series, year):
    return EVIDENCE.record.yearly(series)[year].value


def test_derived_figures_follow_from_the_printed_ones():
    imports, turnover = figure("F024"), figure("F018")
    assert figure("D001") == pytest.approx(imports / figure("F023") * 100, rel=0.01)
    assert figure("D002") == pytest.approx(turnover - imports, rel=0.01)
    assert figure("D003") == pytest.approx(imports - figure("D002"), rel=0.01)
    assert figure("D004") == pytest.approx(turnover / figure("F027") * 100, rel=0.01)
    assert figure("D005") == pytest.approx(figure("D004") - figure("D001"), rel=0.01)
    assert figure("D006") == pytest.approx(figure("D001") - figure("D005"), rel=0.02)
    assert figure("D008") == pytest.approx(figure("F044") / figure("F045"), rel=0.01)
    assert figure("D010") == pytest.approx(figure("F039") / (1 + figure("F040") / 100), rel=0.01)
    assert figure("D011") == pytest.approx(figure("F034") / 100 * figure("D002"), rel=0.01)
    assert figure("D017") == pytest.approx(figure("F062") / 100 * figure("F057"), rel=0.01)
    goal, now = figure("F047"), figure("D002")
    assert float(EVIDENCE.cite("D012").details["low"]) == pytest.approx(100 * ((goal / now) ** (1 / 5) - 1), abs=0.2)


def test_the_record_says_what_the_paper_says():
    def turnover(year):
        return recorded("exports.BLR.CHN", year) + recorded("imports.BLR.CHN", year)

    assert turnover(2011) / turnover(2000) == pytest.approx(figure("F014"), rel=0.05)
    assert turnover(2015) / turnover(1992) == pytest.approx(figure("F015"), rel=0.1)  # "almost", and over 23 years
    assert recorded("gdp_growth.BLR", int(figure("F042"))) < 0 < recorded("gdp_growth.BLR", int(figure("F042")) - 1)
    assert recorded("imports.BLR.CHN", 2015) / 1000 == pytest.approx(figure("F024"), rel=0.01)
    assert recorded("imports.BLR.WLD", 2015) / 1000 == pytest.approx(figure("D001"), rel=0.01)
    assert recorded("exports.BLR.WLD", 2015) / 1000 == pytest.approx(figure("D005"), rel=0.01)
