"""The store: the only place that writes, and the only one besides the readers that opens files."""

from sinobel.store.files import current_text, write_text
from sinobel.store.folders import Results, Run, read_manifest, read_results
from sinobel.store.looking import Found, is_results, is_started, look
from sinobel.store.publish import check_page, put, put_page
from sinobel.store.studies import belongs
from sinobel.store.work_area import UNFINISHED

__all__ = [
    "UNFINISHED", "Found", "Results", "Run", "belongs", "check_page", "current_text", "is_results", "is_started",
    "look", "put", "put_page", "read_manifest", "read_results", "write_text",
]  # fmt: skip
