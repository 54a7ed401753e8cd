"""--quick: no charts, and what is finished already is not made anew."""

import pytest

from sinobel import store
from tests.cli.test_cli import QUICK, call, here

__all__ = ["here"]


@pytest.fixture
def simulated(monkeypatch):
    """How often something is simulated."""
    count, real = [], store.Run.simulate

    def counted(*arguments, **how):
        count.append(1)
        return real(*arguments, **how)

    monkeypatch.setattr(store.Run, "simulate", counted)
    return count


@pytest.mark.parametrize("words", [("run",), ("compare", "baseline", "untied-finance")])
def test_a_quick_run_has_no_charts_and_the_same_tables(here, capsys, simulated, words):
    assert call(*words, *QUICK, "--quick") == 0
    first = capsys.readouterr().out
    (folder,) = (here / "results").iterdir()
    assert not (folder / "charts").exists()
    assert "Tables: results/" in first
    command = store.read_manifest(folder)["command"]
    assert command.endswith(" --quick")
    assert f"    {command}\n" in (folder / "README.md").read_text(encoding="utf-8")
    assert "start with" not in first
    assert call(*words, *QUICK, "--quick") == 0
    assert len(simulated) == 1, "what is finished is read"
    assert capsys.readouterr().out == first
    assert call(*words, *QUICK, "--quick", "--seed", 3) == 0
    assert len(simulated) == 2, "another request is another result"
    assert call(*words, *QUICK, "--out", "full") == 0
    assert (here / "full" / "charts").is_dir()
    assert "--quick" not in (here / "full" / "README.md").read_text(encoding="utf-8")
    assert call(*words, *QUICK, "--out", "full", "--quick") == 0
    assert (here / "full" / "charts").is_dir(), "charts that are there stay"
    assert len(simulated) == 3
    (here / "full" / "summary.csv").unlink()
    assert call(*words, *QUICK, "--out", "full", "--quick") == 0
    assert len(simulated) == 4, "a folder that is not whole is made anew"


def test_what_is_asked_besides_counts(here, capsys, simulated):
    pair = ("compare", "baseline", "untied-finance", *QUICK, "--quick", "--out", "pair")
    for count, more in enumerate(
        [(), ("--for", "china"), ("--for", "china", "--format", "nc,csv"), ("--keep", "months")], 1
    ):
        assert call(*pair, *more) == 0
        assert len(simulated) == count, more
