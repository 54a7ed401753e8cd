"""Rules of trade against values by hand."""

import numpy as np
import pytest

from sinobel.rules import trade


def test_the_share_goes_part_of_the_way_to_its_ceiling():
    share = np.array([0.05, 0.12, 0.20])
    after = trade.china_share(share, 0.12, 0.06, 0.0, 0.0)
    assert after - share == pytest.approx((0.12 - share) * 0.06 / 12)
    faster = trade.china_share(share, 0.12, 0.06, 1.0, 0.0)
    assert faster - share == pytest.approx(np.where(share < 0.12, 2, 1) * (after - share))


def test_tied_goods_never_replace_more_than_would_have_been_bought():
    assert trade.displaced(np.array([10.0, 100.0]), 0.4, np.array([20.0, 20.0])) == pytest.approx([6.0, 20.0])
