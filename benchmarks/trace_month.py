"""What a month of the model does, operation by operation: `.venv/bin/python benchmarks/trace_month.py SCENARIO`.

Prints, rule by rule, how many operations of which kind a month takes, from the trace that the tests of units make; axes
before the draws stand in brackets. After common parts means: each value once, nothing that parameters, levers or the
calendar alone decide, nothing that neither the next month nor an indicator needs. An
engine that takes derivatives or runs on another device has to know these.
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
    parser.add_argument("--left", action="store_true", help="tell only what is left after common parts")
    asked = parser.parse_args()
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    from tests.world.units.counted import after_common_parts
    from tests.world.units.test_tracing import traced_months

    titles = iter(("January, when loans are written up", "a month like any other"))
    for world, operations in traced_months(asked.scenario):
        left = after_common_parts(world, operations)
        print(f"{next(titles)}: {len(operations):,} operations, {len(left):,} after common parts")
        told = left if asked.left else operations
        for owner, own in by_owner(told).items():
            kinds = collections.Counter(f"{each.name}{shape(each.shape)}" for each in own)
            words = ", ".join(f"{number} {kind}" if number > 1 else kind for kind, number in kinds.items())
            print(f"  {owner.replace('.py.', ': ')} ({len(own)}): {words}")
    names = collections.Counter(each.name for each in told)
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
