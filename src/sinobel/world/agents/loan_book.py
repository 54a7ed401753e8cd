"""The loan book of the Chinese policy banks: every named loan, a few rows for events, and a few for every year to come.

Rows are loans, columns are draws; money is USD mn; what is not signed has amount 0. `outstanding` changes only by
drawing and repaying, `undrawn` only by signing, drawing and lapsing, loan by loan. All loans are drawn at one pace and
repaid in equal installments within a year, so the book is written up loan by loan once a year, and a month moves three
numbers per draw: how much of January's undrawn money has been paid out, how much of it is left, how many installments
are paid. A loan signed within the year is entered as if it had stood in January: with so much more money that what is
left of it is the amount signed, and `ahead`, what it would have drawn by then, taken off.
"""

from __future__ import annotations

import numpy as np

from sinobel.inputs import months
from sinobel.inputs.loans_and_contracts import EVENTS, SLOTS, new_loans
from sinobel.world.agents.loan_accounts import LoanAccounts
from sinobel.world.agents.loan_projects import LoanProjects, LuckOf
from sinobel.world.agents.loan_terms import Terms
from sinobel.world.arrays import Draws, total
from sinobel.world.constants import A_YEAR, MONTHS_PER_YEAR
from sinobel.world.opening.loans import FIRST_YEAR, LoansOpening
from sinobel.world.opening.projects import Odds
from sinobel.world.rules import loan_service
from sinobel.world.state import Declared, calendar, fixed, part, state, written

NO_SECTOR = -1.0  # of rows in which nothing is signed
LINE, PROJECT = 0, 1  # rows of the tied shares: of bank lines and of other credit; those of events stand behind
OWN = 2  # first row of them
Slots = tuple[Draws, ...]
"""One number a draw for each loan that a year may bring."""


class LoanBook(Declared):
    """State of all loans.

    Parameters
    ----------
    opening : LoansOpening
        The book at the origin.
    grace : np.ndarray
        Years, of the loans signed before the origin; (draws,)
    repayment : np.ndarray
        Years, likewise.
    tied_shares : tuple[np.ndarray, np.ndarray]
        Of bank lines and of other credit, (draws,)
    span : tuple[int, int]
        Months of origin and horizon; rows wait for every year in between.
    odds : Odds
        Of projects, without stress.
    luck_of : LuckOf
        What decides on the project of a loan of the record, by its name.
    """

    committed: Draws = written("USD mn", "signed, loan by loan")
    monthly_rate: Draws = written("fraction a month", "interest rate, loan by loan")
    tied_limit: Draws = written("fraction", "largest tied share the government signed, loan by loan")
    grace: Draws = written("years", "grace, loans to come")
    repayment: Draws = written("years", "repayment, loans to come")
    guaranteed: Draws = written("fraction", "share under a guarantee; the rest the state owes itself, loan by loan")
    lines: Draws = written("fraction", "part that is a bank line, loan by loan")
    sector: Draws = written("row", "sector, loan by loan; -1 where nothing is signed")
    instrument: Draws = written("row", "instrument, loan by loan; -1 where nothing is signed")
    tied_shares: Draws = written("fraction", "tied share of bank lines, of other credit, of each event")
    limited: bool = calendar("yes or no", "whether the government has limited the tied share of a loan")
    current: int = calendar("row", "first of those that may be signed in the year")
    total_undrawn: Draws = state("USD mn", "signed, neither drawn nor lapsed, all loans")

    # of the year's candidates
    _weights: Draws = state("fraction", "share of the year's amount, candidate by candidate")
    _restricted: Draws = state("fraction", "the same while only transport passes without a filter")
    _luck: Draws = state("fraction", "chance that decides on the instrument, candidate by candidate")
    _sectors: Draws = state("row", "sector, candidate by candidate")

    # written up in January
    _undrawn: Draws = written("USD mn", "signed, neither drawn nor lapsed in January, loan by loan")
    _drawn: Draws = written("USD mn", "drawn to January, loan by loan")
    _outstanding: Draws = written("USD mn", "owed in January, loan by loan")
    _ahead: Draws = written("USD mn", "what a loan signed within the year would have drawn before, loan by loan")
    installment: Draws = written("USD mn a month", "principal due in the current year, loan by loan")

    # moved every month
    _paid_out: Draws = state("fraction", "part of January's undrawn money that has been paid out")
    _left: Draws = state("fraction", "part of it that is neither paid out nor lapsed")
    _installments_due: float = calendar("months", "installments of the year that have been due")
    _installments_paid: Draws = state("months", "those that were paid; the others start a new grace period")

    # sums over loans of January, with and without a guarantee of the state
    _by_tie: Draws = written("USD mn", "undrawn in January, by tied share")
    _interest: tuple[Draws, Draws, Draws] = state(
        "USD mn a month", "interest on what is owed, on all that is undrawn, on an installment"
    )
    _guaranteed_interest: tuple[Draws, Draws, Draws] = state("USD mn a month", "the same with a guarantee")
    _called_interest: tuple[Draws, Draws, Draws] = state("USD mn a month", "the part of it that projects do not earn")
    _new_guaranteed: tuple[Draws, Draws] = state("USD mn a month", "guaranteed interest of loans signed in the year")
    _installments: Draws = state("USD mn a month", "installments")
    _guaranteed_installments: Draws = state("USD mn a month", "the same with a guarantee")
    _called_installments: Draws = state("USD mn a month", "the part of it that projects do not earn")

    # how principal falls due; rows by year or event, each entered once and never written again
    _due_old: Draws = fixed("fraction a year", "part of a drawing that falls due at each age, loans of the record")
    _due_new: dict[int, Draws] = state("fraction a year", "the same of new loans, by year of signature")
    _due_events: Draws = state("fraction a year", "the same of loans that a scenario sets, row by row")
    _recorded: Draws = fixed("USD mn", "recorded drawings of each year, loan by loan")
    _survivors: Draws = fixed("fraction", "part of them that the recorded debt leaves")
    _undrawn_at_origin: Draws = fixed("USD mn", "undrawn at the origin, loan by loan")
    _left_of_origin: Draws = state("fraction", "part of it that is still undrawn in January")
    _drawn_a_year: dict[int, Draws] = state("fraction", "part of it that was drawn, by year")
    _tranches: dict[int, Draws] = state("USD mn", "drawings of new loans, by year; rows are loans")
    _put_off: dict[int, Draws] = state("USD mn", "principal of all loans that started anew, by year")
    accounts: LoanAccounts = part(LoanAccounts, "what each loan has paid for and paid back")
    projects: LoanProjects = part(LoanProjects, "what each loan builds")

    def __init__(
        self,
        opening: LoansOpening,
        grace: np.ndarray,
        repayment: np.ndarray,
        tied_shares: tuple[np.ndarray, np.ndarray],
        span: tuple[int, int],
        *,
        odds: Odds,
        luck_of: LuckOf,
    ):
        self.opening = opening
        first, last = (months.year(month) for month in span)
        self.first_new_year = first + 1
        self.old = len(opening.loans)
        self.first_candidate = self.old + EVENTS
        self.names = [loan.id for loan in opening.loans] + new_loans(self.first_new_year, last)
        self._enter(opening, grace, repayment)
        self.tied_shares = np.stack([*tied_shares, *[tied_shares[PROJECT]] * EVENTS])
        ages = np.arange(last - FIRST_YEAR + 1.0)[:, None]
        self._due_old = loan_service.share_due(age=ages, grace=grace, repayment=repayment)
        self._open_books(len(grace))
        self._recorded, self._survivors = opening.drawn_by_year, opening.survivors
        self._undrawn_at_origin = self._undrawn[: self.old].copy()
        self.accounts = LoanAccounts(self.rows, len(self.tied_shares), len(grace))
        self.projects = LoanProjects.of(self.names, opening, self.sector, odds, luck_of)

    def _enter(self, opening: LoansOpening, grace: Draws, repayment: Draws) -> None:
        """Rows of all loans: those of the record as they stand, those to come empty."""
        old, draws, rows = self.old, len(grace), self.rows

        def with_new(values: np.ndarray) -> np.ndarray:
            full = np.zeros((rows, draws))
            full[:old] = values if values.ndim > 1 else values[:, None]
            return full

        self.committed = with_new(opening.committed)
        self.monthly_rate = with_new(opening.rate) / MONTHS_PER_YEAR
        self.guaranteed = with_new(opening.guaranteed)
        self.lines = with_new(opening.lines)
        self.tied_limit = np.ones((rows, draws))
        self.grace = np.tile(grace, (rows - old, 1))
        self.repayment = np.tile(repayment, (rows - old, 1))
        self.sector, self.instrument = with_new(opening.sector), with_new(opening.instrument)
        self.sector[old:] = self.instrument[old:] = NO_SECTOR
        self._undrawn = with_new(opening.committed - opening.drawn)
        self._drawn = with_new(opening.drawn)
        self._outstanding = with_new(opening.outstanding)
        self._ahead = np.zeros_like(self._drawn)
        self.installment = np.zeros_like(self.committed)

    def _open_books(self, draws: int) -> None:
        """Sums and rows of years as they are before the first January."""
        nothing, all_of_it = np.zeros(draws), np.ones(draws)
        self.limited, self.current = False, self.first_candidate
        self.total_undrawn = total(self._undrawn)
        self._weights = self._restricted = self._luck = self._sectors = np.zeros((len(SLOTS), draws))
        self._by_tie = np.zeros_like(self._undrawn[: OWN + EVENTS])
        self._paid_out, self._left, self._left_of_origin = nothing, all_of_it, all_of_it
        self._installments_due, self._installments_paid = 0.0, nothing
        self._interest = self._guaranteed_interest = self._called_interest = (nothing, nothing, nothing)
        self._installments = self._guaranteed_installments = self._called_installments = nothing
        self._due_events = np.zeros((len(self._due_old), EVENTS, draws))
        self._new_guaranteed, self._due_new, self._drawn_a_year = (nothing, nothing), {}, {}
        self._tranches, self._put_off = {}, {}

    # --- the book as it stands ---

    @property
    def rows(self) -> int:
        """Number of loans, those to come included."""
        return len(self.names)

    @property
    def events(self) -> slice:
        """Rows that wait for loans that a scenario sets."""
        return slice(self.old, self.first_candidate)

    @property
    def undrawn(self) -> np.ndarray:
        """Signed, neither drawn nor lapsed, loan by loan."""
        result: np.ndarray = self._undrawn * self._left
        return result

    @property
    def drawn(self) -> np.ndarray:
        """Drawn since the signature, loan by loan."""
        result: np.ndarray = self._drawn + (self._undrawn * self._paid_out - self._ahead)
        return result

    @property
    def due_before(self) -> np.ndarray:
        """Principal that a month of the year should bring on loans signed before the origin, USD mn; (draws,)."""
        return total(self.installment[: self.old])

    @property
    def outstanding(self) -> np.ndarray:
        """Owed, loan by loan."""
        moved = self._undrawn * self._paid_out - self._ahead - self.installment * self._installments_paid
        result: np.ndarray = self._outstanding + moved
        return result

    @property
    def lapsed(self) -> np.ndarray:
        """Commitments that lapsed undrawn, loan by loan."""
        result: np.ndarray = self.committed - self.drawn - self.undrawn
        return result

    def working(self) -> tuple[np.ndarray, np.ndarray]:
        """What projects that work yield in a month when well spent, and their power plants."""
        return self.projects.working(self._paid_out, self._installments_due)

    def drawn_for_mine(self) -> np.ndarray:
        """Drawn of the loans for the Nezhinsky mine whose project works."""
        return self.projects.drawn_for_mine(self._paid_out)

    def capital(self) -> np.ndarray:
        """Capital of projects that work."""
        return self.projects.capital(self._paid_out, self._installments_due)

    def undrawn_by_sector(self) -> tuple[np.ndarray, ...]:
        """What is undrawn at the origin by sector, for projects whose output is reckoned here."""
        return self.projects.by_sector(self._undrawn, self.sector)

    def paid(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Since the origin, loan by loan: drawn for tied goods, interest paid, principal paid, what was called."""
        return self.accounts.now(
            self._undrawn,
            self._outstanding - self._ahead,
            installment=self.installment,
            rate=self.monthly_rate,
            lines=self.lines,
            unearned=self.guaranteed * self.projects.unearned,
            events=self.events,
            months=self._installments_due,
            installments_paid=self._installments_paid,
        )

    # --- January ---

    def open_year(self, year: int, odds: Odds) -> None:
        """Write up the year that ends, find what principal falls due in the one that begins, and which projects fail.

        Parameters
        ----------
        year : int
            That begins.
        odds : Odds
            Of projects in it.
        """
        signed = year - self.first_new_year  # years of new loans so far
        if signed:
            self._write_up(signed)
        self.current = self.first_candidate + len(SLOTS) * signed
        before = slice(0, self.current)
        due = self._principal_due(year, signed)
        self.installment[before] = np.minimum(due, self._outstanding[before] / A_YEAR) / MONTHS_PER_YEAR
        rate = self.monthly_rate[before]
        earning = (self._outstanding[before], self._undrawn[before], self.installment[before])
        money = (self._drawn[before], self._undrawn[before])
        self.projects.open_year(odds, self.sector[before], money, self.installment[before])
        sums = [self._sums(loan_service.interest_due(outstanding=rows, monthly_rate=rate), before) for rows in earning]
        self._interest, self._guaranteed_interest, self._called_interest = zip(*sums, strict=True)
        due_with = self._sums(self.installment[before], before)
        self._installments, self._guaranteed_installments, self._called_installments = due_with
        self._new_guaranteed = (np.zeros_like(self._left), np.zeros_like(self._left))
        self._by_tie = self._tied_sums(before)
        self._paid_out, self._left = np.zeros_like(self._left), np.ones_like(self._left)
        self._installments_due, self._installments_paid = 0.0, np.zeros_like(self._left)

    def plan(self, weights: tuple[Slots, Slots], lucks: Slots, sectors: Slots, fates: Slots) -> None:
        """What the year's candidates are: shares of what is signed, usual and restricted; what decides on each."""
        self._weights, self._restricted = (np.stack(each) for each in weights)
        self._luck, self._sectors = np.stack(lucks), np.stack(sectors)
        self.projects.luck[self.current : self.current + len(SLOTS)] = np.stack(fates)

    def _write_up(self, signed: int) -> None:
        """Bring every loan to the end of the year, and keep what was drawn in it: it starts its own grace period."""
        year = self.first_new_year + signed - 1
        before = slice(0, self.current + len(SLOTS))
        self.accounts.write_up(*self.paid())
        put_off = self._installments_due - self._installments_paid
        if np.any(put_off):
            self._put_off = self._put_off | {year: self.installment[before] * put_off}
        drawn_in_year = self._undrawn[before] * self._paid_out - self._ahead[before]
        self._tranches = self._tranches | {year: drawn_in_year[self.old :]}
        self._drawn_a_year = self._drawn_a_year | {year: self._left_of_origin * self._paid_out}
        self._left_of_origin = self._left_of_origin * self._left
        self._outstanding[before] += drawn_in_year - self.installment[before] * self._installments_paid
        self._drawn[before] += drawn_in_year
        self.projects.write_up(drawn_in_year, self._installments_due)
        self._undrawn[before] *= self._left
        self._ahead[before] = 0.0
        ages = np.arange(float(len(self._due_old)))[:, None]
        last = self._vintage(signed - 1).start
        due = loan_service.share_due(age=ages, grace=self.grace[last], repayment=self.repayment[last])
        self._due_new = self._due_new | {year: due}

    def _vintage(self, place: int) -> slice:
        """Rows of a year's candidates among the loans to come."""
        first = EVENTS + len(SLOTS) * place
        return slice(first, first + len(SLOTS))

    def _principal_due(self, year: int, signed: int) -> np.ndarray:
        """Principal of a year on everything drawn, or put off, before it; (loans, draws)."""
        due = np.zeros_like(self._outstanding[: self.current])
        old, new = due[: self.old], due[self.old :]
        for place, recorded in enumerate(self._recorded):
            old += recorded[:, None] * (self._survivors * self._due_old[year - (FIRST_YEAR + place)])
        later = np.zeros_like(self._left)
        for drawn_in, share in self._drawn_a_year.items():
            later = later + share * self._due_old[year - drawn_in]
        old += self._undrawn_at_origin * later
        for drawn_in, drawn in self._tranches.items():
            self._add_due(new, drawn, year - drawn_in)
        for start, principal in self._put_off.items():
            old += principal[: self.old] * self._due_old[year - start]
            self._add_due(new, principal[self.old :], year - start)
        return due

    def _add_due(self, due: np.ndarray, drawn: np.ndarray, age: int) -> None:
        """Add what falls due of a year's drawings of new loans at an age."""
        due[:EVENTS] += drawn[:EVENTS] * self._due_events[age]
        for year, share in self._due_new.items():
            rows = self._vintage(year - self.first_new_year)
            if rows.start < len(drawn):
                due[rows] += drawn[rows] * share[age]

    def _sums(self, rows: np.ndarray, where: slice) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Sums over loans: of all of them, of what the state guarantees, and of what it pays of that."""
        answered = rows * self.guaranteed[where]
        return total(rows), total(answered), total(answered * self.projects.unearned[where])

    def _tied_sums(self, where: slice) -> np.ndarray:
        """What is undrawn of some rows in January, by tied share."""
        undrawn, events = self._undrawn[where], self._undrawn[self.events]
        lines, everything = total(undrawn * self.lines[where]), total(undrawn)
        return np.stack([lines, everything - total(events) - lines, *events])

    # --- the month ---

    def sign(self, amount: np.ndarray, terms: Terms) -> None:
        """Enter the commitments of a month into the rows of the year, each candidate its share.

        Parameters
        ----------
        amount : np.ndarray
            USD mn, 0 in most months; (draws,)
        terms : Terms
            They count where something is signed.
        """
        rows = slice(self.current, self.current + len(SLOTS))
        parts = amount * np.where(np.greater(terms.restricted, 0.0), self._restricted, self._weights)
        signed = parts > 0
        other, line = terms.kinds(self._luck)
        self.sector[rows] = np.where(signed, self._sectors, self.sector[rows])
        self.instrument[rows] = np.where(signed, other * 1.0 + line, self.instrument[rows])
        self.lines[rows] = np.where(signed, line * 1.0, self.lines[rows])
        rate = np.where(other, terms.commercial, terms.preferential)
        added = self._enter_amount(rows, parts, rate, terms)
        lines = total(added * self.lines[rows])
        self._by_tie[LINE] += lines
        self._by_tie[PROJECT] += total(added) - lines

    def sign_events(
        self, amount: np.ndarray, terms: Terms, tied_share: np.ndarray, *, kind: tuple[Draws, Draws], fate: Draws
    ) -> None:
        """Enter loans that a scenario sets, in the month of their signature, into the rows that wait for them.

        Parameters
        ----------
        amount : np.ndarray
            USD mn, (events, draws); 0 where nothing is signed, and a row is signed at most once in each draw.
        terms : Terms
            Of each of them, (events, draws) or (draws,), where it is signed; its rate stands as the preferential one.
        tied_share : np.ndarray
            Share that must buy Chinese goods, unless a scenario sets that of all loans; (events, draws)
        kind : tuple[Draws, Draws]
            Places of sector and instrument in SECTORS and INSTRUMENTS; (events, draws)
        fate : np.ndarray
            What decides on their projects; (events, draws)
        """
        signed, rows = amount > 0, self.events
        self.projects.luck[rows] = np.where(signed, fate, self.projects.luck[rows])
        self.sector[rows], self.instrument[rows] = (
            np.where(signed, given, known[rows])
            for given, known in zip(kind, (self.sector, self.instrument), strict=True)
        )
        self.tied_shares[OWN:] = np.where(signed, tied_share, self.tied_shares[OWN:])
        self._by_tie[OWN:] += self._enter_amount(rows, amount, terms.preferential, terms)
        ages = np.arange(float(len(self._due_old)))[:, None, None]
        self._due_events = loan_service.share_due(
            age=ages, grace=self.grace[:EVENTS], repayment=self.repayment[:EVENTS]
        )

    def _enter_amount(self, rows: slice, amount: np.ndarray, rate: np.ndarray, terms: Terms) -> np.ndarray:
        """Enter amounts as if they had stood in January; returns what would have stood there, row by row."""
        signed, place = amount > 0, slice(rows.start - self.old, rows.stop - self.old)
        added = amount / self._left
        ahead = added * self._paid_out
        self.committed[rows] += amount
        self._undrawn[rows] += added
        self._ahead[rows] += ahead
        self.total_undrawn = self.total_undrawn + total(amount)
        self.monthly_rate[rows] = np.where(signed, rate / MONTHS_PER_YEAR, self.monthly_rate[rows])
        self.grace[place] = np.where(signed, terms.grace, self.grace[place])
        self.repayment[place] = np.where(signed, terms.repayment, self.repayment[place])
        self.guaranteed[rows] = np.where(signed, terms.guaranteed, self.guaranteed[rows])
        if self.limited or np.any(np.less(terms.tied_limit, 1.0)):
            self.limited = True
            self.tied_limit[rows] = np.where(signed, terms.tied_limit, self.tied_limit[rows])
        on_added, on_ahead = added * self.monthly_rate[rows], ahead * self.monthly_rate[rows]
        owed, undrawn, installment = self._interest
        self._interest = (owed - total(on_ahead), undrawn + total(on_added), installment)
        answered = self.guaranteed[rows]
        on_drawn, on_undrawn = self._new_guaranteed
        self._new_guaranteed = (on_drawn - total(on_ahead * answered), on_undrawn + total(on_added * answered))
        self.accounts.enter(rows, on_added, on_ahead * self._installments_due)
        self.accounts.not_tied(rows, added, lines=self.lines[rows], own=rows == self.events)
        return added

    def draw(
        self, share: np.ndarray, lapsing: np.ndarray, tied_shares: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Pay out a share of what is undrawn, then let a share of the rest lapse.

        Parameters
        ----------
        share : np.ndarray
            Of what is undrawn that is paid out; lapsing, of the rest; (draws,)
        tied_shares : np.ndarray
            In the rows of `tied_shares`, as scenarios leave them.

        Returns
        -------
        tuple[np.ndarray, np.ndarray, np.ndarray]
            Sums over loans: paid out, the tied part of it, lapsed.
        """
        paid, part = self.total_undrawn * share, self._left * share
        tied = total(self._by_tie * tied_shares) * part
        if self.limited:
            tied = tied - self._untie(part, tied_shares)
        gone = (self.total_undrawn - paid) * lapsing
        self.total_undrawn = self.total_undrawn - paid - gone
        self.accounts.draw(part * tied_shares)
        self._paid_out = self._paid_out + part
        self._left = self._left * (1 - share) * (1 - lapsing)
        return paid, tied, gone

    def _untie(self, part: np.ndarray, tied_shares: np.ndarray) -> np.ndarray:
        """What limits of the government leave untied of a month's money, all loans together."""
        rows = slice(self.old, self.current + len(SLOTS))
        lines = self.lines[rows]
        tied = lines * tied_shares[LINE] + (1 - lines) * tied_shares[PROJECT]
        tied[:EVENTS] = tied_shares[OWN:]
        untied = self._undrawn[rows] * part * np.maximum(tied - self.tied_limit[rows], 0.0)
        self.accounts.untie(rows, untied)
        return total(untied)

    def serve(self, rescheduled: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Pay the month's interest and principal, but for principal that is put off.

        Parameters
        ----------
        rescheduled : np.ndarray
            Share of what is due that starts a new grace period instead; (draws,)

        Returns
        -------
        tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]
            interest, principal, principal put off, the paid part of both that the state guarantees, and what of that
            projects do not earn.
        """
        interest, guaranteed, called = (
            self._interest_now(each) for each in (self._interest, self._guaranteed_interest, self._called_interest)
        )
        self.accounts.serve(self._paid_out, self._installments_paid)
        paid = 1 - rescheduled
        self._installments_due += 1.0
        self._installments_paid = self._installments_paid + paid
        principal, put_off = self._installments * paid, self._installments * rescheduled
        on_drawn, on_undrawn = self._new_guaranteed
        new = on_drawn + on_undrawn * self._paid_out
        guaranteed = guaranteed + new + self._guaranteed_installments * paid
        called = called + self.projects.unearned_in_grace * new + self._called_installments * paid
        return interest, principal, put_off, guaranteed, called

    def _interest_now(self, sums: tuple[np.ndarray, np.ndarray, np.ndarray]) -> np.ndarray:
        """Interest of the month from the sums of January: on what was owed, plus drawn, less repaid since."""
        owed, undrawn, installment = sums
        return owed + undrawn * self._paid_out - installment * self._installments_paid
