"""The one door to HDF5 and netCDF files: what a file holds is looked at before any of its values is read.

HDF5 can do more than hold numbers: a dataset may stand in another file of the reader's disk, be a link, name a library
that unpacks it, or declare a billion values in a few bytes. We write plain arrays of numbers and texts; whatever else a
file holds is refused, and so is a size that the bytes of the file cannot bear.
"""

from __future__ import annotations

import math
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MOST_OBJECTS = 1_000
"""Groups and datasets of a file; ours have about 200."""
DEEPEST = 1
"""Groups below the root: `posterior` and `prior`."""
MOST_ATTRIBUTES = 64
MOST_DIMENSIONS = 8
MOST_TEXTS = 10_000
"""Texts in a dataset of texts: names of scenarios."""
MOST_CHUNKS = 100_000
UNPACKED, FREE = 100, 1 << 20
"""A file may declare so many times its own bytes, and this much more: our numbers pack to a half of their bytes."""


class Refused(ValueError):
    """What keeps a file from being read, in words for `this file is damaged (…)`."""


def is_cut_off(error: Exception) -> bool:
    """True for what the library says of a file that ends too soon, or that is no HDF5 file at all."""
    return isinstance(error, OSError) and any(each in str(error) for each in ("truncated file", "signature not found"))


@contextmanager
def opened(path: Path, most: Mapping[str, int] | None = None) -> Iterator[Any]:
    """A file whose content is plain and whose sizes are plausible, as an open `h5py.File`.

    Parameters
    ----------
    most : Mapping[str, int] | None
        Longest length of datasets of the root by name, such as {"draw": 2000}.

    Raises
    ------
    Refused
        For anything else, OSError for what is no HDF5 file.
    """
    import h5py

    about = path.stat()
    if not stat.S_ISREG(about.st_mode):
        raise Refused("it is no regular file")
    with h5py.File(path, "r") as file:
        _Inspection(about.st_size, most or {}).of_file(file)
        yield file


def text_of(holder: Any, name: str) -> str:
    """A text attribute of a file or group that went through `opened`.

    Raises
    ------
    KeyError, Refused
        When it is no text.
    """
    value = holder.attrs[name]
    if not isinstance(value, str):
        raise Refused(f"its attribute {name} is no text")
    return value


class _Inspection:
    """Walks through a file and adds up what it declares; of its datasets only texts are read, one by one.

    size  bytes of the file
    most  longest length of datasets of one axis by name
    """

    def __init__(self, size: int, most: Mapping[str, int]):
        self.size, self.most = size, most
        self.seen: set[int] = set()  # addresses of groups and datasets
        self.declared = self.stored = self.texts = 0  # bytes

    def of_file(self, file: Any) -> None:
        """Raises Refused for what we never write, and for more than the bytes of the file can bear."""
        self._group(file.id, "", 0)
        if self.stored > self.size:
            raise Refused("its datasets share their bytes")
        if self.declared > UNPACKED * self.size + FREE:
            raise Refused(
                f"it declares {self.declared / 1e6:,.0f} MB of numbers, more than its {self.size:,} bytes can hold"
            )

    def _group(self, group: Any, name: str, depth: int) -> None:
        from h5py import h5d, h5g, h5l, h5o

        self._once(group, name or "the file")
        if group.get_num_objs() > MOST_OBJECTS:
            raise Refused(f"it holds more than {MOST_OBJECTS:,} datasets")
        for key in group:
            path = f"{name}/{key.decode(errors='backslashreplace')}".lstrip("/")
            if group.links.get_info(key).type != h5l.TYPE_HARD:
                raise Refused(f"{path} is a link to another place; links are not followed")
            found = h5o.open(group, key)
            if isinstance(found, h5g.GroupID):
                if depth >= DEEPEST:
                    raise Refused("its groups are nested too deeply")
                self._group(found, path, depth + 1)
            elif isinstance(found, h5d.DatasetID):
                self._dataset(found, path)
            else:
                raise Refused(f"{path} is neither a group nor a dataset")

    def _once(self, found: Any, name: str) -> None:
        from h5py import h5o

        about = h5o.get_info(found)
        if about.addr in self.seen:
            raise Refused(f"{name} stands in it twice")
        self.seen.add(about.addr)
        if len(self.seen) > MOST_OBJECTS:
            raise Refused(f"it holds more than {MOST_OBJECTS:,} datasets")
        if about.num_attrs > MOST_ATTRIBUTES:
            raise Refused(f"{name} has more than {MOST_ATTRIBUTES} attributes")
        self._attributes(found, name)

    def _attributes(self, found: Any, name: str) -> None:
        from h5py import AttributeManager, Group, h5a, h5d, h5t
        from h5py import Dataset as Wrapped

        values = AttributeManager(Wrapped(found) if isinstance(found, h5d.DatasetID) else Group(found))
        for place in range(h5a.get_num_attrs(found)):
            attribute = h5a.open(found, index=place)
            kind, key = attribute.get_type(), attribute.name.decode(errors="backslashreplace")
            count = math.prod(attribute.shape)
            if key == "REFERENCE_LIST":  # read by nobody
                continue
            if len(attribute.shape) > 1 or count > MOST_ATTRIBUTES or count * kind.get_size() > self.size:
                raise Refused(f"attribute {key} of {name} is too large")
            if key == "DIMENSION_LIST" and kind.get_class() == h5t.VLEN:
                if any(len(dimension) != 1 for dimension in values[key]):
                    raise Refused(f"{name} has an axis of several dimensions")
            elif kind.get_class() == h5t.STRING:
                self._text(values[key])
            elif kind.get_class() not in (h5t.INTEGER, h5t.FLOAT):
                raise Refused(f"attribute {key} of {name} is neither a number nor a text")

    def _text(self, value: Any) -> None:
        """Add up texts as they are read: many may stand for the same bytes of the file."""
        for each in [value] if isinstance(value, str | bytes) else list(getattr(value, "flat", [])):
            self.texts += len(each)
        if self.texts > self.size:
            raise Refused("its texts share their bytes")

    def _dataset(self, dataset: Any, name: str) -> None:
        from h5py import h5d, h5t, h5z

        self._once(dataset, name)
        made = dataset.get_create_plist()
        if made.get_layout() not in (h5d.COMPACT, h5d.CONTIGUOUS, h5d.CHUNKED):
            raise Refused(f"{name} is put together from other datasets")
        if made.get_external_count():
            raise Refused(f"the values of {name} stand in another file")
        plain = (h5z.FILTER_DEFLATE, h5z.FILTER_SHUFFLE, h5z.FILTER_FLETCHER32)
        if any(made.get_filter(place)[0] not in plain for place in range(made.get_nfilters())):
            raise Refused(f"{name} is packed in a way that is not ours")
        shape, kind = dataset.shape, dataset.get_type()
        if shape is None or len(shape) > MOST_DIMENSIONS:
            raise Refused(f"{name} is no array of at most {MOST_DIMENSIONS} dimensions")
        if len(shape) == 1 and shape[0] > self.most.get(name, shape[0]):
            raise Refused(f"{name} has {shape[0]:,} values, {self.most[name]:,} were asked for")
        size, stored = math.prod(shape) * kind.get_size(), dataset.get_storage_size()
        self.declared, self.stored = self.declared + size, self.stored + stored
        if made.get_layout() == h5d.CHUNKED:
            self._chunks(shape, made.get_chunk(), kind.get_size(), name)
        if not _is_plain(kind):
            raise Refused(f"{name} holds neither numbers nor texts")
        if kind.get_class() == h5t.STRING and kind.is_variable_str():
            self._texts_of(dataset, math.prod(shape), name)

    def _chunks(self, shape: tuple[int, ...], chunk: tuple[int, ...], width: int, name: str) -> None:
        """A chunk is unpacked whole even when one value of it is asked for."""
        count = math.prod(math.ceil(length / part) for length, part in zip(shape, chunk, strict=True))
        if count > MOST_CHUNKS or math.prod(chunk) * width > UNPACKED * self.size + FREE:
            raise Refused(f"{name} is cut into pieces of an unlikely size")

    def _texts_of(self, dataset: Any, count: int, name: str) -> None:
        import numpy as np
        from h5py import Dataset as Wrapped

        if count > MOST_TEXTS:
            raise Refused(f"{name} holds {count:,} texts; at most {MOST_TEXTS:,} are read")
        content = Wrapped(dataset)
        for place in np.ndindex(dataset.shape):
            self._text(content[place])


def _is_plain(kind: Any) -> bool:
    """True for the whole and floating-point numbers of every machine, and for texts."""
    from h5py import h5t

    numbers = ("IEEE_F32", "IEEE_F64", "STD_I8", "STD_I16", "STD_I32", "STD_I64", "STD_U8", "STD_U16", "STD_U32")
    known = [getattr(h5t, f"{name}{order}") for name in numbers for order in ("LE", "BE")]
    return kind.get_class() == h5t.STRING or any(kind.equal(each) for each in known)
