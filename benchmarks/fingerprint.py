"""Hash of every number the model gives: all indicators, all shipped scenarios, three origins, to the last bit.

The golden table knows some indicators of the baseline with a tolerance. Whoever moves code without wanting to move
numbers runs this before and after, on one machine, and compares:

    python benchmarks/fingerprint.py > before.txt
    python benchmarks/fingerprint.py --against before.txt

Exit code 1 when anything differs; the lines that differ are named.
"""

import argparse
import hashlib
import sys
from pathlib import Path

import numpy as np

ORIGINS = ("2010-12", "2013-12", "2016-12")
DRAWS = 64


def lines():
    """One line for each origin, scenario and indicator: its place and the hash of its monthly values."""
    from sinobel.policies import scenarios
    from sinobel.runs import ensemble
    from sinobel.runs.request import Request

    for origin in ORIGINS:
        for name in scenarios.shipped_names():
            policy = scenarios.load(name)
            horizon = f"{int(origin[:4]) + 8}-12"
            try:
                request = Request((policy,), DRAWS, 2017, origin, horizon)
            except ValueError:  # its changes lie outside these months
                continue
            (values,) = ensemble.run_in_memory(request)
            for row, indicator in enumerate(request.recorded):
                content = np.ascontiguousarray(values[row]).tobytes()
                yield f"{origin} {name} {indicator} {hashlib.sha256(content).hexdigest()[:16]}"


def main():
    """Print the lines, or compare them with those of a file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--against", type=Path, help="lines of an earlier run")
    chosen = parser.parse_args()
    if chosen.against is None:
        for line in lines():
            print(line)
        return 0
    before = chosen.against.read_text().splitlines()
    now = list(lines())
    changed = sorted(set(before) ^ set(now))
    for line in changed:
        print(("- " if line in before else "+ ") + line)
    print(f"{len(now):,} series, {len(changed):,} lines differ")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
