"""The page of sizes: judged only by what was measured against these very expectations."""

from collections import Counter

import pytest

from sinobel.analysis.expected import VERDICTS
from sinobel.inputs.magnitudes import all_magnitudes
from sinobel.reporting.documents import magnitudes


def rows_of(asked, **other):
    row = {"p10": "-1", "p50": "0", "p90": "1", "draws": "1000", "seed": "1", "expectations": asked.digest, "code": "c"}
    return {(name, look): row | other for name in asked.experiments for look in asked.looks}


@pytest.fixture
def page(monkeypatch):
    def made(found):
        monkeypatch.setattr(magnitudes, "measured", lambda: found)
        return magnitudes.page()

    return made


def test_every_expectation_stands_on_the_page_with_its_reason_source_and_verdict(page):
    asked = all_magnitudes()
    text = page(rows_of(asked))
    for each in asked.experiments.values():
        own = text[text.index(f"\n## {each.title}\n") :].partition("\n\n## ")[0]
        assert each.reason in own
        assert f"Source: {each.source}." in own
        for name, expectation in each.expectations.items():
            (line,) = [line for line in own.splitlines() if line.startswith(f"| `{name}` |")]
            assert expectation.why in line
            assert line.rpartition(" | ")[2].strip(" *|") in VERDICTS, line


def test_the_summary_counts_what_lies_inside(page):
    asked = all_magnitudes()
    found = rows_of(asked)
    counts = Counter(magnitudes.judged(asked, found).values())
    assert counts["inside"] == sum(
        each.low <= 0 <= each.high for one in asked.experiments.values() for each in one.expectations.values()
    )
    assert f"**{counts['inside']} of 200 medians lie inside**" in page(found)
    assert f"{counts['no effect']} no effect" in page(found)


@pytest.mark.parametrize("other", [{"expectations": "those of before"}, None])
def test_expectations_that_changed_after_the_run_are_not_judged_by_it(page, other):
    asked = all_magnitudes()
    text = page(rows_of(asked, **other) if other else {})
    assert "200 of 200 were not measured against them yet" in text
    assert "**not run**" in text
    assert "medians lie inside**" not in text
