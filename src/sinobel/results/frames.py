"""Frames that are read as they stand: whole sentences in their cells, in a notebook and on a terminal."""

from __future__ import annotations

import pandas as pd


class Readable(pd.DataFrame):
    """A frame that shows all of its text, and so do the parts that are taken of it."""

    @property
    def _constructor(self) -> type[Readable]:
        return Readable

    def _repr_html_(self) -> str:
        with pd.option_context("display.max_colwidth", None):
            return str(self.to_html(notebook=True))

    def __repr__(self) -> str:
        with pd.option_context("display.max_colwidth", None, "display.width", None, "display.max_columns", None):
            return str(self.to_string())
