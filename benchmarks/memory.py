"""Memory of runs in Python: peak of a fresh process, and how it grows with draws against what is kept of them.

    python benchmarks/memory.py

The memory of a run is that of a block plus what is kept: so from 6,000 draws to more of them the peak should grow by
the bytes that are kept of the draws that came on top, a ratio of 1.
"""

from __future__ import annotations

import json
import subprocess
import sys

SCENARIOS = ["baseline", "untied-finance", "russian-squeeze"]
MOST = 900
"""MB that three scenarios of 6,000 draws may take with their years."""
ASKED = (
    ("import alone", 0, ""),
    ("years", 6000, "years"),
    ("years", 12000, "years"),
    ("bands", 6000, "bands"),
    ("months", 6000, "months"),
)
WORK = """
import json, resource, sys
import sinobel
draws, keep = int(sys.argv[1]), sys.argv[2]
size = 0
if draws:
    results = sinobel.compare({scenarios!r}, draws=draws, keep=keep)
    size = sum(each.nbytes for each in results.data_vars.values())
else:
    sinobel.run("baseline", draws=1, horizon="2017-12")
print(json.dumps([resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, size]))
"""


def peak(draws: int, keep: str) -> tuple[int, int]:
    """Bytes of the peak of a process that compares, and of what it holds at the end."""
    words = [sys.executable, "-c", WORK.format(scenarios=SCENARIOS), str(draws), keep]
    found = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
    return int(found[0]), int(found[1])


def main() -> None:
    """Measure and print."""
    found = {}
    print(f"{'kept':14} {'draws':>7} {'peak, MB':>9} {'kept, MB':>9}")
    for name, draws, keep in ASKED:
        most, held = found[keep, draws] = peak(draws, keep)
        print(f"{name:14} {draws:7,} {most / 1e6:9,.0f} {held / 1e6:9,.0f}", flush=True)
    small, large = found["years", 6000], found["years", 12000]
    print(f"growth of the peak over growth of what is kept: {(large[0] - small[0]) / (large[1] - small[1]):.2f}")
    print(f"months over years, peak: {found['months', 6000][0] / small[0]:.2f}")
    print(f"years of 6,000 draws under {MOST} MB: {'yes' if small[0] < MOST * 1e6 else 'no'}")


if __name__ == "__main__":
    main()
