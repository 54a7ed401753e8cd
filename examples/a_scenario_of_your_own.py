"""Write a scenario in Python, compare it with two that ship with the project, and save what came out.

The question: China ties only 40 % of its credit from 2018, and Minsk stops state guarantees for it in those futures in
which public external debt exceeds 40 % of GDP. Does that do as much for the debt as it does for the balance?

    python examples/a_scenario_of_your_own.py           # prints a table, writes own-scenario.nc and own-scenario.csv
"""

import argparse

import sinobel

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("--draws", type=int, default=1000, help="number of futures")
draws = parser.parse_args().draws

# A lever that does not exist, a value outside its range or a date outside the run ends here, with what is allowed.
mine = (
    sinobel.scenario("baseline")
    .with_change("china.tied_share", 0.4, start="2018-01", why="half-way to the untied credit of the 2016 summit")
    .with_change(
        "belarus.guarantee_stop",
        True,
        start="2018-01",
        when={"indicator": "debt_to_gdp", "above": 0.40},  # looked at future by future, month by month
        why="no further contingent debt while debt is high",
        name="prudent and half untied",
    )
)

monthly = sinobel.compare(["baseline", mine, "untied-finance"], draws=draws)
yearly = sinobel.annual(monthly)  # flows summed, stocks in December, prices averaged

base = yearly.sel(scenario="baseline")
print(
    f"Change against the baseline in 2030, median of {draws:,} paired futures; share of futures in which it is higher\n"
)
for name in ("balance_with_china", "debt_to_china", "external_public_debt", "gdp"):
    for scenario in yearly["scenario"].values[1:]:
        change = (yearly[name].sel(scenario=scenario) - base[name]).sel(year=2030)
        higher = 100 * (change > 0).mean().item()
        print(f"{name:<22}{scenario:<26}{change.median().item():>9,.0f} {yearly[name].units:<16}{higher:>4.0f} %")

# Units, sources and the manifest that makes the numbers again travel inside the netCDF file:
# `sinobel explain own-scenario.nc` reads it, `sinobel rerun own-scenario.nc` makes the numbers again.
yearly.to_netcdf("own-scenario.nc", engine="h5netcdf")
table = yearly.quantile((0.1, 0.5, 0.9), dim="draw").to_dataframe()
table.to_csv("own-scenario.csv", float_format="%.6g")
print("\nSaved: own-scenario.nc (every future), own-scenario.csv (median and 80 % range)")
