"""The option --set: a what-if without a file, wherever a command takes a scenario."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

import typer

from sinobel.policies.scenarios import Scenario

Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="LEVER=VALUE[@FROM..UNTIL]",
        help="What if: china.tied_share=0.4@2018-01..2022-12, 40%, on, x0.5; may be repeated.",
    ),
]


def changed(name: str, settings: Sequence[str] | None, origin: Any) -> str | Scenario:
    """A scenario by name with what --set says; the name itself where it says nothing."""
    from sinobel.policies.scenarios import tried
    from sinobel.policies.what_if import tried as with_settings

    if not settings:
        return name
    (scenario,) = with_settings(tried([name]), settings, origin).whole()
    tell_replaced([scenario])
    return scenario


def words_of(settings: Sequence[str] | None) -> list[str]:
    """The words that ask for the same again."""
    return [word for each in settings or [] for word in ("--set", each)]


def tell_replaced(scenarios: Iterable[Scenario]) -> None:
    """Say what a scenario sets that --set sets anew."""
    from sinobel.inputs.characters import printable
    from sinobel.policies.what_if import NAME

    for scenario in scenarios:
        for told in scenario.replaced if scenario.name == NAME else ():
            typer.echo(f"note: {printable(told)}", err=True)
