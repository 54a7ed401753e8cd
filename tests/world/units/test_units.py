"""Units are carried through the months of the world: a year over a month, or percent for a fraction, is an error."""

import numpy as np
import pytest

from sinobel.inputs import months
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.levers import all_levers
from sinobel.inputs.parameters import all_parameters
from sinobel.policies import scenarios
from sinobel.policies.events import Investment, Loan
from sinobel.world.agents.loan_lives import lives
from sinobel.world.readings import observe
from sinobel.world.rules import economy, trade
from sinobel.world.world import World
from tests.world.paired.worlds import policy
from tests.world.units.dimensions import UnitError, unit_of
from tests.world.units.traced import check_lives, check_readings, constants, declare, inputs, make, modules, tracing
from tests.world.units.tracer import TRACE, raw

MONTHS = 14
"""From the first January to the February after the second."""


EVERYTHING = (
    ("belarus.tied_share_limit", 0.5),
    ("belarus.stake_sale", 0.2),
    ("belarus.new_mine", 0.5),
    ("belarus.untied_share_requested", 0.3),
    ("belarus.potash_market_diversification", 0.2),
    ("belarus.potash_export_duty", 20.0),
    ("belarus.debt_ceiling", 0.6),
    ("belarus.guarantee_stop", True),
    ("china.rescheduling", 0.5),
    ("china.interest_rate", 0.04),
    ("china.maturity", 15.0),
    ("china.grace", 4.0),
    ("china.concessional_share", 0.5),
    ("china.tied_share", 0.7),
    ("china.fdi_instead_of_loans", 0.3),
    ("china.obor_restriction", True),
    ("china.fta_with_eeu", True),
    ("russia.cartel", 1.0),
    ("world.oil_price", 30.0),
    ("world.china_growth", 0.05),
    ("world.crop_prices", 0.8),
    ("world.project_failure", 0.3),
)
"""Levers that make rules do what no month of the baseline and no shipped scenario makes them do."""
LONG = 26
"""Months to the February after the third January, when what was put off falls due again."""


@pytest.fixture(scope="module")
def baseline():
    """What a traced baseline is made of."""
    return inputs(scenarios.BASELINE, 3)


def lived(given, months=1):
    """A traced world after some months, every piece of state and every reading looked at month by month."""
    world = make(given)
    declare(world)
    for _ in range(months):
        world.step()
        declare(world)
        check_readings(world)
    return world


def words():
    """Every unit in words: parameters, levers, indicators, named constants."""
    yield from (each.unit for each in all_parameters().values())
    yield from (each.unit for each in all_levers().values())
    yield from (each.monthly_unit for each in all_indicators().values())
    yield from (text for module in modules() for text in constants(module).values())


@pytest.mark.parametrize("text", sorted(set(words())))
def test_every_unit_is_understood(text):
    assert unit_of(text)


@pytest.mark.parametrize("text", ["furlongs", "USD mn a fortnight", "kt per moon"])
def test_words_that_nobody_has_explained_are_refused(text):
    with pytest.raises(UnitError, match="nobody knows"):
        unit_of(text)


def test_units_go_through_fourteen_months_and_change_no_number(baseline):
    with tracing():
        traced = lived(baseline, MONTHS)
        check = {name: raw(value) for name, value in observe(traced).items()}
        check |= {f"{name} of loans": raw(value) for name, value in check_lives(traced).items()}
    world = World(scenarios.BASELINE, 3, 2017, collect=False)
    for _ in range(MONTHS):
        world.step()
    plain = observe(world) | {f"{name} of loans": value for name, value in lives(world.china.policy_banks).items()}
    assert check.keys() == plain.keys()
    for name, value in plain.items():
        np.testing.assert_array_equal(check[name], value, err_msg=name)


def everything():
    """What a traced world is made of in which every one of those levers is set."""
    return inputs(policy(*((lever, value, "2017-02") for lever, value in EVERYTHING)), 3)


def test_units_go_through_two_years_in_which_everything_is_set():
    given = everything()
    with tracing():
        check_lives(lived(given, LONG))


def test_a_year_over_a_month_is_an_error(baseline):
    """The error that once stood in growth: a year's change of potash revenue over a month's GDP."""
    right = economy.carried_by_income

    def of_a_year(*, change, **others):
        return right(change=change * economy.MONTHS_PER_YEAR, **others)

    with (
        tracing({("sinobel.world.rules.economy", "carried_by_income"): of_a_year}),
        pytest.raises(UnitError),
    ):
        lived(baseline)


def test_percent_for_a_fraction_is_an_error(baseline):
    right = trade.next_export_path

    def forgotten(*, growth, **others):
        return right(growth=growth * trade.PERCENT, **others)

    with tracing({("sinobel.world.rules.trade", "next_export_path"): forgotten}), pytest.raises(UnitError, match="%"):
        lived(baseline)


USERS = sorted(
    module.__name__
    for module in modules()
    if "MONTHS_PER_YEAR" in vars(module)
    and ".opening" not in module.__name__
    and not module.__name__.endswith(("constants", "rules.environment", "world.world"))
)
"""Modules of the world that turn years into months in any month of the baseline."""


IN_JULY = "sinobel.world.rules.potash_cartel"  # the houses of the cartel choose once a year


@pytest.mark.parametrize("module", USERS)
def test_a_year_that_is_taken_for_a_month_is_an_error(baseline, module):
    with tracing({(module, "MONTHS_PER_YEAR"): 1}), pytest.raises(UnitError):
        check_lives(lived(baseline, 7 if module == IN_JULY else 2))


def test_the_trace_tells_where_and_of_what_shape(baseline):
    with tracing():
        world = make(baseline)
        start = len(TRACE.operations)
        world.step()
    month = TRACE.operations[start:]
    owners = {each.owner for each in month}
    assert {"economy.py.growth_reaction", "potash_market.py.spot_change", "loan_book.py.LoanBook.draw"} <= owners
    assert {each.shape[-1:] for each in month if each.shape} == {(3,)}, "the last axis are the draws"


def test_units_go_through_the_months_in_which_events_happen():
    signed = months.parse("2017-03")
    events = (
        Loan(name="own", lender="imf", amount=300.0, signed=signed, interest=0.02, grace=0.5, maturity=2.0),
        Loan(name="usual", lender="bonds", amount=300.0, signed=signed),
        Loan(name="project", lender="china", amount=300.0, signed=signed, sector="energy", instrument="bank line"),
        Loan(name="free", lender="china", amount=300.0, signed=signed, instrument="untied"),
        Investment(name="park", start=signed, amount=300.0, yearly=True, investor="china"),
        Investment(name="plant", start=signed, amount=300.0, yearly=True, investor="elsewhere"),
    )
    given = inputs(scenarios.Scenario("events", events=events), 3)
    with tracing():
        check_lives(lived(given, MONTHS))
