"""Policies: what is asked. Scenarios, their changes, the conditions these wait for, and paths of levers."""
