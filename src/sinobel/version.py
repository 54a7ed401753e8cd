"""The version, read by everything that writes it down, without importing the package's public names."""

__version__ = "0.4.0"
