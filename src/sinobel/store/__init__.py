"""The store: the only place that writes, and the only one besides the readers that opens files."""

from sinobel.store.files import current_text, write_text
from sinobel.store.folders import Results, Run, read_manifest, read_results

__all__ = ["Results", "Run", "current_text", "read_manifest", "read_results", "write_text"]
