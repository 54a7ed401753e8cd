"""Priors of earlier origins: in their place by the record to then, and by nothing that came later."""

from dataclasses import replace

import numpy as np
import pytest
from pydantic import ValidationError

from sinobel.inputs import posterior
from sinobel.inputs.early_priors import Early
from sinobel.inputs.evidence import Record, all_evidence
from sinobel.inputs.parameters import WIDER, Parameter, all_parameters, prior_of
from sinobel.world.draws import draw_from_prior, draw_parameters
from sinobel.world.shocks import Shocks

MOVED = [name for name, each in all_parameters().items() if each.early]
END_OF_2012 = 12 * 2012 + 11


def middle(parameter):
    return float(parameter.quantile(np.array(0.5)))


def test_some_priors_move_with_their_origin():
    assert {"finance.trend_growth", "loans.commitments_a_year", "trade.services_growth"} <= set(MOVED)


def test_a_middle_is_what_the_record_to_the_origin_gives():
    """Growth 1992-95 was -9.6, -7.6, -11.7 and -10.4 %: a mean of -9.825; commitments 2005, 2007-09 a mean of 291.85."""
    growth = Early(of="gdp_growth.BLR", take="mean", since=1992).middle(12 * 1995 + 11)
    assert growth.value == pytest.approx(-9.825)
    assert growth.error == pytest.approx(np.std([9.6, 7.6, 11.7, 10.4], ddof=1) / 2)
    loans = Early(of="loan_commitments.CHN", take="mean", since=2005)
    assert loans.middle(12 * 2009 + 11).value == pytest.approx(291.85)
    assert loans.middle(12 * 2009 + 11, logs=True).value == pytest.approx(np.log(291.85))
    services = Early(of="services_balance.BLR.WLD", take="growth", since=1996)
    assert services.middle(12 * 2009 + 11).value == pytest.approx(np.log(1507.7 / 572.1) / 13)


@pytest.mark.parametrize("name", MOVED)
def test_nothing_after_the_origin_moves_a_prior_and_something_before_it_does(monkeypatch, name):
    """Readings of later years could be anything."""
    honest, told = prior_of(name, early=END_OF_2012).prior, Record.yearly

    def tampered(after):
        def yearly(record, series):
            return {
                year: replace(reading, value=1.5 * reading.value) if after(year) else reading
                for year, reading in told(record, series).items()
            }

        return yearly

    monkeypatch.setattr(Record, "yearly", tampered(lambda year: year > 2012))
    assert prior_of(name, early=END_OF_2012).prior == honest
    monkeypatch.setattr(Record, "yearly", tampered(lambda year: year <= 2012))
    assert prior_of(name, early=END_OF_2012).prior != honest


def test_with_few_years_a_prior_stays_around_todays_and_is_wider():
    each = all_parameters()["loans.draw_pace"]
    assert each.at(12 * 2007 + 11).prior == each.widened(WIDER).prior
    assert each.at(12 * 2009 + 11).prior != each.widened(WIDER).prior


SHAPES = [
    {"shape": "uniform", "low": 1.0, "high": 3.0},
    {"shape": "triangular", "low": 1.0, "mode": 2.0, "high": 3.0},
    {"shape": "normal", "p10": 1.0, "p90": 3.0},
    {"shape": "lognormal", "p10": 1.0, "p90": 3.0},
]


def parameter(prior, low=-30.0, **early):
    return Parameter(
        name="x.y",
        label="y",
        unit="%",
        prior=prior,
        bounds=(max(low, 0.1) if prior["shape"] == "lognormal" else low, 30.0),
        role="uncertainty",
        evidence=("record:gdp_growth.BLR",),
        early={"of": "gdp_growth.BLR", "take": "mean", "since": 1997, **early},
    )


@pytest.mark.parametrize("prior", SHAPES, ids=lambda prior: prior["shape"])
def test_every_shape_moves_to_its_middle_and_is_wider_than_todays(prior):
    each = parameter(prior)
    found = each.at(END_OF_2012)
    record = all_evidence().record.yearly("gdp_growth.BLR")
    assert middle(found) == pytest.approx(np.mean([record[year].value for year in range(1997, 2013)]), rel=0.02)
    today, early = each.quantile(np.array([0.1, 0.9])), found.quantile(np.array([0.1, 0.9]))
    if prior["shape"] == "lognormal":
        today, early = np.log(today), np.log(early)
    assert np.diff(early) >= 1.4 * np.diff(today)


@pytest.mark.parametrize("prior", SHAPES, ids=lambda prior: prior["shape"])
@pytest.mark.parametrize("scale", [-50.0, 50.0])
def test_a_middle_beyond_the_bounds_leaves_a_prior_within_them(prior, scale):
    if prior["shape"] == "lognormal" and scale < 0:
        pytest.skip("a logarithm of nothing below zero")
    drawn = parameter(prior, scale=scale).at(END_OF_2012).quantile(np.linspace(0, 1, 11))
    low, high = parameter(prior).bounds
    assert ((drawn >= low) & (drawn <= high)).all()
    assert np.ptp(drawn) > 0.5


def test_an_early_prior_names_its_evidence():
    with pytest.raises(ValidationError, match=r"its early prior rests on record:gdp_growth\.RUS"):
        parameter(SHAPES[0], of="gdp_growth.RUS")


def test_what_an_earlier_posterior_does_not_hold_is_drawn_from_the_prior_of_its_origin():
    shocks = Shocks(3, 0, 50, 12)
    held = set(posterior.posterior_at(END_OF_2012).values)
    drawn = draw_parameters("posterior", shocks, END_OF_2012).values
    early, today = (draw_from_prior(shocks, early=each).values for each in (END_OF_2012, None))
    other = [name for name, each in all_parameters().items() if each.role != "constant" and name not in held]
    assert other
    assert all(np.array_equal(drawn[name], early[name]) for name in other)
    assert not all(np.array_equal(drawn[name], today[name]) for name in other)
    latest = draw_parameters("posterior", shocks, posterior.LATEST).values
    held = set(posterior.posterior_at(posterior.LATEST).values)
    assert all(np.array_equal(latest[name], today[name]) for name in today if name not in held)


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("the fall of 2011, made good within two years", 2011),
        ("in 2009-16 all was refinanced", 2016),
        ("in 1999-2001 a fifth", 2001),
        ("from 1990 to 2016, and the plan for 2020", 2016),
        ("a loss of 2010.5 mn and a share of 0.2012", None),
        ("between a half and one", None),
    ],
)
def test_what_a_reason_knows_is_the_last_year_it_names(words, year):
    each = all_parameters()["finance.growth_russia"].model_copy(update={"assumption": words})
    assert each.knows == year
