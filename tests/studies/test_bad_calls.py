"""Studies called wrongly, without their libraries or interrupted: a message, a code, nothing left."""

import pytest

from sinobel.runs import ensemble
from tests.studies.calls import DISCOVER, call

GOAL = ["--target", "reserves[2020] >= 5000"]
BAD_CALLS = [
    (["solve", *GOAL], "--lever"),
    (["solve", "--lever", "belarus.reform"], "--target"),
    (["solve", "--target", "reserve[2020] >= 5000", "--lever", "belarus.reform"], 'did you mean "reserves"?'),
    (["solve", "--target", "reserves[2010] >= 5000", "--lever", "belarus.reform"], "lies before the origin"),
    (["solve", *GOAL, "--lever", "belarus.refrm"], 'did you mean "belarus.reform"?'),
    (["solve", *GOAL, "--lever", "belarus.reform=0:2"], "outside its range"),
    (["solve", *GOAL, "--lever", "belarus.reform=0.5"], "write a range as LOW:HIGH"),
    (["solve", *GOAL, "--lever", "belarus.reform=0.5:0.1"], "does not rise"),
    (["solve", *GOAL, "--lever", "china.fta_with_eeu=0:1"], "is a switch and has no range"),
    (["solve", *GOAL, "--lever", "belarus.reform", "--lever", "belarus.reform"], "one or two different levers"),
    (["solve", *GOAL, "--lever", "belarus.reform", "--probability", "80"], "must lie between 0 and 1"),
    (["solve", *GOAL, "--lever", "belarus.reform", "--from", "2021-01"], "outside the months"),
    (["solve", *GOAL, "--lever", "belarus.reform", "--from", "soon"], "is not a month"),
    (["solve", *GOAL, "--lever", "belarus.reform", "--draws", "0"], "draws must be a whole number"),
    (["sensitivity", "--of", "reserve", "--year", "2020"], 'did you mean "reserves"?'),
    (["sensitivity", "--of", "reserves", "--year", "2016"], "choose 2017 to"),
    (["sensitivity", "--of", "reserves", "--year", "2020", "--draws", "1000"], "a power of two"),
    (["sensitivity", "--of", "reserves", "--year", "2020", "--top", "0"], "the number of parameters must be from 1"),
    (["sensitivity", "--of", "reserves", "--year", "2020", "--scenario", "baselin"], 'did you mean "baseline"?'),
    (["sensitivity", "--of", "reserves", "--year", "2020", "--origin", "2017-12"], "an origin is a December"),
    (["sensitivity", "--year", "2020"], "--of"),
    (["discover", "baseline"], "say what failure is"),
    (["discover", "baseline", "--fails", "reserve[2020] < 1"], 'did you mean "reserves"?'),
    (["discover", "baseline", "--fails", "reserves[2010] < 1"], "choose a year from 2017"),
    (["discover", "baseline", "--against", "russian-squeeze"], "should do better; say it with --better"),
    (["discover", "baseline", "--against", "russian-squeeze", "--better", "debt"], "there is no indicator"),
    (["discover", "baseline", "--against", "russian-squeeze", "--better", "reserves up"], "`higher` or `lower`"),
    (["discover", "baseline", "--fails", "reserves[2020] < 1", "--draws", "0"], "draws must be a whole number"),
    (["discover", "baseline", "--fails", "reserves[2020] < 1", "--jobs", "-1"], "--jobs must be from 0 to 1000"),
]


@pytest.mark.parametrize(
    ("arguments", "message"), BAD_CALLS, ids=lambda value: " ".join(value)[:60] if isinstance(value, list) else ""
)
def test_bad_calls_end_with_a_message_and_code_2(here, capsys, arguments, message):
    assert call(*arguments) == 2
    said = capsys.readouterr().err
    assert message in said
    assert "Traceback" not in said
    assert not list(here.iterdir()), "something half-written is left"


def test_a_missing_extra_is_a_clear_message(here, capsys, monkeypatch):
    from sinobel.studies import extras

    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    assert call(*DISCOVER, "--fails", "reserves[2018] < 1") == 2
    assert "pip install 'sinobel[analysis]'" in capsys.readouterr().err


def test_ctrl_c_leaves_nothing_behind(here, capsys, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(ensemble, "run_in_memory", interrupted)
    assert call(*DISCOVER, "--fails", "reserves[2018] < 1") == 1
    assert "nothing was written" in capsys.readouterr().err
    assert not list(here.iterdir())
