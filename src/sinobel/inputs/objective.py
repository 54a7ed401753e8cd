"""One objective of a country: what is looked at, which way is better, how it counts, what a point is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from sinobel.inputs.characters import unprintable
from sinobel.inputs.evidence import all_evidence
from sinobel.inputs.indicators import all_indicators
from sinobel.inputs.reading import nearest
from sinobel.inputs.values import in_percent

LONGEST_TEXT = 2000  # characters
Counts = Literal["last year", "mean", "worst year", "cumulative"]
Direction = Literal["higher", "lower"]
CHOICES = {"counts": get_args(Counts), "direction": get_args(Direction)}


class Objective(BaseModel):
    """One thing a country wants: an indicator, which way is better, how it counts, what a point is.

    Its weight is that of every position of the country, in place of what positions say.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)
    name: str
    label: str
    indicator: str
    direction: Direction
    counts: Counts
    scale: float = Field(gt=0)
    scale_from: str
    weight: float | None = Field(default=None, ge=0)
    threshold: float | None = None
    threshold_from: str = ""
    veto: float = Field(default=0.0, ge=0, le=1)
    veto_from: str = ""
    sentence: str = ""
    evidence: tuple[str, ...] = ()
    assumption: str = ""

    @property
    def country(self) -> str:
        """Whose it is: belarus, china, russia or eu."""
        return self.name.partition(".")[0]

    @property
    def short(self) -> str:
        """Its name without that of the country."""
        return self.name.partition(".")[2]

    @property
    def sign(self) -> float:
        """1 where more is better for the country, -1 where less is."""
        return 1.0 if self.direction == "higher" else -1.0

    @property
    def unit(self) -> str:
        """Unit of its scale, its threshold and what is counted."""
        return all_indicators()[self.indicator].yearly_unit

    @property
    def good_enough(self) -> str:
        """The threshold in words; empty without one."""
        if self.threshold is None:
            return ""
        return f"{'at least' if self.direction == 'higher' else 'at most'} {self.threshold:,.6g} {self.unit}"

    def _beyond(self, written: Mapping[str, Any]) -> tuple[str, str] | None:
        """A number of it that the indicator cannot have, with why; None when there is none."""
        known = all_indicators()[self.indicator]
        low, high = known.thresholds
        for key, value, least in (("scale", self.scale, 0.0), ("threshold", self.threshold, low)):
            if value is not None and not least <= value <= high:
                hint = in_percent(value, known.unit, least, high, written.get(key))
                allowed = f"allowed is {least:g} to {high:g} ({self.unit}{hint})"
                return key, f"{key} = {value:g} is outside what {self.indicator} can be; {allowed}"
        return None

    def reasons_against(
        self, *, ran: bool = False, written: Mapping[str, Any] = MappingProxyType({})
    ) -> list[tuple[str, str]]:
        """What keeps it from being defensible, as (key, message).

        Parameters
        ----------
        ran : bool
            It is one of a manifest, perhaps of an older version: its numbers are read whatever they ask for.
        written : Mapping[str, Any]
            Its table as it stands in a file, if it does.
        """
        known = all_indicators()
        texts = {key: value for key, value in self.model_dump().items() if isinstance(value, str)}
        found = [(key, f"{key} {told}") for key, text in texts.items() if (told := unprintable(text, LONGEST_TEXT))]
        if self.indicator not in known:
            message = f"there is no indicator {self.indicator!r}{nearest(self.indicator, known)}"
            found.append(("indicator", message))
        elif self.counts == "cumulative" and known[self.indicator].kind != "flow":
            kind = known[self.indicator].kind
            found.append(("counts", f'"cumulative" is for flows, and {self.indicator} is a {kind}; take "mean"'))
        elif not ran and (why := self._beyond(written)):
            found.append(why)
        found += [
            ("evidence", f"there is no evidence {cited!r}{nearest(cited, all_evidence().ids)}")
            for cited in self.evidence
            if cited not in all_evidence()
        ]
        if not self.evidence and len(self.assumption) < 10:
            found.append(("", "names no evidence, and gives no assumption with a reason"))
        if (self.threshold is None) != (not self.threshold_from):
            found.append(("threshold", '"threshold" and "threshold_from" (where it comes from) go together'))
        if self.veto and not self.veto_from:
            found.append(("veto", '"veto" asks for "veto_from" (where it comes from)'))
        return found
