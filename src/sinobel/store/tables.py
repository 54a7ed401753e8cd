"""Yearly values of every draw as long tables, one row per value, written indicator by indicator.

A table of many draws is far larger than memory should be asked for, so each piece is one indicator in one scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sinobel.inputs import hdf5, inert
from sinobel.inputs.reading import InputError, Problem, shown
from sinobel.runs import trajectories
from sinobel.runs.manifest import Manifest
from sinobel.runs.trajectories import Yearly

if TYPE_CHECKING:
    import pyarrow as pa

MANIFEST_KEY = b"manifest"
LARGEST_FOOTER = 64_000_000
"""Bytes: a piece of a table takes about 700, and a comparison of 100 scenarios has 10,000 of them."""
COLUMNS = ("scenario", "draw", "year", "indicator", "unit", "value")

Piece = tuple[str, str, str, np.ndarray, np.ndarray, np.ndarray]
"""Scenario, indicator, unit; then draw, year and value of each row."""


def pieces(annual: Yearly) -> Iterator[Piece]:
    """Rows of a long table, one indicator of one scenario at a time, draw by draw."""
    for name in annual:
        variable = annual[name].transpose("scenario", "draw", "year")
        draws, years = variable["draw"].values.astype(np.int32), variable["year"].values.astype(np.int16)
        every_draw, every_year = np.repeat(draws, len(years)), np.tile(years, len(draws))
        for scenario, values in zip(variable["scenario"].values, variable.values, strict=True):
            yield str(scenario), name, variable.attrs["units"], every_draw, every_year, values.ravel()


def write_csv(path: Path, annual: Yearly) -> None:
    """Write the long table as CSV; numbers with seven significant digits, empty where there is none."""
    with open(path, "w", encoding="utf-8", newline="") as stream:
        stream.write(",".join(COLUMNS) + "\n")
        for scenario, name, unit, draws, years, values in pieces(annual):
            stream.write(_lines(scenario, name, unit=unit, draws=draws, years=years, values=values))


def _lines(scenario: str, name: str, unit: str, draws: np.ndarray, years: np.ndarray, values: np.ndarray) -> str:
    """Lines of a piece: one text with a place for each number, filled at once."""
    before, between = (text.replace("%", "%%") for text in (_quoted(scenario, first=True), f"{name},{_quoted(unit)}"))
    places = zip(draws.tolist(), years.tolist(), strict=True)
    template = "".join([f"{before},{draw},{year},{between},%.7g\n" for draw, year in places])
    return (template % tuple(values.tolist())).replace(",nan\n", ",\n")


def _quoted(text: str, *, first: bool = False) -> str:
    text = inert.csv_text(text, first=first)
    special = any(letter in text for letter in ',"\r\n')
    return '"' + text.replace('"', '""') + '"' if special else text


def write_parquet(path: Path, annual: Yearly, manifest: Manifest) -> None:
    """Write the long table as Parquet in double precision, null where there is no number.

    Texts are dictionaries, the schema carries the manifest, and each piece is a row group of its own, so that readers
    that filter by scenario or indicator skip the rest.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = _schema(manifest)

    def text(value: str, rows: int) -> pa.DictionaryArray:
        return pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int32)), pa.array([value]))

    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for scenario, name, unit, draws, years, values in pieces(annual):
            rows = len(values)
            texts = [text(each, rows) for each in (scenario, name, unit)]
            columns = [texts[0], pa.array(draws), pa.array(years), *texts[1:], pa.array(values, from_pandas=True)]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))


def _schema(manifest: Manifest) -> pa.Schema:
    import pyarrow as pa

    words = pa.dictionary(pa.int32(), pa.string())
    kinds = dict(zip(COLUMNS, (words, pa.int32(), pa.int16(), words, words, pa.float64()), strict=True))
    return pa.schema(
        kinds.items(), metadata={key: str(value) for key, value in trajectories.described(manifest).items()}
    )


def manifest_inside(path: Path) -> str:
    """Text of the manifest that a data file carries.

    Raises
    ------
    InputError
        When the file is damaged or carries none.
    """
    if path.suffix not in CARRIERS:
        message = "this file carries no manifest; name its results folder instead"
        raise InputError(Problem(message, shown(path)))
    try:
        return CARRIERS[path.suffix](path)
    except ImportError:
        raise InputError("a Parquet file needs the extra `export`: pip install 'sinobel[export]'") from None
    except MemoryError:  # the machine's fault, not the file's
        raise
    except Exception as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        reason = "it is cut off, or another kind of file" if hdf5.is_cut_off(error) else reason
        message = f"this file is damaged or carries no manifest ({reason})"
        raise InputError(Problem(message, shown(path))) from None


def _of_netcdf(path: Path) -> str:
    with hdf5.opened(path) as content:
        return hdf5.text_of(content, "manifest")


def _of_parquet(path: Path) -> str:
    """From the footer alone; its length is looked at before pyarrow takes it, which bounds what is in it."""
    import pyarrow.parquet as pq

    with open(path, "rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - 8))
        length, magic = int.from_bytes(stream.read(4), "little"), stream.read(4)
    if magic != b"PAR1" or length > min(size, LARGEST_FOOTER):
        raise ValueError("it has no footer of a Parquet file")
    limits = {"thrift_string_size_limit": LARGEST_FOOTER, "thrift_container_size_limit": LARGEST_FOOTER // 8}
    with pq.ParquetFile(path, **limits) as content:
        found: bytes = content.metadata.metadata[MANIFEST_KEY]
    return found.decode()


CARRIERS: Mapping[str, Callable[[Path], str]] = {".nc": _of_netcdf, ".parquet": _of_parquet}
"""Readers of the manifest by the ending of the files that carry one."""
