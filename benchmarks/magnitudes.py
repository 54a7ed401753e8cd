"""Measure the sizes of `model/MAGNITUDES.md` anew: 25 settings against the baseline on the same 1,000 futures.

    python benchmarks/magnitudes.py                 measures, writes the table and the page
    python benchmarks/magnitudes.py --dry           measures and prints the summary, writes nothing

Announce the run in `model/trials.csv` first: it looks at a score.
"""

import argparse
import csv
import io

from sinobel import store
from sinobel.analysis.expected import verdict
from sinobel.inputs.magnitudes import COLUMNS, MEASURED, all_magnitudes
from sinobel.inputs.reading import model_folder
from sinobel.runs.executors import cores
from sinobel.studies import magnitudes


def main():
    """Measure, and write or print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--draws", type=int, default=magnitudes.DRAWS)
    parser.add_argument("--seed", type=int, default=magnitudes.SEED)
    parser.add_argument("--jobs", type=int, default=0)
    parser.add_argument("--dry", action="store_true", help="write nothing")
    chosen = parser.parse_args()
    rows = magnitudes.measure(chosen.draws, chosen.seed, cores(chosen.jobs))
    experiments = all_magnitudes().experiments
    for row in rows:
        expected = experiments[row["experiment"]].expectations[row["indicator"]]
        word = verdict(expected, float(row["p50"]))
        print(
            f"{row['experiment']:20} {row['indicator']:22} {row['p50']:>10} "
            f"[{row['p10']} to {row['p90']}]  expected {expected.low:g} to {expected.high:g}: {word}"
        )
    if chosen.dry:
        return
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    store.write_text(model_folder() / MEASURED, text.getvalue())
    from sinobel.reporting.documents import magnitudes as document

    store.write_text(model_folder() / "MAGNITUDES.md", document.page())


if __name__ == "__main__":
    main()
