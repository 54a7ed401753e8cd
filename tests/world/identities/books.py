"""The identities of a month, checked from outside: what agents report must agree with the books, draw by draw."""

import numpy as np

from sinobel.world import ledger
from sinobel.world.agents.loan_book import total

TOLERANCE = 1e-6


def near(one, other, scale, what):
    """Two amounts agree to a millionth of the flow."""
    error = np.abs(np.asarray(one) - np.asarray(other)) / np.maximum(np.abs(scale), 1.0)
    worst = float(np.max(error))
    assert worst <= TOLERANCE, f"{what}: off by {worst:.3g} of the flow"


def usual_stock(world):
    """Direct investment that is not followed plant by plant."""
    owners = world.belarus.foreign_owners
    return owners.chinese_stock + owners.other_stock


def of_plants(world):
    """What residents, events and investment in the place of loans invest in the month."""
    said, china = world.board.events, world.china
    events = said("invested", "china") + said("invested", "elsewhere")
    near(np.sum(said.begun, axis=0), events, events, "what events invest has a sector and an investor")
    return events + china.investors.instead_of_loans + china.residents.settling


class Before:
    """Stocks at the start of a month."""

    def __init__(self, world):
        book = world.china.policy_banks.book
        self.reserves = world.money.stocks[ledger.BELARUS].copy()
        self.claims = {name: value.copy() for name, value in world.money.claims.items()}
        self.unpaid_claims = world.belarus.government.treasury.unpaid_claims.copy()
        self.tonnes = {name: value.copy() for name, value in world.tonnes.stocks.items()}
        self.backlog = world.belarus.belaruskali.backlog.copy()
        self.fdi_stock = usual_stock(world).copy()
        self.outstanding, self.drawn, self.lapsed = book.outstanding.copy(), book.drawn.copy(), book.lapsed.copy()
        self.committed, self.undrawn = book.committed.copy(), book.undrawn.copy()
        self.line = world.china.policy_banks.line.copy()


def check_month(world, before):
    """Every identity of the month that has just ended."""
    check_trade(world)
    check_absorption(world)
    check_oil(world, before)
    check_reserves(world, before)
    check_debts(world, before)
    check_loans(world, before)
    check_budget(world, before)
    check_tonnes(world, before)
    check_waiting(world, before)
    check_signs(world)


def check_trade(world):
    from sinobel.world.readings import observe

    seen = observe(world)
    near(
        seen["exports_to_china"],
        seen["potash_exports_to_china"] + seen["other_exports_to_china"],
        seen["exports_to_china"],
        "exports are potash and other goods",
    )
    near(
        seen["imports_from_china"],
        seen["ordinary_imports_from_china"] + seen["tied_imports"],
        seen["imports_from_china"],
        "imports are ordinary and tied",
    )
    near(
        seen["balance_with_china"],
        seen["exports_to_china"] - seen["imports_from_china"],
        seen["imports_from_china"],
        "balance is exports less imports",
    )
    for flow, partners in (
        ("exports", "to_china to_russia to_eu to_rest"),
        ("imports", "from_china from_russia from_eu from_rest"),
    ):
        parts = sum(seen[f"{flow}_{partner}"] for partner in partners.split())
        near(parts, seen[f"total_{flow}"], seen[f"total_{flow}"], f"partners sum to total {flow}")
    for partner, products in (("eu", seen["oil_products_to_eu"]), ("rest", world.belarus.refineries.to_rest)):
        exporters = world.belarus.exporters
        goods = exporters.eu_goods if partner == "eu" else exporters.rest_goods + world.belarus.belaruskali.rest_revenue
        near(products + goods, seen[f"exports_to_{partner}"], seen[f"exports_to_{partner}"], "products and other goods")
    sold = sum(amount for kind, _, payee, amount in world.money.entries if kind == "oil products")
    near(sold, seen["oil_product_exports"], seen["oil_product_exports"], "oil products are booked once")
    taken = [kind for kind, payer, _, _ in world.money.entries if kind in ("profits", "oil duty", "oil products")]
    assert len(taken) == len(set(taken)) + 3, "profits have three owners, products two destinations, duty one"
    booked = world.money.total(ledger.BELARUS, part="goods")
    near(
        booked,
        seen["total_exports"] - seen["total_imports"],
        seen["total_exports"] + seen["total_imports"],
        "the ledger holds the goods balance",
    )
    income = world.money.total(ledger.BELARUS, part="income")
    near(
        income, seen["income_and_other"], np.abs(seen["total_exports"]), "the ledger holds income, interest and profits"
    )
    current = seen["total_exports"] - seen["total_imports"] + seen["services_balance"] + seen["income_and_other"]
    near(
        current,
        seen["current_account"],
        seen["total_exports"] + seen["total_imports"],
        "the current account is the sum of its parts",
    )


def check_absorption(world):
    """Consumption and investment are output less what the ledger says went abroad, prices that moved apart."""
    from sinobel.world.readings import observe

    seen, environment, belarus = observe(world), world.environment, world.belarus
    prices, output = environment.price_level, seen["real_gdp"]
    strength = np.exp(belarus.exchange_rate - belarus.base_exchange_rate)
    december = np.exp(world.parameters.finance.dollar_inflation * 11 / 24)  # from the middle of the origin's year
    near(seen["gdp"], output * prices * december * strength, seen["gdp"], "dollar GDP is output at today's prices")
    money = world.money
    abroad = money.total(ledger.BELARUS, part="goods") + money.total(ledger.BELARUS, part="services")
    used = world.parameters.finance.population * seen["absorption_per_head"]
    scale = output + np.abs(seen["total_imports"]) / prices
    near(used + abroad / prices - seen["trading_gain"], output, scale, "output is used at home or goes abroad")
    earned = world.parameters.finance.population * seen["income_per_head"]
    projects = belarus.projects
    kept = seen["income_and_other"] + projects.built - world.china.policy_banks.release
    near(
        earned - seen["trading_gain"] - kept / prices,
        output,
        scale,
        "income is output, what prices bring and what lasts",
    )
    standing = seen["project_capital"] - projects.owned
    near(projects.lent_capital, standing, standing, "capital that loans have built is counted once")
    lending = seen["chinese_lending_return"] <= seen["interest_to_china"] + TOLERANCE
    assert lending.all(), "a lender expects to gain by a default"
    assert (seen["contractor_rents"] <= seen["tied_imports"]).all()


def check_oil(world, before):
    """Crude is refined for home or export within capacity, and owners' stocks change by what is invested less what is worn."""
    refineries = world.belarus.refineries
    price = world.environment.oil * world.parameters.oil.product_value
    abroad = refineries.exports / price * 1000 / 7.33
    most = np.maximum(world.parameters.oil.capacity, refineries.base_crude)
    assert (abroad <= most * (1 + 1e-9) + 1e-6).all(), "more is refined for export than the refineries can"
    assert (abroad <= refineries.crude * (1 + 1e-9) + 1e-6).all(), "more crude is exported than refined"
    wear = (1 - world.parameters.finance.fdi_wear) ** (1 / 12)
    invested, stock = world.china.investors.fdi + world.belarus.banks_and_firms.fdi, usual_stock(world)
    near(stock, before.fdi_stock * wear + invested - of_plants(world), stock, "investment is added once")
    check_profits(world, before)


def check_profits(world, before):
    """The average of the stock, and of plants a part of what those yield that work, and no more than that."""
    p, projects, owners = world.parameters, world.belarus.projects, world.belarus.foreign_owners
    failure, returns, *_ = world.china.policy_banks.book.projects._odds  # of the year's January
    places = range(len(returns))
    gives = [
        sum(rows[place] * (1 - failure[place]) * returns[place] for place in places)
        for rows in (projects.invested[: len(places)], projects.invested[len(places) :])
    ]
    paid = p.finance.fdi_return * before.fdi_stock / 12
    plants = owners.profits - paid
    near(
        plants, p.finance.owners_part * (gives[0] + gives[1]), before.fdi_stock, "plants pay a part of what they yield"
    )
    near(projects.chinese_profits, p.finance.owners_part * gives[0], before.fdi_stock, "owners in China get theirs")
    assert (plants <= gives[0] + gives[1] + TOLERANCE * before.fdi_stock).all(), "plants pay more than they yield"
    booked = sum(
        amount for kind, payer, _, amount in world.money.entries if kind == "profits" and payer == ledger.BELARUS
    )
    near(booked, owners.profits + world.belarus.government.profits, before.fdi_stock, "all profits are paid")


def check_reserves(world, before):
    from sinobel.world.readings import observe

    seen = observe(world)
    claims = world.money.claims
    lending = sum(claims[name] - before.claims[name] for name in claims)
    financing = (
        seen["fdi_from_china"] + seen["fdi_from_elsewhere"] + seen["other_capital"] + seen["stake_receipts"] + lending
    )
    change = world.money.stocks[ledger.BELARUS] - before.reserves
    scale = np.abs(seen["total_exports"]) + np.abs(seen["total_imports"]) + np.abs(financing)
    near(change, seen["current_account"] + financing, scale, "reserves change by current account and financing")


def check_debts(world, before):
    from sinobel.world.readings import observe

    seen = observe(world)
    claims = world.money.claims
    parts = (
        seen["debt_to_china"]
        + seen["debt_to_russia"]
        + seen["debt_to_multilaterals"]
        + seen["bonds"]
        + seen["other_public_debt"]
        + seen["arrears"]
    )
    near(parts, seen["external_public_debt"], seen["external_public_debt"], "debt is the sum over creditors")
    change = claims[ledger.TIED] + claims[ledger.UNTIED] - before.claims[ledger.TIED] - before.claims[ledger.UNTIED]
    near(
        change,
        seen["loan_disbursements"] - seen["principal_to_china"],
        seen["debt_to_china"] / 1e3 + 1,
        "debt to China changes by disbursement less principal",
    )


def check_loans(world, before):
    banks = world.china.policy_banks
    book = banks.book
    drawn = book.drawn - before.drawn
    repaid = before.outstanding + drawn - book.outstanding
    near(repaid, np.maximum(repaid, 0.0), before.outstanding + 1, "no loan repays less than nothing")
    near(total(repaid), banks.principal, banks.principal, "loan by loan, repayments add up to principal")
    near(total(drawn), banks.release, banks.release, "loan by loan, drawings add up to disbursement")
    near(
        total(book.outstanding),
        world.money.claims[ledger.TIED],
        world.money.claims[ledger.TIED],
        "the loan book owes what the ledger owes",
    )
    check_commitments(world, before)
    assert (book.drawn <= book.committed * (1 + 1e-9) + 1e-6).all(), "a loan is drawn beyond its commitment"
    assert (book.undrawn >= -1e-9).all()
    assert (book.outstanding >= -1e-6).all()
    assert (book.lapsed - before.lapsed >= -1e-6).all(), "a lapsed commitment comes back"


def check_commitments(world, before):
    """What is told of loans signed and paid out is the loan book with untied credit, and each of the two goes up alone."""
    from sinobel.world.readings import observe

    seen, banks = observe(world), world.china.policy_banks
    book, flow = banks.book, seen["loan_commitments"] + seen["undrawn_commitments"]
    tied = total(book.committed) - total(before.committed)
    near(seen["loan_commitments"] - seen["untied_loans_signed"], tied, flow, "but for untied credit, the book signs")
    drawn = seen["loan_disbursements"] - seen["untied_loans_from_china"]
    near(drawn, total(book.drawn) - total(before.drawn), flow, "but for untied credit, the book pays out")
    waiting = total(book.undrawn) - total(before.undrawn)
    near(waiting, tied - drawn - seen["lapsed_commitments"], flow, "what the book signs is drawn, lapses or waits")
    untied = seen["untied_loans_signed"] - seen["untied_loans_from_china"]
    near(banks.line - before.line, untied, flow, "untied credit that is signed is drawn or waits")


def check_budget(world, before):
    """What the treasury says agrees with the ledger, the loan book and itself."""
    from sinobel.world.readings import observe

    seen, treasury, banks = observe(world), world.belarus.government.treasury, world.china.policy_banks
    paid = -world.money.total(ledger.BELARUS, kind="interest")
    near(seen["interest_on_public_debt"], paid, paid, "interest is what the ledger paid")
    scale = np.abs(seen["government_revenue"])
    tied = banks.interest + banks.principal
    own_part = 1 - banks.guaranteed / np.maximum(tied, 1e-9)
    check_service_by_lender(world, seen, paid)
    own_interest = paid - banks.interest * (1 - own_part)
    beyond_usual = world.belarus.projects.local_cost
    spent = own_interest + seen["guarantees_called"] + beyond_usual + treasury.paid_for_claims
    usual = seen["local_cost"] - beyond_usual
    near(np.maximum(usual, 0.0), usual, scale, "recorded balances have borne the local cost of usual lending")
    near(seen["budget_balance"], seen["primary_balance"] - spent, scale, "the balance is primary balance less the rest")
    due = seen["gross_financing_need"] + seen["budget_balance"]
    cleared = -world.money.total(ledger.BELARUS, kind="arrears cleared")
    repaid = seen["debt_service"] - paid - cleared
    near(
        due,
        repaid - banks.principal * (1 - own_part),
        seen["debt_service"] + 1,
        "need is what falls due and the deficit",
    )
    assert (banks.called <= banks.guaranteed * (1 + 1e-9)).all(), "more is called than was guaranteed"
    bonds = (
        sum(treasury.bonds_due) * treasury.bonds_kept
        + world.board.events("left", "bonds")
        + world.board.events("own", "bonds")
    )
    near(bonds, world.money.claims[ledger.BONDS], bonds + 1, "every bond that is out falls due in some month")
    change = treasury.unpaid_claims - before.unpaid_claims
    at_home = treasury.assumed * (1 - world.parameters.finance.contingent_abroad)
    near(change, at_home - treasury.paid_for_claims, treasury.assumed + 1, "debts taken over are paid or still stand")


def check_service_by_lender(world, seen, paid):
    """What each lender is told to be paid is what the ledger paid it, and old Chinese loans are a part of the book."""
    treasury, banks = world.belarus.government.treasury, world.china.policy_banks
    money, scale = world.money, paid + 1
    near(seen["interest_to_russia"], money.total(ledger.RUSSIA, kind="interest"), scale, "interest to Russia")
    multi, bonds = ledger.MULTILATERAL, ledger.BONDHOLDERS
    near(seen["interest_to_multilaterals"], money.total(multi, kind="interest"), scale, "interest to banks")
    near(seen["principal_to_multilaterals"], money.total(multi, kind="principal"), scale, "principal to banks")
    near(seen["interest_on_bonds"], money.total(bonds, kind="interest"), scale, "interest on bonds")
    named = ("to_china", "to_russia", "to_multilaterals", "on_bonds")
    other = money.total(ledger.OTHER_CREDITORS, kind="interest") + treasury.rescheduling_fee
    near(sum(seen[f"interest_{name}"] for name in named) + other, paid, scale, "interest by lender adds up")
    cleared = -money.total(ledger.BELARUS, kind="arrears cleared")
    principal = sum(seen[f"principal_{name}"] for name in named) + cleared
    near(principal, seen["debt_service"] - paid, seen["debt_service"] + 1, "principal by lender adds up")
    old = seen["old_principal_to_china"]
    assert (old >= -1e-9).all(), "old loans repay less than nothing"
    assert (old <= banks.principal * (1 + 1e-9) + 1e-9).all(), "old loans repay more than the whole book"


def check_tonnes(world, before):
    mine, buyers = world.belarus.belaruskali, world.china.potash_buyers
    stocks = world.tonnes.stocks
    home = [amount for kind, _, _, amount in world.tonnes.entries if kind == "sold at home"][0]
    near(
        stocks[ledger.MINE_STOCK],
        before.tonnes[ledger.MINE_STOCK] + mine.output - mine.shipped - mine.sold_elsewhere - home,
        mine.output + stocks[ledger.MINE_STOCK],
        "mined is shipped, sold or stored",
    )
    near(
        stocks[ledger.IN_TRANSIT],
        before.tonnes[ledger.IN_TRANSIT] + mine.shipped - buyers.landed,
        mine.shipped + stocks[ledger.IN_TRANSIT],
        "what is shipped lands",
    )
    near(
        stocks[ledger.IN_TRANSIT],
        buyers.shipped_last_month + buyers.delayed,
        stocks[ledger.IN_TRANSIT],
        "the cargo under way is the cargo in the books",
    )
    near(
        stocks[ledger.CHINESE_STOCKS],
        before.tonnes[ledger.CHINESE_STOCKS] + buyers.imports + buyers.own_output - buyers.use,
        buyers.use + stocks[ledger.CHINESE_STOCKS],
        "Chinese stocks: opening, imports and output less use",
    )
    assert (mine.output <= mine.mine_capacity * (1 + 1e-9) + 1e-6).all(), "more mined than the mines can"


def check_waiting(world, before):
    """Tonnes wait for a contract only while nobody has one, and no market is shut to a contract in force."""
    mine, buyers = world.belarus.belaruskali, world.china.potash_buyers
    anybody = buyers.talks.in_force.any(axis=0)
    size = 1e-9 * (1 + before.backlog)
    assert (buyers.talks.begun == anybody).all()
    assert (mine.backlog <= before.backlog + size)[anybody].all(), "what another ships waits for a contract"
    assert (mine.backlog >= before.backlog - size)[~anybody].all(), "made up for without a contract"
    assert not (buyers.closed & anybody).any(), "a contract in force is broken"
    assert (mine.shipped <= buyers.let_in * (1 + 1e-9))[buyers.closed].all(), "more leaves than is let in"


def check_signs(world):
    from sinobel.world.readings import observe

    for name, value in observe(world).items():
        assert np.isfinite(value).all(), f"{name} is not finite"
    for book in (world.money, world.tonnes):
        for name, value in {**book.stocks, **book.claims}.items():
            assert (value >= -1e-6 * (1 + np.abs(value))).all(), f"{name} is negative"
    for _, payer, payee, amount in (*world.money.entries, *world.tonnes.entries):
        assert payer != payee
        assert (amount >= -1e-9).all(), f"a payment from {payer} to {payee} is negative"
    russia, eu = world.russia.government, world.eu
    for index in (
        russia.tension,
        world.china.partnership,
        eu.access,
        world.belarus.dependence_on_russia,
        world.belarus.dependence_on_china,
        world.belarus.government.risk,
        world.belarus.government.reform,
    ):
        assert ((index >= 0) & (index <= 1)).all()
