"""Studies that run ensembles and hand the results to analysis."""
