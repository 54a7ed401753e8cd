"""How what was found tells itself: in sentences, as a table, and in a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


class Told:
    """Something found that has a table and says in sentences what stands in it."""

    @property
    def verdicts(self) -> Sequence[str]:
        """What was found, in sentences."""
        raise NotImplementedError

    def rows(self) -> list[dict[str, Any]]:
        """Its table, tidy.

        Returns
        -------
        list[dict[str, Any]]
            One dict a row, the same keys in each.
        """
        raise NotImplementedError

    def table(self) -> pd.DataFrame:
        """Its table as a frame.

        Returns
        -------
        pd.DataFrame
            What `rows` gives, one row each.
        """
        import pandas as pd

        return pd.DataFrame(self.rows())

    def __repr__(self) -> str:
        return "\n".join([f"{type(self).__name__}:", *(f"  {line}" for line in self.verdicts)])

    def _repr_html_(self) -> str:
        return html_of(self.verdicts, self.table())


def html_of(sentences: Sequence[str], table: pd.DataFrame | None = None) -> str:
    """Sentences and a table for a notebook; no text in them is markup."""
    from html import escape

    told = "".join(f"<p>{escape(line)}</p>" for line in sentences)
    return told + ("" if table is None or table.empty else table.to_html(max_rows=30, index=False, float_format=_few))


def _few(value: float) -> str:
    """Three digits, or the whole number: 0.0312, 5.41, 1,312."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
