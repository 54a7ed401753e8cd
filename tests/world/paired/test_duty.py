"""The potash duty: what it brings is the tonnes that leave, times what a tonne pays."""

import numpy as np

import sinobel


def test_the_duty_is_paid_on_every_tonne_that_leaves_and_on_none_without_it():
    option = sinobel.scenario("baseline").with_change("belarus.potash_export_duty", 100.0, start="2018-01", name="duty")
    names = ["potash_duty", "potash_volume_to_china", "potash_volume_elsewhere"]
    found = sinobel.compare(["baseline", option], draws=8, horizon="2019-12", keep="years", indicators=names)
    assert (found["potash_duty"].sel(scenario="baseline") == 0).all()
    duty = found["potash_duty"].sel(scenario="duty")
    assert (duty.sel(year=2017) == 0).all(), "before it begins"
    tonnes = (found[names[1]] + found[names[2]]).sel(scenario="duty", year=[2018, 2019])
    np.testing.assert_allclose(duty.sel(year=[2018, 2019]), 0.1 * tonnes, err_msg="mn USD of kt at 100 dollars")
    assert float(tonnes.min()) > 1000
