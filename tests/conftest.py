"""Shared fixtures: one small ensemble that many tests look at."""

import os
import signal

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "sinobel", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("sinobel")

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
