"""The Chinese policy banks: how much they lend, on what terms, what comes back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from sinobel.inputs import months
from sinobel.inputs.loans_and_contracts import INSTRUMENTS, SECTORS, SLOTS
from sinobel.policies import event_path, events
from sinobel.world.agents import project_choice
from sinobel.world.agents.country import Institution
from sinobel.world.agents.loan_book import LINE, PROJECT, LoanBook
from sinobel.world.agents.loan_terms import Terms
from sinobel.world.agents.project_choice import Credit, Offer
from sinobel.world.arrays import Draws, Number, total
from sinobel.world.constants import A_YEAR, MONTHS_PER_YEAR
from sinobel.world.elementary import exp, log, power
from sinobel.world.guards import TINY, at_least
from sinobel.world.ledger import (
    BELARUS,
    CHINA,
    TIED,
)
from sinobel.world.opening.loans import LoansOpening
from sinobel.world.opening.projects import Odds, Sums
from sinobel.world.rules import external_accounts, loan_costs, loan_offers, loan_service, projects
from sinobel.world.rules.environment import around_zero
from sinobel.world.rules.politics import EXTENDED
from sinobel.world.rules.rates import middle_of
from sinobel.world.state import Pipeline, part, state

if TYPE_CHECKING:
    from sinobel.world.agents.china import China

PREFERENTIAL, BANK_LINE = (INSTRUMENTS.index(name) for name in ("preferential", "bank line"))
OPEN_TO = tuple(SECTORS.index(name) for name in ("transport", "industrial park"))
"""Sectors that a restriction to transport and logistics leaves open, the park being one of logistics."""


class PolicyBanks(Institution):
    """Eximbank and China Development Bank: commit, set terms, pay out, collect, reschedule. USD mn a month."""

    book: LoanBook = part(LoanBook, "the loan book")
    pledges: Draws = state("USD mn a month", "announced", indicator="loan_pledges")
    offered: Draws = state("USD mn a month", "offered, as Minsk signs in usual years", indicator="loans_offered")
    committed: Draws = state("USD mn a month", "signed as loans", indicator="loan_commitments")
    untied_signed: Draws = state("USD mn a month", "signed as untied credit", indicator="untied_loans_signed")
    eligible: tuple[Draws, Draws] = state(
        "fraction", "what the banks lend for of the year's candidates over the usual; with a restriction to transport"
    )
    consent: tuple[Draws, Draws] = state("fraction", "what Minsk signs of it over the usual; likewise")
    willing: Draws = state("fraction", "appetite, eligible projects and deference to Moscow together")
    release: Draws = state("USD mn a month", "paid out of the book")
    usual_release: Draws = state("USD mn a month", "moving average of it over a year")
    pace_swing: Draws = state("log", "swing of the pace of paying out")
    lapsed: Draws = state("USD mn a month", "lapsed undrawn", indicator="lapsed_commitments")
    deliveries: Pipeline = state("USD mn a month", "tied goods paid for in the two months before")
    tied_goods: Draws = state("USD mn a month", "tied goods that arrive")
    interest: Draws = state("USD mn a month", "interest of the book")
    principal: Draws = state("USD mn a month", "principal of the book")
    rescheduled: Draws = state("USD mn a month", "principal put off", indicator="principal_put_off")
    guaranteed: Draws = state("USD mn a month", "interest and principal of loans that the state guarantees")
    called: Draws = state("USD mn a month", "guarantees called", indicator="guarantees_called")
    loan_cost: Draws = state("fraction a year", "effective cost of a new loan", indicator="effective_loan_cost")
    gift: Draws = state("fraction", "grant element of a new loan", indicator="grant_element")
    line: Draws = state("USD mn", "untied credit signed and not drawn")
    untied: dict[str, Draws] = state("USD mn", "untied credit since the origin: signed, drawn, principal, interest")

    def __init__(self, china: China, opening: LoansOpening):
        super().__init__(china)
        self.china = china
        p, world = self.parameters.loans, self.world
        nothing = self.full(0.0)
        ties = loan_offers.tied_shares(mean=p.tied_share, gap=p.tied_gap, lines=opening.mix.lines)
        span = (world.origin, world.horizon)
        self.book = LoanBook(
            opening,
            p.grace,
            p.repayment,
            ties,
            span,
            odds=Odds.of(p),
            luck_of=lambda name: world.shocks.chance_of(f"china.fate {name}"),
        )
        self.pledges = self.offered = self.committed = self.untied_signed = self.lapsed = self.line = nothing
        self.untied = dict.fromkeys(("signed", "drawn", "principal", "interest"), nothing)
        release = opening.disbursed_last_year / MONTHS_PER_YEAR
        self.release = self.usual_release = self.full(release)
        tied = p.tied_share * release
        self.deliveries = Pipeline((tied, tied))
        self.tied_goods = tied
        self.interest = self.principal = self.guaranteed = self.called = nothing
        self.rescheduled = self.loan_cost = self.gift = nothing
        self.willing = self.full(1.0)
        self.eligible = self.consent = (self.willing, self.willing)
        last_year = log(opening.draw_rate_last_year / p.draw_pace)
        fresh = np.sqrt((1 - p.pace_persistence**2) * A_YEAR) * p.pace_swing * world.shocks.error_of("china.pace")
        self.pace_swing = power(p.pace_persistence, A_YEAR) * last_year + fresh

    def open_year(self) -> None:
        """January: what falls due in the year, and what a new loan costs this year."""
        p = self.parameters.loans
        self.book.open_year(months.year(self.world.month), Odds.of(p, self.board["world.project_failure"]))
        self._plan()
        terms = self._terms()
        rate = self._rate(self.board.over("china.concessional_share", p.concessional_share))
        grace, repayment = terms.grace, terms.repayment
        worth = loan_costs.value_received(tied_share=self._tied_share(), markup=p.markup)
        self.loan_cost = loan_costs.effective_cost(
            rate=rate, grace=grace, repayment=repayment, worth=worth, payments=p.payments_a_year
        )
        self.gift = loan_costs.grant_element(
            rate=rate, grace=grace, repayment=repayment, discount_rate=p.grant_discount_rate, payments=p.payments_a_year
        )

    def _tied_share(self) -> np.ndarray:
        return self.board.over("china.tied_share", self.parameters.loans.tied_share)

    def _plan(self) -> None:
        """How many projects the year may bring, how they share what is signed, and in which sector each is."""
        mix, chance = self.book.opening.mix, self.world.yearly_chance
        names = [f"china.project {slot}" for slot in SLOTS]
        weights = loan_offers.split_among_projects(
            lucks=tuple(chance(f"{name}, size") for name in names),
            count=1 + loan_offers.picked(luck=chance("china.projects"), shares=mix.counts),
        )
        sectors = tuple(loan_offers.picked(luck=chance(f"{name}, sector"), shares=mix.sectors) for name in names)
        passing = tuple(
            loan_offers.passing_share(sector=sector, open_to=OPEN_TO, filter_share=self.parameters.loans.obor_filter)
            for sector in sectors
        )
        instruments, fates = (tuple(chance(f"{name}, {what}") for name in names) for what in ("instrument", "fate"))
        offer = self._offer_of(np.stack(sectors), np.stack(instruments))
        lent, signed = self._lent(offer), self.world.belarus.government.choose(offer)
        offers = [loan_offers.chosen(weights=weights, parts=tuple(part)) for part in (lent, np.stack(passing) * lent)]
        agreed = [loan_offers.chosen(weights=shares, parts=tuple(signed)) for _, shares in offers]
        (usual, _), (restricted, _) = offers
        self.eligible = (usual, restricted)
        (usual, shares), (restricted, filtered) = agreed
        self.consent = (usual, restricted)
        self.book.plan((shares, filtered), instruments, sectors, fates)

    def _offer_of(self, sectors: Draws, luck: Draws) -> Offer:
        """The year's candidates on its terms, and on usual ones."""
        p, terms, ties = self.parameters.loans, self._terms(), self.book.tied_shares
        other, line = replace(terms, concessional=p.concessional_share).kinds(luck)
        usual = Credit(
            odds=Odds.of(p),
            tied_shares=ties,
            rates=(p.preferential_rate, p.commercial_rate),
            grace=p.grace,
            repayment=p.repayment,
            other=other,
            line=line,
        )
        other, line = terms.kinds(luck)
        now = Credit(
            odds=Odds.of(p, self.board["world.failure_foreseen"] * self.board["world.project_failure"]),
            tied_shares=self.board.over("china.tied_share", ties),
            rates=(terms.preferential, terms.commercial),
            grace=terms.grace,
            repayment=terms.repayment,
            other=other,
            line=line,
        )
        return Offer(sectors, usual, now)

    def _lent(self, offer: Offer) -> Draws:
        """What the banks lend for; what pays for the risk of the state is left out, as this risk is."""
        first, other = (self.board.over("china.interest_rate", rate) for rate in offer.usual.rates)
        return project_choice.lent(self.parameters, replace(offer, now=replace(offer.now, rates=(first, other))))

    def _allowed(self, pair: tuple[Draws, Draws]) -> Draws:
        """The first, but the second while Chinese credit is restricted to transport."""
        usual, restricted = pair
        return np.where(self.board["china.obor_restriction"] > 0, restricted, usual)

    def _rate(self, concessional: Number) -> Draws:
        """Rate of a loan signed now, by the part of it that is concessional."""
        p = self.parameters.loans
        rate = loan_offers.new_loan_rate(
            concessional_share=concessional,
            preferential=p.preferential_rate,
            commercial=p.commercial_rate,
            risk=self.world.belarus.government.risk,
            usual_risk=p.usual_risk,
            risk_spread=p.risk_spread,
            filter_spread=p.obor_spread * self.board["china.obor_restriction"],
        )
        return self.board.over("china.interest_rate", rate)

    def _terms(self) -> Terms:
        """Terms of loans signed now."""
        p, board = self.parameters.loans, self.board
        grace = board.over("china.grace", p.grace)
        maturity = board.over("china.maturity", grace + p.repayment)
        return Terms(
            preferential=self._rate(1.0),
            commercial=self._rate(0.0),
            concessional=board.over("china.concessional_share", p.concessional_share),
            lines=self.book.opening.mix.lines_of_commercial,
            grace=grace,
            repayment=np.maximum(maturity - grace, p.shortest_repayment),
            guaranteed=p.guaranteed_share * (1 - board["belarus.guarantee_stop"]),
            tied_limit=board["belarus.tied_share_limit"],
            restricted=board["china.obor_restriction"],
        )

    def offer_loans(self) -> None:
        """Sign the year's loans in one month of it: appetite, eligible projects, deference to Moscow, then consent."""
        world = self.world
        self.willing = self._willingness()
        month = months.month_of_year(world.month)
        signing = np.floor(MONTHS_PER_YEAR * A_YEAR * world.yearly_chance("china.signing_month")) + 1 == month
        self.pledges = np.where(signing, self._pledge() * A_YEAR, 0.0)
        self.offered = np.where(signing, self._offer() * A_YEAR, 0.0)
        self._sign(self.offered * self._allowed(self.consent))

    def _willingness(self) -> Draws:
        """Appetite of the banks, what they may finance, and how far they defer to Moscow, together."""
        p, board, world = self.parameters.loans, self.board, self.world
        usual, government = world.opening_board, world.belarus.government
        appetite = loan_offers.appetite(
            risk=government.risk,
            usual_risk=p.usual_risk,
            risk_weight=p.appetite_risk,
            competition=board["eu.ukraine_competition"],
            usual_competition=usual["eu.ukraine_competition"],
            proximity=(world.eu.access - world.eu.opening_access + government.reform - usual["belarus.reform"]) / 2,
            rival_weight=p.appetite_rivals,
            capture=board["russia.transit_capture"] - usual["russia.transit_capture"],
            capture_weight=p.capture_weight,
        )
        deference = loan_offers.deference_cap(
            tension=world.russia.government.tension,
            level=p.deference_level,
            deference=board["china.deference_to_moscow"],
        )
        result: Draws = appetite * self._allowed(self.eligible) * deference
        return result

    def _offer(self) -> Draws:
        """What the banks offer in the year, USD mn a year."""
        p, world = self.parameters.loans, self.world
        return loan_offers.commitment_offered(
            mean=p.commitments_a_year * world.environment.price_level,
            willing=self.willing,
            volume=self.board["china.lending_volume"],
            spread=p.commitment_spread,
            shock=world.yearly_normal("china.commitments"),
            none_chance=p.no_commitment_chance,
            luck=world.yearly_chance("china.no_loan"),
        )

    def _pledge(self) -> Draws:
        """What the year's summit announces, far more than is signed, USD mn a year."""
        p, world = self.parameters.loans, self.world
        usual = p.commitments_a_year * world.environment.price_level
        return loan_offers.pledged(
            commitments=usual * self.willing * self.board["china.lending_volume"],
            realization=p.realization,
            swell=p.pledge_swell,
            partnership=self.china.partnership,
            spread=p.pledge_spread,
            noise=world.yearly_normal("china.pledges"),
        )

    def _sign(self, chosen: Draws) -> None:
        """Sign what limits of Minsk leave of the projects it chose: untied credit, investment instead, tied loans."""
        p, board = self.parameters.loans, self.board
        accepted = chosen * self.world.belarus.government.accept(self._tied_share())
        untied = accepted * board["belarus.untied_share_requested"] * p.untied_granted
        arranged = self._arranged()
        self.untied_signed = untied + arranged
        self.line = self.line + untied
        self._add_to_untied(signed=self.untied_signed, drawn=arranged)
        invested = (accepted - untied) * board["china.fdi_instead_of_loans"]
        self.china.investors.plan(invested)
        terms = self._terms()
        self.book.sign(accepted - invested - untied, terms)
        self.committed = accepted - invested + arranged + self._sign_events(terms)

    def _sign_events(self, usual: Terms) -> Draws:
        """Loans for projects that events of the scenario bring, on their terms or usual ones; USD mn a month.

        An arranged loan is a given, and so is what is stated of it: no debt ceiling refuses it. What is not stated
        obeys the levers of the month: no guarantee where these have ended, no more tied than the government accepts.

        All rows that wait for events are entered at once, with 0 where nothing is signed, whatever a scenario holds. In
        a month in which no scenario signs anything that would add 0 to every sum, and is left out.
        """
        said, book = self.board.events, self.book
        if not said.signs:
            return self.full(0.0)
        instrument = said.terms("instrument", book.instrument[book.events])
        grace = said.terms("grace", usual.grace)
        maturity = said.terms("maturity", grace + usual.repayment)
        rate = np.where(instrument == PREFERENTIAL, usual.preferential, usual.commercial)
        tied = np.where(instrument == BANK_LINE, book.tied_shares[LINE], book.tied_shares[PROJECT])
        terms = replace(
            usual,
            preferential=said.terms("interest", rate),
            grace=grace,
            repayment=np.maximum(maturity - grace, self.parameters.loans.shortest_repayment),
            guaranteed=said.terms("guaranteed", usual.guaranteed),
            tied_limit=np.where(said.stated("tied_share"), 1.0, usual.tied_limit),
        )
        amount = self.full(0.0) + said.amounts
        sector = said.terms("sector", book.sector[book.events])
        fate = projects.luck_of_key(lucks=self._event_lucks(), key=said.terms("key", 0.0))
        book.sign_events(amount, terms, said.terms("tied_share", tied), kind=(sector, instrument), fate=fate)
        return total(amount)

    def _event_lucks(self) -> tuple[Draws, Draws]:
        """Two numbers a draw, of which those of all loans that scenarios may set are made."""
        chance = self.world.shocks.chance_of
        return chance("china.fate of events"), chance("china.fate of events, by key")

    def _arranged(self) -> Draws:
        """Untied credit that events of the scenario bring this month, which is paid out at once."""
        lent = self.board.events
        return self.full(lent(event_path.USUAL, events.CHINA) + lent(event_path.OWN, events.CHINA))

    def disburse(self) -> None:
        """Pay out loans; the tied part comes straight back for Chinese goods, delivered over three months."""
        p, world, money = self.parameters.loans, self.world, self.world.money
        stopped = (world.eu.sanctions >= EXTENDED) & (self.board["china.disburse_under_sanctions"] == 0)
        quality = loan_service.quality(
            reform=world.belarus.government.reform,
            usual_reform=self.parameters.politics.usual_reform,
            weight=p.reform_quality,
            sanctions_cut=np.where(stopped, p.sanctions_cut, 0.0),
        )
        self.pace_swing = around_zero(
            level=self.pace_swing,
            persistence=p.pace_persistence,
            spread=p.pace_swing,
            shock=world.shock("china.pace"),
        )
        pace = p.draw_pace * exp(self.pace_swing - middle_of(p.pace_swing))
        share = loan_service.share_paid_out(pace=pace, largest=p.largest_pace, quality=quality)
        self.release, tied, self.lapsed = self.book.draw(
            share,
            loan_service.share_lapsing(p.lapse_rate),
            self.board.over("china.tied_share", self.book.tied_shares),
        )
        self.usual_release = (
            self.usual_release + (self.release - self.usual_release) / self.parameters.politics.money_memory
        )
        money.pay("loan", CHINA, BELARUS, self.release, claim=TIED)
        self.tied_goods = (tied + self.deliveries[1] + self.deliveries[0]) / p.tied_import_months
        self.deliveries = self.deliveries.then(tied)

    def collect(self) -> None:
        """Interest and principal of the month; what is rescheduled starts a new grace period."""
        p, world, money = self.parameters.loans, self.world, self.world.money
        government = world.belarus.government
        distress = np.clip(government.arrears / at_least(government.service_average, TINY), 0.0, 1.0)
        share = loan_service.share_rescheduled(
            policy=self.board["china.rescheduling"], distress=distress, willingness=p.rescheduling_willingness
        )
        self.interest, self.principal, self.rescheduled, self.guaranteed, self.called = self.book.serve(share)
        money.pay("interest", BELARUS, CHINA, self.interest)
        money.pay("principal", BELARUS, CHINA, self.principal, claim=TIED)

    @property
    def tied_paid(self) -> np.ndarray:
        """Paid out this month for tied goods, which come straight back, USD mn a month."""
        return self.deliveries[-1]

    def usual_lending(self) -> tuple[Sums, Sums, Sums]:
        """At the origin: what a dollar of new loans comes to on average, what is undrawn of old ones, what stands."""
        odds, one = Odds.of(self.parameters.loans), self.full(1.0)
        new = odds.expected(tuple(share * one for share in self.book.opening.mix.sectors))
        return new, odds.expected(self.book.undrawn_by_sector()), (self.capital, *self.working)

    def expected(self, amounts: tuple[Draws, ...]) -> Sums:
        """What amounts by sector that no loan pays for build, yield and are of power plants, by the year's odds."""
        return self.book.projects.expected(amounts)

    def share_of_mine(self, planned: Draws) -> Draws:
        """Share of the planned Nezhinsky mine that the loans for it pay for; all, where the record knows no loan."""
        book, needed = self.book, self.parameters.loans.mine_money
        if not book.opening.for_mine:
            return planned
        return projects.share_of_mine(planned=planned, drawn=book.drawn_for_mine(), needed=needed)

    @property
    def working(self) -> tuple[Draws, Draws]:
        """What projects that work yield in a month when well spent, and their power plants, USD mn."""
        return self.book.working()

    @property
    def capital(self) -> np.ndarray:
        """Capital of projects that work, at cost, USD mn."""
        return self.book.capital()

    @property
    def undrawn(self) -> np.ndarray:
        """Signed, neither drawn nor lapsed: tied loans and untied line."""
        result: np.ndarray = self.book.total_undrawn + self.line
        return result

    def line_available(self) -> np.ndarray:
        """Untied credit that can be drawn this month."""
        return external_accounts.amortization(stock=self.line, yearly_share=self.parameters.loans.untied_line_share)

    def lend_untied(self, amount: Draws) -> None:
        """Enter what the government borrowed: off the line as far as it goes, the rest is signed and paid out."""
        off_line = np.minimum(amount, self.line_available())
        signed = amount - off_line
        self.line = np.maximum(self.line - off_line, 0.0)
        self.untied_signed = self.untied_signed + signed
        self.committed = self.committed + signed
        self._add_to_untied(signed=signed, drawn=amount)

    def collect_untied(self, interest: np.ndarray, principal: np.ndarray) -> None:
        """What the government has paid on untied credit this month."""
        self._add_to_untied(interest=interest, principal=principal)

    def _add_to_untied(self, **amounts: Draws) -> None:
        self.untied = self.untied | {name: self.untied[name] + amount for name, amount in amounts.items()}
