"""Sentences of our own that reports and pages repeat, from `model/words.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from sinobel.inputs.reading import InputError, Problem, model_folder, read_text, shown

NAMES = ("unidentified",)
"""The sentences that are told somewhere."""


@cache
def all_words() -> Mapping[str, str]:
    """Each sentence by its name, on one line.

    Raises
    ------
    InputError
        When the file is damaged, or a sentence is missing.
    """
    file = model_folder() / "words.toml"
    try:
        content = tomllib.loads(read_text(file))
    except tomllib.TOMLDecodeError as error:
        raise InputError(Problem(f"this is no TOML: {error}", shown(file))) from None
    wrong = [name for name in NAMES if not isinstance(content.get(name), str)]
    if wrong:
        raise InputError([Problem(f"the sentence {name!r} is missing", shown(file)) for name in wrong])
    return {name: " ".join(content[name].split()) for name in NAMES}
