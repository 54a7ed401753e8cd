"""Tables that the report reads back: a damaged row is named with its file and line."""

import pytest

from sinobel.inputs.reading import InputError
from sinobel.reporting.tables import read_back, tables


def written(folder, kind, rows=3):
    """A table of a kind, and its path."""
    texts, numbers = read_back.TEXTS[kind], read_back.NUMBERS[kind]
    words = [read_back.NEEDED[kind][0] if name == "kind" else "name" for name in texts]
    lines = [",".join((*texts, *numbers))] + [",".join([*words, *["0.5"] * len(numbers)])] * rows
    file = folder / f"{kind}.csv"
    file.write_text("\n".join(lines) + "\n")
    return file, lines


@pytest.mark.parametrize("kind", read_back.TEXTS)
def test_a_whole_table_is_read(kind, tmp_path):
    file, _ = written(tmp_path, kind)
    rows = read_back.table(file, kind)
    assert len(rows) == 3
    assert all(rows[0][name] == 0.5 for name in read_back.NUMBERS[kind])
    assert all(rows[0][name] == "name" for name in read_back.TEXTS[kind] if name != "kind")


@pytest.mark.parametrize("kind", read_back.TEXTS)
@pytest.mark.parametrize("damage", ["x", "", "nan", "inf", "1e300", '"', "0.5,0.5"])
def test_a_damaged_row_is_named(kind, damage, tmp_path):
    file, lines = written(tmp_path, kind)
    place = next(place for place, name in enumerate(read_back.NUMBERS[kind]) if name not in read_back.OPEN)
    cells = lines[2].split(",")
    cells[len(read_back.TEXTS[kind]) + place] = damage
    file.write_text("\n".join([*lines[:2], ",".join(cells), *lines[3:]]) + "\n")
    with pytest.raises(InputError) as caught:
        read_back.table(file, kind)
    assert [problem.line in (3, 4) for problem in caught.value.problems] == [True]
    assert caught.value.problems[0].file.endswith(file.name)


@pytest.mark.parametrize("kind", read_back.TEXTS)
def test_a_missing_column_is_named(kind, tmp_path):
    file, lines = written(tmp_path, kind)
    file.write_text("\n".join(line.partition(",")[2] for line in lines) + "\n")
    with pytest.raises(InputError, match=f'no column "{read_back.TEXTS[kind][0]}"'):
        read_back.table(file, kind)


@pytest.mark.parametrize(
    ("value", "told"), [(-0.001, "0.00"), (-0.0, "0.00"), (0.001, "0.00"), (-0.006, "-0.01"), (-12.34, "-12.3")]
)
def test_what_rounds_to_nothing_has_no_sign(value, told):
    assert tables.number(value) == told
