"""The notebooks of examples, run anew with their outputs: `python docs/make_notebooks.py [NAME ...]`, a minute each.

Code and words stay; outputs are made again, with the draws that each asks for. Numbers come out the same; in pictures
matplotlib may move the end of a line by a pixel. They are kept in few colors, so that a notebook stays small, and those
of the tutorial are written to docs/pictures too: a cell says which in its metadata.
"""

from __future__ import annotations

import base64
import io
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "examples"
PICTURES = ROOT / "docs" / "pictures"
COLORS = 96
SECONDS = 600
"""That a cell may take."""


def executed(path: Path) -> Any:
    """The notebook with outputs of today, without times, warnings and colors that nobody sees."""
    book = nbformat.read(path, as_version=4)
    for cell in book.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    NotebookClient(book, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}).execute()
    for cell in book.cells:
        cell.metadata = {key: value for key, value in cell.metadata.items() if key == "picture"}
        if cell.cell_type == "code":
            cell.outputs = [each for each in cell.outputs if each.get("name") != "stderr"]
            for output in cell.outputs:
                _make_small(output)
    book.metadata.language_info = {"name": "python"}  # without the version of whoever runs it
    return book


def _make_small(output: Any) -> None:
    data = output.get("data", {})
    if "image/png" in data:
        picture = Image.open(io.BytesIO(base64.b64decode(data["image/png"]))).convert("RGB")
        small = io.BytesIO()
        picture.quantize(COLORS, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
        data["image/png"] = base64.b64encode(small.getvalue()).decode()


def pictures(book: Any) -> dict[str, bytes]:
    """Pictures that the tutorial shows, by file name."""
    found = {}
    for cell in book.cells:
        if name := cell.metadata.get("picture"):
            data = next(each.data["image/png"] for each in cell.outputs if "image/png" in each.get("data", {}))
            found[f"{name}.png"] = base64.b64decode(data)
    return found


def main(names: list[str]) -> int:
    """Run them and write them."""
    PICTURES.mkdir(exist_ok=True)
    for path in [NOTEBOOKS / name for name in names] or sorted(NOTEBOOKS.glob("*.ipynb")):
        book = executed(path)
        nbformat.write(book, path)
        for name, content in pictures(book).items():
            (PICTURES / name).write_bytes(content)
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
