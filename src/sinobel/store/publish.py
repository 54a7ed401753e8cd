"""Giving finished files their place: beside the folder they are made, then moved in one by one, the manifest last.

While a folder of ours is being replaced its marker says so and knows both contents, so a program that is killed in
between leaves a folder that is plainly not finished, in which it still knows what is its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from sinobel.inputs.reading import InputError, Problem, shown
from sinobel.store import kinds
from sinobel.store.files import ANOTHER, disk, flush, write_atomically, write_text
from sinobel.store.ownership import (
    ASIDE,
    CHANGING,
    Marker,
    Owned,
    content_hash,
    files_below,
    is_sealed,
    sealed,
    set_aside,
    set_aside_from,
    write_marker,
)

MANIFEST = "manifest.json"
PAGES = (
    "report.html",
    "brief.html",
)  # tell numbers of the folder; made by commands of their own, so no marker lists them


def publish(made: Path, target: Path, identity: str, *, replace: bool = False, keep: bool = False) -> Path | None:
    """Move every file below one folder into another, and drop what we had made there before.

    Parameters
    ----------
    made : Path
        Folder with the new files, on the same disk.
    identity : str
        Of the request behind them.
    replace : bool
        Move what is not ours and in the way, and a result of another kind, to `NAME.replaced-N` instead of refusing.
    keep : bool
        Files of ours that are not made anew stay.

    Returns
    -------
    Path | None
        Where the user's things went that were in the way, or None.

    Raises
    ------
    InputError
        , with nothing changed, when something of the user's is in the way and `replace` is not set.
    """
    new = {name: (content_hash(made / name),) for name in files_below(made)}
    owned, aside, kind = Owned(target), None, kinds.kind_of(made, new)
    if not replace:
        owned.refuse(new, kind=kind)
    elif owned.is_another(kind) or (
        os.path.lexists(target) and not owned.is_free and owned.marker is None and not keep
    ):
        aside = set_aside(target)
        owned = Owned(target)
    elif foreign := owned.in_the_way(new):
        aside = set_aside_from(target, foreign)
    if not os.path.lexists(target):
        write_marker(made, Marker(identity, new))
        os.rename(made, target)
        flush([target.parent])
        return aside
    _move_in(made, owned, Marker(identity, new), keep=keep)
    return aside


def _move_in(made: Path, owned: Owned, marker: Marker, *, keep: bool) -> None:
    """Replace our files of a folder by new ones; everything else in it is left alone."""
    target, old = owned.folder, owned.ours
    both = dict(old) | {name: (*hashes, *old.get(name, ())) for name, hashes in marker.files.items()}
    write_marker(target, Marker(marker.identity, both, CHANGING))
    stale = [] if keep else [name for name in (*old, *PAGES) if name not in marker.files and owned.is_ours(name)]
    first = [MANIFEST] if MANIFEST in marker.files and owned.is_ours(MANIFEST) else []
    _drop(target, [*first, *stale])
    for name in sorted(marker.files, key=lambda name: (name == MANIFEST, name)):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(made / name, target / name)
    kept = {name: hashes for name, hashes in old.items() if keep and name not in marker.files}
    write_marker(target, Marker(marker.identity, kept | dict(marker.files)))
    flush([target])


def put(target: Path, name: str, text: str, *, replace: bool = False) -> Path | None:
    """Write or replace one text of a folder and note in the marker that it is ours.

    Returns
    -------
    Path | None
        Where the user's file went that was in the way, with `replace`.

    Raises
    ------
    InputError
        When a file of the user has this name and `replace` is not set.
    """
    target.mkdir(parents=True, exist_ok=True)
    owned = Owned(target)
    foreign = owned.in_the_way([name])
    if foreign and not replace:
        owned.refuse([name])
    aside = set_aside_from(target, foreign) if foreign else None
    (target / name).parent.mkdir(parents=True, exist_ok=True)
    write_text(target / name, text)
    marker = owned.marker or Marker("")
    write_marker(target, Marker(marker.identity, {**marker.files, name: (content_hash(target / name),)}, marker.state))
    return aside


def check_page(file: Path, *, replace: bool = False) -> None:
    """Raise InputError when a page cannot be written to a file, or the file is no page of ours and must stay."""
    if file.is_dir() or not file.absolute().parent.is_dir():
        raise InputError(Problem("no file can be written here; name one in a folder that is there", shown(file)))
    if not os.access(file.absolute().parent, os.W_OK):  # said before a page is made, which takes its time
        raise InputError(Problem("this folder cannot be written", shown(file), hint=ANOTHER))
    if not replace and os.path.lexists(file) and not is_sealed(file):
        message = "this file is none of this program's pages, or was changed since"
        ways = f"{ANOTHER}, or {{replace}}, which moves it to {file.name}{ASIDE}1 first"
        raise InputError(Problem(message, shown(file), hint=ways))


def put_page(file: Path, page: str, *, replace: bool = False) -> Path | None:
    """Write a page that says by itself that it is ours, anywhere.

    Returns
    -------
    Path | None
        Where the user's file went that was in the way, with `replace`.
    """
    check_page(file, replace=replace)
    with disk(file):
        aside = set_aside(file) if os.path.lexists(file) and not is_sealed(file) else None
        write_atomically(file, lambda temporary: temporary.write_bytes(sealed(page).encode()))
    return aside


def _drop(folder: Path, names: Iterable[str]) -> None:
    """Delete files of ours, and the folders that are empty without them."""
    for name in names:
        (folder / name).unlink(missing_ok=True)
        for above in PurePosixPath(name).parents[:-1]:
            try:
                (folder / above).rmdir()
            except OSError:  # not empty: somebody else has something there
                break


def is_unfinished(folder: Path) -> bool:
    """True for a folder of ours whose replacement was cut off."""
    marker = Owned(folder).marker
    return marker is not None and marker.state == CHANGING
