"""What Chinese lenders and contractors earn by loans to Belarus: readings of the books, nobody decides by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.world.guards import TINY, at_least
from sinobel.world.ledger import TIED, UNTIED
from sinobel.world.rules import loan_costs

if TYPE_CHECKING:
    from sinobel.world.agents.belarus import Belarus
    from sinobel.world.agents.policy_banks import PolicyBanks


def principal_of_old_loans(banks: PolicyBanks) -> np.ndarray:
    """Principal paid on loans signed before the origin, USD mn a month: what is put off is put off of every loan."""
    due = banks.principal + banks.rescheduled
    result: np.ndarray = banks.book.due_before * banks.principal / at_least(due, TINY)
    return result


def contractor_rents(banks: PolicyBanks) -> np.ndarray:
    """What suppliers of tied goods earn above the world price, USD mn a month."""
    result: np.ndarray = loan_costs.contractor_rents(tied_goods=banks.tied_goods, markup=banks.parameters.loans.markup)
    return result


def lending_return(banks: PolicyBanks, debtor: Belarus) -> np.ndarray:
    """Interest of Chinese loans less what money costs the banks and the loss they must expect, USD mn a month."""
    p, government, claims = banks.parameters.finance, debtor.government, debtor.world.money.claims
    result: np.ndarray = loan_costs.return_net_of_loss(
        interest=banks.interest + government.treasury.untied_interest,
        owed=claims[TIED] + claims[UNTIED],
        risk=government.risk,
        default=p.default_chance,
        loss=p.loss_of_states,
        money=banks.parameters.loans.money_cost,
    )
    return result
