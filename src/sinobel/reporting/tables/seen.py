"""What the tables of some results hold against experience: what their scenarios set, and the record to their origin."""

from __future__ import annotations

from sinobel.analysis.experience import Experience
from sinobel.inputs import months
from sinobel.inputs.recorded import recorded_values
from sinobel.policies import beyond, event_remarks
from sinobel.runs.manifest import Manifest, request_of


def experience_of(manifest: Manifest) -> Experience:
    """What has been seen, by the record in use."""
    request = request_of(manifest)
    origin, horizon = request.months
    known = {
        name: [value for year, value in values.items() if year <= months.year(origin)]
        for name, values in recorded_values().items()
    }
    return Experience(
        {
            each.name: beyond.first_years(each.changes, origin, horizon)
            | event_remarks.first_years(each.events, horizon)
            for each in request.scenarios
        },
        {name: (min(values), max(values)) for name, values in known.items() if values},
    )
