"""China: the policy banks that lend, the potash buyers that wait, the investors that mostly stay away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sinobel.inputs import months
from sinobel.world.agents.country import Country, Institution
from sinobel.world.agents.loan_accounts import lives
from sinobel.world.agents.loan_book import LoanBook
from sinobel.world.ledger import (
    BELARUS,
    CHINA,
    CHINESE_FARMS,
    CHINESE_MINES,
    CHINESE_STOCKS,
    IN_TRANSIT,
    OTHER_PRODUCERS,
    TIED,
)
from sinobel.world.opening.loans import LoansOpening
from sinobel.world.opening.potash import PotashOpening
from sinobel.world.rules import finance, loans, politics, potash
from sinobel.world.rules.environment import around_mean
from sinobel.world.rules.rates import middle_of

if TYPE_CHECKING:
    from sinobel.world.world import World


class China(Country):
    """The country: the partnership with Belarus; its institutions act."""

    account = CHINA

    def __init__(self, world: World, potash_opening: PotashOpening, loan_opening: LoansOpening):
        super().__init__(world)
        like = 0.0 * world.parameters.politics.partnership_resting
        self.partnership = world.known.at_month("partnership_with_china") + like
        self.partnership_change = like
        self.policy_banks = PolicyBanks(self, loan_opening)
        self.potash_buyers = PotashBuyers(self, potash_opening)
        self.investors = Investors(self)

    @property
    def money_weight(self) -> np.ndarray:
        """Chinese money of a year over GDP, 0 to 1 at 2 %: what Moscow and Minsk see as the Chinese alternative."""
        money = self.policy_banks.usual_release + self.investors.usual_fdi
        result: np.ndarray = np.clip(
            money / (self.parameters.politics.full_chinese_money * self.world.belarus.gdp), 0.0, 1.0
        )
        return result

    def react(self) -> None:
        """Partnership follows military technology and money; it swells pledges and worries Moscow."""
        p = self.parameters.politics
        target = politics.partnership_target(
            resting=p.partnership_resting,
            technology=self.board["china.technology_transfer"],
            technology_gain=p.partnership_technology,
            tied_money=self.money_weight,
            money_gain=p.partnership_money,
        )
        before = self.partnership
        self.partnership = politics.toward(level=before, target=target, speed=p.partnership_speed)
        self.partnership_change = self.partnership - before


class PolicyBanks(Institution):
    """Eximbank and China Development Bank: commit, set terms, pay out, collect, reschedule. USD mn a month."""

    def __init__(self, china: China, opening: LoansOpening):
        super().__init__(china)
        self.china = china
        p, world = self.parameters.loans, self.world
        like = 0.0 * p.grace
        self.book = LoanBook(opening, p.grace, p.repayment, world.origin, world.horizon)
        self.pledges = self.committed = self.untied_signed = self.lapsed = self.line = like
        self.untied = dict.fromkeys(("signed", "drawn", "principal", "interest"), like)  # since the origin
        release = opening.disbursed_last_year / 12
        self.release = self.usual_release = release + like
        tied = p.tied_share * release
        self.deliveries = [tied, tied]  # tied goods paid for in the two months before
        self.tied_goods = tied
        self.interest = self.principal = self.called = self.rescheduled = self.loan_cost = self.gift = like
        self.willing = like + 1.0
        last_year = np.log(opening.draw_rate_last_year / p.draw_pace)
        fresh = np.sqrt(1 - p.pace_persistence**2) * p.pace_swing * world.shocks.error_of("china.pace")
        self.pace_swing = p.pace_persistence * last_year + fresh

    def open_year(self) -> None:
        """January: what falls due in the year, and what a new loan costs this year."""
        p = self.parameters.loans
        self.book.open_year(months.year(self.world.month))
        rate, grace, repayment = self._terms()
        worth = loans.value_received(tied_share=self._tied_share(), markup=p.markup)
        self.loan_cost = loans.effective_cost(
            rate=rate, grace=grace, repayment=repayment, worth=worth, payments=p.payments_a_year
        )
        self.gift = loans.grant_element(
            rate=rate, grace=grace, repayment=repayment, discount_rate=p.grant_discount_rate, payments=p.payments_a_year
        )

    def _tied_share(self) -> np.ndarray:
        return self.board.over("china.tied_share", self.parameters.loans.tied_share)

    def _terms(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Rate, grace and years of repayment of a loan signed now."""
        p, board, restricted = self.parameters.loans, self.board, self.board["china.obor_restriction"]
        rate = loans.new_loan_rate(
            concessional_share=board.over("china.concessional_share", p.concessional_share),
            preferential=p.preferential_rate,
            commercial=p.commercial_rate,
            risk=self.world.belarus.government.risk,
            usual_risk=p.usual_risk,
            risk_spread=p.risk_spread,
            filter_spread=p.obor_spread * restricted,
        )
        grace = board.over("china.grace", p.grace)
        maturity = board.over("china.maturity", grace + p.repayment)
        return board.over("china.interest_rate", rate), grace, np.maximum(maturity - grace, 1.0)

    def offer_loans(self) -> None:
        """Sign the year's loans in one month of it: appetite, eligible projects, deference to Moscow, then consent."""
        p, board, world = self.parameters.loans, self.board, self.world
        usual, government = world.opening_board, world.belarus.government
        proximity = (world.eu.access - world.eu.opening_access + government.reform - usual["belarus.reform"]) / 2
        appetite = loans.appetite(
            risk=government.risk,
            usual_risk=p.usual_risk,
            risk_weight=p.appetite_risk,
            competition=board["eu.ukraine_competition"],
            usual_competition=usual["eu.ukraine_competition"],
            proximity=proximity,
            rival_weight=p.appetite_rivals,
            capture=board["russia.transit_capture"] - usual["russia.transit_capture"],
        )
        eligible = loans.eligible_share(
            restricted=board["china.obor_restriction"], transport_share=p.transport_share, filter_share=p.obor_filter
        )
        deference = loans.deference_cap(
            tension=world.russia.government.tension,
            level=p.deference_level,
            deference=board["china.deference_to_moscow"],
        )
        self.willing = appetite * eligible * deference
        offered = loans.commitment_offered(
            mean=p.commitments_a_year * world.environment.price_level,
            willing=self.willing,
            volume=board["china.lending_volume"],
            spread=p.commitment_spread,
            shock=world.yearly_normal("china.commitments"),
            none_chance=p.no_commitment_chance,
            luck=world.yearly_chance("china.no_loan"),
        )
        month = months.month_of_year(world.month)
        signing = np.floor(12 * world.yearly_chance("china.signing_month")) + 1 == month
        offered = np.where(signing, offered, 0.0)
        expected = p.commitments_a_year * world.environment.price_level * self.willing * board["china.lending_volume"]
        announced = loans.pledged(
            commitments=expected,
            realization=p.realization,
            swell=p.pledge_swell,
            partnership=self.china.partnership,
            spread=p.pledge_spread,
            noise=world.yearly_normal("china.pledges"),
        )
        self.pledges = np.where(signing, announced, 0.0)

        tied_share, limit = self._tied_share(), board["belarus.tied_share_limit"]
        accepted = offered * government.accept(tied_share)
        untied = accepted * board["belarus.untied_share_requested"] * p.untied_granted
        self.untied_signed = untied
        self.line, self.untied["signed"] = self.line + untied, self.untied["signed"] + untied
        invested = (accepted - untied) * board["china.fdi_instead_of_loans"]
        self.china.investors.plan(invested)
        self.committed = accepted - invested
        self.book.sign(self.committed - untied, *self._terms(), p.guaranteed_share, limit)

    def disburse(self) -> None:
        """Pay out loans; the tied part comes straight back for Chinese goods, delivered over three months."""
        p, world, money = self.parameters.loans, self.world, self.world.money
        stopped = (world.eu.sanctions >= 2) & (self.board["china.disburse_under_sanctions"] == 0)
        quality = loans.quality(
            reform=world.belarus.government.reform,
            usual_reform=self.parameters.politics.usual_reform,
            weight=p.reform_quality,
            sanctions_cut=np.where(stopped, p.sanctions_cut, 0.0),
        )
        self.pace_swing = around_mean(
            level=self.pace_swing,
            mean=0.0,
            persistence=p.pace_persistence,
            spread=p.pace_swing,
            shock=world.shock("china.pace"),
        )
        pace = p.draw_pace * np.exp(self.pace_swing - middle_of(p.pace_swing))
        share = loans.share_paid_out(pace=np.minimum(pace, 0.9), quality=quality)
        self.release, tied, self.lapsed = self.book.draw(share, loans.share_lapsing(p.lapse_rate), self._tied_share())
        self.usual_release = self.usual_release + (self.release - self.usual_release) / 12
        money.pay("loan", CHINA, BELARUS, self.release, claim=TIED)
        self.tied_goods = (tied + self.deliveries[0] + self.deliveries[1]) / p.tied_import_months
        self.deliveries = [tied, self.deliveries[0]]

    def collect(self) -> None:
        """Interest and principal of the month; what is rescheduled starts a new grace period."""
        p, world, money = self.parameters.loans, self.world, self.world.money
        government = world.belarus.government
        distress = np.clip(government.arrears / np.maximum(government.service_average, 1e-9), 0.0, 1.0)
        share = loans.share_rescheduled(
            policy=self.board["china.rescheduling"], distress=distress, willingness=p.rescheduling_willingness
        )
        self.interest, self.principal, self.rescheduled, guaranteed = self.book.serve(share)
        money.pay("interest", BELARUS, CHINA, self.interest)
        money.pay("principal", BELARUS, CHINA, self.principal, claim=TIED)
        self.called = loans.guarantee_called(guaranteed_service=guaranteed, project_cover=p.project_cover)

    @property
    def undrawn(self) -> np.ndarray:
        """Signed, neither drawn nor lapsed: tied loans and untied line."""
        result: np.ndarray = self.book.total_undrawn + self.line
        return result

    def lives(self) -> dict[str, np.ndarray]:
        """The life of every loan to now: measure -> (loans + 1, draws); see `loan_accounts.lives`."""
        return lives(self)

    def line_available(self) -> np.ndarray:
        """Untied credit that can be drawn this month."""
        return finance.amortization(stock=self.line, yearly_share=self.parameters.loans.untied_line_share)

    def use_line(self, amount: np.ndarray) -> None:
        """Take what the government borrowed off the untied line."""
        self.line = np.maximum(self.line - amount, 0.0)
        self.untied["drawn"] = self.untied["drawn"] + amount

    def collect_untied(self, interest: np.ndarray, principal: np.ndarray) -> None:
        """What the government has paid on untied credit this month."""
        self.untied["interest"] = self.untied["interest"] + interest
        self.untied["principal"] = self.untied["principal"] + principal


class PotashBuyers(Institution):
    """The consortium of Chinese potash buyers: settle, wait or close the market. Volumes kt KCl a month."""

    def __init__(self, china: China, opening: PotashOpening):
        super().__init__(china)
        self.china = china
        world = self.world
        like = 0.0 * opening.log_spot
        self.use_swing = self.parameters.potash.chinese_use_swing * world.shocks.error_of("china.potash_use")
        self.use_level, self.base_output = opening.use_level, opening.own_output
        self.contract_price = opening.contract + like
        self.contract_end = opening.contract_end + like
        waited = max(world.origin - opening.contract_end, 0)
        self.months_waited = waited + like
        self.has_contract = self.contract_end >= world.origin
        self.closed = self.has_contract & False
        self.use = self.wanted = self.imports = self.landed = self.own_output = like
        self.let_in = like
        lag = self.parameters.potash.transit_months - 1  # share that takes two months
        self.on_the_way = [opening.shipped, opening.shipped * lag]

    def plan(self) -> None:
        """What China uses, what it wants to import, and whether the buyers close the market."""
        p, world = self.parameters.potash, self.world
        environment = world.environment
        self.has_contract = self.contract_end >= world.month
        self.months_waited = np.where(self.has_contract, 0.0, self.months_waited + 1)
        self.use_swing = around_mean(
            level=self.use_swing,
            mean=0.0,
            persistence=p.swing_persistence,
            spread=p.chinese_use_swing,
            shock=world.shock("china.potash_use"),
        )
        self.use = potash.chinese_use(
            level=self.use_level * np.exp(self.use_swing),
            growth=p.chinese_demand_growth,
            years=environment.years,
            crop_index=environment.crops[0] / environment.price_level,
            crop_elasticity=p.crop_price_elasticity,
            contract_price=self.contract_price / environment.price_level,
            price_elasticity=p.chinese_demand_price_elasticity,
        )
        self.own_output = self.base_output * (1 + p.own_output_growth) ** environment.years
        stock = world.tonnes.stocks[CHINESE_STOCKS]
        self.stock_ratio = stock / (p.stock_target * 12 * self.use)
        own_choice = potash.closes_market(
            has_contract=self.has_contract,
            stock_ratio=self.stock_ratio,
            closing_stock=p.closing_stock,
            price_rise=environment.price_rise,
            closing_fall=p.closing_fall,
        )
        closed_by_policy = np.logical_not(self.has_contract) & (self.board["china.market_closure"] > 0)
        self.closed = own_choice | closed_by_policy
        self.wanted = potash.wanted_imports(
            use=self.use,
            own_output=self.own_output,
            stock=stock,
            stock_target=p.stock_target,
            adjustment=p.stock_adjustment,
        )
        self.let_in = self.wanted * potash.open_factor(
            has_contract=self.has_contract,
            closed=self.closed,
            without_contract=p.open_without_contract,
            in_closure=p.open_in_closure,
        )

    def settle(self) -> None:
        """Without a contract both sides compare settling now with waiting; the price ratifies spot."""
        p, world = self.parameters.potash, self.world
        environment, seller = world.environment, world.belarus.belaruskali
        gap = potash.settlement_gap(
            spot=environment.spot,
            old_contract=self.contract_price,
            discount=p.discount,
            price_rise=environment.price_rise,
            momentum=p.momentum_weight,
        )
        wait = potash.expected_wait(
            gap=gap,
            wait_falling=p.wait_falling,
            wait_rising=p.wait_rising,
            width=p.wait_width,
            stock_ratio=self.stock_ratio,
            patience=self.board["china.contract_timing"],
        )
        price = seller.offer_price(world.shock("china.settlement_price"))
        chance = potash.chance_to_settle(
            months_waited=np.maximum(self.months_waited, 1.0),
            wait=wait,
            closed=self.closed,
            seller_accepts=seller.accepts(price),
        )
        signed = np.logical_not(self.has_contract) & (world.chance("china.settlement") < chance)
        next_year = 1 if months.month_of_year(world.month) >= 10 else 0  # a late contract covers the next year
        end = 12 * (months.year(world.month) + next_year) + 11.0
        self.contract_price = np.where(signed, price, self.contract_price)
        self.contract_end = np.where(signed, end, self.contract_end)
        self.has_contract = self.has_contract | signed
        self.months_waited = np.where(signed, 0.0, self.months_waited)

    def receive(self) -> None:
        """Cargo lands, other producers deliver the rest, farms use; the stock takes the difference."""
        p, tonnes, seller = self.parameters.potash, self.world.tonnes, self.world.belarus.belaruskali
        slow = p.transit_months - 1  # cargo lands after one or two months
        self.landed = (1 - slow) * self.on_the_way[0] + self.on_the_way[1]
        self.on_the_way = [seller.shipped, slow * self.on_the_way[0]]
        others = np.maximum(self.let_in - self.landed, 0.0)
        self.imports = self.landed + others
        used = np.minimum(self.use, tonnes.stocks[CHINESE_STOCKS] + self.imports + self.own_output)
        tonnes.pay("landed in China", IN_TRANSIT, CHINESE_STOCKS, self.landed)
        tonnes.pay("landed in China", OTHER_PRODUCERS, CHINESE_STOCKS, others)
        tonnes.pay("mined", CHINESE_MINES, CHINESE_STOCKS, self.own_output)
        tonnes.pay("used", CHINESE_STOCKS, CHINESE_FARMS, used)
        self.use = used


class Investors(Institution):
    """Chinese direct investment, and the part of it that replaces loans. USD mn a month."""

    def __init__(self, china: China):
        super().__init__(china)
        like = 0.0 * self.parameters.finance.china_fdi
        self.planned = self.instead_of_loans = like
        self.fdi = self.usual_fdi = self.parameters.finance.china_fdi / 12

    def plan(self, amount: np.ndarray) -> None:
        """Take over a commitment that comes as investment rather than as a loan."""
        self.planned = self.planned + amount

    def invest(self) -> None:
        """Invest what reform, risk, EU access and rivals allow, and draw on what replaces loans."""
        p, world, board = self.parameters.finance, self.world, self.board
        government = world.belarus.government
        pull = p.fdi_proximity * (
            world.eu.access
            - world.eu.opening_access
            - (board["eu.ukraine_competition"] - world.opening_board["eu.ukraine_competition"])
        )
        trend = p.china_fdi / 12 * np.exp(p.china_fdi_growth * world.environment.years)
        usual = finance.direct_investment(
            base=trend,
            reform_weight=p.fdi_reform,
            reform=government.reform,
            usual_reform=self.parameters.politics.usual_reform,
            risk_weight=p.fdi_risk,
            risk=government.risk,
            usual_risk=self.parameters.loans.usual_risk,
            pull=pull,
            noise=p.china_fdi_spread * world.yearly_normal("china.fdi"),
        )
        quality = loans.quality(
            reform=government.reform,
            usual_reform=self.parameters.politics.usual_reform,
            weight=self.parameters.loans.reform_quality,
            sanctions_cut=0.0,
        )
        self.instead_of_loans = self.planned * loans.share_paid_out(
            pace=self.parameters.loans.draw_pace, quality=quality
        )
        self.planned = self.planned - self.instead_of_loans
        self.fdi = usual + self.instead_of_loans
        self.usual_fdi = self.usual_fdi + (self.fdi - self.usual_fdi) / 12
        world.money.pay("direct investment", CHINA, BELARUS, self.fdi)
