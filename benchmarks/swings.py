"""How much trade and dollar GDP swing from year to year, and how far together: in the record and in futures.

    python benchmarks/swings.py                        origins of 2009 and 2016, 300 futures of the wide prior
    python benchmarks/swings.py --origins 2012 --years 4 --parameters posterior

Of each future the standard deviation of yearly changes of logarithms is taken, and the median over futures shown; the
first change is that from the recorded year of the origin. So short a span holds less than a long one: beside the record
of 1995-2016 stands the median of its spans of the same length. Correlations are those of each future, likewise; the
spread of exports to the EU in the last line is that over futures after 14 years. No score is looked at.
"""

import argparse

import numpy as np

SERIES = {
    "gdp": "gdp_usd.BLR",
    "total_imports": "imports.BLR.WLD",
    "total_exports": "exports.BLR.WLD",
    "imports_from_russia": "imports.BLR.RUS",
    "exports_to_russia": "exports.BLR.RUS",
    "exports_to_eu": "exports.BLR.EU",
    "oil_price": "oil_price_brent",
}
PAIRS = (
    ("total_imports", "total_exports"),
    ("total_imports", "gdp"),
    ("total_exports", "gdp"),
    ("exports_to_russia", "exports_to_eu"),
    ("total_imports", "oil_price"),
    ("total_exports", "oil_price"),
    ("gdp", "oil_price"),
)
FIRST, LAST = 1995, 2016
LONG = 14


def changes_of_record():
    """Name -> yearly changes of logarithms, 1996 to 2016."""
    from sinobel.inputs.evidence import all_evidence

    known = all_evidence().record.known_at(12 * LAST + 11)
    return {
        name: np.diff(np.log([known.value(series, year) for year in range(FIRST, LAST + 1)]))
        for name, series in SERIES.items()
    }


def futures(origin, years, chosen):
    """Name -> yearly values of logarithms (years, draws), the recorded year of the origin first."""
    from sinobel.inputs.evidence import all_evidence
    from sinobel.policies import scenarios
    from sinobel.runs import ensemble
    from sinobel.runs.request import Request
    from sinobel.runs.trajectories import to_years

    known = all_evidence().record.known_at(12 * origin + 11)
    policy, horizon = scenarios.load("baseline"), f"{origin + years}-12"
    request = Request(
        (policy,), chosen.draws, chosen.seed, f"{origin}-12", horizon, tuple(SERIES), parameters=chosen.parameters
    )
    (months,) = ensemble.run_in_memory(request)
    simulated = to_years(request.recorded, months)
    return {
        name: np.log(np.vstack([np.full(chosen.draws, known.value(series, origin)), simulated[name]]))
        for name, series in SERIES.items()
    }


def spread(changes):
    """Standard deviation over years, of each future."""
    return np.std(changes, axis=0, ddof=1)


def together(one, other):
    """Correlation over years, of each future."""
    one, other = (each - each.mean(axis=0) for each in (one, other))
    return (one * other).sum(axis=0) / np.sqrt((one**2).sum(axis=0) * (other**2).sum(axis=0))


def table(changes):
    """Rows of a table: medians over futures of spreads, then of correlations."""
    rows = {name: float(np.median(spread(each))) for name, each in changes.items()}
    return rows | {f"{a} with {b}": float(np.median(together(changes[a], changes[b]))) for a, b in PAIRS}


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--origins", type=int, nargs="+", default=[2009, 2016])
    parser.add_argument("--years", type=int, default=7)
    parser.add_argument("--draws", type=int, default=300)
    parser.add_argument("--seed", type=int, default=2017)
    parser.add_argument("--parameters", default="wide prior", help="or posterior")
    chosen = parser.parse_args()
    record = changes_of_record()
    whole = {name: each[:, None] for name, each in record.items()}
    spans = {name: np.lib.stride_tricks.sliding_window_view(each, chosen.years).T for name, each in record.items()}
    columns = {"1995-2016": table(whole), "its spans": table(spans)}
    eu = {}
    for origin in chosen.origins:
        logs = futures(origin, max(chosen.years, LONG), chosen)
        eu[origin] = float(np.std(logs["exports_to_eu"][LONG]))
        changes = {name: np.diff(each[: chosen.years + 1], axis=0) for name, each in logs.items()}
        columns[str(origin)] = table(changes)
    print(f"{'':36}" + "".join(f"{name:>11}" for name in columns))
    for row in columns["1995-2016"]:
        print(
            f"{row:36}"
            + "".join(f"{column[row]:11.2f}" if " " in row else f"{column[row]:11.3f}" for column in columns.values())
        )
    print(f"{f'exports_to_eu, spread after {LONG} years':58}" + "".join(f"{each:11.3f}" for each in eu.values()))


if __name__ == "__main__":
    main()
