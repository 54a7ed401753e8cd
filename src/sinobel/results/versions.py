"""Which program this is, in one line: what somebody needs to know to make the same numbers elsewhere."""

from __future__ import annotations

import platform
from importlib import metadata

from sinobel.inputs.reading import digest, digest_folder, model_folder
from sinobel.version import __version__

MOVES_NUMBERS = (
    *("record/*.csv", "evidence/*.csv", "parameters/*.toml", "posterior/*", "decisions.toml"),
    *("levers.toml", "indicators.toml", "series.toml"),
)
"""Files of `model/` that numbers rest on."""


def line() -> str:
    """Version, engine, Python, and a digest of evidence and parameters.

    Two machines that print the same line give the same numbers for the same request.
    """
    engine = f"engine numpy {_version('numpy')} with Mesa {_version('mesa')}"
    return f"sinobel {__version__}, {engine}, Python {platform.python_version()}, evidence and parameters {of_model()}"


def of_model() -> str:
    """Digest of the record, the evidence, parameters, posterior, levers and indicators that ship."""
    folder = model_folder()
    return digest(*(digest_folder(folder, pattern) for pattern in MOVES_NUMBERS))


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "(not installed)"
