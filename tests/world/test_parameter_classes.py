"""Parameters are typed: their classes are those of the tables, and a misspelled name is an error before anything runs."""

import dataclasses
import pathlib

import numpy as np
import pytest

from sinobel.inputs.parameters import all_parameters
from sinobel.inputs.reading import InputError
from sinobel.world import subjects
from sinobel.world.draws import ParameterDraws, draw_from_prior
from sinobel.world.shocks import Shocks

ROOT = pathlib.Path(__file__).parents[2]


def test_every_parameter_is_a_field_of_its_subject_and_nothing_else_is():
    fields = {
        f"{subject}.{field.name}" for subject, each in subjects.SUBJECTS.items() for field in dataclasses.fields(each)
    }
    assert fields == set(all_parameters())
    assert set(subjects.Subjects.__annotations__) == set(subjects.SUBJECTS)


def test_drawn_parameters_do_not_change():
    drawn = draw_from_prior(Shocks(1, 0, 3, 12))
    assert drawn.loans.tied_share is drawn.values["loans.tied_share"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        drawn.loans.tied_share = np.ones(3)
    with pytest.raises(ValueError, match="read-only"):
        drawn.loans.tied_share[0] = 1.0
    with pytest.raises(AttributeError, match="tied_shar"):
        drawn.loans.tied_shar  # noqa: B018


def test_one_that_is_missing_or_unknown_is_refused():
    values = dict(draw_from_prior(Shocks(1, 0, 3, 12)).values)
    with pytest.raises(InputError, match=r"loans\.tied_shar;"):
        ParameterDraws(values | {"loans.tied_shar": np.ones(3)})
    del values["loans.tied_share"]
    with pytest.raises(InputError, match=r"loans\.tied_share;"):
        ParameterDraws(values)


SNIPPET = """
from sinobel.world.agents.policy_banks import PolicyBanks
from sinobel.world.draws import ParameterDraws

def right(drawn: ParameterDraws, banks: PolicyBanks) -> None:
    p = banks.parameters.loans
    print(drawn.loans.tied_share, p.tied_share)

def wrong(drawn: ParameterDraws, banks: PolicyBanks) -> None:
    p = banks.parameters.loans
    print(drawn.loans.tied_shar)
    print(p.tied_shar)
"""


def test_a_misspelled_parameter_is_an_error_of_types(tmp_path, monkeypatch):
    from mypy import api

    monkeypatch.setenv("MYPYPATH", str(ROOT / "src"))
    (tmp_path / "snippet.py").write_text(SNIPPET)
    settings = ["--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(tmp_path / "cache")]
    told, failed, _ = api.run([*settings, "--follow-imports=silent", str(tmp_path / "snippet.py")])
    assert not failed
    errors = [line for line in told.splitlines() if ": error:" in line]
    wrong = [number for number, line in enumerate(SNIPPET.splitlines(), 1) if "tied_shar)" in line]
    assert [int(line.split("snippet.py:")[1].split(":")[0]) for line in errors] == wrong
    assert all('"LoansParameters" has no attribute "tied_shar"' in line for line in errors)
