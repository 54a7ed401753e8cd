"""Every text of every chart of the page lies inside its drawing: what sticks out is cut off in print."""

import re

import pytest
from matplotlib.patches import PathPatch
from matplotlib.text import Text

from sinobel import store
from sinobel.policies import scenarios
from sinobel.reporting.charts import registry
from sinobel.reporting.charts.chart import PAGE, PHONE, svg_text
from sinobel.results.contents import page_data_of
from sinobel.runs.request import Request

HALF_A_PIXEL = 0.5
HYPHEN_BEFORE_NUMBER = re.compile(r"(?<!\d)-(?=\d)")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Balances to 2030 reach −10,000, the widest number of an axis."""
    request = Request((scenarios.load("baseline"), scenarios.load("untied-finance")), 50, 2017, horizon="2030-12")
    with store.Run(request, tmp_path_factory.mktemp("inside") / "r") as run:
        return page_data_of(run.simulate())


def charts(data):
    """Every chart of the page as it is drawn there, by name."""
    for kind in registry.shown(data, registry.PAGE):
        for medium in (PAGE, PHONE) if kind.has_phone and not kind.indicator else (PAGE,):
            yield f"{kind.name} ({medium.name})", kind.make(data).draw(medium)


def texts_of(figure, monkeypatch):
    """What is drawn of a figure: its texts, with how far each sticks out of the view box."""
    seen, draw, box = {}, Text.draw, figure.bbox

    def measured(text, renderer):
        if text.get_visible() and text.get_text().strip():
            own = text.get_window_extent(renderer)
            out = max(box.x0 - own.x0, own.x1 - box.x1, box.y0 - own.y0, own.y1 - box.y1)
            seen[text] = text.get_text(), round(float(out), 1)
        draw(text, renderer)

    with monkeypatch.context() as patched:
        patched.setattr(Text, "draw", measured)
        assert "<svg" in svg_text(figure)
    return list(seen.values())


@pytest.fixture(scope="module")
def drawn(data):
    with pytest.MonkeyPatch.context() as patched:
        return {name: texts_of(figure, patched) for name, figure in charts(data)}


def test_every_text_of_a_chart_lies_inside_its_drawing(drawn):
    assert len(drawn) > 20
    assert all(len(texts) > 5 for texts in drawn.values())
    outside = {name: [text for text in texts if text[1] > HALF_A_PIXEL] for name, texts in drawn.items()}
    assert {name: texts for name, texts in outside.items() if texts} == {}


def test_axes_have_the_minus_of_print(drawn):
    words = [text for texts in drawn.values() for text, _ in texts]
    assert any(text.startswith("−") and text[1:2].isdigit() for text in words)
    assert [text for text in words if HYPHEN_BEFORE_NUMBER.search(text)] == []


def test_labels_of_what_was_paid_back_stand_beside_its_bands(data):
    [kind] = [kind for kind in registry.shown(data, registry.PAGE) if kind.section == "money"]
    figure = kind.make(data).draw(PAGE)
    svg_text(figure)
    bands = [patch.get_window_extent() for patch in figure.findobj(PathPatch)]
    labels = {text.get_text(): text.get_window_extent() for text in figure.findobj(Text)}
    paid = [box for label, box in labels.items() if label.startswith(("called guarantees", "borrowers", "principal"))]
    assert len(paid) == 3
    assert not [box for box in paid if box.count_overlaps(bands)]
