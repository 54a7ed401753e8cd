"""Runs: many futures of a request, in blocks and side by side, and what a run is known by."""
