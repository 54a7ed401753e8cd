"""Documents about the model itself."""
