"""Explanations of institutions, positions, events, packages and the tables of a scenario file."""

import pytest

from sinobel.inputs.decisions import all_decisions
from sinobel.inputs.reading import InputError
from sinobel.policies import packages, scenarios
from sinobel.reporting.words import explain_actors, explain_decisions
from sinobel.reporting.words.explain import explain
from tests.cli.test_cli import call


@pytest.mark.parametrize(
    ("name", "label", "told"),
    [
        ("belaruskali", "acts", "the seller of Belarusian potash"),
        ("belaruskali", "parameters", "potash.mine_stock_target"),
        ("policy_banks", "PolicyBanks", "Eximbank and China Development Bank"),
        ("reformers", "position", "of Belarus (belarus.reformers)"),
        ("belarus.reformers", "weighs", "belarus.income: about 25 %"),
        ("package", "ready-made", "imf-program"),
        ("loan", "shipped", "plants"),
        ("plants", "loan", "an event of the scenario fifteen-billion-arrive"),
        ("PLANTS", "loan", "USD 2,500 mn from China"),
    ],
)
def test_what_is_no_number_is_explained(name, label, told):
    assert any(mark == label and told in text for mark, text in explain(name)[1]), explain(name)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("china.policy_banks", {"PolicyBanks": "Eximbank", "position": "policy banks, of China", "decision": "loans-"}),
        (
            "russia.government.bid",
            {"decision": "russian-loans", "who": "with the EFSD", "grade": "paper: the paper says"},
        ),
        ("belarus.government.debt_office", {"DebtOffice": "tender", "decision": "choice-of-lenders"}),
        ("china.potash_buyers", {"PotashBuyers": "", "wants": "potash at the lowest price", "M13": ""}),
        (
            "loans-for-projects",
            {"sees": "lever china.lending_volume", "chooses": "logit", "alternative": "taken as they"},
        ),
        ("decisions", {"potash-offer": "Which price to offer", "imports": "How much to import"}),
        ("reform", {"indicator": "", "decision": "reform", "question": "How fast to reform"}),
        ("policy_banks", {"parameters": "loans.draw_pace", "decision": "loans-paid-out"}),
        ("environment", {}),
        ("belarus.foreign_owners", {"decides": "nothing"}),
        ("E1", {"loan": "depends on the scenario", "filled by": "fifteen-billion-arrive"}),
        ("n2018a", {"loan": "First loan signed in 2018"}),
        ("untied", {"loans": "Untied Chinese credit"}),
    ],
)
def test_who_decides_what_and_whose_a_row_of_the_loan_book_is_are_explained(name, told):
    if not told:
        with pytest.raises(InputError, match="nothing is called"):
            explain(name)
        return
    found = explain(name)[1]
    for label, part in told.items():
        assert any(mark == label and part in text for mark, text in found), (label, found)


def test_every_decision_and_institution_is_explained_once():
    for name in explain_decisions.names():
        found = explain(name)[1]
        assert found, name
        assert len([line for line in found if line[0] == "position"]) <= 1, name
    for decision in all_decisions():
        assert ("decision", decision) in explain(decision)[1]
    with pytest.raises(InputError, match='did you mean "loans-for-projects"'):
        explain("loans-for-project")


def test_all_of_them_are_explained_and_nearly_named_ones_are_guessed():
    for name in explain_actors.names():
        assert explain(name)[1], name
    with pytest.raises(InputError, match=r'did you mean "belarus\.reformers"'):
        explain("belarus.reformer")
    with pytest.raises(InputError, match='did you mean "policy_banks"'):
        explain("policybanks")


def test_the_file_of_a_package_is_explained_and_is_no_scenario(capsys):
    path = packages.folder() / "imf-program.toml"
    title, lines = explain(str(path))
    assert title == str(path)
    assert sum(label == "loan" for label, _ in lines) == 6
    for name in ("imf-program", str(path)):
        with pytest.raises(InputError, match='"imf-program" is a package, not a scenario') as refused:
            scenarios.load(name)
        assert len(refused.value.problems) == 1
    assert call("validate", path) == 2
    assert capsys.readouterr().err.count("error") == 1


def test_many_investments_of_one_year_are_told_once_and_without_a_tail_of_digits(tmp_path, capsys):
    each = '[[investment]]\nname = "firm {}"\nfrom = "2018-01"\nuntil = "2019-01"\namount = 20\ninvestor = "china"\n'
    (tmp_path / "many.toml").write_text('question = "?"\n' + "".join(map(each.format, range(40))))
    assert call("validate", tmp_path / "many.toml") == 0
    told = " ".join(capsys.readouterr().out.split())
    assert told.count("beyond what has been seen") == 1
    assert "USD 738.5 mn in 2018, and the largest year of the record is 2016 with USD 100 mn" in told


def test_the_reason_of_a_package_is_told_once(capsys):
    assert call("validate", "imf-program-with-conditions") == 0
    assert " ".join(capsys.readouterr().out.split()).count("each lender asks its own price") == 1


def test_terms_that_an_event_leaves_open_are_as_usual(tmp_path, capsys):
    loan = '[[loan]]\nname = "mill"\nlender = "china"\namount = 20\nsigned = "2018-01"\n'
    (tmp_path / "one.toml").write_text(f'question = "?"\n{loan}')
    assert call("loans", tmp_path / "one.toml", "--format", "csv") == 0
    row = next(line for line in capsys.readouterr().out.splitlines() if line.split(",")[1] == "mill")
    assert row.split(",")[-3:] == ["as usual", "as usual", "event"]


def test_the_ledger_says_where_runs_usually_end(capsys):
    assert call("ledger", "--year", "2031", "--draws", "2") == 0
    assert "2031 lies beyond 2030, where runs end unless asked otherwise" in capsys.readouterr().out
