"""The file of what results rest on, edited: refused in one message, or told with a word on top; and never as markup."""

import json
import random
import re
import shutil
from dataclasses import MISSING, fields
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sinobel.inputs.reading import InputError
from sinobel.reporting.basis import Basis
from sinobel.results import kept_basis
from tests.cli.fuzz import hostile
from tests.results.edited_basis import edit, ended, manifest_in, sinobel, text_of

DRAWN = False

TABLES = [each.name for each in fields(Basis) if each.default is MISSING and each.default_factory is MISSING]
LATER = [each.name for each in fields(Basis) if each.name not in TABLES]
EVIL = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("kept") / "r"
    sinobel("compare", "baseline", "untied-finance", "--draws", 8, "--horizon", "2018-12", "--jobs", 1, "--out", out)
    return out


@pytest.fixture
def copied(folder, tmp_path):
    return shutil.copytree(folder, tmp_path / "r")


def read(folder):
    return kept_basis.read_kept(folder, manifest_in(folder))


def refused(folder):
    with pytest.raises(InputError, match=r"basis\.json: this is no basis of results") as told:
        read(folder)
    [problem] = told.value.problems
    return problem.told()


# --- what it lacks ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_is_missing_is_named(copied, table):
    edit(copied, lambda content: content.pop(table))
    told = refused(copied)
    assert f"it lacks the table '{table}'" in told
    assert "make the results again" in told


def test_a_table_that_came_later_may_be_missing(copied):
    """Folders of earlier versions tell headline series alone."""
    assert LATER == ["next_year", "past_forecasts", "settlements", "closures"]
    edit(copied, lambda content: [content.pop(table) for table in LATER])
    assert read(copied).basis.next_year == {}
    sinobel("report", copied)
    page = (copied / "report.html").read_text(encoding="utf-8")
    assert "How wrong it was before" in page
    assert "All recorded series a year ahead" not in page


def test_all_missing_tables_are_named_at_once(copied, capsys):
    edit(copied, lambda content: [content.pop(name) for name in ("terms", "moved")])
    assert ended("report", copied) == 2
    told = capsys.readouterr().err
    assert "it lacks the tables 'moved', 'terms'" in told
    assert told.count("error:") == 1
    assert not (copied / "report.html").exists()


def first(content, table):
    return next(iter(content[table].values()))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda c: c.update(terms={"gdp": {"kind": 7}}), "terms.gdp.kind: input should be a valid string"),
        (lambda c: c["changes"]["untied-finance"][0].pop("unit"), "changes.untied-finance.0.unit: field required"),
        (lambda c: c.update(moved=["nobody"]), "no parameter 'nobody'"),
        (lambda c: c.update(parameters={}), "there is no parameter"),
        (lambda c: c.update(figures=[{}]), "a figure has no figure"),
        (lambda c: c["track_record"].update(gdp={}), "the scores of 'gdp' have no series"),
        (lambda c: first(c, "track_record").update(skill="x"), "have no number skill"),
        (lambda c: first(c, "track_record").update(skill="nan"), "have no number skill"),
        (lambda c: first(c, "track_record").update(skill="9"), "have a skill outside its interval"),
        (lambda c: first(c, "track_record").update(inside_80="80"), "have what is no share"),
        (lambda c: first(c, "track_record").update(forecasts="0"), "rest on no forecasts"),
        (lambda c: first(c, "track_record").update(more="1"), "do not all have the same columns"),
        (lambda c: c["next_year"].update(gdp={}), "the scores of 'gdp' a year ahead have no block"),
        (lambda c: first(c, "next_year").update(skill="x"), "a year ahead have no number skill"),
        (lambda c: first(c, "next_year").update(inside_50="7"), "a year ahead have what is no share"),
        (lambda c: c["past_forecasts"].append({}), "the scores together have no measure"),
        (lambda c: c["past_forecasts"][0].update(trials="many"), "the scores together have no number trials"),
        (lambda c: first(c, "recorded").update({"2010": float("nan")}), "holds nan"),
        (lambda c: first(c, "recorded").update({"2010": 1e300}), "holds 1e+300"),
        (lambda c: first(c, "recorded").update({"201000": 1.0}), "201000.[key]: input should be less than or equal to"),
        (lambda c: c["closures"].append(20090), "closures.1: input should be less than or equal to 2200"),
        (lambda c: c["settlements"][0].update(settled=10**9), "settlements.0 was settled in no month: 1000000000"),
        (lambda c: c["settlements"][0].update(waited=-1), "settlements.0 waited -1 months"),
        (lambda c: c["loans"][0].update(signed="soon"), "loans.0.signed: string should match pattern"),
        (lambda c: c["loans"][0].update(signed="2016-13"), "loans.0.signed: string should match pattern"),
        (lambda c: c["loans"][0].update(failed="never"), "loans.0.failed"),
        (
            lambda c: c["loans"][0].update(committed="much", amount=None),
            "loans.0.committed: string should match pattern",
        ),
        (lambda c: c["loans"][0].update(amount=-1.0), "loans.0.amount: input should be greater than or equal to 0"),
        (lambda c: c["loans"][0].update(maturity=1e14), "loans.0.maturity: input should be less than or equal to"),
        (lambda c: c["sentences"].update(unmoved="a\x1b[31mb"), "sentences.unmoved holds the control character"),
        (lambda c: c["sentences"].update(unmoved="a \x02gdp"), "sentences.unmoved cannot be told"),
        (lambda c: c["sentences"].update(unmoved="x" * 200_000), "sentences.unmoved has 200,000 characters"),
        (lambda c: c["changes"].pop("baseline"), "it tells no changes of 'baseline'"),
        (
            lambda c: c["changes"].update(other=[]),
            "it tells changes of 'other', a scenario that manifest.json does not",
        ),
        (lambda c: c["changes"].update({"untied-finance": []}), "it tells 0 changes of 'untied-finance'"),
        (
            lambda c: c["changes"]["untied-finance"][0].update(held=[2, 0]),
            "held.0: input should be less than or equal to",
        ),
    ],
)
def test_what_a_page_cannot_tell_is_refused_in_one_message(copied, change, why):
    edit(copied, change)
    assert why in refused(copied)


@pytest.mark.parametrize(
    "damage", [lambda text: text[: len(text) // 2], lambda _: "[]", lambda _: "", lambda _: "[" * 10**5]
)
def test_what_is_no_file_of_ours_is_refused(copied, damage):
    file = copied / kept_basis.FILE
    file.write_text(damage(file.read_text(encoding="utf-8")), encoding="utf-8")
    refused(copied)


def test_a_folder_is_no_file(copied):
    (copied / kept_basis.FILE).unlink()
    (copied / kept_basis.FILE).mkdir()
    with pytest.raises(InputError):
        read(copied)


# --- what is told ----------------------------------------------------------------------------------------------------


def notice_of(page):
    found = re.search(r'<p class="notice"[^>]*>(.*?)</p>', page.read_text(encoding="utf-8"))
    return found[1] if found else ""


def test_an_edited_file_is_told_on_top(copied):
    sinobel("report", copied)
    assert not notice_of(copied / "report.html")
    edit(copied, lambda content: content["sentences"].update(unidentified="Somebody wrote this."))
    sinobel("report", copied)
    assert "Somebody wrote this." in text_of(copied / "report.html")
    assert notice_of(copied / "report.html") == kept_basis.EDITED


def test_line_ends_of_another_system_are_no_edit(copied):
    file = copied / kept_basis.FILE
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert not read(copied).notice


def test_a_file_that_is_gone_is_told_on_top(copied):
    (copied / kept_basis.FILE).unlink()
    sinobel("report", copied)
    assert notice_of(copied / "report.html") == kept_basis.GONE.replace("'", "&#39;")


# --- texts are texts -------------------------------------------------------------------------------------------------


def with_evil(content):
    """The content with markup and quotes at the end of every text a page could show; names keep what they name."""
    if isinstance(content, dict):
        return {key: with_evil(each) for key, each in content.items()}
    if isinstance(content, list):
        return [with_evil(each) for each in content]
    return (
        content + EVIL
        if isinstance(content, str) and not re.fullmatch(r"[-+.,\d]+(e[-+]\d+)?|nan|yes|no|", content)
        else content
    )


def poisoned(content):
    """Every text of the file, and the names of what it explains; what a page looks up stays."""
    kept = {"moved", "recorded"}
    evil = {name: each if name in kept else with_evil(each) for name, each in content.items()}
    for name, changes in evil["changes"].items():
        for each, before in zip(changes, content["changes"][name], strict=True):
            each["parameter"] = before["parameter"]
    for name in ("parameters", "terms", "citations"):
        evil[name] |= {f"{key}{EVIL}": each for key, each in evil[name].items()}
    for table in ("track_record", "next_year"):
        for series, row in evil[table].items():
            row["series"] = content[table][series]["series"]
    return evil


def attributes_of(page):
    """Names of all attributes, as a browser reads them: text within one is none."""
    found = set()
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attributes: found.update(name for name, _ in attributes)
    reader.feed(page)
    return found


def test_markup_in_every_text_comes_out_as_text(copied):
    file = copied / kept_basis.FILE
    sinobel("report", copied)
    before = (copied / "report.html").read_text(encoding="utf-8")
    file.write_text(json.dumps(poisoned(json.loads(file.read_text(encoding="utf-8")))), encoding="utf-8")
    sinobel("report", copied)
    after = (copied / "report.html").read_text(encoding="utf-8")
    for opening in ("<script", "<img", "onerror=alert(2)>", "alert(1)</script>"):
        assert after.count(opening) == before.count(opening), opening
    assert after.count("alert(1)") > 200, "the texts are told"
    ours = re.sub(r"<script.*?</script>", "", after, flags=re.S)
    assert not [name for name in attributes_of(ours) if name.startswith("on")]


def test_markup_in_every_text_is_text_in_the_workbook_and_the_readme(folder):
    import io
    import zipfile
    from xml.etree import ElementTree

    from sinobel import store
    from sinobel.reporting.workbook import book
    from sinobel.results import contents

    content = json.loads((folder / kept_basis.FILE).read_text(encoding="utf-8"))
    evil = kept_basis.parsed(json.dumps(poisoned(content)))
    data = contents.page_data_of(store.read_results(folder), kept=kept_basis.Kept(evil))
    with zipfile.ZipFile(io.BytesIO(book.build(data))) as made:
        texts = [
            each.text
            for name in made.namelist()
            if name.endswith(".xml")
            for each in ElementTree.fromstring(made.read(name)).iter()
            if each.text and "alert(1)" in each.text
        ]
        formulas = [name for name in made.namelist() if b"alert(1)" in made.read(name) and b"<f>" in made.read(name)]
    assert len(texts) > 20
    assert all(EVIL in text for text in texts)
    assert not formulas


# --- whatever is edited ----------------------------------------------------------------------------------------------


def refusal_of(folder):
    """Why the file is refused, and whether it is told to be edited."""
    try:
        return None, read(folder).notice
    except InputError as refusal:
        return refusal, ""


COMMANDS = ("workbook", "report", "brief")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda c: c["loans"][1].update(signed=""), "loans.1.signed: string should match pattern"),
        (lambda c: c["indicators"].pop("gdp"), "there is no indicator 'gdp' among its indicators"),
        (lambda c: c["indicators"].update(gpd=c["indicators"].pop("gdp")), "there is no indicator 'gdp'"),
        (lambda c: c.update(indicators={}), "there is no indicator"),
    ],
)
def test_loans_without_dates_and_missing_indicators_end_every_command_in_one_message(
    copied, capsys, command, change, why
):
    edit(copied, change)
    assert ended(command, copied) == 2
    told = capsys.readouterr().err
    assert why in told
    assert told.count("error:") == 1
    assert not [file for file in copied.iterdir() if file.suffix in (".xlsx", ".html", ".docx")]


def places(content, path=()):
    """Every place of a file, grouped by where in its tables it lies: any loan's date is one kind of place."""
    found = {}
    for key, value in content.items() if isinstance(content, dict) else enumerate(content):
        mine = (*path, key)
        found.setdefault(kind(mine), []).append(mine)
        if isinstance(value, dict | list):
            for name, each in places(value, mine).items():
                found.setdefault(name, []).extend(each)
    return found


def kind(path):
    by_name = {"recorded": 2, "sentences": 0}.get(path[0], 1)
    return tuple("*" if isinstance(step, int) or 0 < place <= by_name else step for place, step in enumerate(path))


@given(data=st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[*HealthCheck])
def test_whatever_place_is_edited_a_command_ends_well_or_in_one_message(folder, tmp_path_factory, data):
    content = json.loads((folder / kept_basis.FILE).read_text(encoding="utf-8"))
    every = places(content)
    path = data.draw(st.sampled_from(every[data.draw(st.sampled_from(sorted(every)))]))
    holder = content
    for step in path[:-1]:
        holder = holder[step]
    new = data.draw(st.sampled_from([*hostile.VALUES, 1e14, -1e14, "gdp", "DELETE", "RENAME"]))
    if new == "DELETE":
        del holder[path[-1]]
    elif new == "RENAME" and isinstance(holder, dict):
        holder[f"{path[-1]}x"] = holder.pop(path[-1])
    else:
        holder[path[-1]] = new
    copied = shutil.copytree(folder, tmp_path_factory.mktemp("edited") / "r")
    text = json.dumps(content)
    (copied / kept_basis.FILE).write_bytes(text.encode("utf-8", "surrogatepass"))
    command = data.draw(st.sampled_from(COMMANDS))
    assert ended(command, copied) in (0, 2), (command, path, new)


@pytest.mark.parametrize("seed", range(24))
def test_any_edit_is_told_on_top_or_refused_in_one_message(copied, seed):
    """The same at the command line, with the page: tests/cli/fuzz."""
    chance = random.Random(seed)
    file = copied / kept_basis.FILE
    whole = file.read_text(encoding="utf-8")
    for _ in range(3):
        file.write_text(json.dumps(hostile.edited(json.loads(whole), chance)), encoding="utf-8")
        refusal, notice = refusal_of(copied)
        assert notice == kept_basis.EDITED or len(refusal.problems) == 1
        assert len(str(refusal)) < 1500
