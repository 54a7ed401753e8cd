"""What Minsk gets out of new Chinese loans, the first answer of README: `.venv/bin/python benchmarks/first_answer.py`.

The same futures with and without any new loans from 2017: ranges of the difference that eight futures in ten hold, and
the share of futures in which Belarus is better off without the loans. GDP is real; at current dollars it stands last,
since there its change is mostly that of the exchange rate.
"""

import argparse

import numpy as np

DRAWS, SINCE, UNTIL = 1000, "2017-01", 2030


def main():
    """Simulate both and print."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    import sinobel

    with_loans = sinobel.scenario("baseline")
    without = with_loans.with_change("china.lending_volume", 0.0, start=SINCE, name="no-new-loans")
    years = sinobel.annual(sinobel.compare((with_loans, without), draws=DRAWS))
    gain = years.isel(scenario=0) - years.isel(scenario=1)
    end = gain.sel(year=UNTIL)
    tell(
        "output that projects carry and yield, % of output",
        100 * (end["output_carried_by_projects"] + end["output_gained_by_projects"]),
    )
    tell(f"debt to China in {UNTIL}, USD mn", end["debt_to_china"])
    tell("interest to China, sum, USD mn", gain["interest_to_china"].sum("year"))
    tell("guarantees called, sum, USD mn", gain["guarantees_called"].sum("year"))
    for last in (2021, 2026, UNTIL):
        for name in ("real_gdp", "income_per_head", "absorption_per_head", "gdp"):
            total = gain[name].sel(year=slice(None, last)).sum("year")
            share = 100 * float((total < 0).mean())
            print(f"{name} summed to {last}: higher without the loans in {share:.0f} % of futures")
    for name in ("income_per_head", "absorption_per_head"):
        tell(f"{name}, mean of years to {UNTIL}, USD a head", gain[name].mean("year"))
    tell(f"real GDP in {UNTIL}, USD mn", end["real_gdp"])
    tell(f"GDP at current dollars in {UNTIL}, mostly the exchange rate, USD mn", end["gdp"])


def tell(what, difference):
    """A range of the difference that loans make."""
    low, middle, high = np.quantile(difference, (0.1, 0.5, 0.9))
    below = 100 * float((difference < 0).mean())
    print(f"{what}: {low:,.2f} to {high:,.2f}, middle {middle:,.2f}; below 0 in {below:.0f} % of futures")


if __name__ == "__main__":
    main()
