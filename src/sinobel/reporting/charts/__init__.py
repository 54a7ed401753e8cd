"""Charts: each a function of trajectories or tables that gives a figure."""
