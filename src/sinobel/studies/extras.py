"""Libraries that only some studies need."""

from __future__ import annotations

from importlib.util import find_spec

from sinobel.inputs.reading import InputError


def need(module: str, study: str) -> None:
    """Refuse a study whose library is not installed.

    Raises
    ------
    InputError
        That says how to get it.
    """
    if find_spec(module) is None:
        raise InputError(f"{study} needs the extra `analysis`: pip install 'sinobel[analysis]' ({module} is missing)")
