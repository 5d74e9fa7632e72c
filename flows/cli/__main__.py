"""`python -m flows.cli` is the command line too."""

from flows.cli import main

main()
