"""The sheet of the loan book: one row for each loan of the record and of every scenario's events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sinobel.analysis import money
from sinobel.reporting.basis import LoanBasis
from sinobel.reporting.result_data import ResultData, Rows
from sinobel.reporting.tables.event_rows import EventRow
from sinobel.reporting.workbook.sheets import LINE, Book, heights, pages_for, write

SHEET = "Loan book"
WHAT = "one row for each loan: lender, sector, amount, dates, terms, tied share, status and source"
HEADER = {
    "loan": 7,
    "what for": 52,
    "lender or scenario": 30,
    "sector": 14,
    "instrument": 14,
    "amount, USD mn": 10,
    "signed": 9,
    "rate, % a year": 8,
    "grace, years": 7,
    "maturity, years": 8,
    "Chinese goods, share of what is signed (simulated mean)": 13,
    "the tie, as recorded": 46,
    "status": 26,
    "source": 46,
}
"""Columns and their widths."""
NUMBERS = (5, 7, 8, 9)
SHARE = 10
Row = list[object]


def add(book: Book, data: ResultData) -> None:
    """Write the sheet."""
    rows = [*_recorded(data), *(_of_event(each) for each in data.event_rows if each.loan or each.kind == "loan")]
    sheet = book.sheet(SHEET, list(HEADER), list(HEADER.values()), 2, pages=pages_for(len(rows)))
    widths = list(HEADER.values())
    for line, row in enumerate(rows, start=1):
        texts = [value if isinstance(value, str) else "" for value in row]
        sheet.set_row(line, LINE * heights(texts, widths))
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(line, column, value, book.apart)
            elif value is not None:
                form = book.percent if column == SHARE else book.whole if column == NUMBERS[0] else book.tenth
                write(sheet, line, column, value, form)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(HEADER) - 1)


def _recorded(data: ResultData) -> Iterator[Row]:
    """Loans of the record up to the origin, by date."""
    tied = tied_shares(data.loan_rows)
    for each in sorted(data.basis.loans, key=lambda each: (each.signed, each.loan)):
        if each.signed[:4] <= str(data.origin):
            yield [
                each.loan,
                each.project,
                each.lender,
                each.sector,
                each.instrument,
                amount(each),
                each.signed,
                each.rate,
                each.grace,
                each.maturity,
                tied.get(each.loan),
                each.tie,
                status(each, data.origin),
                each.source,
            ]


def amount(loan: LoanBasis) -> float:
    """USD mn; as people read it where that is all that is kept."""
    return float(loan.committed.replace(",", "")) if loan.amount is None else loan.amount


def status(loan: LoanBasis, origin: int) -> str:
    """What the record tells at the end of the origin's year: a project that cannot pay, or a loan that has run out."""
    if loan.failed and loan.failed[:4] <= str(origin):
        return f"project fails since {loan.failed}"
    if loan.maturity is None:
        return "terms not known"
    ends = int(loan.signed[:4]) + int(loan.maturity)
    return f"due until {ends}" if ends > origin else f"was due until {ends}"


def tied_shares(rows: Rows) -> dict[str, float]:
    """Loan -> what bought Chinese goods of each dollar signed, mean over futures of the reference."""
    found: dict[str, float] = {}
    for row in rows:
        if row["stage"] == money.SPENT and row["item"] in (money.GOODS, money.TOO_DEAR):
            loan = str(row["loan"])
            found[loan] = found.get(loan, 0.0) + float(row["mean"]) / 100
    return found


def _of_event(each: EventRow) -> Row:
    """A loan that a scenario brings; its terms stand in words, for what is not stated is as usual."""
    words: Sequence[object] = (each.loan, each.name, f"{each.source} ({each.scenario})")
    sector, _, instrument = each.purpose.partition(", ")
    terms = (each.dated, None, None, None, None, each.terms)
    return [*words, sector, instrument, each.amount, *terms, "set by a scenario", each.scenario]
