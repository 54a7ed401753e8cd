"""A record that ships to 2012, with the rest of it handed over, gives the numbers of the whole record to the last bit."""

import json

import pytest

import sinobel
from sinobel.inputs.evidence import all_evidence
from sinobel.inputs.recorded import recorded_values
from tests.inputs.record.cut import cut, python

ORIGINS = ("2009-12", "2012-12", "2013-12", "2016-12")
ASKED = {"draws": 8, "horizon": "2019-12", "keep": "years"}
CODE = """
import json, sinobel
from sinobel.inputs.evidence import all_evidence, using_record
from sinobel.inputs.recorded import recorded_values
found = {}
with using_record(%r):
    found["loans"] = [each.id for each in all_evidence().loans]
    found["recorded"] = recorded_values()
for origin in %r:
    made = sinobel.run("untied-finance", origin=origin, record=%r, **%r)
    found[origin] = json.loads(made.attrs["manifest"])
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def halves(tmp_path_factory):
    return cut(tmp_path_factory.mktemp("cut"))


@pytest.fixture(scope="module")
def found(halves):
    project, added = halves
    return json.loads(python(project, CODE % (str(added), ORIGINS, str(added), ASKED)))


@pytest.mark.parametrize("origin", ORIGINS)
def test_the_numbers_are_those_of_the_whole_record(found, origin):
    whole = json.loads(sinobel.run("untied-finance", origin=origin, **ASKED).attrs["manifest"])
    assert found[origin]["result"] == whole["result"]
    assert found[origin]["vintage"] == "record: yours, to 2016-12"
    assert whole["vintage"] == "record: shipped, to 2016-12"


def test_what_followed_and_the_loans_are_those_of_the_whole_record(found):
    assert found["loans"] == [each.id for each in all_evidence().loans]
    assert found["recorded"] == json.loads(json.dumps(recorded_values()))


def test_the_cut_record_alone_opens_no_later_books(halves):
    code = """
import sinobel
from sinobel.inputs.evidence import using_record
with using_record(%r):
    sinobel.run(origin="2012-12", horizon="2013-12", draws=2)
try:
    sinobel.run(origin="2013-12", horizon="2014-12", draws=2)
except sinobel.InputError as error:
    print(error)
"""
    project, added = halves
    assert "from 2008-12 to 2012-12" in python(project, code % str(added))
