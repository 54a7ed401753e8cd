"""The record's settlements of the potash price with China, one by one: price over spot, wait, and who settled first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sinobel.inputs import months
from sinobel.inputs.evidence import Evidence
from sinobel.inputs.loans_and_contracts import Contract

SELLERS = {"BPC": "belaruskali", "Uralkali": "uralkali", "Canpotex": "canpotex"}
"""Houses of the record -> the seller of the model: the Belarusian Potash Company counts once, whomever it sold for."""


CLOSED = ("F037",)
"""Events of the paper in which China closed its potash market; the value of each is its year."""


@dataclass(frozen=True)
class Settlement:
    """One settlement, beside the contract before it.

    Attributes
    ----------
    settled : int
        Month number.
    price : float
        USD/t CFR; spot in that month is None where it is not recorded, and so is the price of the contract before.
    waited : int
        Months without a contract by then; 0 where it was settled before the old contract had ended.
    led_by : Mapping[str, float]
        Seller -> its part in having settled first, in equal parts on one day; empty where that is not known.
    """

    settled: int
    price: float
    spot: float | None
    before: float | None
    waited: int
    led_by: Mapping[str, float]
    confidence: str

    @property
    def year(self) -> int:
        """Calendar year in which it was settled."""
        return months.year(self.settled)


def settlements(contracts: Sequence[Contract]) -> tuple[Settlement, ...]:
    """All settlements in the order of their months."""
    return tuple(_settlements(sorted(contracts, key=lambda each: each.settled)))


def _settlements(contracts: Sequence[Contract]) -> Iterator[Settlement]:
    for place, each in enumerate(contracts):
        before = contracts[place - 1] if place else None
        yield Settlement(
            each.settled,
            each.price,
            spot=each.spot,
            before=before.price if before else None,
            waited=max(each.settled - before.valid_until, 0) if before else 0,
            led_by=led_by(each.first_settler),
            confidence=each.confidence,
        )


def led_by(first_settler: str) -> dict[str, float]:
    """Seller -> its part in having settled first, from the record's words: "BPC/Canpotex same day" is a half each."""
    named = [seller for house, seller in SELLERS.items() if house in first_settler]
    return {seller: 1 / len(named) for seller in named}


def closures(evidence: Evidence) -> tuple[int, ...]:
    """Years in which China closed its potash market, as the paper tells them."""
    return tuple(int(evidence.cite(name).details["value"]) for name in CLOSED)
