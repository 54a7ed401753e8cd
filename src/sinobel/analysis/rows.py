"""Rows of tables: each kind of row is a frozen dataclass that declares what its columns mean.

A row is a mapping as well, column -> value, so that CSV, pages and workbooks need know no kind of row by name.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any


def column(meaning: str = "", *, listed: str = "", each: str = "", name: str = "") -> Any:
    """A field of a row that is a column.

    Parameters
    ----------
    meaning : str
        What stands in it; empty where a column before tells it too.
    listed : str
        How a dictionary of columns names it, by default the column itself: "p05 … p95".
    each : str
        For a field that holds several columns by a key: their name, with {} for the key.
    name : str
        Of the column, where it is a word that no field can have: "from".
    """
    return dataclasses.field(metadata={"meaning": meaning, "listed": listed, "each": each, "name": name})


class Row(Mapping[str, Any]):
    """What every kind of row is based on; a kind is declared as `@dataclass(frozen=True, eq=False)`."""

    def __getitem__(self, name: str) -> Any:
        own = _plain_columns(type(self)).get(name)
        if own is not None:
            return getattr(self, own)
        for own, each in _keyed_columns(type(self)):
            for key, value in getattr(self, own).items():
                if each.format(key) == name:
                    return value
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        for own, each, called in _columns(type(self)):
            if each:
                yield from (each.format(key) for key in getattr(self, own))
            else:
                yield called

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __or__(self, other: Mapping[str, Any]) -> dict[str, Any]:
        """The row with other columns, as `dict` has it."""
        return {**self, **other}

    def __ror__(self, other: Mapping[str, Any]) -> dict[str, Any]:
        return {**other, **self}


@cache
def _columns(kind: type[Any]) -> tuple[tuple[str, str, str], ...]:
    """The same, remembered."""
    return _declared(kind)


def _declared(kind: type[Any]) -> tuple[tuple[str, str, str], ...]:
    """Fields of a kind of row, the pattern of their columns where they hold several, and the name where it is one."""
    return tuple(
        (field.name, str(field.metadata.get("each", "")), str(field.metadata.get("name") or field.name))
        for field in dataclasses.fields(kind)
    )


@cache
def _plain_columns(kind: type[Any]) -> Mapping[str, str]:
    """Column -> field, of those that hold one."""
    return {called: own for own, each, called in reversed(_declared(kind)) if not each}


@cache
def _keyed_columns(kind: type[Any]) -> tuple[tuple[str, str], ...]:
    """Fields that hold several columns, and the pattern of these."""
    return tuple((own, each) for own, each, _ in _declared(kind) if each)


def meanings(*kinds: type[Any]) -> dict[str, str]:
    """The dictionary of the columns of some kinds of rows, in the order they are declared."""
    dictionary: dict[str, str] = {}
    for kind in kinds:
        for field in dataclasses.fields(kind):
            if field.metadata.get("meaning"):
                named = field.metadata["listed"] or field.metadata["name"] or field.name
                dictionary.setdefault(named, field.metadata["meaning"])
    return dictionary
