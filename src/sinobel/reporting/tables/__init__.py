"""Tables: rows for files, pages and workbooks."""
