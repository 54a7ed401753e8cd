"""What a file that is no text in UTF-8 seems to be, so that a message can say how to save it."""

from __future__ import annotations

import codecs

_MARKS = (  # the longer first: UTF-32 begins as UTF-16 does
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_CONTAINERS = {
    b"PK\x03\x04": "a workbook, document or other archive",
    b"%PDF": "a PDF",
    b"\x89HDF": "a results file (netCDF)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"\xd0\xcf\x11\xe0": "an old Office document",
}
LOOKED_AT = 20_000
"""Bytes that are looked at: of the beginning, and around the first letter that is no UTF-8."""
_HIGH = bytes(range(0x80, 0x100))


def why_no_text(data: bytes) -> tuple[str, int] | None:
    """Why some bytes are no text in UTF-8, what they seem to be instead, and on which line; None where they are."""
    for start, name in _CONTAINERS.items():
        if data.startswith(start):
            return f"this is {name}, not a text file", 1
    if name := _wide(data):
        return _sentence(name), 1
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _sentence(_narrow(_around(data, error.start))), data[: error.start].count(b"\n") + 1
    return None


def _sentence(name: str) -> str:
    seems = f"; it seems to be {name}" if name else ""
    return f"this is not a text file in UTF-8{seems}: save it as UTF-8"


def _wide(data: bytes) -> str:
    """A code of two or four bytes a letter, by its mark or by its zeros; empty for none."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    start = data[:LOOKED_AT]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if even + odd < 4:  # somebody's zero in a text
        return ""
    if even + odd > 0.6 * len(start):
        return "UTF-32"
    return "UTF-16" if max(even, odd) > 0.1 * len(start) and min(even, odd) == 0 else ""


def _around(data: bytes, place: int) -> bytes:
    """The bytes around a place; a letter of several bytes that the cut would part is left out."""
    start, end = max(0, place - LOOKED_AT // 2), place + LOOKED_AT // 2
    before, after = data[start:place], data[place:end]
    return (before.lstrip(_HIGH) if start else before) + (after.rstrip(_HIGH) or after if end < len(data) else after)


def _narrow(data: bytes) -> str:
    """A code of one byte a letter, or of two for Chinese, by what its letters would be; empty where nothing fits."""
    high = [byte for byte in data if byte >= 0x80]
    runs = [len(run) for run in bytes(byte if byte >= 0x80 else 32 for byte in data).split()]
    if all(0x81 <= byte <= 0xFE for byte in high) and all(run % 2 == 0 for run in runs) and _is_chinese(data):
        return "GBK (Chinese)"
    if not runs:
        return ""
    if len(high) / len(runs) < 2:  # accents among plain letters
        return "Windows-1252 (Western European)"
    if len(high) < 4:  # too few to tell
        return ""
    upper, lower = (sum(low <= byte <= low + 31 for byte in high) for low in (0xC0, 0xE0))
    if upper + lower > 0.7 * len(high):
        return "KOI8-R (Cyrillic)" if upper > lower else "Windows-1251 (Cyrillic)"
    in_dos = sum(0x80 <= byte <= 0xAF or 0xE0 <= byte <= 0xEF for byte in high)
    return "CP866 (Cyrillic of DOS)" if in_dos > 0.9 * len(high) else ""


def _is_chinese(data: bytes) -> bool:
    """Whether most letters outside ASCII are among the 3,755 common ones, which GBK keeps at B0 to D7."""
    pairs = bytes(byte for byte in data if byte >= 0x80)
    return sum(0xB0 <= first <= 0xD7 for first in pairs[::2]) > 0.6 * len(pairs[::2])
