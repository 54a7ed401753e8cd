"""Works that texts name besides paper and record, and how each was checked, from `model/literature.csv`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sinobel.inputs.levers import all_levers
from sinobel.inputs.magnitudes import all_magnitudes
from sinobel.inputs.parameters import all_parameters
from sinobel.inputs.reading import InputError, Problem, model_folder, read_csv, shown

FILE = "literature.csv"
CHECKED: Mapping[str, str] = {
    "claim": "authors, title and what is said of it",
    "title": "authors and title; what is said of it is from memory",
    "memory": "nothing: it is cited from memory",
}
FROM_MEMORY = "cited from memory"
"""What a text says of a work or a fact outside of record and paper that was not looked up, or not found."""


FRAMEWORK = (
    "IMF and World Bank, Debt Sustainability Framework for Low-Income Countries, as in force from 2013, for medium "
    f"policies, {FROM_MEMORY}; Belarus is no low-income country"
)
OF_DEBT = f"after Reinhart and Rogoff 2010 ({FROM_MEMORY}), whose finding is disputed"
OF_RESERVES = f"rule of thumb, as the IMF lists it in Assessing Reserve Adequacy, 2011 ({FROM_MEMORY})"
OF_CHAINS = f"Vehtari, Gelman, Simpson, Carpenter and Bürkner 2021 ({FROM_MEMORY})"
LIMITS: Mapping[str, str] = {
    "thresholds of debt and its service": FRAMEWORK,
    "debt over 60 % of GDP": OF_DEBT,
    "three months of imports": OF_RESERVES,
    "chains that have met": OF_CHAINS,
}
"""Limits that results are held against -> who set them; none comes from record or paper."""


@dataclass(frozen=True)
class Work:
    """A work that texts name.

    Attributes
    ----------
    cited_as : str
        Words by which texts name it.
    work : str
        Authors, year, title and place.
    checked : str
        How far it was found in public catalogs, abstracts and texts; a key of `CHECKED`.
    found : str
        What was found.
    """

    cited_as: str
    work: str
    checked: str
    found: str

    @property
    def from_memory(self) -> bool:
        """Whether what texts say of it is from memory."""
        return self.checked != "claim"


def read_literature(path: Path) -> tuple[Work, ...]:
    """Works of a file.

    Raises
    ------
    InputError
        With every problem found, file and line: a work twice, or checked in a way nobody knows.
    """
    works, problems, seen = [], [], set()
    for row in read_csv(path):
        work = Work(row["cited_as"], row["work"], row["checked"], row["found"])
        works.append(work)
        wrong = []
        if work.checked not in CHECKED:
            wrong.append(f"{work.cited_as}: checked is one of {', '.join(CHECKED)}, not {work.checked!r}")
        if work.cited_as in seen:
            wrong.append(f"{work.cited_as} stands here twice")
        if not work.from_memory and not work.found:
            wrong.append(f"{work.cited_as}: what was found is not told")
        problems += [Problem(message, shown(path), int(row[""])) for message in wrong]
        seen.add(work.cited_as)
    if problems:
        raise InputError(problems)
    return tuple(works)


@cache
def all_works() -> tuple[Work, ...]:
    """The works of the model."""
    return read_literature(model_folder() / FILE)


def named_in(text: str) -> tuple[Work, ...]:
    """Works that a text names."""
    return tuple(work for work in all_works() if work.cited_as in text)


@cache
def texts() -> Mapping[str, str]:
    """Texts that give reasons from outside of record and paper, by the name of what they are about."""
    told = {each.name: each.assumption for each in all_parameters().values()}
    told |= {each.name: each.seen for each in all_levers().values()}
    told |= {
        f"size {each.name}": " ".join((each.reason, each.source, *(one.why for one in each.expectations.values())))
        for each in all_magnitudes().experiments.values()
    }
    return {**told, **LIMITS}


def users(work: Work) -> tuple[str, ...]:
    """Names of the parameters, levers, sizes and limits whose texts name a work."""
    return tuple(name for name, text in texts().items() if work.cited_as in text)


def marked() -> tuple[str, ...]:
    """Names of parameters and levers whose texts say that something is cited from memory."""
    return tuple(name for name, text in texts().items() if FROM_MEMORY in text and name not in LIMITS)


def not_read(works: Iterable[Work]) -> str:
    """Those of some works that are cited from memory, in words; empty where there is none."""
    names = ", ".join(work.cited_as for work in works if work.from_memory)
    return f"Cited from memory: {names}." if names else ""
