"""A design moves what it says and nothing else."""

import numpy as np

from sinobel.inputs import posterior
from sinobel.runs import designs, ensemble
from sinobel.runs.designs import Design
from sinobel.runs.request import Request
from sinobel.runs.trajectories import to_years
from tests.studies.calls import BASE, request_origin


def test_a_design_that_changes_nothing_is_the_ensemble():
    request = Request((BASE,), 300, 5, horizon="2018-12", indicators=("exports_to_china", "debt_to_gdp"))
    every = np.arange(300)
    plain = ensemble.run_in_memory(request)[0]
    names = tuple(designs.uncertain())
    made = designs.run(Design(every, {}, [(names, every)]), request, 2018)
    yearly = to_years(request.recorded, plain)
    for row, name in enumerate(request.shown):
        assert np.array_equal(made[0, row], yearly[name][-1]), name
    order = np.array([7, 7, 299, 0])
    again = designs.run(
        Design(order, {}, [(names, order)]),
        Request((BASE,), 4, 5, horizon="2018-12", indicators=("exports_to_china",)),
        2018,
    )
    assert np.array_equal(again[0, 0], made[0, 0][order]), "a run is the draw whose values and shocks it takes"


def test_a_design_moves_what_it_says_and_nothing_else():
    request = Request((BASE,), 4, 5, horizon="2018-12", indicators=("tied_imports", "oil_price"))
    zero = np.zeros(4, int)
    levels = np.array([0.1, 0.4, 0.7, 0.95])
    tied, oil = designs.run(Design(zero, {"loans.tied_share": levels}), request, 2018)[0]
    assert (np.diff(tied) > 0).all(), "a larger tied share brings more tied imports"
    assert (oil == oil[0]).all(), "all runs meet the same shocks"
    share = posterior.marginal_quantile("loans.tied_share", levels, "posterior", request.months[0])
    assert np.allclose(np.diff(tied) / np.diff(share), (tied[-1] - tied[0]) / (share[-1] - share[0]), rtol=0.05)


def test_parameters_that_calibration_ties_together_are_found():
    tied = designs.correlated("posterior", request_origin())
    assert ("loans.grace", "loans.repayment") in [tuple(sorted(group)) for group in tied]
    assert designs.correlated("prior", request_origin()) == []
