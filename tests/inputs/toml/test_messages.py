"""What is no TOML: each message names its line, and says what to write where people bring a habit from elsewhere."""

import pathlib
import time

import pytest

from sinobel.inputs.reading import InputError, read_text
from sinobel.inputs.toml_text import parse_toml
from sinobel.policies.scenarios import read_scenario

CHANGE = '[[change]]\nlever = "china.tied_share"\nfrom = "2018-01"\nvalue = 0.4\n'


def refused(text):
    """The one problem of a text."""
    with pytest.raises(InputError) as error:
        parse_toml(text, pathlib.Path("x.toml"))
    [problem] = error.value.problems
    return problem


def problems_of(folder, data):
    path = folder / "x.toml"
    path.write_bytes(data)
    try:
        read_scenario(path)
    except InputError as error:
        return [(problem.line, problem.message) for problem in error.problems]
    return []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a = 1\nvalue = 0,4\n", 2, "decimals take a point: write 0.4"),
        ("a = 1\nx = { value = -0,25 }", 2, "write -0.25"),
        ("value = 1,000", 1, "write 1.000 (or 1000, thousands take no comma)"),
        ("value = 0,4 # share", 1, "write 0.4"),
        ("a = 1\n\nquestion = “Word”", 3, "straight quotes"),
        ("lever = ‘x’", 1, "straight quotes"),
        ('lever = "x”\n', 1, "straight quotes"),
        ("lever = «x»", 1, "straight quotes"),
        ("“lever” = 1", 1, "straight quotes"),
        ("value = 40 %", 1, "0.4 for 40 %"),
        ("value = 2,5%", 1, "0.025 for 2,5 %"),
        ("a = 1\nlever = china.tied_share", 2, 'text stands in quotes: "china.tied_share"'),
        ("value = True", 1, "write true"),
        ("value = yes # surely", 1, "write true"),
        ("value = OFF", 1, "write false"),
        ("value = null", 1, "a key without a value is left out"),
        ('lever: "china.tied_share"', 1, "with =, not with a colon"),
        ("a = 1\n[[change]\nb = 1", 2, "[[change]]"),
        ("a = 1\r\nb = 1\rc = 1\n", 2, "carriage return"),
        ("a = 1\na = 2", 2, "this key stands twice in its table"),
        ("[a.b]\n[a.b]", 2, '"a.b"'),
        ('a = 1\nb = """\ntext\n\n', 2, "no end"),
        ("a = 1\nb = [\n1,\n2", 2, "no end"),
        ("a = 1\nb", 2, "the file ends"),
        ("a = 1\nb =", 2, "the file ends"),
        ("a = 1\nb = " + "9" * 5000, 2, "a number of about 5,000 digits is too large"),
        ("a = 1\nb = [\n1,\n" + "9_9" * 3000 + "]", 4, "digits is too large"),
        *[
            (f"a = 1\nvalue={sign}{'9' * 5000}{end}\n", 2, "a number of about 5,00")
            for sign in ("", "-", "+", "[", "{ b = ")
            for end in ("x", " x", ".", "e", "_", "-", ":", "é", "x]", "=", "'")
        ],
        ("a = 1\nb = " + "9" * 4290 + "_1" * 20, 2, "digits is too large"),
        ("a = 1\nb = " + "[" * 5000, 2, "more than 100 times"),
        ("a = 1\n" + "b." * 5000 + "c = 1", 2, "more than 100 times"),
        ("a = 1\nb = 1979-02-30", 2, "Invalid date"),
        ("a = 1\nb = \x00", 2, ""),
    ],
)
def test_message_names_the_line_and_says_what_to_write(text, line, words):
    problem = refused(text)
    assert problem.line == line
    assert words in problem.message
    assert len(problem.message) < 500
    assert problem.message.isprintable()


@pytest.mark.parametrize(
    "text",
    [
        "a = 0..4",
        "a = true false",
        "a = [1,,2]",
        '"key = x',
        "a = 1 2",
        "= 1",
        "a = [1 2]",
        'a = "\\q"',
        "x" * 5000 + " y",
    ],
)
def test_no_hint_where_no_habit_is_seen(text):
    problem = refused(text)
    assert problem.line == 1
    assert ";" not in problem.message


@pytest.mark.parametrize(
    "text",
    [
        2 * f'["{" " * 200_000}"]\n',
        2 * f'["{" (at " * 50_000}"]\n',
        2 * f"""["('a',{"-" * 100_000}1)"]\n""",
        2 * f"""["({'"' * 200_000})"]\n""".replace('"("', "'(\"").replace('")"', "\")'"),
        2 * f"['{'(' * 200_000}']\n",
        f"a ={' ' * 400_000}x y",
        "a = " + "9" * 4000 + "," + "9" * 400_000 + "x",
        "a = 1 " + "= 1 " * 100_000,
        f"{' ' * 400_000}a{' ' * 400_000}: ",
        "a = " + "x-" * 200_000 + " y",
        f"[{'[' * 90}{' ' * 400_000}",
    ],
    ids=["blanks", "at", "signs", "quotes", "brackets", "blank-value", "comma", "equals", "colon", "word", "header"],
)
def test_no_message_takes_long(text):
    start = time.process_time()
    assert len(refused(text).message) < 500
    assert time.process_time() - start < 1.5


@pytest.mark.parametrize("text", ["a = true\na = true", "a.b = 1\n[a]\nb = true", "a = 1\na.b = 0,4"])
def test_no_hint_where_the_line_itself_is_right(text):
    assert "write" not in refused(text).message


def test_curly_quotes_within_text_are_text():
    content, _ = parse_toml('title = "a “quoted” word"\n', pathlib.Path("x.toml"))
    assert content["title"] == "a “quoted” word"


# --- scenarios -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with-mark"])
def test_every_kind_of_line_end_is_read_and_counted(tmp_path, end, mark):
    assert problems_of(tmp_path, mark + CHANGE.replace("\n", end).encode()) == []
    [(line, _)] = problems_of(tmp_path, mark + CHANGE.replace("0.4", "4").replace("\n", end).encode())
    assert line == 4


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("\n" + CHANGE.replace("[[change]]", "[[changes]]"), 2, "did you mean [[change]]?"),
        ("\n" + CHANGE.replace("[[change]]", "[[Change]]"), 2, "did you mean [[change]]?"),
        ("\n" + CHANGE.replace("[[change]]", "[changes]"), 2, "did you mean [[change]]?"),
        ("\n" + CHANGE.replace("[[change]]", "[change]"), 2, "[[change]] tables, with two brackets"),
        ("\nquestoin = 'x?'", 2, 'did you mean "question"?'),
        ("\nchange.lever = 1", 2, "[[change]] tables"),
        ("change = [\n1,\n2]", 2, "[[change]] tables"),
        (f"{CHANGE}[change.when]\nindicator = 'debt_to_gdp'\nabove = 40\n", 7, '"above" of debt_to_gdp'),
        (f"{CHANGE}when.indicator = 'debt_to_gdp'\nwhen.abov = 0.4\n", 6, '"abov"'),
        (
            f"{CHANGE}[[change.when]]\nindicator = 'debt_to_gdp'\nabove = 0.4\n[[change.when]]\nabove = 1",
            8,
            '"indicator"',
        ),
        ("\ntitle = 'two\\nlines'".replace("'", '"'), 2, '"title" has several lines'),
        (
            "change = [\n  { lever = 'china.tied_share', from = '2018-01', value = 0.4 },\n"
            "  { lever = 'china.tied_shar', from = '2018-01', value = 0.4 },\n]",
            3,
            "china.tied_share",
        ),
        (
            "[[change]]\n'lever' = 'china.tied_share'\n\"from\" = '2018-01'\n\"val\\u0075e\" = 4\n",
            4,
            "outside its range",
        ),
    ],
)
def test_every_message_about_a_scenario_names_its_line(tmp_path, text, line, words):
    found = problems_of(tmp_path, text.encode())
    assert (line, True) in [(where, words in message) for where, message in found], found
    assert all(where for where, _ in found)


def test_changes_may_be_one_list(tmp_path):
    listed = "change = [\n  { lever = 'china.tied_share', from = '2018-01', value = 0.4 },\n]"
    path = tmp_path / "x.toml"
    path.write_text(listed)
    [change] = read_scenario(path).changes
    assert (change.lever, change.value, change.line) == ("china.tied_share", 0.4, 2)


# --- what is no UTF-8 ------------------------------------------------------------------------------------------------

RUSSIAN = 'question = "Что если Китай свяжет 40 % кредитов?"\n'
GERMAN = 'question = "Was wäre, wenn Minsk für Kali mehr bekäme?"\n'
CHINESE = 'question = "如果中国减少对白俄罗斯的贷款?"\n'
ENGLISH = 'question = "What if?"\n'


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        (RUSSIAN, "cp1251", "Windows-1251"),
        (RUSSIAN, "koi8-r", "KOI8-R"),
        (RUSSIAN, "cp866", "CP866"),
        ("title = 'Ще живе'\n" + RUSSIAN, "cp1251", "Windows-1251"),
        ("title = 'ЧТО ЕСЛИ КИТАЙ'\n", "cp1251", ""),
        (GERMAN, "latin-1", "Windows-1252"),
        (GERMAN, "cp1252", "Windows-1252"),
        (CHINESE, "gbk", "GBK"),
        (ENGLISH, "utf-16", "UTF-16"),
        (ENGLISH, "utf-16-le", "UTF-16"),
        (ENGLISH, "utf-16-be", "UTF-16"),
        (CHINESE, "utf-16", "UTF-16"),
        (RUSSIAN, "utf-16-le", "UTF-16"),
        (RUSSIAN, "utf-16-be", "UTF-16"),
        (ENGLISH, "utf-32", "UTF-32"),
        (ENGLISH, "utf-32-be", "UTF-32"),
    ],
)
def test_a_file_in_another_code_is_told_what_it_seems_to_be(tmp_path, text, code, name):
    [(line, message)] = problems_of(tmp_path, text.encode(code))
    assert line == 1
    assert name in message
    assert message.endswith("save it as UTF-8")


def test_the_line_of_the_first_foreign_letter_is_named(tmp_path):
    [(line, _)] = problems_of(tmp_path, b"# plain\n\n" + RUSSIAN.encode("cp1251"))
    assert line == 3


@pytest.mark.parametrize("before", [0, 9_995, 9_996, 9_997, 19_999, 20_000, 20_001, 60_000])
@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        (RUSSIAN, "cp1251", "Windows-1251"),
        (GERMAN, "cp1252", "Windows-1252"),
        ("title = 'caf\xe9'", "cp1252", "1252"),
        (CHINESE, "gbk", "GBK"),
        (400 * CHINESE, "gbk", "GBK"),
        (3000 * "如果中国减少贷款", "gbk", "GBK"),
    ],
)
def test_the_code_is_told_wherever_its_first_letter_stands(tmp_path, before, text, code, name):
    """A long comment before it, and a text that goes on far behind it."""
    start = (b"# plain\n" * (before // 8 + 1))[-before:] if before else b""
    [(line, message)] = problems_of(tmp_path, start + text.encode(code))
    assert name in message
    assert line == start.count(b"\n") + 1


def test_a_letter_that_is_cut_short_is_no_accident(tmp_path):
    [(line, message)] = problems_of(tmp_path, 3000 * b"# plain\n" + "é".encode()[:1])
    assert line == 3001
    assert "UTF-8" in message


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04rest", "a workbook, document or other archive"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x89HDF\r\n\x1a\n", "a results file (netCDF)"),
        (b"\x89PNG\r\n", "a picture"),
    ],
)
def test_a_file_that_is_no_text_is_told_what_it_is(tmp_path, data, words):
    [(_, message)] = problems_of(tmp_path, data)
    assert message == f"this is {words}, not a text file"


@pytest.mark.parametrize("data", [b"\x00", b"\xff", b"\xff\xfe", b"\xfe\xff\x00", b"\x80" * 50, bytes(range(256))])
def test_no_bytes_are_too_strange(tmp_path, data):
    path = tmp_path / "x"
    path.write_bytes(data)
    try:
        said = read_text(path)
    except InputError as error:
        said = str(error)
    assert "UTF-8" in said or said.encode("utf-8") == data
