"""The command line. Verbs are loaded when they are called; everything below knows nothing of terminals."""

from csdocs.cli.main import main

__all__ = ["main"]
