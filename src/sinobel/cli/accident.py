"""What is told of an accident: a fault of the program itself, which nobody foresaw.

It writes its log on its own, without the store: the store may be what is broken.
"""

from __future__ import annotations

import os
import platform
import shlex
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path

from sinobel.inputs.characters import printable

SOURCE = Path(__file__).parent.parent


def account(error: Exception, arguments: Sequence[str]) -> str:
    """Write everything about an error into a new file to send, and say in one message what happened and what to do."""
    what = printable(f"{type(error).__name__}{_place(error)}")
    try:
        file = _written(_log(error, arguments))
    except OSError as trouble:
        kept = f"No log could be written ({trouble.strerror or trouble}); please report this line and the command"
    else:
        kept = f"Please report it with the file {printable(file)}, which tells the command and no other settings"
    return (
        f"a fault of sinobel itself stopped the command ({what}). {kept}. What was finished before is kept; the same "
        "command with other options may work"
    )


def _place(error: Exception) -> str:
    """Where in this program an error came from, " in ensemble.py:120"."""
    mine = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(SOURCE)]
    return f" in {Path(mine[-1].filename).relative_to(SOURCE).as_posix()}:{mine[-1].lineno}" if mine else ""


def _written(text: str) -> str:
    """Write a text into a new file among the temporary ones, for its owner alone. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix="sinobel-", suffix=".log")
    with os.fdopen(handle, "wb") as stream:
        stream.write(text.encode("utf-8", "backslashreplace"))
    return name


def _log(error: Exception, arguments: Sequence[str]) -> str:
    """Command, versions and traceback; never the environment, which holds what is nobody's business."""
    lines = ["What sinobel was asked and where it stopped. Look through it before you send it.", ""]
    lines += [f"command   {shlex.join(['sinobel', *arguments])}", f"system    {platform.platform()}"]
    try:
        from sinobel.runs.manifest import versions

        lines += [f"{name:<9} {version}" for name, version in versions().items()]
    except Exception as trouble:  # the reason of the accident may be the reason why they cannot be told
        lines.append(f"versions  unknown ({type(trouble).__name__})")
    return "\n".join([*lines, "", *traceback.format_exception(error)])
