"""The world outside on its own record: processes, and how past forecasts by them did."""
