"""What would it be worth to Belarus if Chinese credit stopped being tied?

The paper says that two-thirds of the money lent return to China as purchases. Here the same futures are simulated with
tied and with untied loans, and the difference is taken future by future: what is common to both cancels out.

    python examples/what_untying_is_worth.py            # prints a table, writes what-untying-is-worth.png
"""

import argparse

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

import sinobel

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("--draws", type=int, default=2000, help="number of futures")
draws = parser.parse_args().draws

pair = sinobel.annual(sinobel.compare(["baseline", "untied-finance"], draws=draws))
change = pair.sel(scenario="untied-finance") - pair.sel(scenario="baseline")  # dims (draw, year), paired

print(f"Untied instead of tied Chinese credit, median and 80 % range of {draws:,} futures, USD mn\n")
for name, what in {
    "tied_imports": "tied imports, a year",
    "imports_from_china": "all imports from China, a year",
    "balance_with_china": "trade balance with China, a year",
    "debt_to_china": "debt to China, end of year",
    "reserves": "reserves, end of year",
}.items():
    low, middle, high = np.quantile(change[name].sel(year=2025), (0.1, 0.5, 0.9))
    print(f"{what:<34} 2025: {middle:>8,.0f}  [{low:,.0f} to {high:,.0f}]")

# The balance improves by less than tied imports fall: some of what was tied is bought from China anyway.
kept = (change["balance_with_china"].sum("year") / -change["tied_imports"].sum("year")).median().item()
print(
    f"\nOf each 100 dollars of tied imports that go, {100 * kept:.0f} improve the balance with China to 2030 (median)."
)

gain = change["balance_with_china"].cumsum("year") / 1000
low, middle, high = gain.quantile((0.1, 0.5, 0.9), dim="draw")
figure, axes = plt.subplots(figsize=(9, 5), layout="constrained")
axes.fill_between(gain["year"], low, high, color="#0072B2", alpha=0.25, linewidth=0, label="80 % of futures")
axes.plot(gain["year"], middle, color="#0072B2", linewidth=2.5, label="median")
axes.axhline(0, color="#5f6368", linewidth=1)
axes.set_title(f"Untying adds {middle[-1]:.1f} USD bn to the balance with China to 2030", loc="left", weight="bold")
axes.set_ylabel("change against tied credit, summed, USD bn")
axes.legend(frameon=False, loc="upper left")
axes.spines[["top", "right"]].set_visible(False)
figure.supxlabel(
    f"sinobel, {draws:,} draws, record to 2016-12; a scenario, not a forecast", fontsize=9, x=0.02, ha="left"
)
figure.savefig("what-untying-is-worth.png", dpi=130)
print("Chart: what-untying-is-worth.png")
