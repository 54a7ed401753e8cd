"""Where things with declared state stand in a world: `world.belarus.government` is at "belarus.government"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sinobel.world.agents.banks_and_firms import BanksAndFirms
from sinobel.world.agents.belarus import Belarus
from sinobel.world.agents.belaruskali import Belaruskali
from sinobel.world.agents.china import China
from sinobel.world.agents.council import Council
from sinobel.world.agents.debt_office import DebtOffice
from sinobel.world.agents.exporters import Exporters
from sinobel.world.agents.foreign_owners import ForeignOwners
from sinobel.world.agents.government import Government
from sinobel.world.agents.importers import Importers
from sinobel.world.agents.investors import Investors
from sinobel.world.agents.policy_banks import PolicyBanks
from sinobel.world.agents.potash_buyers import PotashBuyers
from sinobel.world.agents.potash_talks import PotashTalks
from sinobel.world.agents.projects import Projects
from sinobel.world.agents.refineries import Refineries
from sinobel.world.agents.residents import Residents
from sinobel.world.agents.russian_government import RussianGovernment
from sinobel.world.agents.treasury import Treasury
from sinobel.world.agents.uralkali import Uralkali
from sinobel.world.environment import Environment
from sinobel.world.ledger import Ledger
from sinobel.world.state import Declaration, Declared

PLACES: Mapping[str, type[Declared]] = {
    "environment": Environment,
    "money": Ledger,
    "tonnes": Ledger,
    "belarus": Belarus,
    "belarus.government": Government,
    "belarus.government.treasury": Treasury,
    "belarus.government.debt_office": DebtOffice,
    "belarus.banks_and_firms": BanksAndFirms,
    "belarus.belaruskali": Belaruskali,
    "belarus.refineries": Refineries,
    "belarus.foreign_owners": ForeignOwners,
    "belarus.projects": Projects,
    "belarus.exporters": Exporters,
    "belarus.importers": Importers,
    "china": China,
    "china.policy_banks": PolicyBanks,
    "china.potash_buyers": PotashBuyers,
    "china.potash_buyers.talks": PotashTalks,
    "china.investors": Investors,
    "china.residents": Residents,
    "russia.government": RussianGovernment,
    "russia.uralkali": Uralkali,
    "eu.council": Council,
}


def declarations(places: Mapping[str, type[Declared]] = PLACES) -> Iterator[tuple[str, str, Declaration]]:
    """Every piece of state: where it stands, its name and its declaration; parts with what they declare themselves."""
    for place, owner in places.items():
        for name, each in owner.declared.items():
            if each.of is None:
                yield place, name, each
            else:
                yield from declarations({f"{place}.{name}": each.of})
