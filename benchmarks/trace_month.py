"""What a month of the model does, operation by operation: `.venv/bin/python benchmarks/trace_month.py SCENARIO`.

Prints, rule by rule, how many operations of which kind a month takes, from the trace that the tests of units make; axes
before the draws stand in brackets. An engine that takes derivatives or runs on another device has to know these.
"""

import argparse
import collections
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main():
    """Trace two months of a scenario after its last change has begun, and count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenario", nargs="?", default="baseline")
    asked = parser.parse_args()
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    from tests.world.units.test_tracing import months_of

    january, february = months_of(asked.scenario)
    for title, operations in (("January, when loans are written up", january), ("a month like any other", february)):
        print(f"{title}: {len(operations):,} operations")
        for owner, own in by_owner(operations).items():
            kinds = collections.Counter(f"{each.name}{shape(each.shape)}" for each in own)
            told = ", ".join(f"{number} {kind}" if number > 1 else kind for kind, number in kinds.items())
            print(f"  {owner.replace('.py.', ': ')} ({len(own)}): {told}")
    names = collections.Counter(each.name for each in february)
    print(f"kinds: {', '.join(f'{name} {number:,}' for name, number in names.most_common())}")


def by_owner(operations):
    """Operations by the rule or method that does them, in the order of the month."""
    found = {}
    for each in operations:
        found.setdefault(each.owner, []).append(each)
    return found


def shape(sizes):
    """A shape in letters: nothing for one number a draw, else all axes but the draws as numbers."""
    return "" if len(sizes) < 2 else f"[{', '.join(map(str, sizes[:-1]))}]"


if __name__ == "__main__":
    main()
