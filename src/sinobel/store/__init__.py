"""The store: the only place that writes, and the only one besides the readers that opens files."""

from sinobel.store.files import current_text, write_text
from sinobel.store.folders import Results, Run, read_manifest, read_results
from sinobel.store.looking import Found, is_results, look

__all__ = [
    "Found", "Results", "Run", "current_text", "is_results", "look", "read_manifest", "read_results", "write_text",
]  # fmt: skip
