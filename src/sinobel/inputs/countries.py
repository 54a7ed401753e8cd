"""The countries that want something, as files write them and as people call them."""

from __future__ import annotations

from collections.abc import Iterable

from sinobel.inputs.reading import nearest

COUNTRIES = {"belarus": "Belarus", "china": "China", "russia": "Russia", "eu": "European Union"}
"""Countries that have objectives, as files write them and as people read them; the names are those of the ledger."""

CALLED = {
    "belarus": (
        "belorussia",
        "byelorussia",
        "bielorussia",
        "belorus",
        "bielarus",
        "white russia",
        "republic of belarus",
        "rb",
        "by",
        "blr",
        "minsk",
        "беларусь",
        "белоруссия",
        "белорусь",
        "白俄罗斯",
    ),
    "china": (
        "prc",
        "pr china",
        "people's republic of china",
        "mainland china",
        "cn",
        "chn",
        "beijing",
        "китай",
        "中国",
    ),
    "russia": ("russian federation", "rf", "ru", "rus", "moscow", "kremlin", "россия", "俄罗斯"),
    "eu": ("eu27", "eu28", "eu-27", "eu-28", "e.u.", "eec", "europe", "european community", "brussels", "ес", "欧盟"),
}
"""What else countries are called by people and in data."""


def nearest_country(text: object, present: Iterable[str]) -> str:
    """The country that somebody means, as `nearest` says it: other spellings and codes first."""
    plain_name = text.strip().lower().strip("'’ʹ.") if isinstance(text, str) else ""
    for short, others in CALLED.items():
        if short in present and plain_name in (short, *others):
            return f'; did you mean "{short}"?'
    return nearest(text, present)
