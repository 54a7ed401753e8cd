"""All of the world that an agent sees: calendar, levers, chance, books, and what other countries show of themselves.

Agents and the environment are typed against this page instead of the world, so that none of them knows what it stands
in. Inside a country, institutions know each other; across a border they see what stands here and no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from sinobel.world.arrays import Draws, Flags, Number

if TYPE_CHECKING:
    from sinobel.inputs.evidence import KnownRecord
    from sinobel.policies.lever_path import LeverBoard
    from sinobel.world.agents.project_choice import Offer
    from sinobel.world.draws import ParameterDraws
    from sinobel.world.ledger import Ledger
    from sinobel.world.shocks import Shocks


class Surroundings(Protocol):
    """The world as an agent sees it; months are month numbers."""

    origin: int
    horizon: int
    month: int
    draws: int
    parameters: ParameterDraws
    shocks: Shocks
    known: KnownRecord
    board: LeverBoard
    opening_board: LeverBoard
    money: Ledger
    tonnes: Ledger

    @property
    def environment(self) -> SeenEnvironment:
        """World prices and growth."""

    @property
    def belarus(self) -> SeenBelarus:
        """What other countries see of Belarus."""

    @property
    def china(self) -> SeenChina:
        """What other countries see of China."""

    @property
    def russia(self) -> SeenRussia:
        """What other countries see of Russia."""

    @property
    def eu(self) -> SeenUnion:
        """What other countries see of the European Union."""

    @property
    def lost_subsidy(self) -> Draws:
        """Share of the Russian energy subsidy that is gone."""

    def full(self, value: Number) -> Draws:
        """An array over draws that holds a number."""

    def shock(self, name: str) -> Draws:
        """Standard normal shock of a decision this month."""

    def heavy_shock(self, name: str) -> Draws:
        """Shock with fat tails of a decision this month: Student's t with 4 degrees of freedom."""

    def chance(self, name: str) -> Draws:
        """Number between 0 and 1 of a decision this month."""

    def yearly_normal(self, name: str) -> Draws:
        """Standard normal shock of a decision that is taken once a year."""

    def yearly_chance(self, name: str) -> Draws:
        """Number between 0 and 1 of a decision that is taken once a year."""


class SeenEnvironment(Protocol):
    """World prices and growth, and the spot market for potash."""

    months: int
    price_level: Draws
    russia_growth: Draws
    china_growth: Draws
    eu_growth: Draws
    oil: Draws
    base_oil: Draws
    oil_mean: Draws
    oil_change: Draws
    spot: Draws
    price_rise: Draws
    demand: Draws
    tightness: Draws
    answer: Draws

    @property
    def ahead(self) -> Draws:
        """How far spot has to go to where it would come to rest if nobody held back supply, log."""

    @property
    def years(self) -> float:
        """Years since the origin."""

    @property
    def real_oil(self) -> Draws:
        """Price of Brent in dollars of the origin."""

    @property
    def earlier_crops(self) -> Draws:
        """Crop price index of half a year ago, which demand for potash answers."""

    @property
    def new_mine(self) -> Draws:
        """Output the Nezhinsky mine can add, kt a month."""


# --- Belarus ---


class SeenBelarus(Protocol):
    """Belarus from abroad."""

    gdp: Draws

    @property
    def government(self) -> SeenGovernment:
        """Its government."""

    @property
    def belaruskali(self) -> SeenBelaruskali:
        """Its potash producer."""


class SeenGovernment(Protocol):
    """The government of Belarus from abroad."""

    reform: Draws
    risk: Draws
    arrears: Draws

    @property
    def service_average(self) -> Draws:
        """Debt service, moving average over a year."""

    def accept(self, tied_share: Draws) -> Draws:
        """Share of a Chinese offer it signs."""

    def choose(self, offer: Offer) -> Draws:
        """Candidate projects that it signs, over those of usual years."""


class SeenBelaruskali(Protocol):
    """The producer as its customers see it."""

    shipped: Draws
    market_share: Draws
    sales_share: Draws

    @property
    def blocked(self) -> Draws:
        """Capacity that cannot deliver, kt a month."""

    @property
    def cash_cost(self) -> Draws:
        """At the port, USD per tonne."""

    @property
    def freight(self) -> Draws:
        """To China, USD per tonne."""

    @property
    def freight_elsewhere(self) -> Draws:
        """To other markets, USD per tonne."""

    @property
    def duty(self) -> float | Draws:
        """On exports of potash, USD per tonne."""

    @property
    def pressure(self) -> Draws:
        """How much more than usual a month without a contract weighs."""


# --- China ---


class SeenChina(Protocol):
    """China from abroad."""

    account: str
    partnership_change: Draws

    @property
    def money_weight(self) -> Draws:
        """Chinese money of a year over GDP, 0 to 1."""

    @property
    def policy_banks(self) -> SeenPolicyBanks:
        """Its lenders."""

    @property
    def potash_buyers(self) -> SeenPotashBuyers:
        """Its buyers of potash."""

    @property
    def residents(self) -> SeenResidents:
        """Firms in the park."""

    @property
    def investors(self) -> SeenInvestors:
        """Its investors."""


class SeenPolicyBanks(Protocol):
    """The policy banks as their borrower sees them."""

    interest: Draws
    principal: Draws
    rescheduled: Draws
    guaranteed: Draws
    called: Draws
    release: Draws
    willing: Draws
    tied_goods: Draws

    @property
    def tied_paid(self) -> Draws:
        """Paid out this month for tied goods."""

    @property
    def undrawn(self) -> Draws:
        """Signed, neither drawn nor lapsed."""

    @property
    def working(self) -> tuple[Draws, Draws]:
        """What projects that work yield in a month when well spent, and their power plants, USD mn."""

    @property
    def capital(self) -> Draws:
        """Capital of projects that work, USD mn."""

    def usual_lending(self) -> tuple[tuple[Draws, Draws, Draws], ...]:
        """At the origin: what a dollar of new loans comes to on average, what is undrawn of old ones, what stands."""

    def expected(self, amounts: tuple[Draws, ...]) -> tuple[Draws, Draws, Draws]:
        """What amounts by sector that no loan pays for build, yield and are of power plants, by the year's odds."""

    def share_of_mine(self, planned: Draws) -> Draws:
        """Share of the planned Nezhinsky mine that the loans for it pay for."""

    def line_available(self) -> Draws:
        """Untied credit that can be drawn this month."""

    def lend_untied(self, amount: Draws) -> None:
        """Enter what was borrowed of them without ties."""

    def collect_untied(self, interest: Draws, principal: Draws) -> None:
        """What has been paid on untied credit this month."""


class SeenPotashBuyers(Protocol):
    """The buyers as the seller sees them."""

    contract_price: Draws
    has_contract: Flags
    months_waited: Draws
    closed: Flags
    needed: Draws
    wanted: Draws
    let_in: Draws

    @property
    def talks(self) -> SeenTalks:
        """The table where contracts are made."""


class SeenTalks(Protocol):
    """The talks over a contract as the seller sees them."""

    begun: Flags
    led: Flags
    benchmark: Draws


class SeenInvestors(Protocol):
    """Chinese investment as Belarus sees it."""

    outside: Draws
    fdi: Draws
    instead_of_loans: Draws
    arranged: Draws


class SeenResidents(Protocol):
    """Residents of the park as Belarus sees them."""

    settling: Draws
    usually: Draws

    def sell(self, capital: Draws) -> tuple[Draws, Draws]:
        """What capital of the park sells more than a year ago, to the Union and to Russia."""


# --- Russia and the European Union ---


class SeenRussia(Protocol):
    """Russia from abroad."""

    @property
    def government(self) -> SeenRussianGovernment:
        """Its government."""

    @property
    def uralkali(self) -> SeenUralkali:
        """The other producer of the cartel."""


class SeenRussianGovernment(Protocol):
    """The Russian government from abroad."""

    base_subsidy: Draws
    full_subsidy: Draws
    subsidy: Draws
    tension: Draws
    lending: Draws
    rate: Draws

    def bid(self, room: Draws, size: Draws) -> None:
        """First offer of the year, as far as what Russia holds leaves room, to a borrower of some size."""

    def bid_again(self, rival: Draws) -> tuple[Draws, Draws]:
        """Second offer, after the best rival's: what it grows by, and what its rate falls by."""


class SeenUralkali(Protocol):
    """Uralkali as its partner sees it."""

    cartel: Draws
    was_broken: Draws
    withheld: Draws


class SeenUnion(Protocol):
    """The European Union from abroad."""

    @property
    def sanctions(self) -> Draws:
        """0 none, 1 political, 2 extended."""

    @property
    def access(self) -> Draws:
        """Access of Belarus, 0 to 1."""

    @property
    def access_change(self) -> Draws:
        """Change of access last month."""

    @property
    def opening_access(self) -> Draws:
        """Access at the origin."""
