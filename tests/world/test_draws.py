"""Drawn parameters go with the classes that declare them."""

import pytest

from sinobel.inputs.reading import InputError
from sinobel.world.draws import ParameterDraws, draw_from_prior
from sinobel.world.shocks import Shocks


def test_a_parameter_without_a_class_is_told_by_name():
    values = dict(draw_from_prior(Shocks(1, 0, 2, 12)).values)
    values["trade.fair_effect"] = values.pop("trade.energy_share")
    told = r"do not go with .*: trade\.energy_share, trade\.fair_effect; write them anew"
    with pytest.raises(InputError, match=told):
        ParameterDraws(values)
