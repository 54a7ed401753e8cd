"""Shared fixtures: one small ensemble that many tests look at."""

import os
import signal

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "sinobel", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("sinobel")
os.environ["SINOBEL_CACHE"] = ""  # tests neither read nor leave machine code of the user's

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # a shell that starts a job with & hands that on to every process
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def small():
    """Baseline and an option with 400 futures to 2022, monthly."""
    import sinobel

    option = sinobel.scenario("untied-finance")
    return sinobel.compare(["baseline", option], draws=400, horizon="2022-12")


@pytest.fixture(autouse=True)
def quiet_terminal(monkeypatch):
    """Width and colors of the terminal do not change what is printed."""
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("NO_COLOR", "1")
    os.environ.pop("FORCE_COLOR", None)


@pytest.fixture(scope="module", autouse=True)
def without_drawing(request):
    """For modules that say `DRAWN = False`: charts are files with their name and rows, which saves most of the time.

    Which charts there are, and what they show, stays; pictures are looked at where charts are tested.
    """
    if getattr(request.module, "DRAWN", True):
        yield
        return
    from sinobel.store import folders, studies

    def draw(make, path):
        chart = make()
        for ending in (".png", ".svg"):
            path.with_suffix(ending).write_text(chart.name)
        path.with_suffix(".csv").write_text(repr([dict(row) for row in chart.rows]))

    with pytest.MonkeyPatch.context() as patch:
        for place in (folders, studies):
            patch.setattr(place, "draw_chart", draw)
        yield
