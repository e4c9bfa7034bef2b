"""`python -m csdocs`."""

from csdocs.cli import main

main()
