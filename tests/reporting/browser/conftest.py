"""A report of a small comparison, and Debian's Chromium to open it with the network off."""

import os
import pathlib
import shutil
import subprocess
import time

import pytest

from sinobel import store
from sinobel.policies import scenarios
from sinobel.reporting.page import page as text_of
from sinobel.results.contents import page_data_of
from sinobel.runs.request import Request

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")


def installed():
    return next(filter(None, map(shutil.which, NAMES)), None)


def install():
    """Debian's package, in a pipeline that runs as root; nothing is installed on a developer's machine."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not (os.environ.get("CI") and root and shutil.which("apt-get")):
        return
    quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, "capture_output": True}
    for _ in range(10):  # another worker of the tests may hold the package system
        subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
        subprocess.run(["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"], check=False, **quiet)
        if installed():
            return
        time.sleep(10)


@pytest.fixture(scope="session")
def browser():
    library = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: no browser tests")
    if not installed():
        install()
    if not installed():
        pytest.skip("no Chromium found (looked for chromium, chromium-browser, google-chrome): no browser tests")
    with library.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=installed(), args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def results(tmp_path_factory):
    names = ("baseline", "cartel-restored", "untied-finance")
    request = Request(tuple(map(scenarios.load, names)), 120, 1, horizon="2026-12")
    with store.Run(request, tmp_path_factory.mktemp("results") / "r") as run:
        return run.simulate()


@pytest.fixture(scope="session")
def report(results, tmp_path_factory) -> pathlib.Path:
    file = tmp_path_factory.mktemp("report") / "report.html"
    store.write_text(file, text_of(page_data_of(results)))
    return file


class Opened:
    """A page with what it asked for and what it complained about."""

    def __init__(self, browser, report, **options):
        self.context = browser.new_context(offline=True, **options)
        self.page = self.context.new_page()
        self.requests, self.complaints = [], []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(report.as_uri())
        if options.get("java_script_enabled", True):
            self.page.wait_for_selector("html.ready")


@pytest.fixture(scope="session")
def opened(browser, report):
    found = Opened(browser, report, viewport={"width": 1280, "height": 900})
    yield found
    found.context.close()


@pytest.fixture
def page(opened):
    """The page as it is when opened."""
    opened.page.reload()
    opened.page.wait_for_selector("html.ready")
    return opened.page
