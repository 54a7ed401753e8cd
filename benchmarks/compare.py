"""Where the time of a comparison goes: `.venv/bin/python benchmarks/compare.py`, in seconds of one core.

Five scenarios are compared in one process, as `sinobel compare` does it, with every chart and file, and the page of the
folder is made. Seconds are those that the processor worked for this process: on a shared machine they hardly hang on
what others do, and shares hang on it even less. The load is told beside them.

    python benchmarks/compare.py --draws 1000
    python benchmarks/compare.py --out folder        keep the folder, to hold it against another
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src")]

SCENARIOS = ["baseline", "great-bargain", "two-thirds-rule-nine-tenths", "diversified-exports", "untied-finance"]
PARTS = {
    "import": "Python starts and imports what the command needs",
    "simulate": "futures month by month",
    "analyze": "bands, hash, tables, what charts tell, what the terminal shows",
    "draw": "charts as PNG, SVG and CSV",
    "store": "netCDF, texts, hashes, publishing",
    "page": "report.html, from the folder",
}


class Watch:
    """Seconds by part: what runs inside another part counts for itself alone."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(PARTS, 0.0)
        self._open = ["import"]
        self._since = 0.0  # the processor's clock starts with the process

    @contextlib.contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Count what runs within this for a part."""
        self._turn()
        self._open.append(name)
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    def _turn(self) -> None:
        now = time.process_time()
        self.seconds[self._open[-1]] += now - self._since
        self._since = now

    def around(self, owner: Any, name: str, part: str) -> None:
        """Count every call of a function for a part."""
        work: Callable[..., Any] = getattr(owner, name)

        def counted(*words: Any, **more: Any) -> Any:
            with self.part(part):
                return work(*words, **more)

        setattr(owner, name, counted)


def watched() -> Watch:
    """A watch on the program, with everything imported."""
    import matplotlib.figure  # noqa: F401
    import xarray  # noqa: F401

    from sinobel import cli, store  # noqa: F401
    from sinobel.cli import comparing, reporting  # noqa: F401
    from sinobel.results import page_of_folder, run_folder  # noqa: F401
    from sinobel.runs import compiled  # noqa: F401
    from sinobel.store import blocks, folders

    watch = Watch()
    watch.around(blocks, "fill", "simulate")
    watch.around(folders, "draw_chart", "draw")
    for name in ("simulate", "write", "finish", "_write_annual"):
        watch.around(folders.Run, name, "store")
    watch.around(folders, "_digest", "analyze")
    watch.around(folders, "_bands", "analyze")
    add = folders.Run.add

    def added(run: folders.Run, name: str, make: Callable[[], str | bytes]) -> None:
        def counted() -> str | bytes:
            with watch.part("analyze"):
                return make()

        add(run, name, counted)

    folders.Run.add = added  # type: ignore[method-assign]
    return watch


def measured(draws: int, out: Path) -> dict[str, float]:
    """Seconds of every part."""
    from sinobel import cli

    watch = watched()
    asked = ["compare", *SCENARIOS, "--draws", str(draws), "--seed", "1", "--jobs", "1", "--out", str(out)]
    for part, words in (("analyze", asked), ("page", ["report", str(out)])):
        with watch.part(part), contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            sys.argv = ["sinobel", *words]
            try:
                cli.main()
            except SystemExit as end:
                if end.code:
                    raise
    return watch.seconds


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--draws", type=int, default=1000)
    asked.add_argument("--out", type=Path, help="folder that is kept")
    words = asked.parse_args()
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as scratch:
        seconds = measured(words.draws, words.out or Path(scratch) / "results")
    whole = sum(seconds.values())
    print(f"{len(SCENARIOS)} scenarios of {words.draws:,} draws, one process, seconds of the processor")
    for part, holds in PARTS.items():
        print(f"{part:9} {seconds[part]:7.2f} {100 * seconds[part] / whole:5.1f} %   {holds}")
    without = whole - seconds["page"]
    print(f"{'together':9} {whole:7.2f}           without the page {without:.2f}")
    print(f"load of the machine: {before:.1f} before, {os.getloadavg()[0]:.1f} after, {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
