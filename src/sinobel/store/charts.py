"""Writing charts: a picture, a drawing that scales, and the numbers that are drawn."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinobel.store.files import write_atomically, write_text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CHART_DPI = 130


def draw_chart(draw: Callable[[], Figure], path: Path) -> None:
    """Draw a chart and write it; `path` is without an ending."""
    write_chart(path, draw())


def write_chart(path: Path, figure: Figure) -> None:
    """Write a chart as PNG and SVG, and the numbers it draws as CSV where it keeps them; close it.

    The canvases are used directly: `savefig` draws everything twice.

    Parameters
    ----------
    path : Path
        Without an ending.
    """
    import matplotlib.pyplot as plt
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    figure.set_dpi(CHART_DPI)
    canvas: Any = FigureCanvasAgg(figure)
    write_atomically(path.with_suffix(".png"), partial(canvas.print_png, pil_kwargs={"compress_level": 3}))
    figure.set_layout_engine("none")  # laid out already
    canvas = FigureCanvasSVG(figure)
    write_atomically(path.with_suffix(".svg"), partial(canvas.print_svg, metadata={"Date": None}))
    plt.close(figure)
    if drawn := getattr(figure, "drawn_csv", ""):
        write_text(path.with_suffix(".csv"), drawn)
