"""A scenario file to begin with: it validates as it stands and with all that its comments offer."""

import pytest

from sinobel.policies.scenarios import load
from tests.cli.test_cli import call, here

__all__ = ["here"]


def test_a_new_file_validates_and_so_does_all_it_offers(here, capsys):
    assert call("new", "mine.toml") == 0
    assert "sinobel compare baseline mine.toml" in capsys.readouterr().out
    assert call("validate", "mine.toml") == 0
    text = (here / "mine.toml").read_text()
    (here / "all.toml").write_text(text.replace("#: ", ""))
    assert call("validate", "all.toml") == 0
    told = capsys.readouterr().out
    assert "mine.toml: valid, 1 change of levers" in told
    assert "all.toml: valid, 3 changes of levers, 8 events" in told
    for key in ("until", "scale", "when"):
        assert f"#   {key}" in text


def test_a_new_file_extends_another_and_holds_what_is_set(here, capsys):
    (here / "sub").mkdir()
    assert call("new", "sub/one.toml", "--extends", "russian-squeeze", "--title", 'A "quoted" one') == 0
    assert load("sub/one.toml").title == 'A "quoted" one'
    settings = ("--set", "china.tied_share=30%@2019-01..2020-12", "--set", "belarus.guarantee_stop=on")
    assert call("new", "two.toml", "--extends", "sub/one.toml", *settings) == 0
    two = load("two.toml")
    assert {each.lever for each in load("russian-squeeze").changes} < {each.lever for each in two.changes}
    assert [each.as_written() for each in two.changes if each.lever == "china.tied_share"] == [
        {"lever": "china.tied_share", "from": "2019-01", "until": "2020-12", "value": 0.3}
    ]
    assert call("validate", "two.toml") == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("there.toml",), "there.toml: something is there already, and stays"),
        (("mine.txt",), "mine.txt: a scenario file has a name that ends with .toml"),
        (("mine.toml", "--extends", "basline"), 'did you mean "baseline"?'),
        (("mine.toml", "--title", ""), "--title is empty"),
        (("mine.toml", "--title", "a\nb"), "--title has several lines"),
        (("mine.toml", "--title", "x" * 121), "--title"),
        (("mine.toml", "--set", "china.tied_share=2"), "--set: china.tied_share: 2 is outside its range"),
        (("mine.toml", "--set", "china.tied_share=0.2@2050-01"), "outside origin and horizon"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(here, capsys, words, told):
    (here / "there.toml").write_text("mine")
    assert call("new", *words) == 2
    assert told in capsys.readouterr().err
    assert [each.name for each in here.iterdir()] == ["there.toml"]
    assert (here / "there.toml").read_text() == "mine"
