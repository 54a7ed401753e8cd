"""Names in scripts that the reader's machine may lack: the page brings the signs along, also to its buttons."""

from dataclasses import replace

from sinobel import store
from sinobel.policies import scenarios
from sinobel.reporting.page import page as text_of
from sinobel.results.contents import page_data_of
from sinobel.runs.request import Request

from .conftest import Opened

WIDTHS = """() => {
  const chip = [...document.querySelectorAll(".chip")].find((each) => each.textContent.includes("中国"));
  const range = document.createRange();
  range.selectNodeContents(chip.lastChild);
  const fresh = document.createElement("span");
  fresh.style.font = getComputedStyle(chip).font;
  fresh.textContent = chip.textContent;
  document.body.append(fresh);
  return [range.getBoundingClientRect().width, fresh.getBoundingClientRect().width];
}"""


def test_a_button_shows_the_signs_that_the_page_brings_along(browser, tmp_path):
    """Chromium shapes the texts of buttons before the fonts of the page are there: boxes have another width."""
    chinese = replace(scenarios.load("untied-finance"), title="中国减少贷款")
    request = Request((scenarios.load("baseline"), chinese), 20, 1, horizon="2018-12")
    with store.Run(request, tmp_path / "r") as run:
        file = tmp_path / "report.html"
        file.write_text(text_of(page_data_of(run.simulate())), encoding="utf-8")
    opened = Opened(browser, file)
    opened.page.evaluate("document.fonts.ready")
    opened.page.wait_for_timeout(200)
    shown, fresh = opened.page.evaluate(WIDTHS)
    opened.context.close()
    assert abs(shown - fresh) < 1
