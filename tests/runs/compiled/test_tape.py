"""Symbols stand for arrays: what they write down, run again on numbers, is what numpy gives."""

import numpy as np
import pytest

from sinobel.runs.compiled.tape import Symbol, Tape, Untraceable
from sinobel.world import elementary

DRAWS = 3


def played(tape, symbol, given):
    """Values of a symbol when its inputs are arrays, (…, draws)."""
    values = []
    for kind, content in zip(tape.kinds, tape.contents, strict=True):
        if kind == "input":
            values.append(given[content])
        elif kind == "number":
            values.append(np.full(DRAWS, content))
        else:
            parts = [values[node] for node in content]
            values.append(
                getattr(elementary, kind, None)(*parts) if hasattr(elementary, kind) else getattr(np, kind)(*parts)
            )
    result = np.empty((*symbol.nodes.shape, DRAWS))
    for place in np.ndindex(symbol.nodes.shape):
        result[place] = values[symbol.nodes[place]]
    return result


CASES = {
    "arithmetic": lambda x, y, rows: (x - 2 * y) / (1 + y**2) - x,
    "comparison": lambda x, y, rows: np.where((x > y) & ~(y < 0.5), x, -y),
    "flags in sums": lambda x, y, rows: (rows > 0.5).sum(axis=0) * x,
    "sum over rows": lambda x, y, rows: np.add.reduce(rows * x, axis=0) + rows.max(axis=0),
    "rows in rows": lambda x, y, rows: np.stack([x, rows[1], y])[1:] + rows[:2],
    "clip": lambda x, y, rows: np.clip(rows - x, 0.1, y) + rows.clip(0.2, 0.7),
    "functions": lambda x, y, rows: elementary.exp(x) + elementary.log(y) + elementary.power(rows[0], x),
    "plain columns": lambda x, y, rows: np.array([[1.0], [2.0]]) * rows[:2] + np.zeros_like(rows[:2]),
    "whole numbers": lambda x, y, rows: np.floor(10 * x) + np.ceil(7 * y) + np.maximum(x, y) * np.minimum(x, 0.3),
    "where of flags": lambda x, y, rows: np.where(x > 0.5, rows[0] > 0.2, rows[1] > 0.2) * 1.0,
}


@pytest.mark.parametrize("name", CASES)
def test_symbols_write_down_what_numpy_does(name):
    rng = np.random.default_rng(4)
    given = {("x",): rng.uniform(0.1, 1, DRAWS), ("y",): rng.uniform(0.1, 1, DRAWS)}
    given |= {("rows", row): rng.uniform(0.1, 1, DRAWS) for row in range(3)}
    tape = Tape(DRAWS)
    symbols = tape.one(("x",)), tape.one(("y",)), np.stack([tape.one(("rows", row)) for row in range(3)])
    arrays = given[("x",)], given[("y",)], np.stack([given["rows", row] for row in range(3)])
    found = CASES[name](*symbols)
    assert isinstance(found, Symbol)
    np.testing.assert_array_equal(played(tape, found, given), CASES[name](*arrays) * 1.0)


def test_writing_into_rows_is_seen_through_slices():
    tape = Tape(DRAWS)
    rows = np.stack([tape.one(("rows", row)) for row in range(3)])
    part = rows[1:]
    part[0] = 2.0
    part += 1.0
    given = {("rows", row): np.full(DRAWS, float(row)) for row in range(3)}
    np.testing.assert_array_equal(played(tape, rows, given)[:, 0], [0.0, 3.0, 3.0])


@pytest.mark.parametrize(
    "done",
    [
        bool,
        lambda x: x[0],
        list,
        lambda x: x + np.zeros(DRAWS),
        lambda x: x**0.5,
        np.sort,
        np.mean,
    ],
    ids=["branch", "one draw", "loop", "plain array of draws", "power", "unknown function", "mean over draws"],
)
def test_what_depends_on_a_draw_otherwise_is_refused(done):
    with pytest.raises(Untraceable):
        done(Tape(DRAWS).one(("x",)))


def test_whether_something_holds_in_any_draw_is_noted():
    tape = Tape(DRAWS)
    x = tape.one(("x",))
    assert not np.any(x > 1)
    assert [tape.kinds[node] for node in tape.assumed_false] == ["greater"]
