"""`sensitivity` against known answers: variance shares of Ishigami's function."""

import json

import numpy as np
import pytest

from sinobel.runs import designs
from sinobel.studies.sensitivity import sobol, tables
from sinobel.studies.sensitivity import study as sensitivity
from sinobel.studies.sensitivity.plan import SUBJECTS, Plan
from tests.studies.calls import BASE, call, table


def ishigami(points):
    x = np.pi * (2 * points - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def test_shares_of_ishigami_are_the_known_ones():
    names = ["a", "b", "c"]
    found = sobol.shares(names, ishigami(sobol.share_points(names, 1024, 3)), 3)
    for share, first, total in zip(found, (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437), strict=True):
        assert abs(share.first - first) < max(1.5 * share.first_error, 0.02), share
        assert abs(share.total - total) < max(1.5 * share.total_error, 0.02), share
        assert share.first_error < 0.12
        assert share.total_error < 0.12


def test_screening_orders_a_linear_function():
    names = ["small", "none", "large", "negative"]
    points = sobol.screening_points(names, 8, 1)
    weights = np.array([1.0, 0.0, 5.0, -3.0])
    found = sobol.screened(names, points, points @ weights, 1)
    assert [effect.name for effect in found] == ["large", "negative", "small", "none"]
    width = 1 - 2 * sobol.EDGE
    assert np.allclose([effect.mean for effect in found], np.array([5.0, -3.0, 1.0, 0.0]) * width)


def test_the_design_of_shares_gives_each_factor_its_own_place():
    members = {
        "potash.demand_growth": ("potash.demand_growth",),
        "two": ("loans.grace", "loans.repayment"),
        "chance": (),
    }
    points = sobol.share_points(list(members), 16, 1)
    made = sensitivity._design(members, points, 32)
    assert made.quantiles["potash.demand_growth"] is not None
    assert set(made.futures) <= set(range(32))
    runs = made.futures.reshape(16, 5)  # A, three crossed ones, B
    assert (runs[:, 0] == runs[:, 1]).all(), "a crossed parameter keeps the future"
    assert (runs[:, 3] == runs[:, 4]).all(), "crossed chance takes the other future"
    assert len(set(runs[:, 0])) == 16, "sixteen futures, not fewer"


@pytest.fixture(scope="module")
def small_study():
    plan = Plan(indicator="debt_to_china", year=2018, scenario=BASE, base=32, top=4, trajectories=3)
    return sensitivity.run(plan)


def test_sensitivity_of_a_small_study(small_study):
    rows = tables.share_rows(small_study)
    assert {row["kind"] for row in rows} == {"parameter", "chance", "other parameters"}
    assert all(row["total_low"] <= row["total"] <= row["total_high"] for row in rows)
    assert len(small_study.screening) == len(designs.uncertain())
    assert [effect.size for effect in small_study.screening] == sorted(
        (effect.size for effect in small_study.screening), reverse=True
    )
    top = {effect.name.partition(".")[0] for effect in small_study.screening[:3]}
    assert "loans" in top, "debt to China hangs on the loan book"
    groups = {row["factor"]: row["total"] for row in tables.group_rows(small_study)}
    assert groups["loans"] + groups["chance"] > groups["potash"] + groups["trade"]
    members = [name for group in small_study.members.values() for name in group]
    assert sorted(members) == sorted(designs.uncertain()), "every parameter stands in one factor"


def test_sensitivity_is_the_same_again_and_with_two_jobs(small_study):
    again = sensitivity.run(small_study.plan, 2)
    assert tables.share_rows(again) == tables.share_rows(small_study)
    assert again.screening == small_study.screening


def test_sensitivity_command_leaves_tables_and_a_chart(here, capsys):
    arguments = (
        "sensitivity",
        "--of",
        "reserves",
        "--year",
        2017,
        "--scenario",
        "russian-squeeze",
        "--against",
        "baseline",
    )
    assert call(*arguments, "--draws", 16, "--trajectories", 2, "--jobs", 1) == 2
    assert "is the same in every future" in capsys.readouterr().err, "the squeeze starts later"
    arguments = (
        "sensitivity",
        "--of",
        "tied_imports",
        "--year",
        2017,
        "--draws",
        16,
        "--top",
        2,
        "--trajectories",
        2,
        "--jobs",
        1,
    )
    assert call(*arguments) == 0
    folder = here / "results" / "sensitivity-tied_imports-2017"
    rows = table(folder / "sensitivity.csv")
    assert [row["kind"] for row in rows].count("parameter") == 2
    assert len(table(folder / "screening.csv")) == len(designs.uncertain())
    assert {row["factor"] for row in table(folder / "sensitivity-groups.csv")} == {*SUBJECTS, "chance"}
    assert (folder / "charts" / "sensitivity.png").stat().st_size > 20_000
    out = capsys.readouterr().out
    assert "Chance alone is" in out
    assert "these shares may add up to more than 100 %" in out
    first = json.loads((folder / "manifest.json").read_text())
    assert call(*arguments) == 0
    assert json.loads((folder / "manifest.json").read_text()) == first, "the same again"


def test_a_share_in_words_is_never_beyond_the_whole():
    from sinobel.studies.sensitivity.tables import _percent

    assert [_percent(share) for share in (-0.02, 0.456, 1.13)] == ["0 %", "46 %", "100 %"]
