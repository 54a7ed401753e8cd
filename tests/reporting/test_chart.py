"""Charts are plain data until somebody draws them; making and drawing them changes nothing of their user's matplotlib."""

import dataclasses
import re
import subprocess
import sys

import matplotlib as mpl
import pytest
from matplotlib import font_manager

from sinobel.reporting.charts.chart import PAGE, PHONE, SLIDE, Chart

IMPORT_ALL = """
import importlib, json, pkgutil, sys
import matplotlib as mpl
from matplotlib import font_manager
before = json.dumps({key: str(mpl.rcParams._get(key)) for key in mpl.rcParams}), len(font_manager.fontManager.ttflist)
import sinobel
names = [each.name for each in pkgutil.walk_packages(sinobel.__path__, "sinobel.") if not each.name.endswith("__main__")]
for name in names:
    importlib.import_module(name)
after = json.dumps({key: str(mpl.rcParams._get(key)) for key in mpl.rcParams}), len(font_manager.fontManager.ttflist)
assert before == after, "importing changed matplotlib"
assert "matplotlib.pyplot" not in sys.modules, "importing chose a backend"
print(len(names))
"""


def chart(**more):
    def paint(sheet):
        axes = sheet.axes if not hasattr(sheet.axes, "flat") else sheet.axes.flat[0]
        axes.plot([2017, 2018], [1.0, 2.0], label="a")
        sheet.legend(axes.get_lines(), 4)

    rows = [{"year": 2017, "value": 1.0}, {"year": 2018, "value": 2.0}]
    return Chart("any", "A finding", "How to read it", "Sources", rows, paint, legend_rows=1, **more)


def test_importing_everything_changes_no_setting_font_or_backend():
    done = subprocess.run([sys.executable, "-c", IMPORT_ALL], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 150


def test_drawing_leaves_the_settings_as_they_were():
    with mpl.rc_context({"font.size": 7.0, "svg.hashsalt": "mine"}):
        before = {name: str(mpl.rcParams._get(name)) for name in mpl.rcParams}
        fonts = len(font_manager.fontManager.ttflist)
        chart().files()
        figure = chart().draw()
        figure.canvas.draw()
        assert figure.axes[0].xaxis.get_ticklabels()[0].get_fontsize() == 12
        assert {name: str(mpl.rcParams._get(name)) for name in mpl.rcParams} == before
        assert len(font_manager.fontManager.ttflist) == fonts


def without_ids(files):
    """Files without the names of clip paths, which hash the last digits of a layout that its solver leaves open."""
    return files | {".svg": re.sub(rb"\bp[0-9a-f]{10}\b", b"p", files[".svg"])}


def test_settings_of_its_user_change_nothing_of_a_chart():
    files = without_ids(chart().files())
    with mpl.rc_context({"font.size": 30.0, "axes.grid": False, "svg.fonttype": "path", "axes.facecolor": "white"}):
        assert without_ids(chart().files()) == files
    assert set(files) == {".png", ".svg", ".csv"}


@pytest.mark.parametrize(("medium", "texts"), [(SLIDE, 3), (PAGE, 0), (PHONE, 0)])
def test_a_page_has_head_and_foot_in_its_own_text(medium, texts):
    assert len(chart().draw(medium).texts) == texts


def test_panels_stand_below_each_other_on_a_phone():
    wide, phone = (chart(layout={"ncols": 2}).draw(medium) for medium in (PAGE, PHONE))
    assert wide.axes[0].get_subplotspec().get_gridspec().ncols == 2
    assert phone.axes[0].get_subplotspec().get_gridspec().ncols == 1
    assert phone.get_size_inches()[0] == PHONE.width


def test_a_chart_is_frozen_and_nothing_hangs_on_its_figure():
    made = chart()
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.title = "other"
    ours = {field.name for field in dataclasses.fields(Chart)} | {"told", "drawn", "legend_at", "medium"}
    plain = mpl.figure.Figure()
    assert not {name for name in vars(made.draw()) if name in ours and name not in vars(plain)}
