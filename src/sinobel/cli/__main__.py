"""`python -m sinobel.cli` is the command line."""

from sinobel.cli import main

main()
