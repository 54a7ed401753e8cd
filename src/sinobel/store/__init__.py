"""The store: the only place that writes, and the only one besides the readers that opens files."""

from sinobel.store.files import content_of, current_text, write_once, write_text
from sinobel.store.folders import Results, Run, read_manifest, read_results
from sinobel.store.inspect import Found, is_results, is_started, look
from sinobel.store.office import check_office, marked, put_office, with_mark
from sinobel.store.ownership import sealed
from sinobel.store.publish import check_page, put, put_page
from sinobel.store.studies import belongs
from sinobel.store.work_area import UNFINISHED, is_told

__all__ = [
    "UNFINISHED",
    "Found",
    "Results",
    "Run",
    "belongs",
    "check_office",
    "check_page",
    "content_of",
    "current_text",
    "is_results",
    "is_started",
    "is_told",
    "look",
    "marked",
    "put",
    "put_office",
    "put_page",
    "read_manifest",
    "read_results",
    "sealed",
    "with_mark",
    "write_once",
    "write_text",
]
