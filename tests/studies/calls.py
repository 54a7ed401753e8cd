"""What tests of studies call and read."""

import csv

from sinobel import cli
from sinobel.policies import scenarios
from sinobel.runs.request import Request
from sinobel.studies import targets
from sinobel.studies.solve.lever_ranges import parse_lever
from sinobel.studies.solve.plan import Plan

BASE = scenarios.load("baseline")


def call(*arguments):
    try:
        cli.main([str(argument) for argument in arguments])
    except SystemExit as stop:
        return stop.code or 0
    return 0


def table(path):
    return list(csv.DictReader(path.read_text().splitlines()))


def request_origin():
    return Request((BASE,), 1, 1).months[0]


def plan_of(target, *levers, **rest):
    texts = [target] if isinstance(target, str) else target
    handles = tuple(map(parse_lever, levers))
    return Plan(targets=targets.parse_all(texts), handles=handles, scenario=BASE, **{"draws": 300} | rest)


DISCOVER = ("discover", "russian-squeeze", "--draws", 400, "--jobs", 1)
